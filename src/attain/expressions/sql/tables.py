"""Tables as SQL: a CASE over the cells, or arithmetic slice by slice, with the edges inlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.expressions.missing import OUTSIDE_TABLE
from attain.expressions.sql import build, calls, quotients
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Quotient
from attain.expressions.sql.printed import Part, whys_of
from attain.expressions.sql.printer import Printer
from attain.expressions.typed import Cell, Condition, Missing, Node, Read


def part(printer: Printer, node: Read) -> Part:
    """A table read for the inputs at hand."""
    inputs = [printer.shares.part(one) for one in printer.parts(node.inputs)]
    scale = printer.shares.part(printer.part(node.scale)) if node.scale else None
    sheet = Sheet(printer, node, inputs, scale)
    needed = whys_of(
        [
            *([printer.part(node.amount)] if node.amount else []),
            *([sheet.scale] if sheet.scale else []),
            *(printer.part(edge) for cell in node.cells for edge in _edges(cell)),
        ]
    )
    match node.reading:
        case "value":
            return _guarded(printer, sheet.chosen(), needed)
        case "whole":
            chosen = sheet.chosen()
            amount = printer.part(node.amount) if node.amount else inputs[0]
            value = quotients.product(chosen.number, amount.number)
            return _guarded(printer, Part(value, (*chosen.whys, *amount.whys)), needed)
    from attain.expressions.sql import slices

    whys = (*whys_of(inputs), *needed, *(w for v in sheet.values for w in v.whys))
    match node.reading:
        case "marginal":
            return _strict(printer, slices.marginal(sheet), whys)
        case "fill":
            return _strict(printer, slices.filled(sheet), whys)
        case _:
            return _strict(printer, slices.curved(sheet), whys)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its inputs printed."""

    printer: Printer
    node: Read
    inputs: Sequence[Part]
    scale: Part | None

    @property
    def values(self) -> list[Part]:
        return [self.printer.part(cell.value) for cell in self.node.cells]

    @property
    def otherwise(self) -> Part:
        node = self.node
        absent = Missing(OUTSIDE_TABLE, node.cells[0].value.type if node.cells else node.type)
        return self.printer.part(node.otherwise if node.otherwise is not None else absent)

    def number(self, axis: int = 0) -> Quotient:
        return self.inputs[axis].number

    def edge(self, edge: Node) -> Quotient:
        """An edge as it is compared: multiplied by the table's scale where there is one."""
        written = self.printer.part(edge).number
        if self.scale is None:
            return written
        return self.printer.shares.quotient(quotients.product(written, self.scale.number))

    def fits(self, cell: Cell) -> Sql | None:
        """Whether a cell fits the inputs; None if it fits whatever comes."""
        tests = [
            test
            for axis, condition in enumerate(cell.conditions)
            for test in self._tests(condition, axis)
        ]
        return build.every(tests) if tests else None

    def _tests(self, condition: Condition, axis: int) -> list[Sql]:
        if condition.equals:
            return [self._equals(condition, axis)]
        tests = []
        if condition.lower is not None:
            inside = ">=" if condition.lower_closed else ">"
            tests.append(self.beyond(condition.lower, axis, inside))
        if condition.upper is not None:
            inside = "<=" if condition.upper_closed else "<"
            tests.append(self.beyond(condition.upper, axis, inside))
        return tests

    def _equals(self, condition: Condition, axis: int) -> Sql:
        nodes = [self.node.inputs[axis]] * len(condition.equals)
        if nodes[0].type.is_number or len(nodes) == 1:
            pairs = [
                self.printer.compare("=", (one, key), (self.inputs[axis], self.printer.part(key)))
                for one, key in zip(nodes, condition.equals, strict=True)
            ]
            return build.either(pairs)
        keys = [self.printer.part(key).plain for key in condition.equals]
        return exp.In(this=build.closed(self.inputs[axis].plain), expressions=keys)

    def beyond(self, edge: Node, axis: int, operator: str) -> Sql:
        """The input compared with an edge."""
        if not edge.type.is_number:
            one = self.inputs[axis].plain
            return build.binary(quotients.COMPARISONS[operator], one, self.printer.part(edge).plain)
        return self.printer.compare_numbers(operator, self.number(axis), self.edge(edge))

    def inside(self) -> Sql | None:
        """Whether the input lies in any cell; None if one fits whatever comes."""
        tests = [self.fits(cell) for cell in self.node.cells]
        known = [test for test in tests if test is not None]
        return build.either(known) if len(known) == len(tests) and known else None

    def chosen(self) -> Part:
        """The value of the first cell that fits."""
        tests: list[Sql] = []
        values: list[Part] = []
        for cell, value in zip(self.node.cells, self.values, strict=True):
            test = self.fits(cell)
            if test is None:
                return self._complete(tests, values, value)
            tests.append(test)
            values.append(value)
        missing = [calls.is_missing(one) for one in self.inputs if one.whys]
        if missing:
            # What fits no cell because an input is missing is not outside the table.
            why = self.printer.shares.worst(whys_of(self.inputs))
            assert why is not None
            tests.append(build.either(missing))
            values.append(Part(calls.null_like(self.otherwise), (why,)))
        return self._complete(tests, values, self.otherwise)

    def _complete(self, tests: list[Sql], values: list[Part], last: Part) -> Part:
        if not tests:
            return last
        return self.printer.chosen(self.node, tests, values, last)


def _guarded(printer: Printer, found: Part, needed: tuple[Sql, ...]) -> Part:
    """A value that is missing, first of all, where an edge, the scale or the amount is."""
    if not needed:
        return found
    why = printer.shares.worst(needed)
    assert why is not None
    why = printer.shares.sql(why)
    missing = build.is_known(why)
    value: Quotient | Sql
    if isinstance(found.value, Quotient):
        value = quotients.choose([(build.is_null(why.copy()), found.number)], None)
    else:
        value = build.cases([(build.is_null(why.copy()), found.plain)])
    rest = printer.shares.worst(found.whys)
    whys = build.cases([(missing, why.copy())], rest) if rest is not None else why
    return Part(value, (whys,))


def _strict(printer: Printer, found: Part, whys: tuple[Sql, ...]) -> Part:
    """An interpolated value, missing where anything it is made of is."""
    if not whys:
        return found
    why = printer.shares.worst(whys)
    assert why is not None
    why = printer.shares.sql(why)
    rest = printer.shares.worst(found.whys)
    known = build.is_null(why)
    value = quotients.choose([(known, found.number)], None)
    if rest is None:
        return Part(value, (why.copy(),))
    return Part(value, (build.cases([(known.copy(), rest)], why.copy()),))


def _edges(cell: Cell) -> list[Node]:
    return [
        edge
        for condition in cell.conditions
        for edge in (condition.lower, condition.upper, *condition.equals)
        if edge is not None
    ]
