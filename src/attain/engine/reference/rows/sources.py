"""Rows of a dataset version, one for one, and rows that stand in the plan itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attain.engine.primitives.model import PlanRows, Relation, SourceRows, Stored
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import IN, Row, is_no_data, result_of, results_of
from attain.expressions.evaluate import Result
from attain.expressions.typed import Node

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def from_dataset(run: Calculation, relation: Relation) -> Iterator[Row]:
    """Every row of the dataset that passes the filter, or whose filter is no data (27)."""
    made = relation.rows
    assert isinstance(made, SourceRows)
    stored = run.inputs.datasets.get(made.dataset, ())
    rows = (keyed(relation, results_of(one)) for one in stored)
    return meant(run, relation, rows, made.where)


def from_plan(run: Calculation, relation: Relation) -> Iterator[Row]:
    """The rows an author wrote into the plan; an empty cell is missing."""
    made = relation.rows
    assert isinstance(made, PlanRows)
    stored = ([result_of(value) for value in one] for one in made.rows)
    rows = (keyed(relation, dict(zip(made.columns, one, strict=True))) for one in stored)
    return meant(run, relation, rows, made.where)


def meant(
    run: Calculation, relation: Relation, rows: Iterable[Row], where: Node | None
) -> Iterator[Row]:
    """The rows for which a source's filter holds, or is no data (27)."""
    for row in rows:
        if mark(row, True if where is None else run.evaluate(where, Seat(relation, row))):
            yield row


def keyed(relation: Relation, values: dict[str, Result]) -> Row:
    """A row with its key taken from its values; stored columns that did not come are missing."""
    for name in stored_columns(relation):
        values.setdefault(name, result_of(None))
    return Row(tuple(values[part.name] for part in relation.key), values)


def stored_columns(relation: Relation) -> list[str]:
    """The columns that come with the rows instead of being computed."""
    return [name for name, column in relation.columns.items() if isinstance(column.made, Stored)]


def mark(row: Row, answer: Result) -> bool:
    """Whether a row stays: its filter is true, or no data, which the row then carries (27)."""
    if is_no_data(answer):
        row.values[IN] = answer
        return True
    return answer is True


def carried(row: Row) -> Result:
    """What a row says about having passed the filters it came through: true, or no data."""
    return row.values.get(IN, True)
