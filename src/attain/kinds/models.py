"""What a life cycle consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from attain.core.labels import Labels
from attain.core.units import Type
from attain.kinds import relations
from attain.kinds.deadlines import Deadline, Values
from attain.kinds.effects import Effect
from attain.kinds.signing import Consultation, Verdict


class Tone(StrEnum):
    """How a state is shown: quiet, someone must act, something is wrong, not real yet."""

    neutral = "neutral"
    accent = "accent"
    problem = "problem"
    outline = "outline"


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the object that needs, gates and effects may speak of."""

    label: Labels
    type: Type
    choices: Mapping[str, Labels] = field(default_factory=dict)
    """What readers see of a value that is one of a few."""


@dataclass(frozen=True, slots=True)
class State:
    """Where an object can stand, as a participle: submitted, approved.

    `due` is the last day by which it should have left; `consult` asks parties meanwhile.
    """

    name: str
    label: Labels
    tone: Tone = Tone.neutral
    due: Deadline | None = None
    consult: Consultation | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who has all of these relations to the object at once."""

    words: frozenset[str]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", frozenset(words))

    def fits(self, found: frozenset[str]) -> bool:
        return self.words <= found

    def label(self, own: Mapping[str, Labels] | None = None) -> Labels:
        """How readers are told who; `own` are the words that only one life cycle has."""
        return relations.all_of(self.words, own)


Condition = Callable[[Values], bool | None]
"""Whether something holds; None when data are missing to tell."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition before an action. `otherwise` says what stands in the way, without full stop;
    `{name}` in it is a value of the object."""

    holds: Condition
    otherwise: Labels
    label: Labels | None = None
    """What is demanded, said positively, for a list of gates that are met."""


@dataclass(frozen=True, slots=True)
class Action:
    """A step from one of several states to another; `to` is empty where it stays as it is.

    `by` names who may take it, one of them being enough; nobody else may. `never` are relations
    that bar it for whoever has one (four eyes). `needs` are the word `reason` and fields that
    must have a value. `after` and `until` are deadlines. With a `verdict` the action speaks in
    the consultation of its state, and leads to `to` only when this verdict carries the day.
    `duty` names the duty in the table of clashing duties.
    """

    name: str
    label: Labels
    from_: tuple[str, ...]
    to: str
    by: tuple[Who, ...]
    never: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    after: Deadline | None = None
    until: Deadline | None = None
    verdict: Verdict | None = None
    effects: tuple[Effect, ...] = ()
    duty: str = ""


@dataclass(frozen=True)
class LifeCycle:
    """All states and actions of one kind of object. The first state is where it begins."""

    kind: str
    label: Labels
    states: tuple[State, ...]
    actions: tuple[Action, ...]
    fields: Mapping[str, Field] = field(default_factory=dict)
    words: Mapping[str, Labels] = field(default_factory=dict)
    """Names of relations that only this kind has, such as a person field."""

    def __post_init__(self) -> None:
        found = mistakes(self)
        if found:
            raise ValueError(f"{self.kind}: {'; '.join(found)}")

    @property
    def start(self) -> str:
        return self.states[0].name

    def state(self, name: str) -> State:
        """
        :raises KeyError: no such state.
        """
        for each in self.states:
            if each.name == name:
                return each
        raise KeyError(name)

    def action(self, name: str) -> Action | None:
        return next((each for each in self.actions if each.name == name), None)

    def actions_from(self, state: str) -> tuple[Action, ...]:
        """What can be done in a state, in the order of the declaration."""
        return tuple(each for each in self.actions if state in each.from_)


REASON = "reason"
"""The need that is met by writing why."""


def mistakes(cycle: LifeCycle) -> list[str]:
    """What the author of a life cycle got wrong, each in a few words."""
    return [*_names(cycle), *_paths(cycle), *_needs(cycle), *_verdicts(cycle)]


def _names(cycle: LifeCycle) -> list[str]:
    states = [each.name for each in cycle.states]
    actions = [each.name for each in cycle.actions]
    found = [f"state {name} twice" for name in sorted(set(states)) if states.count(name) > 1]
    found += [f"action {name} twice" for name in sorted(set(actions)) if actions.count(name) > 1]
    return found if states else ["no states"]


def _paths(cycle: LifeCycle) -> list[str]:
    states = {each.name for each in cycle.states}
    return [
        f"action {action.name}: no state {name}"
        for action in cycle.actions
        for name in (*action.from_, action.to or action.from_[0])
        if name not in states
    ] + [f"action {each.name}: nobody may take it" for each in cycle.actions if not each.by]


def _needs(cycle: LifeCycle) -> list[str]:
    return [
        f"action {action.name}: no field {name}"
        for action in cycle.actions
        for name in action.needs
        if name != REASON and name not in cycle.fields
    ]


def _verdicts(cycle: LifeCycle) -> list[str]:
    consulting = {each.name for each in cycle.states if each.consult}
    found = [
        f"action {action.name}: nobody is consulted in {name}"
        for action in cycle.actions
        for name in action.from_
        if action.verdict and name not in consulting
    ]
    for name in sorted(consulting):
        said = {each.verdict for each in cycle.actions_from(name)}
        found += [f"state {name}: no action to {each}" for each in Verdict if each not in said]
    return found
