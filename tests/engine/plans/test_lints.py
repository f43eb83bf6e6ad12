"""Each lint rule has the smallest plan that provokes it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, Severity, Where, catalogue, render
from attain.engine.plans.lints import Lint, lints
from attain.engine.plans.lints.registry import ORDERS

Problems = Callable[[str], tuple[Problem, ...]]
ALWAYS = {"LINT_NO_EXAMPLES"}
"""What the small plans here have in common."""


@pytest.mark.parametrize("rule", lints(), ids=lambda rule: rule.code)
def test_its_example_provokes_it(rule: Lint, problems: Problems) -> None:
    found = [one for one in problems(rule.example) if one.severity is Severity.warning]

    assert {one.code for one in found} - ALWAYS == {rule.code} - ALWAYS
    assert all(one.where and one.where.line for one in found)
    assert all(render(one, "zh-Hans").message for one in found)


def test_every_code_has_a_rule() -> None:
    # Record types have lints of their own.
    codes = {
        kind.code
        for kind in catalogue()
        if kind.code.startswith("LINT_") and not kind.code.startswith("LINT_RECORD_")
    }

    assert codes == {rule.code for rule in lints()}


def test_every_rule_says_what_it_looks_for() -> None:
    assert all(len(rule.description) > 40 for rule in lints())


def test_a_plain_tidy_plan_has_no_warnings(problems: Problems) -> None:
    text = (
        ORDERS
        + """tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
measures: {sales: {sum: amount, from: orders}}
formulas: {pay: {is: "marginal(rates, sales)", round: 0.01}}
examples:
  - {name: nothing sold, period: 2026-01, given: {sales: {seller: li, is: 0}}, expect: {pay: 0}}
"""
    )
    assert [one for one in problems(text) if one.severity is not Severity.note] == []


def test_a_rank_among_formulas_is_shown_where_it_stands(problems: Problems) -> None:
    text = (
        ORDERS
        + """columns: {large: {each: orders, is: "amount > 1000.00"}}
measures: {sales: {sum: amount, from: orders, where: large}}
groups: {everybody: {of: [seller, month]}}
formulas:
  place: {within: everybody, is: "rank(sales)"}
incentives: {prize: {steps: [{base: "if(place = 1, 100.00, 0)"}]}}
"""
    )
    found = [one for one in problems(text) if one.code == "LINT_TIES_UNDEFINED"]

    assert [(one.where or Where()).line for one in found] == [
        text.splitlines().index("formulas:") + 2
    ]


def test_a_list_whose_parents_are_a_path_is_used(problems: Problems) -> None:
    text = """
plan: p
period: month
subjects: {seller: people}
sources:
  posts: {key: [post], columns: {post: posts, parent: posts}}
  sales: {key: [id], date: on_day, columns: {id: code, on_day: date, post: posts, seller: people, amount: {type: money, required: true}}}
paths: {above: {over: posts.parent, of: posts}}
relations: {upline: {pair: [sales, above], on: {post: member}}}
columns:
  fee: {each: upline, is: amount * 1%}
  fees: {sum: fee, from: upline}
"""  # noqa: E501
    assert "LINT_UNUSED" not in {one.code for one in problems(text)}


TABLE = """
plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money, share: ratio}
measures:
  sales: {sum: amount, from: orders}
  share: {mean: share, from: orders}
  visits: {count: rows, from: orders}
tables: {rates: {bands: [%s, {otherwise: 0%%}]%s}}
formulas: {rate: "value(rates, %s)"}
"""
EIGHTY = "{from: 80, is: 1%}, {from: 100, is: 2%}"
EIGHTY_ONE = "{from: 0, is: 1%}, {from: 81, is: 2%}, {from: 101, is: 3%}"


@pytest.mark.parametrize(
    ("bands", "scale", "read", "code"),
    [
        (EIGHTY, "", "sales / target(sales)", "LINT_EDGE_NOT_PERCENT"),
        (EIGHTY, "", "round(ratio_of(sales, 5000), 1%)", "LINT_EDGE_NOT_PERCENT"),
        (EIGHTY, ", scale: target(visits)", "visits", "LINT_EDGE_NOT_PERCENT"),
        (EIGHTY_ONE, "", "visits * 1.5", "LINT_PRINTED_EDGES"),
        ("{to: 79, is: 1%}, {to: 100, is: 2%}", "", "visits * 1.5", "LINT_PRINTED_EDGES"),
        ("{from: 81%, is: 1%}", ", scale: target(sales)", "sales", "LINT_PRINTED_EDGES"),
    ],
)
def test_an_edge_that_looks_like_a_slip_of_the_pen(
    problems: Problems, bands: str, scale: str, read: str, code: str
) -> None:
    assert code in {one.code for one in problems(TABLE % (bands, scale, read))}


@pytest.mark.parametrize(
    ("bands", "scale", "read"),
    [
        # The file may hold 80 for 80 %; an amount of 80 is no ratio; 3 calls per order are.
        (EIGHTY, "", "share"),
        (EIGHTY, "", "sales"),
        ("{from: 1, is: 1%}, {from: 100, is: 2%}", "", "sales / target(sales)"),
        ("{from: 8000%, is: 1%}, {from: 10000%, is: 2%}", "", "sales / target(sales)"),
        # Eighty a head.
        (EIGHTY, ", scale: visits", "visits * 2"),
        # Whole numbers only, or made so.
        (EIGHTY_ONE, "", "visits"),
        (EIGHTY_ONE, "", "floor(visits * 1.5)"),
        ("{from: 81%, is: 1%}", "", "round(sales / target(sales), 1%)"),
        ("{from: 0, is: 1%}, {from: 80, is: 2%}, {from: 101, is: 3%}", "", "visits * 1.5"),
    ],
)
def test_an_edge_that_may_well_be_meant(
    problems: Problems, bands: str, scale: str, read: str
) -> None:
    found = {one.code for one in problems(TABLE % (bands, scale, read))}

    assert not found & {"LINT_PRINTED_EDGES", "LINT_EDGE_NOT_PERCENT"}
    assert not [one for one in found if one.startswith("PLAN_TYPE")]


def test_what_a_form_divides_by_is_not_noted_and_what_its_author_divides_by_is(
    problems: Problems,
) -> None:
    text = (
        ORDERS
        + """measures: {sales: {sum: amount, from: orders}, visits: {count: rows, from: orders}}
scorecard:
  score: {rows: [{row: each, weight: 100, rate: {actual: %s, target: 1000}}]}
"""
    )

    def notes(actual: str) -> list[object]:
        found = problems(text % actual)
        return [one.values["divisor"] for one in found if one.code == "PLAN_DIV_UNGUARDED"]

    assert notes("sales") == []
    assert notes("sales / visits") == ["visits"]
    assert notes("sales / (visits - 1)") == ["visits - 1"]


TRUE_UP = (
    ORDERS
    + """measures: {sales: {sum: amount, from: orders, in: IN}}
formulas: {half: sales * 50%}
incentives:
  commission: {steps: [{base: half * 5%}], true_up: {restart: year}}
"""
)


@pytest.mark.parametrize(
    ("window", "is_told"),
    [
        ("12 months from April", True),
        ("3 months from july", True),
        ("12 months from January", False),
        ("year to date", False),
        ("life to date", True),
        ("quarter to date", True),
    ],
)
def test_a_true_up_and_what_it_pays_begin_in_the_same_month(
    window: str, is_told: bool, problems: Problems
) -> None:
    """Also over a formula between: January 2027 would pay again what was paid since April."""
    codes = [one.code for one in problems(TRUE_UP.replace("IN", window))]

    assert ("LINT_TRUE_UP_WINDOW" in codes) is is_told


@pytest.mark.parametrize(
    ("sales", "is_told"),
    [
        ("{sum: amount, from: orders}", True),
        ("{sum: amount, from: orders, in: quarter to date}", False),
        ("{sum: amount, from: orders, in: year to date}", False),
    ],
)
def test_a_true_up_over_the_month_alone_pays_the_rise_on_the_month_before(
    sales: str, is_told: bool, problems: Problems
) -> None:
    text = TRUE_UP.replace("{sum: amount, from: orders, in: IN}", sales)
    codes = [one.code for one in problems(text.replace("restart: year", "restart: quarter"))]

    assert ("LINT_TRUE_UP_OF_PERIOD" in codes) is is_told


def test_what_a_plan_carries_over_itself_may_be_trued_up(problems: Problems) -> None:
    text = TRUE_UP.replace(", in: IN", "").replace(
        "half: sales * 50%", 'half: "previous(half, 0) + sales"'
    )

    assert "LINT_TRUE_UP_OF_PERIOD" not in [one.code for one in problems(text)]


@pytest.mark.parametrize(
    ("factor", "is_told"),
    [("score", True), ("score / 100", False), ("value(factors, score)", False), ("done", False)],
)
def test_points_of_a_scorecard_are_no_factor(
    factor: str, is_told: bool, problems: Problems
) -> None:
    found = problems(
        f"""
plan: p
period: month
subjects: {{seller: people}}
formulas: {{done: "day(period_end) + 60"}}
tables: {{factors: {{bands: [{{from: 0, is: 50%}}, {{from: 80, is: 100%}}]}}}}
scorecard: {{score: {{rows: [{{row: a, weight: 100, score: done}}]}}}}
incentives: {{bonus: {{steps: [{{base: 1000.00}}, {{multiply: "{factor}"}}]}}}}
"""
    )

    assert ("LINT_SCORE_AS_FACTOR" in [one.code for one in found]) is is_told


@pytest.mark.parametrize(
    ("steps", "is_told"),
    [
        ("{base: sold * 5%}, {add: 'if(place <= 3, 500, 0)'}", True),
        ("{base: sold * 5%}, {multiply: factor}", True),
        ("{base: 'value(prizes, place)'}, {add: '100 / place'}", False),
        ("{base: sold * 5%}, {add: 'if(if_missing(place, 9) <= 3, 500, 0)'}", False),
        ("{base: sold * 5%}, {add: 'if_missing(value(prizes, place), 0)'}", False),
        ("{base: sold * 5%}, {add: 'if(sold >= 100 and place <= 3, 500, 0)'}", False),
        ("{base: sold * 5%}, {add: 'if(sold >= 100, value(prizes, place), 0)'}", False),
        ("{base: sold * 5%}, {add: 'if(place_of_all <= 3, 500, 0)'}", False),
        ("{base: sold * 5%}, {gate: place <= 3}, {add: '10'}", False),
    ],
)
def test_what_only_some_have_takes_the_amount_from_the_others(
    steps: str, is_told: bool, problems: Problems
) -> None:
    found = problems(
        ORDERS
        + f"""measures: {{sold: {{sum: amount, from: orders}}}}
groups:
  large: {{of: [seller, month], where: "sold >= 100"}}
  everybody: {{of: [seller, month]}}
tables: {{prizes: {{keys: {{1: 300, 2: 200, 3: 100}}, otherwise: 0, unit: money}}}}
columns:
  place: {{within: large, is: "rank(sold)"}}
  place_of_all: {{within: everybody, is: "rank(sold)"}}
  factor: "if(place = 1, 120%, 1)"
incentives: {{bonus: {{steps: [{steps}]}}}}
"""
    )

    told = [one for one in found if one.code == "LINT_RANK_OF_SOME"]
    assert [one.values["group"] for one in told] == (["large"] if is_told else [])
    assert all(one.values["place"] in ("place", "factor") for one in told)


@pytest.mark.parametrize(
    ("step", "is_told"),
    [
        ("{base: 1500.00}, {add: commission}", True),
        ("{base: 1500.00 + commission}", True),
        ("{base: both}", True),
        ("{base: 'max(commission, 1500.00)'}, {gate: sales > 0}", True),
        ("{base: commission - 100.00}", True),
        ("{base: 1500.00 - commission}", False),
        ("{base: commission * 10%}", False),
        ("{base: 'if(commission > 0, 100.00, 0)'}", False),
    ],
)
def test_a_part_of_another_incentive_is_paid_twice(
    step: str, is_told: bool, problems: Problems
) -> None:
    found = problems(
        ORDERS
        + f"""measures: {{sales: {{sum: amount, from: orders}}}}
formulas: {{both: commission + 100.00}}
incentives:
  commission: {{steps: [{{base: sales * 5%}}]}}
  wage: {{steps: [{step}]}}
"""
    )

    told = [(one.values["name"], one.values["part"]) for one in found if "TWICE" in one.code]
    assert told == ([("wage", "commission")] if is_told else [])


def test_columns_that_lead_round_to_each_other_are_used(problems: Problems) -> None:
    text = (
        ORDERS
        + """orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  there: {each: orders, along: in_time, is: "amount + previous(kept, 0)"}
  taken: {each: orders, along: in_time, is: "min(there, 100)"}
  kept: {each: orders, along: in_time, is: "there - taken"}
  paid: {each: [seller, month], sum: taken, from: orders}
"""
    )

    # `kept` is read by the next row's `there`, and that by `taken`.
    assert {one.code for one in problems(text)} == ALWAYS


WEEKS = """
plan: p
period: week
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
measures: {so_far: {sum: amount, from: orders, in: IN}}
formulas: {goal: "target(so_far, month)"}
"""


@pytest.mark.parametrize(
    ("window", "is_told"),
    [("month to date", True), ("year to date", True), ("life to date", False), ("period", False)],
)
def test_weeks_lie_in_two_months(window: str, is_told: bool, problems: Problems) -> None:
    codes = [one.code for one in problems(WEEKS.replace("IN", window))]

    assert ("LINT_WEEKS_ACROSS" in codes) is is_told


MARKS = """
plan: p
period: month
subjects: {seller: people}
sources:
  marks: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, item: text, mark: {type: points, required: true}}}
tables: {letters: {bands: [{from: 90, is: A}, {otherwise: B}]}}
groups: {everybody: {of: [seller, month]}}
measures:
  items: {count: rows, from: marks}
  together: {sum: mark, from: marks}
  average: {mean: mark, from: marks}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("columns", "is_told"),
    [
        # a third of each, added up again: 89.99999999999999991 of 89, 90 and 91
        ('share: {each: marks, is: "mark / items"}\n  score: {sum: share, from: marks}', True),
        ('score: "together / items"', False),
        ("score: average", False),
        # a fraction times a written number is that fraction, and never on an edge
        ('score: {is: "average * 80%", unit: points}', False),
        ('half: "together / items"\n  score: {is: "average * 50% + half * 50%"}', True),
        (
            'half: "together / items"\n  score: {is: "average * 50% + half * 50%", round: 0.01}',
            False,
        ),
    ],
)
@pytest.mark.parametrize(
    "judged",
    [
        'letter: "value(letters, score)"',
        'good: "score >= 90"',
        'place: {within: everybody, is: "rank(score, items)"}',
    ],
)
def test_fractions_that_are_calculated_further_are_told_where_they_are_compared(
    problems: Problems, columns: str, is_told: bool, judged: str
) -> None:
    found = problems(f"{MARKS}columns:\n  {columns}\n  {judged}\n")

    assert {one.code for one in found if one.severity is Severity.error} == set()
    assert ("LINT_FRACTIONS_COMPARED" in {one.code for one in found}) is is_told


def test_fractions_that_nothing_compares_are_let_go(problems: Problems) -> None:
    columns = (
        'columns:\n  share: {each: marks, is: "mark / items"}\n  score: {sum: share, from: marks}\n'
    )

    assert "LINT_FRACTIONS_COMPARED" not in {one.code for one in problems(MARKS + columns)}


def test_the_column_that_brings_the_fractions_is_named_and_no_step_of_the_incentive(
    problems: Problems,
) -> None:
    text = (
        ORDERS
        + """measures: {sales: {sum: amount, from: orders}, deals: {count: rows, from: orders}}
columns:
  weight: {each: orders, is: "1 / deals"}
  part: {each: orders, is: "amount * weight"}
  mean_deal: {sum: part, from: orders}
incentives: {commission: {steps: [{base: mean_deal}, {gate: mean_deal >= 100}, {cap: 500}]}}
"""
    )

    [found] = [one for one in problems(text) if one.code == "LINT_FRACTIONS_COMPARED"]

    assert (found.values["by"], found.values["name"]) == ("commission", "mean_deal")


def test_a_column_that_an_example_expects_is_used(problems: Problems) -> None:
    text = (
        ORDERS
        + """columns: {company: {each: [month], sum: amount, from: orders}}
examples: [{name: none, period: 2026-01, given: {orders: []}, expect: {%s: 0}}]
"""
    )

    def unused(column: str) -> list[object]:
        found = problems(text % column)
        return [one.values["name"] for one in found if one.code == "LINT_UNUSED"]

    assert unused("company") == []
    assert unused("orders") == ["company"]


@pytest.mark.parametrize(
    ("divisor", "is_noted"),
    [
        ("min(3, position())", False),
        ("1 + position()", False),
        ("max(1, sold)", False),
        ("min(3, sold)", True),
        ("position() - 1", True),
    ],
)
def test_a_divisor_that_is_never_zero_is_not_noted(
    problems: Problems, divisor: str, is_noted: bool
) -> None:
    text = (
        ORDERS
        + """orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns: {sold: {each: [seller, month], count: rows, from: orders}}
formulas: {part: {each: orders, along: in_time, is: "10 / (%s)"}}
"""
    )

    codes = {one.code for one in problems(text % divisor)}

    assert ("PLAN_DIV_UNGUARDED" in codes) is is_noted


@pytest.mark.parametrize(
    ("divisor", "is_noted"),
    [
        ("period_until - period_start", False),
        ("period_end - period_start + 1", False),
        ("period_end - period_start", True),
    ],
)
def test_no_period_is_without_days(problems: Problems, divisor: str, is_noted: bool) -> None:
    found = problems(ORDERS + f'formulas: {{part: {{is: "1 / ({divisor})"}}}}\n')

    assert ("PLAN_DIV_UNGUARDED" in {one.code for one in found}) is is_noted
