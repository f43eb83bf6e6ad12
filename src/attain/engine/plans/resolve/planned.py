"""Rows that stand in the plan itself: their texts read as values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.schemas import DatasetSchema
from attain.core.schemas.datasets import EFFECTIVE
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
        values = {column: read_value(given.get(column), columns[column].type) for column in names}
        rows.append(values | ({ROW: Decimal(number)} if ROW in columns else {}))
    written = tuple(tuple(row[column] for column in names) for row in followed(schema, rows))
    return plan_rows_draft(name, schema, source, PlanRows(names, written))


def followed(schema: DatasetSchema, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as their author means them: who does not say until when one of a dated table holds
    means until the next one of the same key.

    In a tree that would be a second parent, who is refused.
    """
    found = [dict(row) for row in rows]
    if not schema.dated or any(check.tree for check in schema.checks):
        return found
    since, until = EFFECTIVE
    own = [part for part in schema.key if part != since]
    by_key: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_key[tuple(row[part] for part in own)].append(row)
    for versions in by_key.values():
        versions.sort(key=lambda row: row[since] or dt.date.min)
        for row, following in pairwise(versions):
            if row[until] is None and row[since] != following[since]:
                row[until] = following[since]
    return found


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
