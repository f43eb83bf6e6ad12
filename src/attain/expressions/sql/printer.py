"""From typed nodes to SQL: the same meaning as `attain.expressions.evaluate`, row by row.

A number is carried as numerator and denominator, and divided where a `Narrow` or `Round`
node says so. Nothing here uses `/`, floating point or an engine's idea of a result type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from attain.core.rounding import Mode, decimals
from attain.core.units import Unit
from attain.expressions.digits import MAX_SCALE
from attain.expressions.missing import DIVISION_BY_ZERO, NO_VERSION
from attain.expressions.sql import build, figures, quotients, versions
from attain.expressions.sql.build import Sql
from attain.expressions.sql.dialects import Dialect, dialect_of
from attain.expressions.sql.figures import Quotient
from attain.expressions.sql.printed import Part, Printed, Reader, whys_of
from attain.expressions.sql.shares import Shares
from attain.expressions.typed import (
    Apply,
    Constant,
    Dated,
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)


def print_node(node: Node, read: Reader, dialect: str = "duckdb", prefix: str = "") -> Printed:
    """An expression as SQL; a number is cast to the type its column is stored in.

    The macros of the dialect must exist on the connection. With a `prefix` long parts that
    are needed more than once are named beneath (`lets`), under names that begin with it;
    without one they are bound where they are used.
    """
    printer = Printer(read, dialect_of(dialect), prefix)
    part = printer.part(node)
    value = printer.value(node, part)
    why = printer.shares.worst(part.whys)
    if why is None and node.type.may_be_missing:
        # The type decides whether a column has a companion, not what printing found out.
        why = build.null("VARCHAR")
    shares = printer.shares
    if prefix:
        return Printed(value, why, tuple(shares.lets))
    bound = printer.dialect.bind
    return Printed(shares.bound(value, bound), shares.bound(why, bound) if why else None)


class Printer:
    """Prints one expression for one dialect."""

    def __init__(self, read: Reader, dialect: Dialect, prefix: str = "") -> None:
        self.read = read
        self.dialect = dialect
        self.shares = Shares(prefix or "let_")

    def value(self, node: Node, part: Part) -> Sql:
        """The stored value of a printed node."""
        if not node.type.is_number:
            return part.plain
        number = part.number
        assert number.below is None, "a fraction ends in a Narrow or Round node"
        return build.cast(number.above.sql, figures.storage(node.type))

    def part(self, node: Node) -> Part:
        """A node and all below it, on the way to SQL."""
        match node:
            case Constant(value=value):
                return Part(constant(value))
            case Missing(reason=reason):
                return Part(self._nothing(node), (build.text(reason),))
            case Reference():
                return self._reference(node)
            case Operate():
                return self._operate(node)
            case Apply():
                from attain.expressions.sql import calls

                return calls.part(self, node)
            case Narrow():
                return self._narrow(node)
            case Round():
                return self._round(node)
            case Read():
                from attain.expressions.sql import tables

                return tables.part(self, node)
            case Dated():
                return self._dated(node)

    def parts(self, nodes: Sequence[Node]) -> list[Part]:
        return [self.part(node) for node in nodes]

    # -------------------------------------------------------------------------------- leaves

    def _nothing(self, node: Node) -> Quotient | Sql:
        if not node.type.is_number:
            return build.null(node.type.storage)
        null = build.null("DECIMAL(18, 0)")
        return Quotient(figures.Figure(null, 0, 0, figures.NARROW_WIDTH))

    def _reference(self, node: Reference) -> Part:
        found = self.read(node)
        value: Quotient | Sql = found.value.copy()
        if node.type.is_number:
            value = Quotient(figures.column(found.value.copy(), node.type))
        return Part(value, (found.why.copy(),) if found.why is not None else ())

    # ----------------------------------------------------------------------------- operators

    def _operate(self, node: Operate) -> Part:
        operator = node.operator
        parts = self.parts(node.operands)
        if operator in ("and", "or"):
            return self._logic(operator, parts)
        whys = whys_of(parts)
        if operator == "not":
            return Part(build.negate(parts[0].plain), whys)
        if operator in ("in", "not in"):
            return Part(self._listed(node, parts), whys)
        if node.type.unit is Unit.boolean:
            return Part(self.compare(operator, node.operands, parts), whys)
        if Unit.date in (node.type.unit, node.operands[0].type.unit):
            return Part(self._dates(node, parts), whys)
        return self._arithmetic(operator, parts, whys)

    def _arithmetic(self, operator: str, parts: list[Part], whys: tuple[Sql, ...]) -> Part:
        numbers = [part.number for part in parts]
        if len(numbers) == 1:
            return Part(quotients.negative(numbers[0]), whys)
        if operator == "/":
            return self._quotient(parts, whys)
        if operator in "+-" and any(one.below is not None for one in numbers):
            numbers = [self.shares.quotient(one) for one in numbers]
        result = numbers[0]
        for one in numbers[1:]:
            if operator == "*":
                result = quotients.product(result, one)
            else:
                result = quotients.total(result, one, subtract=operator == "-")
        return Part(result, whys)

    def _quotient(self, parts: list[Part], whys: tuple[Sql, ...]) -> Part:
        first, second = parts
        if first.whys:
            first = Part(self.shares.quotient(first.number), first.whys)
        by = self.shares.quotient(second.number)
        divided = quotients.divide(first.number, by.copy())
        divisor = by.above
        if divisor.value:
            return Part(divided, whys)
        tests = [build.binary(exp.EQ, divisor.sql, build.number(0))]
        if first.whys:
            # What is missing above is not asked what divides it.
            tests.append(build.negate(build.closed(quotients.is_missing(first.number))))
        if second.whys and by.below is not None:
            # Nor is a divisor zero whose own divisor is missing: 0 / visits, and nobody counted.
            tests.append(build.negate(build.closed(build.is_null(by.below.sql))))
        zero = build.cases([(build.every(tests), build.text(DIVISION_BY_ZERO))])
        return Part(divided, (*whys, zero))

    def _logic(self, operator: str, parts: list[Part]) -> Part:
        join = build.every if operator == "and" else build.either
        value = join([part.plain for part in parts])
        why = self.shares.worst(whys_of(parts))
        if why is None:
            return Part(value)
        value = self.shares.sql(value)
        # One operand may decide although another is missing.
        undecided = build.is_null(build.closed(value.copy()))
        return Part(value, (build.cases([(undecided, why)]),))

    def compare(self, operator: str, nodes: Sequence[Node], parts: Sequence[Part]) -> Sql:
        """A comparison of two printed operands."""
        first, second = parts
        if nodes[0].type.is_number:
            return self.compare_numbers(operator, first.number, second.number)
        return build.binary(quotients.COMPARISONS[operator], first.plain, second.plain)

    def compare_numbers(self, operator: str, first: Quotient, second: Quotient) -> Sql:
        """A comparison of two numbers; what multiplying across needs twice is shared."""
        if first.below is not None or second.below is not None:
            first, second = self.shares.quotient(first), self.shares.quotient(second)
        return quotients.compare(operator, first, second)

    def _listed(self, node: Operate, parts: list[Part]) -> Sql:
        value, *listed = (self.shares.part(part) for part in parts)
        if not node.operands[0].type.is_number:
            among: Sql = exp.In(
                this=build.closed(value.plain), expressions=[one.plain for one in listed]
            )
        else:
            among = build.either(
                [self.compare_numbers("=", value.number, one.number) for one in listed]
            )
            if any(part.whys for part in parts):
                # NULL = 1 or 2 = 2 is true in SQL; here a missing operand makes all missing.
                known = build.either([quotients.is_missing(part.number) for part in parts])
                among = build.cases([(known, build.null("BOOLEAN"))], among)
        if any(one.whys for one in listed) and not node.operands[0].type.is_number:
            known = build.either([build.is_null(one.plain) for one in listed])
            among = build.cases([(known, build.null("BOOLEAN"))], among)
        return build.negate(among) if node.operator == "not in" else among

    def _dates(self, node: Operate, parts: list[Part]) -> Quotient | Sql:
        first, second = parts
        if node.type.unit is not Unit.date:
            between = self.dialect.days_between(second.plain, first.plain)
            return Quotient(figures.Figure(between, 0, 0, figures.BIGINT_WIDTH))
        date, days = (first, second) if node.operands[0].type.unit is Unit.date else (second, first)
        moved = days.number.above
        if node.operator == "-":
            moved = figures.negative(moved)
        return self.dialect.add_days(date.plain, moved.sql)

    # ------------------------------------------------------------------------ where they end

    def _narrow(self, node: Narrow) -> Part:
        operand = self._product_to_narrow(node)
        if operand is not None:
            return operand
        part = self.part(node.operand)
        number = part.number
        if number.below is not None:
            ready = self.dialect.to_divide
            number = self.shares.quotient(Quotient(ready(number.above), ready(number.below)))
        elif number.above.scale > node.scale:
            number = self.shares.quotient(number)
        return Part(Quotient(self.dialect.narrow(number, node.scale)), part.whys)

    def _product_to_narrow(self, node: Narrow) -> Part | None:
        """A product of more decimals than a column of SQL holds, narrowed as it is made."""
        operand = node.operand
        is_product = isinstance(operand, Operate) and operand.operator == "*"
        if not is_product or operand.type.scale is None or operand.type.scale <= MAX_SCALE:
            return None
        parts = self.parts(operand.operands)  # type: ignore[union-attr]
        product = parts[0].number
        for part in parts[1:-1]:
            product = quotients.product(product, part.number)
        factors = [self.shares.figure(one.above) for one in (product, parts[-1].number)]
        made = self.dialect.multiply(*factors)
        return Part(Quotient(made), whys_of(parts))

    def _round(self, node: Round) -> Part:
        part = self.part(node.operand)
        number = self.shares.quotient(part.number)
        return Part(Quotient(self.rounded(number, node.step, node.mode)), part.whys)

    def rounded(self, number: Quotient, step: Decimal, mode: Mode) -> figures.Figure:
        """A number rounded to a multiple of `step`."""
        scale = decimals(step)
        above = number.above
        if number.below is None and above.value is None and above.held > above.scale:
            # A row may hold more decimals than its column is declared with, as in an example.
            number = Quotient(replace(above, scale=above.held))
        if number.below is None and step == Decimal(1).scaleb(-scale) and mode is Mode.half_up:
            return self.dialect.narrow(number, scale)
        steps = self.dialect.steps(number, figures.literal(step), mode)
        return figures.multiply(steps, figures.literal(step))

    # ------------------------------------------------------------------------------ versions

    def _dated(self, node: Dated) -> Part:
        at = self.shares.part(self.part(node.at))
        if versions.are_many(node):
            return versions.by_halves(node, at, self)
        tests, values = [], []
        for begins, ends, version in node.versions:
            tests.append(versions.in_force(at, begins, ends))
            values.append(self.part(version))
        missing = Missing(NO_VERSION, node.type)
        return self.chosen(node, tests, values, self.part(missing), before=at.whys)

    def chosen(
        self,
        node: Node,
        tests: Sequence[Sql],
        values: Sequence[Part],
        otherwise: Part,
        before: tuple[Sql, ...] = (),
    ) -> Part:
        """The value of the first test that holds, and why it is missing.

        Reasons in `before` come first: with one of them the tests are not true.
        """
        tests = [self.shares.sql(test) for test in tests]
        value: Quotient | Sql
        if node.type.is_number:
            numbers = [part.number for part in values]
            value = quotients.choose(
                list(zip((test.copy() for test in tests), numbers, strict=True)), otherwise.number
            )
        else:
            plain = [part.plain for part in values]
            value = build.cases(
                list(zip((test.copy() for test in tests), plain, strict=True)), otherwise.plain
            )
        why = self.reason_chosen(tests, values, otherwise)
        first = self.shares.worst(before)
        if first is None:
            return Part(value, (why,) if why is not None else ())
        if why is None:
            return Part(value, (first,))
        first = self.shares.sql(first)
        given = build.cases([(build.is_known(first), first.copy())], why)
        return Part(value, (given,))

    def reason_chosen(
        self, tests: Sequence[Sql], values: Sequence[Part], otherwise: Part
    ) -> Sql | None:
        """Why the chosen value is missing; None if none of them ever is."""
        if not any(part.whys for part in (*values, otherwise)):
            return None
        branches = [
            (test.copy(), self.shares.worst(part.whys) or build.null("VARCHAR"))
            for test, part in zip(tests, values, strict=True)
        ]
        return build.cases(branches, self.shares.worst(otherwise.whys) or build.null("VARCHAR"))


def constant(value: Decimal | str | dt.date | bool) -> Quotient | Sql:
    if isinstance(value, bool):
        return build.truth(value=value)
    if isinstance(value, dt.date):
        return build.day(value)
    if isinstance(value, str):
        return build.text(value)
    return Quotient(figures.literal(value))
