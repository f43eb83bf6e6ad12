"""Formula: a value from the same row, printed into the step that computes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Formula
from attain.expressions.sql import Printed, print_node
from attain.expressions.typed import Node


@dataclass(frozen=True, slots=True)
class Made:
    """A SELECT that adds columns to a frame, and what those columns are like."""

    query: exp.Query
    cells: dict[str, Cell]


class Printer:
    """Prints the expressions of one SELECT, collecting what they share in inner ones.

    Where a SELECT with shared parts stands inside another, each has a `mark` of its own: their
    shared parts are columns side by side, and two of one name would be taken for each other.
    """

    def __init__(self, read: Reader, mark: str = "") -> None:
        self.read, self.mark = read, mark
        self.lets: list[tuple[str, exp.Expr]] = []

    def __call__(self, node: Node) -> Printed:
        prefix = f"{self.mark}{len(self.lets)}_"
        printed = print_node(node, self.read, self.read.dialect, prefix=prefix)
        self.lets.extend(printed.lets)
        return printed


def select_formulas(frame: Frame, columns: Sequence[Column]) -> Made:
    """The rows of a frame with formulas computed on them.

    A missing result is NULL, and the column's companion says why.
    """
    printer = Printer(Reader(frame))
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for column in columns:
        assert isinstance(column.made, Formula)
        printed = printer(column.made.node)
        storage = sql.storage_of(column)
        projections += project(column.name, storage, printed.value, printed.why)
        cells[column.name] = Cell(storage, printed.why is not None)
    return Made(extended(frame, projections, printer.lets), cells)


def extended(
    frame: Frame, projections: Sequence[exp.Expr], lets: Sequence[tuple[str, exp.Expr]] = ()
) -> exp.Select:
    """The rows of a frame with columns added; what the columns share is computed beneath."""
    source = layered(frame.table(), lets)
    kept = frame.all_columns() if lets else [sql.every()]
    return exp.select(*kept, *projections, copy=False).from_(source, copy=False)


def project(name: str, storage: str, value: exp.Expr, why: exp.Expr | None) -> list[exp.Expr]:
    """A column in its stored type, and its companion where it may be missing."""
    kept: list[exp.Expr] = [sql.named(sql.cast(value, storage), name)]
    if why is not None:
        kept.append(sql.named(why, name + sql.WHY))
    return kept


def layered(source: exp.Expr, lets: Iterable[tuple[str, exp.Expr]]) -> exp.Expr:
    """The source with shared expressions computed beneath, each in a SELECT of its own depth."""
    pending = list(lets)
    while pending:
        names = {name for name, _ in pending}
        ready = [(n, e) for n, e in pending if not _mentions(e, names)]
        pending = [(n, e) for n, e in pending if _mentions(e, names)]
        computed = (sql.named(e, n) for n, e in ready)
        inner = exp.select(sql.every(), *computed, copy=False).from_(source, copy=False)
        source = exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))
    return source


def _mentions(expression: exp.Expr, names: set[str]) -> bool:
    return any(found.name in names for found in expression.find_all(exp.Column))
