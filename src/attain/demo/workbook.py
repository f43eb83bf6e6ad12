"""A bank's workbook with the faults that people make, to try an import on.

Receipts of the first half of October 2026: 486 rows, of which 5 are wrong and 2 stand twice.
Its sums are those of the pictures: 7,391,204.15 can be loaded, 68,312.20 must be mended,
23,400.00 are repeated, 7,482,916.35 in all.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final, NamedTuple

import xlsxwriter

from attain.demo.dice import Dice
from attain.demo.money import Cents, by_lot, cents, yuan
from attain.demo.months import Month, worked_days
from attain.demo.rows import Customer, CustomerOwner
from attain.demo.tables import Numbers, Tables

WORKBOOK: Final = "华东_银行流水_202610上半月.xlsx"
SHEET: Final = "到账明细"
HEADERS: Final = (
    "到账日期",
    "流水号",
    "付款方",
    "客户编码",
    "金额（元）",
    "录入日期",
    "摘要",
    "业务员",
)
ROWS: Final = 486
LOADABLE: Final = cents("7391204.15")
FIRST_LINE: Final = 2
"""Line 1 has the headers; lines are counted as a spreadsheet shows them."""

DAYS: Final = tuple(day for day in worked_days(Month(2026, 10)) if day <= date(2026, 10, 15))


ENTERED_ON: Final = date(2026, 10, 16)


class Line(NamedTuple):
    """One line of the workbook; day and amount are texts where somebody typed them so."""

    day: date | str
    number: str
    payer: str
    customer: str
    amount: Cents | str
    seller: str


SAID: Final[dict[int, Line]] = {
    # A letter O for a zero in the customer's code.
    17: Line(date(2026, 10, 9), "HK-261009-006", "悦邻超市有限公司", "KH-0O82", 1846000, "E-1001"),
    # There is no month 13.
    58: Line("2026/13/05", "HK-261012-003", "云禾生鲜商贸", "KH-0131", 915220, "E-1003"),
    92: Line(date(2026, 10, 12), "HK-261012-040", "鲜邻便利连锁", "KH-0063", 1420000, "E-1006"),
    93: Line(date(2026, 10, 12), "HK-261012-041", "南湖百货", "KH-0109", 920000, "E-1006"),
    # Two letters O for zeros in the amount.
    112: Line(date(2026, 10, 13), "HK-261013-021", "禾木便利店", "KH-0047", "12,8OO.00", "E-1002"),
    # The two lines that stand above already.
    145: Line(date(2026, 10, 12), "HK-261012-040", "鲜邻便利连锁", "KH-0063", 1420000, "E-1006"),
    146: Line(date(2026, 10, 12), "HK-261012-041", "南湖百货", "KH-0109", 920000, "E-1006"),
    # Somebody typed a name for a code, and one sign of it is another: E-1003 is 何思齐.
    203: Line(date(2026, 10, 14), "HK-261014-017", "满格便利", "KH-0158", 2150000, "何思琪"),
    # In a month that is closed.
    311: Line(date(2026, 9, 30), "HK-260930-044", "优选汇商业", "KH-0022", 640000, "E-1012"),
}
_GOOD: Final = (92, 93)


def write_workbook(path: Path, company: Tables, seed: int) -> None:
    """Write the workbook; the same seed writes the same cells."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        workbook.set_properties(
            {"title": SHEET, "created": datetime.combine(ENTERED_ON, time(), UTC)}
        )
        sheet = workbook.add_worksheet(SHEET)
        day_format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        amount_format = workbook.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, HEADERS, workbook.add_format({"bold": True}))
        for place, line in lines(company, seed).items():
            row = place - 1
            if isinstance(line.day, date):
                sheet.write_datetime(row, 0, line.day, day_format)
            else:
                sheet.write_string(row, 0, line.day)
            sheet.write_row(row, 1, (line.number, line.payer, line.customer))
            if isinstance(line.amount, int):
                sheet.write_number(row, 4, yuan(line.amount), amount_format)
            else:
                sheet.write_string(row, 4, line.amount)
            sheet.write_datetime(row, 5, ENTERED_ON, day_format)
            sheet.write_row(row, 6, ("货款", line.seller))


def lines(company: Tables, seed: int) -> dict[int, Line]:
    """The lines by their number; those that are not said are drawn by lot and are right."""
    dice = Dice(seed, "workbook")
    numbers = Numbers(line.number for line in SAID.values())
    customers = {one.customer: one for one in company.of(Customer)}
    owned = [one for one in company.of(CustomerOwner) if _is_of_east(one)]
    free = [place for place in range(FIRST_LINE, FIRST_LINE + ROWS) if place not in SAID]
    amounts = by_lot(LOADABLE - _said_amount(), len(free), dice)
    found = dict(SAID)
    for place, amount in zip(free, amounts, strict=True):
        day = DAYS[(place - FIRST_LINE) * len(DAYS) // ROWS]
        one = dice.one_of(owned)
        payer = customers[one.customer].name
        number = numbers.next("HK", day)
        found[place] = Line(day, number, payer, one.customer, amount, one.person)
    return dict(sorted(found.items()))


def _is_of_east(owned: CustomerOwner) -> bool:
    return owned.effective_until is None and owned.person.startswith("E-10")


def _said_amount() -> Cents:
    return sum(amount for place in _GOOD if isinstance(amount := SAID[place].amount, int))
