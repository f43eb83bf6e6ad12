"""Of ten thousand people's facts only those are read that somebody's number can stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from attain.core.keys import key_for
from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Dated, Evidence, Wanted, explain
from attain.engine.reference import Calculation, Inputs, Relations, run_plan

PLAN = """
plan: shared-receipts
period: month
subjects: {seller: people}
sources:
  receipts: {key: [receipt_no], date: received_on, columns: {receipt_no: code, order_no: code, received_on: date, seller: people, amount: {type: money, required: true}}}
  shares: {key: [order_no, person], columns: {order_no: code, person: people, share: {type: ratio, required: true}}}
relations:
  shared_receipts: {pair: [receipts, shares], on: {order_no: order_no}}
  credited:
    stack:
      - {name: shared, from: shared_receipts, give: {participant: right.person, amount: part, received_on: received_on, receipt_no: receipt_no}}
      - {name: direct, from: receipts, where: "share_count = 0", give: {participant: seller, amount: amount, received_on: received_on, receipt_no: receipt_no}}
    key: [receipt_no, participant]
    date: received_on
columns:
  share_count: {each: receipts, count: rows, from: shares, where: "order_no = this.order_no", in: all}
  part: {each: shared_receipts, share_out: amount, by: right.share, within: [receipt_no], residue: largest, step: 0.01}
measures:
  collected: {each: [seller, month], sum: amount, from: credited, link: {seller: participant}}
"""  # noqa: E501

SHEN, WU, HE, TAO = (key_for("people", name) for name in ("shen", "wu", "he", "tao"))


def datasets() -> dict[str, list[dict[str, Any]]]:
    """Shen's own receipts, orders shared with Wu, one of Wu's that Shen shares, others' facts."""
    receipts = [
        ("R-1", "O-1", SHEN, "100.01"), ("R-2", "O-2", SHEN, "70.00"), ("R-3", "O-2", SHEN, "0.01"),
        ("R-4", "O-3", WU, "33.33"), ("R-5", "O-4", HE, "500.00"), ("R-6", "O-5", HE, "10.00"),
        ("R-7", "O-6", WU, "25.00"),
    ]  # fmt: skip
    shares = [
        ("O-2", SHEN, "0.6"), ("O-2", WU, "0.4"), ("O-3", WU, "0.5"), ("O-3", SHEN, "0.5"),
        ("O-5", HE, "0.5"), ("O-5", TAO, "0.5"),
    ]  # fmt: skip
    return {
        "people": [{"person": who, "effective_from": None, "effective_until": None}
                   for who in (SHEN, WU, HE, TAO)],
        "receipts": [
            {"receipt_no": number, "order_no": order, "received_on": dt.date(2026, 9, 3),
             "seller": who, "amount": Decimal(amount), "_row": number}
            for number, order, who, amount in receipts
        ],
        "shares": [
            {"order_no": order, "person": who, "share": Decimal(share), "_row": f"{order}-{who}"}
            for order, who, share in shares
        ],
    }  # fmt: skip


class Files:
    """A finished run on disk, noting which facts are read of it."""

    def __init__(self, relations: Relations, rows: dict[str, list[dict[str, Any]]]) -> None:
        self.relations = relations
        self.rows = rows
        self.seen: dict[str, set[str]] = {}
        self.read_whole: list[str] = []

    def has(self, name: str) -> bool:
        return name == "seller_month"

    def columns(self, name: str) -> Collection[str]:
        return {column for row in self.relations[name] for column in row}

    def relation(
        self, name: str, equal: Mapping[str, Any], columns: Collection[str] = ()
    ) -> Sequence[Any]:
        rows = self.relations[name]
        return [row for row in rows if all(row[key] == equal[key] for key in equal)]

    def dataset(self, name: str, equal: Mapping[str, Any]) -> Sequence[Any]:
        self.read_whole.append(name)
        return self.rows.get(name, [])

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Any]:
        rows = [
            row for row in self.rows[name]
            if any(row[column] in values for column, values in wanted.items())
        ]  # fmt: skip
        self.seen.setdefault(name, set()).update(str(row["_row"]) for row in rows)
        return rows

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        rows = self.rows.get(name, [])
        return sum(
            wanted is None or any(row[column] in values for column, values in wanted.items())
            for row in rows
        )

    def version(self, name: str) -> str | None:
        return None


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(load_plan(PLAN))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(parse_period("2026-09"), datasets())


@pytest.mark.parametrize("who", [SHEN, WU, HE, TAO])
def test_few_facts_explain_as_all_of_them_do(plan: ResolvedPlan, inputs: Inputs, who: str) -> None:
    cell = Cell("seller_month", (who, "2026-09"), "collected")
    files = Files(run_plan(plan, inputs), datasets())

    few = explain(Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files), cell)
    whole = explain(Evidence(Calculation(plan, inputs).run()), cell)

    assert few.value == whole.value
    assert few.gathered is not None
    assert whole.gathered is not None
    assert [(one.cell, one.part) for one in few.gathered.rows] == [
        (one.cell, one.part) for one in whole.gathered.rows
    ]
    assert not files.read_whole


def test_what_nobody_near_took_part_in_is_not_read(plan: ResolvedPlan, inputs: Inputs) -> None:
    files = Files(run_plan(plan, inputs), datasets())
    evidence = Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files)

    explain(evidence, Cell("seller_month", (SHEN, "2026-09"), "collected"))

    # Wu's receipt of an order that Shen shares is read; Wu's own and He's are not.
    assert files.seen["receipts"] == {"R-1", "R-2", "R-3", "R-4"}
    assert {row.partition("-people")[0] for row in files.seen["shares"]} == {"O-2", "O-3"}


def test_rows_that_spoil_a_filter_are_read_for_everybody() -> None:
    text = PLAN.replace(
        "shares: {key: [order_no, person], columns: {order_no: code,",
        "shares: {key: [share_no, person], columns: {share_no: code, order_no: code,",
    )
    plan = resolve(load_plan(text))
    rows = datasets()
    for number, row in enumerate(rows["shares"]):
        row["share_no"] = f"S-{number}"
    rows["shares"][-1]["order_no"] = None
    inputs = Inputs(parse_period("2026-09"), rows)
    cell = Cell("seller_month", (SHEN, "2026-09"), "collected")
    files = Files(run_plan(plan, inputs), rows)

    few = explain(Evidence.of_stored(plan, Inputs(parse_period("2026-09")), files), cell)
    whole = explain(Evidence(Calculation(plan, inputs).run()), cell)

    assert few.value == whole.value
    assert few.reason is not None
    assert "O-5-" + TAO in files.seen["shares"]
