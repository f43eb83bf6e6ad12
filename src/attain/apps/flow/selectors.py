"""What can be done, what waits, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import GrantScope
from attain.apps.flow.judging import judge
from attain.apps.flow.models import Stateful, ToDo, Transition
from attain.apps.flow.registry import flow_named, flow_of
from attain.core.errors import Problem
from attain.core.labels import Labels, labels
from attain.kinds.errors import ACTION_NOT_YOURS, FIELD_NEEDED, REASON_MISSING
from attain.kinds.models import REASON


@dataclass(frozen=True, slots=True)
class Possible:
    """An action of the state at hand, as a button shows it."""

    action: str
    label: Labels
    allowed: bool
    reasons: tuple[Problem, ...]
    """Why not; empty when allowed."""
    needs_reason: bool
    needs: tuple[str, ...]
    """Fields that the dialog asks for."""
    on_behalf_of: int | None
    """The giver whose right is used; the button says so."""

    @property
    def concerns(self) -> bool:
        """Whether to show it at all: not to those whose step it never is."""
        return all(reason.code != ACTION_NOT_YOURS for reason in self.reasons)


def actions(obj: Stateful, actor: Actor) -> list[Possible]:
    """Every action of the object's state, with the reasons that stand against each."""
    flow = flow_of(obj)
    found = []
    for action in flow.cycle.actions_from(obj.state):
        # What the dialog will ask for is taken as given.
        judged = judge(flow, obj, action.name, actor, reason="…")
        asked = {FIELD_NEEDED, REASON_MISSING}
        reasons = tuple(each for each in judged.reasons if each.code not in asked)
        giver = judged.way.giver
        found.append(
            Possible(
                action=action.name,
                label=action.label,
                allowed=not reasons,
                reasons=reasons,
                needs_reason=REASON in action.needs,
                needs=tuple(need for need in action.needs if need != REASON),
                on_behalf_of=giver.pk if giver and not reasons else None,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Event:
    """One step of an object's past."""

    action: str
    label: Labels
    from_state: Labels
    to_state: Labels
    at: datetime
    who: str
    on_behalf_of: str
    reason: str


CREATED = labels("新建", "Created")


def history(obj: Stateful) -> list[Event]:
    """Everything that happened to an object, the latest last. Whether somebody may see the
    object has been asked before."""
    flow = flow_of(obj)

    def state(name: str) -> Labels:
        return flow.cycle.state(name).label if name else labels("", "")

    def action(name: str) -> Labels:
        found = flow.cycle.action(name)
        return found.label if found else CREATED

    rows = Transition.objects.filter(kind=flow.kind, object_id=str(obj.pk))
    return [
        Event(
            action=row.action,
            label=action(row.action),
            from_state=state(row.from_state),
            to_state=state(row.to_state),
            at=row.at,
            who=row.user.name if row.user else "",
            on_behalf_of=row.on_behalf_of.name if row.on_behalf_of else "",
            reason=row.reason,
        )
        for row in rows.select_related("user", "on_behalf_of").order_by("pk")
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the reader."""

    id: int
    kind: str
    kind_label: Labels
    action: str
    label: Labels
    title: str
    url: str
    due_on: date | None
    opened_at: datetime
    is_overdue: bool
    for_whom: str
    """The colleague for whom the reader stands in, "" for their own."""


def todos(actor: Actor) -> list[Waiting]:
    """What waits for somebody and for whom they stand in: what is due first, then the oldest."""
    rows = [row for row in _open_for(actor) if _is_for(row, actor)]
    givers = {row.pk: _giver(row, actor) for row in rows}
    names = dict(
        User.objects.filter(pk__in={each for each in givers.values() if each}).values_list(
            "pk", "name"
        )
    )
    found = [_waiting(row, actor, names.get(givers[row.pk] or 0, "")) for row in rows]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.opened_at, each.id))


def todo_count(actor: Actor) -> int:
    """How many things wait, for the count beside the navigation."""
    return sum(_is_for(row, actor) for row in _open_for(actor))


def _open_for(actor: Actor) -> list[ToDo]:
    if actor.user_id is None:
        return []
    users = {actor.user_id, *(grant.giver for grant in actor.grants if grant.giver)}
    wanted = Q(user__in=users) | Q(user=None, role__in=[str(role) for role in actor.roles])
    return list(ToDo.objects.filter(wanted, closed_at=None).order_by("pk"))


def _is_for(row: ToDo, actor: Actor) -> bool:
    """Whether it is really theirs: not barred, known, and within the reach of the role."""
    if actor.user_id in row.excluded or _giver(row, actor) in row.excluded:
        return False
    if flow_named(row.kind) is None:
        return False
    return row.user_id is not None or any(_reaches(grant, row) for grant in actor.grants)


def _reaches(grant: Any, row: ToDo) -> bool:
    if grant.role != row.role or grant.giver in row.excluded:
        return False
    return not row.unit or grant.scope is GrantScope.all or grant.unit == row.unit


def _giver(row: ToDo, actor: Actor) -> int | None:
    """For whom the actor stands in: None when it is their own."""
    if row.user_id is not None:
        return None if row.user_id == actor.user_id else row.user_id
    fitting = [grant for grant in actor.grants if _reaches(grant, row)]
    if any(grant.giver is None for grant in fitting):
        return None
    return fitting[0].giver if fitting else None


def _waiting(row: ToDo, actor: Actor, giver: str) -> Waiting:
    flow = flow_named(row.kind)
    assert flow is not None
    action = flow.cycle.action(row.action)
    return Waiting(
        id=row.pk,
        kind=row.kind,
        kind_label=flow.cycle.label,
        action=row.action,
        label=action.label if action else flow.cycle.label,
        title=row.title,
        url=row.url,
        due_on=row.due_on,
        opened_at=row.opened_at,
        is_overdue=row.due_on is not None and row.due_on < actor.today,
        for_whom=giver,
    )
