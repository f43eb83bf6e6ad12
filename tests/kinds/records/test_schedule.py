"""Cadences, reminders and what is expected, on the day and the day after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from record_texts import campaign, kind

from attain.kinds.records import Frame, Kind
from attain.kinds.records.calendar import ForeseenWorkingDays

CHINA = ForeseenWorkingDays()
"""In 2026: 1 to 7 October off, 20 September (a Sunday) and 10 October (a Saturday) worked."""


def scope_of(
    made: Kind, today: date, state: str, entered: date, **values: object
) -> dict[str, object]:
    at = Frame(today=today, state=state, entered=entered, created_on=entered, working_days=CHINA)
    return made.scope(values, at)


def test_a_cadence_counts_from_the_last_time_and_is_overdue_the_day_after() -> None:
    made = campaign()
    scope = scope_of(made, date(2026, 10, 14), "draft", date(2026, 9, 1))
    due = made.due(scope, {"contact": date(2026, 10, 6)}, CHINA)

    # 6 October and seven days.
    assert due.cadences == {"contact": date(2026, 10, 13)}
    assert due.overdue(date(2026, 10, 13)) == ()
    assert due.overdue(date(2026, 10, 14)) == ("contact",)


def test_a_cadence_counts_from_the_state_while_it_was_never_done() -> None:
    made = campaign()
    scope = scope_of(made, date(2026, 10, 14), "draft", date(2026, 2, 25))

    # 25 February and seven days; 2026 is no leap year.
    assert made.due(scope, {}, CHINA).cadences == {"contact": date(2026, 3, 4)}


def test_another_state_moves_the_day_and_a_final_one_ends_it() -> None:
    made = campaign()
    last = {"contact": date(2026, 10, 6)}
    submitted = scope_of(made, date(2026, 10, 14), "submitted", date(2026, 9, 30))
    consulted = scope_of(made, date(2026, 10, 14), "consulted", date(2026, 9, 30))
    done = scope_of(made, date(2026, 10, 14), "done", date(2026, 9, 30))

    # Two weeks in `submitted`; its own last day is two working days after 30 September: 9 October.
    due = made.due(submitted, last, CHINA)
    assert due.days == {"state": date(2026, 10, 9), "contact": date(2026, 10, 20)}
    assert due.earliest == date(2026, 10, 9)
    assert made.due(consulted, last, CHINA).days == {}
    assert made.due(done, last, CHINA).earliest is None


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 10, 7), []),
        # Seven days before 15 October is the 8th; it matters until the next one comes.
        (date(2026, 10, 8), ["start:2026-10-15:7 days"]),
        (date(2026, 10, 12), ["start:2026-10-15:7 days"]),
        (date(2026, 10, 13), ["start:2026-10-15:2 days"]),
        (date(2026, 10, 15), ["start:2026-10-15:0 days"]),
        (date(2026, 10, 16), []),
    ],
)
def test_a_reminder_is_told_from_its_day_until_the_date(day: date, told: list[str]) -> None:
    made = campaign()
    scope = scope_of(made, day, "draft", date(2026, 10, 6), starts_on=date(2026, 10, 15))
    found = made.reminders(scope, day, {"contact": date(2026, 10, 12)}, CHINA)

    assert [one.key for one in found if one.name == "start"] == told


def test_a_reminder_whose_condition_does_not_hold_is_silent() -> None:
    made = campaign()
    day = date(2026, 10, 15)
    scope = scope_of(made, day, "submitted", day, starts_on=day)

    assert [one for one in made.reminders(scope, day, {}, CHINA) if one.name == "start"] == []


def test_a_countdown_says_how_many_days_are_left() -> None:
    made = campaign()
    scope = scope_of(
        made, date(2026, 10, 8), "draft", date(2026, 10, 8), starts_on=date(2026, 10, 15)
    )

    assert made.countdowns(scope, date(2026, 10, 8)) == {"start": 7}
    assert made.countdowns(scope, date(2026, 10, 15)) == {"start": 0}
    assert made.countdowns(scope, date(2026, 10, 16)) == {"start": -1}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        # Entered on 30 September: due on 9 October, escalated on the day after.
        (date(2026, 10, 9), []),
        (date(2026, 10, 10), ["state:submitted:2026-10-09"]),
        (date(2026, 11, 10), ["state:submitted:2026-10-09"]),
    ],
)
def test_a_state_escalates_once_its_day_has_passed(day: date, told: list[str]) -> None:
    made = campaign()
    scope = scope_of(made, day, "submitted", date(2026, 9, 30))
    found = made.reminders(scope, day, {"contact": day}, CHINA)

    assert [one.key for one in found if one.name == "state"] == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        # Last done on 6 October: due on the 13th, told the day before, escalated three days after.
        (date(2026, 10, 11), []),
        (date(2026, 10, 12), [("contact:2026-10-13:before", ("owner",), False)]),
        (date(2026, 10, 13), [("contact:2026-10-13:before", ("owner",), False)]),
        (date(2026, 10, 14), []),
        (date(2026, 10, 15), []),
        (date(2026, 10, 16), [("contact:2026-10-13:after", ("manager",), True)]),
    ],
)
def test_a_cadence_reminds_before_and_escalates_after(day: date, told: list[object]) -> None:
    made = campaign()
    scope = scope_of(made, day, "draft", date(2026, 10, 6))
    found = made.reminders(scope, day, {"contact": date(2026, 10, 6)}, CHINA)

    assert [(one.key, one.to, one.is_late) for one in found if one.name == "contact"] == told


BIRTHDAY = """
record: person_file
fields: {born_on: {type: date}}
reminders: {birthday: {on: born_on, before: [3 days], to: [owner], yearly: true}}
"""


@pytest.mark.parametrize(
    ("born", "day", "told"),
    [
        (date(1990, 10, 15), date(2026, 10, 11), None),
        (date(1990, 10, 15), date(2026, 10, 12), date(2026, 10, 15)),
        (date(1990, 10, 15), date(2026, 10, 15), date(2026, 10, 15)),
        (date(1990, 10, 15), date(2026, 10, 16), None),
        # Over the new year: three days before 1 January.
        (date(1990, 1, 1), date(2026, 12, 29), date(2027, 1, 1)),
        # Kept on 28 February where there is no 29th.
        (date(1992, 2, 29), date(2026, 2, 25), date(2026, 2, 28)),
        (date(1992, 2, 29), date(2028, 2, 26), date(2028, 2, 29)),
        (date(1992, 2, 29), date(2028, 2, 25), None),
    ],
)
def test_a_yearly_reminder_comes_every_year(born: date, day: date, told: date | None) -> None:
    made = kind(BIRTHDAY)
    found = made.reminders(scope_of(made, day, "kept", day, born_on=born), day)

    assert [one.about for one in found] == ([told] if told else [])


def expecting(text: str) -> Kind:
    return kind(f"record: report\nfields: {{note: {{type: text}}}}\nexpected: {{it: {{{text}}}}}")


def test_a_daily_report_is_expected_on_working_days_only() -> None:
    made = expecting('each: day, from: [role:representative], due: "period_start + 1 working day"')
    found = made.expected(date(2026, 9, 30), date(2026, 10, 12), CHINA)

    # Due by the next working day: that of Tue 29 Sept. on the 30th, of the 30th on 8 October, of
    # the 8th on the 9th, of the 9th on Saturday the 10th, which is worked, of the 10th on the 12th.
    assert [(one.period.name, one.due) for one in found] == [
        ("2026-09-29", date(2026, 9, 30)),
        ("2026-09-30", date(2026, 10, 8)),
        ("2026-10-08", date(2026, 10, 9)),
        ("2026-10-09", date(2026, 10, 10)),
        ("2026-10-10", date(2026, 10, 12)),
    ]


def test_a_weekly_plan_is_due_before_its_week() -> None:
    made = expecting('each: week, from: [role:representative], due: "period_start - 1 day"')
    found = made.expected(date(2026, 9, 27), date(2026, 10, 11), CHINA)

    # Sundays 27 September, 4 and 11 October, for the weeks from the Mondays after. The week from
    # 28 September has three worked days, that from 5 October has two and a worked Saturday.
    assert [(one.period.name, one.due) for one in found] == [
        ("2026-W40", date(2026, 9, 27)),
        ("2026-W41", date(2026, 10, 4)),
        ("2026-W42", date(2026, 10, 11)),
    ]
    assert date(2026, 10, 4) in found[0].period
    assert date(2026, 10, 5) not in found[0].period
    assert not found[0].is_late(date(2026, 9, 27))
    assert found[0].is_late(date(2026, 9, 28))


def test_a_week_without_a_working_day_expects_nothing() -> None:
    made = expecting('each: week, from: [role:representative], due: "period_end"')

    # Spring Festival 2026: 15 to 23 February are off, so the week from Monday 16 has no worked day.
    found = made.expected(date(2026, 2, 9), date(2026, 3, 1), CHINA)
    assert [one.period.start for one in found] == [date(2026, 2, 9), date(2026, 2, 23)]


def test_a_monthly_report_is_due_at_the_end_of_its_month() -> None:
    made = expecting(
        'each: month, from: [role:manager], due: "period_end + 3 days", since: 2026-02-15'
    )
    found = made.expected(date(2026, 1, 1), date(2026, 5, 2), CHINA)

    # Ends on 28 February, 31 March, 30 April, each three days later; January is before `since`.
    assert [(one.period.name, one.due) for one in found] == [
        ("2026-02", date(2026, 3, 3)),
        ("2026-03", date(2026, 4, 3)),
    ]


def test_what_is_not_filled_in_is_not_due() -> None:
    made = kind(
        "{record: t, fields: {on: {type: date}, n: {type: count}}, "
        "cadences: {again: {every: [{when: n > 1, is: 1 month}], since: on}}}"
    )
    day = date(2026, 1, 31)

    assert made.due(scope_of(made, day, "kept", day, n=Decimal(2))).days == {}
    assert made.due(scope_of(made, day, "kept", day, on=day)).days == {}
    # A month after 31 January is the last of February.
    found = made.due(scope_of(made, day, "kept", day, on=day, n=Decimal(2)))
    assert found.days == {"again": date(2026, 2, 28)}
