"""From the parsed tree to the typed node: every name found, every unit proved.

What a name or a special call means is asked of a `Scope`: the plan's columns, a record's
fields, nothing at all. All problems of an expression are reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Protocol

from attain.core.errors import AttainError, Problem, Severity, problem
from attain.core.labels import Labels, labels
from attain.core.rounding import decimals
from attain.core.units import BOOLEAN, DATE, RATIO, TEXT, Type
from attain.expressions import elsewhere, errors, units
from attain.expressions.compose import Composer
from attain.expressions.divisors import never_zero
from attain.expressions.functions import registry, spreadsheets
from attain.expressions.functions.arguments import Arguments
from attain.expressions.nearest import nearest
from attain.expressions.parse import MAX_NODES, parse
from attain.expressions.plainly import plainly
from attain.expressions.tree import (
    Call,
    Day,
    Name,
    Number,
    Operation,
    Span,
    Text,
    Tree,
    Truth,
)
from attain.expressions.typed import Constant, Node, Reference, children

_NAMED: Final = 8
"""How many names an error lists where none is meant for certain."""

MAX_TYPED_DEPTH: Final = 160

Check = Callable[[Tree], Node]
"""Types a part of the expression in the same scope."""


class Scope(Protocol):
    """What the words of an expression mean where it stands.

    Both questions return None for a word they do not know, and may raise an `AttainError`
    with problems of their own (an ambiguous name, a reading that is not allowed here).
    Numbers without unit, such as a parameter that says none, have the type `units.NUMBER`.
    """

    def name(self, name: Name, composer: Composer) -> Node | None:
        """What a name stands for."""

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        """A special call such as `target(sales)`, asked before the registered functions.

        `check` types an argument; `composer` makes nodes by the rules of the language.
        """

    def known(self) -> Iterable[str]:
        """Every name that could stand here, dotted where it leads over a link, for suggestions."""

    def known_calls(self) -> Iterable[str]:
        """Every special call that could stand here, for suggestions."""


class EmptyScope:
    """A scope without names: literals and functions only."""

    def name(self, name: Name, composer: Composer) -> Node | None:
        return None

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        return None

    def known(self) -> Iterable[str]:
        return ()

    def known_calls(self) -> Iterable[str]:
        return ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked expression with everything there is to say about it.

    `node` is sound only if there are no errors among the problems.
    """

    node: Node
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return all(found.severity is not Severity.error for found in self.problems)

    def required(self) -> Node:
        """The node.

        :raises AttainError: if there are errors.
        """
        if not self.is_sound:
            raise AttainError(self.problems)
        return self.node


def check(text: str | Tree, scope: Scope | None = None, expected: Type | None = None) -> Checked:
    """Check an expression, from its text or its tree; all its problems are reported at once.

    `expected` is the unit of the place: numbers without unit take it, another unit is a
    problem. Without it a bare number stays without unit (`units.settled` gives it one).
    """
    notes: tuple[Problem, ...] = ()
    if isinstance(text, str):
        try:
            parsed = parse(text)
        except AttainError as found:
            return Checked(Composer().faulty(Span()), found.problems)
        tree, notes = parsed.tree, parsed.notes
    else:
        tree = text
    checker = Checker(scope or EmptyScope())
    node = checker.check(tree, expected)
    if not _is_small(node):
        what = labels("展开后的运算项数", "the number of terms, written out,")
        node = checker.report(
            errors.PLAN_TOO_COMPLEX, tree.span, what=what, size=f"> {MAX_NODES}", limit=MAX_NODES
        )
    return Checked(node, (*notes, *checker.problems))


class Checker(Composer):
    """Checks trees in one scope, and collects what is wrong with them."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self._guarded: list[Tree] = []
        self._maybe_texts: set[Span] = set()
        """Where names stand that are compared: one nobody knows may be a text without quotes."""

    def check(self, tree: Tree, expected: Type | None = None) -> Node:
        """The typed node of a tree; a bare number stays without unit unless one is expected."""
        node = self._checked(tree)
        return self.fit(node, expected) if expected is not None else node

    def _checked(self, tree: Tree) -> Node:
        match tree:
            case Number(value=value, percent=percent):
                type_ = RATIO if percent else units.NUMBER
                type_ = replace(type_, scale=decimals(value))
                return Constant(value, type_, tree.span, is_bare=not percent)
            case Text(value=value):
                return Constant(value, TEXT, tree.span)
            case Day(value=day):
                return Constant(day, DATE, tree.span)
            case Truth(value=truth):
                return Constant(truth, BOOLEAN, tree.span)
            case Name():
                return self._name(tree)
            case Call():
                return self._call(tree)
            case Operation():
                return self._operation(tree)

    # ---------------------------------------------------------------------------------- names

    def _name(self, name: Name) -> Node:
        try:
            found = self.scope.name(name, self)
        except AttainError as refused:
            return self.collect(refused, name.span)
        if found is None:
            return self.unknown_name(".".join(name.parts), name.span)
        return with_scale(found)

    def unknown_name(self, name: str, span: Span) -> Node:
        """Report a name nobody knows, with the nearest one that is known."""
        close = nearest(name, self.scope.known())
        if (plain := plainly(name)) is not None:
            remedy = plain
        elif elsewhere.is_joined(name, self.scope.known()):
            remedy = elsewhere.BLANKS
        elif close is not None:
            remedy = labels(f"是否指“{close}”？", f"Is “{close}” meant?")
            if span in self._maybe_texts:
                remedy = labels(
                    f"{remedy.zh}是文字的加引号：'{name}'。",
                    f"{remedy.en} A text stands in quotes: '{name}'.",
                )
        elif registry.find(name) is not None:
            remedy = labels(f"函数要带括号：{name}(…)。", f"Functions have brackets: {name}(…).")
        elif any(word in name for word in "且或非"):
            remedy = elsewhere.BLANKS
        else:
            remedy = _spelling(self.scope.known())
        return self.report(errors.PLAN_UNKNOWN_NAME, span, name=name, remedy=remedy)

    # ---------------------------------------------------------------------------------- calls

    def _call(self, call: Call) -> Node:
        try:
            special = self.scope.call(call, self.check, self)
        except AttainError as refused:
            return self.collect(refused, call.span)
        if special is not None:
            return with_scale(special)
        found = registry.find(call.name)
        if found is None or call.member is not None:
            return self._unknown_function(call)
        fewest, most = found.arity
        if not fewest <= len(call.arguments) <= (most or len(call.arguments)):
            count = len(call.arguments)
            fault = labels(f"有 {count} 个参数", f"{count} arguments are given")
            return self.fault(call.name, found.signature, fault, call.span)
        return self._registered(found, call)

    def _registered(self, found: registry.Function, call: Call) -> Node:
        guards = _guards(found.name, call)
        self._guarded.extend(guards)
        nodes = [self._checked(argument) for argument in call.arguments]
        del self._guarded[len(self._guarded) - len(guards) :]
        if any(units.is_faulty(node.type) for node in nodes):
            return self.faulty(call.span)
        return found.typing(Arguments(self, found, nodes, call.span))

    def _unknown_function(self, call: Call) -> Node:
        instead = spreadsheets.meant(call.name)
        if instead is not None:
            code = errors.PLAN_UNKNOWN_FUNCTION
            return self.report(code, call.span, name=call.name, remedy=instead)
        for argument in call.arguments:
            self._checked(argument)
        if call.name.lower() in registry.NONDETERMINISTIC:
            return self.report(errors.PLAN_NONDETERMINISTIC, call.span, name=call.name)
        close = nearest(call.name, [*self.scope.known_calls(), *registry.names()])
        remedy = (
            labels(f"是否指 {close}？", f"Is {close} meant?")
            if close
            else labels("在函数清单中查找。", "See the list of functions.")
        )
        return self.report(errors.PLAN_UNKNOWN_FUNCTION, call.span, name=call.name, remedy=remedy)

    # ------------------------------------------------------------------------------ operators

    def _operation(self, operation: Operation) -> Node:
        if operation.operator in ("=", "<>", "in", "not in"):
            self._maybe_texts |= {one.span for one in operation.operands if isinstance(one, Name)}
        if operation.operator == "/":
            return self._divided(operation)
        operands = [self._checked(operand) for operand in operation.operands]
        return self.operate(operation.operator, operands, operation.span)

    def _divided(self, operation: Operation) -> Node:
        """A quotient; amount * amount / amount is an amount, too."""
        dividend, divided_by = operation.operands
        factors = [self._checked(one) for one in _factors(dividend)]
        divisor = self._checked(divided_by)
        place = units.divided([one.type for one in factors], divisor.type)
        if place is None:
            product = self.operate("*", factors, dividend.span) if factors[1:] else factors[0]
            node = self.operate("/", [product, divisor], operation.span)
        else:
            node = self.proportional(factors, place, divisor, operation.span)
        if not units.is_faulty(node.type):
            self._note_divisor(operation, divisor)
        return node

    def _note_divisor(self, operation: Operation, divisor: Node) -> None:
        """Say that a divisor may be zero, where nothing around it provides for that."""
        if isinstance(divisor, Constant) or never_zero(operation.operands[1]):
            return
        written = _bare(operation.operands[1])
        if any(guard is operation or _bare(guard) == written for guard in self._guarded):
            return
        shown = _shown(operation.operands[1])
        self.problems.append(
            problem(errors.PLAN_DIV_UNGUARDED, errors.place(divisor.span), divisor=shown)
        )


def with_scale(node: Node) -> Node:
    """A column's value with the decimals it is stored with, where its type does not say."""
    type_ = node.type
    is_column = isinstance(node, Reference)
    if is_column and type_.is_number and type_.scale is None and not units.is_open(type_):
        return replace(node, type=replace(type_, scale=type_.stored_scale))
    return node


def _guards(function: str, call: Call) -> list[Tree]:
    """What a call provides for: every divisor inside `if_missing`, those an `if` asks about."""
    if function == "if_missing":
        return _divisions(call.arguments[0])
    if function == "if":
        return [part for condition in call.arguments[:-1:2] for part in _compared(condition)]
    return []


def _divisions(tree: Tree) -> list[Tree]:
    found: list[Tree] = [tree] if isinstance(tree, Operation) and tree.operator == "/" else []
    for part in _parts(tree):
        found.extend(_divisions(part))
    return found


def _compared(tree: Tree) -> list[Tree]:
    if isinstance(tree, Operation) and tree.operator in ("and", "or", "not"):
        return [part for operand in tree.operands for part in _compared(operand)]
    return list(_parts(tree))


def _parts(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Operation(operands=parts) | Call(arguments=parts):
            return parts
        case _:
            return ()


def _factors(tree: Tree) -> tuple[Tree, ...]:
    """What a product is made of; anything else is made of itself."""
    if isinstance(tree, Operation) and tree.operator == "*":
        return tuple(factor for operand in tree.operands for factor in _factors(operand))
    return (tree,)


def _bare(tree: Tree) -> Tree:
    """The tree without its places, for comparing what is written in two places."""
    match tree:
        case Operation(operands=parts):
            return replace(tree, operands=tuple(_bare(part) for part in parts), span=Span())
        case Call(arguments=parts):
            return replace(tree, arguments=tuple(_bare(part) for part in parts), span=Span())
        case _:
            return replace(tree, span=Span())


def _shown(tree: Tree) -> str:
    """A short divisor in its author's words, `…` for a long one."""
    match tree:
        case Name(parts=parts):
            return ".".join(parts)
        case Call(name=name, arguments=names) if all(isinstance(one, Name) for one in names):
            return f"{name}({', '.join(map(_shown, names))})"
        case Operation(operator=operator, operands=(Name() as left, Name() | Number() as right)):
            return f"{_shown(left)} {operator} {_shown(right)}"
        case Number(value=value, percent=percent):
            return f"{value * 100:f}%" if percent else f"{value:f}"
        case _:
            return "…"


def _is_small(node: Node) -> bool:
    """Whether a node stays within the limits; walked without recursion."""
    count = 0
    waiting = [(node, 1)]
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_TYPED_DEPTH:
            return False
        waiting.extend((child, depth + 1) for child in children(one))
    return True


def _spelling(known: Iterable[str]) -> Labels:
    """What to do about a name like no other, with some that there are."""
    names = list(islice(dict.fromkeys(known), _NAMED))
    if not names:
        return labels("检查拼写；文字要加引号。", "Check the spelling; put texts in quotes.")
    return labels(
        f"检查拼写；文字要加引号。这里有：{'、'.join(names)}。",
        f"Check the spelling; put texts in quotes. Known here: {', '.join(names)}.",
    )
