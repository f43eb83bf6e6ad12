"""Who is how far: attainment in one plan and month, and the place it gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from attain.apps.accounts.actors import SYSTEM, Actor
from attain.apps.people.focus import members
from attain.apps.people.selectors import Scope, name_of, scope
from attain.apps.runs.reading import opened
from attain.apps.runs.wording import component_label
from attain.apps.statements.attainment import Measured, measured_components
from attain.apps.statements.selectors import latest_month
from attain.apps.statements.sources import Source, cells_of_all, sources
from attain.core.kept import Kept
from attain.core.labels import Labels
from attain.core.periods import Period
from attain.core.reasons import is_not_applicable
from attain.core.units import Unit

FEWEST: Final = 5
"""Places and averages are told of groups of at least so many people."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's attainment, with what it is made of."""

    person: str
    name: Any
    ratio: Decimal | None
    actual: Decimal | None
    target: Decimal | None
    reason: str
    """The code of why there is no ratio."""
    place: int | None
    """1 is the furthest; people with equal attainment share a place."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a run says of one person."""

    person: str
    ratio: Decimal | None
    actual: Decimal | None
    target: Decimal | None
    reason: str


@dataclass(frozen=True)
class Board:
    """One attainment of one plan: everybody the reader may see, out of all who take part."""

    source: Source
    measured: Measured
    label: Labels
    plan: Labels
    measures: tuple[Measure, ...] = ()
    """What the run says of the people the reader may see, those furthest behind first."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Of everybody who has an attainment, whether or not the reader sees them."""

    @property
    def size(self) -> int:
        """How many people have an attainment."""
        return len(self.places)

    @cached_property
    def standings(self) -> list[Standing]:
        """All of them with names and places, for lists."""
        return self._standings(self.measures)

    def first(self, count: int) -> list[Standing]:
        """Those furthest behind; who has no attainment comes last."""
        return self._standings(self.measures[:count])

    def best(self, count: int) -> list[Standing]:
        """Those furthest ahead, the best first."""
        known = [one for one in self.measures if one.ratio is not None]
        return self._standings(known[::-1][:count])

    @cached_property
    def reached(self) -> int:
        """How many of those the reader may see have reached their target."""
        return sum(1 for one in self.measures if one.ratio is not None and one.ratio >= 1)

    @cached_property
    def sums(self) -> tuple[Decimal, Decimal] | None:
        """Actual and target of all shown who have both, added up once; None where nobody has."""
        pairs = [
            (one.actual, one.target)
            for one in self.measures
            if one.actual is not None and one.target is not None
        ]
        if not pairs:
            return None
        zero = Decimal(0)
        return sum((one for one, _ in pairs), zero), sum((one for _, one in pairs), zero)

    def _standings(self, measures: Collection[Measure]) -> list[Standing]:
        names = name_of(one.person for one in measures)
        return [
            Standing(
                person=one.person,
                name=names[one.person],
                ratio=one.ratio,
                actual=one.actual,
                target=one.target,
                reason=one.reason,
                place=self.places.get(one.person),
            )
            for one in measures
            if one.person in names
        ]

    @property
    def name(self) -> str:
        """How addresses call it: plan and component."""
        return f"{self.source.plan_code}.{self.measured.component.name}"

    def within(self, people: Scope) -> Board:
        """Only some of the people; places stay those among everybody."""
        return replace(
            self, measures=tuple(one for one in self.measures if people.sees(one.person))
        )

    @property
    def tells_places(self) -> bool:
        """Small groups are not ranked: a place there says too much about the others."""
        return self.size >= FEWEST

    @property
    def adds_up(self) -> bool:
        """What is measured can be added up over people: amounts and counts can, rates cannot."""
        return self.measured.unit != Unit.ratio

    def of(self, person: str) -> Standing | None:
        """One person's standing."""
        found = [one for one in self.measures if one.person == person]
        return next(iter(self._standings(found)), None)


def boards(actor: Actor, month: Period) -> list[Board]:
    """Every attainment of a month that has people the reader may see."""
    found = []
    for source in sources(month, actor):
        plan = opened(source.run).plan
        seen = scope(actor, "results", (source.period.from_, source.period.until))
        if seen.is_empty:
            continue
        for measured in measured_components(plan):
            board = _board(source, measured, seen)
            if board.measures:
                found.append(board)
    return found


def order_newest(at: datetime) -> None:
    """Put everybody in order in what was attained last, so that no reader waits for it."""
    system = SYSTEM(at)
    for source in sources(latest_month(system), system):
        for measured in measured_components(opened(source.run).plan):
            _order(source, measured)


def narrowed(found: Iterable[Board], unit: str) -> list[Board]:
    """The boards with the people of a unit alone; those that have none of them are left out."""
    inner = (
        board.within(members(unit, (board.source.period.from_, board.source.period.until)))
        for board in found
    )
    return [board for board in inner if board.measures]


def _board(source: Source, measured: Measured, seen: Scope) -> Board:
    plan = opened(source.run).plan
    order = _order(source, measured)
    return Board(
        source=source,
        measured=measured,
        label=measured.label or component_label(plan, measured.component.name),
        plan=plan.labels or Labels.model_validate(plan.plan),
        measures=order.seen_by(seen),
        places=order.places,
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """Everybody in one attainment, those furthest behind first, whoever is asking."""

    measures: tuple[Measure, ...]
    places: Mapping[str, int]
    at: Mapping[str, int]
    """Where each person stands among the measures."""

    def seen_by(self, seen: Scope) -> tuple[Measure, ...]:
        """Those somebody may see; for who sees few, thousands of others are not looked at."""
        if seen.everyone:
            return self.measures
        shown = (self.at[key] for key in seen.keys & self.at.keys() if seen.sees(key))
        return tuple(self.measures[at] for at in sorted(shown))


_orders: Final = Kept[tuple[object, ...], _Order](16)


def _order(source: Source, measured: Measured) -> _Order:
    """Kept by the digest of the run: what a reader may see of it is decided each time."""
    withheld = source.withheld()
    key = (source.run.pk, source.run.digest, measured.component.name, withheld)
    return _orders.of(key, lambda: _made_order(source, measured, withheld))


def _made_order(source: Source, measured: Measured, withheld: frozenset[str]) -> _Order:
    everybody = {
        one.person: one for one in _measures(source, measured) if one.person not in withheld
    }
    taking_part = (one for one in everybody.values() if not is_not_applicable(one.reason))
    ordered = sorted(
        taking_part, key=lambda one: (one.ratio is None, one.ratio or Decimal(0), one.person)
    )
    at = {one.person: place for place, one in enumerate(ordered)}
    return _Order(tuple(ordered), _places(everybody.values()), at)


def _measures(source: Source, measured: Measured) -> Iterator[Measure]:
    name = measured.component.column
    for row in cells_of_all(
        source, measured.component.relation, (name, measured.actual, measured.target)
    ):
        yield Measure(
            person=row["subject"],
            ratio=row[name],
            actual=row[measured.actual],
            target=row[measured.target],
            reason=row[f"{name}__why"] or "",
        )


def _places(measures: Iterable[Measure]) -> dict[str, int]:
    ratios = {one.person: one.ratio for one in measures if one.ratio is not None}
    first: dict[Decimal, int] = {}
    for place, ratio in enumerate(sorted(ratios.values(), reverse=True), start=1):
        first.setdefault(ratio, place)
    return {person: first[ratio] for person, ratio in ratios.items()}
