"""Tables: edges, shapes and readings (language.md 22 to 26)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, render
from attain.engine.primitives.model import Formula, ResolvedPlan

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]
Problems = Callable[[str], tuple[Problem, ...]]

HEAD = """
plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: on_day
    columns:
      order_id: code
      on_day: {type: date, required: true}
      seller: {type: people, required: true}
      amount: {type: money, required: true}
measures: {sales: {sum: amount, from: orders}, n: {count: rows, from: orders}}
formulas: {a: "%s"}
tables: {t: %s}
"""


def _node(plan: ResolvedPlan, written: Written) -> str:
    made = plan.relations["seller_month"].columns["a"].made
    assert isinstance(made, Formula)
    return written(made.node)


@pytest.mark.parametrize(
    ("reading", "table", "expected"),
    [
        (
            "value(t, n)",
            "{bands: [{from: 20, is: A}, {from: 10, is: B}, {otherwise: C}]}",
            "value(t, n)[[10, 20): 'B'; [20, -): 'A'; 'C']",
        ),
        (
            "value(t, n)",
            "{bands: [{to: 10, is: low}, {to: 20, is: mid}, {above: 20, is: high}]}",
            "value(t, n)[(-, 10]: 'low'; (10, 20]: 'mid'; (20, -): 'high'; -]",
        ),
        (
            "value(t, department)",
            "{keys: {Sales: 2%, 售后: 1%}}",
            "value(t, department)['Sales': 0.02; '售后': 0.01; -]",
        ),
        (
            "whole(t, n, sales)",
            "{bands: [{from: 0, is: 2%}, {from: 10, is: 3%}]}",
            "whole(t, n * sales)[[0, 10): 0.02; [10, -): 0.03; -]",
        ),
    ],
)
def test_a_table_is_read_for_its_input(
    reading: str, table: str, expected: str, resolved: Resolve, written: Written
) -> None:
    assert _node(resolved(HEAD % (reading, table)), written) == expected


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (
            "{until: 80, is: 1}, {from: 80, to: 120, is: 2}, {above: 120, is: 3}",
            "[-, 80): 1; [80, 120]: 2; (120, -): 3",
        ),
        (
            "{above: 120, is: 3}, {to: 120, is: 2}, {until: 80, is: 1}",
            "[-, 80): 1; [80, 120]: 2; (120, -): 3",
        ),
        ("{from: 80, is: 1}, {above: 120, is: 2}", "[80, 120]: 1; (120, -): 2"),
        ("{above: 80, until: 120, is: 1}, {from: 120, is: 2}", "(80, 120): 1; [120, -): 2"),
    ],
)
def test_each_band_says_which_of_its_edges_are_inside(
    bands: str, expected: str, resolved: Resolve, written: Written
) -> None:
    node = _node(resolved(HEAD % ("value(t, n)", "{bands: [" + bands + "]}")), written)

    assert node == f"value(t, n)[{expected}; -]"


def test_a_row_has_both_edges_as_it_says_them(resolved: Resolve, written: Written) -> None:
    rows = "{n: {from: 90, to: 110}, line: A, is: 1}, {n: {above: 110}, line: A, is: 2}"
    table = "{by: {n: bands, line: keys}, rows: [" + rows + "]}"

    node = _node(resolved(HEAD % ("value(t, n, 'A')", table)), written)

    assert "[[90, 110]" in node
    assert "(110, -)" in node


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ("{to: 80, is: 1}, {from: 80, is: 2}", ["to", "from"]),
        ("{until: 80, is: 1}, {above: 80, is: 2}", ["until", "above"]),
        ("{from: 80, above: 80, is: 1}", ["from", "above"]),
        ("{until: 80, to: 80, is: 1}", ["until", "to"]),
    ],
)
def test_an_edge_of_both_bands_or_of_none_is_refused(
    bands: str, told: list[str], problems: Problems
) -> None:
    (found,) = problems(HEAD % ("value(t, n)", "{bands: [" + bands + "]}"))

    assert found.code == "TIER_EDGE_UNSPECIFIED"
    assert [found.values["first"], found.values["second"]] == told


def test_a_quantity_that_scales_is_multiplied_with_the_edges(
    resolved: Resolve, written: Written
) -> None:
    table = "{scale: target(sales), bands: [{from: 80%, is: 1}, {from: 100%, is: 2}]}"

    node = _node(resolved(HEAD % ("value(t, sales)", table)), written)

    assert node == "value(t, sales × target__sales)[[0.80, 1.00): 1; [1.00, -): 2; -]"


def test_of_overlapping_rows_the_higher_priority_is_asked_first(
    resolved: Resolve, written: Written
) -> None:
    table = (
        "{by: {x: keys}, take: [priority desc], rows: "
        "[{x: any, is: 1%, priority: 1}, {x: Sales, is: 2%, priority: 2}]}"
    )

    node = _node(resolved(HEAD % ("value(t, department)", table)), written)

    assert node == "value(t, department)['Sales': 0.02; [-, -): 0.01; -]"


def test_every_pair_of_rows_that_may_both_fit_is_told(problems: Problems) -> None:
    table = """
    by: {line: keys, n: bands}
    rows:
      - {line: A, n: {from: 0, until: 10}, is: 1%}
      - {line: B, n: {from: 0}, is: 2%}
      - {line: [B, C], n: {from: 5}, is: 3%}
      - {line: any, n: {from: 20}, is: 4%}
      - {line: A, n: {from: 9}, is: 5%}
"""

    found = problems(
        HEAD.replace("tables: {t: %s}", "tables:\n  t:%s") % ("value(t, 'A', n)", table)
    )

    # 1 and 5 on 9; 2 and 3 from 5, and both with 4 from 20; 4 and 5 from 20. B is never A.
    pairs = [(one.values["first"], one.values["second"]) for one in found]
    assert [one.code for one in found] == ["LOOKUP_OVERLAP"] * 5
    assert pairs == [(1, 5), (2, 3), (2, 4), (3, 4), (4, 5)]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("{x: Sales, is: 2%}", "a row does not say rank"),
        (
            "{x: Sales, is: 2%, rank: high}",
            "such as priority: 1, and rank: high is none",
        ),
    ],
)
def test_a_row_that_cannot_be_compared_says_why(problems: Problems, second: str, told: str) -> None:
    rows = "{x: any, is: 1%, rank: 1}, " + second
    table = "{by: {x: keys}, take: [rank desc], rows: [" + rows + "]}"

    (found,) = problems(HEAD % ("value(t, department)", table))

    assert found.code == "PLAN_TABLE_SHAPE"
    assert told in render(found, "en").message


def test_points_stand_in_rising_order(resolved: Resolve, written: Written) -> None:
    table = "{points: [{at: 600, is: 36}, {at: 200, is: 12}]}"

    node = _node(resolved(HEAD % ("curve(t, 300)", table)), written)

    assert node == "narrow18(curve(t, 300)[[200, -): 12; [600, -): 36; -])"


def test_a_dated_table_has_one_read_for_each_version(resolved: Resolve, written: Written) -> None:
    table = (
        "{versions: [{bands: [{from: 0, is: 1%}]}, {from: 2026-07-01, bands: [{from: 0, is: 2%}]}]}"
    )

    node = _node(resolved(HEAD % ("value(t, sales)", table)), written)

    assert node.startswith("t@period_from[None..2026-07-01: value(t, sales)")


def test_a_word_in_a_cell_is_a_text_unless_something_is_called_so(
    resolved: Resolve, written: Written
) -> None:
    table = "{keys: {Sales: n, 售后: '5'}}"

    node = _node(resolved(HEAD % ("value(t, department)", table)), written)

    assert node == "value(t, department)['Sales': n; '售后': 5; -]"


def test_all_faults_of_a_table_are_told_even_if_nothing_reads_it(problems: Problems) -> None:
    table = "{bands: [{from: 0, until: 5, is: 1}, {from: 10, is: 2}, {from: 8, is: 3}]}"

    found = problems(HEAD % ("1", table))

    assert [one.code for one in found] == ["TIER_ORDER"]


@pytest.mark.parametrize(
    ("bands", "upper", "lower", "between"),
    [
        ("{from: 11, until: 20, is: 1}, {from: 21, until: 30, is: 2}", "20", "21", "20.5"),
        ("{from: 0%, to: 80%, is: 1}, {from: 81%, to: 100%, is: 2}", "80%", "81%", "80.5%"),
        ("{from: 100, to: 200, is: 2}, {from: 0, to: 99.99, is: 1}", "99.99", "100", "99.995"),
    ],
)
def test_a_table_as_it_is_printed_has_to_be_closed_by_its_author(
    problems: Problems, bands: str, upper: str, lower: str, between: str
) -> None:
    [found] = problems(HEAD % ("1", f"{{bands: [{bands}]}}"))

    told = [str(found.values[name]) for name in ("upper", "lower", "between")]
    assert (found.code, told) == ("TIER_PRINTED", [upper, lower, between])


def test_edges_of_another_unit_are_refused(problems: Problems) -> None:
    table = "{bands: [{from: 80%, is: 1}]}"

    assert "PLAN_TYPE" in {one.code for one in problems(HEAD % ("value(t, sales)", table))}


@pytest.mark.parametrize(
    ("reading", "table"),
    [
        ("value(t, sales)", '{bands: [{from: 0, is: 1}, {from: "1000 * 50%", is: 2}]}'),
        ("curve(t, sales)", '{points: [{at: 0, is: 1}, {at: "1000 * 50%", is: 2}]}'),
    ],
)
def test_a_share_of_a_number_is_an_edge_of_amounts(
    reading: str, table: str, problems: Problems
) -> None:
    assert "PLAN_TYPE" not in {one.code for one in problems(HEAD % (reading, table))}


def test_a_point_that_differs_from_row_to_row_is_refused(problems: Problems) -> None:
    table = '{points: [{at: 0, is: 1}, {at: "n * 100", is: 2}]}'

    assert "TIER_POINT_MOVES" in {one.code for one in problems(HEAD % ("curve(t, sales)", table))}


def test_a_band_without_lower_edge_begins_where_the_one_before_ends(
    resolved: Resolve, written: Written
) -> None:
    short = "{bands: [{from: 0, until: 10, is: 1%}, {until: 30, is: 2%}, {until: 80, is: 3%}]}"
    whole = "{bands: [{from: 0, until: 10, is: 1%}, {from: 10, until: 30, is: 2%}, {from: 30, until: 80, is: 3%}]}"  # noqa: E501

    found, wanted = (
        _node(resolved(HEAD % ("marginal(t, sales)", bands)), written) for bands in (short, whole)
    )

    assert found == wanted


def test_bands_are_written_from_the_top_down_as_well(resolved: Resolve, written: Written) -> None:
    """90 is an edge of both bands; the order is that of the edges on one side."""
    down = "{bands: [{above: 90, is: A}, {above: 75, to: 90, is: B}, {otherwise: C}]}"
    up = "{bands: [{above: 75, to: 90, is: B}, {above: 90, is: A}, {otherwise: C}]}"

    first, other = (_node(resolved(HEAD % ("value(t, n)", one)), written) for one in (down, up))

    assert first == other


def test_bands_of_which_neither_says_where_it_ends_are_refused(problems: Problems) -> None:
    found = problems(
        HEAD % ("marginal(t, sales)", "{bands: [{from: 0, is: 1%}, {until: 9, is: 2%}]}")
    )

    assert "TIER_OVERLAP" in {one.code for one in found}


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("0–80%", "{from: 0%, until: 80%}"),
        ("0-80%", "{from: 0%, until: 80%}"),
        ("1,000～5,000元", "{from: 1,000, until: 5,000}"),
        ("80%以上", "{from: 80%}"),
        ("80％（含）以上", "{from: 80%}"),
        ("≥ 80%", "{from: 80%}"),
        ("超过100%", "{above: 100%}"),
        ("不足 80%", "{until: 80%}"),
        ("80% and above", "{from: 80%}"),
        ("up to 80%", "{to: 80%}"),
    ],
)
@pytest.mark.parametrize(
    "table",
    [
        "t: {bands: [{from: EDGE, is: 1%}, {from: 200000, is: 2%}]}",
        "t: {by: {x: bands, y: keys}, rows: [{x: EDGE, y: A, is: 1%}]}",
        "t: {by: {x: bands, y: keys}, rows: [{x: {from: EDGE}, y: A, is: 1%}]}",
    ],
)
def test_a_band_as_it_is_printed_is_told_how_to_write(
    problems: Callable[[str], tuple[Problem, ...]], table: str, printed: str, meant: str
) -> None:
    head = "plan: p\nperiod: month\nsubjects: {seller: people}\n"
    said = problems(head + "tables: {" + table.replace("EDGE", f'"{printed}"') + "}\n")
    [found] = [one for one in said if one.code == "TIER_EDGE_PRINTED"]

    assert found.values["meant"] == meant
    assert found.where is not None
    assert found.where.line == 4


def test_rows_with_printed_edges_are_told_as_bands_are(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    text = """
plan: p
period: month
subjects: {seller: people}
tables:
  t:
    by: {x: bands, y: keys}
    rows: [{x: {from: 11, to: 20}, y: A, is: 1}, {x: {from: 21, to: 30}, y: any, is: 2}]
"""
    [found] = [one for one in problems(text) if one.code == "TIER_PRINTED"]

    # The number between 20 and 21 belongs to neither.
    assert (str(found.values["upper"]), str(found.values["lower"])) == ("20", "21")
    assert str(found.values["between"]) == "20.5"


@pytest.mark.parametrize(("filler", "is_refused"), [("A", False), ("any", False), ("B", True)])
def test_rows_between_which_another_stands_are_not_as_printed(
    problems: Callable[[str], tuple[Problem, ...]], filler: str, is_refused: bool
) -> None:
    """One author, two, three and more: 2 to 3 stands between 1 to 2 and from 3 on."""
    text = f"""
plan: p
period: month
subjects: {{seller: people}}
tables:
  t:
    by: {{x: bands, y: keys}}
    rows:
      - {{x: {{from: 1, until: 2}}, y: A, is: 1}}
      - {{x: {{from: 2, until: 3}}, y: {filler}, is: 2}}
      - {{x: {{from: 3}}, y: A, is: 3}}
"""
    assert ("TIER_PRINTED" in {one.code for one in problems(text)}) is is_refused


@pytest.mark.parametrize(
    ("between", "is_refused"),
    [
        ("{from: 1, until: 1.5}}, {from: 1.5, until: 2}", False),
        ("{above: 1, to: 1.5}}, {above: 1.5, until: 2}", False),
        ("{from: 1, until: 1.2}}, {from: 1.6, until: 2}", True),
    ],
)
def test_finer_bands_may_meet_in_the_middle_of_two_whole_numbers(
    problems: Callable[[str], tuple[Problem, ...]], between: str, is_refused: bool
) -> None:
    """Products for each car: below 1, from 1, from 1.5, from 2; 1.5 belongs to the third."""
    rows = between.replace("}}, ", "}, y: A, is: 2}\n      - {x: ")
    text = f"""
plan: p
period: month
subjects: {{seller: people}}
tables:
  t:
    by: {{x: bands, y: keys}}
    rows:
      - {{x: {{until: 1}}, y: A, is: 1}}
      - {{x: {rows}, y: A, is: 3}}
      - {{x: {{from: 2}}, y: A, is: 4}}
"""
    assert ("TIER_PRINTED" in {one.code for one in problems(text)}) is is_refused


@pytest.mark.parametrize(
    ("table", "fits"),
    [
        ("{by: {line: keys, n: bands}, rows: [{line: A, n: {from: 0}, is: 2%}]}", True),
        ("{by: {line: bands, n: bands}, rows: [{line: {from: 0}, n: {from: 0}, is: 2%}]}", False),
        ("{by: {line: keys, n: keys}, rows: [{line: A, n: 1, is: 2%}]}", False),
    ],
)
def test_slices_need_one_dimension_of_bands_beside_keys(
    problems: Problems, table: str, fits: bool
) -> None:
    plan = HEAD % ("marginal(t, 'A', n)", table)
    found = [one for one in problems(plan) if one.code == "PLAN_TABLE_READING"]

    told = [render(one, "en").message for one in found]
    assert not told if fits else "one dimension of by goes by bands" in told[0]
