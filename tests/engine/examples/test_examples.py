"""Examples of a plan: what they may say, and what a failure tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain.core.errors import AttainError
from attain.core.errors.rendering import render
from attain.engine.examples import ExampleResult, test_plan

PLAN = """
plan: tried
period: month
effective: {from: 2026-01-01}
subjects: {seller: {from: people, where: "not name = '李经理'"}}
sources:
  orders: {key: [order_id], date: signed_on, columns: {order_id: code, signed_on: date, seller: people, amount: money}}
columns:
  sales: {each: [seller, month], sum: amount, from: orders}
  completion: "sales / target(sales)"
  third: "sales / 3"
  running: "previous(running, 0) + sales"
  best: {each: [month], latest: seller, from: orders}
incentives:
  prize: {steps: [{base: sales}, {gate: sales >= 100}]}
examples:
"""  # noqa: E501


def tried(example: str) -> ExampleResult:
    (result,) = test_plan(PLAN + example)
    return result


def test_rows_and_values_and_targets_may_be_given() -> None:
    result = tried("""
  - name: exactly 120 percent
    period: 2026-01
    given:
      orders: [{order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 80.00}]
      sales: {seller: li, is: 120.00}
      target(sales): [{seller: li, is: 100}, {seller: wu, is: 100}]
    expect: {completion: [{seller: li, is: 120%}, {seller: wu, is: 0.8}]}
""")

    assert result.passed
    assert result.checked == 2


def test_a_failure_names_example_column_key_values_and_the_reason_why() -> None:
    result = tried("""
  - name: ten are not eleven
    period: 2026-01
    given: {orders: [{order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 10.00}]}
    expect: {sales: {seller: wu, is: 11.00}}
""")

    (failure,) = result.failures
    assert (failure.example, failure.period) == ("ten are not eleven", "2026-01")
    assert (failure.column, failure.key) == ("sales", "seller: wu")
    assert (failure.expected, failure.got) == ("11.00", "10")
    assert failure.explanation[0].startswith("为什么是¥10.00？ sales · 2026年1月")


def test_of_a_missing_value_a_failure_says_where_it_is_missing() -> None:
    result = tried("""
  - name: no target
    period: 2026-01
    given: {sales: {seller: li, is: 120.00}}
    expect: {completion: {seller: li, is: 120%}}
""")

    (failure,) = result.failures
    assert failure.explanation[0].startswith("为什么没有数据？ completion")
    assert failure.explanation[-1].strip() == "sales目标"


def test_a_failure_shows_the_condition_that_is_not_met() -> None:
    result = tried("""
  - name: nearly a hundred
    period: 2026-01
    given: {orders: [{order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 90.00}]}
    expect: {prize: {seller: wu, is: 90.00}}
""")

    (failure,) = result.failures
    told = [line.strip() for line in failure.explanation]
    assert "✗" in told[told.index("第一个没满足的条件") + 1]
    assert not told[-1].endswith(("第一个没满足的条件", "代入数值"))


def test_a_rounded_expectation_says_so() -> None:
    exact = """
  - name: a third
    period: 2026-01
    given: {sales: {seller: li, is: 100.00}}
    expect: {third: {seller: li, is: "33.33"}}
"""

    assert not tried(exact).passed
    assert tried(exact).failures[0].rounded == "≈33.33"
    assert tried(exact.replace('"33.33"', '"≈33.33"')).passed
    assert tried(exact.replace('"33.33"', '"33.34"')).failures[0].rounded == ""


def test_days_that_an_example_does_not_say_are_missed() -> None:
    plan = """
plan: tried
period: month
subjects: {seller: people}
columns:
  worked: {each: [month], count: is_working, from: days}
  pay: {each: [seller, month], is: "worked * 10.00"}
examples:
  - name: two days
    period: 2026-01
    given: {days: [%s]}
    expect: {pay: {seller: li, is: %s}}
"""
    day = "{calendar: work, date: 2026-01-05, is_working: true}"

    (result,) = test_plan(plan % ("", "20.00"))
    assert [one.code for one in result.problems] == ["EXAMPLE_NO_DAYS"]
    assert not test_plan(plan % (day, "20.00"))[0].problems
    assert test_plan(plan % (day, "10.00"))[0].passed


def test_almost_an_edge_is_no_matter_of_decimals() -> None:
    """96.99999% lies in another band than 97%: to compare two decimals of it hides the band."""
    failure = tried("""
  - name: a cent short
    period: 2026-01
    given: {sales: {seller: li, is: 96999.99}, target(sales): {seller: li, is: 100000}}
    expect: {completion: {seller: li, is: 97%}}
""").failures[0]

    assert (failure.got, failure.rounded) == ("96.99999%", "")
    assert failure.explanation[0].startswith("为什么是96.99999%？")


def test_a_failure_speaks_in_percent_where_the_expectation_does() -> None:
    """33.3333…  of 100 is a third to 18 decimals; as percent the point moves by two."""
    wrong = """
  - name: a third
    period: 2026-01
    given: {sales: {seller: li, is: 1.00}}
    expect: {third: {seller: li, is: "33%"}}
"""
    failure = tried(wrong).failures[0]

    assert failure.got.startswith("33.33")
    assert failure.got.endswith("3%")
    assert failure.rounded == "≈33%"


def test_people_are_those_who_are_named_unless_they_are_given() -> None:
    named = """
  - name: whoever is named takes part
    period: 2026-01
    given: {sales: {seller: li, is: 1.00}}
    expect: {third: {seller: li, is: "≈0.3333"}}
"""
    given = named.replace("given: {", "given: {people: [{person: li, name: 李经理}], ")

    assert tried(named).passed
    assert tried(given).failures[0].got == "0行"


def test_who_stands_in_a_column_of_another_name_is_told_with_a_number_that_is_another() -> None:
    (result,) = test_plan("""
plan: shared
period: month
subjects: {seller: people}
sources:
  orders: {key: [order_id], date: signed_on, columns: {order_id: code, signed_on: date, sold_by: people, amount: money}}
columns:
  sales: {sum: amount, from: orders, link: {seller: sold_by}}
  all_of_them: {each: [month], sum: sales, from: [seller, month]}
examples:
  - name: two of three
    period: 2026-01
    given:
      orders:
        - {order_id: 1, signed_on: 2026-01-10, sold_by: wu, amount: 10.00}
        - {order_id: 2, signed_on: 2026-01-10, sold_by: li, amount: 20.00}
    expect: {sales: {seller: wu, is: 10.00}, all_of_them: {is: 30.00}}
""")  # noqa: E501

    (hint,) = result.problems
    assert hint.code == "EXAMPLE_OUTSIDE"
    assert hint.values["codes"] == ["li"]
    assert hint.where is not None
    assert hint.where.line == 15


def test_of_whom_nothing_is_in_force_is_told() -> None:
    (result,) = test_plan("""
plan: renewals
period: month
effective: {from: 2026-01-01}
subjects: {agent: people}
sources:
  fees: {key: [id], date: on_day, columns: {id: code, on_day: date, agent: people, amount: {type: money, required: true}}}
measures: {earned: {sum: amount, from: fees}}
examples:
  - name: a fee after the last day
    given:
      people: [{person: li, effective_until: 2026-02-01}, {person: wu}]
      fees: [{id: 1, on_day: 2026-02-10, agent: li, amount: 10.00}]
    runs:
      - {period: 2026-01, expect: {earned: [{agent: li, is: 0}, {agent: wu, is: 0}]}}
      - {period: 2026-02, expect: {earned: [{agent: li, is: 10.00}, {agent: wu, is: 0}]}}
""")  # noqa: E501

    (hint,) = result.problems
    assert hint.code == "EXAMPLE_GONE"
    assert (hint.values["codes"], hint.values["period"]) == (["li"], "2026-02")
    assert "agent: {from: people, while:" in render(hint, "en").remedy


RATED = """
plan: rated
period: month
feedback: 5 days
subjects: {人: people}
scorecard: {总分: {rows: [{row: 态度, weight: 100, rating: {item: 态度, scale: {好: 100, 差: 0}}}]}}
examples:
  - name: one
    period: 2026-01
    given: {评分: [{对象: li, 项目: 态度, 期间: 2026-01, WORD: 好}]}
    expect: {总分: {人: li, is: 100}}
"""


@pytest.mark.parametrize("word", ["评语等级", "评价", "choice"])
def test_a_rating_is_read_by_the_words_managers_use(word: str) -> None:
    (result,) = test_plan(RATED.replace("WORD", word))

    assert result.passed


def test_a_rating_of_which_only_a_comment_is_said_is_told_with_a_number_that_is_another() -> None:
    (result,) = test_plan(RATED.replace("WORD", "评语"))

    assert [hint.code for hint in result.problems] == ["EXAMPLE_UNRATED"]


def test_columns_of_the_products_tables_are_told_as_readers_call_them() -> None:
    (result,) = test_plan(RATED.replace("WORD", "打分"))

    (refusal,) = result.problems
    assert "评语等级（choice）" in render(refusal, "zh-Hans").remedy
    assert "choice, comment" in render(refusal, "en").remedy


def test_runs_of_one_example_read_those_before_them() -> None:
    result = tried("""
  - name: two months
    given:
      orders:
        - {order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 10.00}
        - {order_id: 2, signed_on: 2026-02-10, seller: wu, amount: 5.00}
    runs:
      - {period: 2026-01, expect: {running: {seller: wu, is: 10}}}
      - {period: 2026-02, expect: {running: {seller: wu, is: 15}}}
""")

    assert result.passed


def test_what_is_carried_over_comes_through_the_periods_that_are_not_named() -> None:
    result = tried("""
  - name: March and June, from January on
    given:
      orders:
        - {order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 1.00}
        - {order_id: 2, signed_on: 2026-02-10, seller: wu, amount: 20.00}
        - {order_id: 3, signed_on: 2026-05-10, seller: wu, amount: 300.00}
    runs:
      - {period: 2026-03, expect: {running: {seller: wu, is: 21}}}
      - {period: 2026-06, expect: {running: {seller: wu, is: 321}}}
""")

    assert result.passed
    assert result.checked == 2


def test_what_is_not_covered_is_no_data() -> None:
    result = tried("""
  - name: January is not complete
    period: 2026-01
    given: {people: [{person: wu, name: 吴}], orders: []}
    covers: {orders: [2025-12]}
    expect: {sales: {seller: wu, is: no_data.outside_coverage}}
""")

    assert result.passed


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("{name: no period, expect: {sales: {seller: li, is: 1}}}", "EXAMPLE_PERIOD"),
        ("{name: x, period: 2026-01, given: {sale: {seller: li, is: 1}}}", "EXAMPLE_NAME"),
        ("{name: x, period: 2026-01, given: {orders: {amonut: 1}}}", "EXAMPLE_COLUMN"),
        ("{name: x, period: 2026-01, expect: {outcomes: {who: li}}}", "EXAMPLE_COLUMN"),
        ("{name: x, period: 2026-01, given: {orders: {amount: 1,0}}}", "EXAMPLE_COLUMN"),
        ("{name: x, period: 2026-01, expect: {sales: {seller: wu, is: $5}}}", "EXAMPLE_VALUE"),
        ("{name: x, period: 2026-01, refused: RESULT_MISSING}", "EXAMPLE_NOT_REFUSED"),
    ],
)
def test_a_wrong_example_says_what_is_wrong_with_it(example: str, code: str) -> None:
    result = tried(f"  - {example}\n")

    assert [problem.code for problem in result.problems] == [code]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (
            "orders: [], balances: [{subject: wu, account: owed, as_of: 2025-12-31, amount: 5.00}]",
            "UNREAD",
        ),
        ("orders: [], edges: [{hierarchy: reporting, child: wu, parent: li}]", "UNREAD"),
        ("orders: [{order_id: 1, signed_on: 2026-01-10, seller: wu}]", "BLANK"),
    ],
)
def test_what_may_be_why_is_told_with_a_number_that_is_another(given: str, code: str) -> None:
    """Rows that no rule reads and cells that a file would not lack: no fault while all is well."""
    required = PLAN.replace("amount: money", "amount: {type: money, required: true}")
    example = "  - {name: x, period: 2026-01, given: {%s}, expect: {sales: {seller: wu, is: %s}}}"

    (wrong,) = test_plan(required + example % (given, "7.00"))
    (right,) = test_plan(required + example % (given, "0.00"))

    assert [problem.code for problem in wrong.problems] == [f"EXAMPLE_{code}"]
    assert wrong.failures
    assert code == "BLANK" or right.passed


def test_what_tells_rows_apart_need_not_be_written() -> None:
    result = tried("""
  - name: no numbers
    period: 2026-01
    given: {orders: [{signed_on: 2026-01-10, seller: wu, amount: 3.00}]}
    expect: {sales: {seller: wu, is: 3.00}}
""")

    assert result.passed


@pytest.mark.parametrize("said", ["not eligible", "not_eligible", "not applicable", "不符合条件"])
def test_a_gate_that_was_not_passed_may_be_said_as_statements_say_it(said: str) -> None:
    result = tried(f"""
  - name: below the gate
    period: 2026-01
    given: {{sales: {{seller: wu, is: 99.00}}}}
    expect: {{prize: {{seller: wu, is: {said}}}}}
""")

    assert result.passed


def test_a_failure_shows_the_code_of_whoever_it_is() -> None:
    result = tried("""
  - name: another came last
    period: 2026-01
    given: {orders: [{order_id: 1, signed_on: 2026-01-10, seller: wu, amount: 10.00}]}
    expect: {best: li}
""")

    (failure,) = result.failures
    assert (failure.expected, failure.got) == ("li", "wu")


def test_outcomes_are_expected_by_what_is_said_of_them() -> None:
    result = tried("""
  - name: no target
    period: 2026-01
    given: {sales: {seller: li, is: 1.00}}
    expect:
      outcomes:
        - {subject: li, component: completion, status: no_data, reason: no_data.target}
        - {subject: li, component: sales, value: 1}
""")

    assert result.passed


GUARDED = """
plan: guarded
period: month
subjects: {seller: people}
sources:
  orders: {key: [order_id], date: signed_on, columns: {order_id: orders, signed_on: {type: date, required: true}, seller: people, rate: {type: ratio, required: true}}}
columns:
  orders_of_month: {count: rows, from: orders}
checks: [{name: up_to_all, each: orders, holds: "rate <= 100%", code: RATE_OUTSIDE, stops: true}]
examples:
"""  # noqa: E501


@pytest.mark.parametrize("code", ["RATE_OUTSIDE", "CHECK_FAILED"])
def test_a_check_that_stops_is_refused_by_its_own_code(code: str) -> None:
    given = "{order_id: a-7, signed_on: 2026-01-05, seller: li, rate: 101%}"
    (result,) = test_plan(
        GUARDED
        + f"  - {{name: too much, period: 2026-01, given: {{orders: [{given}]}}, refused: {code}}}"
    )

    assert result.passed


def test_a_check_that_stops_names_the_row_as_the_example_does() -> None:
    given = "{order_id: a-7, signed_on: 2026-01-05, seller: li, rate: 101%}"
    (result,) = test_plan(
        GUARDED + f"  - {{name: too much, period: 2026-01, given: {{orders: [{given}]}}}}"
    )

    (problem,) = result.problems
    assert problem.code == "CHECK_FAILED"
    assert problem.values["key"] == "a-7"


@pytest.mark.parametrize("period", ["2026年1月", "2026/1", "202601", "2026-01"])
def test_periods_are_read_as_files_have_them(period: str) -> None:
    result = tried(f"""
  - name: one month
    period: {period}
    covers: {{orders: [{period}]}}
    given:
      orders: [{{order_id: 1, signed_on: 2026-01-10, seller: li, amount: 80.00}}]
      targets: [{{subject: li, indicator: sales, period: {period}, value: 100}}]
    expect:
      completion: {{seller: li, is: 80%}}
""")

    assert result.passed, result


def test_a_part_of_what_is_counted_whole_is_refused() -> None:
    plan = PLAN.replace("amount: money", "amount: money, pieces: count")
    (result,) = test_plan(
        plan
        + """
  - name: two and a half
    period: 2026-01
    given:
      orders: [{order_id: 1, signed_on: 2026-01-10, seller: li, amount: 80.00, pieces: 2.5}]
"""
    )

    assert [one.code for one in result.problems] == ["NUMBER_NOT_WHOLE"]


@pytest.mark.parametrize(
    ("column", "code"),
    [("money", ["TOO_MANY_DECIMALS"]), ("{type: money, scale: 3}", []), ("ratio", [])],
)
def test_more_decimals_than_a_column_keeps_are_told_with_a_number_that_is_another(
    column: str, code: list[str]
) -> None:
    plan = PLAN.replace("amount: money", f"amount: money, price: {column}")
    (result,) = test_plan(
        plan
        + """
  - name: a price of three decimals
    period: 2026-01
    given:
      orders: [{order_id: 1, signed_on: 2026-01-10, seller: li, amount: 80.00, price: 1.385}]
    expect: {sales: {seller: li, is: 81.00}}
"""
    )

    assert [one.code for one in result.problems] == code
    assert result.failures


@pytest.mark.parametrize("said", ["expect: {sales: {seller: li, is: 7.00}}", "period: 2026-01"])
def test_what_several_runs_expect_is_said_at_each(said: str) -> None:
    """An expectation beside them was compared with nothing, and the example passed."""
    text = f"{PLAN}\n  - name: two\n    {said}\n    runs: [{{period: 2026-01}}]\n"

    with pytest.raises(AttainError) as refused:
        test_plan(text)

    [one] = refused.value.problems
    assert (one.code, one.values["maker"]) == ("PLAN_COLUMN_OPTION", "runs")


def test_a_value_given_again_for_a_later_run_holds_from_then_on() -> None:
    (result,) = test_plan(
        PLAN
        + """
  - name: a value and a later one
    given: {sales: {seller: li, is: 3.00}}
    runs:
      - {period: 2026-01, expect: {sales: {seller: li, is: 3.00}}}
      - period: 2026-02
        given: {sales: {seller: li, is: 4.00}}
        expect: {sales: {seller: li, is: 4.00}}
"""
    )

    assert result.passed, result


def test_one_value_given_twice_is_refused() -> None:
    (result,) = test_plan(
        PLAN
        + """
  - name: two values of one
    period: 2026-01
    given: {sales: [{seller: li, is: 3.00}, {seller: li, is: 4.00}]}
    expect: {sales: {seller: li, is: 3.00}}
"""
    )

    assert [one.code for one in result.problems] == ["EXAMPLE_ROW_TWICE"]


TREE = Path(__file__).parents[2] / "golden" / "39_a_tree_is_read_at_its_date.yaml"


def test_a_chain_of_a_hierarchy_goes_by_codes() -> None:
    text = TREE.read_text(encoding="utf-8")

    found = test_plan(text.replace("    refused: TREE_CYCLE\n", ""))

    (problem,) = (one for result in found for one in result.problems)
    assert problem.code == "TREE_CYCLE"
    assert set(problem.values["chain"]) == {"A", "B"}  # type: ignore[call-overload]


def test_a_name_nobody_knows_is_shown_where_it_stands() -> None:
    example = """
  - name: two expectations
    runs:
      - period: 2026-01
        expect:
          sales: {seller: li, is: 0}
          sale: {seller: li, is: 0}
"""
    result = tried(example)

    (problem,) = result.problems
    lines = (PLAN + example).splitlines()
    assert problem.code == "EXAMPLE_NAME"
    assert problem.where is not None
    assert problem.where.line is not None
    assert lines[problem.where.line - 1].strip().startswith("sale:")


def test_who_is_paid_need_not_be_of_the_kind_that_is_measured() -> None:
    plan = """
plan: of-projects
period: month
subjects: {project: {from: projects}}
sources:
  projects: {key: [project], columns: {project: projects, manager: {type: people, required: true}}}
  costs: {key: [id], date: on_day, columns: {id: code, on_day: date, project: projects, saved: {type: money, required: true}}}
measures: {saved: {sum: saved, from: costs}}
incentives: {bonus: {each: [project, month], participant: manager, steps: [{base: saved * 10%}]}}
examples:
  - name: a person is paid for a project
    period: 2026-01
    given:
      projects: [{project: p, manager: li}]
      costs: [{id: 1, on_day: 2026-01-05, project: p, saved: 100.00}]
    expect: {lines: [{participant: li, amount_minor: 1000}]}
"""  # noqa: E501

    (result,) = test_plan(plan)

    assert result.passed


def test_a_column_may_be_called_as_a_table_of_the_product() -> None:
    """What is counted is often units; rows with `is` are its values and name who takes part."""
    plan = """
plan: units-sold
period: month
subjects: {seller: people}
sources:
  deals: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}
measures:
  units: {count: rows, from: deals}
formulas:
  bonus: {is: "if(units >= 10, 500, 0)", unit: money}
examples:
  - {name: given, period: 2026-01, given: {units: [{seller: li, is: 12}]}, expect: {bonus: {seller: li, is: 500}}}
  - {name: expected, period: 2026-01, given: {deals: []}, expect: {units: {seller: li, is: 0}}}
"""  # noqa: E501

    assert [one.passed for one in test_plan(plan)] == [True, True]
