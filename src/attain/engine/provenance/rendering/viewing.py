"""Who reads an explanation: what they may see, and what things are called for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from attain.core import reasons
from attain.core.labels import CHINESE
from attain.engine.primitives.model import MemberRows, PeriodRows, ResolvedPlan
from attain.engine.provenance.model import Subject
from attain.engine.provenance.rendering.phrases import PERIODS, say


def everybody(_: Subject) -> bool:
    """Sees everything, as an auditor does."""
    return True


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader: whose numbers they may see, the names they know, and their language.

    `names` gives opaque keys the code or name they go by; a key without one is shown as it is.
    `columns` says what the columns of the plan are called: a failed condition is a reason;
    `tables` the same of its tables. `rows` says of what each row of a grain is.
    """

    language: str = CHINESE
    may_see: Callable[[Subject], bool] = everybody
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        plan: ResolvedPlan,
        language: str,
        names: Mapping[str, str],
        may_see: Callable[[Subject], bool] = everybody,
    ) -> Viewer:
        """A reader of a plan's numbers, who is told the plan's own names for things."""
        columns = _column_names(plan, language)
        tables = _grade_tables(plan, language)
        tables |= {name: labels.get(language) for name, labels in plan.tables.items()}
        return cls(language, may_see, names, columns, tables, _row_names(plan, language))

    def sees(self, subject: Subject | None) -> bool:
        """What belongs to nobody is seen by whoever sees what it is part of."""
        return subject is None or self.may_see(subject)

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def reason(self, code: str) -> str:
        """Why a value is missing; of a condition of the plan its name."""
        column = code.partition(".")[2]
        return self.columns.get(column) or reasons.sentence(code, self.language)


def _row_names(plan: ResolvedPlan, language: str) -> dict[str, str]:
    """Of what the rows of a grain are, by the grain's own name: `seller_month`."""
    found = {}
    for name, relation in plan.relations.items():
        if isinstance(relation.rows, MemberRows | PeriodRows):
            kinds = [part.kind.removeprefix("period:") for part in relation.key]
            parts = [
                PERIODS[kind].get(language) if kind in PERIODS else part.name
                for part, kind in zip(relation.key, kinds, strict=True)
            ]
            found[name] = say("rows_of_each", language, parts=" · ".join(parts))
    return found


def _grade_tables(plan: ResolvedPlan, language: str) -> dict[str, str]:
    """The bands that stand at a grade itself, which its form makes a table of: by the grade."""
    return {
        f"{name}_bands": column.labels.get(language) if column.labels else name
        for relation in plan.relations.values()
        for name, column in relation.columns.items()
        if column.form == f"grades/{name}"
    }


def _column_names(plan: ResolvedPlan, language: str) -> dict[str, str]:
    """What the columns of a plan are called, those that nobody named left out."""
    return {
        name: column.labels.get(language)
        for relation in plan.relations.values()
        for name, column in relation.columns.items()
        if column.labels
    }
