"""Carrying out what a life cycle declares as effects of an action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.flow.models import Stateful
from attain.apps.flow.registry import Flow
from attain.apps.notices import services as notices
from attain.kinds.effects import Change, FieldSet, Notified, SignOffRequested


def carry_out(flow: Flow, obj: Any, change: Change, *, actor: Actor, at: datetime) -> None:
    """Do one change on an object that has taken its step, as its app or else as flow does it.

    Records and allowances belong to record types, which bring their own store.

    :raises NotImplementedError: an effect that nobody carries out.
    """
    carry = flow.effects.get(type(change))
    if carry is not None:
        carry(obj, change, actor=actor, at=at)
        return
    match change:
        case FieldSet(field, value):
            setattr(obj, field, value)
            flow.model._default_manager.filter(pk=obj.pk).update(**{field: value})
        case Notified(notice, to):
            notices.announce(
                notice,
                to=recipients(flow, obj, to) - {actor.user_id},
                values={"label": flow.label(obj), "by": actor.name},
                url=flow.url(obj),
                at=at,
            )
        case SignOffRequested():
            # The to-dos of the state ask whoever has to agree.
            pass
        case _:
            raise NotImplementedError(type(change).__name__)


def recipients(flow: Flow, obj: Stateful, words: tuple[str, ...]) -> set[int]:
    """Active users who have one of these relations to an object."""
    found = {user for word in words for user in flow.recipients(obj, word)}
    return set(User.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True))
