"""Steps told by the function their author called, where the engine knows it by others."""

from __future__ import annotations

from dataclasses import replace

from attain.engine.provenance.model import Step

_MONTHS_OF_A_YEAR = 12


def as_called(step: Step) -> Step:
    """Whole years are twelve whole months, cut down; readers are told the years."""
    if step.what != "round" or (step.mode, step.name) != ("down", "1"):
        return step
    twelfth = _plain(step.operands[0])
    if twelfth.what != "operate" or twelfth.name != "/":
        return step
    months, by = (_plain(one) for one in twelfth.operands)
    if (months.what, months.name) != ("apply", "months_between") or by.value != _MONTHS_OF_A_YEAR:
        return step
    return replace(months, name="years_between", type=step.type, value=step.value)


def _plain(step: Step) -> Step:
    """Past what storage narrows."""
    while step.what == "narrow":
        step = step.operands[0]
    return step
