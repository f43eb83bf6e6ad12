"""Incentives: steps in written order, what is kept of them, and the money lines."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import run_examples
from attain.engine.forms.contexts import expand
from attain.engine.forms.incentives.paydates import pay_date
from attain.engine.plans.api import load_plan, resolve
from attain.engine.plans.models.plan import PlanModel
from attain.engine.reference import run_plan

HEAD = """
plan: pay
label: {zh-Hans: 提成, en: Pay}
period: month
subjects: {seller: people}
sources:
  deals:
    key: [deal]
    date: on_day
    columns: {deal: deals, on_day: date, seller: people, amount: money}
measures:
  sales: {sum: amount, from: deals}
"""


def expanded(incentive: str) -> PlanModel:
    return expand(load_plan(f"{HEAD}incentives:\n  bonus: {incentive}\n"))


def codes(incentive: str) -> list[str]:
    with pytest.raises(AttainError) as refused:
        expanded(incentive)
    return [one.code for one in refused.value.problems]


def hold(text: str) -> None:
    plan = load_plan(HEAD + text)
    results = run_examples(plan, resolve(expand(plan)))
    assert [str(one) for one in results if one.failures or one.problems] == []
    assert all(one.checked for one in results)


def test_the_first_step_is_a_base() -> None:
    assert codes("{steps: [{cap: 5}]}") == ["INCENTIVE_FIRST_STEP"]


def test_a_step_does_one_thing() -> None:
    assert codes("{steps: [{base: sales, cap: 5}]}") == ["INCENTIVE_STEP_KIND"]


def test_pay_parts_add_up_to_everything() -> None:
    parts = "[{part: a, share: 60%}, {part: b, share: 30%}]"

    assert codes(f"{{steps: [{{base: sales}}], pay: {parts}}}") == ["PAY_SHARES_NOT_100"]


def test_two_parts_of_one_name_are_refused() -> None:
    parts = "[{part: a, share: 60%}, {part: a, share: 40%}]"

    assert codes(f"{{steps: [{{base: sales}}], pay: {parts}}}") == ["NAME_TAKEN"]


def test_a_pay_date_that_nobody_can_read_is_refused() -> None:
    assert codes("{steps: [{base: sales}], pay: [{on: soon after}]}") == ["PAY_DATE"]


@pytest.mark.parametrize("said", ["quarter", "{restart: quarter}"])
def test_a_true_up_may_say_its_span_alone(said: str) -> None:
    loaded = load_plan(f"{HEAD}incentives: {{x: {{steps: [{{base: sales}}], true_up: {said}}}}}")

    true_up = loaded.incentives["x"].true_up
    assert true_up is not None
    assert true_up.restart == "quarter"


def test_a_true_up_may_never_begin_again() -> None:
    """1.00 of December and 2.00 of January: January pays 2.00, where a year would pay 3.00."""
    hold(
        """
effective: {from: 2025-12-01}
columns: {ever: {sum: amount, from: deals, in: life to date}}
incentives: {x: {steps: [{base: ever}], true_up: never}}
examples:
  - name: over the turn of the year
    given:
      deals:
        - {deal: 1, on_day: 2025-12-05, seller: a, amount: 1}
        - {deal: 2, on_day: 2026-01-05, seller: a, amount: 2}
    runs:
      - {period: 2025-12, expect: {x: {seller: a, is: 1.00}}}
      - {period: 2026-01, expect: {x: {seller: a, is: 2.00}}}
"""
    )


def test_one_pay_part_needs_no_list() -> None:
    """1.00 in January, paid on 15 February."""
    hold(
        """
incentives: {later: {steps: [{base: sales}], pay: {on: day 15 of month + 1}}}
examples:
  - name: a month later
    period: 2026-01
    given: {sales: {seller: a, is: 1.00}}
    expect: {lines: [{component: later, amount_minor: 100, pay_on: 2026-02-15}]}
"""
    )


@pytest.mark.parametrize(
    ("pay", "faults"),
    [
        ("{onn: period end}", ["FIELD_UNKNOWN"]),
        ("[{onn: period end}]", ["FIELD_UNKNOWN"]),
        ("monthly", ["FIELD_INVALID"]),
        ("{receipts: cash, deal: deal, amount: x, by: [day]}", ["FIELD_MISSING"]),
    ],
)
def test_only_the_way_of_paying_that_was_meant_is_spoken_of(pay: str, faults: list[str]) -> None:
    with pytest.raises(AttainError) as caught:
        load_plan(f"{HEAD}incentives: {{x: {{steps: [{{base: sales}}], pay: {pay}}}}}")

    assert [one.code for one in caught.value.problems] == faults


def test_a_pay_date_is_told_where_it_stands() -> None:
    parts = "[{part: a, share: 50%},\n  {part: b, share: 50%, on: end of month * 2}]"

    with pytest.raises(AttainError) as caught:
        expand(load_plan(f"{HEAD}incentives: {{x: {{steps: [{{base: sales}}], pay: {parts}}}}}"))

    (fault,) = caught.value.problems
    last = HEAD.count("\n") + 2
    assert fault.where is not None
    assert (fault.where.line, fault.where.position) == (last, 29)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("period end", "period_end"),
        ("end of month + 1", "month_end(add_months(month_start(period_end), 1))"),
        (
            "day 31 of month + 1",
            "min(add_months(month_start(period_end), 1) + 30,"
            " month_end(add_months(month_start(period_end), 1)))",
        ),
        ("2027-01-15", "2027-01-15"),
        ("day 32 of month", None),
    ],
)
def test_pay_dates_are_written_as_people_say_them(said: str, means: str | None) -> None:
    assert pay_date(said) == means


def test_rules_on_rows_pay_by_the_period_around_the_row() -> None:
    hold(
        """
incentives:
  bonus: {each: deals, participant: seller, steps: [{base: amount * 10%}]}
examples:
  - name: the last day of the month around the deal
    period: 2026-02
    given: {deals: [{deal: d, on_day: 2026-02-05, seller: a, amount: 100.00}]}
    expect: {lines: [{amount_minor: 1000, pay_on: 2026-02-28}]}
"""
    )


def test_steps_stand_in_the_written_order() -> None:
    """412.30 + 187.75 = 600.05, × 0.9 = 540.045. Cap before floor and rounding: at most 540.00, so
    0.045 is cut; at least 100.00. Without sales: 0, lifted to 100.00."""
    hold(
        """
incentives:
  bonus:
    steps:
      - {base: "412.30 * sales / 1000"}
      - {add: "187.75 * sales / 1000"}
      - {multiply: 90%}
      - {cap: 540.00}
      - {floor: 100.00}
examples:
  - name: in this order
    period: 2026-01
    given: {sales: [{seller: a, is: 1000.00}, {seller: b, is: 0.00}]}
    expect:
      bonus_1_base: {seller: a, is: 412.30}
      bonus_2_add: {seller: a, is: 600.05}
      bonus_3_multiply: {seller: a, is: 540.045}
      bonus_cut_4: {seller: a, is: 0.045}
      bonus: [{seller: a, is: 540.00}, {seller: b, is: 100.00}]
"""
    )


def test_a_gate_says_why_or_pays_something_else() -> None:
    """80 of 100 needed: not eligible; the same gate with `else: 0` pays 0. A veto likewise."""
    hold(
        """
incentives:
  strict: {steps: [{base: sales}, {gate: "sales >= 100"}]}
  kind: {steps: [{base: sales}, {gate: "sales >= 100", else: 0}]}
  barred: {steps: [{base: sales}, {veto: "sales < 100"}]}
examples:
  - name: below and on the gate
    period: 2026-01
    given: {sales: [{seller: a, is: 99.99}, {seller: b, is: 100.00}]}
    expect:
      strict: [{seller: a, is: not_applicable.strict_2_met}, {seller: b, is: 100.00}]
      kind: [{seller: a, is: 0}, {seller: b, is: 100.00}]
      barred: [{seller: a, is: not applicable}, {seller: b, is: 100.00}]
      outcomes: {subject: a, component: strict, status: not_eligible}
"""
    )


def test_what_is_wrong_in_a_factor_is_told_once() -> None:
    plan = expanded('{steps: [{base: sales}, {multiply: "mnths / 12"}, {cap: 5.00}]}')

    with pytest.raises(AttainError) as refused:
        resolve(plan)

    assert [one.code for one in refused.value.problems] == ["PLAN_UNKNOWN_NAME"]


def test_behind_a_gate_that_is_not_met_nothing_is_asked() -> None:
    """a missed the gate, and what the factor divides by is 0: not eligible, not without data.

    b passed it: 100 × 100 / 50 = 200, at most 150. With an `else` the amount goes on through
    the steps. The `else` of a later gate is for those whom the first one let through: c.
    """
    hold(
        """
columns:
  base_of: {is: "if(sales = 0, 0.00, 50.00)", unit: money}
incentives:
  strict:
    steps:
      - {base: sales}
      - {gate: "sales >= 100"}
      - {multiply: "sales / base_of"}
      - {cap: 150.00}
  kind: {steps: [{base: sales}, {gate: "sales >= 100", else: 0}, {add: 5.00}]}
  late: {steps: [{base: sales}, {multiply: "sales / base_of"}, {gate: "sales >= 100"}]}
  two:
    steps:
      - {base: sales}
      - {gate: "sales > 0"}
      - {gate: "100 / sales <= 1", else: 7.00}
      - {veto: "sales / base_of > 2", else: 9.00}
examples:
  - name: missed, passed
    period: 2026-01
    given: {sales: [{seller: a, is: 0}, {seller: b, is: 100.00}, {seller: c, is: 50.00}]}
    expect:
      two:
        - {seller: a, is: not_applicable.two_2_met}
        - {seller: b, is: 100.00}
        - {seller: c, is: 7.00}
      strict: [{seller: a, is: not_applicable.strict_2_met}, {seller: b, is: 150.00}]
      kind: [{seller: a, is: 5.00}, {seller: b, is: 105.00}]
      late: [{seller: a, is: not_applicable.late_3_met}, {seller: b, is: 200.00}]
"""
    )


def test_parts_add_up_and_the_rest_goes_where_it_is_said() -> None:
    """9.99 at 60 to 40: 5.994 → 5.99, the rest 4.00; with the rest to the first, 3.996 → 4.00 and
    5.99; on 31 January and, clamped, on 28 February."""
    hold(
        """
incentives:
  late:
    steps: [{base: sales}]
    pay: [{part: a, share: 60%}, {part: b, share: 40%, on: day 30 of month + 1}]
  early:
    steps: [{base: sales}]
    pay: [{part: a, share: 60%}, {part: b, share: 40%}]
    residue: first
examples:
  - name: a fen over
    period: 2026-01
    given: {sales: {seller: a, is: 9.99}}
    expect:
      late_a: {seller: a, is: 5.99}
      late_b: {seller: a, is: 4.00}
      early_a: {seller: a, is: 5.99}
      early_b: {seller: a, is: 4.00}
      lines:
        - {component: late, amount_minor: 599, pay_on: 2026-01-31}
        - {component: late, amount_minor: 400, pay_on: 2026-02-28}
"""
    )


def test_a_rule_on_rows_pays_each_row_in_its_own_period_only() -> None:
    """Two deals of January, one of February: February's run has one line, and it is February's."""
    plan = load_plan(
        HEAD
        + """
incentives:
  bonus: {each: deals, participant: seller, steps: [{base: "amount * 10%"}]}
examples:
  - name: month by month
    given:
      deals:
        - {deal: 1, on_day: 2026-01-10, seller: a, amount: 100.00}
        - {deal: 2, on_day: 2026-01-31, seller: a, amount: 100.00}
        - {deal: 3, on_day: 2026-02-01, seller: a, amount: 300.00}
    runs:
      - {period: 2026-01, expect: {bonus: {seller: a, is: 20.00}}}
      - {period: 2026-02, expect: {bonus: {seller: a, is: 30.00}}}
"""
    )
    lines: list[list[int]] = []

    def watching(resolved, inputs):  # type: ignore[no-untyped-def]
        got = run_plan(resolved, inputs)
        lines.append([one["amount_minor"] for one in got["lines"]])
        return got

    [result] = run_examples(plan, resolve(expand(plan)), runner=watching)

    assert not result.failures
    assert not result.problems
    assert lines == [[1000, 1000], [3000]]


def test_amounts_round_to_the_smallest_unit_of_the_currency() -> None:
    plan = expand(
        load_plan(
            HEAD.replace("period: month", "period: month\ncurrency: JPY")
            + "incentives: {bonus: {steps: [{base: sales}]}}"
        )
    )

    rounded = plan.columns["bonus"].round

    assert rounded is not None
    assert rounded.step == 1


def test_steps_are_labelled_in_both_languages() -> None:
    plan = expanded("{label: {zh-Hans: 奖金, en: Bonus}, steps: [{base: sales}, {cap: 5}]}")

    label = plan.columns["bonus_2_most"].label

    assert label is not None
    assert (label.zh, label.en) == ("奖金·封顶额", "Bonus: most")
