"""Parameters: constants by name, dated where they change, and each participant's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.core.units import Type
from attain.engine import errors
from attain.engine.plans.models.tables import ParameterModel, ParameterVersion, TableVersion
from attain.engine.plans.resolve import reaching
from attain.engine.plans.resolve.cells import check_table
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.own_values import OWN_VALUES as OWN_VALUES
from attain.engine.plans.resolve.own_values import own_values
from attain.engine.plans.resolve.site import PERIOD_END, Site
from attain.engine.plans.resolve.units import UNIT_NAMES, read_unit, units_for
from attain.engine.plans.resolve.work import Reported, place_of
from attain.expressions.check import EmptyScope
from attain.expressions.compose import Composer
from attain.expressions.typed import Constant, Dated, Node

if TYPE_CHECKING:
    from attain.engine.plans.resolve.scope import RowScope
    from attain.engine.plans.resolve.work import Work


def check_constants(work: Work) -> None:
    """Note what is wrong with parameters and tables themselves, whoever reads them."""
    for section in ("parameters", "tables"):
        for name, model in getattr(work.plan, section).items():
            try:
                intervals(name, model.versions)
                if section == "parameters":
                    _declared(work, model)
                else:
                    check_table(name, model)
            except AttainError as error:
                _note(work, section, name, error.problems)
                work.unsound.add(name)


def _note(work: Work, section: str, name: str, found: Sequence[Problem]) -> None:
    """Note what is wrong with one; that of a form, `<grade>_bands`, stands where the form does."""
    where = work.plan.where((section, name))
    model = work.plan.tables.get(name) if section == "tables" else None
    if model is not None and model.real_bands and where == work.plan.where((section,)):
        first = model.real_bands[0]
        where = place_of(first.is_ or first.from_ or "").where()
        named = name.rpartition("_")[0] or name
        found = [replace(one, values={**one.values, "name": named}) for one in found]
    work.note(found, where)


def parameter(scope: RowScope, name: str) -> Node:
    """What a parameter is on a row.

    :raises AttainError: PLAN_DATE_NEEDED, VERSION_ORDER, PLAN_UNIT.
    """
    work = scope.site.work
    work.used.add(name)
    if name in work.unsound:
        raise Reported(name)
    model = work.plan.parameters[name]
    common = _common(scope.site, name, model)
    if not model.per:
        if common is None:
            raise AttainError(problem(errors.PLAN_COLUMN_EMPTY, known=["is", "versions", "per"]))
        return common
    declared = _declared(work, model) or (common.type if common is not None else None)
    if declared is None:
        raise AttainError(problem(errors.PLAN_UNIT, value="", known=list(UNIT_NAMES)))
    own = own_values(scope, name, model.per, declared, constant_date(scope.site))
    return _first_of([*own, *([common] if common is not None else [])])


def undated(work: Work, name: str) -> Node:
    """A parameter where no date is at hand: in the filter of a source.

    :raises AttainError: PLAN_DATE_NEEDED for a dated one.
    """
    work.used.add(name)
    model = work.plan.parameters[name]
    if model.is_ is None:
        raise AttainError(problem(errors.PLAN_DATE_NEEDED, relation=name))
    return _value(work, model.is_, _declared(work, model))


def _declared(work: Work, model: ParameterModel) -> Type | None:
    """
    :raises AttainError: PLAN_UNIT.
    """
    if model.unit is None:
        return None
    found = read_unit(model.unit, work.plan.currency)
    if found is None:
        raise AttainError(problem(errors.PLAN_UNIT, value=model.unit, known=units_for(model.unit)))
    return found


def _value(work: Work, text: str, declared: Type | None) -> Node:
    return work.check(text, EmptyScope(), declared)


def _common(site: Site, name: str, model: ParameterModel) -> Node | None:
    """What the plan says for everybody."""
    work = site.work
    declared = _declared(work, model)
    told = model.label or labels(name, name)
    if model.is_ is not None:
        value = _value(work, model.is_, declared)
        return replace(value, labels=told) if isinstance(value, Constant) else value
    if not model.versions:
        return None
    spans = intervals(name, model.versions)
    values = [_value(work, version.is_, declared) for version in model.versions]
    composer = Composer()
    alike, shared = composer.alike(values, action="choose")
    if composer.problems:
        raise AttainError(composer.problems)
    versions = tuple(
        (from_, until, value) for (from_, until), value in zip(spans, alike, strict=True)
    )
    return replace(dated(site, name, versions, shared), labels=told)


def dated(
    site: Site,
    name: str,
    versions: tuple[tuple[dt.date | None, dt.date | None, Node], ...],
    shared: Type,
) -> Dated:
    """The version in force on the row's date, or on the date that `at:` says."""
    scales = [value.type.scale for _, _, value in versions]
    scale = None if None in scales else max((each or 0 for each in scales), default=None)
    is_open = versions[0][0] is None and versions[-1][1] is None
    is_missing = not is_open or any(value.type.may_be_missing for _, _, value in versions)
    type_ = replace(shared, scale=scale, may_be_missing=is_missing)
    at = constant_date(site)
    return Dated(name, at, versions, type_.missing(is_missing or at.type.may_be_missing))


def constant_date(site: Site) -> Node:
    """The date by which constants are read: `at:`, else the row's own date.

    On rows of a period that is the first day, on a stretch of one its own; a constant that
    changes inside a period is refused when the period is calculated, unless the column says
    `at: period end`.

    :raises AttainError: PLAN_DATE_NEEDED.
    """
    if site.at == PERIOD_END:
        return reaching.period_end(site)
    if site.at is not None:
        return reaching.date_named(site, site.at)
    return site.needed_date(site.own_date())


def intervals(
    name: str, versions: Sequence[ParameterVersion | TableVersion]
) -> list[tuple[dt.date | None, dt.date | None]]:
    """From when until when each version holds: until the next begins.

    :raises AttainError: VERSION_ORDER.
    """
    found: list[tuple[dt.date | None, dt.date | None]] = []
    for number, version in enumerate(versions):
        following = versions[number + 1].from_ if number + 1 < len(versions) else None
        before = versions[number - 1].from_ if number else None
        in_order = version.from_ is not None and (before is None or before < version.from_)
        if number and not in_order:
            raise AttainError(
                problem(errors.VERSION_ORDER, name=name, first=before, second=version.from_)
            )
        until = version.until or following
        if following is not None and until is not None and until > following:
            raise AttainError(
                problem(errors.VERSION_ORDER, name=name, first=until, second=following)
            )
        found.append((version.from_, until))
    return found


def _first_of(values: Sequence[Node]) -> Node:
    """The first of some values that there is."""
    composer, found = Composer(), values[-1]
    for value in reversed(values[:-1]):
        found = called(composer, "if_missing", value, found)
    if composer.problems:
        raise AttainError(composer.problems)
    return found
