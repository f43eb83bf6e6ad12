"""The organisation in memory: who is above whom and in which unit, and between which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

FOREVER: Final = date.max

Span = tuple[date, date]
"""A half-open stretch; `FOREVER` where there is no end."""
Spans = dict[str, list[Span]]
Step = tuple[str, date, date]
"""A neighbour, and between which days it is one."""
Steps = Mapping[str, list[Step]]


@dataclass(frozen=True, slots=True)
class Organisation:
    """All dated links, as neighbours by key."""

    teams: Steps = field(default_factory=dict)
    """Manager to the people managed."""
    superiors: Steps = field(default_factory=dict)
    """Person to their managers."""
    headed: Steps = field(default_factory=dict)
    """Person to the units they head."""
    below: Steps = field(default_factory=dict)
    """Unit to its sub-units."""
    above: Steps = field(default_factory=dict)
    """Unit to the unit it hangs under."""
    members: Steps = field(default_factory=dict)
    """Unit to the people who sit in it."""

    def team(self, manager: str, start: date, until: date) -> Spans:
        """The people below a manager, and when: each only while every link above them holds.

        Below are those they manage and the members of units they head, at any depth. A member
        of such a unit brings nobody along, and whoever is above the manager is not below them:
        a director's assistant who heads the office does not see the director.
        """
        led = reached(manager, (self.teams,), start, until)
        units: Spans = {}
        for leader, spans in ((manager, [(start, until)]), *led.items()):
            for span in spans:
                for unit, unit_spans in _below(leader, self.headed, self.below, *span).items():
                    for one in unit_spans:
                        cover(units, unit, *one)
        above = reached(manager, (self.superiors,), start, until)
        for person, since, to in self._sitting(units):
            if person not in above and person != manager:
                cover(led, person, since, to)
        led.pop(manager, None)
        return led

    def in_unit(self, unit: str, start: date, until: date) -> Spans:
        """The people of a unit and of all units below it, and when."""
        units = {unit: [(start, until)], **reached(unit, (self.below,), start, until)}
        found: Spans = {}
        for person, since, to in self._sitting(units):
            cover(found, person, since, to)
        return found

    def _sitting(self, units: Spans) -> Iterator[tuple[str, date, date]]:
        for unit, spans in units.items():
            for start, until in spans:
                yield from within(self.members.get(unit, ()), start, until)


def _below(leader: str, headed: Steps, below: Steps, start: date, until: date) -> Spans:
    """The units somebody heads, with all that hangs under them."""
    found: Spans = {}
    for unit, since, to in within(headed.get(leader, ()), start, until):
        cover(found, unit, since, to)
        for under, spans in reached(unit, (below,), since, to).items():
            for span in spans:
                cover(found, under, *span)
    return found


def within(steps: Iterable[Step], start: date, until: date) -> Iterator[tuple[str, date, date]]:
    """The steps that hold on some day of a stretch, cut to it."""
    for key, since, to in steps:
        low, high = max(since, start), min(to, until)
        if low < high:
            yield key, low, high


def reached(root: str, ways: tuple[Steps, ...], start: date, until: date) -> Spans:
    """All that can be reached step by step, and when every step on the way holds.

    A circle does no harm: a stretch that is known already is not followed again.
    """
    found: Spans = {}
    pending = [(root, start, until)]
    while pending:
        node, since, to = pending.pop()
        for steps in ways:
            for child, low, high in within(steps.get(node, ()), since, to):
                if cover(found, child, low, high):
                    pending.append((child, low, high))
    return found


def cover(spans: Spans, key: str, start: date, until: date) -> bool:
    """Add a stretch to a key's stretches; False if it was covered already."""
    known = spans.get(key)
    if known is None:
        spans[key] = [(start, until)]
        return True
    if any(low <= start and until <= high for low, high in known):
        return False
    touching = [span for span in known if span[0] <= until and start <= span[1]]
    apart = [span for span in known if span not in touching]
    joined = (
        min(start, *(low for low, _ in touching), start),
        max(until, *(high for _, high in touching), until),
    )
    spans[key] = sorted([*apart, joined])
    return True


def steps(rows: Iterable[tuple[str, str, date, date | None]]) -> dict[str, list[Step]]:
    """Neighbours from rows of (from, to, start, until)."""
    found: dict[str, list[Step]] = defaultdict(list)
    for one, other, start, until in rows:
        found[one].append((other, start, until or FOREVER))
    return dict(found)
