"""What falls due, when somebody is told, and what is expected for a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from attain.core.labels import Labels
from attain.core.periods.working_days import WorkingDays
from attain.kinds.deadlines import Deadline, Values
from attain.kinds.models import Action
from attain.kinds.records.days import DayText
from attain.kinds.records.timing import Each, ExpectedSpec, ReminderSpec

if TYPE_CHECKING:
    from attain.kinds.records.kind import Kind

STATE: Final = "state"
"""What is due when the state should have been left, beside the names of cadences."""

Last = Mapping[str, date | None]
"""The last day for each cadence; None or absent where it was never done."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last days of a record: that of its state, and those of its cadences."""

    state: date | None = None
    cadences: Mapping[str, date] = field(default_factory=dict)

    @property
    def days(self) -> dict[str, date]:
        """Everything that is due, `state` for the state."""
        own = {STATE: self.state} if self.state is not None else {}
        return {**own, **self.cadences}

    @property
    def earliest(self) -> date | None:
        return min(self.days.values(), default=None)

    def overdue(self, today: date) -> tuple[str, ...]:
        """What should have been done before today; on its last day nothing is overdue yet."""
        return tuple(name for name, day in self.days.items() if day < today)


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody is to be told once, from a day on.

    `key` is the same however often it is asked, so that whoever tells can remember it.
    """

    name: str
    """The reminder, the cadence, or `state`."""
    on: date
    """The first day on which it is told."""
    about: date
    """The date it speaks of."""
    to: tuple[str, ...]
    key: str
    say: Labels = field(default_factory=Labels)
    is_late: bool = False
    """True where something has not been done in time."""


@dataclass(frozen=True, slots=True)
class Period:
    """A working day, a week from Monday, or a month; both days belong to it."""

    each: Each
    start: date
    end: date

    @property
    def name(self) -> str:
        """2026-10-08, 2026-W41 or 2026-10."""
        if self.each is Each.day:
            return self.start.isoformat()
        if self.each is Each.month:
            return self.start.isoformat()[:7]
        year, week, _ = self.start.isocalendar()
        return f"{year}-W{week:02d}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Expectation:
    """One that has to be handed in for a period, at the latest on a day."""

    name: str
    period: Period
    due: date

    def is_late(self, today: date) -> bool:
        return today > self.due


# --- what is due ---


def due_of(kind: Kind, scope: Values, last: Last, working_days: WorkingDays) -> Due:
    """The last days of a record in a scope; a final state has none."""
    state = scope.get("state")
    if isinstance(state, str) and kind.is_final(state):
        return Due()
    found: dict[str, date] = {}
    for name in kind.type.cadences:
        day = _cadence_due(kind, name, scope, last.get(name), working_days)
        if day is not None:
            found[name] = day
    due = scope.get("due")
    return Due(due if isinstance(due, date) else None, found)


def _cadence_due(
    kind: Kind, name: str, scope: Values, last: date | None, working_days: WorkingDays
) -> date | None:
    start = last if last is not None else scope.get(kind.type.cadences[name].since)
    if not isinstance(start, date):
        return None
    for condition, length in kind.rhythms[name]:
        if condition is None or condition(scope) is True:
            return length.after(start, working_days)
    return None


def clock_days(
    kind: Kind, scope: Values, working_days: WorkingDays
) -> Iterator[tuple[Action, date]]:
    """What the product does by itself, and the first day on which it does."""
    state, entered = scope.get("state"), scope.get("entered")
    for action in kind.clock_actions(state if isinstance(state, str) else ""):
        if action.after is None:
            continue
        day = action.after.day(scope, entered if isinstance(entered, date) else None, working_days)
        if day is not None:
            yield action, day + timedelta(days=1)


# --- who is told ---


def tellings(
    kind: Kind, scope: Values, day: date, last: Last, working_days: WorkingDays
) -> Iterator[Telling]:
    """Everything to be told on a day, with what was to be told before and still matters."""
    state = scope.get("state")
    if isinstance(state, str) and kind.is_final(state):
        return
    for name, declared in kind.type.reminders.items():
        condition = kind.reminding.get(name)
        if condition is None or condition(scope) is True:
            yield from _reminder(name, declared, scope, day, working_days)
    yield from _of_state(kind, scope, day, working_days)
    for name, about in due_of(kind, scope, last, working_days).cadences.items():
        yield from _of_cadence(kind, name, about, day, working_days)


def _reminder(
    name: str, declared: ReminderSpec, scope: Values, day: date, working_days: WorkingDays
) -> Iterator[Telling]:
    """The last of its days that has come; the earlier ones are settled with it."""
    about = event_day(declared, scope, day)
    if about is None or about < day:
        return
    told = [(length.before(about, working_days), length) for length in declared.before]
    come = [(on, length) for on, length in told if on <= day]
    if come:
        on, length = max(come, key=lambda one: one[0])
        key = f"{name}:{about.isoformat()}:{length.text}"
        yield Telling(name, on, about, declared.to, key, declared.say)


def event_day(declared: ReminderSpec, scope: Values, day: date) -> date | None:
    """The date a reminder speaks of; of one that comes every year, the next from a day on.

    A 29 February is kept on the 28th where the year has none.
    """
    found = scope.get(declared.on)
    if not isinstance(found, date):
        return None
    if not declared.yearly or found >= day:
        return found
    years = day.year - found.year
    this_year = _years_later(found, years)
    return this_year if this_year >= day else _years_later(found, years + 1)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def _of_state(kind: Kind, scope: Values, day: date, working_days: WorkingDays) -> Iterator[Telling]:
    state, due = str(scope.get("state") or ""), scope.get("due")
    declared = kind.type.life.get(state)
    if declared is None or declared.escalate is None:
        return
    on = declared.escalate.when.on(scope, working_days)
    if on is not None and on <= day:
        about = due if isinstance(due, date) else on
        key = f"{STATE}:{state}:{about.isoformat()}"
        yield Telling(STATE, on, about, declared.escalate.to, key, is_late=True)


def _of_cadence(
    kind: Kind, name: str, about: date, day: date, working_days: WorkingDays
) -> Iterator[Telling]:
    declared = kind.type.cadences[name]
    if declared.remind is not None and day <= about:
        on = declared.remind.before.before(about, working_days)
        if on <= day:
            key = f"{name}:{about.isoformat()}:before"
            yield Telling(name, on, about, declared.remind.to, key)
    if declared.escalate is not None:
        on = declared.escalate.after.after(about, working_days)
        if on <= day:
            key = f"{name}:{about.isoformat()}:after"
            yield Telling(name, on, about, declared.escalate.to, key, is_late=True)


def countdowns(kind: Kind, scope: Values, day: date) -> dict[str, int]:
    """Days left until the dates whose reminder counts down; a day that has passed is below 0."""
    found: dict[str, int] = {}
    for name, declared in kind.type.reminders.items():
        condition = kind.reminding.get(name)
        about = event_day(declared, scope, day) if declared.countdown else None
        if about is not None and (condition is None or condition(scope) is True):
            found[name] = (about - day).days
    return found


# --- what is expected ---


def period_of(each: Each, day: date) -> Period:
    """The period a day lies in."""
    if each is Each.day:
        return Period(each, day, day)
    if each is Each.week:
        start = day - timedelta(days=day.weekday())
        return Period(each, start, start + timedelta(days=6))
    start = day.replace(day=1)
    return Period(each, start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def expectations(
    name: str, declared: ExpectedSpec, first: date, last: date, working_days: WorkingDays
) -> Iterator[Expectation]:
    """What is expected with its last day between two days, both included.

    A period without a working day (a day off, a week of holidays) expects nothing.

    :raises AttainError: CALENDAR_DAY_UNKNOWN where working days are not announced.
    """
    reach = _reach(declared.due.deadline)
    period = period_of(declared.each, first - reach)
    while period.start <= last + reach:
        due = _due_of(declared.due, period, working_days)
        is_begun = declared.since is None or period.end >= declared.since
        if is_begun and first <= due <= last and _is_worked(period, working_days):
            yield Expectation(name, period, due)
        period = period_of(declared.each, period.end + timedelta(days=1))


def _due_of(due: DayText, period: Period, working_days: WorkingDays) -> date:
    values = {"period_start": period.start, "period_end": period.end}
    found = due.on(values, working_days)
    assert found is not None, due.text
    return found


def _is_worked(period: Period, working_days: WorkingDays) -> bool:
    length = (period.end - period.start).days + 1
    return any(working_days.is_working(period.start + timedelta(days=n)) for n in range(length))


def _reach(deadline: Deadline) -> timedelta:
    """How far from its period a last day can lie; ten days off in a row are more than there are."""
    days = abs(deadline.days) + 31 * (abs(deadline.months) + 1) + 10 * abs(deadline.working_days)
    return timedelta(days=days)
