"""Rows that stand in the plan itself: their texts read as values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.units import Type, Unit
from attain.engine import errors
from attain.engine.plans.models.sources import SourceModel
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.sources import ROW, own_schema, plan_rows_draft, schema_columns
from attain.engine.primitives.model import PlanRows
from attain.expressions.check import EmptyScope, check
from attain.expressions.typed import Constant, Value

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work


def draft(work: Work, name: str, source: SourceModel) -> Draft:
    """A small table that stands in the plan.

    :raises AttainError: PLAN_SOURCE_SHAPE for a cell without column, PLAN_TYPE for a value
        that is not of its column's unit.
    """
    schema = own_schema(name, source, work.plan.currency)
    columns = schema_columns(schema)
    names = tuple(columns)
    rows = []
    for number, given in enumerate(source.rows or (), start=1):
        for cell in given:
            if cell not in columns:
                fault = labels(f"没有列“{cell}”", f"it has no column “{cell}”")
                raise AttainError(problem(errors.PLAN_SOURCE_SHAPE, name=name, fault=fault))
        row = [
            Decimal(number)
            if column == ROW
            else read_value(given.get(column), columns[column].type)
            for column in names
        ]
        rows.append(tuple(row))
    return plan_rows_draft(name, schema, source, PlanRows(names, tuple(rows)))


def read_value(text: str | None, type_: Type) -> Value | None:
    """A cell as a value of its column's type; blank is missing.

    :raises AttainError: PLAN_TYPE, PLAN_SYNTAX.
    """
    if text is None or text == "":
        return None
    if type_.unit is Unit.text:
        return str(text)
    literal = f"'{text}'" if type_.unit is Unit.key else str(text)
    node = check(literal, EmptyScope(), type_).required()
    if isinstance(node, Constant) and isinstance(node.value, Decimal | str | dt.date | bool):
        return node.value
    fault = labels(f"“{text}”不是值", f"“{text}” is no value")
    raise AttainError(problem(errors.PLAN_SOURCE_SHAPE, name=str(text), fault=fault))
