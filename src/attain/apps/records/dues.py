"""What is due on a record, in words with the reason: the banner, and the list beside the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attain.apps.records.deadlines import Deadline, deadlines_of, last_days
from attain.apps.records.framing import scope_of
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Record
from attain.apps.records.showing import label_of
from attain.kinds.records import Kind
from attain.kinds.records.schedule import STATE
from attain.ui import formats

SOON_DAYS = 3
"""From so many days before, a banner says that something is due."""


@dataclass(frozen=True, slots=True)
class DueWords:
    """One thing that is due, as a page says it."""

    label: str
    words: str
    short: str
    reason: str
    on: date
    is_overdue: bool
    is_told: bool
    """Whether it stands in a banner: overdue, or soon."""
    is_cadence: bool


def dues(record: Record, today: date) -> list[DueWords]:
    """Everything that is due on a record, the most urgent first, and dates that count down."""
    kind = kind_of(record)
    found = deadlines_of(record, today)
    last = last_days(record, kind, today) if kind.type.cadences else {}
    said = [_said(kind, record, one, last.get(one.name), today) for one in found]
    return sorted([*said, *_countdowns(kind, record, today)], key=lambda one: one.on)


def _said(kind: Kind, record: Record, one: Deadline, last: date | None, today: date) -> DueWords:
    label = one.label.get(formats.language())
    day = formats.day(one.on, short=one.on.year == today.year)
    left = (one.on - today).days
    late = ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": -left}
    if one.name == STATE:
        what = (
            _("Should have left “%(state)s” by %(day)s")
            if left < 0
            else _("Should leave “%(state)s” by %(day)s")
        )
        words = what % {"state": label, "day": day}
        reason = _("In this state since %(day)s") % {
            "day": formats.day(record.entered_on, short=True)
        }
    else:
        what = _("%(cadence)s was due by %(day)s") if left < 0 else _("%(cadence)s due by %(day)s")
        words = what % {"cadence": label, "day": day}
        reason = _rhythm(kind, record, one, last, today)
    if left < 0:
        words = _("%(words)s, %(late)s") % {"words": words, "late": late}
    return DueWords(
        label=label,
        words=words,
        short=late if left < 0 else day,
        reason=reason,
        on=one.on,
        is_overdue=one.is_overdue,
        is_told=left <= SOON_DAYS,
        is_cadence=one.name != STATE,
    )


def _rhythm(kind: Kind, record: Record, one: Deadline, last: date | None, today: date) -> str:
    """`Last on 6 Oct; every 7 days in “Quoted”`."""
    length = _length(kind, record, one.name, today)
    state = kind.cycle.state(record.state).label.get(formats.language())
    every = (
        _("every %(length)s in “%(state)s”") % {"length": length, "state": state}
        if kind.type.states
        else _("every %(length)s") % {"length": length}
    )
    if last is None:
        return _("Never so far; %(every)s") % {"every": every}
    return _("Last: %(day)s; %(every)s") % {
        "day": formats.day(last, short=last.year == today.year),
        "every": every,
    }


def _length(kind: Kind, record: Record, name: str, today: date) -> str:
    scope = scope_of(record, today, kind=kind)
    for condition, length in kind.rhythms[name]:
        if condition is None or condition(scope) is True:
            return length_words(length.n, length.unit)
    return ""


def length_words(n: int, unit: str) -> str:
    """A length of time: 7 days, 1 month."""
    values = {"n": n}
    match unit:
        case "week":
            return ngettext("%(n)s week", "%(n)s weeks", n) % values
        case "month":
            return ngettext("%(n)s month", "%(n)s months", n) % values
        case "working day":
            return ngettext("%(n)s working day", "%(n)s working days", n) % values
    return ngettext("%(n)s day", "%(n)s days", n) % values


def _countdowns(kind: Kind, record: Record, today: date) -> Iterator[DueWords]:
    """Dates whose reminder counts down: bids, deliveries."""
    if not any(one.countdown for one in kind.type.reminders.values()):
        return
    scope = scope_of(record, today, kind=kind)
    for name, left in kind.countdowns(scope, today).items():
        field = kind.fields[kind.type.reminders[name].on]
        day = scope.get(field.name)
        if not isinstance(day, date) or left < 0:
            continue
        days = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
        label = label_of(field)
        words = pgettext("countdown", "%(date)s: %(left)s") % {"date": label, "left": days}
        yield DueWords(
            label=label,
            words=words,
            short=days,
            reason=formats.day(day),
            on=day,
            is_overdue=False,
            is_told=left <= SOON_DAYS,
            is_cadence=True,
        )
