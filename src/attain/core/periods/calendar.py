"""What every calendar can do, made from two questions each kind of calendar answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date

from attain.core.errors import AttainError, codes, problem
from attain.core.periods.models import FREE, Period


class Calendar(ABC):
    """Cuts time into numbered periods of several kinds, from the finest to the coarsest.

    The periods of one kind tile time: every day belongs to exactly one of them, as far as
    the calendar reaches.
    """

    name: str
    kinds: tuple[str, ...]

    @abstractmethod
    def number_at(self, kind: str, day: date) -> int:
        """The number of the period of that kind which holds the day."""

    @abstractmethod
    def numbered(self, kind: str, number: int) -> Period:
        """The period with that number.

        :raises AttainError: PERIOD_UNKNOWN outside the calendar.
        """

    @abstractmethod
    def parse(self, label: str) -> Period:
        """The period that is written so in this calendar.

        :raises AttainError: PERIOD_FORMAT or PERIOD_UNKNOWN.
        """

    def period_at(self, kind: str, day: date) -> Period:
        """The period of that kind which holds the day.

        :raises AttainError: PERIOD_KIND_UNKNOWN, PERIOD_OUTSIDE_CALENDAR.
        """
        self.check_kind(kind)
        return self.numbered(kind, self.number_at(kind, day))

    def periods(self, kind: str, from_: date, until: date) -> tuple[Period, ...]:
        """Every period of that kind with a day in `[from_, until)`, in order."""
        return tuple(self._walk(kind, from_, until)) if from_ < until else ()

    def _walk(self, kind: str, from_: date, until: date) -> Iterator[Period]:
        period = self.period_at(kind, from_)
        yield period
        while period.until < until:
            period = self.period_at(kind, period.until)
            yield period

    def inside(self, kind: str, period: Period) -> tuple[Period, ...]:
        """The periods of that kind that lie inside the given one.

        A week that lies in two belongs to the later, that of its last day.
        """
        near = self.periods(kind, period.from_, period.until)
        return tuple(
            one
            for one in near
            if period.covers(one) or (kind == "week" and one.until <= period.until)
        )

    def tiles(self, kind: str, period: Period) -> tuple[Period, ...] | None:
        """The periods of that kind which cover the given one exactly, or None if none do."""
        parts = self.periods(kind, period.from_, period.until)
        fits = parts[0].from_ == period.from_ and parts[-1].until == period.until
        return parts if fits else None

    def parent(self, period: Period, kind: str) -> Period:
        """The period of a coarser kind in which the given one lies.

        :raises AttainError: PERIOD_NOT_NESTED, as for a week across two months.
        """
        found = self.period_at(kind, period.from_)
        if not found.covers(period):
            raise AttainError(problem(codes.PERIOD_NOT_NESTED, period=str(period), kind=kind))
        return found

    def previous(self, period: Period, n: int = 1) -> Period:
        """The n-th period of the same kind before; a negative n goes forward.

        A period with free bounds has no neighbours in the calendar: the one before it is
        as many days long and ends where it begins.
        """
        if period.kind not in self.kinds:
            step = (period.until - period.from_) * n
            return Period(period.calendar, period.from_ - step, period.until - step)
        return self.numbered(period.kind, self.number_at(period.kind, period.from_) - n)

    def before(self, period: Period, n: int = 1, since: date | None = None) -> Period | None:
        """The n-th period before; None where the calendar begins later, and `since` as well.

        What began no sooner than the calendar's first period looks back to nothing, as anything
        does on its first day.

        :raises AttainError: PERIOD_UNKNOWN, if it began before the first period there is.
        """
        begins = self.begins(period.kind) if period.kind in self.kinds else None
        is_there = begins is None or self.number_at(period.kind, period.from_) >= n
        if is_there or (since is not None and begins is not None and since < begins):
            return self.previous(period, n)
        return None

    def begins(self, kind: str) -> date | None:
        """The first day of the first period of a kind; None for a calendar without a beginning."""
        return None

    def begins_within(self, period: Period, n: int, kind: str) -> bool:
        """Whether the period of that kind around it begins less than n periods earlier.

        What starts again with every year looks back no further than the year's first month;
        whether the calendar reaches further back is not asked. A week that lies in two years is
        the first of the later.
        """
        first = self.period_at(kind, period.last_day)
        here = self.number_at(period.kind, period.from_)
        return here - self.number_at(period.kind, first.from_) < n

    def next(self, period: Period, n: int = 1) -> Period:
        return self.previous(period, -n)

    def shift(self, period: Period, n: int, kind: str) -> Period:
        """The counterpart n periods of `kind` later: March 2026 by -1 year is March 2025.

        It keeps its place inside the period of `kind` around it: the third month of the
        quarter before, the fifth week of the year before. A period that lies in none, or
        has free bounds, is moved by calendar months.

        :raises AttainError: PERIOD_UNKNOWN if there is no counterpart (a 53rd week).
        """
        # Late, because windows are made with calendars.
        from attain.core.periods.windows import moved

        self.check_kind(kind)
        if period.kind == kind:
            return self.next(period, n)
        around = self._around(period, kind)
        if around is None:
            return moved(period, n, kind)
        place = self.number_at(period.kind, period.from_) - self._first_number(period, around)
        other = self.next(around, n)
        shifted = self.numbered(period.kind, self._first_number(period, other) + place)
        if not other.covers(shifted):
            raise AttainError(
                problem(codes.PERIOD_UNKNOWN, calendar=self.name, value=f"{period} {n:+} {kind}")
            )
        return shifted

    def _around(self, period: Period, kind: str) -> Period | None:
        if period.kind not in self.kinds or period.kind == FREE:
            return None
        found = self.period_at(kind, period.from_)
        return found if found.covers(period) else None

    def _first_number(self, period: Period, around: Period) -> int:
        return self.number_at(period.kind, around.from_)

    def check_kind(self, kind: str) -> None:
        if kind not in self.kinds:
            raise AttainError(
                problem(codes.PERIOD_KIND_UNKNOWN, calendar=self.name, kind=kind, known=self.kinds)
            )
