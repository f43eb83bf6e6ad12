"""Parameters: constants by name, dated where they change, and each participant's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.units import TEXT, Type
from attain.engine import errors
from attain.engine.plans.models.tables import ParameterModel, ParameterVersion, TableVersion
from attain.engine.plans.resolve import owners, reaching
from attain.engine.plans.resolve.cells import check_table
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.site import PERIOD_END, Site
from attain.engine.plans.resolve.units import UNIT_NAMES, read_unit, units_for
from attain.engine.plans.resolve.work import Reported
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Lookup
from attain.expressions.check import EmptyScope
from attain.expressions.compose import Composer
from attain.expressions.tree import Name, Span
from attain.expressions.typed import Constant, Dated, Node, Reference

if TYPE_CHECKING:
    from attain.engine.plans.resolve.scope import RowScope
    from attain.engine.plans.resolve.work import Work

PEOPLE: Final = "people"
POSTS: Final = "assignments"

OWN_VALUES: Final = "parameters"
"""The dataset with values of single participants, positions and units."""


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
                work.note(error.problems, work.plan.where((section, name)))
                work.unsound.add(name)


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
    return _own_or(scope, name, model, common)


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


def _own_or(scope: RowScope, name: str, model: ParameterModel, common: Node | None) -> Node:
    """The participant's own value, then the position's and so on, then everybody's."""
    site = scope.site
    declared = _declared(site.work, model) or (common.type if common is not None else None)
    if declared is None:
        raise AttainError(problem(errors.PLAN_UNIT, value="", known=list(UNIT_NAMES)))
    found: Node | None = common
    for whose in reversed(model.per):
        key = _whose(scope, whose)
        if key is None:
            raise AttainError(
                problem(
                    errors.PLAN_COLUMN_UNKNOWN,
                    relation=site.draft.name,
                    name=whose,
                    known=nearest(whose, site.draft.stored),
                )
            )
        own = _own_value(site, name, whose, key, replace(declared, scale=18))
        found = own if found is None else _first(own, found)
    assert found is not None
    return found


def _whose(scope: RowScope, said: str) -> Node | None:
    """Who or what may have a value of its own: the person, a customer's region.

    A person's position and unit are those of their assignment: on a row of a period that of its
    last day, on a fact that of its own (language.md 51).

    :raises AttainError: PLAN_UNKNOWN_NAME.
    """
    first, *rest = said.split(".")
    person = scope.name(Name((first,), Span())) if len(rest) == 1 else None
    if person is not None and person.type.kind == PEOPLE:
        posts = scope.site.work.draft(POSTS)
        column = posts.column(rest[0])
        if column is not None and column.type.kind is not None:
            row = reaching.row_at(scope.site, posts, f"{first}@{POSTS}", (("person", person),))
            return Reference(rest[0], column.type.missing(), row)
    return scope.name(Name((first, *rest), Span()))


def _own_value(site: Site, name: str, whose: str, key: Node, type_: Type) -> Node:
    owners.refuse_unnamed(site.work, OWN_VALUES, key)
    target = site.work.draft(OWN_VALUES)
    row = f"{name}({whose})"
    site.draft.lookups[row] = Lookup(
        name=row,
        relation=target.name,
        equal=(("name", Constant(name, TEXT)), ("subject", key)),
        at=constant_date(site),
        absent="no_data.parameter",
    )
    return Reference("value", type_.missing(), row)


def _first(own: Node, other: Node) -> Node:
    composer = Composer()
    made = called(composer, "if_missing", own, other)
    if composer.problems:
        raise AttainError(composer.problems)
    return made
