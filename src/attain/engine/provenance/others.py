"""Why not another result: what each branch lacked that an `if` passed by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from attain.engine.primitives.model import Grouped
from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.model import Condition, NotTaken, Step
from attain.engine.provenance.places import InGroup
from attain.engine.provenance.standings import in_group
from attain.engine.provenance.steps import conditions, deciding_step, opened, seen_through, taken

_OF_PARTS: Final = frozenset({"min", "max", "clamp"})


def not_taken(evidence: Evidence, step: Step) -> tuple[NotTaken, ...]:
    """The results that stand before the one that was taken, each with the condition it failed.

    Only where an `if` chooses between results that are written out: a grade, a rate, a word, or
    a factor inside a formula.
    """
    whole = deciding_step(step)
    found: list[NotTaken] = []
    for choice in _choices(step):
        branch = taken(choice)
        inside = branch[1] if branch is not None and choice is not whole else None
        found.extend(replace(one, inside=inside) for one in _passed_by(evidence, choice))
    return tuple(found)


def _choices(step: Step) -> Iterator[Step]:
    """Every `if` that had a part in the value, those in what others took included."""
    step = deciding_step(step)
    if not step.was_asked or step.value is None:
        return
    if step.what == "apply" and step.name == "if":
        yield step
        branch = taken(step)
        if branch is not None:
            yield from _choices(branch[1])
    elif step.what == "operate" or step.name in _OF_PARTS:
        for one in step.operands:
            yield from _choices(one)


def _passed_by(evidence: Evidence, choice: Step) -> Iterator[NotTaken]:
    *pairs, _ = choice.operands
    for condition, result in zip(pairs[::2], pairs[1::2], strict=True):
        if condition.value is not False:
            break
        failed = _failed(evidence, condition)
        if failed is not None and result.what == "constant":
            yield NotTaken(result, failed, _place(evidence, failed.own))


def _failed(evidence: Evidence, step: Step) -> Condition | None:
    asked = conditions(step, lambda inner: opened(evidence, inner))
    return next((one for one in asked if one.answer is False), None)


def _place(evidence: Evidence, failed: Step) -> InGroup | None:
    """Where the row stands among how many, if that is what is compared."""
    for one in _read(evidence, failed):
        if one.cell is None:
            continue
        relation = evidence.plan.relations[one.cell.relation]
        column = relation.columns.get(one.cell.column)
        row = evidence.calculation.row(relation.name, one.cell.key)
        if column is not None and row is not None and isinstance(column.made, Grouped):
            group = in_group(evidence, relation, column, row)
            return group if group is not None and group.place is not None else None
    return None


def _read(evidence: Evidence, failed: Step) -> Iterator[Step]:
    """What a comparison reads first, and what stands behind it where that only names it."""
    if failed.what != "operate" or not failed.operands:
        return
    first = seen_through(failed.operands[0])
    yield first
    inner = opened(evidence, first)
    if inner is not None:
        yield deciding_step(inner)
