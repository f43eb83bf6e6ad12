"""The arguments of a call, with the questions a function's typing rule asks about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attain.core.labels import Labels, labels
from attain.core.rounding import Mode
from attain.core.units import Type, Unit
from attain.expressions import units
from attain.expressions.columns import stepped
from attain.expressions.compose import Composer
from attain.expressions.functions.registry import Function
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Node


@dataclass(slots=True)
class Arguments:
    """Checked arguments of one call; `nodes` are replaced as they take their units."""

    composer: Composer
    function: Function
    nodes: list[Node]
    span: Span

    def __len__(self) -> int:
        return len(self.nodes)

    def __getitem__(self, position: int) -> Node:
        return self.nodes[position]

    @property
    def is_faulty(self) -> bool:
        """True once an argument has been reported."""
        return any(units.is_faulty(node.type) for node in self.nodes)

    # ------------------------------------------------------------------------------- questions

    def need(self, position: int, type_: Type) -> None:
        """The argument must have this unit."""
        self.nodes[position] = self.composer.fit(self.nodes[position], type_)

    def need_number(self, position: int) -> None:
        """The argument must be a number of any unit."""
        node = self.nodes[position]
        if units.is_any(node.type):
            self.need(position, Type(Unit.ratio))
        elif not (node.type.is_number or units.is_faulty(node.type)):
            self.nodes[position] = self.composer.mismatch(
                "fit", Type(Unit.count), node.type, node.span
            )

    def need_whole(self, position: int) -> None:
        """The argument must be a whole number: a count or days without a fraction."""
        node = self.nodes[position]
        if units.is_faulty(node.type):
            return
        if node.type.unit is not Unit.days:
            self.need(position, Type(Unit.count, scale=0))
        if not units.is_faulty(self.nodes[position].type) and self.nodes[position].type.scale != 0:
            self.nodes[position] = self.fault(
                labels("需要整数", "a whole number is needed"), node.span
            )

    def alike(self, *positions: int, action: str = "choose") -> Type:
        """The arguments must share one unit, which is returned."""
        fitted, shared = self.composer.alike(
            [self.nodes[position] for position in positions], action=action
        )
        for position, node in zip(positions, fitted, strict=True):
            self.nodes[position] = node
        return shared

    def comparable(self, *positions: int) -> None:
        """The arguments are compared with each other, exactly."""
        if self.is_faulty:
            return
        kept = self.composer.comparable([self.nodes[position] for position in positions])
        for position, node in zip(positions, kept, strict=True):
            self.nodes[position] = node

    def text(self, position: int) -> str | None:
        """The argument as a text written out; anything else is reported."""
        node = self.nodes[position]
        if isinstance(node, Constant) and node.type.unit is Unit.text:
            return str(node.value)
        self.fault(
            labels("需要写明的文字，例如 'A'", "a quoted text is needed, such as 'A'"), node.span
        )
        return None

    def whole(self, position: int, lowest: int, highest: int) -> int | None:
        """The argument as a whole number written out, within limits."""
        node = self.nodes[position]
        value = node.value if isinstance(node, Constant) else None
        if isinstance(value, Decimal) and value == int(value) and lowest <= value <= highest:
            return int(value)
        self.fault(
            labels(
                f"需要写明 {lowest} 到 {highest} 之间的整数",
                f"a whole number from {lowest} to {highest} is needed",
            ),
            node.span,
        )
        return None

    def fault(self, fault: Labels, span: Span | None = None) -> Node:
        """Report arguments that do not fit."""
        return self.composer.fault(
            self.function.name, self.function.signature, fault, span or self.span
        )

    # --------------------------------------------------------------------------------- results

    def apply(self, type_: Type) -> Node:
        """The call itself as a node of this type."""
        if self.is_faulty:
            return self.composer.faulty(self.span)
        return self.composer.apply(self.function.name, self.nodes, type_, self.span)

    def operate(self, operator: str, *operands: Node) -> Node:
        return self.composer.operate(operator, operands, self.span)

    def call(self, function: str, nodes: Sequence[Node], type_: Type) -> Node:
        """Another registered function, for functions made of others."""
        if any(units.is_faulty(node.type) for node in nodes):
            return self.composer.faulty(self.span)
        return self.composer.apply(function, nodes, type_, self.span)

    def rounded(self, operand: Node, step: Decimal, mode: Mode) -> Node:
        """The operand rounded to a multiple of `step`."""
        if units.is_faulty(operand.type):
            return self.composer.faulty(self.span)
        return stepped(operand, step, mode, self.span)


def widest(nodes: Sequence[Node]) -> int | None:
    """The decimals of a value that is one of several; None if one of them is a fraction."""
    scales = [node.type.scale for node in nodes if not units.is_any(node.type)]
    known = [scale for scale in scales if scale is not None]
    return max(known, default=0) if len(known) == len(scales) else None
