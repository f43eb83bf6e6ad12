"""People, units, seats and assignments, with who reports to whom, all of it dated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from attain.demo.months import in_force
from attain.demo.rows import Assignment, Edge, Person, PlanMember, Position, Unit
from attain.demo.story import Story
from attain.demo.story.organisation import Holding, StatusVersion, ToldPerson
from attain.demo.story.trade import Membership, Promoter


class Interval(NamedTuple):
    """From a day until another, exclusive; None is open."""

    start: date
    until: date | None

    def within(self, start: date, until: date | None) -> Interval | None:
        """The part that lies inside another interval, if any."""
        first = max(self.start, start)
        ends = [end for end in (self.until, until) if end is not None]
        last = min(ends) if ends else None
        return Interval(first, last) if last is None or first < last else None


class Organisation:
    """The rows of the story's organisation."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.units = tuple(self._units())
        self.positions = tuple(self._positions())
        self.people = tuple(self._people())
        self.assignments = tuple(self._assignments())
        self.edges = tuple(self._edges())

    def _units(self) -> Iterator[Unit]:
        for told in self._story.units.units:
            for one in told.versions:
                yield Unit(
                    told.unit, told.name, told.en, told.kind, told.responsibility, one.parent,
                    one.head, one.start, one.until,
                )  # fmt: skip

    def _positions(self) -> Iterator[Position]:
        for told in self._story.units.seats:
            for code in told.codes:
                for one in told.versions:
                    yield Position(code, told.title, told.en, one.unit, one.start, one.until)

    def _people(self) -> Iterator[Person]:
        for told in self._story.people.people:
            versions = told.status or [StatusVersion(start=told.hired, status="active")]
            for one in versions:
                if employed := Interval(one.start, one.until).within(told.hired, told.left):
                    yield _person(told, one.status, employed)
            if told.left is not None:
                yield _person(told, "left", Interval(told.left, None))
        for promoter in self._story.community.promoters:
            yield _promoter(promoter)

    def _assignments(self) -> Iterator[Assignment]:
        """One row for each stretch in which seat, unit and manager stay the same."""
        for told in self._story.people.people:
            for held in told.seats:
                employed = Interval(held.start or told.hired, held.until or told.left)
                yield from self._stretches(told.code, held, employed)
        for place, promoter in enumerate(self._story.community.promoters, 1):
            held = Holding(seat=f"S-P-{place}")
            yield from self._stretches(promoter.code, held, Interval(promoter.joined, None))

    def _stretches(self, person: str, held: Holding, employed: Interval) -> Iterator[Assignment]:
        for seat in self.positions:
            inside = employed.within(seat.effective_from, seat.effective_until)
            if seat.position == held.seat and inside is not None:
                for start, until, manager in self._managed(person, seat.unit, inside):
                    yield Assignment(
                        person, held.seat, seat.unit, manager, held.share, start, until
                    )

    def _managed(
        self, person: str, unit: str, interval: Interval
    ) -> Iterator[tuple[date, date | None, str | None]]:
        """The interval in pieces, cut where the manager changes."""
        start, manager = interval.start, self.manager(person, unit, interval.start)
        for day in self._days_of_change(interval):
            if (changed := self.manager(person, unit, day)) != manager:
                yield start, day, manager
                start, manager = day, changed
        yield start, interval.until, manager

    def _days_of_change(self, interval: Interval) -> list[date]:
        days = {unit.effective_from for unit in self.units}
        return sorted(day for day in days if day > interval.start and in_force(day, *interval))

    def manager(self, person: str, unit: str, day: date) -> str | None:
        """The head of the unit; above a head, or where there is none, that of the unit above."""
        found = next(
            one
            for one in self.units
            if one.unit == unit and in_force(day, one.effective_from, one.effective_until)
        )
        if found.head is not None and found.head != person:
            return found.head
        return None if found.parent is None else self.manager(person, found.parent, day)

    def _edges(self) -> Iterator[Edge]:
        for unit in self.units:
            if unit.parent is not None:
                yield Edge("org", unit.unit, unit.parent, unit.effective_from, unit.effective_until)
        yield from reporting(self.assignments)
        for promoter in self._story.community.promoters:
            if promoter.trained_by is not None:
                yield Edge("sponsor", promoter.code, promoter.trained_by, promoter.joined, None)


def reporting(assignments: tuple[Assignment, ...]) -> Iterator[Edge]:
    """Who reports to whom: by the larger part where somebody has two roles; in one piece."""
    last: Edge | None = None
    for one in assignments:
        if one.manager is None or one.share * 2 < 1:
            continue
        edge = Edge("reporting", one.person, one.manager, one.effective_from, one.effective_until)
        goes_on = last is not None and last.child == edge.child and last.parent == edge.parent
        if last is not None and goes_on and last.effective_until == edge.effective_from:
            last = last._replace(effective_until=edge.effective_until)
            continue
        if last is not None:
            yield last
        last = edge
    if last is not None:
        yield last


def _person(told: ToldPerson, status: str, interval: Interval) -> Person:
    return Person(
        told.code, told.name, told.en, told.role, told.department or None, told.region or None,
        told.is_head, status, told.hired, told.left, *interval,
    )  # fmt: skip


def _promoter(told: Promoter) -> Person:
    return Person(
        told.code, told.name, told.en, "promoter", "社区推广", None, False, "active",
        told.joined, None, told.joined, None,
    )  # fmt: skip


def plan_members(story: Story) -> Iterator[PlanMember]:
    """Who takes part in which plan, when and for which part of the time."""
    for told in story.decisions.members:
        if told.subject is not None:
            yield PlanMember(told.plan, told.subject, told.share, told.start, told.until)
        for code, hired, left in _of_role(story, told):
            interval = Interval(told.start, told.until).within(hired, left)
            if interval is not None and code not in told.but:
                yield PlanMember(told.plan, code, told.share, *interval)


def _of_role(story: Story, told: Membership) -> Iterator[tuple[str, date, date | None]]:
    if told.role == "promoter":
        yield from ((one.code, one.joined, None) for one in story.community.promoters)
    elif told.role is not None:
        for person in story.people.of_role(told.role):
            yield person.code, person.hired, person.left
