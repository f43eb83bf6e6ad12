"""Registered functions as SQL."""

from __future__ import annotations

from sqlglot import exp

from attain.core.units import Unit
from attain.expressions.missing import NO_SUCH_DATE
from attain.expressions.sql import build, figures, quotients
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient
from attain.expressions.sql.printed import Part, whys_of
from attain.expressions.sql.printer import Printer
from attain.expressions.typed import Apply, Node


def part(printer: Printer, node: Apply) -> Part:
    """A call of a registered function."""
    match node.function:
        case "if":
            return _if(printer, node)
        case "if_missing":
            return _if_missing(printer, node)
        case "is_missing":
            return Part(is_missing(printer.part(node.arguments[0])))
        case "is_applicable":
            return _is_applicable(printer, node)
        case "min" | "max":
            return _extreme(printer, node)
        case "abs":
            inner = printer.part(node.arguments[0])
            return Part(quotients.absolute(inner.number), inner.whys)
        case "sign":
            return _sign(printer, node)
        case _:
            return _strict(printer, node)


def is_missing(one: Part) -> Sql:
    """Whether a printed part is missing: never, where nothing says why it could be."""
    if not one.whys:
        return build.truth(value=False)
    if isinstance(one.value, Quotient):
        return quotients.is_missing(one.number)
    return build.is_null(one.plain)


def _if(printer: Printer, node: Apply) -> Part:
    conditions = [printer.shares.part(one) for one in printer.parts(node.arguments[:-1:2])]
    values = printer.parts(node.arguments[1::2])
    otherwise = printer.part(node.arguments[-1])
    tests: list[Sql] = []
    results: list[Part] = []
    for condition, value in zip(conditions, values, strict=True):
        if condition.whys:
            # A condition without data stops here; what comes after is not asked.
            tests.append(build.is_null(build.closed(condition.plain)))
            results.append(Part(null_like(value), condition.whys))
        tests.append(condition.plain)
        results.append(value)
    return printer.chosen(node, tests, results, otherwise)


def null_like(value: Part) -> Quotient | Sql:
    if isinstance(value.value, Quotient):
        null = build.null("DECIMAL(18, 0)")
        return Quotient(Figure(null, 0, 0, figures.NARROW_WIDTH))
    return exp.Null()


def _if_missing(printer: Printer, node: Apply) -> Part:
    first, second = printer.parts(node.arguments)
    if not first.whys:
        return first
    first = printer.shares.part(first)
    missing = is_missing(first)
    value: Quotient | Sql
    if node.type.is_number:
        value = quotients.choose([(missing, second.number)], first.number)
    else:
        value = build.coalesce([first.plain, second.plain])
    why = printer.shares.worst(second.whys)
    return Part(value, (build.cases([(missing.copy(), why)]),) if why is not None else ())


def _is_applicable(printer: Printer, node: Apply) -> Part:
    why = printer.shares.worst(printer.part(node.arguments[0]).whys)
    if why is None:
        return Part(build.truth(value=True))
    starts = printer.dialect.text("starts_with", [why, build.text("not_applicable.")])
    return Part(build.negate(build.coalesce([starts, build.truth(value=False)])))


def _extreme(printer: Printer, node: Apply) -> Part:
    """`min` and `max`. LEAST and GREATEST pass over NULL, so missing operands are kept apart."""
    parts = [printer.shares.part(one) for one in printer.parts(node.arguments)]
    whys = whys_of(parts)
    least = node.function == "min"
    if not node.type.is_number:
        missing = [build.is_null(one.plain) for one in parts if one.whys]
        found = build.call("least" if least else "greatest", *(one.plain for one in parts))
        return Part(_unless(missing, found, node), whys)
    numbers = [one.number for one in parts]
    if any(number.below is not None for number in numbers):
        return Part(_extreme_quotient(printer, numbers, least=least), whys)
    fitted = figures.alike([number.above for number in numbers])
    found = build.call("least" if least else "greatest", *(one.sql for one in fitted))
    missing = [quotients.is_missing(one.number) for one in parts if one.whys]
    return Part(Quotient(figures.like(_unless(missing, found, node), fitted)), whys)


def _unless(missing: list[Sql], found: Sql, node: Apply) -> Sql:
    if not missing:
        return found
    return build.cases([(build.negate(build.closed(build.either(missing))), found)])


def _extreme_quotient(printer: Printer, numbers: list[Quotient], *, least: bool) -> Quotient:
    result = numbers[0]
    for one in numbers[1:]:
        result = printer.shares.quotient(result)
        keeps = printer.shares.sql(quotients.compare("<=" if least else ">=", result, one))
        other = build.negate(build.closed(keeps.copy()))
        # Two tests, so that a missing operand gives neither.
        result = quotients.choose([(keeps, result.copy()), (other, one.copy())], None)
    return result


def _sign(printer: Printer, node: Apply) -> Part:
    inner = printer.shares.part(printer.part(node.arguments[0]))
    branches = [
        (quotients.compare(operator, inner.number, quotients.zero()), build.number(result))
        for operator, result in ((">", 1), ("=", 0), ("<", -1))
    ]
    made = figures.Figure(build.cases(branches), 0, 0, figures.INTEGER_WIDTH)
    return Part(Quotient(made), inner.whys)


def _strict(printer: Printer, node: Apply) -> Part:
    """A function of texts or dates: NULL operands give NULL by SQL's own rules."""
    parts = printer.parts(node.arguments)
    pairs = zip(node.arguments, parts, strict=True)
    arguments = [_argument(argument, one) for argument, one in pairs]
    is_dated = any(one.type.unit is Unit.date for one in (node, *node.arguments))
    spell = printer.dialect.date if is_dated else printer.dialect.text
    made = spell(node.function, arguments)
    whys = whys_of(parts)
    if node.function == "date":
        tests = [build.is_null(made.copy())]
        tests += [build.negate(build.closed(is_missing(one))) for one in parts if one.whys]
        absent = build.cases([(build.every(tests), build.text(NO_SUCH_DATE))])
        return Part(made, (*whys, absent))
    if node.type.is_number:
        return Part(Quotient(Figure(made, 0, 0, figures.BIGINT_WIDTH)), whys)
    return Part(made, whys)


def _argument(node: Node, one: Part) -> Sql:
    return build.cast(one.number.above.sql, "INTEGER") if node.type.is_number else one.plain
