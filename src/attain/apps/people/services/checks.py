"""What must hold of the organisation on every day, checked before a change is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise

from attain.apps.people import errors
from attain.apps.people.models import (
    Assignment,
    DatedRow,
    Edge,
    Person,
    Position,
    Status,
    Unit,
    UnitVersion,
)
from attain.apps.people.organisation import FOREVER, Span
from attain.apps.people.selectors import name_of
from attain.core.errors import AttainError, Severity, codes, problem
from attain.core.numbers import RATIO_NUMBERS, parse_number
from attain.lake.checking.trees import MAX_LEVELS
from attain.lake.errors import rows as said

Links = Callable[[list[str]], Iterable[tuple[str, str, date, date | None]]]
"""The links upwards of some keys: child, parent, from, until."""


_Path = tuple[tuple[str, ...], date, date]
"""A way upwards, and when every step of it holds."""


def managers_of(keys: list[str]) -> Iterable[tuple[str, str, date, date | None]]:
    """Who manages whom."""
    return Assignment.objects.filter(person__in=keys, manager__isnull=False).values_list(
        "person", "manager", "effective_from", "effective_until"
    )


def units_above(keys: list[str]) -> Iterable[tuple[str, str, date, date | None]]:
    """Which unit hangs under which."""
    return UnitVersion.objects.filter(unit__in=keys, parent__isnull=False).values_list(
        "unit", "parent", "effective_from", "effective_until"
    )


def parents_in(hierarchy: str) -> Links:
    """Who is above whom in a named hierarchy."""

    def links(keys: list[str]) -> Iterable[tuple[str, str, date, date | None]]:
        return Edge.objects.filter(hierarchy=hierarchy, child__in=keys).values_list(
            "child", "parent", "effective_from", "effective_until"
        )

    return links


def check_tree(key: str, links: Links) -> None:
    """Refuse a thing that stands above itself on any day, or under too many levels.

    :raises AttainError: HIERARCHY_SELF, HIERARCHY_CYCLE with the path, HIERARCHY_TOO_DEEP.
    """
    paths: list[_Path] = [((key,), date.min, FOREVER)]
    for _ in range(MAX_LEVELS):
        paths = _one_level_up(paths, links)
        for path, low, _high in paths:
            if path[-1] == key:
                raise _circle(path, low)
        if not paths:
            return
    raise AttainError(problem(said.HIERARCHY_TOO_DEEP, value=spoken(key), limit=MAX_LEVELS))


def _one_level_up(paths: list[_Path], links: Links) -> list[_Path]:
    above: dict[str, list[tuple[str, date, date]]] = {}
    for child, parent, start, until in links(sorted({path[-1] for path, _, _ in paths})):
        above.setdefault(child, []).append((parent, start, until or FOREVER))
    found: dict[tuple[str, date, date], _Path] = {}
    for path, low, high in paths:
        for parent, start, until in above.get(path[-1], ()):
            since, to = max(low, start), min(high, until)
            # A circle that does not pass through the thing is somebody else's, and is not walked.
            if since < to and parent not in path[1:]:
                found[parent, since, to] = ((*path, parent), since, to)
    return list(found.values())


def _circle(path: tuple[str, ...], start: date) -> AttainError:
    if len(path) == 2:
        return AttainError(problem(said.HIERARCHY_SELF, value=spoken(path[0])))
    names = " → ".join(spoken(key) for key in path)
    return AttainError(problem(said.HIERARCHY_CYCLE, path=names, start=start))


def check_employed(person: Person, start: date, until: date | None) -> None:
    """Refuse days on which somebody does not work for the company.

    :raises AttainError: BEFORE_HIRE, AFTER_LEAVE.
    """
    gap = _uncovered(employed_spans(person), start, until or FOREVER)
    if gap is None:
        return
    later = [low for low, _ in employed_spans(person) if low > gap]
    if later:
        raise AttainError(
            problem(
                said.BEFORE_HIRE,
                severity=Severity.error,
                value=gap,
                person=str(person),
                start=min(later),
            )
        )
    raise AttainError(
        problem(said.AFTER_LEAVE, severity=Severity.error, value=gap, person=str(person), until=gap)
    )


def employed_spans(person: Person) -> list[Span]:
    """The stretches in which somebody works for the company or with it."""
    return [
        (version.effective_from, version.effective_until or FOREVER)
        for version in person.versions.exclude(status=Status.left)
    ]


def check_there(thing: Unit | Position, start: date, until: date | None) -> None:
    """Refuse days on which a unit or position does not exist.

    :raises AttainError: THING_ABSENT.
    """
    spans = [(row.effective_from, row.effective_until or FOREVER) for row in thing.versions.all()]
    gap = _uncovered(spans, start, until or FOREVER)
    if gap is not None:
        raise AttainError(problem(errors.THING_ABSENT, name=str(thing), day=gap))


def _uncovered(spans: list[Span], start: date, until: date) -> date | None:
    """The first day of a stretch that no span covers."""
    for low, high in sorted(spans):
        if low <= start < high:
            start = high
    return start if start < until else None


def exact_share(text: str) -> str:
    """A share as it is kept: a decimal from 0 to 1, written without zeros at its end.

    :raises AttainError: SHARE_INVALID, and what the number parser refuses.
    """
    if not text.strip():
        return ""
    value = parse_number(text, RATIO_NUMBERS).value
    if not 0 <= value <= 1:
        raise AttainError(problem(errors.SHARE_INVALID, value=text))
    return format(value.normalize(), "f")


def check_shares(person: Person) -> None:
    """Refuse assignments of a person whose shares add up to more than the whole on some day.

    :raises AttainError: SHARES_OVER_WHOLE.
    """
    rows = list(person.assignments.all())
    for day in sorted({row.effective_from for row in rows}):
        total = sum((Decimal(row.share or 0) for row in rows if row.holds_on(day)), Decimal(0))
        if total > 1:
            raise AttainError(
                problem(
                    errors.SHARES_OVER_WHOLE,
                    person=str(person),
                    day=day,
                    sum=f"{format((total * 100).normalize(), 'f')}%",
                )
            )


def check_no_overlap(rows: Iterable[DatedRow], name: str) -> None:
    """Refuse two rows of one timeline that hold on the same day.

    :raises AttainError: INTERVAL_OVERLAP.
    """
    ordered = sorted(rows, key=lambda row: row.effective_from)
    for one, other in pairwise(ordered):
        if one.effective_until is None or other.effective_from < one.effective_until:
            raise AttainError(
                problem(codes.INTERVAL_OVERLAP, value=name, start=other.effective_from)
            )


def spoken(key: str) -> str:
    """A person, unit or position as an error names it."""
    name = name_of([key]).get(key)
    return f"{name.zh} {name.code}" if name else key
