"""The interpreter: one action judged, and taken or refused with every reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.errors.rendering import show
from attain.core.labels import CHINESE, ENGLISH, Labels, labels
from attain.core.periods.working_days import WeekdayWorkingDays, WorkingDays
from attain.kinds import errors, relations
from attain.kinds.deadlines import Values
from attain.kinds.effects import (
    Change,
    CreateRecord,
    Effect,
    SignOffRequested,
    Unworkable,
    work_out,
)
from attain.kinds.models import REASON, Action, Gate, LifeCycle
from attain.kinds.signing import Signature

_NAMED: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an object stands: its state, since when, its values, and who has signed so far."""

    state: str
    entered: date | None = None
    values: Values = field(default_factory=dict)
    signed: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for an action, when, and what they write: their relations to the object."""

    relations: frozenset[str]
    today: date
    person: str = ""
    reason: str = ""
    working_days: WorkingDays = field(default_factory=WeekdayWorkingDays)


@dataclass(frozen=True, slots=True)
class Taken:
    """The action holds: the state from now on, what was said, what has to be done.

    `is_open` tells a voice in a consultation that goes on: the state is still the same.
    """

    state: str
    changes: tuple[Change, ...] = ()
    said: tuple[Signature, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The action does not hold, and every reason why."""

    reasons: tuple[Problem, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal says why")


def step(cycle: LifeCycle, standing: Standing, action: str, asking: Asking) -> Taken | Refused:
    """Judge an action and, if nothing stands against it, take it.

    A verdict that does not yet decide its consultation leaves the state as it is; the one that
    decides leads on and has the effects of its action.
    """
    found = cycle.action(action)
    if found is None:
        return Refused((problem(errors.ACTION_UNKNOWN, action=action),))
    reasons = tuple(_against(cycle, standing, found, asking))
    if reasons:
        return Refused(reasons)
    said = _signatures(cycle, standing, found, asking)
    if not _carries(cycle, standing, found, (*standing.signed, *said)):
        return Taken(standing.state, said=said, is_open=True)
    try:
        changes = tuple(
            work_out(effect, standing.values)
            for effect in found.effects
            if not _is_done(effect, standing.values)
        )
    except Unworkable as missing:
        return Refused((_about(found, errors.EFFECT_NO_DATA, what=_label(cycle, missing.what)),))
    if not found.to:
        return Taken(standing.state, changes, said)
    consult = cycle.state(found.to).consult
    if consult:
        asked = SignOffRequested(tuple(party.name for party in consult.parties))
        changes = (*changes, asked)
    return Taken(found.to, changes, said)


def _is_done(effect: Effect, values: Values) -> bool:
    """Whether the record that would be begun is there already."""
    return (
        isinstance(effect, CreateRecord)
        and bool(effect.into)
        and values.get(effect.into) not in (None, "")
    )


def possible(
    cycle: LifeCycle, standing: Standing, asking: Asking
) -> tuple[tuple[Action, tuple[Problem, ...]], ...]:
    """Every action of the state at hand, with the reasons that stand against each.

    A reason still to be written is not counted: the dialog asks for it.
    """
    return tuple(
        (
            action,
            tuple(
                each
                for each in _against(cycle, standing, action, asking)
                if each.code != errors.REASON_MISSING
            ),
        )
        for action in cycle.actions_from(standing.state)
    )


def _against(
    cycle: LifeCycle, standing: Standing, action: Action, asking: Asking
) -> Iterator[Problem]:
    if standing.state not in action.from_:
        # The other questions make no sense in another state.
        yield _not_now(cycle, standing, action)
        return
    yield from _not_theirs(cycle, action, asking)
    yield from _not_written(cycle, standing, action, asking)
    yield from _not_the_time(standing, action, asking)
    for gate in action.gates:
        yield from _closed(cycle, gate, action, standing.values)
    if action.verdict and not _open_parties(cycle, standing, asking):
        yield from _cannot_sign(cycle, standing, action, asking)


def _not_now(cycle: LifeCycle, standing: Standing, action: Action) -> Problem:
    return _about(
        action,
        errors.ACTION_NOT_NOW,
        state=cycle.state(standing.state).label,
        from_=relations.one_of(cycle.state(name).label for name in action.from_),
    )


def _not_theirs(cycle: LifeCycle, action: Action, asking: Asking) -> Iterator[Problem]:
    if not any(who.fits(asking.relations) for who in action.by):
        who = relations.one_of(each.label(cycle.words) for each in action.by)
        yield _about(action, errors.ACTION_NOT_YOURS, who=who)
    for word in action.never:
        if word in asking.relations:
            name = cycle.words.get(word) or relations.name_of(word)
            yield _about(action, errors.SELF_APPROVAL, relation=name)


def _not_written(
    cycle: LifeCycle, standing: Standing, action: Action, asking: Asking
) -> Iterator[Problem]:
    for need in action.needs:
        if need == REASON:
            if not asking.reason.strip():
                yield _about(action, errors.REASON_MISSING)
        elif standing.values.get(need) in (None, ""):
            yield _about(action, errors.FIELD_NEEDED, field=_label(cycle, need))


def _not_the_time(standing: Standing, action: Action, asking: Asking) -> Iterator[Problem]:
    for deadline, code in (
        (action.after, errors.ACTION_TOO_EARLY),
        (action.until, errors.ACTION_TOO_LATE),
    ):
        if deadline is None:
            continue
        day = deadline.day(standing.values, standing.entered, asking.working_days)
        if day is None:
            yield _about(action, errors.DEADLINE_UNKNOWN)
        # The day itself is too early still for `after`, and in time for `until`.
        elif (asking.today <= day) is (deadline is action.after):
            yield _about(action, code, day=day)


def _closed(cycle: LifeCycle, gate: Gate, action: Action, values: Values) -> Iterator[Problem]:
    holds = gate.holds(values)
    if holds is None:
        yield _about(action, errors.GATE_NO_DATA, gate=filled(gate.otherwise, cycle, values))
    elif not holds:
        yield _about(action, errors.GATE_CLOSED, gate=filled(gate.otherwise, cycle, values))


def _cannot_sign(
    cycle: LifeCycle, standing: Standing, action: Action, asking: Asking
) -> Iterator[Problem]:
    if any(each.person == asking.person for each in standing.signed):
        yield _about(action, errors.ALREADY_SIGNED)
        return
    consult = cycle.state(standing.state).consult
    parties = consult.parties if consult else ()
    who = relations.one_of(party.label for party in parties)
    yield _about(action, errors.ACTION_NOT_YOURS, who=who)


def _open_parties(cycle: LifeCycle, standing: Standing, asking: Asking) -> tuple[str, ...]:
    consult = cycle.state(standing.state).consult
    if consult is None:
        return ()
    found = consult.open_parties(asking.relations, asking.person, standing.signed)
    return tuple(party.name for party in found)


def _signatures(
    cycle: LifeCycle, standing: Standing, action: Action, asking: Asking
) -> tuple[Signature, ...]:
    """Whoever speaks for several parties speaks for all of them at once."""
    if action.verdict is None:
        return ()
    return tuple(
        Signature(party, asking.person, action.verdict)
        for party in _open_parties(cycle, standing, asking)
    )


def _carries(
    cycle: LifeCycle, standing: Standing, action: Action, signed: tuple[Signature, ...]
) -> bool:
    """Whether the action leads on: always, but for a verdict that has not carried the day."""
    consult = cycle.state(standing.state).consult
    if action.verdict is None or consult is None:
        return True
    return consult.decided(signed) is action.verdict


def _label(cycle: LifeCycle, name: str) -> Labels:
    found = cycle.fields.get(name)
    return found.label if found else relations.name_of(name)


def filled(sentence: Labels, cycle: LifeCycle, values: Values) -> Labels:
    """A sentence about the object with its values put in."""

    def said(text: str, language: str) -> str:
        # A value that nobody filled in is said to be empty, as one that was emptied.
        return _NAMED.sub(
            lambda found: _shown(cycle, found[1], values.get(found[1]), language), text
        )

    return labels(said(sentence.zh, CHINESE), said(sentence.en, ENGLISH))


def _shown(cycle: LifeCycle, name: str, value: object, language: str) -> str:
    found = cycle.fields.get(name)
    if found and found.choices and isinstance(value, str):
        # Several choices are one text.
        parts = [found.choices.get(one, Labels()).get(language) or one for one in value.split(";")]
        return show(parts, language)
    return show(value, language)


def _about(action: Action, code: str, **values: object) -> Problem:
    return problem(code, None, action=action.label, **values)  # type: ignore[arg-type]  # values only
