"""How attainment went over the last periods: person by person, or of a group together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from attain.apps.accounts.company import company
from attain.apps.insights.standings import Board
from attain.apps.runs.models import Outcome, Publication
from attain.apps.runs.reading import opened
from attain.apps.runs.selectors import current_publications
from attain.apps.statements.attainment import Measured, measured_components
from attain.apps.statements.selectors import before
from attain.apps.statements.sources import Source, cells_of_all
from attain.core.kept import Kept
from attain.core.periods import Period

PERIODS: Final = 6
"""How many periods a trend shows, the newest included."""

Trend = tuple[Decimal | None, ...]
"""Attainment of the last periods, the oldest first; None where nothing is published."""
Totals = Mapping[str, tuple[Decimal, Decimal]]
"""Of each group: what was reached and what was wanted."""


def periods_of(board: Board) -> tuple[Period, ...]:
    """The periods a trend of the board shows, the oldest first."""
    found = [board.source.period]
    while len(found) < PERIODS:
        found.insert(0, _one_before(found[0]))
    return tuple(found)


def trends(board: Board, people: Collection[str]) -> dict[str, Trend]:
    """The trend of some of the people whom the board holds."""
    shown = set(people)
    earlier = _earlier(board)
    rows = Outcome.objects.filter(
        publication__in=[one.pk for one in earlier if one is not None],
        component=board.measured.component.name,
        subject__in=shown,
    ).values_list("subject", "publication_id", "value")
    known = {(subject, publication): value for subject, publication, value in rows}
    return {
        one.person: (
            *(_decimal(known.get((one.person, was.pk))) if was else None for was in earlier),
            one.ratio,
        )
        for one in board.measures
        if one.person in shown
    }


def together(board: Board, groups: Mapping[str, str]) -> dict[str, Trend]:
    """The trend of groups of people: actual over target of all of them, not the mean of ratios.

    `groups` says into which group each person counts; pass only people whom the board holds.
    """
    sources = [_source(board, one) for one in _earlier(board)]
    found = [None if one is None else _totals(one, board, groups) for one in sources]
    found.append(_totals(board.source, board, groups))
    return {
        group: tuple(None if totals is None else _ratio(totals.get(group)) for totals in found)
        for group in dict.fromkeys(groups.values())
    }


def falling(trend: Trend) -> int:
    """How many periods in a row it has fallen, up to the newest."""
    count = 0
    for late, early in zip(reversed(trend), reversed(trend[:-1]), strict=False):
        if late is None or early is None or late >= early:
            return count
        count += 1
    return count


def _earlier(board: Board) -> list[Publication | None]:
    """What is published of the plan for each period before, the oldest first."""
    periods = [str(one) for one in periods_of(board)[:-1]]
    publications = current_publications(tuple(periods)).filter(plan_code=board.source.plan_code)
    found = {one.period: one for one in publications.select_related("run__plan_version__plan")}
    return [found.get(one) for one in periods]


def _source(board: Board, publication: Publication | None) -> Source | None:
    if publication is None:
        return None
    period = next(one for one in periods_of(board) if str(one) == publication.period)
    return Source(publication.plan_code, period, publication.run, publication)


_kept: Final = Kept[tuple[object, ...], Totals | None](200)


def _totals(source: Source, board: Board, groups: Mapping[str, str]) -> Totals | None:
    """Sums of a run, which never changes: kept by its digest and by who counts where."""
    name = board.measured.component.name
    withheld = source.withheld()

    def make() -> Totals | None:
        measured = _measured(source, name)
        return None if measured is None else _summed(source, measured, groups, withheld)

    key = (source.run.pk, source.run.digest, name, withheld, frozenset(groups.items()))
    return _kept.of(key, make)


def _measured(source: Source, name: str) -> Measured | None:
    """The same attainment in another run, whose plan may have been an earlier version."""
    found = measured_components(opened(source.run).plan)
    return next((one for one in found if one.component.name == name), None)


def _summed(
    source: Source, measured: Measured, groups: Mapping[str, str], withheld: frozenset[str]
) -> Totals:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    columns = (measured.actual, measured.target)
    for row in cells_of_all(source, measured.component.relation, columns):
        group = groups.get(row["subject"])
        actual, target = row[measured.actual], row[measured.target]
        if group is None or row["subject"] in withheld or actual is None or target is None:
            continue
        reached, wanted = sums.get(group, (Decimal(0), Decimal(0)))
        sums[group] = (reached + actual, wanted + target)
    return sums


def _ratio(total: tuple[Decimal, Decimal] | None) -> Decimal | None:
    return total[0] / total[1] if total is not None and total[1] else None


def _one_before(period: Period) -> Period:
    if period.kind == "month" and ":" not in str(period):
        return before(period)
    return company().calendars.of(period).shift(period, -1, period.kind)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
