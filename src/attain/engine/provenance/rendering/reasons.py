"""Which condition chose a value, and how a part was rounded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Final

from attain.core.reasons import is_no_data
from attain.core.units import Unit
from attain.engine.provenance.belonging import is_for_whom
from attain.engine.provenance.model import Cell, Step
from attain.engine.provenance.rendering.expressions import (
    in_words,
    unrounded,
    with_values,
)
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.rules import rounding_of
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent

_CENT: Final = Decimal("0.01")


def reasoned(line: str, whole: Step, viewer: Viewer, gates: Collection[Cell] = ()) -> str:
    """A value with the condition that chose it; conditions of `gates` are told elsewhere."""
    step = unrounded(whole)
    if step.what == "apply" and step.name == "if_missing":
        return _stood_in(line, step, viewer)
    if step.what != "apply" or step.name != "if":
        return line
    conditions = step.operands[:-1:2]
    is_value = not isinstance(step.value, Absent)
    if is_value and len(conditions) == 1 and (why := _lacking(conditions[0], viewer)):
        return say("because", viewer.language, line=line, condition=why)
    for condition in conditions:
        is_told = condition.cell not in gates and not _is_formal(condition)
        # Of a single condition that does not hold, too: why it is the lower rate.
        if is_told and (condition.value is True or _is_false_alone(step, conditions)):
            phrase = "because" if condition.value is True else "because_not"
            told = _condition(condition, viewer)
            return say(phrase, viewer.language, line=line, condition=told)
    return line


def _stood_in(line: str, step: Step, viewer: Viewer) -> str:
    """Another value in place of a missing one, with what is missing."""
    first, other = step.operands[0], step.operands[-1]
    if not isinstance(first.value, Absent) or isinstance(step.value, Absent):
        return line
    name = in_words(first, viewer)
    # Of a parameter, everybody's value comes in place of somebody's own, under one name.
    is_named = first.what == "reference" and not (first.is_hidden and first.labels is None)
    if not is_named or _is_made_of_parts(other) or name == in_words(other, viewer):
        return line
    phrase = "lacks" if is_no_data(first.value.reason) else "lacks_by_rule"
    condition = say(phrase, viewer.language, name=name)
    return say("because", viewer.language, line=line, condition=condition)


def _is_made_of_parts(step: Step) -> bool:
    """Whether it is the sum that a target has of its months: those stand among the rows."""
    if step.what != "apply" or step.name != "if":
        return False
    chosen = step.operands[1]
    return chosen.what == "reference" and chosen.is_hidden and chosen.labels is None


def _is_false_alone(step: Step, conditions: Sequence[Step]) -> bool:
    """Whether the only condition does not hold; that a divisor is not zero needs no telling."""
    first = conditions[0]
    is_zero = first.name == "=" and first.operands[-1].value == 0
    is_guard = is_zero and unrounded(step.operands[-1]).what != "constant"
    return len(conditions) == 1 and first.value is False and not is_guard


def _is_formal(condition: Step) -> bool:
    """Whether a condition only says that there is a value, or who it is."""
    if is_for_whom(condition.form):
        return True
    asks_for_value = condition.name == "is_applicable" or (
        condition.name == "not" and condition.operands[0].name == "is_missing"
    )
    return asks_for_value or _names_key(condition)


def _lacking(condition: Step, viewer: Viewer) -> str:
    """Why there is no value where a condition only asks for one: a row of a card on leave."""
    asked = condition.operands[0] if condition.operands else condition
    if condition.name == "not" and asked.name == "is_missing":
        asked = asked.operands[0]
    elif condition.name != "is_applicable":
        return ""
    if condition.value is not False or not isinstance(asked.value, Absent):
        return ""
    return viewer.reason(asked.value.reason)


def _names_key(step: Step) -> bool:
    """Whether a condition asks who it is: its numbers say nothing."""
    return any(one.what == "reference" and one.type.unit is Unit.key for one in step.walk())


def _condition(step: Step, viewer: Viewer) -> str:
    """110% > 95%; by the names where it asks for what is true or false already."""
    is_alone = step.name not in ("and", "or") and any(
        one.what == "reference" and one.type.unit is Unit.boolean for one in step.walk()
    )
    return in_words(step, viewer) if is_alone else with_values(step, viewer)


def each_rounded(steps: Iterable[Step | None], viewer: Viewer) -> str:
    """That parts were rounded to cents, as money is, which is told once for all rows."""
    fine = (one for one in steps if _rounded(one) is not None and not _is_coarse(one))
    first = next(fine, None)
    if first is None:
        return ""
    return say("each_rounded", viewer.language, rounding=rounding_of(first, viewer))


def coarsely(step: Step | None, viewer: Viewer) -> str:
    """That a row's part was rounded to more than cents: 3 × 60% = 2 is no product on paper."""
    if step is None or _rounded(step) is None or not _is_coarse(step):
        return ""
    return say("in_brackets", viewer.language, said=rounding_of(step, viewer))


def _rounded(step: Step | None) -> Step | None:
    """The rounding of a part, if it changed the part."""
    while step is not None and step.what == "narrow":
        step = step.operands[0]
    if step is None or step.what != "round" or step.value == step.operands[0].value:
        return None
    return step


def _is_coarse(step: Step | None) -> bool:
    step = _rounded(step)
    if step is None:
        return False
    is_money = step.type.unit is Unit.money
    return not (is_money and step.mode == "half_up" and Decimal(step.name) <= _CENT)
