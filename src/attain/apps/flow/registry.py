"""What has a state, and what flow needs to know about it. Imports no model: apps register early."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from attain.core.periods.working_days import WeekdayWorkingDays, WorkingDays
from attain.kinds import LifeCycle
from attain.kinds.effects import Change

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor
    from attain.apps.flow.models import Stateful

Reference = tuple[str, object]
"""An object by its kind and primary key."""


class Apply(Protocol):
    """What an action does besides changing the state, in the same transaction.

    Called after the state has changed. What it raises undoes everything.
    """

    def __call__(
        self, obj: Any, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
    ) -> None: ...


class Carry(Protocol):
    """How an app carries out one kind of effect, in the transaction of the step."""

    def __call__(self, obj: Any, change: Any, *, actor: Actor, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for somebody, as long as an object stands as it does.

    Either for users or for everybody with a role (`unit` narrows it to those whose role reaches
    that unit). `excluded` are users who may not do it, such as the one who submitted it.
    """

    action: str
    users: tuple[int, ...] = ()
    role: str = ""
    unit: str = ""
    excluded: tuple[int, ...] = ()
    due_on: date | None = None


def _nothing(*_: Any) -> Any:
    return ()


@dataclass(frozen=True)
class Flow:
    """A kind of object with a life cycle."""

    kind: str
    model: type[Stateful]
    cycle: LifeCycle
    relations: Callable[[Any, Actor], Iterable[str]]
    """Who the actor is to the object; roles are added by flow (`role:finance`)."""
    apply: Mapping[str, Apply]
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    todo: Callable[[Any], Iterable[Task]] = _nothing
    values: Callable[[Any], Mapping[str, Any]] = field(default=lambda obj: {})
    """What the gates of the cycle speak of."""
    about: Callable[[Any], Iterable[Reference]] = _nothing
    """Further objects whose duties count here: a publication is about its run."""
    payees: Callable[[Any, frozenset[str]], bool] = field(default=lambda obj, people: False)
    """Whether the object decides the pay of one of these people (their keys)."""
    recipients: Callable[[Any, str], Iterable[int]] = _nothing
    """The users who have a relation to the object, for notices."""
    effects: Mapping[type[Change], Carry] = field(default_factory=dict)
    """What carries out the effects that its store knows best; flow does the others."""
    entered: Callable[[Any], date | None] | None = None
    """The day its state was entered, where the object keeps it; else history tells."""
    todo_on: Callable[[Any, date], Iterable[Task]] | None = None
    """Instead of `todo` where it matters on which day it is asked: managers change."""
    working_days: Callable[[], WorkingDays] = WeekdayWorkingDays
    """The days that deadlines count in."""
    trail: Callable[[Any], str] | None = None
    """What the audit trail calls it, where the label says what not all of its readers may know."""

    def named_in_trail(self, obj: Any) -> str:
        """What the audit trail calls an object."""
        return (self.trail or self.label)(obj)


@dataclass(frozen=True, slots=True)
class Family:
    """One model with many cycles: a record lives by the cycle of its type."""

    prefix: str
    """With which the names of all its kinds begin: `record:`."""
    model: type[Stateful]
    of: Callable[[Any], Flow]
    """The flow of an object."""
    named: Callable[[str], Flow | None]
    """The flow of a kind, None for one that is not there."""
    every: Callable[[], Iterable[Flow]]


_FLOWS: Final[dict[str, Flow]] = {}
_FAMILIES: Final[dict[str, Family]] = {}


def register(
    kind: str,
    model: type[Stateful],
    cycle: LifeCycle,
    *,
    relations: Callable[[Any, Actor], Iterable[str]],
    label: Callable[[Any], str],
    url: Callable[[Any], str],
    apply: Mapping[str, Apply] | None = None,
    **further: Any,
) -> Flow:
    """Say that objects of a model live by a cycle. Called in `AppConfig.ready`.

    :raises ValueError: a kind registered for another model, or something for an action
        that the cycle has not.
    """
    flow = Flow(kind, model, cycle, relations, dict(apply or {}), label, url, **further)
    unknown = sorted(name for name in flow.apply if cycle.action(name) is None)
    if unknown:
        raise ValueError(f"{kind}: no action {', '.join(unknown)}")
    known = _FLOWS.get(kind)
    if known and known.model is not model:
        raise ValueError(f"{kind} is registered for {known.model.__name__}")
    _FLOWS[kind] = flow
    return flow


def register_family(family: Family) -> None:
    """Say that objects of a model live by many cycles. Called in `AppConfig.ready`.

    :raises ValueError: a prefix that another model has.
    """
    known = _FAMILIES.get(family.prefix)
    if known and known.model is not family.model:
        raise ValueError(f"{family.prefix} is registered for {known.model.__name__}")
    _FAMILIES[family.prefix] = family


def flow_of(obj: object) -> Flow:
    """The flow of an object.

    :raises LookupError: its model has none.
    """
    for flow in _FLOWS.values():
        if isinstance(obj, flow.model):
            return flow
    for family in _FAMILIES.values():
        if isinstance(obj, family.model):
            return family.of(obj)
    raise LookupError(f"{type(obj).__name__} has no life cycle")


def flow_named(kind: str) -> Flow | None:
    """The flow of a kind."""
    known = _FLOWS.get(kind)
    if known is not None:
        return known
    fitting = (each for prefix, each in _FAMILIES.items() if kind.startswith(prefix))
    return next((each.named(kind) for each in fitting), None)


def flows() -> tuple[Flow, ...]:
    """Every registered flow, by kind."""
    alone = [_FLOWS[kind] for kind in sorted(_FLOWS)]
    return (*alone, *(flow for family in _FAMILIES.values() for flow in family.every()))
