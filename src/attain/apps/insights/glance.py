"""A whole board at a glance: a heat map of the last periods, and both ends of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.apps.insights.showing import figure, person_url
from attain.apps.insights.standings import Board, Standing
from attain.apps.insights.trends import Trend, falling, periods_of, together, trends
from attain.apps.people.selectors import Name, name_of, unit_on
from attain.apps.statements.showing import short_month
from attain.core.periods import Period
from attain.ui import formats

MOST: Final = 60
"""More people than this do not fit into one look: then their units stand there."""
ENDS: Final = 5
"""How many stand at each end of a long ranking."""
STREAK: Final = 3
"""Falling so many times in a row is worth a sentence."""

PEOPLE: Final = "people"
UNITS: Final = "units"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the heat map."""

    name: str
    url: str | None
    trend: Trend


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one unit, the furthest ahead first; units stand in one group without name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Attainment by person or unit and period."""

    by: str
    title: str
    heads: tuple[str, ...]
    groups: tuple[Group, ...]
    left_out: int
    """How many people find no room."""


def ways(board: Board) -> tuple[str, ...]:
    """By what a heat map of the board can be laid out, the usual way first."""
    if not board.adds_up:
        return (PEOPLE,)
    return (UNITS, PEOPLE) if len(board.measures) > MOST else (PEOPLE, UNITS)


def heat_map(board: Board, by: str, *, opens: bool) -> HeatMap:
    """The board's last periods; `opens`: names lead to the person's statement."""
    periods = periods_of(board)
    groups = _units(board) if by == UNITS else _people(board, opens=opens)
    shown = sum(len(group.lines) for group in groups)
    return HeatMap(
        by=by,
        title=_finding(line for group in groups for line in group.lines),
        heads=tuple(_head(one) for one in periods),
        groups=groups,
        left_out=len(board.measures) - shown if by == PEOPLE else 0,
    )


def _head(period: Period) -> str:
    return short_month(period) if period.kind == "month" else formats.period_name(period)


def _finding(lines: Iterable[Line]) -> str:
    """Who has fallen longest, if it is long enough to be told."""
    streaks = [(falling(line.trend), line.name) for line in lines]
    count, name = max(streaks, default=(0, ""), key=lambda one: one[0])
    if count < STREAK:
        return _("Attainment of the last periods")
    return _("%(name)s has fallen %(count)s times in a row") % {"name": name, "count": count}


def _people(board: Board, *, opens: bool) -> tuple[Group, ...]:
    shown = board.first(MOST)
    people = [one.person for one in shown]
    known = trends(board, people)
    units = unit_on(board.source.period.last_day, people)
    names = name_of(units.values())
    lines: dict[str, list[Line]] = {}
    for one in reversed(shown):
        url = person_url(board, one.person) if opens else None
        line = Line(one.name.get(formats.language()), url, known[one.person])
        lines.setdefault(units.get(one.person, ""), []).append(line)
    return tuple(
        Group(_called(names, unit), tuple(lines[unit])) for unit in _in_order(lines, names)
    )


def _units(board: Board) -> tuple[Group, ...]:
    units = unit_on(board.source.period.last_day, (one.person for one in board.measures))
    names = name_of(units.values())
    found = together(board, units)
    lines = [Line(_called(names, unit), None, trend) for unit, trend in found.items()]
    lines.sort(key=_newest, reverse=True)
    return (Group("", tuple(lines)),) if lines else ()


def _newest(line: Line) -> tuple[bool, Decimal]:
    newest = line.trend[-1]
    return newest is not None, newest or Decimal(0)


def _in_order(units: Iterable[str], names: Mapping[str, Name]) -> list[str]:
    return sorted(
        units, key=lambda unit: (unit not in names, names[unit].code if unit in names else "")
    )


def _called(names: Mapping[str, Name], unit: str) -> str:
    return names[unit].get(formats.language()) if unit in names else ""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the ranking; a gap stands where people in the middle are left out."""

    name: str = ""
    url: str | None = None
    place: int | None = None
    ratio: Decimal | None = None
    actual: str = ""
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """Both ends of a board."""

    title: str
    has_places: bool
    rows: tuple[Place, ...]


def ranking(board: Board, *, opens: bool) -> Ranking:
    """Those ahead and those behind, with how many have reached their target."""
    size = len(board.measures)
    known = sum(1 for one in board.measures if one.ratio is not None)
    if not known:
        return Ranking(_("No results yet"), has_places=False, rows=())
    if known > 2 * ENDS + 2:
        behind = [one for one in board.first(size) if one.ratio is not None][:ENDS]
        rows = [
            *(_place(board, one, opens=opens) for one in board.best(ENDS)),
            Place(is_gap=True),
            *(_place(board, one, opens=opens) for one in reversed(behind)),
        ]
    else:
        rows = [_place(board, one, opens=opens) for one in board.best(size)]
    title = ngettext(
        "%(reached)s of %(size)s has reached the target",
        "%(reached)s of %(size)s have reached their target",
        board.reached,
    ) % {"reached": formats.count(board.reached), "size": formats.count(size)}
    return Ranking(title, board.tells_places, tuple(rows))


def _place(board: Board, one: Standing, *, opens: bool) -> Place:
    return Place(
        name=one.name.get(formats.language()),
        url=person_url(board, one.person) if opens else None,
        place=one.place,
        ratio=one.ratio,
        actual="" if one.actual is None else figure(board, one.actual),
    )
