"""Explanations in words: the why panel as text, and as a tree for the console.

The same data in Chinese and English; what a reader may not see is an aggregate or not shown.
"""

from __future__ import annotations

from attain.core.labels import CHINESE
from attain.engine.provenance.model import Node
from attain.engine.provenance.rendering.inputs import with_inputs
from attain.engine.provenance.rendering.outline import Outline
from attain.engine.provenance.rendering.sections import outline
from attain.engine.provenance.rendering.viewing import Viewer, everybody

__all__ = ["Outline", "Viewer", "everybody", "outline", "render", "with_inputs"]


def render(node: Node, language: str = CHINESE, viewer: Viewer | None = None) -> list[str]:
    """An explanation as lines of text, one thought each, indented under its heading."""
    from dataclasses import replace

    return list(outline(node, replace(viewer or Viewer(), language=language)).lines())
