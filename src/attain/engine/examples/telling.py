"""How much of an explanation a failed example shows: why, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain.engine.provenance import Node, Viewer
from attain.engine.provenance.rendering.sections import parts, title

_TOLD: Final = ("rule", "conditions", "values", "table", "missing")
"""Sections that say why a number is another than was expected; rows stand in the example."""
_LINES: Final = 8
"""Lines that are shown of each."""


def first_lines(node: Node, viewer: Viewer) -> Iterator[str]:
    """What an explanation begins with: no heading without the lines that it announces."""
    yield title(node, viewer)
    for name, section in parts(node, viewer):
        if name in _TOLD:
            lines = list(section.lines(depth=1))
            yield from lines if name == "missing" else lines[:_LINES]
