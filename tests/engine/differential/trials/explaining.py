"""Whether an explanation adds up: its parts make the value, and the band it names holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from attain.core.rounding import narrow
from attain.engine.provenance import Node, render
from attain.engine.provenance.model import Axis, Gathered, Step, TableRead
from attain.engine.provenance.places import InOrder, InShare
from attain.expressions.results import Absent, Result

_NUMBER = re.compile(r"(?<![\d\-/:A-Za-z_])\d[\d,]*\.\d+%?")
"""A number with decimals; dates and counts are said in words that differ."""


def faults(node: Node) -> Iterator[str]:
    """What in a node, or below it, does not add up."""
    for one in node.walk():
        if one.gathered is not None:
            yield from _of_gather(one, one.gathered)
        if one.order is not None:
            yield from _of_order(one.order)
        if one.share is not None:
            yield from _of_share(one.share)
        if one.expression is not None:
            yield from _of_step(one.expression)
    yield from _of_words(node)


def _numbers(values: list[Result]) -> list[Fraction] | None:
    """The values as numbers, None if one of them is none."""
    found = [one for one in values if isinstance(one, Fraction)]
    return found if len(found) == len(values) else None


def _of_gather(node: Node, gathered: Gathered) -> Iterator[str]:
    """Where there is a value, rows without one have been left out of it."""
    parts = [one.part for one in gathered.rows if isinstance(one.part, Fraction)]
    value = _before_rounding(node)
    if not isinstance(value, Fraction) or not parts:
        return
    sums = {
        "sum": sum(parts, Fraction(0)),
        "mean": sum(parts, Fraction(0)) / len(parts),
        "min": min(parts),
        "max": max(parts),
    }
    expected = sums.get(gathered.aggregate)
    if expected is not None and _narrowed(expected, node.type.scale) != _narrowed(
        value, node.type.scale
    ):
        yield f"{node.cell}: {gathered.aggregate} of {parts} is not {value}"


def _before_rounding(node: Node) -> Result:
    """What the rows come to, where the column rounds it: that is a step of its own."""
    step = node.expression
    if step is None or step.what != "round" or step.operands[0].value is None:
        return node.value
    return step.operands[0].value


def _narrowed(value: Fraction, scale: int | None) -> Fraction:
    if scale is None:
        return value
    return Fraction(narrow(value, scale))


def _of_order(order: InOrder) -> Iterator[str]:
    own = _numbers([one.own for one in order.rows])
    if order.function != "total" or own is None:
        return
    so_far = Fraction(0)
    for one, value in zip(order.rows, own, strict=True):
        so_far += value
        if isinstance(one.so_far, Fraction) and one.so_far != so_far:
            yield f"{one.cell}: {so_far} so far, not {one.so_far}"


def _of_share(share: InShare) -> Iterator[str]:
    known = _numbers([share.pot, share.weight, share.all_weights, share.exact])
    if known is None or share.capacity is not None or not known[2]:
        return
    pot, weight, all_weights, exact = known
    if pot * weight / all_weights != exact:
        yield f"{pot} × {weight} ÷ {all_weights} is not {exact}"


def _of_step(step: Step) -> Iterator[str]:
    if step.table is not None and step.was_asked and isinstance(step.value, Fraction | str):
        yield from _of_table(step, step.table)
    for operand in step.operands:
        yield from _of_step(operand)


def _of_table(step: Step, table: TableRead) -> Iterator[str]:
    hits = [band for band in table.bands if band.is_hit]
    inputs = [one.value for one in table.inputs]
    for band in hits if table.reading in ("value", "whole") else ():
        for axis, value in zip(band.axes, inputs, strict=True):
            if not _holds(axis, value):
                yield f"{table.name}: {value} is not in {axis}"
    is_one = len(hits) == 1 and hits[0].value == step.value
    if table.reading == "value" and not table.is_otherwise and not is_one:
        yield f"{table.name}: {[one.value for one in hits]} is not {step.value}"
    if table.reading == "marginal":
        slices = [one.part * one.value for one in table.bands
                  if isinstance(one.part, Fraction) and one.part > 0
                  and isinstance(one.value, Fraction)]  # fmt: skip
        if isinstance(inputs[0], Fraction) and inputs[0] >= 0 and sum(slices) != step.value:
            yield f"{table.name}: slices {slices} are not {step.value}"


def _holds(axis: Axis, value: Result | None) -> bool:
    """Whether a value stands in a band as it is told, worked out anew."""
    if axis.keys:
        return value in axis.keys
    if axis.lower is None and axis.upper is None:
        return True
    if value is None or isinstance(value, Absent | bool | str):
        return False
    lower, upper = axis.lower, axis.upper
    if lower is not None and (value < lower or (value == lower and not axis.lower_closed)):  # type: ignore[operator]
        return False
    return upper is None or value < upper or (value == upper and axis.upper_closed)  # type: ignore[operator]


def _of_words(node: Node) -> Iterator[str]:
    """Both languages tell the same lines with the same numbers."""
    zh, en = ("\n".join(render(node, language)) for language in ("zh-Hans", "en"))
    if sorted(_NUMBER.findall(zh)) != sorted(_NUMBER.findall(en)):
        yield f"{node.cell}: numbers differ between\n{zh}\n\nand\n{en}"
