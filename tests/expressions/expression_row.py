"""The row that formulas in these tests stand on: an order of a distributor, and its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from attain.core.units import Type, Unit, key_of, money
from attain.expressions.check import Check
from attain.expressions.compose import Composer
from attain.expressions.reads import compose_read
from attain.expressions.results import Absent, Result
from attain.expressions.retype import number
from attain.expressions.tree import Call, Name
from attain.expressions.typed import Cell, Condition, Constant, Node, Reference

CNY = money("CNY")

COLUMNS: dict[str, Type] = {
    "amount": Type(Unit.money, "CNY", 2, may_be_missing=True),
    "price": Type(Unit.money, "CNY", 6),
    "paid": Type(Unit.money, "CNY", 18, may_be_missing=True),
    "dollars": Type(Unit.money, "USD", 2),
    "rate": Type(Unit.ratio, scale=18, may_be_missing=True),
    "share": Type(Unit.ratio, scale=18),
    "quantity": Type(Unit.count, scale=0),
    "visits": Type(Unit.count, scale=0, may_be_missing=True),
    "pieces": Type(Unit.count, scale=18),
    "score": Type(Unit.points, scale=18, may_be_missing=True),
    "days": Type(Unit.days, scale=0),
    "note": Type(Unit.text, may_be_missing=True),
    "name": Type(Unit.text),
    "seller": key_of("people"),
    "team": key_of("units"),
    "signed_on": Type(Unit.date, may_be_missing=True),
    "due": Type(Unit.date),
    "flag": Type(Unit.boolean, may_be_missing=True),
    "is_head": Type(Unit.boolean),
    "销售额": Type(Unit.money, "CNY", 2),
    "2024年销售额": Type(Unit.money, "CNY", 2),
}


def stored_value(name: str, value: object) -> Result:
    """A column's value as a test writes it: a number as text or int, a date as ISO text."""
    if isinstance(value, Absent) or COLUMNS[name].unit is Unit.boolean:
        return value  # type: ignore[return-value]
    if COLUMNS[name].unit is Unit.date:
        return dt.date.fromisoformat(str(value))
    return Fraction(str(value)) if COLUMNS[name].is_number else str(value)


class Row:
    """The columns by name, `cap` a parameter without unit, and `value(table, …)` readings."""

    def name(self, name: Name, composer: Composer) -> Node | None:
        word = ".".join(name.parts)
        if word == "cap":
            return number(Decimal(5000))
        return Reference(word, COLUMNS[word]) if word in COLUMNS else None

    def known(self) -> Iterable[str]:
        return (*COLUMNS, "cap")

    def known_calls(self) -> Iterable[str]:
        return ()

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        if call.name not in ("value", "whole", "marginal", "fill", "curve"):
            return None
        table, *arguments = call.arguments
        assert isinstance(table, Name)
        sheet = TABLES[table.parts[0]]
        inputs = [check(one) for one in arguments[: len(sheet[0].conditions)]]
        amount = [check(one) for one in arguments[len(inputs) :]]
        return compose_read(
            composer,
            table.parts[0],
            call.name,
            inputs,
            sheet,
            otherwise=check_otherwise(call, composer),
            span=call.span,
            amount=amount[0] if amount else None,
            scale=Reference("price", COLUMNS["price"]) if table.parts[0] == "steps" else None,
        )


def check_otherwise(call: Call, composer: Composer) -> Node | None:
    """`value(table, x).otherwise` reads 3 % (rates) or 7 where no cell fits."""
    if call.member is None:
        return None
    table = call.arguments[0]
    assert isinstance(table, Name)
    return percent(3) if table.parts[0] in ("bands", "slabs", "grid", "steps") else number(7)


def percent(value: int | str) -> Constant:
    written = Decimal(str(value)).scaleb(-2)
    return Constant(written, Type(Unit.ratio, scale=-int(written.as_tuple().exponent)))


def plain(value: int | str) -> Constant:
    return number(Decimal(str(value)))


def text(value: str) -> Constant:
    return Constant(value, Type(Unit.text))


def band(lower: Node | None, upper: Node | None, value: Node) -> Cell:
    return Cell((Condition(lower, upper),), value)


def band_to(lower: Node | None, upper: Node | None, value: Node) -> Cell:
    return Cell((Condition(lower, upper, lower_closed=False, upper_closed=True),), value)


def key(value: Node, *keys: str) -> Cell:
    return Cell((Condition(equals=tuple(text(one) for one in keys)),), value)


def points(*pairs: tuple[int, int]) -> list[Cell]:
    return [band(plain(at), None, plain(value)) for at, value in pairs]


TABLES: dict[str, list[Cell]] = {
    # Attainment to a rate, lower edge inside.
    "bands": [
        band(percent(120), None, percent(8)),
        band(percent(100), percent(120), percent(5)),
        band(percent(80), percent(100), percent(2)),
    ],
    # 2 % to 1 000, 5 % to 5 000, 7 % above.
    "slabs": [
        band(plain(0), plain(1000), percent(2)),
        band(plain(1000), plain(5000), percent(5)),
        band(plain(5000), None, percent(7)),
    ],
    # The bands of language.md 22: 0 to 200 is 12, 200 to 600 is 36, upper edge inside.
    "boxes": [
        band_to(plain(0), plain(200), plain(12)),
        band_to(plain(200), plain(600), plain(36)),
    ],
    "open_boxes": [
        band_to(None, plain(10), plain(12)),
        band_to(plain(10), plain(50), plain(36)),
        band_to(plain(50), plain("70.5"), plain("40.5")),
    ],
    "line": points((200, 12), (600, 36)),
    "bent": points((200, 12), (600, 36), (1000, 30)),
    "plane": [
        Cell((Condition(plain(x)), Condition(plain(y))), plain(z))
        for x, y, z in ((0, 0, 1), (100, 0, 3), (0, 50, 5), (100, 50, 11))
    ],
    "tilted": [
        Cell((Condition(percent(x)), Condition(percent(y))), percent(z))
        for x, y, z in ((80, 95, 25), (120, 95, 60), (80, 102, "60.5"), (120, 102, 200))
    ],
    "letters": [key(plain(100), "A", "B"), key(plain(60), "华东区")],
    "grid": [
        Cell((Condition(percent(100)), Condition(equals=(text("A"),))), percent(5)),
        Cell((Condition(None, percent(100)), Condition(equals=(text("A"),))), percent(1)),
        Cell((Condition(), Condition()), percent(0)),
    ],
    # Multiples of the price: 80 %, 100 % and 120 % of it.
    "steps": [
        band(percent(120), None, percent(8)),
        band(percent(100), percent(120), percent(5)),
        band(percent(80), percent(100), percent(2)),
    ],
}
