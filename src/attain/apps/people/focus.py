"""What a reader looks at: the month and the unit they chose, kept while they move about.

A choice only ever narrows what somebody may see anyway; no right depends on it. It is kept in the
session, and every page that follows it says so in the top bar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest

from attain.apps.accounts.actors import Actor
from attain.apps.people.organisation import within
from attain.apps.people.reading import names, organisation
from attain.apps.people.scopes import During, Scope, scope, stretch
from attain.core.periods import GREGORIAN, Period

SESSION: Final = "focus"
MONTH: Final = "{month}"
"""Where an address has the month in its path, this stands for it."""
_LEVELS_MAX: Final = 60
_INDENTS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that can be chosen, at its depth among those offered."""

    key: str
    name: str
    code: str
    depth: int

    @property
    def level(self) -> int:
        """How far it is moved in; deeper ones stay at the last step, for there is little room."""
        return min(self.depth, _INDENTS_MAX)


def chosen(request: HttpRequest, what: str) -> str:
    """What the reader chose, "" if nothing: `what` is "month" or "unit"."""
    kept = request.session.get(SESSION)
    found = kept.get(what, "") if isinstance(kept, dict) else ""
    return found if isinstance(found, str) else ""


def choose(request: HttpRequest, what: str, value: str) -> None:
    """Keep a choice until the reader logs out; "" forgets it."""
    kept = request.session.get(SESSION)
    rest = {name: one for name, one in kept.items() if name != what} if kept else {}
    request.session[SESSION] = {**rest, what: value} if value else rest


def unit_of(request: HttpRequest, actor: Actor, on: During) -> str:
    """The unit chosen, as long as the reader may still choose it; "" is everybody they see."""
    wanted = chosen(request, "unit")
    offered = (one.key for one in offers(actor, on)) if wanted else ()
    return wanted if wanted in offered else ""


def members(unit: str, on: During) -> Scope:
    """The people of a unit and of all units below it, to narrow what a reader sees.

    Not scoped by a reader: for narrowing rows that are.
    """
    found = organisation().in_unit(unit, *stretch(on))
    return Scope(everyone=False, spans={key: tuple(spans) for key, spans in found.items()})


def offers(actor: Actor, on: During) -> tuple[Choice, ...]:
    """The units a reader may choose: those whose people they see, and those they look after.

    In the order of the tree, with the language of the reader.
    """
    start, until = stretch(on)
    seen = scope(actor, "people", on)
    allowed = None if seen.everyone else _units_of(seen, actor, start, until)
    return tuple(_walked(allowed, start, until, actor.language))


def _units_of(seen: Scope, actor: Actor, start: date, until: date) -> frozenset[str]:
    known = organisation()
    found = {
        unit
        for unit, steps in known.members.items()
        if any(person in seen.spans for person, _, _ in within(steps, start, until))
    }
    leaders = {grant.person for grant in actor.grants if grant.person}
    for leader in leaders:
        found |= {unit for unit, _, _ in within(known.headed.get(leader, ()), start, until)}
    return frozenset(found)


def _walked(
    allowed: frozenset[str] | None, start: date, until: date, language: str
) -> Iterator[Choice]:
    """From the top of the tree down; a unit that is not allowed gives its place to those below."""
    called = names()
    below: dict[str, list[str]] = defaultdict(list)
    hanging: set[str] = set()
    for parent, steps in organisation().below.items():
        for unit, _, _ in within(steps, start, until):
            below[parent].append(unit)
            hanging.add(unit)
    sitting = organisation().members.items()
    used = {unit for unit, steps in sitting if next(within(steps, start, until), None)}
    known = {*below, *hanging, *(used if allowed is None else allowed)}
    pending = [(unit, 0, 0) for unit in _ordered(known - hanging, called)[::-1]]
    told: set[str] = set()
    while pending:
        unit, depth, level = pending.pop()
        if unit in told or level > _LEVELS_MAX:
            continue
        told.add(unit)
        is_offered = unit in called and (allowed is None or unit in allowed)
        if is_offered:
            zh, en, code = called[unit]
            yield Choice(unit, (en or zh) if language.startswith("en") else (zh or en), code, depth)
        inner = depth + is_offered
        pending += [(one, inner, level + 1) for one in _ordered(below[unit], called)[::-1]]


def _ordered(units: Iterable[str], called: Any) -> list[str]:
    return sorted(set(units), key=lambda unit: called[unit][2] if unit in called else unit)


@dataclass(frozen=True, slots=True)
class Months:
    """A year of months to choose from."""

    year: int
    months: tuple[tuple[str, int], ...]
    """The label in addresses, and the number of the month."""

    @property
    def before(self) -> int:
        return self.year - 1

    @property
    def after(self) -> int:
        return self.year + 1


def year_of(year: int) -> Months:
    """The twelve months of a year."""
    return Months(year, tuple((f"{year:04d}-{number:02d}", number) for number in range(1, 13)))


@dataclass(frozen=True, slots=True)
class Pickers:
    """The choices of one page, for `people/_pickers.html`; None where a page has no use for one."""

    month: Period | None
    to_month: str
    newest: str
    """Where the newest month with results is shown."""
    unit: str
    unit_name: str
    units: tuple[Choice, ...]
    to_unit: str
    everyone: bool
    follows: bool
    """The month is the newest with results, for none was chosen."""

    @property
    def before(self) -> Period | None:
        return GREGORIAN.shift(self.month, -1, "month") if self.month else None

    @property
    def after(self) -> Period | None:
        return GREGORIAN.shift(self.month, 1, "month") if self.month else None

    @property
    def year(self) -> Months | None:
        return year_of(self.month.from_.year) if self.month else None


def pickers(
    request: Any,
    *,
    month: Period | None = None,
    to_month: str = "",
    newest: str = "",
    units_on: During | None = None,
    unit: str = "",
) -> Pickers:
    """What a page offers in the top bar.

    `to_month` is where a chosen month leads, this page if it is not said; `units_on` are the days
    whose units are offered, none if the page is not narrowed by units.
    """
    actor: Actor = request.actor
    offered = offers(actor, units_on) if units_on is not None else ()
    return Pickers(
        month=month,
        to_month=to_month or _here(request, "month", "page"),
        newest=newest or _here(request, "month", "page"),
        unit=unit,
        unit_name=next((one.name for one in offered if one.key == unit), ""),
        units=offered if len(offered) > 1 else (),
        to_unit=_here(request, "page"),
        everyone=units_on is not None and scope(actor, "people", units_on).everyone,
        follows=not chosen(request, "month"),
    )


def _here(request: HttpRequest, *without: str) -> str:
    """This address without some of its questions."""
    rest = [(name, one) for name, each in request.GET.lists() for one in each]
    query = urlencode([(name, one) for name, one in rest if name not in (*without, "export")])
    return f"{request.path}?{query}" if query else request.path
