"""What changes inside the days of a row that only its first day could tell: which version counts?

Constants of the plan are refused before a period is calculated in which they change (language.md
10). Where the stretches of a `cut` lie, and when somebody's own value of a parameter changes, is
known from rows alone; so these are checks of rows, which stop the run.

A row of another list, of which the last day's version is read, is not refused: the plan's text may
mean just that. The run has an issue where the first day's says otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from attain.core.units import COUNT, DATE
from attain.engine import errors
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    EFFECTIVE_UNTIL,
    FROM,
    UNTIL,
    Draft,
)
from attain.engine.plans.resolve.own_values import OWN_VALUES
from attain.engine.plans.resolve.periods import add_days
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.versions import days_of_change, read_by
from attain.engine.primitives.model import (
    Aggregate,
    Check,
    Column,
    CutRows,
    Fold,
    Formula,
    Gather,
    Lookup,
    Window,
    nodes_of,
)
from attain.expressions.compose import Composer
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Node, Reference, references

_FIRST: Final = "first_day"


def checks(work: Work) -> Iterator[Check]:
    """That what is read by the first day of a row holds on all of its days."""
    for draft in [draft for draft in work.drafts.values() if draft.period is not None]:
        if isinstance(draft.rows, CutRows):
            yield from _constants(work, draft)
        yield from _own_values(work, draft)
        yield from _versions(work, draft)


def _check(site: Site, name: str, holds: Node) -> Check:
    code = errors.PLAN_VALUE_CHANGE
    return Check(name, site.draft.name, site.lift(holds).column, code, True, refused_as=code)


def _days(draft: Draft) -> tuple[Reference, Reference]:
    """The first day of a row and the day it ends before: of its stretch, or of its period."""
    names = ("from", "until") if isinstance(draft.rows, CutRows) else (FROM, UNTIL)
    return draft.read(names[0]), draft.read(names[1])


# --- constants ------------------------------------------------------------------------------------


def _constants(work: Work, draft: Draft) -> Iterator[Check]:
    read = {
        dated.name: days_of_change(dated)
        for column in draft.computed.values()
        if not _says_when(work, column)
        for dated in read_by(column, "from")
    }
    for name, days in read.items():
        yield _check(Site(work, draft, owner=name), name, _lies_in_one(draft, days))


def _says_when(work: Work, column: Column) -> bool:
    """Whether its author wrote `at:`, be it for the very day that is read anyway."""
    declared = work.declared.get(column.name.partition("__")[0])
    return declared is not None and declared.model.at is not None


def _lies_in_one(draft: Draft, days: Sequence[dt.date]) -> Node:
    """Whether none of the days of change lies inside a row's, its first one apart."""
    composer, (from_, until) = Composer(), _days(draft)
    tests = [
        composer.operate(
            "or",
            (
                composer.operate("<=", (Constant(day, DATE), from_), Span()),
                composer.operate(">=", (Constant(day, DATE), until), Span()),
            ),
            Span(),
        )
        for day in days
    ]
    return composer.operate("and", tests, Span()) if len(tests) > 1 else tests[0]


# --- somebody's own values ------------------------------------------------------------------------


def _own_values(work: Work, draft: Draft) -> Iterator[Check]:
    first, _ = _days(draft)
    for lookup in [*draft.lookups.values()]:
        says_when = "@" in lookup.name
        if lookup.relation != OWN_VALUES or says_when or lookup.at != first:
            continue
        name = lookup.name.partition("(")[0]
        site = Site(work, draft, owner=name)
        changes = [_edges_inside(site, lookup, edge) for edge in (EFFECTIVE_FROM, EFFECTIVE_UNTIL)]
        composer = Composer()
        none = Constant(Decimal(0), COUNT)
        sum_ = composer.operate("+", changes, Span())
        yield _check(site, name, composer.operate("=", (sum_, none), Span()))


def _edges_inside(site: Site, lookup: Lookup, edge: str) -> Node:
    """How many versions of somebody's own value begin, or end, inside a row's days."""
    composer, (from_, until) = Composer(), _days(site.draft)
    values = site.work.drafts[lookup.relation]
    name, key = (node for _, node in lookup.equal)
    return site.step(
        Gather(
            aggregate=Aggregate.COUNT,
            relation=values.name,
            match=((site.lift(key).column, values.read("subject")),),
            where=composer.operate("=", (values.read("name"), name), Span()),
            window=Window(add_days(composer, from_, 1), until),
            date=edge,
        ),
        COUNT,
    )


# --- versions of rows ---------------------------------------------------------------------------


def _versions(work: Work, draft: Draft) -> Iterator[Check]:
    """That what is read of a dated list on the last day of a row was so on its first."""
    for lookup in [*draft.lookups.values()]:
        target = work.drafts[lookup.relation]
        read = _read_of(draft, lookup.name)
        if not target.is_dated or not read or _is_said(work, draft, lookup):
            continue
        first = replace(lookup, name=f"{lookup.name}@{_FIRST}", at=_days(draft)[0])
        draft.lookups[first.name] = first
        composer = Composer()
        same = [
            composer.operate("=", (one, replace(one, row=first.name)), Span())
            for one in read.values()
        ]
        holds = composer.operate("and", same, Span()) if len(same) > 1 else same[0]
        site = Site(work, draft, owner=lookup.name.replace(".", "_"))
        name = lookup.name.partition("#")[0]
        yield Check(name, draft.name, site.lift(holds).column, errors.VERSION_IN_PERIOD, False)


def _is_said(work: Work, draft: Draft, lookup: Lookup) -> bool:
    """Whether the day on which it is read is not the last, or is one that its author wrote."""
    declared = work.declared.get(lookup.name)
    if declared is not None and declared.model.at is not None:
        return True
    _, at, said = lookup.name.partition("#")[0].rpartition("@")
    if at and said not in work.drafts:
        return True
    last = Site(work, draft).last_day()
    return last is None or lookup.at != last


def _read_of(draft: Draft, lookup: str) -> dict[str, Reference]:
    """What columns read of the row that a lookup finds."""
    return {
        one.column: one
        for column in draft.computed.values()
        if isinstance(column.made, Formula | Fold)
        for node in nodes_of(column)
        for one in references(node)
        if one.row == lookup
    }
