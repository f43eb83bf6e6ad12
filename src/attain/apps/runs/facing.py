"""Whether a row of facts may be asked for by its number: numbers of orders are easily guessed."""

from __future__ import annotations

from collections.abc import Iterator

from attain.apps.accounts.actors import Actor
from attain.apps.people import selectors as people
from attain.apps.runs.reading import Opened
from attain.core.keys import kind_of_key
from attain.core.units import Unit
from attain.engine.provenance import Cell

PEOPLE = "people"


def concerns(actor: Actor, run: Opened, cell: Cell) -> bool:
    """Whether the reader sees everybody, or somebody whom the row names.

    Rows of a run say whose they are, which is asked elsewhere. A row of facts is nobody's, yet
    it names people; one that names none is shown to whoever sees everybody.
    """
    stored = run.stored
    scope = people.scope(actor, "results", (stored.period.from_, stored.period.until))
    reader = run.evidence.reader
    if scope.everyone or reader is None or reader.has(cell.relation):
        return True
    with run.lock:
        return any(scope.sees(key) for key in _named(run, cell))


def _named(run: Opened, cell: Cell) -> Iterator[str]:
    """The keys of the people whom a row names."""
    relation = run.plan.relations[cell.relation]
    calculation = run.evidence.around(cell.relation, cell.key).calculation
    row = calculation.row(cell.relation, cell.key)
    if row is None:
        return
    for name, column in relation.columns.items():
        if column.type.unit is not Unit.key:
            continue
        value = calculation.value(relation, row, name)
        if isinstance(value, str) and kind_of_key(value) == PEOPLE:
            yield value
