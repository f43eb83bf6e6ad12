"""Compiling columns: each primitive's way into the relation's next step."""

from __future__ import annotations

from collections.abc import Sequence

from attain.engine.compiler.gathering import gather
from attain.engine.compiler.graph import Computed
from attain.engine.compiler.making import Making
from attain.engine.compiler.staging import Batch
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives.formula import select_formulas
from attain.engine.primitives.model import Column, Formula, Gather


def compute(making: Making, batch: Batch, items: Sequence[Computed]) -> None:
    """The next step of a relation: these columns, made one way, on the rows it has."""
    relation = making.relation(batch.relation)
    wanted = [relation.columns[item.column] for item in items]
    match wanted[0].made:
        case Formula():
            _formulas(making, batch.relation, wanted)
        case Gather():
            gather(making, batch, wanted)
        case _:
            raise NotImplementedError(wanted[0].made)


def _formulas(making: Making, relation: str, columns: Sequence[Column]) -> None:
    frame = making.head(relation)
    making.extend(frame, select_formulas(frame, columns), f"Computed: {_names(columns)}.")


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(column.name for column in columns)


__all__ = ["Keeping", "compute"]
