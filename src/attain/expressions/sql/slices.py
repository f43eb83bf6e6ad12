"""Tables read slice by slice: `marginal`, `fill` and `curve`, as arithmetic in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attain.expressions.evaluate import evaluate
from attain.expressions.missing import OUTSIDE_TABLE
from attain.expressions.results import Result, number_of
from attain.expressions.sql import build, figures, quotients
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient
from attain.expressions.sql.printed import Part
from attain.expressions.sql.tables import Sheet
from attain.expressions.typed import Cell, Condition, Node, Reference


def marginal(sheet: Sheet) -> Part:
    """Each slice of the input at its own rate; the rest at `otherwise`, if there is one."""
    node = sheet.node
    earned = quotients.zero()
    covered = quotients.zero()
    for cell, value in zip(node.cells, sheet.values, strict=True):
        part = sheet.printer.shares.quotient(_slice(sheet, cell.conditions[0]))
        earned = quotients.total(earned, quotients.product(value.number, part.copy()))
        covered = quotients.total(covered, part)
    if node.otherwise is None:
        return _inside(sheet, earned, None)
    rest = quotients.total(sheet.number(), covered, subtract=True)
    other = quotients.product(sheet.otherwise.number, rest)
    return Part(quotients.total(earned, other), sheet.otherwise.whys)


def _slice(sheet: Sheet, condition: Condition) -> Quotient:
    """How much of the input lies in a band; a band without lower edge begins at zero."""
    top = sheet.number().above
    if condition.upper is not None:
        top = _call("least", top, sheet.edge(condition.upper).above)
    if condition.lower is None:
        return Quotient(top)
    lower = sheet.edge(condition.lower).above
    height = top if lower.value == 0 else figures.add(top, lower, subtract=True)
    return Quotient(_call("greatest", figures.literal(ZERO), height))


def _call(name: str, first: Figure, second: Figure) -> Figure:
    fitted = figures.alike([first, second])
    return figures.like(build.call(name, *(one.sql for one in fitted)), fitted)


def _inside(sheet: Sheet, value: Quotient, otherwise: Part | None) -> Part:
    """The value where the input lies in a band, else what is otherwise or why it is missing."""
    inside = sheet.inside()
    if inside is None:
        return Part(value)
    inside = sheet.printer.shares.sql(inside)
    if otherwise is not None:
        chosen = quotients.choose([(inside, value)], otherwise.number)
        whys = tuple(build.cases([(inside.copy(), _no_reason())], why) for why in otherwise.whys)
        return Part(chosen, whys)
    chosen = quotients.choose([(inside, value)], None)
    why = build.cases([(build.negate(build.closed(inside.copy())), build.text(OUTSIDE_TABLE))])
    return Part(chosen, (why,))


def _no_reason() -> Sql:
    return build.null("VARCHAR")


def filled(sheet: Sheet) -> Part:
    """Full bands count whole, the last by its covered share: one CASE branch a band."""
    node = sheet.node
    branches: list[tuple[Sql, Quotient]] = []
    full = quotients.zero()
    for cell, value in zip(node.cells, sheet.values, strict=True):
        condition = cell.conditions[0]
        test = sheet.fits(cell) or build.truth(value=True)
        if condition.upper is None:
            branches.append((test, full.copy()))
            continue
        lower = sheet.edge(condition.lower) if condition.lower else quotients.zero()
        width = quotients.total(sheet.edge(condition.upper), lower.copy(), subtract=True)
        covered = quotients.total(sheet.number(), lower, subtract=True)
        share = quotients.divide(quotients.product(value.number, covered), width)
        branches.append((test, quotients.total(full.copy(), share)))
        full = quotients.total(full, value.number)
    inside = sheet.inside()
    if inside is None:
        return Part(quotients.choose(branches, None))
    inside = sheet.printer.shares.sql(inside)
    if node.otherwise is not None:
        other = sheet.otherwise
        whys = tuple(build.cases([(inside.copy(), _no_reason())], why) for why in other.whys)
        return Part(quotients.choose(branches, other.number), whys)
    why = build.cases([(build.negate(build.closed(inside)), build.text(OUTSIDE_TABLE))])
    return Part(quotients.choose(branches, None), (why,))


def curved(sheet: Sheet) -> Part:
    """The value between the points, flat beyond the ends."""
    if len(sheet.inputs) == 1:
        points = _points(sheet, sheet.node.cells)
        return Part(_line(sheet, 0, points))
    coordinates = sorted({_coordinate(cell, 1) for cell in sheet.node.cells})
    rows = []
    for coordinate in coordinates:
        cells = [cell for cell in sheet.node.cells if _coordinate(cell, 1) == coordinate]
        points = _points(sheet, cells)
        rows.append((_at(cells[0], 1), _line(sheet, 0, points)))
    return Part(_line(sheet, 1, rows))


def _points(sheet: Sheet, cells: Sequence[Cell]) -> list[tuple[Node, Quotient]]:
    return [(_at(cell, 0), sheet.printer.part(cell.value).number) for cell in cells]


def _line(sheet: Sheet, axis: int, points: list[tuple[Node, Quotient]]) -> Quotient:
    """Straight between neighbouring points: a CASE branch for each stretch."""
    ordered = sorted(points, key=lambda point: _number(point[0]))
    branches = [(sheet.beyond(ordered[0][0], axis, "<="), ordered[0][1].copy())]
    for (left, low), (right, high) in pairwise(ordered):
        width = quotients.total(sheet.edge(right), sheet.edge(left), subtract=True)
        done = quotients.total(sheet.number(axis), sheet.edge(left), subtract=True)
        rise = quotients.total(high.copy(), low.copy(), subtract=True)
        share = quotients.divide(quotients.product(rise, done), width)
        branches.append((sheet.beyond(right, axis, "<="), quotients.total(low.copy(), share)))
    return quotients.choose(branches, ordered[-1][1].copy())


def _at(cell: Cell, axis: int) -> Node:
    lower = cell.conditions[axis].lower
    assert lower is not None, "a point has a coordinate"
    return lower


def _coordinate(cell: Cell, axis: int) -> Fraction:
    return _number(_at(cell, axis))


def _number(node: Node) -> Fraction:
    """Where a point lies: a number, or one that numbers make, 12 * 1000."""
    return number_of(evaluate(node, _unread))


def _unread(reference: Reference) -> Result:
    raise AssertionError(f"a point of a curve reads {reference.column}")


ZERO = Decimal(0)
