"""The checks find nothing in the sample company, and every fault that is put into it."""

from __future__ import annotations

from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from attain.core.errors import render
from attain.demo.checks import check, cycle
from attain.demo.making import Made, read_totals

NO_TOTALS: dict[str, Any] = {"rows": {}, "by_month": {}, "by_person": {}}


def test_the_sample_company_has_no_fault(database: DuckDBPyConnection, made: Made) -> None:
    assert check(database, read_totals(made.folder)) == []


# What is done to the tables, and the code of the check that must notice it.
FAULTS = {
    "an amount with a letter": (
        "UPDATE raw_orders SET \"金额\" = '12,8OO.00' WHERE \"订单号\" = 'SO-260821-033'",
        "SAMPLE_CELL",
    ),
    "a day that does not exist": (
        "UPDATE raw_collections SET \"到账日期\" = '2026-02-30' WHERE \"流水号\" = 'HK-260911-022'",
        "SAMPLE_CELL",
    ),
    "a blank that must not be": (
        'UPDATE raw_orders SET "业务员" = NULL WHERE "订单号" = \'SO-260821-033\'',
        "SAMPLE_BLANK",
    ),
    "a receipt twice": (
        "INSERT INTO collections SELECT * FROM collections WHERE receipt_no = 'HK-260911-022'",
        "SAMPLE_KEY_TWICE",
    ),
    "a customer nobody has": (
        "UPDATE collections SET customer = 'KH-0O82' WHERE receipt_no = 'HK-260911-022'",
        "SAMPLE_REFERENCE",
    ),
    "a unit under one that is not there": (
        "UPDATE units SET parent = 'U-Z' WHERE unit = 'U-W'",
        "SAMPLE_REFERENCE",
    ),
    "an order before the first month": (
        "UPDATE orders SET signed_on = '2024-09-30' WHERE order_no = 'SO-260821-033'",
        "SAMPLE_DATE",
    ),
    "two owners on one day": (
        "UPDATE customer_owners SET effective_until = '2026-10-01' "
        "WHERE person = 'E-1021' AND effective_from = '2026-07-01'",
        "SAMPLE_INTERVAL",
    ),
    "shares of 99.9 %": (
        "UPDATE order_splits SET share = 0.599 WHERE order_no = 'SO-260624-012' "
        "AND person = 'E-1001'",
        "SAMPLE_SPLIT",
    ),
    "a manager who reports to his own people": (
        "INSERT INTO edges VALUES ('reporting', 'E-0002', 'E-1014', DATE '2026-09-01', NULL)",
        "SAMPLE_CYCLE",
    ),
    "a line that does not multiply": (
        "UPDATE orders SET discount = discount + 1 WHERE order_no = 'SO-260821-033'",
        "SAMPLE_RULE",
    ),
    "a receipt for no order": (
        "UPDATE collections SET order_no = 'SO-000000-000' WHERE receipt_no = 'HK-260911-022'",
        "SAMPLE_RULE",
    ),
    "an invoice paid twice": (
        "INSERT INTO collections SELECT 'HK-260912-099', received_on, customer, seller, order_no, "
        "invoice_no, amount, entered_on FROM collections WHERE receipt_no = 'HK-260911-022'",
        "SAMPLE_RULE",
    ),
    "an order of somebody who has left": (
        "UPDATE orders SET seller = 'E-1025' WHERE order_no = 'SO-260821-033'",
        "SAMPLE_RULE",
    ),
    "a waiver approved by who asked for it": (
        'UPDATE interventions SET approved_by = "by"',
        "SAMPLE_RULE",
    ),
}


@pytest.mark.parametrize(("spoil", "code"), FAULTS.values(), ids=FAULTS)
def test_it_notices(spoil: str, code: str, database: DuckDBPyConnection) -> None:
    database.execute(spoil)

    faults = check(database, NO_TOTALS)

    assert code in {fault.code for fault in faults}
    for fault in faults:
        assert render(fault, "zh-Hans").message != render(fault, "en").message


@pytest.mark.parametrize(
    ("spoil", "totals"),
    [
        (
            "UPDATE collections SET amount = amount + 0.01 WHERE receipt_no = 'HK-260930-018'",
            {"collections.2026-09", "collections.E-1022.2026-09",
             "collections_credited.E-1022.2026-09"},
        ),
        (
            "UPDATE order_splits SET share = 1 - share WHERE order_no = 'SO-260624-012'",
            {"collections_credited.E-1001.2026-09", "collections_credited.E-1002.2026-09"},
        ),
        ("DELETE FROM rates WHERE date = '2026-08-31'", {"rows.rates"}),
        (
            "UPDATE orders SET status = 'signed' WHERE order_no = 'SO-260820-016'",
            {"orders_signed.2026-08", "orders_signed.E-1012.2026-08"},
        ),
    ],
    ids=["a fen", "the shares of a split", "a row", "a cancelled order"],
)  # fmt: skip
def test_control_totals_notice_the_loss_of(
    spoil: str, totals: set[str], database: DuckDBPyConnection, made: Made
) -> None:
    database.execute(spoil)

    faults = check(database, read_totals(made.folder))

    differing = {fault.values["total"] for fault in faults if fault.code == "SAMPLE_TOTAL"}
    assert differing == totals


def test_a_cycle_is_shown_as_the_way_around() -> None:
    assert cycle({"a": "b", "b": "c", "c": "a", "d": "a"}) == ["a", "b", "c", "a"]


def test_a_tree_has_no_cycle() -> None:
    assert cycle({"b": "a", "c": "a", "d": "b"}) == []
