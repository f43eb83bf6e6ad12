"""Compiling columns: each primitive's way into the relation's next step."""

from __future__ import annotations

from collections.abc import Sequence

from attain.engine.compiler.earlier import prior
from attain.engine.compiler.gathering import gather
from attain.engine.compiler.graph import Computed
from attain.engine.compiler.making import Making
from attain.engine.compiler.staging import Batch, is_fact
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives import decide, fold, sql
from attain.engine.primitives.formula import Made, select_formulas
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.group import compared, hang_compared, narrowed, select_grouped
from attain.engine.primitives.model import (
    Column,
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    Ordered,
    Prior,
    Shared,
)
from attain.engine.primitives.order import select_ordered
from attain.engine.primitives.share import select_shared


def compute(making: Making, batch: Batch, items: Sequence[Computed]) -> None:
    """The next step of a relation: these columns, made one way, on the rows it has."""
    relation = making.relation(batch.relation)
    wanted = [relation.columns[item.column] for item in items]
    names = ", ".join(column.name for column in wanted)
    frame = making.head(relation.name)
    match wanted[0].made:
        case Formula():
            making.extend(frame, select_formulas(frame, wanted), f"Computed: {names}.")
        case Gather():
            gather(making, batch, wanted)
        case Ordered():
            _windowed(making, relation.name, select_ordered(frame, wanted), names)
        case Grouped():
            _compared(making, frame, wanted, names)
        case Shared():
            _windowed(making, relation.name, select_shared(frame, wanted[0]), names)
        case Fold() as made:
            _folded(making, relation.name, made, wanted)
        case Prior():
            prior(making, relation, wanted)
        case Decided() as made:
            _decided(making, relation.name, made, wanted[0])


def _windowed(making: Making, relation: str, made: Made, names: str) -> None:
    """Columns that look at other rows of the relation: dear enough to be computed once."""
    frame = making.head(relation)
    making.extend(frame, made, f"Among the rows of {relation}: {names}.", Keeping.SHARED)


def _compared(making: Making, frame: Frame, columns: Sequence[Column], names: str) -> None:
    """Against others: rows of people are stored, and only what is compared is walked through.

    A window carries all columns of its rows along, and people have many. What came of it is
    stored as well, though it is read once: a database that does not know how little it is would
    sooner keep all columns of all people in memory to look them up.
    """
    relation = frame.relation
    if is_fact(relation):
        _windowed(making, relation.name, select_grouped(frame, columns), names)
        return
    step = making.next_name(f"{relation.name}.compared")
    narrow, query = narrowed(frame, compared(frame, columns), step)
    making.add(narrow, query, f"What is compared for {names}.", Keeping.VIEW)
    made = select_grouped(narrow, columns)
    among = making.next_name(f"{relation.name}.among")
    placed = narrow.with_cells(among, made.cells)
    note = f"Among the rows of {relation.name}: {names}."
    making.add(placed, made.query, note, Keeping.TABLE)
    making.extend(frame, hang_compared(frame, made.cells, among), note)


def _folded(making: Making, relation: str, made: Fold, columns: Sequence[Column]) -> None:
    frame = making.head(relation)
    numbered = fold.places(frame, made)
    name = making.next_name(f"{relation}.places")
    placed = frame.with_cells(name, numbered.cells)
    making.add(placed, numbered.query, f"Rows of {relation} in their order.", Keeping.TABLE)
    walked = fold.walk(placed, made, making.relation(relation).columns)
    walk = making.next_name(f"{relation}.walk")
    note = f"Row by row from the one before: {', '.join(n for n, _ in made.steps)}."
    making.aside(walk, relation, walked.cells, walked.query, note)
    making.extend(frame, fold.hang_folded(frame, made, columns, walk), note)


def _decided(making: Making, relation: str, made: Decided, column: Column) -> None:
    frame = making.head(relation)
    if "interventions" in making.context.datasets:
        source = making.dataset("interventions", decide.COLUMNS)
        decided = decide.decisions(made, source, column.type.unit)
        step = making.next_name(f"{relation}.decided")
        note = f"What people decided about {made.component}."
        making.aside(step, relation, decided.cells, decided.query, note)
        run = making.context.period
        bounds = (sql.day(run.from_), sql.day(run.until))
        hung = decide.select_decided(frame, column, step, bounds)
    else:
        hung = decide.undecided(frame, column)
    making.extend(frame, hung, f"As decided: {column.name}.")
