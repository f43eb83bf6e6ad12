"""What people write who know spreadsheets and other languages, and what they are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, Severity, render

PLAN = """plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}
tables:
  rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}
measures:
  sales: {sum: amount, from: orders}
formulas:
  pay: "whole(rates, sales)"
"""
RANKED = '{within: all, is: "rank(sales, seller)"}\n'
OF_SELLER = RANKED + "groups: {all: {of: seller}}"
BY_UNIT = RANKED + "groups: {all: {of: [seller, month], per: [seller.position]}}"
WITH_WHERE = (
    "{where: sales > 0, within: all, is: rank(sales)}\ngroups: {all: {of: [seller, month]}}"
)
HALVES = """
  days: {count: rows, from: orders}
  half: {is: "1.5", unit: ratio}
  left: "half - days\""""
MEASURE, FORMULA = "{sum: amount, from: orders}", '"whole(rates, sales)"'

Problems = Callable[[str], tuple[Problem, ...]]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "line", "told"),
    [
        (FORMULA, '"=sales * 5%"', "PLAN_SYNTAX", 14, "leave the first = out"),
        (FORMULA, '"VLOOKUP(sales, rates, 2)"', "PLAN_UNKNOWN_FUNCTION", 14, "value(table"),
        (FORMULA, '"IFERROR(sales, 0)"', "PLAN_UNKNOWN_FUNCTION", 14, "if_missing(x, 0)"),
        (FORMULA, '"ROUNDUP(sales, 2)"', "PLAN_UNKNOWN_FUNCTION", 14, "round(x, 0.01, 'up')"),
        ("{from: 1000, is: 5%}", "{from: 1000, is: 面议}", "TIER_WORD", 10, "no_data('面议')"),
        (FORMULA, '"AND(sales > 1, sales < 2)"', "PLAN_UNKNOWN_FUNCTION", 14, "write and, or"),
        (FORMULA, '"若(sales > 1, 2, 3)"', "PLAN_UNKNOWN_FUNCTION", 14, "if(condition, value"),
        (FORMULA, '"孰低(sales, 500)"', "PLAN_UNKNOWN_FUNCTION", 14, "min(a, b)"),
        (FORMULA, '"保留两位小数(sales)"', "PLAN_UNKNOWN_FUNCTION", 14, "round(x, 0.01)"),
        (FORMULA, '"sales * 3个点"', "PLAN_UNKNOWN_NAME", 14, "Five percent is 5%"),
        (FORMULA, '"if(sales 达到 5000, 1, 2)"', "PLAN_SYNTAX", 14, "written with signs"),
        (FORMULA, '"上月sales + 1"', "PLAN_UNKNOWN_NAME", 14, "{of: sales, shift: -1 month}"),
        (FORMULA, '"去年同期sales"', "PLAN_UNKNOWN_NAME", 14, "shift: -1 year"),
        ("seller: people, a", "seller: text, a", "PLAN_LINK_MISSING", 12, "seller: people"),
        (FORMULA, '"sales > 9 ? 1 : 2"', "PLAN_SYNTAX", 14, "if(condition, value"),
        (FORMULA, '"case when sales > 9 then 1 end"', "PLAN_SYNTAX", 14, "if(condition, value"),
        (FORMULA, '"if(sales between 1 and 3, 1, 2)"', "PLAN_SYNTAX", 14, "n >= 1 and n <= 3"),
        (FORMULA, '"5% of sales"', "PLAN_SYNTAX", 14, "sales * 5%"),
        (FORMULA, '"min(sales, $500)"', "PLAN_SYNTAX", 14, "written as a number"),
        (FORMULA, '"sales + ¥500"', "PLAN_SYNTAX", 14, "written as a number"),
        (FORMULA, '"SELECT SUM(amount) FROM orders"', "PLAN_SYNTAX", 14, "{sum: amount, from: "),
        (MEASURE, "{sum: amount, from: orders, where: “amount > 0”}", "PLAN_TYPE", 12, "outer q"),
        (MEASURE, "{sum: amount, from: orders, in: 本年累计}", "PLAN_WINDOW", 12, "year to"),
        (MEASURE, "{sum: amount, from: orders, in: 近6个月}", "PLAN_WINDOW", 12, "last 6 months"),
        (MEASURE, "{sum: amount, from: orders, in: 上季度}", "PLAN_WINDOW", 12, "-1 quarter is"),
        (FORMULA, "\"rates['a'] * sales\"", "PLAN_SYNTAX", 14, "value(table, x)"),
        (FORMULA, '"tiered(rates, sales)"', "PLAN_UNKNOWN_FUNCTION", 14, "marginal(table, x)"),
        (FORMULA, '"YTD(sales)"', "PLAN_UNKNOWN_FUNCTION", 14, "in: year to date"),
        (FORMULA, '"rank(sales asc)"', "PLAN_SYNTAX", 14, "rank(-x)"),
        (MEASURE, "{sum: amount, from: orders, where: id in promo}", "PLAN_SYNTAX", 12, "any: "),
        (MEASURE, "{count: distinct seller, from: orders}", "PLAN_SYNTAX", 12, "{distinct: "),
        (FORMULA, '"extra + sales"\n  extra: "80.00 + 20"', "PLAN_TYPE", 14, "extra: {is: ..., "),
        (FORMULA, '"rates(sales)"', "PLAN_UNKNOWN_FUNCTION", 14, "value(rates, number)"),
        (FORMULA, '"sales * rates"', "PLAN_UNKNOWN_NAME", 14, "value(rates, number)"),
        (FORMULA, '"amount * 5%"', "PLAN_UNKNOWN_NAME", 14, "{sum: amount, from: orders}"),
        (FORMULA, '"orders.amount * 5%"', "PLAN_UNKNOWN_NAME", 14, "{sum: amount, from: "),
        (FORMULA, '"5% - floor((period_end - 2026-01-01) / 30)"', "PLAN_TYPE", 14, "unit: ratio"),
        (FORMULA, '"6% + floor(sales / 2) * 1%"', "PLAN_TYPE", 14, "floor(ratio_of(sales, 100))"),
        (FORMULA, '{is: "sales / sales", unit: money}', "PLAN_TYPE", 14, "exchange(formula"),
        (FORMULA, '"if(sales > 9, upper second, b)"', "PLAN_SYNTAX", 14, "Check the operators"),
        (FORMULA, '"not passed at all"', "PLAN_SYNTAX", 14, "\"'not passed at all'\""),
        (FORMULA, '"sales / target(revenue)"', "PLAN_TARGET_UNKNOWN", 14, "close names: "),
        (FORMULA, '"if(seller.position = 1, sales, 0)"', "PLAN_UNKNOWN_NAME", 14, "post.position"),
        (FORMULA, '"sales * zzzzzz"', "PLAN_UNKNOWN_NAME", 14, "Known here: "),
        (FORMULA, OF_SELLER, "PLAN_GROUP_ELSEWHERE", 14, "of: [seller, month]"),
        (FORMULA, BY_UNIT, "PLAN_UNKNOWN_NAME", 15, "post.position"),
        (FORMULA, WITH_WHERE, "PLAN_WHERE_OF_GROUP", 14, "Move where: sales > 0"),
        (MEASURE, "{sum: amount, form: orders}", "FIELD_UNKNOWN", 12, ""),
        (MEASURE, "{count: orders}", "PLAN_FROM_NEEDED", 12, "{count: rows, from: orders}"),
        (MEASURE, "{sum: orders}", "PLAN_FROM_NEEDED", 12, "{sum: column, from: orders}"),
        (MEASURE, "{sum: amount, from: orders, label: {en: Sold, net}}", "YAML_CUT", 12, "quotation"),  # noqa: E501
        (MEASURE, "{sum: amount, from: orders, in: ytd}", "PLAN_WINDOW", 12, "year to date is"),
        (MEASURE, "{sum: amount, from: orders, in: last quarter}", "PLAN_WINDOW", 12, "shift: -1"),
        (
            MEASURE,
            "{sum: amount, from: orders, in: year, shift: -1 year}",
            "PLAN_WINDOW",
            12,
            'in: {from: "year_start(add_years(period_start, -1))", until: "year_start(',
        ),
        (MEASURE, "{each: [orders, month], sum: amount, from: orders}", "PLAN_GRAIN_SHAPE", 12, "subjects: {shop"),  # noqa: E501
        (MEASURE, MEASURE + HALVES, "PLAN_TYPE", 15, "{type: count, scale: 2}"),
        (MEASURE, '{sum: amount, from: orders, where: "id = amounts"}', "PLAN_UNKNOWN_NAME", 12, "A text stands in quotes: 'amounts'"),  # noqa: E501
        (MEASURE, "{avg: amount, from: orders}", "FIELD_UNKNOWN", 12, ""),
        (MEASURE, "{each: sellers, sum: amount, from: orders}", "PLAN_DATASET_UNKNOWN", 12, "ll"),
        ("{type: money, required: true}", "decimal", "PLAN_SOURCE_TYPE", 8, "money"),
        ("plan: p", "plan：p", "YAML_SYNTAX", 1, ""),
        ("period: month", "period:month", "YAML_SYNTAX", 2, ""),
        ("  pay:", "\tpay:", "YAML_SYNTAX", 14, ""),
    ],
)  # fmt: skip
def test_the_first_thing_told_is_what_to_write(
    problems: Problems, right: str, wrong: str, code: str, line: int, told: str
) -> None:
    errors = [one for one in problems(PLAN.replace(right, wrong)) if one.severity is Severity.error]

    assert [one.code for one in errors] == [code], "no second error for the same mistake"
    assert errors[0].where is not None
    assert errors[0].where.line == line
    assert told in render(errors[0], "en").remedy
    assert render(errors[0], "zh-Hans").remedy


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ("{steps: [{base: pay}], pay: day 10 of month + 1}", "FIELD_INVALID", "“pay”: a list"),
        ("{steps: [{base: pay}], true_up: [year]}", "FIELD_INVALID", "such as restart"),
        ("{steps: [{base: pay}, {max: 100}]}", "FIELD_UNKNOWN", "these are: cap"),
        ("{steps: [{base: pay}, {when: sales > 3}]}", "FIELD_UNKNOWN", "these are: gate"),
        ("sales * 5%", "FIELD_INVALID", "participant, steps"),
    ],
)
def test_an_incentive_is_told_in_its_own_words(
    problems: Problems, written: str, code: str, told: str
) -> None:
    (error,) = problems(f"{PLAN}incentives: {{paid: {written}}}\n")

    assert error.code == code
    assert told in render(error, "en").message


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("plan: p", "plan：p", "全角冒号"),
        ("  pay:", "\tpay:", "制表符"),
        ("period: month", "period:month", "冒号后面要有空格"),
        (MEASURE, "{avg: amount, from: orders}", "mean"),
        (MEASURE, MEASURE + "\nconstants: {a: 1}", "parameters"),
        (MEASURE, "{sum: amount, form: orders}", "from"),
    ],
)
def test_what_is_written_otherwise_is_named(
    problems: Problems, right: str, wrong: str, told: str
) -> None:
    assert told in render(problems(PLAN.replace(right, wrong))[0], "zh-Hans").message


def test_a_relation_that_is_wrong_is_told_once(problems: Problems) -> None:
    stacked = PLAN + (
        "relations:\n"
        "  both:\n"
        "    stack: [{name: one, from: orders, give: {seller: seller, amount: amount}}]\n"
        "    key: [id]\n"
        "    date: on_day\n"
        "columns:\n"
        "  first: {each: both, is: amount}\n"
        "  second: {each: both, is: amount}\n"
    )

    found = [one for one in problems(stacked) if one.severity is Severity.error]

    assert [one.code for one in found] == ["PLAN_RELATION_SHAPE"]
    assert "which no part gives" in str(found[0].values["fault"])


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("right.month_start >= on_day", "The right side has "),
        ("right.pay > 0", "“pay” is calculated"),
    ],
)
def test_a_pair_says_which_columns_its_right_side_has(
    problems: Problems, condition: str, told: str
) -> None:
    pair = f'relations: {{later: {{pair: [orders, [seller, month]], where: "{condition}"}}}}\n'
    pair += "columns: {late: {each: later, is: '1'}}\n"

    (error,) = (one for one in problems(PLAN + pair) if one.severity is Severity.error)

    assert error.code == "PLAN_UNKNOWN_NAME"
    assert told in render(error, "en").remedy


def test_the_first_day_of_a_period_on_the_right_is_called_as_elsewhere(
    problems: Problems,
) -> None:
    where = '"right.period_start >= on_day and right.period_from >= on_day"'
    pair = f"relations: {{later: {{pair: [orders, [month]], where: {where}}}}}\n"
    pair += "columns: {late: {each: later, is: '1'}}\n"

    assert all(one.severity is not Severity.error for one in problems(PLAN + pair))


@pytest.mark.parametrize("formula", ["sales - 50 * number", "50 * number - sales"])
def test_a_bare_factor_is_an_amount_on_either_side(problems: Problems, formula: str) -> None:
    plan = PLAN.replace(FORMULA, f'"{formula}"\n  number: "position_of + 1"\n  position_of: "3"')

    assert all(one.severity is not Severity.error for one in problems(plan))


def test_a_dimension_of_a_column_that_is_not_there_is_told_where_it_stands(
    problems: Problems,
) -> None:
    plan = PLAN.replace(
        "measures:", "dimensions: {line: {from: orders, column: lien}}\nmeasures:", 1
    )
    plan = plan.replace("{sum: amount", "{each: [seller, month, line], sum: amount", 1)

    (found,) = (one for one in problems(plan) if one.code == "PLAN_COLUMN_UNKNOWN")

    assert found.where is not None
    assert "lien" in plan.splitlines()[(found.where.line or 0) - 1]


def test_codes_of_different_datasets_are_told_what_would_make_them_equal(
    problems: Problems,
) -> None:
    text = PLAN.replace("id: code", "id: code, team: units") + (
        'columns:\n  odd: {each: orders, is: "if(team = seller, 1, 0)"}\n'
    )

    found = [one for one in problems(text) if one.severity is Severity.error]

    assert [one.code for one in found] == ["PLAN_TYPE"]
    assert "keys of different datasets" in render(found[0], "en").remedy
    assert "不同数据集的编号" in render(found[0], "zh-Hans").remedy


LISTED = """plan: p
period: month
subjects: {seller: people}
sources:
  staff: {KEY columns: {person: people, grade: {type: text, required: true}}}
formulas: {pay: "if(seller.grade = 'A', 100.00, 50.00)"}
"""


@pytest.mark.parametrize(
    ("key", "match"),
    [
        ("key: [person],", "own: {match: staff, link: {person: seller}}"),
        (
            "key: [person, effective_from], dated: true,",
            "own: {match: staff, link: {person: seller}, at: period end}",
        ),
    ],
)
def test_what_a_list_says_of_a_person_is_told_to_be_matched(
    key: str, match: str, problems: Problems
) -> None:
    told = [one for one in problems(LISTED.replace("KEY", key)) if one.code == "PLAN_UNKNOWN_NAME"]

    assert told
    assert match in render(told[0], "en").remedy
    assert match in render(told[0], "zh-Hans").remedy
    assert "own.grade" in render(told[0], "en").remedy


@pytest.mark.parametrize(
    ("formula", "remedy"),
    [
        ("if(sales in [100, 200], 1, 0)", "kind in ('A', 'B')"),
        ("sales / target", "target(sales)"),
        ("sales / quota", "target(sales)"),
    ],
)
def test_lists_and_targets_are_told_how_they_are_written(
    formula: str, remedy: str, problems: Problems
) -> None:
    told = problems(PLAN.replace('"whole(rates, sales)"', f'"{formula}"'))
    errors = [one for one in told if one.severity is Severity.error]

    assert remedy in render(errors[0], "en").remedy
    assert render(errors[0], "zh-Hans").remedy


def test_an_incentive_may_be_called_as_one_of_its_keys(problems: Problems) -> None:
    """What may be written there is told of incentives, not of the key `pay`."""
    (missing, unknown) = problems(PLAN + 'incentives: {pay: {base: "sales * 5%"}}\n')

    assert missing.values["key"] == "steps"
    assert "steps" in unknown.values["known"]
    assert "receipts" not in unknown.values["known"]


def test_credits_of_points_are_told_to_say_their_unit(problems: Problems) -> None:
    columns = "{type: money, required: true}"
    text = PLAN.replace(columns, "{type: points, required: true}").partition("tables:")[0]
    rules = "[{rule: direct, participant: seller}]"
    credits_ = f"credits: {{got: {{from: orders, amount: amount, rules: {rules}}}}}\n"

    [found] = [one for one in problems(text + credits_) if one.code == "PLAN_TYPE"]

    assert all("unit: points" in render(found, one).remedy for one in ("en", "zh-Hans"))


def test_no_name_that_a_form_made_is_offered(problems: Problems) -> None:
    text = f"{PLAN}incentives: {{prize: {{steps: [{{base: sales}}, {{multiply: prize_base}}]}}}}\n"

    [found] = [one for one in problems(text) if one.code == "PLAN_UNKNOWN_NAME"]

    assert "prize_1_base" not in str(found.values["remedy"])


def test_rows_of_the_plan_need_no_other_name_where_theirs_is_chinese(problems: Problems) -> None:
    rates = "  费率: {key: [线], columns: {线: code, 比例: ratio}, rows: [{线: A, 比例: 5%}]}\n"
    text = PLAN.replace("sources:\n", f"sources:\n{rates}")
    text = text.replace("columns: {id: code,", "columns: {id: code, line: 费率,")
    line = 'columns: {line_pay: {each: orders, is: "amount * line.比例"}}\n'

    assert not [one for one in problems(text + line) if one.severity is Severity.error]


@pytest.mark.parametrize(
    ("of_team", "codes"), [("own.team", []), ("3", ["PLAN_LINK_MISSING", "PLAN_GRAIN"])]
)
def test_a_calculated_column_says_whose_the_rows_are(
    of_team: str, codes: list[str], problems: Problems
) -> None:
    """Its name is the subject's; where it is nobody's key, a link is still asked for."""
    text = PLAN.replace("{seller: people}", "{seller: people, team: units}")
    staff = "  staff: {key: [seller], columns: {seller: people, team: units}}\n"
    text = text.replace("sources:\n", f"sources:\n{staff}")
    columns = f"""columns:
  own: {{match: staff, where: "seller = this.seller"}}
  team: {{is: "{of_team}"}}
  team_sales: {{each: [team, month], sum: sales, from: [seller, month]}}
  part_of_team: "sales / team_sales"
"""

    found = [one.code for one in problems(text + columns) if one.severity is Severity.error]

    assert sorted(found) == sorted(codes)


@pytest.mark.parametrize(
    ("root", "column"),
    [
        ("standard", "share: standard * 2"),
        ("prices", 'share: "marginal(prices, 3)"'),
        ("share", "share: 3 * 150.00"),
    ],
)
def test_an_amount_made_of_plain_numbers_names_where_they_are_written(
    root: str, column: str, problems: Problems
) -> None:
    """The step of the prize reads a column that reads them; the unit is missing at their root."""
    text = PLAN.replace("measures:\n", "  prices: {bands: [{from: 0, is: 2.8}]}\nmeasures:\n")
    text = text.replace("formulas:\n", f"formulas:\n  {column}\n")
    text += "parameters: {standard: {is: 50.00}}\n"
    text += "incentives: {prize: {steps: [{base: -share}]}}\n"

    [found] = [one for one in problems(text) if one.code == "PLAN_TYPE"]

    told = f"{root}: {{..., unit: money}}"
    assert all(told in render(found, one).remedy for one in ("en", "zh-Hans"))


def test_what_both_sides_have_is_offered_as_the_link(problems: Problems) -> None:
    calls = (
        "  calls: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}\n"
    )
    text = PLAN.replace("tables:\n", f"{calls}tables:\n")
    text += "columns: {calls_then: {each: orders, count: rows, from: calls}}\n"

    [found] = [one for one in problems(text) if one.code == "PLAN_LINK_MISSING"]

    assert "两边都有“seller”，按它对应的写 link: {seller: seller}" in render(found).remedy
    assert "Both have “seller”: to go by it, link: {seller: seller}." in render(found, "en").remedy


@pytest.mark.parametrize(
    ("period", "kind", "told"),
    [
        ("month", "quarter", "_from <= this.period_start and "),
        ("quarter", "month", "_from >= this.period_start and "),
    ],
)
def test_a_mark_of_another_kind_of_period_is_found_by_its_days(
    period: str, kind: str, told: str, problems: Problems
) -> None:
    """A monthly plan reads the mark of the quarter."""
    marks = (
        "  marks: {key: [seller, time], columns: {seller: people, time: period, mark: points}}\n"
    )
    text = PLAN.replace("period: month", f"period: {period}")
    text = text.replace("tables:\n", f"{marks}tables:\n")
    where = f"seller = this.seller and time = this.{kind}"
    text += f'columns: {{own: {{match: marks, where: "{where}"}}}}\n'

    [found] = [one for one in problems(text) if one.code == "PLAN_UNKNOWN_NAME"]

    assert f"column{told}" in render(found, "en").remedy
    assert f"这里的一行是一个 {period}，不是一个 {kind}" in render(found).remedy


@pytest.mark.parametrize(
    ("written", "told"),
    [("sales >= 5000", "if(condition, 300, 0)"), ("if(sales >= 5000, 'A', 'B')", "keys {A: 1.2")],
)
def test_pay_made_of_a_condition_or_a_text_is_not_told_to_be_an_amount(
    written: str, told: str, problems: Problems
) -> None:
    text = PLAN.replace('"whole(rates, sales)"', f'"{written}"')

    [found] = problems(text + "incentives: {prize: {steps: [{base: pay}]}}\n")

    assert told in render(found, "en").remedy
    assert "unit: money" not in render(found, "en").remedy


def test_a_column_over_a_link_is_told_with_the_link(problems: Problems) -> None:
    told = problems("""plan: p
period: month
subjects: {guest: people}
sources:
  bills: {key: [bill], columns: {bill: bills, tax: {type: money, required: true}}}
  seats: {key: [bill, guest], columns: {bill: bills, guest: people, weight: count}}
columns:
  tax_part: {each: seats, share_out: tax, by: weight, within: [bill]}
""")

    (found,) = [one for one in told if one.severity is Severity.error]
    assert "write bill.tax" in (render(found, "en").remedy or "")
