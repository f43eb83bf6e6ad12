"""However many facts a run has, an explanation reads few of them, or says that they are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from attain.core.keys import key_for
from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import (
    Cell,
    Dated,
    Evidence,
    Wanted,
    bounds,
    evidence,
    explain,
    render,
)
from attain.engine.provenance import narrowing as following
from attain.engine.provenance import stored as stored_runs
from attain.engine.reference import Inputs, Relations, run_plan

PLAN = """
plan: orders-by-price
period: month
subjects: {seller: people}
sources:
  orders: {key: [order_no], date: on, columns: {order_no: code, on: date, seller: people, product: {type: code, required: true}, amount: {type: money, required: true}}}
  prices: {key: [product], columns: {product: code, rate: {type: ratio, required: true}}}
relations:
  rated: {pair: [orders, prices], on: {product: product}}
columns:
  price: {each: orders, match: prices, where: "product = this.product"}
  fee: {each: orders, is: "amount * price.rate"}
measures:
  sales: {sum: amount, from: orders}
  fees: {sum: fee, from: orders}
  rated_fees: {sum: "amount * right.rate", from: rated}
  company: {each: [month], sum: amount, from: orders}
  early_sales: {sum: amount, from: orders, in: to day 10}
  early_fees: {sum: fee, from: orders, in: to day 10}
formulas:
  part: "sales / company"
"""  # noqa: E501

IN_ORDER = """
orderings:
  in_time: {of: orders, per: [seller], by: [on desc, order_no]}
"""
BEST_COLUMN = """
  best: {each: orders, along: in_time, is: "highest_so_far(amount)"}
"""
BEST = """
  early_best: {max: best, from: orders, in: to day 10}
"""

SELLERS = [key_for("people", f"seller-{number}") for number in range(40)]
EACH = 12
MANY = 100


def datasets() -> dict[str, list[dict[str, Any]]]:
    """Forty sellers with a dozen orders each, of a price list of ten."""
    numbers = range(len(SELLERS) * EACH)
    return {
        "people": [
            {"person": who, "effective_from": None, "effective_until": None} for who in SELLERS
        ],
        "orders": [
            {"order_no": f"O-{one}", "on": dt.date(2026, 9, 1 + one % 30),
             "seller": SELLERS[one % len(SELLERS)], "product": f"P-{one % 10}",
             "amount": Decimal(100 + one), "_row": f"O-{one}"}
            for one in numbers
        ],
        "prices": [
            {"product": f"P-{one}", "rate": Decimal(one + 1) / 100, "_row": f"P-{one}"}
            for one in range(10)
        ],
    }  # fmt: skip


class Files:
    """A finished run on disk, counting the rows that are read of its datasets."""

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        self.rows = datasets()
        self.read: list[tuple[str, int]] = []

    def has(self, name: str) -> bool:
        return name in ("seller_month", "month")

    def columns(self, name: str) -> Collection[str]:
        return {column for row in self.relations[name] for column in row}

    def relation(
        self, name: str, equal: Mapping[str, Any], columns: Collection[str] = ()
    ) -> Sequence[Any]:
        rows = self.relations[name]
        return [row for row in rows if all(row[key] == equal[key] for key in equal)]

    def dataset(self, name: str, equal: Mapping[str, Any]) -> Sequence[Any]:
        rows = self.rows.get(name, [])
        return self._told(name, [r for r in rows if all(r[key] == equal[key] for key in equal)])

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Any]:
        return self._told(name, self._wanted(name, wanted, dated))

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        if wanted is None:
            return len(self.rows.get(name, []))
        return len(self._wanted(name, wanted, dated))

    def version(self, name: str) -> str | None:
        return None

    def most_read(self) -> int:
        return max(count for _, count in self.read)

    def _wanted(self, name: str, wanted: Wanted, dated: Dated | None) -> list[Any]:
        return [
            row
            for row in self.rows[name]
            if any(row[of] in values for of, values in wanted.items())
            and (dated is None or row[dated.column] in dated.days)
        ]

    def _told(self, name: str, rows: list[Any]) -> list[Any]:
        self.read.append((name, len(rows)))
        return rows


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(load_plan(PLAN))


@pytest.fixture(scope="module")
def relations(plan: ResolvedPlan) -> Relations:
    return run_plan(plan, Inputs(parse_period("2026-09"), datasets()))


@pytest.fixture
def files(relations: Relations) -> Files:
    return Files(relations)


@pytest.fixture
def run(plan: ResolvedPlan, files: Files, monkeypatch: pytest.MonkeyPatch) -> Evidence:
    """The run, where a hundred rows are already too many."""
    for module in (evidence, following, stored_runs):
        monkeypatch.setattr(module, "MOST_ROWS", MANY)
    return Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files)


@pytest.mark.parametrize("column", ["sales", "fees", "rated_fees"])
def test_of_all_facts_only_somebodys_own_are_read(run: Evidence, files: Files, column: str) -> None:
    node = explain(run, Cell("seller_month", (SELLERS[3], "2026-09"), column))

    assert node.gathered is not None
    assert len(node.gathered.rows) == EACH
    assert (
        sum(one.part for one in node.gathered.rows if isinstance(one.part, Fraction)) == node.value
    )
    assert files.most_read() <= EACH


def test_what_stands_on_too_many_rows_is_told_without_them(run: Evidence, files: Files) -> None:
    node = explain(run, Cell("month", ("2026-09",), "company"))

    assert node.value == sum(row["amount"] for row in datasets()["orders"])
    assert node.unlisted is not None
    assert (node.unlisted.relation, node.unlisted.rows) == ("orders", len(SELLERS) * EACH)
    assert not files.read
    chinese, english = "\n".join(render(node, "zh-Hans")), "\n".join(render(node, "en"))
    assert "这个数要读orders的480行，行数太多，这里不逐行列出，也没有重算" in chinese
    assert "480 rows of orders have to be read: too many to be listed" in english
    assert "--period 2026-09 --keep all" in english
    assert "重算，结果一致" not in chinese


def test_what_is_made_from_such_a_number_is_explained(run: Evidence, files: Files) -> None:
    node = explain(run, Cell("seller_month", (SELLERS[3], "2026-09"), "part"))

    assert node.unlisted is None
    assert {one.cell.column: one.unlisted is None for one in node.inputs} == {
        "sales": True,
        "company": False,
    }
    assert "按以上步骤重算，结果一致" in "\n".join(render(node, "zh-Hans"))
    assert files.most_read() <= EACH


@pytest.mark.parametrize("column", ["early_sales", "early_fees"])
def test_of_somebody_with_many_facts_only_those_of_the_window_are_read(
    run: Evidence, files: Files, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    for module in (evidence, following, stored_runs):
        monkeypatch.setattr(module, "MOST_ROWS", EACH - 1)

    node = explain(run, Cell("seller_month", (SELLERS[3], "2026-09"), column))

    assert node.unlisted is None
    assert node.gathered is not None
    # The seller's orders are of the 4th, the 14th and the 24th.
    assert {one.date for one in node.gathered.rows} == {dt.date(2026, 9, 4)}
    assert node.gathered.left_out == ()
    assert files.most_read() == EACH // 3


def test_facts_that_stand_on_those_of_other_days_are_not_narrowed_to_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = PLAN.replace("\nmeasures:\n", BEST_COLUMN + "measures:\n").replace(
        "\nformulas:\n", BEST + "formulas:\n"
    )
    plan = resolve(load_plan(text + IN_ORDER))
    files = Files(run_plan(plan, Inputs(parse_period("2026-09"), datasets())))
    run = Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files)
    cell = Cell("seller_month", (SELLERS[3], "2026-09"), "early_best")

    # In order from the last day on: the 4th stands on the 14th and the 24th.
    assert explain(run, cell).value == 100 + 443
    for module in (evidence, following, stored_runs):
        monkeypatch.setattr(module, "MOST_ROWS", EACH - 1)
    node = explain(Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files), cell)

    assert node.unlisted is not None
    assert (node.unlisted.relation, node.unlisted.rows) == ("orders", EACH)


def test_pairs_that_grow_too_many_are_not_made(
    run: Evidence, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_runs, "MOST_ROWS", EACH - 1)

    node = explain(run, Cell("seller_month", (SELLERS[3], "2026-09"), "rated_fees"))

    assert node.unlisted is not None
    assert node.unlisted.relation == "rated"


def test_how_each_row_was_calculated_is_told_of_some(
    run: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    from attain.engine.provenance import asking

    monkeypatch.setattr(asking, "MOST_ITEMISED", 5)
    node = explain(run, Cell("seller_month", (SELLERS[3], "2026-09"), "fees"))

    assert node.gathered is not None
    assert len(node.gathered.rows) == EACH
    assert len(node.inputs) == 5


def test_many_are_more_than_readers_are_shown() -> None:
    assert bounds.MOST_ITEMISED < bounds.MOST_ROWS
