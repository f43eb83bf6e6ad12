"""Which components of a plan compare something with its target, so that both can be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from attain.core.labels import Labels
from attain.core.units import Type, Unit
from attain.engine.primitives.model import Component, ComponentKind, Formula, ResolvedPlan
from attain.engine.provenance import Readers
from attain.expressions.typed import Reference, references

_TARGET = "target("
"""How the text of a column begins that holds a target."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An attainment: the component with the ratio, and the columns it compares."""

    component: Component
    label: Labels | None
    """What is measured, in the plan's own words; None if it has no label."""
    unit: str
    actual: str
    target: str
    type_of: Callable[[Decimal | None], Type]
    """How readers are told a value of it: 3.5 visits a day, and not 350 %."""

    def told(self, *values: Decimal | None) -> str:
        """The unit by which readers are told what was measured, and its target."""
        found = (self.type_of(one).unit.value for one in values)
        return next((one for one in found if one != self.unit), self.unit)


def measured_components(plan: ResolvedPlan) -> tuple[Measured, ...]:
    """Every ratio of a plan that is made of one target and one measure, in its order."""
    return tuple(_measured(plan))


def _measured(plan: ResolvedPlan) -> Iterator[Measured]:
    readers = Readers(plan)
    for component in plan.components:
        columns = plan.relations[component.relation].columns
        column = columns[component.column]
        if component.kind is not ComponentKind.FORMULA or column.type.unit is not Unit.ratio:
            continue
        if not isinstance(column.made, Formula):
            continue
        own = {one.column for one in references(column.made.node) if _is_own(one)}
        targets = {name for name in own if _is_target(columns[name].text)}
        others = own - targets
        if len(targets) == len(others) == 1:
            actual = others.pop()
            own_column = columns[actual]
            type_of = partial(readers.column, plan.relations[component.relation], own_column)
            yield Measured(
                component, own_column.labels, own_column.type.unit.value, actual,
                targets.pop(), type_of,
            )  # fmt: skip


def _is_own(reference: Reference) -> bool:
    return reference.row == ""


def _is_target(text: str | None) -> bool:
    return text is not None and text.startswith(_TARGET)
