"""The life of a posting period: open, then closed for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.flow.registry import register
from attain.apps.statements import errors
from attain.apps.statements.models import PostingPeriod
from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.kinds import Action, LifeCycle, State, Who

KIND: Final = "posting_period"
CLOSE: Final = "close"


CYCLE: Final = LifeCycle(
    kind=KIND,
    label=labels("入账月份", "Posting period"),
    states=(
        State(PostingPeriod.OPEN, labels("未关账", "Open")),
        State(PostingPeriod.CLOSED, labels("已关账", "Closed")),
    ),
    actions=(
        Action(
            CLOSE,
            labels("关账", "Close"),
            (PostingPeriod.OPEN,),
            PostingPeriod.CLOSED,
            (Who("role:finance"),),
            duty="close_period",
        ),
    ),
)


def close(
    obj: PostingPeriod, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Freeze a month: nothing is posted into it any more, at any door.

    :raises AttainError: PERIODS_STAY_OPEN while an earlier month is open.
    """
    earlier = (
        PostingPeriod.objects.filter(state=PostingPeriod.OPEN, from_date__lt=obj.from_date)
        .order_by("from_date")
        .values_list("code", flat=True)
    )
    if earlier:
        raise AttainError(
            problem(errors.PERIODS_STAY_OPEN, period=obj.code, open=", ".join(earlier))
        )
    PostingPeriod.objects.filter(pk=obj.pk).update(closed_at=at, closed_by=actor.user_id)


def _relations(_obj: PostingPeriod, _actor: Actor) -> Iterable[str]:
    return ()


def _url(obj: PostingPeriod) -> str:
    return reverse("statements:period", kwargs={"period": obj.code})


def start() -> None:
    """Tell flow of posting periods."""
    register(
        KIND,
        PostingPeriod,
        CYCLE,
        relations=_relations,
        apply={CLOSE: close},
        label=str,
        url=_url,
    )
