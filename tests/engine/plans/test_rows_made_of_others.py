"""Pairs, stretches, stacks, paths and sources that stand in a plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, Severity, render
from attain.core.labels import Labels, labels
from attain.engine.primitives.model import (
    CutRows,
    Formula,
    Gather,
    PairRows,
    PathRows,
    PlanRows,
    ResolvedPlan,
    Shared,
    StackRows,
)

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]

HEAD = """
plan: p
period: month
subjects: {seller: people, manager: people}
sources:
  orders:
    key: [order_id]
    date: on_day
    columns:
      order_id: orders
      on_day: {type: date, required: true}
      seller: {type: people, required: true}
      helper: people
      zone: text
      amount: {type: money, required: true}
  zones:
    key: [zone]
    dated: true
    columns: {zone: code, owner: people, level: count}
  bonuses: {columns: {title: text, amount: money}, rows: [{title: SR, amount: 1500}, {title: TE}]}
"""


def test_a_pair_has_the_columns_of_both(resolved: Resolve, written: Written) -> None:
    plan = resolved(
        HEAD
        + "relations: {held: {pair: [orders, zones], on: {zone: zone}, at: on_day,"
        + ' where: "right.level > 1"}}\n'
        + "columns: {big: {each: held, is: 'amount * level'}}"
    )

    rows = plan.relations["held"].rows
    assert isinstance(rows, PairRows)
    assert (rows.equal, rows.at, written(rows.where)) == (
        (("zone", "zone"),),
        "on_day",
        "(right::level > 1)",
    )
    made = plan.relations["held"].columns["big"].made
    assert isinstance(made, Formula)
    assert written(made.node) == "(amount * right.level)"


def test_a_period_is_cut_where_assignments_change(resolved: Resolve, written: Written) -> None:
    plan = resolved(
        HEAD
        + "relations: {stretches: {cut: [seller, month], by: assignments}}\n"
        + "columns: {part: {each: stretches, is: '3000 * days / 30'},"
        + " unit_of: {each: stretches, is: by.unit}}"
    )

    rows = plan.relations["stretches"].rows
    assert isinstance(rows, CutRows)
    assert (rows.base, rows.by, rows.link) == ("seller_month", "assignments", "person")
    assert [part.name for part in plan.relations["stretches"].key] == ["seller", "month", "from"]


def test_a_stack_brings_columns_to_one_unit(resolved: Resolve, written: Written) -> None:
    plan = resolved(
        HEAD
        + "relations:\n"
        + "  credits:\n"
        + "    key: [fact, who]\n"
        + "    stack:\n"
        + "      - {name: direct, from: orders, give: {fact: order_id, who: seller, x: amount}}\n"
        + "      - {name: half, from: orders, where: \"zone = 'A'\","
        + " give: {fact: order_id, who: helper, x: 'amount * 50%'}}\n"
        + "measures: {a: {sum: x, from: credits, link: {seller: who}, in: all}}"
    )

    rows = plan.relations["credits"].rows
    assert isinstance(rows, StackRows)
    assert [[written(value) for value in part.values] for part in rows.parts] == [
        ["order_id", "seller", "amount"],
        ["order_id", "helper", "(amount * 0.50)"],
    ]
    assert plan.relations["credits"].covered_by == ("orders",)


def test_a_managers_rows_are_those_of_the_members_below(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(
        HEAD
        + "paths: {team: reporting}\n"
        + "measures:\n"
        + "  sales: {sum: amount, from: orders}\n"
        + "  below: {each: [manager, month], sum: sales, from: [seller, month], through: team,"
        + ' where: "distance >= 1"}'
    )

    made = plan.relations["manager_month"].columns["below"].made
    assert isinstance(made, Gather)
    assert made.relation == "seller_month__team"
    assert [(name, written(node)) for name, node in made.match] == [("manager", "right.ancestor")]
    assert written(made.where) == "(right.distance >= 1)"
    tree = plan.relations["team"].rows
    assert isinstance(tree, PathRows)
    assert (tree.hierarchy, tree.include_self, tree.period) == ("reporting", False, "month")
    assert plan.order.index(("seller_month", "sales")) < plan.order.index(
        ("manager_month", "below")
    )


def test_facts_read_a_tree_at_their_date(resolved: Resolve) -> None:
    plan = resolved(
        HEAD
        + "paths: {team: {over: reporting, self: true}}\n"
        + "measures:\n  below: {each: [manager, month], sum: amount, from: orders, through: team,"
        + " link: {member: seller}}"
    )

    rows = plan.relations["orders__team__row"].rows
    assert isinstance(rows, PairRows)
    assert (rows.right, rows.at) == ("team__row", "on_day")


def test_rows_may_stand_in_the_plan(resolved: Resolve) -> None:
    plan = resolved(
        HEAD
        + "columns:\n"
        + "  bonus: {each: [seller, month], match: bonuses, link: {title: department}}\n"
        + "formulas: {paid: bonus.amount}"
    )

    rows = plan.relations["bonuses"].rows
    assert isinstance(rows, PlanRows)
    assert rows.columns == ("row", "title", "amount")
    assert [str(row[2]) for row in rows.rows] == ["1500", "None"]
    assert not plan.relations["bonuses"].columns["title"].type.may_be_missing
    assert plan.relations["bonuses"].columns["amount"].type.may_be_missing


def test_a_pot_is_shared_between_the_rows_of_a_partition(resolved: Resolve) -> None:
    plan = resolved(
        HEAD
        + "parameters: {pot: {is: 1000, unit: money}}\n"
        + "columns: {part: {each: orders, share_out: pot, by: amount, within: [seller, month]}}\n"
        + "measures: {a: {sum: part, from: orders}}"
    )

    made = plan.relations["orders"].columns["part"].made
    assert isinstance(made, Shared)
    assert (made.pot, made.by, made.partition, made.step, made.residue.value) == (
        "part__1",
        "amount",
        ("seller", "part__2"),
        "0.01",
        "largest",
    )
    assert made.order == (("order_id", False),)


def test_a_relation_is_not_made_from_itself(problems: Callable[[str], tuple[Problem, ...]]) -> None:
    part = "{name: x, from: %s, give: {order_id: order_id}}"
    relations = f"a: {{stack: [{part % 'b'}]}}, b: {{stack: [{part % 'a'}]}}"
    text = f"relations: {{{relations}}}\nmeasures: {{n: {{count: rows, from: a, in: all}}}}"

    assert "PLAN_RELATION_SHAPE" in {one.code for one in problems(HEAD + text)}


def test_a_pair_says_which_side_has_not_the_column_and_what_it_has(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    pair = "{pair: [orders, above], on: {seller: seller}}"
    rest = "measures: {n: {count: rows, from: up, link: {seller: right.ancestor}}}"
    told = problems(
        HEAD + f"paths: {{above: {{over: reporting}}}}\nrelations: {{up: {pair}}}\n{rest}"
    )

    faults = [one.values["fault"] for one in told if one.code == "PLAN_RELATION_SHAPE"]
    zh = "“above”没有列“seller”，它有 member、ancestor、distance、leg、month"
    en = "“above” has no column “seller” but member, ancestor, distance, leg, month"
    assert faults == [labels(zh, en)]


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        ("on: {series: department}", ["PLAN_PAIR_COLUMN"]),
        ('where: "series = right.department"', []),
    ],
)
def test_a_pair_by_a_calculated_column_is_told_how(
    by: str, codes: list[str], problems: Callable[[str], tuple[Problem, ...]]
) -> None:
    told = problems(
        HEAD + "formulas: {series: \"'A'\"}\n"
        f"relations: {{sheet: {{pair: [[seller, month], people], {by}}}}}\n"
        "columns: {part: {each: sheet, is: '1'}}\n"
    )

    found = [one for one in told if one.severity is Severity.error]
    assert [one.code for one in found] == codes
    assert all("series = right.department" in render(one, "en").remedy for one in found)


def test_a_calculated_column_is_not_called_like_one_that_is_there(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    [found] = problems(HEAD + "formulas: {department: '1'}")

    assert (found.code, found.values["rows"]) == ("PLAN_COLUMN_THERE", "seller_month")


def test_a_stack_has_a_column_of_its_parts_already(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    part = "{name: sold, from: orders, give: {id: order_id, part: amount}}"
    relations = f"relations: {{both: {{stack: [{part}], key: [id]}}}}"
    told = problems(f"{HEAD}{relations}\nmeasures: {{n: {{count: rows, from: both, in: all}}}}")

    faults = [one.values["fault"] for one in told if one.code == "PLAN_RELATION_SHAPE"]
    assert faults == [
        labels(
            "give 里的“part”已是各部分名称所在的列，换一个列名",
            "“part” is the column of the parts' names; give the value another name",
        )
    ]


def test_an_ordering_of_pairs_lists_what_the_pair_does_not_say(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    def lacking(by: str) -> list[object]:
        told = problems(
            f"{HEAD}paths: {{above: {{over: reporting, at: row}}}}\n"
            "relations: {up: {pair: [orders, above], on: {seller: member}}}\n"
            f"orderings: {{outward: {{of: up, per: [order_id], by: [{by}]}}}}\n"
            "columns: {level: {each: up, along: outward, is: position()}}"
        )
        return [one.values["lacking"] for one in told if one.code == "PLAN_ORDER_NOT_TOTAL"]

    # The member is the seller, so the ancestor alone tells the pairs of an order apart.
    assert lacking("right.distance") == [["right.ancestor"]]
    assert lacking("right.distance, right.ancestor") == []


def test_a_cut_says_that_the_rows_it_is_made_by_lack_the_column(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    told = problems(
        "plan: p\nperiod: month\nsubjects: {seller: people}\n"
        "relations: {pieces: {cut: [seller, month], by: assignments, link: persom}}\n"
        "measures: {there: {sum: days, from: pieces}}"
    )

    (fault,) = [one.values["fault"] for one in told if one.code == "PLAN_RELATION_SHAPE"]
    assert isinstance(fault, Labels)
    assert (fault.en or "").startswith("“assignments” has no column “persom” but person, position")


def test_parts_of_a_stack_that_differ_are_told_where_they_do(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    text = (
        HEAD
        + "relations:\n"
        + "  credits:\n"
        + "    key: [fact]\n"
        + "    stack:\n"
        + "      - {name: direct, from: orders, give: {fact: order_id, x: amount}}\n"
        + "      - {name: half, from: orders, give: {fact: order_id, x: zone}}\n"
        + "measures: {a: {count: rows, from: credits, in: all, each: [month]}}\n"
    )

    (found,) = problems(text)

    assert found.code == "PLAN_TYPE"
    assert found.where is not None
    assert found.where.line is not None
    assert text.splitlines()[found.where.line - 1].strip().startswith("- {name: half")
