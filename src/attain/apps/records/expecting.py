"""Records that have to be handed in for each period, and who has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.people.organisation import Span
from attain.apps.people.reading import organisation
from attain.apps.people.scopes import EVERYONE, Scope, scope
from attain.apps.records import access, who
from attain.apps.records.kinds import kind_named, row_named, working_days
from attain.apps.records.models import Record
from attain.core.labels import Labels
from attain.core.periods import Period
from attain.kinds.records import Kind
from attain.kinds.records.schedule import Expectation, expectations
from attain.kinds.records.timing import Each, ExpectedSpec

_BACK: Final = {Each.day: 7, Each.week: 28, Each.month: 62}
"""Days for which a list looks back."""
_AHEAD: Final = {Each.day: 0, Each.week: 6, Each.month: 10}


@dataclass(frozen=True, slots=True)
class Missing:
    """One that somebody has not handed in for a period."""

    expected: str
    label: Labels
    person: str
    period: str
    period_start: date
    due_on: date
    is_late: bool


def missing_list(actor: Actor, kind: str, period: Period | None = None) -> list[Missing]:
    """What is missing from the people somebody may see, the latest period first.

    Without a period, of the last weeks and of what comes up next.

    :raises Http404: no such type.
    """
    known = kind_named(kind)
    seen = _seen(actor, known)
    found = [
        one
        for name, declared in known.type.expected.items()
        for expectation in _asked(name, declared, actor.today, period)
        for one in missing(known, declared, expectation, actor.today)
        if seen.sees(one.person)
    ]
    return sorted(found, key=lambda one: (-one.period_start.toordinal(), one.expected, one.person))


def _seen(actor: Actor, kind: Kind) -> Scope:
    return EVERYONE if access.sees_all(actor, kind) else scope(actor, "records", actor.today)


def _asked(
    name: str, declared: ExpectedSpec, today: date, period: Period | None
) -> Iterator[Expectation]:
    if period is None:
        first = today - timedelta(days=_BACK[declared.each])
        last = today + timedelta(days=_AHEAD[declared.each])
        yield from expectations(name, declared, first, last, working_days())
        return
    # A last day lies around its period: look a month to either side, keep the periods meant.
    month = timedelta(days=62)
    first, last = period.from_ - month, period.until + month
    around = expectations(name, declared, first, last, working_days())
    yield from (one for one in around if period.from_ <= one.period.start < period.until)


def missing(kind: Kind, declared: ExpectedSpec, one: Expectation, today: date) -> Iterator[Missing]:
    """Who has not handed in what is expected for one period."""
    wanted = people_of(declared, min(one.period.end, max(today, one.period.start)))
    there = Record.objects.filter(
        type=row_named(kind.name),
        owner__in=wanted,
        business_date__gte=one.period.start,
        business_date__lte=one.period.end,
    )
    if not_yet := not_handed_in(kind):
        there = there.exclude(state=not_yet)
    has = set(there.values_list("owner", flat=True))
    for person in sorted(wanted - has):
        yield Missing(
            expected=one.name,
            label=declared.label or kind.label,
            person=person,
            period=one.period.name,
            period_start=one.period.start,
            due_on=one.due,
            is_late=one.is_late(today),
        )


def not_handed_in(kind: Kind) -> str:
    """The state of a draft, "" where a record counts as soon as it is there.

    A draft is where a record begins if its owner or author brings it into a locked state.
    """
    start = kind.cycle.start
    if kind.is_locked(start):
        return ""
    hands_in = (
        action
        for action in kind.cycle.actions_from(start)
        if action.to
        and kind.is_locked(action.to)
        and any(one.words & {"owner", "author"} for one in action.by)
    )
    return start if any(True for _ in hands_in) else ""


def people_of(declared: ExpectedSpec, day: date) -> set[str]:
    """Who has to hand one in, on a day."""
    found: set[str] = set()
    for word in declared.from_:
        kind, _, named = word.partition(":")
        if kind == "role":
            holders = User.objects.filter(pk__in=list(who.holders(named, day)))
            found.update(holders.exclude(person="").values_list("person", flat=True))
        else:
            found |= who.standing(word, day)
    if declared.within:
        span: Span = (day, day + timedelta(days=1))
        found &= set(organisation().in_unit(who.units_below(declared.within), *span))
    return found
