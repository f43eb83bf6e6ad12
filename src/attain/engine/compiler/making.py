"""The state of a compilation: steps so far, and how far each relation has been made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlglot import exp

from attain.core.periods import Period
from attain.core.units import Unit
from attain.engine.compiler.staging import is_fact
from attain.engine.compiler.steps import Compiled, Guard, Input, Keeping, Origin, Step, StepColumn
from attain.engine.context import NamedResult, RunContext
from attain.engine.primitives import sql
from attain.engine.primitives.coverage import Cover
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import UNCERTAIN, Cell, Frame, lookup_column
from attain.engine.primitives.model import Relation, ResolvedPlan
from attain.engine.primitives.rows import period_kind
from attain.expressions.typed import Node, references

if TYPE_CHECKING:
    from attain.engine.compiler.out_of_days import Missed


class Making:
    """What one compilation has put in order so far."""

    def __init__(self, plan: ResolvedPlan, context: RunContext, dialect: str = "duckdb") -> None:
        self.dialect = dialect
        self.plan = plan
        self.context = context
        self.steps: list[Step | Guard] = []
        self.inputs: dict[str, Input] = {}
        self.frames: dict[str, list[Frame]] = {}
        self.rowless: dict[str, str] = {}
        self.missed: list[Missed] = []
        self._numbers: Counter[str] = Counter()
        names = {name for relation in plan.relations.values() for name in relation.covered_by}
        names |= set(context.coverage)
        covered = {name: context.covered(name) for name in sorted(names)}
        self.cover = Cover(covered, context.provisional)

    # --- relations --------------------------------------------------------------------------

    def relation(self, name: str) -> Relation:
        return self.plan.relations[name]

    def head(self, relation: str) -> Frame:
        """The relation with every column it has by now."""
        return self.frames[relation][-1]

    def reading(self, relation: str, names: Iterable[str]) -> Frame:
        """The relation as it was when it first had all these columns.

        Later steps add joins and windows that a reader of early columns need not pay for.
        """
        wanted = tuple(names)
        return next(frame for frame in self.frames[relation] if frame.has(wanted))

    def begin(self, relation: str, made: Made, note: str) -> Frame:
        """The first step of a relation: its rows."""
        first = Frame(self.relation(relation), "", {}, dialect=self.dialect)
        frame = self._step(first, made, note, None)
        self.frames[relation] = [frame]
        return frame

    def extend(self, frame: Frame, made: Made, note: str, keeping: Keeping | None = None) -> Frame:
        """The next step of a relation: the same rows with more columns."""
        later = self._step(frame, made, note, keeping)
        self.frames[frame.relation.name].append(later)
        return later

    def _step(self, frame: Frame, made: Made, note: str, keeping: Keeping | None) -> Frame:
        name = self.next_name(frame.relation.name)
        later = frame.with_cells(name, made.cells)
        self.add(later, made.query, note, keeping or self.usual(frame.relation))
        return later

    def usual(self, relation: Relation) -> Keeping:
        """Rows of facts are computed when read; rows of people are stored if read twice."""
        return Keeping.VIEW if is_fact(relation) else Keeping.SHARED

    def next_name(self, relation: str) -> str:
        self._numbers[relation] += 1
        return f"{relation}#{self._numbers[relation]}"

    def add(self, frame: Frame, query: exp.Query, note: str, keeping: Keeping) -> None:
        """Put a step in order that makes exactly this frame."""
        relation = frame.relation
        grain = tuple(part.name for part in relation.key)
        columns = tuple(_columns(frame))
        self.steps.append(Step(frame.step, relation.name, grain, columns, query, note, keeping))

    def aside(
        self,
        name: str,
        relation: str,
        cells: Mapping[str, Cell],
        query: exp.Query,
        note: str,
        only_if: exp.Query | None = None,
        keeping: Keeping = Keeping.TABLE,
        *,
        is_sorted: bool = False,
    ) -> None:
        """A step beside the relations: sums waiting to be hung on, a target made unique."""
        columns = tuple(StepColumn(n, cell.storage) for n, cell in cells.items())
        step = Step(name, relation, (), columns, query, note, keeping, only_if, is_sorted)
        self.steps.append(step)

    # --- the world outside --------------------------------------------------------------------

    def periods(self, kind: str) -> tuple[Period, ...]:
        return self.context.periods(kind)

    def periods_of(self, relation: Relation) -> tuple[Period, ...] | None:
        """The periods a relation has rows for; None when its key has no period."""
        kind = period_kind(relation)
        return self.periods(kind) if kind is not None else None

    def dataset(self, dataset: str, cells: Mapping[str, Cell]) -> str:
        """The name under which a dataset version is read, with these columns at least."""
        name = f"data:{dataset}"
        known = self.inputs[name].cells if name in self.inputs else {}
        self.inputs[name] = Input(name, Origin.DATASET, dataset, {**known, **cells})
        return name

    def result(
        self, plan: str, relation: str, results: Sequence[NamedResult], cells: Mapping[str, Cell]
    ) -> str:
        """The name under which one relation of named results is read, with these columns."""
        periods = tuple(str(one.period) for one in results)
        name = ":".join(("result", plan, relation, *periods))
        known = self.inputs[name].cells if name in self.inputs else {}
        both = {**known, **cells}
        self.inputs[name] = Input(name, Origin.RESULT, plan, both, relation, periods)
        return name

    def guard(self, guard: Guard) -> None:
        self.steps.append(guard)

    def compiled(self, standard: Mapping[str, str]) -> Compiled:
        """What was made; `standard` names the steps of the relations that every plan has."""
        heads = {name: frames[-1].step for name, frames in self.frames.items()}
        heads |= standard
        return Compiled(self.plan.plan, tuple(self.inputs.values()), tuple(self.steps), heads)


def read_names(*nodes: Node | None) -> list[str]:
    """The columns of the own row that expressions read, lookups under their joined names."""
    names: dict[str, None] = {}
    for node in nodes:
        for reference in references(node) if node is not None else ():
            if reference.row == "":
                names[reference.column] = None
            elif reference.row not in (sql.THIS, "previous", "right"):
                names[lookup_column(reference.row, reference.column)] = None
    return list(names)


def _columns(frame: Frame) -> Iterable[StepColumn]:
    for name, cell in frame.cells.items():
        yield StepColumn(name, cell.storage, _unit(frame.relation, name))
        if cell.may_be_missing:
            yield StepColumn(name + sql.WHY, "VARCHAR")
    if frame.uncertain:
        yield StepColumn(UNCERTAIN, "VARCHAR")


def _unit(relation: Relation, name: str) -> Unit | None:
    if name in relation.columns:
        return relation.columns[name].type.unit
    return next((part.type.unit for part in relation.key if part.name == name), None)
