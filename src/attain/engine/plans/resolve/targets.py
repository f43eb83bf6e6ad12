"""`target(x)`: the target of that indicator for the row's subject and period.

Rule 13 of the language: the row of that subject and period; else the sum of the sub-periods
if they tile it; else no data. `target(x, quarter)` is that of the quarter around the row: a
target is known before its period ends, so a month may read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import DAYS, FRACTION_SCALE, TEXT, Type
from attain.engine import errors
from attain.engine.plans.resolve import owners, reaching
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.drafts import FROM, PERIOD, UNTIL, Declared, Draft
from attain.engine.plans.resolve.formulas import declared_unit
from attain.engine.plans.resolve.kind_words import kind_named
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.units import stored_type
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Formula,
    Gather,
    KeyPart,
    Lookup,
    Window,
)
from attain.expressions.columns import as_column
from attain.expressions.compose import Composer
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Missing, Node, Operate, Reference
from attain.expressions.units import ANY

TARGET: Final = "target__"
"""How the hidden columns begin that hold the targets of rows."""

TARGETS: Final = "targets"
NO_TARGET: Final = "no_data.target"
_LENGTHS: Final = {
    "half_year": (175, 190),
    "quarter": (84, 98),
    "month": (28, 35),
    "week": (7, 7),
}
"""Days of a sub-period, shortest and longest, in every calendar; a target row has no kind. Kinds
of a company's own, such as half months, are as long as its calendar says."""


_CALLED: Final = {"quarter": "季度", "half_year": "半年", "year": "年度", "month": "月度"}


def target(reading: Reading) -> Node:
    """The target of an indicator, found for the row itself or for the indicator's own grain.

    :raises AttainError: PLAN_COLUMN_UNKNOWN for an indicator the plan does not have,
        PLAN_GRAIN where the row has no subject and period, PLAN_TARGET_PERIOD for a period
        that does not hold the row's.
    """
    if not reading.has(1, 2, "target(indicator)"):
        return reading.faulty()
    indicator, site = reading.word(0) or "?", reading.site
    declared = reading.work.declared.get(indicator)
    if declared is None and indicator in reading.work.plan.all_columns():
        # Its own mistake was told where it stands.
        return reading.faulty()
    if declared is None:
        own = [name for name, one in reading.work.declared.items() if not one.model.form]
        known = nearest(indicator, own)
        raise AttainError(problem(errors.PLAN_TARGET_UNKNOWN, name=indicator, known=known))
    kind = kind_named(reading.word(1) or "?") if len(reading.arguments) > 1 else None
    if _has_own(site.draft):
        return _column(_of_row(site, declared, kind))
    home = reading.work.drafts[declared.relation]
    sought = _of_fact(site, declared, home, kind) if _has_own(home) else None
    if sought is None:
        raise AttainError(
            problem(errors.PLAN_GRAIN, name=indicator, finer=home.grain, grain=site.draft.grain)
        )
    return _column(sought)


def _has_own(draft: Draft) -> bool:
    return draft.subject is not None and draft.period is not None


@dataclass(frozen=True, slots=True)
class _Sought:
    """The target that is looked for: of which indicator, of whom, and of which days."""

    site: Site
    declared: Declared
    kind: str
    own: str
    """The kind of period a target is of that names none."""
    from_: Reference
    until: Reference
    subject: Reference
    dimensions: tuple[Reference, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is the target of the row's own period."""
        return self.kind == self.own

    @property
    def name(self) -> str:
        """How the author would write it: `target(sales)`, `target(sales, quarter)`."""
        of = self.declared.name
        return f"target({of})" if self.is_own else f"target({of}, {self.kind})"

    @property
    def column(self) -> str:
        """The hidden column that has it."""
        return f"{TARGET}{self.declared.name}" + ("" if self.is_own else f"__{self.kind}")


def _of_row(site: Site, declared: Declared, kind: str | None) -> _Sought:
    """The target of a row that has a subject and a period itself.

    :raises AttainError: PLAN_TARGET_PERIOD.
    """
    draft = site.draft
    subject = draft.read(draft.subject or "")
    dimensions = tuple(draft.read(name) for name in _dimensions(draft))
    own = draft.period or ""
    if kind is None or kind == own:
        from_, until = draft.read(FROM), draft.read(UNTIL)
        return _Sought(site, declared, own, own, from_, until, subject, dimensions)
    _refuse_finer(site, kind, own)
    day = _day_of(site, own)
    return _around(site, declared, (kind, own), day, subject, dimensions)


def _day_of(site: Site, own: str) -> Node:
    """The day by which a row's period belongs to a coarser one.

    A week that lies in two months belongs to the later, as it does for `month to date`.
    """
    kinds = site.work.kinds
    lies_in_two = own == "week" and kinds.has_months
    found = site.last_day() if lies_in_two else site.draft.read(FROM)
    return site.needed_date(found)


def _of_fact(site: Site, declared: Declared, home: Draft, kind: str | None) -> _Sought | None:
    """The target of the period around a fact's day: also where that period is not of the run.

    :raises AttainError: PLAN_TARGET_PERIOD.
    """
    own = home.period or ""
    columns = [reaching.key_column(site, part) for part in home.own_key if not _is_period(part)]
    if reaching.by_key(site, home) is None or None in columns:
        return None
    if kind is not None and kind != own:
        _refuse_finer(site, kind, own)
    subject, *dimensions = (site.draft.read(column or "") for column in columns)
    day = site.needed_date(site.own_date())
    return _around(site, declared, (kind or own, own), day, subject, tuple(dimensions))


def _refuse_finer(site: Site, kind: str, own: str) -> None:
    kinds = site.work.kinds
    if kind not in kinds or not kinds.is_coarser(kind, own):
        coarser = [one for one in kinds.names if kinds.is_coarser(one, own)]
        raise AttainError(
            problem(errors.PLAN_TARGET_PERIOD, value=kind, kind=own, known=coarser or [own])
        )


def _around(
    site: Site,
    declared: Declared,
    kinds_: tuple[str, str],
    day: Node,
    subject: Reference,
    dimensions: tuple[Reference, ...],
) -> _Sought:
    """The target of the period of a kind around a day."""
    kind, own = kinds_
    kinds, composer = site.work.kinds, Composer()
    steps = site.named(f"{TARGET}{declared.name}__{kind}")
    from_ = steps.lift(kinds.start(composer, kind, day))
    until = steps.lift(kinds.end(composer, kind, from_))
    return _Sought(site, declared, kind, own, from_, until, subject, dimensions)


def _column(sought: _Sought) -> Reference:
    """The hidden column with the target, made once for each relation and kind of period."""
    site, name = sought.site, sought.column
    draft = site.draft
    if draft.column(name) is None:
        type_ = _type(site, sought.declared)
        kept = as_column(_node(sought, type_), hidden=True)
        column = Column(
            name,
            stored_type(kept.type, hidden=True),
            Formula(kept),
            labels=_labels(sought),
            hidden=True,
            text=sought.name,
        )
        site.work.add(draft, column)
    return draft.read(name)


def _labels(sought: _Sought) -> Labels:
    label, name = sought.declared.model.label, sought.declared.name
    zh, en = (label.zh, label.en) if label else (name, name)
    if sought.is_own:
        return labels(f"{zh or en}目标", f"Target of {en or zh}")
    kind = sought.kind
    return labels(f"{zh or en}{_CALLED.get(kind, kind)}目标", f"Target of {en or zh} ({kind})")


def _type(site: Site, declared: Declared) -> Type:
    """The unit of a target is that of its indicator.

    :raises Reported: the indicator is wrong.
    """
    unit = declared_unit(site.work, declared.model)
    if unit is None:
        unit = _unit_found(site.work, site.work.drafts[declared.relation], declared.name)
    return Type(
        unit.unit,
        currency=unit.currency,
        scale=FRACTION_SCALE,
        may_be_missing=True,
    )


def _unit_found(work: Work, home: Draft, name: str) -> Type:
    """The type of the indicator; what is made of its own target is assumed to be an amount."""
    which = (home.name, name)
    if which in work.assumed_for_targets:
        return work.assumed[which]
    work.of_targets.add(which)
    column = work.column(home, name)
    assert column is not None
    return column.type


def _node(sought: _Sought, type_: Type) -> Node:
    """Its own row, else the sum of the finest set of sub-periods that tile the period."""
    composer = Composer()
    found: Node = Missing(NO_TARGET, ANY)
    for kind in _sub_kinds(sought):
        found = _tiled(sought, composer, type_, kind, found)
    exact = _exact(sought, type_)
    found = called(composer, "if_missing", exact, found)
    if composer.problems:
        raise AttainError(composer.problems)
    return found


def _sub_kinds(sought: _Sought) -> list[str]:
    """The kinds a target of this period may be divided into, the finest first.

    Weeks only in calendars where they make up months and quarters.
    """
    kinds = sought.site.work.kinds
    return [
        kind
        for kind in kinds.names
        if (kind in _LENGTHS or kinds.lengths(kind))
        and kinds.is_coarser(sought.kind, kind)
        and not (kind == "week" and kinds.has_months)
    ]


def _exact(sought: _Sought, type_: Type) -> Node:
    """The row of exactly this subject and period."""
    draft, work = sought.site.draft, sought.site.work
    target_rows = work.draft(TARGETS)
    name = sought.name
    owners.refuse_unnamed(work, TARGETS, sought.subject)
    owners.refuse_dimensions(name, sought.dimensions)
    equal: list[tuple[str, Node]] = [
        ("subject", sought.subject),
        ("indicator", Constant(sought.declared.name, TEXT)),
        ("period_from", sought.from_),
        ("period_until", sought.until),
    ]
    where: Node | None = None
    if sought.dimensions:
        equal.append(("dimension", sought.dimensions[0]))
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
    return [part.name for part in draft.key if part.name != draft.subject and not _is_period(part)]


def _is_period(part: KeyPart) -> bool:
    return part.kind.startswith(PERIOD)


def _is_blank(target_rows: Draft) -> Node:
    """A target of the whole, not of one product line."""
    return called(Composer(), "is_missing", target_rows.read("dimension"))


def _tiled(sought: _Sought, composer: Composer, type_: Type, kind: str, rest: Node) -> Node:
    """The sum over the sub-periods of a kind if their days are those of the period."""
    day = Type(DAYS.unit, scale=0, may_be_missing=True)
    target_rows = sought.site.work.draft(TARGETS)
    length = Operate("-", (target_rows.read("period_until"), target_rows.read("period_from")), DAYS)
    value = Reference("value", type_.missing(False))
    total = _step(sought, kind, "sum", value, stored_type(type_, hidden=True))
    days = _step(sought, kind, "days", length, day)
    own = composer.operate("-", (sought.until, sought.from_), Span())
    is_tiled = composer.operate("=", (days, own), Span())
    return called(composer, "if", is_tiled, total, rest)


def _step(sought: _Sought, kind: str, what: str, value: Node, type_: Type) -> Reference:
    """A hidden gather over the target's rows of one kind of sub-period."""
    draft, work = sought.site.draft, sought.site.work
    name = f"{sought.column}__{kind}_{what}"
    target_rows = work.draft(TARGETS)
    match: list[tuple[str, Node]] = [(sought.subject.column, target_rows.read("subject"))]
    if sought.dimensions:
        match.append((sought.dimensions[0].column, target_rows.read("dimension")))
    made = Gather(
        aggregate=Aggregate.SUM,
        relation=target_rows.name,
        match=tuple(match),
        value=value,
        where=_of_kind(sought, target_rows, kind, has_dimension=bool(sought.dimensions)),
        window=Window(sought.from_, sought.until),
        date="period_from",
    )
    work.add(draft, Column(name, type_, made, hidden=True))
    return draft.read(name)


def _of_kind(sought: _Sought, target_rows: Draft, kind: str, *, has_dimension: bool) -> Node:
    """Rows of the indicator whose period lies inside and is as long as that kind's."""
    composer = Composer()
    from_, until = target_rows.read("period_from"), target_rows.read("period_until")
    length = composer.operate("-", (until, from_), Span())
    shortest, longest = _LENGTHS.get(kind) or sought.site.work.kinds.lengths(kind) or (0, 0)
    indicator = Constant(sought.declared.name, TEXT)
    tests: list[Node] = [
        composer.operate("=", (target_rows.read("indicator"), indicator), Span()),
        composer.operate("<=", (until, replace(sought.until, row="this")), Span()),
        composer.operate(">=", (length, Constant(Decimal(shortest), DAYS)), Span()),
        composer.operate("<=", (length, Constant(Decimal(longest), DAYS)), Span()),
    ]
    if not has_dimension:
        tests.append(_is_blank(target_rows))
    return composer.operate("and", tests, Span())
