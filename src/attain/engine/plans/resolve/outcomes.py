"""What a plan shows: components, money lines and checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from attain.core.errors import AttainError, Problem, problem
from attain.core.units import BOOLEAN
from attain.engine import errors
from attain.engine.plans.models.outcomes import CheckModel, ComponentModel, LineModel
from attain.engine.plans.resolve.drafts import PERIOD, Declared, Draft
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Reported, Work
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Aggregate,
    Check,
    Column,
    Component,
    ComponentKind,
    Gather,
    Line,
)

M = TypeVar("M")
T = TypeVar("T")

_KINDS = {"measures": ComponentKind.MEASURE, "formulas": ComponentKind.FORMULA}


def components(work: Work) -> tuple[Component, ...]:
    """Every shown column at the grain of a subject and a period, and what is said of them."""
    said = {model.column: model for model in work.plan.components}
    found = []
    for declared in work.declared.values():
        draft = work.drafts[declared.relation]
        column = draft.computed.get(declared.name)
        if column is None:
            continue
        model = said.pop(declared.name, None)
        is_shown = declared.model.show and _is_member_period(draft)
        is_shown = is_shown and not _tells_ratings(work, declared, column)
        if model is not None or is_shown:
            found.append(_component(declared, draft, model))
    for left in said.values():
        work.note(_unknown(work, left.column), work.plan.where(("components",)))
    return tuple(found)


def _is_member_period(draft: Draft) -> bool:
    """One subject and one period, nothing else."""
    return draft.subject is not None and draft.period is not None and len(draft.key) == 2


def _tells_ratings(work: Work, declared: Declared, column: Column) -> bool:
    """Whether a result would tell what one or two raters gave, and its author did not ask for it.

    It counts in whatever is calculated from it, as the group's mean of a scorecard does (D31).
    """
    made = column.made
    if column.form or "show" in declared.model.model_fields_set or not isinstance(made, Gather):
        return False
    is_counted = made.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT)
    return not is_counted and "rater" in work.drafts[made.relation].stored


def _component(declared: Declared, draft: Draft, model: ComponentModel | None) -> Component:
    if model is None:
        kind = _KINDS.get(declared.section)
        if kind is None:
            kind = ComponentKind.MEASURE if declared.model.aggregate else ComponentKind.FORMULA
        model = ComponentModel(column=declared.name, kind=kind)
    return Component(
        name=model.name or declared.name,
        kind=model.kind,
        relation=draft.name,
        column=declared.name,
        labels=model.label or declared.model.label,
        weight=model.weight,
        score=model.score,
        card=model.card,
        parent=model.parent,
    )


def _unknown(work: Work, name: str) -> Problem:
    known = nearest(name, work.declared)
    return problem(errors.PLAN_COLUMN_UNKNOWN, relation=work.plan.plan, name=name, known=known)


def lines(work: Work) -> tuple[Line, ...]:
    """The money lines that forms declare."""
    return tuple(_each(work, work.plan.lines, "lines", _line))


def _line(work: Work, model: LineModel) -> Line:
    declared = _declared(work, model.column)
    draft = work.drafts[declared.relation]
    site = Site(work, draft, declared)
    amount = work.column(draft, model.column)
    pay_on, participant = (_column(site, name) for name in (model.pay_on, model.participant))
    assert amount is not None
    return Line(
        component=model.component,
        part=model.part,
        relation=draft.name,
        amount=model.column,
        participant=participant,
        pay_on=pay_on,
        currency=model.currency or amount.type.currency or work.plan.currency,
        own_key=tuple(_column(site, name) for name in model.key) or _own_key(draft),
    )


def _own_key(draft: Draft) -> tuple[str, ...]:
    """What tells the lines of rows apart that are finer than a subject and a period.

    Somebody may have two rows of a pair, of a stack or of a dimension to be paid on one day.
    """
    parts = [part.name for part in draft.key]
    return tuple(name for name in parts if name not in (draft.subject, draft.period))


def _column(site: Site, name: str) -> str:
    return site.lift(site.check(name)).column


def _declared(work: Work, name: str) -> Declared:
    if name not in work.declared:
        raise AttainError(_unknown(work, name))
    return work.declared[name]


def checks(work: Work) -> tuple[Check, ...]:
    """What must hold on every row."""
    return tuple(_each(work, work.plan.checks, "checks", _check))


def _check(work: Work, model: CheckModel) -> Check:
    if model.column is not None:
        declared = _declared(work, model.column)
        draft = work.drafts[declared.relation]
        work.column(draft, model.column)
        return Check(model.name, draft.name, model.column, model.code, model.stops)
    draft = work.rows(model.each) if model.each else work.rows(work.default_grain(model.name))
    site = Site(work, draft, owner=model.name)
    assert model.holds is not None
    node = site.check(model.holds, BOOLEAN)
    return Check(model.name, draft.name, site.lift(node).column, model.code, model.stops)


def _each(
    work: Work, models: Sequence[M], section: str, make: Callable[[Work, M], T]
) -> Iterator[T]:
    """What each entry of a list becomes; a wrong one is noted and left out."""
    for number, model in enumerate(models):
        try:
            yield make(work, model)
        except Reported:
            continue
        except AttainError as error:
            work.note(error.problems, work.plan.where((section, number)))


def periods_used(work: Work) -> tuple[str, ...]:
    """The kinds of periods that some relation's rows are of, beside the plan's own."""
    kinds = {
        part.kind.removeprefix(PERIOD)
        for draft in work.drafts.values()
        for part in draft.key
        if part.kind.startswith(PERIOD)
    }
    return tuple(kind for kind in work.kinds.names if kind in kinds - {work.plan.period})
