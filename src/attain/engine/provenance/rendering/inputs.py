"""A number with what it was calculated from, each as an explanation of its own."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from attain.engine.provenance.belonging import is_counted, is_step_of
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
    parts = {one.cell for one in waiting if is_part_to_tell(one, node)}
    while waiting:
        one = waiting.pop(0)
        if (one.cell.relation, one.cell.column) in given:
            continue
        # All steps of an incentive are told with it, but for those of its single rows.
        if one.cell in parts or (_is_worth(one) and not is_step_of(one.form, node.form)):
            found.setdefault(one.cell, one)
        waiting += _inputs(one, viewer)
    first, *others = (outline(one, viewer) for one in found.values())
    return [first, *(_without_proof(one) for one in others)]


def _inputs(node: Node, viewer: Viewer) -> list[Node]:
    unseen = beyond(node, viewer)
    return [below for below in node.inputs if below.cell not in unseen]


def _is_worth(node: Node) -> bool:
    """True for what has a story of its own: stored values and steps between are shown above."""
    is_told = is_counted(node.form) or _is_one(node)
    return node.kind is not Kind.STORED and not node.is_hidden and not is_told


def _is_one(node: Node) -> bool:
    """Whether it is what an event counts, where each counts the same."""
    is_constant = node.expression is not None and node.expression.what == "constant"
    return is_constant and (node.form or "").startswith("counters/")


def is_part_to_tell(one: Node, node: Node) -> bool:
    """Whether what a row brought to an incentive was made in more steps than its line says."""
    is_row = node.gathered is not None and is_step_of(one.form, node.form)
    return is_row and one.kind is not Kind.STORED and _says_more(one)


def _says_more(part: Node) -> bool:
    """Whether there is more to say of a part than the one calculation that stands on its line."""
    if part.kind is not Kind.FORMULA or part.expression is None:
        return True
    if any(one.table is not None for one in part.expression.walk()):
        return True
    made = [one for one in part.inputs if one.kind is not Kind.STORED]
    if len(made) == 1 and is_step_of(made[0].form, part.form):
        return _says_more(made[0])
    return bool(made)


def _without_proof(given: Outline) -> Outline:
    """An input's outline; that it was recomputed is said once, for the whole."""
    below = given.below
    return replace(given, below=below[:-1]) if below and below[-1].role == "note" else given
