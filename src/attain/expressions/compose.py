"""Making typed nodes out of typed nodes: units, decimals and missing values of each result.

The checker composes what an author wrote; the resolver of a plan composes what a table or
a reading is made of. Both get the same rules, and problems are collected, not raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from attain.core.errors import AttainError, Problem
from attain.core.keys import key_for
from attain.core.labels import Labels
from attain.core.units import BOOLEAN, Type, Unit
from attain.expressions import digits, errors, remedies, units
from attain.expressions.retype import retyped
from attain.expressions.reunite import reunited
from attain.expressions.tree import Span
from attain.expressions.typed import Apply, Constant, Missing, Narrow, Node, Operate, Reference

FRACTION_SCALE = 18


class Composer:
    """Composes typed nodes and collects what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    # ------------------------------------------------------------------------------- problems

    def report(self, code: str, span: Span, /, **values: object) -> Node:
        """Note a problem; the node returned stands for the part that is wrong."""
        self.problems.append(Problem(code, values, errors.place(span)))
        return self.faulty(span)

    def faulty(self, span: Span) -> Node:
        """A node for a part that is wrong and has been reported."""
        return Missing("no_data.faulty", units.FAULTY, span)

    def collect(self, found: AttainError, span: Span) -> Node:
        """Note the problems of an error that was raised below, at this place."""
        self.problems.extend(one.at(errors.place(span)) for one in found.problems)
        return self.faulty(span)

    # ---------------------------------------------------------------------------------- units

    def fit(self, node: Node, expected: Type, *, action: str = "fit") -> Node:
        """The node with the expected unit: a bare number takes it, another unit is reported."""
        found = node.type
        if units.is_faulty(found) or units.is_faulty(expected):
            return node
        if units.is_free(found) and units.is_free(expected):
            return node
        if units.is_any(found) or (units.is_free(found) and expected.is_number):
            return retyped(node, expected)
        if isinstance(node, Constant) and _is_code(node, expected):
            code = str(node.value)
            return Constant(key_for(expected.kind or "", code), expected, node.span, code=code)
        if units.same(found, expected):
            return node
        meant = reunited(self, node, expected)
        if meant is not None:
            return meant
        return self.mismatch(action, expected, found, node.span, _column_of(node))

    def alike(self, nodes: Sequence[Node], *, action: str) -> tuple[tuple[Node, ...], Type]:
        """Nodes brought to the one unit they must share, and that unit."""
        shared = _shared(nodes)
        fitted = tuple(self.fit(node, shared, action=action) for node in nodes)
        if any(units.is_faulty(node.type) for node in fitted):
            return fitted, units.FAULTY
        return fitted, shared

    def mismatch(
        self, action: str, first: Type, second: Type, span: Span, name: str | None = None
    ) -> Node:
        """Report that two units do not fit together; `name` is the column of the second."""
        what, remedy = remedies.of(action, first, second, name)
        return self.report(
            errors.PLAN_TYPE,
            span,
            what=what,
            first=units.named(first),
            second=units.named(second),
            remedy=remedy,
        )

    def settle(self, node: Node) -> Node:
        """A number that nothing gave a unit: a count if whole, else a ratio."""
        if not units.is_free(node.type):
            return node
        if isinstance(node, Constant):
            return replace(node, type=units.settled(node.type))
        return retyped(node, units.settled(node.type))

    # ------------------------------------------------------------------------------ operators

    def operate(self, operator: str, operands: Sequence[Node], span: Span) -> Node:
        """An operator over checked operands, folded from the left where it has many."""
        if any(units.is_faulty(node.type) for node in operands):
            return self.faulty(span)
        match operator:
            case "not" | "and" | "or":
                return self._logic(operator, operands, span)
            case "in" | "not in":
                return self._compared(operator, operands, span)
            case "=" | "<>" | "<" | "<=" | ">" | ">=":
                return self._compared(operator, operands, span)
            case "-" if len(operands) == 1:
                return self._negative(operands[0], span)
        result = operands[0]
        for operand in operands[1:]:
            result = self._calculated(operator, result, operand, span)
        return result

    def _calculated(self, operator: str, first: Node, second: Node, span: Span) -> Node:
        if units.is_faulty(first.type) or units.is_faulty(second.type):
            return self.faulty(span)
        if operator in "+-":
            return self._summed(operator, first, second, span)
        if operator == "*":
            return self._product(first, second, span)
        return self._quotient(first, second, span)

    def _logic(self, operator: str, operands: Sequence[Node], span: Span) -> Node:
        fitted = tuple(self.fit(node, BOOLEAN, action=operator) for node in operands)
        if any(units.is_faulty(node.type) for node in fitted):
            return self.faulty(span)
        return Operate(operator, fitted, BOOLEAN.missing(_missing(fitted)), span)

    def _negative(self, operand: Node, span: Span) -> Node:
        if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
            negative = operand.value.copy_negate() if operand.value else operand.value
            return replace(operand, value=negative, span=span, labels=None)
        if not operand.type.is_number:
            return self.mismatch("negate", operand.type, operand.type, span)
        return Operate("-", (operand,), operand.type, span)

    def _summed(self, operator: str, first: Node, second: Node, span: Span) -> Node:
        if Unit.date in (first.type.unit, second.type.unit):
            return self._moved(operator, first, second, span)
        (first, second), shared = self.alike((first, second), action=operator)
        if units.is_faulty(shared):
            return self.faulty(span)
        if not shared.is_number:
            return self.mismatch(operator, first.type, second.type, span)
        if not digits.total(digits.shape(first), digits.shape(second)).fits():
            first, second = self.narrowed(first), self.narrowed(second)
        operands = (*_flat(operator, first), second)
        return Operate(operator, operands, _typed(shared, (first, second)), span)

    def _moved(self, operator: str, first: Node, second: Node, span: Span) -> Node:
        """A date some days later or earlier, or the days between two dates."""
        if operator == "-" and first.type.unit is second.type.unit is Unit.date:
            days = Type(Unit.days, scale=0, may_be_missing=_missing((first, second)))
            return Operate(operator, (first, second), days, span)
        date, other = (first, second) if first.type.unit is Unit.date else (second, first)
        is_number = units.is_free(other.type) or other.type.unit in (Unit.days, Unit.count)
        backwards = operator == "-" and date is second
        if backwards or not is_number or other.type.scale != 0:
            return self.mismatch(operator, first.type, second.type, span)
        moved = retyped(other, Type(Unit.days))
        operands = (date, moved) if date is first else (moved, date)
        return Operate(operator, operands, date.type.missing(_missing(operands)), span)

    def proportional(self, factors: Sequence[Node], place: int, divisor: Node, span: Span) -> Node:
        """amount * amount / amount: one factor is a part of the divisor, the rest say the unit.

        Multiplied first, so that every digit stays.
        """
        rest = [node for number, node in enumerate(factors) if number != place]
        unit = units.bare(self.operate("*", rest, span).type if rest[1:] else rest[0].type)
        result = factors[0]
        for factor in factors[1:]:
            result = self._product(result, factor, span, unit)
        return self._quotient(result, divisor, span, unit)

    def _product(self, first: Node, second: Node, span: Span, given: Type | None = None) -> Node:
        unit = given or _open_unit(first, second) or units.product(first.type, second.type)
        if unit is None:
            return self.mismatch("*", first.type, second.type, span)
        if not digits.product(digits.shape(first), digits.shape(second)).fits():
            first, second = self.narrowed(first), self.narrowed(second)
        first, second = self._factors(first, second, unit)
        operands = (*_flat("*", first), second)
        made = Operate("*", operands, _typed(unit, (first, second), product=True), span)
        if digits.shape(made).fits():
            return made
        return self.narrowed(made)

    def _factors(self, first: Node, second: Node, unit: Type) -> tuple[Node, Node]:
        if units.is_open(unit):
            return first, second
        if units.is_any(first.type) or units.is_any(second.type):
            return retyped(first, unit), retyped(second, unit)
        return self.settle(first), self.settle(second)

    def _quotient(self, first: Node, second: Node, span: Span, given: Type | None = None) -> Node:
        unit = given or _open_unit(first, second) or units.quotient(first.type, second.type)
        if unit is None:
            return self.mismatch("/", first.type, second.type, span)
        if isinstance(second, Constant) and second.value == 0:
            return self.report(errors.PLAN_DIV_ZERO, span)
        if not digits.quotient(digits.shape(first), digits.shape(second)).fits():
            first, second = self.narrowed(first), self.narrowed(second)
        if units.is_free(first.type) and not units.is_free(second.type):
            first = retyped(first, second.type)
        operands = self._factors(first, second, unit)
        missing = _missing(operands) or not isinstance(second, Constant)
        made = replace(unit, scale=None, may_be_missing=missing)
        return Operate("/", operands, made, span)

    def _compared(self, operator: str, operands: Sequence[Node], span: Span) -> Node:
        fitted, shared = self.alike(operands, action=operator)
        if units.is_faulty(shared):
            return self.faulty(span)
        ordered = operator in ("<", "<=", ">", ">=")
        if ordered and not (shared.is_number or shared.unit is Unit.date):
            return self.mismatch(operator, operands[0].type, operands[1].type, span)
        fitted = self.comparable(fitted)
        return Operate(operator, fitted, BOOLEAN.missing(_missing(fitted)), span)

    # ----------------------------------------------------------------------- decimals, missing

    def comparable(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Nodes that can be compared with each other exactly; narrowed where they could not."""
        if not nodes[0].type.is_number:
            return tuple(nodes)
        shapes = [digits.shape(node) for node in nodes]
        if all(digits.compared(one, other) for one in shapes for other in shapes):
            return tuple(nodes)
        return tuple(self.narrowed(node) for node in nodes)

    def narrowed(self, node: Node, scale: int = FRACTION_SCALE) -> Node:
        """The node with at most `scale` decimals, by a visible step where it has more."""
        if node.type.scale is not None and node.type.scale <= scale:
            return node
        return Narrow(node, scale, replace(node.type, scale=scale), node.span)

    def apply(self, function: str, arguments: Sequence[Node], type_: Type, span: Span) -> Node:
        """A call of a registered function; missing if an argument may be, unless the type says."""
        missing = type_.may_be_missing or _missing(arguments)
        return Apply(function, tuple(arguments), type_.missing(missing), span)

    def fault(self, name: str, signature: str, fault: Labels, span: Span) -> Node:
        """Report arguments that do not fit a call."""
        return self.report(errors.PLAN_ARGUMENTS, span, name=name, fault=fault, signature=signature)


def _is_code(node: Constant, expected: Type) -> bool:
    """Whether a text literal names a key by its code, as in `seller = 'P001'`."""
    return expected.unit is Unit.key and node.type.unit is Unit.text and bool(expected.kind)


def _column_of(node: Node) -> str | None:
    """The column of the row itself that a value is; a hidden step has no name for its author, and
    a column that the right side of a pair brings is declared elsewhere."""
    if not isinstance(node, Reference) or node.row or "__" in node.column or "." in node.column:
        return None
    return node.column


def _shared(nodes: Sequence[Node]) -> Type:
    """The unit that all must have: the first that is no bare number; a key before its code, money
    and then points before a number, which may yet be one: 50 * pieces - 100.00, a ratio before a
    count and before days, of which it may be a part: min(100%, days / 30)."""
    given = [node.type for node in nodes if not units.is_any(node.type)]
    certain = [type_ for type_ in given if not units.is_free(type_)]
    keys = [type_ for type_ in certain if type_.unit is Unit.key and not units.is_faulty(type_)]
    money = [type_ for type_ in certain if type_.unit is Unit.money]
    counted = all(type_.unit in (Unit.points, Unit.count, Unit.days) for type_ in certain)
    points = [type_ for type_ in certain if counted and type_.unit is Unit.points]
    is_plain = all(type_.unit in (Unit.ratio, Unit.count, Unit.days) for type_ in certain)
    ratios = [type_ for type_ in certain if is_plain and type_.unit is Unit.ratio]
    for found in (keys, money, points, ratios, certain, given):
        if found:
            return units.bare(found[0])
    return units.ANY


def _open_unit(first: Node, second: Node) -> Type | None:
    """The unit of a product or quotient with a value declared missing: that of the other."""
    if units.is_any(first.type):
        return units.bare(second.type) if second.type.is_number else None
    if units.is_any(second.type):
        return units.bare(first.type) if first.type.is_number else None
    return None


def _flat(operator: str, first: Node) -> tuple[Node, ...]:
    """`a + b` before another `+ c` as its terms, so that long sums do not nest."""
    if operator in "+*" and isinstance(first, Operate) and first.operator == operator:
        return first.operands
    return (first,)


def _missing(nodes: Sequence[Node]) -> bool:
    return any(node.type.may_be_missing for node in nodes)


def _typed(unit: Type, operands: Sequence[Node], *, product: bool = False) -> Type:
    """The unit with the decimals of a sum or product, None where an operand is a fraction."""
    scales = [operand.type.scale for operand in operands]
    known = [scale for scale in scales if scale is not None]
    scale = None if len(known) < len(scales) else sum(known) if product else max(known)
    return replace(unit, scale=scale, may_be_missing=_missing(operands))
