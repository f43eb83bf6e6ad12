"""One special call of an expression, with what its handler needs to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain.core.labels import labels
from attain.engine.plans.resolve.site import Site
from attain.expressions.check import Check
from attain.expressions.compose import Composer
from attain.expressions.spelling import name_of
from attain.expressions.tree import Call, Name, Span, Text, Tree
from attain.expressions.typed import Node

if TYPE_CHECKING:
    from attain.engine.plans.resolve.scope import RowScope
    from attain.engine.plans.resolve.work import Work


@dataclass(frozen=True, slots=True)
class Reading:
    """A call such as `total(margin)`, on the row of a scope."""

    scope: RowScope
    call: Call
    check: Check
    composer: Composer

    @property
    def site(self) -> Site:
        return self.scope.site

    @property
    def work(self) -> Work:
        return self.scope.site.work

    @property
    def span(self) -> Span:
        return self.call.span

    @property
    def arguments(self) -> Sequence[Tree]:
        return self.call.arguments

    def has(self, fewest: int, most: int, signature: str) -> bool:
        """Whether the number of arguments fits; reported if not."""
        count = len(self.arguments)
        if fewest <= count <= most:
            return True
        fault = labels(f"有 {count} 个参数", f"{count} arguments are given")
        self.composer.fault(self.call.name, signature, fault, self.span)
        return False

    def faulty(self) -> Node:
        return self.composer.faulty(self.span)

    def word(self, position: int) -> str | None:
        """An argument that is a name and not a value: a table, an indicator."""
        match self.arguments[position]:
            case Name(parts=parts):
                return ".".join(name_of(part) for part in parts)
            case Text(value=value):
                return value
            case _:
                return None
