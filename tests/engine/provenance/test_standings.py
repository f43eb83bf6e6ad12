"""A place among thousands is explained from those it is compared with, and from little of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from telling import lines_of

from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Dated, Evidence, Node, Wanted, explain
from attain.engine.reference import Calculation, Inputs, Relations, run_plan
from attain.expressions.results import Result

PLAN = """
plan: ranks
period: month
subjects: {seller: people}
sources:
  ratings_in: {key: [rating_id], date: on_day, columns: {rating_id: code, on_day: date, seller: people, region: text, score: points, quantity: {type: count, required: true}, on_leave: {type: boolean, required: true}, pot: {type: money, required: true}}}
groups:
  region_group: {of: ratings_in, per: [region], where: "not on_leave"}
  lenient: {of: ratings_in, per: [region], where: "not on_leave", missing: skip}
  everybody: {of: ratings_in, missing: skip}
orderings: {in_time: {of: ratings_in, per: [region], by: [on_day, rating_id]}}
columns:
  remark: {each: ratings_in, is: "quantity + 1"}
  counted: {each: ratings_in, is: "score + 0"}
  weight: {each: ratings_in, is: "quantity * 2"}
  place: {each: ratings_in, within: region_group, is: "rank(counted)"}
  dense: {each: ratings_in, within: region_group, is: "dense_rank(counted)"}
  last_place: {each: ratings_in, within: region_group, is: "last_rank(counted)"}
  settled: {each: ratings_in, within: region_group, is: "rank(counted, quantity)"}
  members: {each: ratings_in, within: region_group, is: "group_count(counted)"}
  together: {each: ratings_in, within: region_group, is: "group_sum(counted)"}
  average: {each: ratings_in, within: region_group, is: "group_mean(counted)"}
  lenient_place: {each: ratings_in, within: lenient, is: "rank(counted)"}
  overall: {each: ratings_in, within: everybody, is: "rank(counted)"}
  so_far: {each: ratings_in, along: in_time, is: "total(weight)"}
  part: {each: ratings_in, share_out: pot, by: weight, within: [region], residue: largest, step: 0.01}
"""  # noqa: E501
EAST, WEST, NORTH = "东", "西", "北"
RATINGS = (
    ("a", EAST, "90", 1, False), ("b", EAST, "90", 2, False), ("c", EAST, "80", 3, False),
    ("d", EAST, "99", 4, True), ("e", WEST, "70", 5, False), ("f", WEST, None, 6, False),
    ("g", NORTH, "60", 7, False), ("h", None, "50", 8, False),
)  # fmt: skip
COLUMNS = (
    "place", "dense", "last_place", "settled", "members", "together", "average",
    "lenient_place", "overall", "so_far", "part",
)  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """Three in the east and one on leave; one of two in the west lacks data; one has no region."""
    return [
        {"rating_id": name, "on_day": dt.date(2026, 1, number + 1), "seller": None,
         "region": region, "score": None if score is None else Decimal(score),
         "quantity": quantity, "on_leave": away, "pot": Decimal("100.00"), "_row": name}
        for number, (name, region, score, quantity, away) in enumerate(RATINGS)
    ]  # fmt: skip


class Files:
    """A finished run that kept its ratings, noting what is read of them."""

    def __init__(self, relations: Relations, lost: Collection[str] = ()) -> None:
        self.kept = [
            {name: value for name, value in row.items() if name not in lost}
            for row in relations["ratings_in"]
        ]
        self.seen: list[tuple[frozenset[str], frozenset[str]]] = []
        """Of each reading: whose rows, and which columns where not all."""

    def has(self, name: str) -> bool:
        return name == "ratings_in"

    def columns(self, name: str) -> Collection[str]:
        return self.kept[0].keys()

    def relation(
        self, name: str, equal: Mapping[str, Any], columns: Collection[str] = ()
    ) -> Sequence[Any]:
        found = [row for row in self.kept if all(row[key] == equal[key] for key in equal)]
        self.seen.append((frozenset(str(row["rating_id"]) for row in found), frozenset(columns)))
        named = {one for name in columns for one in (name, f"{name}__why")}
        return [
            {name: value for name, value in row.items() if not columns or name in named}
            for row in found
        ]

    def dataset(self, name: str, equal: Mapping[str, Any]) -> Sequence[Any]:
        return rows()

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Any]:
        return rows()

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        return len(rows())

    def version(self, name: str) -> str | None:
        return None


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(load_plan(PLAN))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(parse_period("2026-01"), {"ratings_in": rows()})


@pytest.fixture(scope="module")
def relations(plan: ResolvedPlan, inputs: Inputs) -> Relations:
    return run_plan(plan, inputs)


def evidence_of(plan: ResolvedPlan, files: Files) -> Evidence:
    return Evidence.of_stored(plan, Inputs(parse_period("2026-01")), files)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("who", [one[0] for one in RATINGS])
@pytest.mark.parametrize("lost", [(), ("counted", "counted__why", "weight")])
def test_a_place_read_from_files_is_explained_as_one_in_memory(
    plan: ResolvedPlan,
    inputs: Inputs,
    relations: Relations,
    column: str,
    who: str,
    lost: tuple[str, ...],
) -> None:
    """Also where the run did not keep what is compared, so that all has to be made again."""
    cell = Cell("ratings_in", (who,), column)

    stored = explain(evidence_of(plan, Files(relations, lost)), cell)
    whole = explain(Evidence(Calculation(plan, inputs).run()), cell)

    assert stored.value == whole.value
    assert stored.group == whole.group
    assert stored.share == whole.share
    assert _so_far(stored) == _so_far(whole)


def _so_far(node: Node) -> list[Result] | None:
    return [one.so_far for one in node.order.rows] if node.order is not None else None


def test_only_the_own_region_is_read_and_only_what_is_compared(
    plan: ResolvedPlan, relations: Relations
) -> None:
    files = Files(relations)

    explain(evidence_of(plan, files), Cell("ratings_in", ("a",), "place"))

    assert {people for people, _ in files.seen} == {frozenset("a"), frozenset("abcd")}
    compared = [columns for people, columns in files.seen if people == frozenset("abcd")]
    assert len(compared) == 1
    assert {"rating_id", "region", "counted"} <= compared[0]
    assert not {"remark", "part", "seller"} & compared[0]


def test_a_place_among_all_reads_one_narrow_table_once(
    plan: ResolvedPlan, relations: Relations
) -> None:
    files = Files(relations)
    evidence = evidence_of(plan, files)

    for who in ("a", "e", "g"):
        explain(evidence, Cell("ratings_in", (who,), "overall"))

    everybody = [columns for people, columns in files.seen if len(people) == len(RATINGS)]
    assert len(everybody) == 1
    assert everybody[0]
    assert "remark" not in everybody[0]


@pytest.mark.parametrize("column", ["so_far", "part"])
def test_an_order_and_a_split_read_their_partition(
    plan: ResolvedPlan, relations: Relations, column: str
) -> None:
    files = Files(relations)

    explain(evidence_of(plan, files), Cell("ratings_in", ("b",), column))

    assert frozenset("abcdefgh") not in {people for people, _ in files.seen}


PRIZE_BESIDE = """
plan: prize-beside
period: month
subjects: {seller: people}
sources:
  deals: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
measures:
  sold: {sum: amount, from: deals}
  deals_closed: {count: rows, from: deals}
groups:
  active: {of: [seller, month], where: "deals_closed > 0"}
columns:
  place: {within: active, is: "rank(sold, deals_closed)"}
incentives:
  bonus: {steps: [{base: "if(sold > 0, sold * 2%, 0)"}, {add: "if(place = 1, 500, 0)"}]}
examples:
  - name: one without deals
    period: 2026-01
    given:
      people: [{person: li}, {person: wu}]
      deals: [{id: a, on_day: 2026-01-05, seller: li, amount: 700.00}]
    expect:
      bonus: [{seller: wu, is: not applicable}]
"""  # noqa: E501


def test_not_applicable_is_for_what_is_and_not_for_a_zero_beside_it() -> None:
    told = lines_of(PRIZE_BESIDE, "bonus")

    place = told.index("The first condition that is not met")
    assert told[place + 1].startswith("✗ deals_closed > 0")
