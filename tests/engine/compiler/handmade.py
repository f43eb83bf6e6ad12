"""Plans built by hand and small inputs: what the tests of compiler and runs share.

The company is always the same: Li, Wang and Zhao sell, orders are theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from attain.core.labels import labels
from attain.core.periods import parse_period
from attain.core.rounding import Mode
from attain.core.units import BOOLEAN, COUNT, DATE, DAYS, RATIO, TEXT, Type, Unit, key_of, money
from attain.engine.backends.duckdb import Session
from attain.engine.backends.duckdb.session import Files
from attain.engine.compiler import Compiled, Guard, compile_plan
from attain.engine.context import RunContext
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Formula,
    Gather,
    KeyPart,
    Lookup,
    Made,
    MemberRows,
    PeriodRows,
    Relation,
    ResolvedPlan,
    Rows,
    SourceRows,
    Stored,
    Window,
)
from attain.expressions.typed import Constant, Missing, Narrow, Node, Operate, Reference, Round

__all__ = ["BOOLEAN", "COUNT", "DATE", "DAYS", "RATIO", "TEXT", "Constant", "Lookup"]

CNY = money("CNY")
PEOPLE = key_of("people")
PERIOD_TEXT = TEXT
BIG = Type(Unit.ratio, scale=18)


def maybe(kind: Type) -> Type:
    """The same type for a value that may be missing."""
    return kind.missing()


# --- expressions ----------------------------------------------------------------------------


def ref(column: str, kind: Type, row: str = "") -> Reference:
    return Reference(column, kind, row)


def number(value: str, kind: Type = RATIO) -> Constant:
    amount = Decimal(value)
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return Constant(amount, replace(kind, scale=max(0, -exponent)))


def word(value: str) -> Constant:
    return Constant(value, TEXT)


def on(value: str) -> Constant:
    return Constant(dt.date.fromisoformat(value), DATE)


def op(operator: str, *operands: Node, kind: Type | None = None) -> Operate:
    """An operator's node; comparisons are boolean, other types are told or the first one's."""
    compared = operator in ("=", "<>", "<", "<=", ">", ">=", "and", "or", "not", "in")
    chosen = kind or (BOOLEAN if compared else operands[0].type)
    missing = any(one.type.may_be_missing for one in operands)
    return Operate(operator, operands, chosen.missing(missing))


def ratio(above: Node, below: Node) -> Narrow:
    """A quotient stored as a ratio: missing where the divisor is zero."""
    quotient = Operate("/", (above, below), Type(Unit.ratio, scale=None, may_be_missing=True))
    return Narrow(quotient, 18, maybe(RATIO))


def narrowed(node: Node, kind: Type) -> Narrow:
    return Narrow(node, kind.stored_scale or 0, kind.missing(node.type.may_be_missing))


def rounded(node: Node, step: str, kind: Type, mode: Mode = Mode.half_up) -> Round:
    return Round(node, Decimal(step), mode, kind.missing(node.type.may_be_missing))


def gone(reason: str, kind: Type) -> Missing:
    return Missing(reason, kind.missing())


# --- relations ------------------------------------------------------------------------------


def column(name: str, kind: Type, made: Made, **more: Any) -> Column:
    return Column(name, kind, made, **more)


def stored(**kinds: Type) -> list[Column]:
    return [Column(name, kind, Stored()) for name, kind in kinds.items()]


def formula(name: str, node: Node, **more: Any) -> Column:
    return Column(name, node.type, Formula(node), **more)


def key(**kinds: str) -> tuple[KeyPart, ...]:
    def kind_of(kind: str) -> Type:
        return TEXT if kind.startswith("period:") or kind == "text" else key_of(kind)

    return tuple(KeyPart(name, kind, kind_of(kind)) for name, kind in kinds.items())


def relation(
    name: str,
    parts: tuple[KeyPart, ...],
    rows: Rows,
    columns: Iterable[Column],
    lookups: Iterable[Lookup] = (),
    **more: Any,
) -> Relation:
    by_name = {one.name: one for one in columns}
    return Relation(name, parts, rows, by_name, {one.name: one for one in lookups}, **more)


IN_PERIOD = Window(ref("period_from", DATE), ref("period_until", DATE))


def orders(*columns: Column, where: Node | None = None, lookups: Iterable[Lookup] = ()) -> Relation:
    """Orders: a seller, the day signed, an amount and a status."""
    own = stored(
        order_id=TEXT, signed_on=DATE, seller=maybe(PEOPLE), amount=maybe(CNY), status=TEXT
    )
    return relation(
        "orders",
        key(order_id="text"),
        SourceRows("orders", where),
        [*own, *columns],
        lookups,
        date="signed_on",
        covered_by=("orders",),
    )


def sellers(
    *columns: Column, period: str = "quarter", lookups: Iterable[Lookup] = (), **rows: Any
) -> Relation:
    """A row per seller and period, from people."""
    dates = {period: TEXT, "period_from": DATE, "period_until": DATE}
    own = stored(seller=PEOPLE, department=maybe(TEXT), **dates)
    return relation(
        f"seller_{period}",
        (*key(seller="people"), *key(**{period: f"period:{period}"})),
        MemberRows("people", "person", period=period, **rows),
        [*own, *columns],
        lookups,
        subject="seller",
    )


def gather(name: str, how: str, value: Node | None = None, **more: Any) -> Column:
    """A gather over orders by seller in the row's period, unless told otherwise."""
    kind = more.pop("kind", None) or (COUNT if how in ("count", "distinct") else CNY)
    given: dict[str, Any] = {
        "relation": "orders",
        "match": (("seller", ref("seller", maybe(PEOPLE))),),
        "window": IN_PERIOD,
        "date": "signed_on",
        "covered_by": ("orders",),
        **more,
    }
    made = Gather(Aggregate(how), value=value, **given)
    return Column(name, maybe(kind), made)


AMOUNT = ref("amount", maybe(CNY))
SIGNED = op("=", ref("status", TEXT), word("signed"))


def periods(kind: str) -> Relation:
    return relation(
        kind,
        key(**{kind: f"period:{kind}"}),
        PeriodRows(kind),
        stored(period_from=DATE, period_until=DATE),
    )


def plan(*relations: Relation, **more: Any) -> ResolvedPlan:
    """A plan of these relations, its columns in the order in which they stand."""
    order = tuple(
        (one.name, name)
        for one in relations
        for name, made in one.columns.items()
        if not isinstance(made.made, Stored)
    )
    given: dict[str, Any] = {
        "plan": "quarterly",
        "labels": labels("季度考核", "Quarterly"),
        "text_hash": "0" * 64,
        "period": "quarter",
        "calendar": "gregorian",
        "currency": "CNY",
        "relations": {one.name: one for one in relations},
        "order": order,
        "components": (),
        "lines": (),
        "checks": (),
        "periods": ("quarter", "month"),
        "datasets": ("orders", "people"),
        **more,
    }
    return ResolvedPlan(**given)


# --- inputs and running -----------------------------------------------------------------------

COVERED = {"orders": ((dt.date(2025, 1, 1), dt.date(2026, 7, 1)),)}


def context(period: str = "2026-Q1", **more: Any) -> RunContext:
    given: dict[str, Any] = {
        "coverage": COVERED,
        "datasets": frozenset({"orders", "people"}),
        **more,
    }
    return RunContext(parse_period(period), **given)


def compiled(made: ResolvedPlan, given: RunContext | None = None) -> Compiled:
    return compile_plan(made, given or context())


ORDERS = "order_id VARCHAR, signed_on DATE, seller VARCHAR, amount DECIMAL(24,6), status VARCHAR"
PEOPLE_COLUMNS = "person VARCHAR, department VARCHAR, effective_from DATE, effective_until DATE"


def parquet(path: Path, columns: str, rows: Sequence[Sequence[object]]) -> Path:
    """A part of a dataset, written by hand."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        for row in rows:
            marks = ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO t VALUES ({marks})", list(row))
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


class Company:
    """Inputs of a run, dataset by dataset, and the rows that come out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts: dict[str, list[Path]] = {}
        self.people()

    def people(self, *rows: Sequence[object]) -> Company:
        """People with the days they are in force; Li, Wang and Zhao if not told otherwise."""
        given = rows or [(name, "sales", None, None) for name in ("li", "wang", "zhao")]
        return self.dataset("people", PEOPLE_COLUMNS, given)

    def orders(self, *rows: Sequence[object]) -> Company:
        """Orders as number, day, seller, amount and, if not `signed`, status."""
        full = [(*row, "signed") if len(row) == 4 else row for row in rows]
        return self.dataset("orders", ORDERS, full)

    def dataset(self, name: str, columns: str, rows: Sequence[Sequence[object]]) -> Company:
        path = self.folder / f"{name}.parquet"
        self.parts[f"data:{name}"] = [parquet(path, columns, rows)]
        return self

    def run(self, made: ResolvedPlan, given: RunContext | None = None) -> Results:
        return Results(self, compile_plan(made, given or context()))


class Results:
    """A compiled plan run to its end, and its relations as rows."""

    def __init__(self, company: Company, compiled: Compiled) -> None:
        self.compiled = compiled
        files = Files(company.parts, (), company.folder / "spill")
        self.session = Session(compiled, files)
        for step in compiled:
            if isinstance(step, Guard):
                self.guarded(step)
            else:
                self.session.make(step)

    def guarded(self, guard: Guard) -> None:
        found = self.session.found(guard)
        assert not found, f"{guard.code}: {found}"

    def rows(self, name: str, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of a relation, sorted by them; `sales?` is the value or the reason."""
        step = self.compiled.relations[name]
        there = {one.name for one in self.compiled.step(step).columns}
        chosen = ", ".join(_either(column, there) for column in columns)
        found = self.session.rows(f'SELECT {chosen} FROM "{step}"', name)
        return sorted((tuple(_plain(v) for v in row) for row in found), key=str)


def _either(column: str, there: Mapping[str, Any] | set[str]) -> str:
    name = column.rstrip("?")
    if column.endswith("?") and f"{name}__why" in there:
        return f'COALESCE("{name}__why", CAST("{name}" AS VARCHAR))'
    return f'"{name}"'


def _plain(value: object) -> object:
    """Values as they are written in a test: trailing zeros of a decimal mean nothing."""
    if isinstance(value, str):
        try:
            number = Decimal(value)
        except ArithmeticError:
            return value
        return _short(number)
    return _short(value) if isinstance(value, Decimal) else value


def _short(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
