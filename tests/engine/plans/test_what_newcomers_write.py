"""What somebody writes who is new here: every mistake is told with its place and what to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, render
from attain.engine.examples import test_plan as tried

HEAD = """plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}
measures:
  sold: {sum: amount, from: orders}
"""

MISTAKES = [
    ("指标:\n  more: {sum: amount, from: orders}\n", 11, "measures", "measures"),
    ("columns:\n  more: {求和: amount, from: orders}\n", 12, "“求和”；可以写：sum", "sum"),
    ("Columns:\n  more: {sum: amount, from: orders}\n", 11, "columns", "columns"),
    (
        "tables: {t: {bands: {0: 1%, 1000: 2%}}}\n",
        11,
        "“键和值”不能接受：应为列表",
        "a list is expected",
    ),
    ("formulas:\n  - x: sold\n", 12, "“列表”不能接受", "“a list” is not accepted"),
    ('formulas: {x: "if(sold > 1万, 5, 0)"}\n', 11, "数字要写全：10000", "in digits: 10000"),
    ('columns: {x: "amount * 2%"}\n', 11, "在这一列写 each: orders", "say each: orders at this"),
    ('formulas: {x: "sold * .05"}\n', 11, "1234.50 或 0.05", "1234.50 or 0.05"),
    ('formulas: {x: "sum(amount where sold > 1)"}\n', 11, "汇总写成一列", "a column of its own"),
    ('formulas: {x: "median(sold)"}\n', 11, "“中位数和前四分之一”", "“The median, and the top"),
    ('formulas: {x: "sqrt(9)"}\n', 11, "“开平方”", "“A square root”"),
    ('formulas: {x: "max(sold, 10,500)"}\n', 11, "写成 10500", "write 10500"),
    ('formulas: {x: "sold + 1\n', 11, "引号没有成对", "a quotation mark is not closed"),
    ("formulas: {x: sold\n\n", 11, "花括号“{”没有成对", "a brace “{” is not closed"),
    ("formulas:\n  x: sold\n y: sold\n", 13, "没有对齐", "the indentation differs"),
    ("formulas:\n\tx: sold\n", 12, "制表符", "a tab"),
    ("formulas: {x: {is: sold}，y: sold}\n", 11, "中文逗号", "a Chinese comma"),
    ("formulas：\n  x: sold\n", 11, "全角冒号", "“：” is written"),
    ("formulas: {x：sold}\n", 11, "全角冒号", "“：” is written"),
    ("formulas: {x：{is: sold}}\n", 11, "全角冒号", "“：” is written"),
    ("tables: {t: {bands: [{from: 0％，is: 1}]}}\n", 11, "中文逗号", "a Chinese comma"),
    ('formulas: {x: "如果(sold > 1，2；3)"}\n', 11, "参数之间用逗号", "Commas stand between"),
    ('formulas: {x: "如果(sold 大于 1, 2, 3)"}\n', 11, "比较用符号写", "are written with signs"),
    ('formulas: {x: "如果(sold大于1, 2, 3)"}\n', 11, "比较用符号写", "are written with signs"),
    ('formulas: {x: "sold * 百分之五"}\n', 11, "百分之五写 5%", "Five percent is 5%"),
    ('formulas: {x: "sold * 千分之五"}\n', 11, "千分之三写 3‰", "Five percent is 5%"),
    ("formulas: {x: {is: sold, unit: 金额}}\n", 11, "写其中一个：money。", "one of these: money."),
    (
        "formulas: {x: {is: sold, round: 保留两位小数}}\n",
        11,
        "保留2位小数写 0.01；比率按百分数保留2位小数写 0.0001",
        "Write 0.01 for 2 decimals",
    ),
    ("formulas: {x: {is: sold, round: 2 decimals}}\n", 11, "写 0.01；", "0.01 for 2 decimals"),
    ("formulas: {x: {is: sold, round: 四舍五入到元}}\n", 11, "到元写 1。", "Write 1."),
    ("formulas: {x: {is: sold, round: 向下取整}}\n", 11, "{step: 1, mode: floor}", "mode: floor"),
    ("formulas: {x: {is: sold, round: 取整}}\n", 11, "四舍五入到整数写 1", "nearest whole number"),
    ("formulas: {x: {is: sold, round: cents}}\n", 11, "保留两位小数写 0.01", "two decimals"),
    (
        "grades: {g: {of: sold, bands: [{is: A}, {is: B}, {otherwise: C}], quotas: {B: 前30%}}}\n",
        11,
        "还是连同前面的等级占 30%",
        "with the grades before it",
    ),
    (
        "grades: {g: {of: sold, bands: [{is: A}, {otherwise: C}], quotas: {A: 前3名}}}\n",
        11,
        "写成 3，这里要写比例",
        "says 3, and a share is wanted",
    ),
    (
        "formulas: {x: {is: sold, round: {step: 1, mode: 四舍五入}}}\n",
        11,
        "可选：half_up",
        "it can be half_up",
    ),
    ('formulas: {x: "上年同期(sold)"}\n', 11, "shift: -1 month}，上年同期", "a year ago -1 year"),
    (
        "columns: {x: {sum: amount, from: orders, in: 去年同期}}\n",
        11,
        "shift: -1 year",
        "shift: -1 year",
    ),
    ("parameters: {p: 3000元}\nformulas: {x: p}\n", 11, "数字要写全：3000", "in digits: 3000"),
    (
        "parameters: {p: 2026年3月5日}\nformulas: {x: p}\n",
        11,
        "日期写作 2026-03-05",
        "written 2026-03-05",
    ),
    ('formulas: {x: "sold * 七成"}\n', 11, "百分数：70%", "in per cent: 70%"),
    ("scorecard: {s: {rows: [{row: a, weight: 60分, score: 1}]}}\n", 11, "写全：60", "digits: 60"),
    (
        "scorecard: {s: {rows: [{row: a, weight: 0.6, score: 1}, "
        "{row: b, weight: 0.4, score: 1}]}}\n",
        11,
        "60% 写 60",
        "Write 60, or 60%.",
    ),
    ('formulas: {x: "sold * 85折"}\n', 11, "百分数：85%", "in per cent: 85%"),
    ("incentives: {i: {steps: [{基数: sold}]}}\n", 11, "“基数”；可以写：base", "base"),
    ('formulas: {x: "sold + 100元"}\n', 11, "数字要写全：100，不带单位", "in digits: 100"),
    ('formulas: {x: "【sold】 * 2"}\n', 11, "名称直接写", "without brackets"),
    ('formulas: {x: "如果 sold > 1 那么 2 否则 3"}\n', 11, "条件取值写 if(", "write if("),
    ('formulas: {x: "sold的2%"}\n', 11, "百分之五写 5%", "Five percent is 5%"),
    ("columns: {x: {count: \"seller是'a'\", from: orders}}\n", 11, "比较用符号写", "with signs"),
    (
        "columns: {x: {each: [seller, 月], sum: amount, from: orders}}\n",
        11,
        "“月”写 month",
        "month",
    ),
    (
        "columns: {x: {sum: amount, from: orders, in: 近三个月}}\n",
        11,
        "in: last 3 months",
        "last 3",
    ),
    ("columns: {x: {sum: amount, from: orders, in: 季初至今}}\n", 11, "quarter to date", "quarter"),
    ("tables: {t: {bands: [{until: 10万以下, is: 1}]}}\n", 11, "{until: 100000}", "100000"),
    ("incentives: {i: {steps: [{base: sold}], pay: [{on: 次月10日}]}}\n", 11, "month + 1", "+ 1"),
    ('formulas: {x: "求和(sold)"}\n', 11, "单独的一列", "a column of its own"),
    ("label: 制度: 第四条\n", 11, "含冒号的文字没有加引号", "a text with a colon needs quotes"),
    ("measures:\n  more: {sum: amount, from: orders}\n", 11, "写了两次", "is written twice"),
    ('formulas: {x: "switch(sold, 1, 2)"}\n', 11, "可以连写", "if(a = 1, x, a = 2, y, z)"),
    ('formulas: {x: "attainment(sold)"}\n', 11, "实际除以目标", "sales / target(sales)"),
    ('formulas: {x: "sold / target.sold"}\n', 11, "写成 target(sold)", "Write target(sold)"),
    ('formulas: {x: "orders"}\n', 11, "先汇总成一列", "gather them into a column"),
    ('formulas: {x: "if(!(sold > 1), 1, 2)"}\n', 11, "非 (a > b)", "not (a > b)"),
    ('formulas: {x: "if(sold => 1, 1, 2)"}\n', 11, "等号在后", "the = stands last"),
    ('formulas: {x: "if sold > 1 then 2"}\n', 11, "if(条件, 值, 否则)", "if(condition, value"),
    ('formulas: {x: "sold % 2"}\n', 11, "mod(a, b)", "mod(a, b)"),
    ('formulas: {x: "sold + 100 CNY"}\n', 11, "金额只写数字", "written as a number"),
    ('formulas: {x: "if(sold = null, 1, 2)"}\n', 11, "is_missing(x)", "is_missing(x)"),
    ("formulas: {x: \"'a' + 'b'\"}\n", 11, "concat(a, b)", "concat(a, b)"),
    ('formulas: {x: "=SUM(sold)"}\n', 11, "把开头的 = 去掉", "leave the first = out"),
    ('formulas: {x: "sold / 目标(sould)"}\n', 11, "相近的有：sold", "close names: sold"),
    (
        "formulas: {nth: month(period_start) + 1, least: 3000 / nth}\n"
        "incentives: {i: {steps: [{base: sold}, {floor: least}]}}\n",
        12,
        "least: {..., unit: money}",
        "least: {..., unit: money}",
    ),
]


@pytest.mark.parametrize(("body", "line", "zh", "en"), MISTAKES, ids=lambda one: str(one)[:24])
def test_a_mistake_is_told_where_it_stands_and_what_to_write(
    problems: Callable[[str], tuple[Problem, ...]], body: str, line: int, zh: str, en: str
) -> None:
    found = problems(HEAD + body)

    for language, said in (("zh-Hans", zh), ("en", en)):
        told = [render(one, language) for one in found]
        fits = [
            one
            for one, words in zip(found, told, strict=True)
            if said in f"{words.message} {words.remedy}"
        ]
        assert fits, [f"{one.message} {one.remedy}" for one in told]
        assert fits[0].where is not None
        assert fits[0].where.line == line


@pytest.mark.parametrize(
    ("period", "given", "line"),
    [("2026-1", "{id: a, seller: li, amount: 5}", 12), ("2026-01", "{day: 5, amount: 5}", 14)],
)
def test_a_mistake_in_an_example_is_told_with_its_place(period: str, given: str, line: int) -> None:
    example = f"""examples:
  - name: one
    period: {period}
    given: {{orders: [{given}]}}
    expect: {{sold: {{seller: li, is: 5}}}}
"""
    [found] = tried(HEAD + example, file="plan.yaml")

    [told] = found.problems
    assert told.where is not None
    assert (told.where.file, told.where.line) == ("plan.yaml", line)


def test_a_calendar_of_an_example_is_told_with_its_place(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    example = """examples:
  - name: one
    given:
      calendars:
        - {calendar: retail, kind: month, label: M01, from: 2026-02-01, until: 2026-03-01}
        - {calendar: retail, kind: month, label: M02, from: 2026-03-05, until: 2026-04-01}
    runs: []
"""
    found = {one.code: one.where for one in problems(HEAD + example)}

    where = found["CALENDAR_GAP"]
    assert where is not None
    assert (where.file, where.line) == ("plan.yaml", 15)


def test_a_plan_whose_colons_are_all_full_width_is_told_so(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    (found,) = problems("plan：p\nperiod：month\n")

    assert "全角冒号" in render(found).message


def test_chinese_words_and_signs_mean_what_their_english_ones_do(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    """One note tells of full-width signs, however many there are."""
    words = '  x: "如果（sold ＞ 1 并且 sold ＜ 5 或者 非 （sold ≠ 3），2，3）"\n'
    found = problems(f'{HEAD}formulas:\n{words}  y: "取大（sold，2）"\n')

    assert [one.code for one in found] == ["PLAN_SIGNS_NORMALISED", "LINT_NO_EXAMPLES"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("quarterly", "quarter"), ("half", "half_year"), ("季度", "quarter"), ("annual", "year")],
)
def test_the_kind_of_period_that_was_meant_is_told_first(
    problems: Callable[[str], tuple[Problem, ...]], said: str, meant: str
) -> None:
    (found,) = problems(HEAD.replace("period: month", f"period: {said}"))

    assert found.code == "PLAN_PERIOD_KIND"
    assert render(found, "en").remedy.startswith(f"Write one of these: {meant},")
