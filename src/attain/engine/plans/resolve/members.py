"""Grains: the rows of `[seller, quarter]`, which are there whether or not anything happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import BOOLEAN, Unit
from attain.engine import errors
from attain.engine.plans.models.sources import SubjectModel
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    EFFECTIVE_UNTIL,
    Draft,
    Link,
    key_part,
    period_columns,
    period_key,
    stored,
)
from attain.engine.plans.resolve.kind_words import IN_CHINESE
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Column,
    Dimension,
    KeyPart,
    MemberRows,
    PeriodRows,
    Stays,
)
from attain.expressions.typed import Node

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work


_DAYS = ("day", "days", "date", "日", "天")
_OF_DAYS = (
    "日不是期间；按天的列，日期是维度：dimensions: {日: {from: 来源, column: 日期}}，"
    "再写 each: [对象, month, 日]",
    "a day is no period; for columns by the day make the date a dimension, "
    "dimensions: {on: {from: source, column: date}}, and write each: [subject, month, on]",
)


@dataclass(frozen=True, slots=True)
class Grain:
    """A list such as `[seller, line, quarter]`, sorted into what it is made of."""

    subjects: tuple[str, ...]
    dimensions: tuple[str, ...]
    period: str | None

    @property
    def relation(self) -> str:
        """The name of its relation, `seller_line_quarter`."""
        period = (self.period,) if self.period else ()
        return "_".join((*self.subjects, *self.dimensions, *period))


def read_grain(work: Work, names: Sequence[str]) -> Grain:
    """A grain as its author wrote it.

    :raises AttainError: PLAN_GRAIN_UNKNOWN, PLAN_GRAIN_SHAPE.
    """
    subjects = tuple(name for name in names if name in work.plan.subjects)
    periods = tuple(name for name in names if name in work.kinds)
    dimensions = tuple(name for name in names if name not in (*subjects, *periods))
    for name in dimensions:
        is_source = name in work.plan.sources and name not in work.plan.dimensions
        if is_source and len(names) > 1:
            zh, en = f"“{name}”是来源，只能单独写", f"“{name}” is a source and stands alone"
            raise _impossible(", ".join(names), zh, en)
        if name not in work.plan.dimensions and work.dimension_of(name) is None:
            known = [
                *work.plan.subjects,
                *work.plan.dimensions,
                *work.kinds.names,
                *work.plan.sources,
            ]
            if name in IN_CHINESE:
                kind = IN_CHINESE[name]
                zh, en = f"期间写英文，“{name}”写 {kind}", f"“{name}” is written {kind}"
                raise _impossible(", ".join(names), zh, en)
            if name.casefold() in _DAYS:
                raise _impossible(", ".join(names), *_OF_DAYS)
            raise AttainError(problem(errors.PLAN_GRAIN_UNKNOWN, name=name, known=known))
    grain = ", ".join(names)
    if len(periods) > 1:
        raise _impossible(grain, "它有几种期间", "it names several kinds of period")
    if len(subjects) > 1:
        raise _impossible(grain, "它有几个对象", "it names several subjects")
    if dimensions and not subjects:
        raise _impossible(grain, "只有维度，没有对象", "it has dimensions without a subject")
    return Grain(subjects, dimensions, periods[0] if periods else None)


def _impossible(grain: str, zh: str, en: str) -> AttainError:
    fault: Labels = labels(zh, en)
    return AttainError(problem(errors.PLAN_GRAIN_SHAPE, grain=grain, fault=fault))


def member_draft(work: Work, grain: Grain, relation: str) -> Draft:
    """The rows of a grain.

    :raises AttainError: PLAN_DATASET_UNKNOWN for a subject whose dataset is not there,
        PLAN_COLUMN_UNKNOWN and PLAN_DIMENSION_COMPUTED for a dimension, PLAN_COLUMN_THERE for
        one that is called like the column that says who somebody is.
    """
    if not grain.subjects:
        return period_draft(grain.period or work.plan.period, relation)
    subject = grain.subjects[0]
    model = work.plan.subjects[subject]
    source = work.draft(model.from_)
    own = source.own_key[0].name
    kind = _dataset_of(source)
    columns = _attributes(source, subject, model)
    key = [KeyPart(subject, kind, columns[subject].type)]
    dimensions = tuple(_dimension(work, name) for name in grain.dimensions)
    of_dimensions: dict[str, Link] = {}
    for dimension in dimensions:
        if dimension.name == own:
            raise AttainError(problem(errors.PLAN_COLUMN_THERE, rows=relation, name=own))
        given = _column_of(work, dimension)
        columns[dimension.name] = stored(dimension.name, given.type.missing(False))
        part = key_part(dimension.name, columns[dimension.name])
        key.append(part)
        if part.kind != "text":
            of_dimensions[part.name] = Link(part.name, part.name, part.kind)
    if grain.period:
        columns |= period_columns(grain.period)
        key.append(period_key(grain.period))
    where = _filter(work, source, model.where)
    members_of = work.plan.plan if subject == next(iter(work.plan.subjects)) else None
    links = {name: link for name, link in source.links.items() if name in columns}
    links |= {subject: Link(subject, subject, model.from_), **of_dimensions}
    return Draft(
        name=relation,
        key=tuple(key),
        rows=MemberRows(
            kind, own, where, grain.period, members_of, dimensions, _stays(work, subject, model)
        ),
        stored=columns,
        subject=subject,
        links=links,
    )


def _stays(work: Work, subject: str, model: SubjectModel) -> Stays | None:
    """Who keeps a row while something of theirs is open.

    :raises AttainError: PLAN_STAYS for what is no column of the subject's own period.
    """
    name = model.while_
    if name is None:
        return None
    column = work.plan.all_columns().get(name)
    first = next(iter(work.plan.subjects))
    grain = (subject, work.plan.period)
    if column is None or (column.each or (first, work.plan.period)) != grain:
        where = work.plan.where(("subjects", subject, "while"))
        fault = problem(errors.PLAN_STAYS, where, subject=subject, name=name, grain=grain)
        raise AttainError(fault)
    work.earlier_results = True
    return Stays("_".join(grain), name, subject)


def check_stays(work: Work) -> None:
    """What a subject stays by is true or false; noted if it is not."""
    for subject, model in work.plan.subjects.items():
        declared = work.declared.get(model.while_ or "")
        column = work.drafts[declared.relation].column(declared.name) if declared else None
        if column is not None and column.type.unit is not Unit.boolean:
            where = work.plan.where(("subjects", subject, "while"))
            grain = (subject, work.plan.period)
            found = problem(
                errors.PLAN_STAYS, where, subject=subject, name=model.while_, grain=grain
            )
            work.note(found)


def _attributes(source: Draft, subject: str, model: SubjectModel) -> dict[str, Column]:
    """The subject's key, under its name in the plan and in the dataset, and its attributes."""
    own = source.own_key[0].name
    type_ = source.stored[own].type.missing(False)
    attributes = {
        name: column
        for name, column in source.stored.items()
        if name not in (EFFECTIVE_FROM, EFFECTIVE_UNTIL)
    }
    # A subject may be called like an attribute (a manager has a manager): the key is meant.
    attributes |= {own: stored(own, type_), subject: stored(subject, type_, labels=model.label)}
    return {subject: attributes.pop(subject), **attributes}


def _filter(work: Work, source: Draft, text: str | None) -> Node | None:
    """Who takes part: a condition on a version of the subject, and the days of the period.

    :raises Reported: it is wrong.
    """
    if text is None:
        return None
    return Site(work, source).check_stored(text, BOOLEAN, in_period=True)


def _dataset_of(source: Draft) -> str:
    return getattr(source.rows, "dataset", source.name)


def _dimension(work: Work, name: str) -> Dimension:
    model = work.plan.dimensions.get(name)
    if model is not None:
        return Dimension(name, model.from_, model.column)
    found = work.dimension_of(name)
    if found is None:
        raise KeyError(name)
    return Dimension(name, found, name)


def _column_of(work: Work, dimension: Dimension) -> Column:
    """The stored column a dimension has its values from.

    :raises AttainError: PLAN_COLUMN_UNKNOWN, PLAN_DIMENSION_COMPUTED.
    """
    stored_columns = work.draft(dimension.relation).stored
    name, relation = dimension.column, dimension.relation
    if name in stored_columns:
        return stored_columns[name]
    plan = work.plan
    where = plan.where(("dimensions", dimension.name))
    if any(name in section for section in (plan.columns, plan.measures, plan.formulas)):
        raise AttainError(
            problem(errors.PLAN_DIMENSION_COMPUTED, where, name=dimension.name, column=name)
        )
    known = nearest(name, list(stored_columns)) or list(stored_columns)
    raise AttainError(
        problem(errors.PLAN_COLUMN_UNKNOWN, where, relation=relation, name=name, known=known)
    )


def period_draft(kind: str, relation: str) -> Draft:
    """One row per period, for grains without a subject."""
    return Draft(
        name=relation,
        key=(period_key(kind),),
        rows=PeriodRows(kind),
        stored=period_columns(kind),
    )
