"""`target(x)`: the target of that indicator for the row's subject and period.

Rule 13 of the language: the row of that subject and period; else the sum of the sub-periods
if they tile it; else no data.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import DATE, DAYS, FRACTION_SCALE, TEXT, Type
from attain.engine import errors
from attain.engine.plans.resolve import reaching
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.drafts import FROM, PERIOD, UNTIL, Declared, Draft
from attain.engine.plans.resolve.formulas import declared_unit
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.units import stored_type
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Formula,
    Gather,
    Lookup,
    Window,
)
from attain.expressions.columns import as_column
from attain.expressions.compose import Composer
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Missing, Node, Operate, Reference
from attain.expressions.units import ANY

TARGETS: Final = "targets"
NO_TARGET: Final = "no_data.target"
_LENGTHS: Final = {
    "half_year": (175, 190),
    "quarter": (84, 98),
    "month": (28, 35),
    "week": (7, 7),
}
"""Days of a sub-period, shortest and longest, in every calendar; a target row has no kind."""


def target(reading: Reading) -> Node:
    """The target of an indicator, found for the row itself or for the indicator's own grain.

    :raises AttainError: PLAN_COLUMN_UNKNOWN for an indicator the plan does not have,
        PLAN_GRAIN where the row has no subject and period.
    """
    if not reading.has(1, 1, "target(indicator)"):
        return reading.faulty()
    indicator, site = reading.word(0) or "?", reading.site
    declared = reading.work.declared.get(indicator)
    if declared is None:
        known = nearest(indicator, reading.work.declared)
        raise AttainError(
            problem(errors.PLAN_COLUMN_UNKNOWN, relation=TARGETS, name=indicator, known=known)
        )
    if _has_own(site.draft):
        return _column(site, declared)
    home = reading.work.drafts[declared.relation]
    row = reaching.by_key(site, home) if _has_own(home) else None
    if row is None:
        raise AttainError(
            problem(errors.PLAN_GRAIN, name=indicator, finer=home.grain, grain=site.draft.grain)
        )
    found = _column(site.on(home), declared)
    return Reference(found.column, found.type.missing(), row)


def _has_own(draft: Draft) -> bool:
    return draft.subject is not None and draft.period is not None


def _column(site: Site, declared: Declared) -> Reference:
    """The hidden column with the target, made once for each relation."""
    draft, work = site.draft, site.work
    name = f"target__{declared.name}"
    if draft.column(name) is None:
        type_ = _type(site, declared)
        node = _node(site, declared.name, type_)
        kept = as_column(node, hidden=True)
        column = Column(
            name,
            stored_type(kept.type, hidden=True),
            Formula(kept),
            labels=_labels(declared),
            hidden=True,
            text=f"target({declared.name})",
        )
        work.add(draft, column)
    return draft.read(name)


def _labels(declared: Declared) -> Labels:
    label = declared.model.label
    zh, en = (label.zh, label.en) if label else (declared.name, declared.name)
    return labels(f"{zh or en}目标", f"Target of {en or zh}")


def _type(site: Site, declared: Declared) -> Type:
    """The unit of a target is that of its indicator.

    :raises Reported: the indicator is wrong.
    """
    unit = declared_unit(site.work, declared.model)
    if unit is None:
        home = site.work.drafts[declared.relation]
        column = site.work.column(home, declared.name)
        assert column is not None
        unit = column.type
    return Type(
        unit.unit,
        currency=unit.currency,
        scale=FRACTION_SCALE,
        may_be_missing=True,
    )


def _node(site: Site, indicator: str, type_: Type) -> Node:
    """Its own row, else the sum of the finest set of sub-periods that tile the period."""
    composer = Composer()
    found: Node = Missing(NO_TARGET, ANY)
    for kind in _sub_kinds(site):
        found = _tiled(site, composer, indicator, type_, kind, found)
    exact = _exact(site, indicator, type_)
    found = called(composer, "if_missing", exact, found)
    if composer.problems:
        raise AttainError(composer.problems)
    return found


def _sub_kinds(site: Site) -> list[str]:
    """The kinds a target of this period may be divided into, the finest first.

    Weeks only in calendars where they make up months and quarters.
    """
    kinds = site.work.kinds
    own = site.draft.period or ""
    return [
        kind
        for kind in kinds.names
        if kind in _LENGTHS
        and kinds.is_coarser(own, kind)
        and not (kind == "week" and kinds.has_months)
    ]


def _exact(site: Site, indicator: str, type_: Type) -> Node:
    """The row of exactly this subject and period."""
    draft, work = site.draft, site.work
    target_rows = work.draft(TARGETS)
    name = f"target({indicator})"
    subject = draft.subject or ""
    equal: list[tuple[str, Node]] = [
        ("subject", draft.read(subject)),
        ("indicator", Constant(indicator, TEXT)),
        ("period_from", draft.read(FROM)),
        ("period_until", draft.read(UNTIL)),
    ]
    dimensions = _dimensions(draft)
    where: Node | None = None
    if dimensions:
        equal.append(("dimension", draft.read(dimensions[0])))
    else:
        where = _is_blank(target_rows)
    draft.lookups[name] = Lookup(
        name=name,
        relation=target_rows.name,
        equal=tuple(equal),
        where=where,
        absent=NO_TARGET,
    )
    return Reference("value", type_, name)


def _dimensions(draft: Draft) -> list[str]:
    return [
        part.name
        for part in draft.key
        if part.name != draft.subject and not part.kind.startswith(PERIOD)
    ]


def _is_blank(target_rows: Draft) -> Node:
    """A target of the whole, not of one product line."""
    return called(Composer(), "is_missing", target_rows.read("dimension"))


def _tiled(
    site: Site, composer: Composer, indicator: str, type_: Type, kind: str, rest: Node
) -> Node:
    """The sum over the sub-periods of a kind if their days are those of the period."""
    draft = site.draft
    day = Type(DAYS.unit, scale=0, may_be_missing=True)
    target_rows = site.work.draft(TARGETS)
    length = Operate("-", (target_rows.read("period_until"), target_rows.read("period_from")), DAYS)
    value = Reference("value", type_.missing(False))
    total = _step(site, indicator, kind, "sum", value, stored_type(type_, hidden=True))
    days = _step(site, indicator, kind, "days", length, day)
    own = composer.operate("-", (draft.read(UNTIL), draft.read(FROM)), Span())
    is_tiled = composer.operate("=", (days, own), Span())
    return called(composer, "if", is_tiled, total, rest)


def _step(site: Site, indicator: str, kind: str, what: str, value: Node, type_: Type) -> Reference:
    """A hidden gather over the target's rows of one kind of sub-period."""
    draft, work = site.draft, site.work
    name = f"target__{indicator}__{kind}_{what}"
    target_rows = work.draft(TARGETS)
    match: list[tuple[str, Node]] = [(draft.subject or "", target_rows.read("subject"))]
    dimensions = _dimensions(draft)
    if dimensions:
        match.append((dimensions[0], target_rows.read("dimension")))
    made = Gather(
        aggregate=Aggregate.SUM,
        relation=target_rows.name,
        match=tuple(match),
        value=value,
        where=_of_kind(target_rows, indicator, kind, has_dimension=bool(dimensions)),
        window=Window(draft.read(FROM), draft.read(UNTIL)),
        date="period_from",
    )
    work.add(draft, Column(name, type_, made, hidden=True))
    return draft.read(name)


def _of_kind(target_rows: Draft, indicator: str, kind: str, *, has_dimension: bool) -> Node:
    """Rows of the indicator whose period lies inside and is as long as that kind's."""
    composer = Composer()
    from_, until = target_rows.read("period_from"), target_rows.read("period_until")
    length = composer.operate("-", (until, from_), Span())
    shortest, longest = _LENGTHS[kind]
    tests: list[Node] = [
        composer.operate("=", (target_rows.read("indicator"), Constant(indicator, TEXT)), Span()),
        composer.operate("<=", (until, Reference(UNTIL, DATE, "this")), Span()),
        composer.operate(">=", (length, Constant(Decimal(shortest), DAYS)), Span()),
        composer.operate("<=", (length, Constant(Decimal(longest), DAYS)), Span()),
    ]
    if not has_dimension:
        tests.append(_is_blank(target_rows))
    return composer.operate("and", tests, Span())
