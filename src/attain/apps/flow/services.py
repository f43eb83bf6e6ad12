"""The one function that changes states, and the beginning of everything that has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.audit import services as audit
from attain.apps.flow import duties, signals, todos
from attain.apps.flow.changing import carry_out
from attain.apps.flow.errors import STATE_STALE, VERSION_MISSING
from attain.apps.flow.judging import Judgement, judge
from attain.apps.flow.models import SignOff, Stateful, Transition
from attain.apps.flow.registry import Flow, flow_of
from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.kinds import Action, Refused, Taken


@transaction.atomic
def begin(
    obj: Stateful, *, actor: Actor, at: datetime, action: str = "create", duty: str = ""
) -> None:
    """Keep that an object began: history, audit, duty of its author, to-dos.

    Called once, right after it was saved in the first state of its cycle.
    """
    flow = flow_of(obj)
    Transition.objects.create(
        kind=flow.kind,
        object_id=str(obj.pk),
        action=action,
        to_state=obj.state,
        version=obj.version,
        at=at,
        user_id=actor.user_id,
        person=actor.person,
    )
    if duty:
        duties.note(duty, (flow.kind, obj.pk), actor=actor, at=at)
    audit.record(
        actor=actor,
        action=f"{flow.kind}.{action}",
        object=(flow.kind, obj.pk, flow.named_in_trail(obj)),
        after={"state": obj.state},
        at=at,
    )
    todos.bring_up_to_date(flow, obj, actor=actor, at=at)


@transaction.atomic
def take(
    obj: Stateful,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    version: int | None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    on_behalf_of: int | None = None,
) -> Stateful:
    """Take an action on an object: check it, change the state, and keep all that follows.

    One transaction: permission and relation, separation of duties, conditional change by
    version, what the action does, history, audit entry, to-dos and notices. `version` is the
    one the actor saw. Returns the object as it is afterwards.

    :raises AttainError: STATE_STALE somebody was faster; VERSION_MISSING; every reason why the
        life cycle or the duties refuse (ACTION_NOT_YOURS, ACTION_NOT_NOW, SELF_APPROVAL,
        REASON_MISSING, GATE_CLOSED …); what the action itself raises.
    """
    flow = flow_of(obj)
    if version is None:
        raise AttainError(problem(VERSION_MISSING))
    fresh = flow.model._default_manager.get(pk=obj.pk)
    if fresh.version != version:
        raise _stale(flow, fresh)
    given = judge(
        flow, fresh, action, actor, reason=reason, values=values, on_behalf_of=on_behalf_of
    )
    if isinstance(given.outcome, Refused):
        raise AttainError(given.outcome.reasons)
    found = flow.cycle.action(action)
    assert found is not None
    before = fresh.state
    _change(flow, fresh, given.outcome)
    _keep(flow, fresh, found, given, before=before, actor=actor, at=at, reason=reason)
    if not given.outcome.is_open:
        _do(flow, fresh, found, given, actor=actor, at=at, reason=reason, values=values or {})
        fresh.refresh_from_db()
    todos.bring_up_to_date(flow, fresh, actor=actor, at=at)
    signals.moved.send(
        sender=flow.model, obj=fresh, action=action, before=before, actor=actor, at=at
    )
    return fresh


def _change(flow: Flow, fresh: Stateful, taken: Taken) -> None:
    """The conditional change: who comes second finds no row to change."""
    seen = flow.model._default_manager.filter(pk=fresh.pk, version=fresh.version, state=fresh.state)
    if not seen.update(state=taken.state, version=F("version") + 1):
        raise _stale(flow, flow.model._default_manager.get(pk=fresh.pk))
    fresh.refresh_from_db()


def _stale(flow: Flow, now: Stateful) -> AttainError:
    last = (
        Transition.objects.filter(kind=flow.kind, object_id=str(now.pk))
        .select_related("user")
        .order_by("-pk")
        .first()
    )
    who = last.user.name if last and last.user else None
    return AttainError(
        problem(
            STATE_STALE,
            who=who or labels("别人", "Somebody else"),
            state=flow.cycle.state(now.state).label,
            version=now.version,
        )
    )


def _keep(
    flow: Flow,
    fresh: Stateful,
    action: Action,
    given: Judgement,
    *,
    before: str,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    """History, duty, voices and audit entry of one step."""
    giver = given.way.giver
    Transition.objects.create(
        kind=flow.kind,
        object_id=str(fresh.pk),
        action=action.name,
        from_state=before,
        to_state=fresh.state,
        version=fresh.version,
        at=at,
        user_id=actor.user_id,
        person=actor.person,
        on_behalf_of=giver,
        reason=reason.strip(),
    )
    if action.duty:
        duties.note(action.duty, (flow.kind, fresh.pk), actor=actor, at=at, giver=giver)
    _keep_voices(flow, fresh, given, actor=actor, at=at)
    audit.record(
        actor=actor,
        action=f"{flow.kind}.{action.name}",
        object=(flow.kind, fresh.pk, flow.named_in_trail(fresh)),
        before={"state": before, "version": fresh.version - 1},
        after={"state": fresh.state, "version": fresh.version, **_further(giver, reason)},
        at=at,
        on_behalf_of=giver.pk if giver else None,
    )


def _further(giver: User | None, reason: str) -> dict[str, object]:
    found: dict[str, object] = {"on_behalf_of": giver.pk} if giver else {}
    return {**found, "reason": reason.strip()} if reason.strip() else found


def _keep_voices(
    flow: Flow, fresh: Stateful, given: Judgement, *, actor: Actor, at: datetime
) -> None:
    """The voices of a consultation; all of them end when its state is left."""
    outcome = given.outcome
    assert isinstance(outcome, Taken)
    about = {"kind": flow.kind, "object_id": str(fresh.pk)}
    for voice in outcome.said:
        assert actor.user_id is not None, "the clock has no voice"
        SignOff.objects.create(
            **about, party=voice.party, user_id=actor.user_id, verdict=voice.verdict, at=at
        )
    if not outcome.is_open:
        SignOff.objects.filter(**about, closed_at=None).update(closed_at=at)


def _do(
    flow: Flow,
    fresh: Stateful,
    action: Action,
    given: Judgement,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    values: Mapping[str, Any],
) -> None:
    """What the app does, and what the cycle declares."""
    apply = flow.apply.get(action.name)
    if apply is not None:
        apply(fresh, actor=actor, at=at, reason=reason.strip(), values=values)
    outcome = given.outcome
    assert isinstance(outcome, Taken)
    for change in outcome.changes:
        carry_out(flow, fresh, change, actor=actor, at=at)
