"""Making typed nodes by the rules of the language, without a text."""

from __future__ import annotations

from attain.expressions.compose import Composer
from attain.expressions.functions import registry
from attain.expressions.functions.arguments import Arguments
from attain.expressions.tree import Span
from attain.expressions.typed import Node

_NOWHERE = Span()


def called(composer: Composer, function: str, *nodes: Node, span: Span = _NOWHERE) -> Node:
    """A registered function applied to nodes, typed by its own rule."""
    found = registry.function(function)
    return found.typing(Arguments(composer, found, list(nodes), span))
