"""Several people at once: exactly one of them wins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from applications import Application
from racing import at_once

from attain.apps.accounts.models import User
from attain.apps.audit.models import AuditEntry
from attain.apps.flow.models import DutyDone, Transition
from attain.apps.flow.services import begin, take
from attain.apps.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_applications() -> Any:
    # The table of the test's own model is not among those emptied after a test.
    yield
    Application.objects.all().delete()


@pytest.mark.parametrize("callers", [2, 5, 20])
def test_of_many_who_approve_or_reject_one_wins(
    callers: int, people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    li = people("li")
    made = Application.objects.create(owner_id=li.pk, state="draft")
    begin(made, actor=actor(li), at=at)
    take(made, "submit", actor=actor(li), at=at, version=1)
    clerks = [actor(people(f"clerk{n}", "finance")) for n in range(callers)]

    def decide(number: int) -> Callable[[], Any]:
        action = "approve" if number % 2 else "reject"
        return lambda: take(made, action, actor=clerks[number], at=at, version=2, reason="审核完毕")

    outcomes = at_once([decide(number) for number in range(callers)])

    assert outcomes == ["STATE_STALE"] * (callers - 1) + ["done"]
    made.refresh_from_db()
    assert (made.version, made.effects) == (3, 1)
    assert Transition.objects.filter(version=3).count() == 1
    decided = {"application.approve", "application.reject"}
    assert AuditEntry.objects.filter(action__in=decided).count() == 1
    approved = made.state == "approved"
    assert DutyDone.objects.count() == Notice.objects.count() == approved


def test_every_round_of_a_race_has_one_winner(
    people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    li = people("li")
    clerks = [actor(people(f"clerk{n}", "finance")) for n in range(4)]
    for _ in range(10):
        made = Application.objects.create(owner_id=li.pk, state="draft")
        begin(made, actor=actor(li), at=at)
        take(made, "submit", actor=actor(li), at=at, version=1)

        outcomes = at_once(
            [
                lambda clerk=clerk, made=made: take(made, "approve", actor=clerk, at=at, version=2)
                for clerk in clerks
            ]
        )

        assert outcomes == ["STATE_STALE"] * 3 + ["done"]


def test_two_who_do_clashing_duties_at_once_do_not_both_succeed(
    people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    li, wang = people("li"), people("wang", "finance")
    made = Application.objects.create(owner_id=li.pk, state="draft")
    begin(made, actor=actor(li), at=at)
    take(made, "submit", actor=actor(li), at=at, version=1)

    outcomes = at_once(
        [
            lambda: take(made, "approve", actor=actor(wang), at=at, version=2),
            lambda: take(made, "publish", actor=actor(wang), at=at, version=2),
        ]
    )

    assert outcomes == ["STATE_STALE", "done"]
