"""A number with what it was calculated from, each as an explanation of its own."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from attain.engine.provenance.belonging import is_step_of
from attain.engine.provenance.model import Cell, Kind, Node
from attain.engine.provenance.rendering.outline import Outline
from attain.engine.provenance.rendering.rows import beyond
from attain.engine.provenance.rendering.sections import outline
from attain.engine.provenance.rendering.viewing import Viewer


def with_inputs(
    node: Node, viewer: Viewer, given: Container[tuple[str, str]] = ()
) -> list[Outline]:
    """The explanation of a number, and one for each input below it that was calculated.

    `given` are columns, by relation and name, whose values were given instead.
    """
    found: dict[Cell, Node] = {node.cell: node}
    waiting = _inputs(node, viewer)
    while waiting:
        one = waiting.pop(0)
        if (one.cell.relation, one.cell.column) in given:
            continue
        # All steps of an incentive are told with it.
        if _is_worth(one) and not is_step_of(one.form, node.form):
            found.setdefault(one.cell, one)
        waiting += _inputs(one, viewer)
    first, *others = (outline(one, viewer) for one in found.values())
    return [first, *(_without_proof(one) for one in others)]


def _inputs(node: Node, viewer: Viewer) -> list[Node]:
    unseen = beyond(node, viewer)
    return [below for below in node.inputs if below.cell not in unseen]


def _is_worth(node: Node) -> bool:
    """True for what has a story of its own: stored values and steps between are shown above."""
    return node.kind is not Kind.STORED and not node.is_hidden


def _without_proof(given: Outline) -> Outline:
    """An input's outline; that it was recomputed is said once, for the whole."""
    below = given.below
    return replace(given, below=below[:-1]) if below and below[-1].role == "note" else given
