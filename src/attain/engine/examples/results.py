"""Results of another plan that an example gives: rows as a run of that plan leaves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from attain.core.errors import AttainError, problem
from attain.core.periods import Calendars
from attain.engine.examples import errors
from attain.engine.examples.cells import expected, period_of, whole_reason
from attain.engine.plans.models.examples import Row
from attain.engine.primitives.model import Column, Relation, ResolvedPlan
from attain.expressions.typed import Reference

_PERIOD: Final = "period:"


def result_rows(
    example: str, plan: ResolvedPlan, relation: Relation, rows: Sequence[Row], calendars: Calendars
) -> list[dict[str, Any]]:
    """The rows given for a relation of another plan's results, with the reasons of missing values.

    Columns that this plan does not read may be left out, and those that may be missing.

    :raises AttainError: EXAMPLE_COLUMN, EXAMPLE_KEY, EXAMPLE_RESULT, or a text that is no value.
    """
    needed = _needed(plan, relation)
    found = []
    for row in rows:
        for name in row:
            if name not in relation.columns:
                raise AttainError(
                    problem(
                        errors.EXAMPLE_COLUMN,
                        example=example,
                        source=relation.name,
                        name=name,
                        known=list(relation.columns),
                    )
                )
        stored = _period_of(relation, row, calendars)
        for name, column in relation.columns.items():
            if name not in stored:
                stored |= _stored(name, column, row.get(name))
        _must_have(example, relation, row, stored, needed)
        found.append(stored)
    return found


def _needed(plan: ResolvedPlan, relation: Relation) -> frozenset[str]:
    """Columns that always have a value there, and that this plan may read."""
    read = {*_read(plan.relations)}
    columns = relation.columns.items()
    return frozenset(
        name for name, column in columns if name in read and not column.type.may_be_missing
    )


def _read(part: object) -> Iterator[str]:
    """The names of columns that expressions in a part of a plan refer to."""
    if isinstance(part, Reference):
        yield part.column
    elif is_dataclass(part):
        for one in fields(part):
            yield from _read(getattr(part, one.name))
    elif isinstance(part, Mapping):
        yield from _read(tuple(part.values()))
    elif isinstance(part, tuple):
        for inner in part:
            yield from _read(inner)


def _period_of(relation: Relation, row: Row, calendars: Calendars) -> dict[str, Any]:
    """The period of a row, and its days as the row tells them."""
    found: dict[str, Any] = {}
    for part in relation.key:
        text = row.get(part.name)
        if part.kind.startswith(_PERIOD) and text:
            period = period_of(text, calendars)
            days = {"period_from": period.from_, "period_until": period.until}
            found |= {name: day for name, day in days.items() if name in relation.columns}
            found[part.name] = period.label
    return found


def _stored(name: str, column: Column, text: str | None) -> dict[str, Any]:
    stated = expected(column.type, text)
    if stated.value is not None:
        return {name: stated.value}
    return {name: None, f"{name}__why": whole_reason(stated.reason)}


def _must_have(
    example: str, relation: Relation, row: Row, stored: Mapping[str, Any], needed: frozenset[str]
) -> None:
    keys = [part.name for part in relation.key]
    if any(stored.get(name) is None for name in keys):
        raise AttainError(
            problem(errors.EXAMPLE_KEY, example=example, column=relation.name, keys=keys)
        )
    for name in sorted(needed):
        if stored.get(name) is None:
            said = f"{relation.name} {'/'.join(str(row[key]) for key in keys)}"
            raise AttainError(problem(errors.EXAMPLE_RESULT, example=example, row=said, name=name))
