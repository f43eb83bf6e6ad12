"""A record type at work: defaults, sums, conditions, bounds, numbers and titles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from record_texts import CAMPAIGN, EVALUATION, book, campaign, kind

from attain.core.errors import render
from attain.kinds import Asking, Refused, Standing, Taken, step
from attain.kinds.records import Balance, Frame

DAY = date(2026, 9, 1)
ROW = {"item": "海报", "quantity": Decimal(3), "price": Decimal("33.33")}
VALUES = {
    "purpose": "中秋",
    "starts_on": date(2026, 10, 15),
    "budget": Decimal("200.00"),
    "audience": "new",
    "costs": (ROW,),
}


def frame(**said: object) -> Frame:
    return Frame(today=DAY, created_on=DAY, entered=DAY, state="draft", **said)  # type: ignore[arg-type]  # fields of it


def test_defaults_come_from_the_day_and_the_author() -> None:
    made = campaign().complete({"purpose": "x"}, frame(author="people-a").own())

    # 1 September and thirty days.
    assert made["starts_on"] == date(2026, 10, 1)
    assert made["audience"] == "new"
    assert made["lead"] == "people-a"


def test_a_default_may_look_into_the_record_referred_to() -> None:
    evaluation = book(CAMPAIGN, EVALUATION).kind("evaluation")
    at = Frame(today=DAY, related={"campaign": {"budget": Decimal("1000.01")}})

    assert evaluation.complete({}, at.known())["campaign_is_big"] is True
    assert "campaign_is_big" not in evaluation.complete({}, at.own())


def test_a_new_row_has_its_defaults_too() -> None:
    made = kind(
        "{record: t, fields: {rows: {type: table, fields: {n: {type: count, default: 1}, "
        "on: {type: date, default: today}}}}}"
    )
    done = made.complete({"rows": ({"n": Decimal(3)},)}, frame().own())

    assert done["rows"] == ({"n": Decimal(3), "on": DAY},)
    assert made.new_row("rows", frame().own()) == {"n": Decimal(1), "on": DAY}


def test_what_was_emptied_stays_empty() -> None:
    made = campaign().complete({"starts_on": None}, frame().own())

    assert made["starts_on"] is None


def test_rows_and_totals_are_computed() -> None:
    made = campaign().computed(VALUES)

    # 3 × 33.33 = 99.99; of 200.00 that is 0.49995, kept with four decimals: 0.5000.
    assert made["costs"][0]["amount"] == Decimal("99.99")  # type: ignore[index]  # rows
    assert made["cost_total"] == Decimal("99.99")
    assert made["share"] == Decimal("0.5000")


def test_the_sum_of_no_rows_is_zero_and_an_open_cell_leaves_it_open() -> None:
    assert campaign().computed({})["cost_total"] == Decimal(0)
    half = campaign().computed({"costs": (ROW, {"item": "x"})})
    assert half["cost_total"] is None


def test_a_computed_field_keeps_half_up() -> None:
    third = kind("{record: t, fields: {a: {type: money, currency: CNY}, "
                 "b: {type: money, currency: CNY, is: a / 8}}}")  # fmt: skip

    # 0.20 / 8 = 0.025, half up 0.03; 0.19 / 8 = 0.02375.
    assert third.computed({"a": Decimal("0.20")})["b"] == Decimal("0.03")
    assert third.computed({"a": Decimal("0.19")})["b"] == Decimal("0.02")


def test_a_field_is_shown_where_its_condition_holds_only() -> None:
    made = campaign()

    assert made.is_shown("motive", {"audience": "old"}) is True
    assert made.is_shown("motive", {"audience": "new"}) is False
    assert made.is_shown("motive", {}) is False
    assert "motive" not in made.shown_fields(VALUES)
    assert "hobby" in made.shown_fields(VALUES)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"purpose": ""}, "VALUE_REQUIRED", "purpose"),
        ({"purpose": "字" * 21}, "VALUE_TOO_LONG", "purpose"),
        ({"purpose": "a\nb"}, "VALUE_CONTROL", "purpose"),
        ({"budget": Decimal("0.00")}, "VALUE_TOO_SMALL", "budget"),
        ({"budget": Decimal("100000.01")}, "VALUE_TOO_LARGE", "budget"),
        ({"starts_on": date(2026, 8, 31)}, "VALUE_TOO_EARLY", "starts_on"),
        ({"audience": "both"}, "RECORD_CHOICE_UNKNOWN", "audience"),
        ({"channels": ("store", "press")}, "RECORD_CHOICE_UNKNOWN", "channels"),
        ({"costs": ()}, "ROWS_TOO_FEW", "costs"),
        ({"costs": (ROW, {"quantity": Decimal(1)})}, "VALUE_REQUIRED", "costs.1.item"),
        ({"costs": ({**ROW, "quantity": Decimal(0)},)}, "VALUE_TOO_SMALL", "costs.0.quantity"),
        ({"audience": "old"}, "VALUE_REQUIRED", "motive"),
        ({"ends_on": date(2026, 10, 14)}, "RECORD_CHECK_FAILED", None),
    ],
)
def test_a_wrong_value_is_told_at_its_field(
    change: dict[str, object], code: str, field: str | None
) -> None:
    found = campaign().problems({**VALUES, "created_on": DAY, **change})

    assert [(one.code, one.where.field if one.where else None) for one in found] == [(code, field)]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"purpose": "字" * 20},
        {"budget": Decimal("0.01")},
        {"budget": Decimal("100000.00")},
        {"starts_on": DAY},
        {"channels": ("store", "radio")},
        {"ends_on": date(2026, 10, 15)},
        {"audience": "old", "motive": "老客户\n回馈"},
        # Nobody asks for a reason here, so nobody minds that there is none.
        {"audience": "new", "motive": None},
    ],
)
def test_values_on_the_edge_are_good(change: dict[str, object]) -> None:
    assert campaign().problems({**VALUES, "created_on": DAY, **change}) == []


def test_numbers_count_within_their_finest_date() -> None:
    made = campaign()

    assert made.number(date(2026, 10, 9), 7) == "HD-2026-0007"
    assert made.number(date(2026, 10, 9), 12345) == "HD-2026-12345"
    assert made.number_scope(date(2026, 10, 9)) == "2026"
    daily = kind('{record: v, number: "V{year}{month}{day}-{n:2}", fields: {a: {type: text}}}')
    assert daily.number(date(2026, 1, 9), 3) == "V20260109-03"
    assert daily.number_scope(date(2026, 1, 9)) == "2026-01-09"
    plain = kind("{record: visit, fields: {a: {type: text}}}")
    assert plain.number(date(2026, 1, 9), 3) == "VISIT-2026-0003"


def test_a_title_leaves_out_what_is_empty() -> None:
    made = campaign()

    assert made.title({}, {"purpose": "中秋", "starts_on": "10月15日"}) == "中秋 · 10月15日"
    assert made.title({}, {"purpose": "中秋"}) == "中秋"
    assert made.title({"number": "HD-2026-0001"}, {}) == "HD-2026-0001"


def test_a_scope_has_sums_allowances_and_the_last_day_of_the_state() -> None:
    made = campaign()
    balance = Balance(Decimal(500), Decimal(120), Decimal("30.50"))
    at = Frame(
        today=DAY, state="submitted", entered=date(2026, 9, 30), allowances={"budget": balance}
    )
    scope = made.scope(VALUES, at)

    assert scope["budget_left"] == Decimal("349.50")
    assert scope["count(costs)"] == Decimal(1)
    # Monday to Friday: Thursday 1 and Friday 2 October.
    assert scope["due"] == date(2026, 10, 2)
    assert "hobby" not in scope


def test_a_dotted_name_looks_into_the_record_referred_to() -> None:
    both = book(CAMPAIGN, EVALUATION)
    evaluation = both.kind("evaluation")
    big = {"campaign.budget": Decimal("1000.01")}

    assert evaluation.followed == {"campaign"}
    assert evaluation.complete({}, big)["campaign_is_big"] is True
    assert evaluation.complete({}, {"campaign.budget": Decimal(1000)})["campaign_is_big"] is False
    scope = evaluation.scope({}, Frame(today=DAY, related={"campaign": {"budget": Decimal(5)}}))
    assert scope["campaign.budget"] == Decimal(5)


def standing(day: date, **values: object) -> Standing:
    made = campaign()
    at = Frame(today=day, state="draft", entered=DAY, created_on=DAY)
    return Standing("draft", DAY, made.scope({**VALUES, **values}, at))


@pytest.mark.parametrize(
    ("day", "is_taken"),
    # One calendar month before 15 October is 15 September: in time on it, late the day after.
    [(date(2026, 9, 15), True), (date(2026, 9, 16), False)],
)
def test_an_action_keeps_its_last_day(day: date, is_taken: bool) -> None:
    taken = step(campaign().cycle, standing(day), "submit", Asking(frozenset({"owner"}), day))

    assert isinstance(taken, Taken) is is_taken
    if isinstance(taken, Refused):
        assert [one.code for one in taken.reasons] == ["ACTION_TOO_LATE"]


def test_an_empty_table_does_not_meet_a_need() -> None:
    taken = step(
        campaign().cycle, standing(DAY, costs=()), "submit", Asking(frozenset({"owner"}), DAY)
    )

    assert isinstance(taken, Refused)
    assert [one.code for one in taken.reasons] == ["FIELD_NEEDED"]


def test_person_fields_and_units_have_names_in_refusals() -> None:
    cycle = campaign().cycle

    assert cycle.words["field:lead"].zh == "负责人"
    assert cycle.words["unit_head:U-FIN"].en == "the head of U-FIN"


def test_what_the_clock_takes_has_its_first_day() -> None:
    made = campaign()
    scope = made.scope(VALUES, Frame(today=DAY, state="submitted", entered=DAY))

    # Not before the day after ten days: 1 September + 10 is 11, so from the 12th.
    assert [(one.name, day) for one, day in made.clock_days(scope)] == [
        ("expire", date(2026, 9, 12))
    ]
    assert made.clock_days(made.scope(VALUES, frame())) == []


FORMS = """
record: expense
fields:
  what: {type: text, required: true}
  amount: {type: money, currency: CNY}
  approved: {type: money, currency: CNY}
  approved_by: {type: person}
  twice: {type: money, currency: CNY, is: amount * 2}
states: {draft: {}, done: {final: true}}
actions:
  approve:
    {from: draft, to: done, by: [role:finance], asks: [approved],
     effects: [{set: approved_by, to: actor}]}
"""


def test_what_actions_write_is_in_no_form_and_nobody_elses_to_write() -> None:
    made = kind(FORMS)

    assert made.form_fields == ("what", "amount")
    assert made.protected_fields == {"approved", "approved_by"}


def test_a_declared_form_says_what_is_filled_in() -> None:
    made = kind(FORMS + "views: {form: [{fields: [approved]}], quick: []}")

    # What is required is asked for wherever the form forgot it.
    assert made.form_fields == ("what", "approved")
    assert made.protected_fields == {"approved_by"}


def test_a_confidential_value_is_judged_as_any_other() -> None:
    made = campaign()

    assert made.value_problems("hobby", "钓鱼") == []
    assert [one.code for one in made.value_problems("hobby", "字" * 201)] == ["VALUE_TOO_LONG"]


SAID = """
record: t
fields: {a: {type: choices, choices: {x: {zh-Hans: 甲}, y: {zh-Hans: 乙}}}}
checks: [{holds: "contains(a, 'z')", otherwise: "{a}，{state}"}]
states: {open: {label: 进行中}}
"""


def test_a_sentence_says_choices_and_states_by_their_labels() -> None:
    made = kind(SAID)
    (found,) = made.problems(made.scope({"a": ("x", "y")}, Frame(today=DAY, state="open")))

    assert render(found).message == "不能保存：甲、乙，进行中。"
