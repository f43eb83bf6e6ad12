"""Plans as tests of the plan language write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from attain.core.errors import AttainError, Problem, Severity
from attain.core.schemas import DatasetSchema, load_dataset_schema
from attain.core.systems import system_schema
from attain.engine.plans.api import check_plan, load_plan
from attain.engine.primitives.model import ResolvedPlan
from attain.expressions.typed import (
    Apply,
    Condition,
    Constant,
    Dated,
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)

Resolve = Callable[[str], ResolvedPlan]
Problems = Callable[[str], tuple[Problem, ...]]

PEOPLE = """
dataset: people
key: [person, effective_from]
dated: true
columns:
  person: {type: key, of: people}
  name: {type: text, personal: true}
  department: {type: text}
  is_head: {type: boolean, required: true}
  manager: {type: key, of: people}
  unit: {type: key, of: units}
"""


@pytest.fixture
def schemas() -> Mapping[str, DatasetSchema]:
    """People as the sample company keeps them."""
    return {"people": load_dataset_schema(PEOPLE), "assignments": system_schema("assignments")}


@pytest.fixture
def problems(schemas: Mapping[str, DatasetSchema]) -> Problems:
    """Everything there is to say about a plan's text."""

    def found(text: str) -> tuple[Problem, ...]:
        try:
            plan = load_plan(text, "plan.yaml")
        except AttainError as error:
            return error.problems
        return check_plan(plan, schemas).problems

    return found


@pytest.fixture
def resolved(schemas: Mapping[str, DatasetSchema]) -> Resolve:
    """A plan that has no errors, resolved."""

    def found(text: str) -> ResolvedPlan:
        checked = check_plan(load_plan(text, "plan.yaml"), schemas)
        errors = [one for one in checked.problems if one.severity is Severity.error]
        if errors or checked.resolved is None:
            raise AttainError(errors)
        return checked.resolved

    return found


@pytest.fixture
def written() -> Callable[[Node | None], str]:
    """A checked expression in one line, so that tests can say what they expect."""
    return _written


def _written(node: Node | None) -> str:
    match node:
        case None:
            return "-"
        case Constant(value=value):
            return repr(value) if isinstance(value, str) else str(value)
        case Missing(reason=reason):
            return reason
        case Reference(row=row, column=column):
            return f"{row}::{column}" if row else column
        case Operate(operator=operator, operands=(operand,)):
            return f"{operator} {_written(operand)}"
        case Operate(operator=operator, operands=operands):
            return "(" + f" {operator} ".join(map(_written, operands)) + ")"
        case Apply(function=function, arguments=arguments):
            return f"{function}({', '.join(map(_written, arguments))})"
        case Narrow(operand=operand, scale=scale):
            return f"narrow{scale}({_written(operand)})"
        case Round(operand=operand, step=step):
            return f"round[{step}]({_written(operand)})"
        case Dated(name=name, at=at, versions=versions):
            spans = "; ".join(f"{begins}..{ends}: {_written(v)}" for begins, ends, v in versions)
            return f"{name}@{_written(at)}[{spans}]"
        case Read():
            return _written_read(node)


def _written_read(node: Read) -> str:
    cells = "; ".join(
        f"{', '.join(_written_condition(one) for one in cell.conditions)}: {_written(cell.value)}"
        for cell in node.cells
    )
    amount = f" * {_written(node.amount)}" if node.amount else ""
    scale = f" × {_written(node.scale)}" if node.scale else ""
    inputs = ", ".join(map(_written, node.inputs))
    rest = _written(node.otherwise)
    return f"{node.reading}({node.table}, {inputs}{amount}{scale})[{cells}; {rest}]"


def _written_condition(one: Condition) -> str:
    if one.equals:
        return "|".join(map(_written, one.equals))
    low, high = "[" if one.lower_closed else "(", "]" if one.upper_closed else ")"
    return f"{low}{_written(one.lower)}, {_written(one.upper)}{high}"
