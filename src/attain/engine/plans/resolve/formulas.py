"""Formulas, and how every column ends: settled, relabelled, rounded or narrowed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.core.units import FRACTION_SCALE, Type, Unit
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve.bare_numbers import named_amounts
from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.units import column_unit, may_become, units_for
from attain.engine.plans.resolve.work import Reported, Work, place_of
from attain.engine.primitives.model import Column, Formula, Made
from attain.expressions import units
from attain.expressions.columns import as_column
from attain.expressions.compose import Composer
from attain.expressions.errors import PLAN_STILL_MONEY, PLAN_TYPE
from attain.expressions.typed import Constant, Node, Operate, children

_CREDITED: Final = re.compile("credits/[^/]+/amount")


def formula(work: Work, declared: Declared) -> Column:
    """A value from the same row and what it reads by key.

    :raises Reported: the expression is wrong.
    """
    model = declared.model
    draft = work.drafts[declared.relation]
    text = model.is_
    assert text is not None
    site = Site(work, draft, declared)
    # What an author gave to a form stands in a column of its own, at its own place.
    is_written = model.form is None or place_of(text).pointer == f"/{model.form}"
    noted = len(work.problems)
    try:
        node = site.check(text, free_unit(work, model), with_notes=is_written)
    except Reported:
        if _CREDITED.fullmatch(model.form or ""):
            work.problems[noted:] = map(_unit_of_credits, work.problems[noted:])
        else:
            told = (named_amounts(work.plan, text, one) for one in work.problems[noted:])
            work.problems[noted:] = told
        raise
    # Of a state the sketch may know no more than its start, 0: what else it meets gives the unit.
    # A fraction is narrowed all the same: nothing could be made of it else.
    is_whole = node.type.scale is not None and not isinstance(node, Constant)
    is_open = work.is_sketch and units.is_free(node.type) and is_whole
    ended = node if is_open else end(work, declared, node)
    return finished(work, declared, Formula(ended), ended.type, text)


def _unit_of_credits(found: Problem) -> Problem:
    """What is credited and no amount: that the set of credits says so."""
    if found.code != PLAN_TYPE:
        return found
    remedy = labels(
        "记的不是金额，就在这组 credits 里写明：unit: points 或 unit: count。",
        "What is credited and no money is said at the credits: unit: points, or unit: count.",
    )
    return replace(found, values={**found.values, "remedy": remedy})


def free_unit(work: Work, model: ColumnModel) -> Type | None:
    """The unit that the place asks for: money, text and the like must be what is declared.

    Ratio, count, points and days are only relabelled at the end.
    """
    unit = declared_unit(work, model)
    return unit if unit is not None and unit.unit not in units.DIMENSIONLESS else None


def declared_unit(work: Work, model: ColumnModel) -> Type | None:
    """The unit a column declares.

    :raises AttainError: PLAN_UNIT.
    """
    try:
        return column_unit(model, work.plan.currency)
    except ValueError as error:
        raise AttainError(
            problem(errors.PLAN_UNIT, value=str(error), known=units_for(str(error)))
        ) from None


def end(work: Work, declared: Declared, node: Node) -> Node:
    """The root of a column's expression: relabelled, rounded where it says so, narrowed else.

    :raises AttainError: PLAN_UNIT_DIFFERS, PLAN_STILL_MONEY, PLAN_UNIT.
    """
    model = declared.model
    unit = declared_unit(work, model)
    if unit is not None:
        if not may_become(node.type, unit):
            raise AttainError(_differs(declared.name, unit, node))
        node = Composer().fit(node, unit) if units.is_open(node.type) else node
    elif units.is_any(node.type):
        node = Composer().fit(node, Type(Unit.text))
    if model.round is None:
        return as_column(node, unit=unit, hidden=model.working)
    return as_column(node, unit=unit, step=model.round.step, mode=model.round.mode)


def _differs(name: str, unit: Type, node: Node) -> Problem:
    """A rule that gives another unit than is declared; of amounts it is told what to write."""
    declared, found = units.named(unit), units.named(node.type)
    if node.type.unit is Unit.money and unit.unit in units.DIMENSIONLESS and _divides(node):
        return problem(PLAN_STILL_MONEY, declared=declared, found=found)
    return problem(errors.PLAN_UNIT_DIFFERS, name=name, declared=declared, found=found)


def _divides(node: Node) -> bool:
    is_quotient = isinstance(node, Operate) and node.operator == "/"
    return is_quotient or any(_divides(child) for child in children(node))


def finished(work: Work, declared: Declared, made: Made, type_: Type, text: str | None) -> Column:
    """A declared column with what its author said about it."""
    model = declared.model
    return Column(
        name=declared.name,
        type=type_,
        made=made,
        labels=model.label,
        personal=model.personal,
        source=model.source,
        text=str(text) if text is not None else None,
        form=model.form,
        line=work.where(declared).line,
    )


def rounded_from(site: Site, made: Made, type_: Type, declared: Declared) -> tuple[Made, Type]:
    """A column that is not a formula but is rounded: the value itself becomes a hidden step."""
    model, work = declared.model, site.work
    unit = declared_unit(work, model)
    needs_end = model.round is not None or (unit is not None and unit.unit is not type_.unit)
    if not needs_end:
        return made, type_
    step = site.step(made, hidden_type(type_))
    ended = end(work, declared, step)
    return Formula(ended), ended.type


def hidden_type(type_: Type) -> Type:
    """The type of a hidden step: 18 decimals where its unit would keep fewer than it has."""
    if not type_.is_number:
        return replace(type_, scale=None)
    kept = units.stored_scale(type_)
    scale = type_.scale
    fits = scale is not None and scale <= kept
    return type_ if fits else replace(type_, scale=FRACTION_SCALE)
