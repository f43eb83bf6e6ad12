"""Of a tree of thousands only the ways are read that somebody's number can stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from attain.core.keys import key_for
from attain.core.periods import parse_period
from attain.engine.api import expand, load_plan, resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Dated, Evidence, Node, Wanted, explain
from attain.engine.reference import Calculation, Inputs, Relations, run_plan

PLAN = """
plan: tree
period: month
subjects: {member: people}
sources:
  orders: {key: [order_no], date: paid_on, columns: {order_no: code, paid_on: date, member: people, amount: {type: money, required: true}}}
paths:
  line: {over: sponsor, self: true, levels: 4}
  upline: {over: sponsor}
relations:
  above: {pair: [orders, upline], on: {member: member}}
  sponsors: {pair: [[member, month], upline], on: {member: member}}
orderings:
  outward: {of: above, per: [order_no], by: [right.distance, order_no, right.member, right.ancestor, right.month]}
columns:
  own: {sum: amount, from: orders}
  group: {sum: own, from: [member, month], through: line}
  strong: "below(line, count, group >= 100)"
  rank_of: "below(line, count, rank_of >= 1) + if(own >= 50, 1, 0)"
  so_far: {each: above, along: outward, is: "count_so_far(right.ancestor.own >= 50)"}
  fee: {each: above, is: "if(so_far <= 2 and right.ancestor.own >= 50, amount * 10%, 0)", round: 0.01}
  fees: {sum: fee, from: above, link: {member: right.ancestor}}
  good_above: {count: right.ancestor.own >= 60, from: sponsors}
"""  # noqa: E501

TOP, LEFT, RIGHT, LEAF = (key_for("people", one) for one in ("top", "left", "right", "leaf"))
WIDE = [key_for("people", f"w{number}") for number in range(30)]
"""Thirty under the right one, so that the left one's part of the tree is the small one."""


def edge(child: str, parent: str, hierarchy: str = "sponsor") -> dict[str, Any]:
    row = f"{hierarchy} {child}"
    dates = {"effective_from": None, "effective_until": None}
    return {"hierarchy": hierarchy, "child": child, "parent": parent, "_row": row, **dates}


def datasets() -> dict[str, list[dict[str, Any]]]:
    paid = {TOP: "60", LEFT: "80", LEAF: "50", WIDE[0]: "70", WIDE[1]: "10"}
    return {
        "people": [
            {"person": one, "effective_from": None, "effective_until": None, "_row": one}
            for one in (TOP, LEFT, RIGHT, LEAF, *WIDE)
        ],
        "edges": [
            edge(LEFT, TOP),
            edge(RIGHT, TOP),
            edge(LEAF, LEFT),
            edge(LEFT, RIGHT, "reporting"),
            *(edge(one, RIGHT) for one in WIDE),
        ],
        "orders": [
            {"order_no": f"O-{one}", "paid_on": dt.date(2026, 9, 3), "member": one,
             "amount": Decimal(amount), "_row": one}
            for one, amount in paid.items()
        ],
    }  # fmt: skip


class Files:
    """A finished run on disk, noting which rows of datasets are read of it."""

    def __init__(self, relations: Relations, lost: str = "") -> None:
        """`lost` is a column that the run did not keep."""
        self.relations, self.lost = relations, lost
        self.rows = datasets()
        self.seen: dict[str, set[str]] = {}
        self.read_whole: list[str] = []

    def has(self, name: str) -> bool:
        return name == "member_month"

    def columns(self, name: str) -> Collection[str]:
        return {column for row in self.relations[name] for column in row} - {self.lost}

    def relation(
        self, name: str, equal: Mapping[str, Any], columns: Collection[str] = ()
    ) -> Sequence[Any]:
        kept = {*(columns or self.columns(name))}
        kept |= {f"{one}__why" for one in kept}
        rows = [row for row in self.relations[name] if equal.items() <= row.items()]
        return [{one: value for one, value in row.items() if one in kept} for row in rows]

    def dataset(self, name: str, equal: Mapping[str, Any]) -> Sequence[Any]:
        self.read_whole += [name] if not equal else []
        return [row for row in self.rows.get(name, []) if equal.items() <= row.items()]

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Any]:
        rows = [one for one in self.rows[name] if is_one_of(one, wanted)]
        self.seen.setdefault(name, set()).update(str(row["_row"]) for row in rows)
        return rows

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        rows = self.rows.get(name, [])
        return sum(wanted is None or is_one_of(one, wanted) for one in rows)

    def version(self, name: str) -> str | None:
        return None


def is_one_of(row: Mapping[str, Any], wanted: Mapping[str, frozenset[str | None]]) -> bool:
    return any(row[column] in values for column, values in wanted.items())


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(expand(load_plan(PLAN)))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(parse_period("2026-09"), datasets())


def why(plan: ResolvedPlan, files: Files, who: str, column: str) -> Node:
    evidence = Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files)
    return explain(evidence, Cell("member_month", (who, "2026-09"), column))


def parts(node: Node) -> list[tuple[Cell, object]]:
    assert node.gathered is not None
    return [(one.cell, one.part) for one in node.gathered.rows]


@pytest.mark.parametrize(
    "column", ["group", "strong_below_1", "rank_of_below_4", "fees", "good_above"]
)
@pytest.mark.parametrize("who", [TOP, LEFT, RIGHT, LEAF])
@pytest.mark.parametrize("few", [0, 200])
def test_a_part_of_a_tree_explains_as_all_of_it_does(
    plan: ResolvedPlan,
    inputs: Inputs,
    who: str,
    column: str,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("attain.engine.provenance.stored._FEW", few)
    files = Files(run_plan(plan, inputs))
    cell = Cell("member_month", (who, "2026-09"), column)

    whole = explain(Evidence(Calculation(plan, inputs).run()), cell)
    part = why(plan, files, who, column)

    assert part.value == whole.value
    assert parts(part) == parts(whole)
    assert not files.read_whole


@pytest.mark.parametrize("few", [0, 200])
def test_what_a_run_did_not_keep_is_never_made_of_a_part(
    plan: ResolvedPlan, inputs: Inputs, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attain.engine.provenance.stored._FEW", few)
    relations = run_plan(plan, inputs)

    lost = why(plan, Files(relations, lost="group"), TOP, "strong_below_1")

    assert parts(lost) == parts(why(plan, Files(relations), TOP, "strong_below_1"))


def test_only_what_stands_below_somebody_is_read(plan: ResolvedPlan, inputs: Inputs) -> None:
    files = Files(run_plan(plan, inputs))

    why(plan, files, LEFT, "group")

    assert files.seen["people"] == {LEFT, LEAF}
    assert files.seen["edges"] == {f"sponsor {LEAF}"}


def test_of_those_directly_below_nobody_further_is_read(plan: ResolvedPlan, inputs: Inputs) -> None:
    files = Files(run_plan(plan, inputs))

    node = why(plan, files, TOP, "strong_below_1")

    # Left has 80 + 50 = 130, right 70 + 10 = 80.
    assert node.value == 1
    assert {row.split()[1] for row in files.seen["edges"]} == {LEFT, RIGHT}
