"""May this person do that to this object now, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from attain.apps.accounts.actors import Actor, business_date
from attain.apps.accounts.models import User
from attain.apps.flow import duties
from attain.apps.flow.errors import SELF_APPROVAL
from attain.apps.flow.models import SignOff, Transition
from attain.apps.flow.registry import Flow
from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.kinds import Action, Asking, Refused, Signature, Standing, Taken, Verdict, step
from attain.kinds.relations import CLOCK


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which somebody may act: in their own right, or in that of a colleague."""

    actor: Actor
    """As whom the object sees them: with the giver's person and lent roles only."""
    giver: User | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of an action, in the best of all ways the actor has."""

    way: Way
    outcome: Taken | Refused

    @property
    def reasons(self) -> tuple[Problem, ...]:
        return self.outcome.reasons if isinstance(self.outcome, Refused) else ()


def judge(
    flow: Flow,
    obj: Any,
    action: str,
    actor: Actor,
    *,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    on_behalf_of: int | None = None,
) -> Judgement:
    """Judge an action in every way the actor has, their own first, and keep the first that holds.

    `on_behalf_of` leaves only the way of that giver. When none holds, the reasons of the first
    are told; a way that is not there at all is one without any relation.
    """
    first: Judgement | None = None
    for way in _ways(actor, on_behalf_of):
        found = _in_one_way(flow, obj, action, actor, way, reason, values or {})
        if isinstance(found.outcome, Taken):
            return found
        first = first or found
    assert first is not None
    return first


def _ways(actor: Actor, on_behalf_of: int | None) -> Iterator[Way]:
    givers = {grant.giver for grant in actor.grants if grant.giver is not None}
    if on_behalf_of is None or on_behalf_of == actor.user_id:
        own = tuple(grant for grant in actor.grants if grant.giver is None)
        yield Way(replace(actor, grants=own))
    elif on_behalf_of not in givers:
        # Nobody lent them anything: no right at all, and every reason says so.
        yield Way(replace(actor, grants=(), person="", user_id=None))
    wanted = givers if on_behalf_of is None else givers & {on_behalf_of}
    for giver in User.objects.filter(pk__in=wanted, is_active=True).order_by("pk"):
        lent = tuple(
            replace(grant, giver=None) for grant in actor.grants if grant.giver == giver.pk
        )
        yield Way(replace(actor, user_id=giver.pk, person=giver.person, grants=lent), giver)


def _in_one_way(
    flow: Flow,
    obj: Any,
    action: str,
    actor: Actor,
    way: Way,
    reason: str,
    values: Mapping[str, Any],
) -> Judgement:
    asking = Asking(
        relations=relations_of(flow, obj, way.actor),
        today=actor.today,
        person=str(actor.user_id or ""),
        reason=reason,
        working_days=flow.working_days(),
    )
    said = {"today": actor.today, "actor": actor.person or None, **values}
    outcome = step(flow.cycle, standing_of(flow, obj, said), action, asking)
    found = flow.cycle.action(action)
    barred = tuple(_barred(flow, obj, found, actor, way)) if found else ()
    if barred:
        against = outcome.reasons if isinstance(outcome, Refused) else ()
        outcome = Refused((*against, *barred))
    return Judgement(way, outcome)


def relations_of(flow: Flow, obj: Any, actor: Actor) -> frozenset[str]:
    """Who somebody is to an object: their roles, and what the object's app says."""
    if actor.user_id is None:
        # The installation itself: it only does what is due.
        return frozenset({CLOCK}) if actor.via in ("job", "command") else frozenset()
    roles = {f"role:{role}" for role in actor.roles}
    return frozenset(roles) | frozenset(flow.relations(obj, actor))


def standing_of(flow: Flow, obj: Any, values: Mapping[str, Any] | None = None) -> Standing:
    """Where an object stands, as the life cycle sees it."""
    state = flow.cycle.state(obj.state)
    return Standing(
        state=state.name,
        entered=_entered(flow, obj),
        values={**flow.values(obj), **(values or {})},
        signed=_signed(flow, obj) if state.consult else (),
    )


def _entered(flow: Flow, obj: Any) -> date | None:
    if flow.entered is not None:
        return flow.entered(obj)
    came = (
        Transition.objects.filter(kind=flow.kind, object_id=str(obj.pk), to_state=obj.state)
        # A voice in a consultation leaves the state, and so does not enter it.
        .exclude(from_state=obj.state)
        .order_by("-pk")
        .values_list("at", flat=True)
        .first()
    )
    return business_date(came) if isinstance(came, datetime) else None


def _signed(flow: Flow, obj: Any) -> tuple[Signature, ...]:
    rows = SignOff.objects.filter(kind=flow.kind, object_id=str(obj.pk), closed_at=None)
    return tuple(Signature(row.party, str(row.user_id), Verdict(row.verdict)) for row in rows)


def about(flow: Flow, obj: Any) -> list[tuple[str, object]]:
    """The object itself and those whose duties count for it."""
    return [(flow.kind, obj.pk), *flow.about(obj)]


def _barred(flow: Flow, obj: Any, action: Action, actor: Actor, way: Way) -> Iterator[Problem]:
    if not action.duty:
        return
    hands = duties.hands_of(actor, way.giver)
    for name in duties.clashes(action.duty, about(flow, obj), hands):
        yield _self(action, name, way.giver)
    if action.duty in duties.TOUCHES_PAY and hands.people and flow.payees(obj, hands.people):
        yield _self(action, duties.DUTIES["be_paid"], way.giver)


def _self(action: Action, name: Labels, giver: User | None) -> Problem:
    if giver is not None:
        either = labels(f"{name.zh}，或者是{giver.name}的代理人", "")
        name = labels(either.zh, f"{name.en} or act for {giver.name}, {name.en}")
    return problem(SELF_APPROVAL, relation=name, action=action.label)
