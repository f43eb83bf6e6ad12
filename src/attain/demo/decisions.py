"""Parameters, ratings, complaints, offences, balances, interventions and calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attain.demo.customers import Accounts
from attain.demo.dice import Dice
from attain.demo.months import THIS_QUARTER, is_worked, quarter
from attain.demo.rows import (
    Balance,
    CalendarPeriod,
    Complaint,
    Intervention,
    Offence,
    Parameter,
    Rating,
    WorkingDay,
)
from attain.demo.story import Story
from attain.demo.tables import Numbers

CALENDAR: Final = "helan"
TEN_DAYS: Final = "ten_days"
ALL_ROUND_ITEM: Final = "leadership"
EAST: Final = "华东大区"


def parameters(story: Story) -> Iterator[Parameter]:
    for told in story.decisions.parameters:
        yield Parameter(told.name, told.subject, told.value, told.start, told.until)


def interventions(story: Story) -> Iterator[Intervention]:
    for told in story.decisions.interventions:
        yield Intervention(
            told.id, told.kind, told.subject, told.component, told.period, None, None,
            told.reason, told.by, told.approved_by,
        )  # fmt: skip


def balances(story: Story) -> Iterator[Balance]:
    for told in story.decisions.balances:
        yield Balance(told.subject, told.account, told.as_of, told.amount, "CNY")


def complaints(story: Story, accounts: Accounts, numbers: Numbers) -> Iterator[Complaint]:
    for told in sorted(story.decisions.complaints, key=lambda one: one.received):
        yield Complaint(
            numbers.next("TS", told.received), told.received, accounts.first_of(told.person),
            told.person, told.status, told.decided,
        )  # fmt: skip


def offences(story: Story, numbers: Numbers) -> Iterator[Offence]:
    for told in sorted(story.decisions.offences, key=lambda one: one.occurred):
        yield Offence(
            numbers.next("WG", told.occurred), told.occurred, told.person, told.sanction,
            told.offence, told.status, told.decided, told.revoked,
        )  # fmt: skip


def ratings(story: Story, seed: int) -> Iterator[Rating]:
    """The vice president's marks for every representative of East, and three all-round ratings."""
    told = story.decisions
    dice = Dice(seed, "ratings")
    for person in story.people.of_role("representative"):
        for item, scale in told.rated_items.items():
            place = dice.below(len(scale))
            is_rated = (person.code, item) not in told.not_rated and person.left is None
            if is_rated and person.region == EAST:
                yield Rating(
                    person.code, item, told.rater, "superior", THIS_QUARTER, scale[place],
                    told.choices[place], None,
                )  # fmt: skip
    for subject, group, raters, scores in told.all_round:
        for rater, score in zip(raters, scores, strict=True):
            yield Rating(subject, ALL_ROUND_ITEM, rater, group, THIS_QUARTER, score, None, None)


def working_days() -> Iterator[WorkingDay]:
    """Every day of 2026: the company does not work the make-up weekends of October and others."""
    first = date(2026, 1, 1)
    for number in range(365):
        day = first + timedelta(number)
        yield WorkingDay(CALENDAR, day, is_worked(day))


def ten_day_periods() -> Iterator[CalendarPeriod]:
    """The third quarter in thirds of months (旬): to the 10th, to the 20th, to the end."""
    for one in quarter(THIS_QUARTER):
        yield _period("month", one.label, one.first, one.plus(1).first, None)
        starts = [one.first, one.first + timedelta(10), one.first + timedelta(20)]
        ends = [*starts[1:], one.plus(1).first]
        for place, (start, until) in enumerate(zip(starts, ends, strict=True), 1):
            yield _period("third", f"{one.label}-{place}", start, until, one.label)


def _period(kind: str, label: str, start: date, until: date, parent: str | None) -> CalendarPeriod:
    return CalendarPeriod(TEN_DAYS, kind, label, start, until, parent)
