"""Who is how far: attainment in one plan and month, the place it gives, and the months before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from attain.apps.accounts.actors import Actor
from attain.apps.people.selectors import Scope, name_of, scope
from attain.apps.runs.models import Outcome
from attain.apps.runs.reading import opened
from attain.apps.runs.selectors import current_publications
from attain.apps.runs.wording import component_label
from attain.apps.statements.attainment import Measured, measured_components
from attain.apps.statements.selectors import before
from attain.apps.statements.sources import Source, cells_of_all, sources
from attain.core.labels import Labels
from attain.core.periods import Period
from attain.core.reasons import is_not_applicable

FEWEST: Final = 5
"""Places and averages are told of groups of at least so many people."""
MONTHS: Final = 6
"""How far back a trend looks."""


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
    trend: tuple[Decimal | None, ...] = ()
    """The months before, oldest first, then this one."""


@dataclass(frozen=True)
class Board:
    """One attainment of one plan: everybody the reader may see, out of all who take part."""

    source: Source
    measured: Measured
    label: Labels
    plan: Labels
    standings: list[Standing] = field(default_factory=list)
    size: int = 0
    """How many people have an attainment, whether or not the reader sees them."""

    @property
    def name(self) -> str:
        """How addresses call it: plan and component."""
        return f"{self.source.plan_code}.{self.measured.component.name}"

    @property
    def tells_places(self) -> bool:
        """Small groups are not ranked: a place there says too much about the others."""
        return self.size >= FEWEST

    def of(self, person: str) -> Standing | None:
        """One person's standing."""
        return next((one for one in self.standings if one.person == person), None)


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
            if board.standings:
                found.append(board)
    return found


def _board(source: Source, measured: Measured, seen: Scope) -> Board:
    plan = opened(source.run).plan
    rows = {row["subject"]: row for row in _rows(source, measured)}
    places = _places(rows)
    visible = {person: row for person, row in rows.items() if seen.sees(person)}
    names = name_of(visible)
    earlier = _earlier(source, measured, visible)
    standings = [
        Standing(
            person=person,
            name=names[person],
            ratio=row["ratio"],
            actual=row["actual"],
            target=row["target"],
            reason=row["reason"] or "",
            place=places.get(person),
            trend=(*earlier.get(person, ()), row["ratio"]),
        )
        for person, row in visible.items()
        if person in names and not is_not_applicable(row["reason"])
    ]
    standings.sort(key=lambda one: (one.ratio is None, one.ratio or Decimal(0), one.person))
    return Board(
        source=source,
        measured=measured,
        label=measured.label or component_label(plan, measured.component.name),
        plan=plan.labels or Labels.model_validate(plan.plan),
        standings=standings,
        size=len(places),
    )


def _rows(source: Source, measured: Measured) -> Iterator[Mapping[str, Any]]:
    """Subject, ratio, actual, target and reason of everybody, withheld people left out."""
    withheld = set()
    if source.publication is not None:
        withheld = set(source.publication.withheld.values_list("subject", flat=True))
    name = measured.component.column
    for row in cells_of_all(
        source, measured.component.relation, (name, measured.actual, measured.target)
    ):
        if row["subject"] not in withheld:
            yield {
                "subject": row["subject"],
                "ratio": row[name],
                "actual": row[measured.actual],
                "target": row[measured.target],
                "reason": row[f"{name}__why"],
            }


def _places(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    ratios = sorted(
        (row["ratio"] for row in rows.values() if row["ratio"] is not None), reverse=True
    )
    first: dict[Decimal, int] = {}
    for place, ratio in enumerate(ratios, start=1):
        first.setdefault(ratio, place)
    return {person: first[row["ratio"]] for person, row in rows.items() if row["ratio"] is not None}


def _earlier(
    source: Source, measured: Measured, people: Iterable[str]
) -> dict[str, tuple[Decimal | None, ...]]:
    """Published attainment of the periods before, oldest first; None where there is none."""
    months = [source.period]
    while len(months) < MONTHS:
        months.insert(0, _one_before(months[0]))
    months.pop()
    publications = {
        publication.period: publication.pk
        for publication in current_publications(tuple(str(month) for month in months)).filter(
            plan_code=source.plan_code
        )
    }
    rows = Outcome.objects.filter(
        publication__in=publications.values(), component=measured.component.name
    ).values_list("subject", "publication_id", "value")
    known = {(subject, publication): value for subject, publication, value in rows}
    runs = [publications.get(str(month), 0) for month in months]
    return {person: tuple(_decimal(known.get((person, one))) for one in runs) for person in people}


def _one_before(period: Period) -> Period:
    from attain.apps.accounts.company import company

    if period.kind == "month" and ":" not in str(period):
        return before(period)
    calendar = company().calendars.of(period)
    return calendar.shift(period, -1, period.kind)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
