"""Who reads an explanation: what they may see, and what things are called for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from attain.core import reasons
from attain.core.labels import CHINESE
from attain.engine.primitives.model import (
    Fold,
    Formula,
    Gather,
    KeyPart,
    Made,
    MemberRows,
    PeriodRows,
    Relation,
    ResolvedPlan,
)
from attain.engine.provenance.model import Subject
from attain.engine.provenance.rendering.phrases import KINDS, PERIODS, say
from attain.expressions.typed import Constant, Node, children

SHOWN: Final = 6
"""Rows told one by one where nobody asks for all."""


def everybody(_: Subject) -> bool:
    """Sees everything, as an auditor does."""
    return True


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader: whose numbers they may see, the names they know, and their language.

    `names` gives opaque keys the code or name they go by, `codes` those that the rules write and
    no row may have; a key without either is shown as it is.
    `columns` says what the columns of the plan are called: a failed condition is a reason;
    `tables` the same of its tables. `rows` says of what each row of a grain is, `sources`
    what the rows that are read are called. `whole_rows` says where this reader gets the rows of a
    relation that are too many to be told. `subjects` says whose a grain is, `most` how many rows
    of a list are told one by one; the rest is one line with its sum.
    """

    language: str = CHINESE
    may_see: Callable[[Subject], bool] = everybody
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    most: int = SHOWN
    whole_rows: Callable[[str], str] | None = None

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
        rows, subjects = _row_names(plan, language), _subject_names(plan, language)
        sources = {
            name: said
            for name, one in plan.relations.items()
            if one.labels is not None and (said := one.labels.get(language))
        }
        return cls(language, may_see, names, columns, tables, rows, _codes(plan), sources, subjects)

    def sees(self, subject: Subject | None) -> bool:
        """What belongs to nobody is seen by whoever sees what it is part of."""
        return subject is None or self.may_see(subject)

    def name(self, key: str) -> str:
        return self.names.get(key) or self.codes.get(key, key)

    def reason(self, code: str) -> str:
        """Why a value is missing; of a condition of the plan its name.

        `no_data.value` is a cell nobody filled in, whatever column is called value: that of a
        target is read by half of all plans.
        """
        own = None if reasons.is_registered(code) else self.columns.get(code.partition(".")[2])
        return own or reasons.sentence(code, self.language)


def _codes(plan: ResolvedPlan) -> dict[str, str]:
    """The codes that the rules write, by the keys that they are compared as."""
    columns = (column for one in plan.relations.values() for column in one.columns.values())
    waiting = [node for column in columns for node in _expressions(column.made)]
    found, seen = {}, set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Constant) and node.code is not None:
            found[str(node.value)] = node.code
        waiting.extend(children(node))
    return found


def _expressions(made: Made) -> tuple[Node, ...]:
    match made:
        case Formula(node=node):
            return (node,)
        case Gather(value=value, where=where):
            return tuple(one for one in (value, where) if one is not None)
        case Fold(steps=steps):
            return tuple(node for _, node in steps)
        case _:
            return ()


def _row_names(plan: ResolvedPlan, language: str) -> dict[str, str]:
    """Of what the rows of a grain are, by the grain's own name: `seller_month`."""
    found = {}
    for name, relation in plan.relations.items():
        if isinstance(relation.rows, MemberRows | PeriodRows):
            kinds = [part.kind.removeprefix("period:") for part in relation.key]
            parts = [
                PERIODS[kind].get(language)
                if kind in PERIODS
                else _subject(part, relation, language)
                for part, kind in zip(relation.key, kinds, strict=True)
            ]
            found[name] = say("rows_of_each", language, parts=" · ".join(parts))
    return found


def _subject_names(plan: ResolvedPlan, language: str) -> dict[str, str]:
    """Whose the rows of a grain are, by the grain's own name; nobody's left out."""
    found = {}
    for name, one in plan.relations.items():
        if isinstance(one.rows, MemberRows | PeriodRows):
            parts = (part for part in one.key if not part.kind.startswith("period:"))
            found[name] = " · ".join(_subject(part, one, language) for part in parts)
    return {name: said for name, said in found.items() if said}


def _subject(part: KeyPart, relation: Relation, language: str) -> str:
    """What a part of a key is called: by its label, and by its kind where its name is foreign."""
    column = relation.columns.get(part.name)
    if column is not None and column.labels:
        return column.labels.get(language)
    is_foreign = language == CHINESE and part.name.isascii()
    return KINDS[part.kind].get(language) if is_foreign and part.kind in KINDS else part.name


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
