"""Rows of another plan's results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Relation, ResultRows
from attain.engine.reference.earlier import rows_of
from attain.engine.reference.rows.sources import meant
from attain.engine.reference.values import Key, Row

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def make(run: Calculation, relation: Relation) -> Iterable[Row]:
    """A relation of another plan, from every run of it that the request names (language.md 20).

    Where two of them have a row with the same key, that of the later period stands.
    """
    made = relation.rows
    assert isinstance(made, ResultRows)
    found: dict[Key, Row] = {}
    for past in run.inputs.runs_of(made.plan):
        found.update((row.key, row) for row in rows_of(past, relation, made.relation))
    return meant(run, relation, found.values(), made.where)
