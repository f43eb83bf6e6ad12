"""Compiling how rows come about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from attain.engine.compiler import trees
from attain.engine.compiler.earlier import result_rows, staying
from attain.engine.compiler.graph import source_of
from attain.engine.compiler.making import Making, read_names
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives import combine, sql
from attain.engine.primitives import rows as making_rows
from attain.engine.primitives.cut import cut_rows
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import UNCERTAIN, Cell, Frame
from attain.engine.primitives.model import (
    CutRows,
    MemberRows,
    PairRows,
    PathRows,
    PeriodRows,
    PlanRows,
    Relation,
    ResultRows,
    SourceRows,
    StackRows,
)
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL
from attain.expressions.typed import Node, references

_DATES = {"effective_from": Cell("DATE", True), "effective_until": Cell("DATE", True)}
_LISTED = {"plan": Cell("VARCHAR"), "subject": Cell("VARCHAR"), **_DATES}


def make_rows(making: Making, relation: Relation, late: frozenset[str] = frozenset()) -> None:
    """The first steps of a relation: its rows, with what is stored on them.

    Columns that come `late` are only known when the rows are; see `bring_late`.
    """
    if late:
        kept = {name: column for name, column in relation.columns.items() if name not in late}
        relation = replace(relation, columns=kept)
    match relation.rows:
        case SourceRows() | PlanRows() | ResultRows():
            _read_rows(making, relation, relation.rows)
        case MemberRows():
            _members(making, relation, relation.rows)
        case PeriodRows(period=kind):
            made = making_rows.period_rows(relation, making.periods(kind))
            making.begin(relation.name, made, f"One row per {kind} of the run.")
        case StackRows():
            _stack(making, relation, relation.rows)
        case PairRows():
            _pair(making, relation, relation.rows)
        case PathRows():
            trees.path_rows(making, relation, relation.rows)
        case CutRows():
            _cut(making, relation, relation.rows)


def _read_rows(
    making: Making, relation: Relation, rows: SourceRows | PlanRows | ResultRows
) -> None:
    """The rows of a source, and of them those it means."""
    match rows:
        case SourceRows():
            source = making.dataset(rows.dataset, making_rows.stored_cells(relation))
            made = making_rows.source_rows(relation, source)
            note = f"Rows of {rows.dataset}, one for one, as the dataset version has them."
        case PlanRows():
            made = making_rows.plan_rows(relation, rows)
            note = f"Rows of {relation.name}, as the plan states them."
        case ResultRows():
            made = result_rows(making, relation, rows)
            note = f"Rows of {rows.relation}, from the results of {rows.plan} named for this run."
    frame = making.begin(relation.name, made, note)
    if rows.where is not None:
        _keep_only(making, frame, rows.where)


def _keep_only(making: Making, frame: Frame, where: Node) -> None:
    """The rows for which the relation's filter holds."""
    query, uncertain = making_rows.filtered(frame, where)
    name = making.next_name(frame.relation.name)
    kept = replace(frame, step=name, uncertain=uncertain)
    note = f"Of {frame.relation.name} the rows that the plan means."
    if uncertain:
        note += f" Where that is not known, {UNCERTAIN} says why."
    making.add(kept, query, note, Keeping.VIEW)
    # Nobody may read the rows before they were filtered.
    making.frames[frame.relation.name] = [kept]


def _members(making: Making, relation: Relation, rows: MemberRows) -> None:
    own = {part.name for part in relation.key} | {PERIOD_FROM, PERIOD_UNTIL}
    cells = making_rows.stored_cells(relation)
    wanted = {name: cell for name, cell in cells.items() if name not in own}
    wanted[rows.subject] = Cell("VARCHAR")
    for reference in references(rows.where) if rows.where is not None else ():
        if reference.column not in own:
            cell = Cell(reference.type.storage, reference.type.may_be_missing)
            wanted.setdefault(reference.column, cell)
    source = making.dataset(rows.dataset, {**wanted, **_DATES})
    listed = None
    if rows.members_of is not None and "plan_members" in making.context.datasets:
        listed = making.dataset("plan_members", _LISTED)
    periods = making.periods_of(relation)
    if periods is None:
        periods = (making.context.period,)
    dimensions = {one.name: making.reading(one.relation, [one.column]) for one in rows.dimensions}
    made = making_rows.member_rows(
        relation, rows, source, periods, listed, dimensions, making.dialect, staying(making, rows)
    )
    note = f"Who is measured: members of {rows.dataset}, whether or not anything happened."
    making.begin(relation.name, made, note)


def _stack(making: Making, relation: Relation, rows: StackRows) -> None:
    frames = [
        making.reading(part.relation, read_names(*part.values, part.where)) for part in rows.parts
    ]
    combined = combine.stacked(relation, rows, frames)
    parts = ", ".join(part.name for part in rows.parts)
    _begin(making, relation, combined, f"One under the other: {parts}.")


def _pair(making: Making, relation: Relation, rows: PairRows) -> None:
    left = making.reading(rows.left, _of_side(relation, rows, right=False))
    right = making.reading(rows.right, _of_side(relation, rows, right=True))
    combined = combine.paired(relation, rows, left, right)
    note = f"Pairs of {rows.left} and {rows.right} that belong together."
    _begin(making, relation, combined, note)


def bring_late(making: Making, relation: Relation, names: list[str]) -> None:
    """Columns of the rows that paired or cut rows are made of, fetched by their keys."""
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        side, source = source_of(relation.rows, name)
        wanted.setdefault((side, name.removesuffix(source)), {})[name] = source
    for (side, prefix), columns in wanted.items():
        source_frame = making.reading(side, columns.values())
        made = combine.fetched(making.head(relation.name), source_frame, columns, prefix)
        note = f"From {side}: {', '.join(columns.values())}."
        making.extend(making.head(relation.name), made, note)


def _of_side(relation: Relation, rows: PairRows, *, right: bool) -> list[str]:
    """The columns that pairs take from one side."""
    prefix = combine.RIGHT_PREFIX
    stored = making_rows.stored_cells(relation)
    names = [n.removeprefix(prefix) for n in stored if n.startswith(prefix) == right]
    names += [pair[1] if right else pair[0] for pair in rows.equal]
    for reference in references(rows.where) if rows.where is not None else ():
        if (reference.row == combine.RIGHT) == right:
            names.append(reference.column)
    if not right and rows.at is not None:
        names.append(rows.at)
    return names


def _begin(making: Making, relation: Relation, combined: combine.Combined, note: str) -> None:
    whole = making.relation(relation.name)
    frame = Frame(
        whole,
        making.next_name(relation.name),
        combined.made.cells,
        combined.uncertain,
        making.dialect,
    )
    making.add(frame, combined.made.query, note, Keeping.VIEW)
    making.frames[relation.name] = [frame]


def _cut(making: Making, relation: Relation, rows: CutRows) -> None:
    stored = making_rows.stored_cells(relation)
    prefix = "by."
    base = [n for n in stored if not n.startswith(prefix) and n not in ("from", "until", "days")]
    by = [n.removeprefix(prefix) for n in stored if n.startswith(prefix)]
    base_frame = making.reading(rows.base, base)
    by_frame = making.reading(rows.by, [*by, rows.link, *_DATES])
    days = _numbered_days(making, relation, rows.basis)
    made = cut_rows(relation, rows, base_frame, by_frame, days)
    note = f"{rows.base} in stretches, wherever {rows.by} changes."
    making.begin(relation.name, made, note)


def _numbered_days(making: Making, relation: Relation, basis: str) -> str | None:
    """Every day of the run's periods with what is counted before it; None where days are."""
    context = making.context
    spans = making.periods_of(relation) or (context.period,)
    first, last = min(one.from_ for one in spans), max(one.until for one in spans)
    counts: Callable[[date], bool]
    if basis == "working_days":
        counts = context.working_days.is_working
        note = "Working days before each day."
    elif basis == "whole_months":
        # Those of the plan's calendar, whose months may begin on any day.
        begin = {month.from_ for month in context.calendar.periods("month", first, last)}
        counts = begin.__contains__
        note = "Months that begin before each day."
    else:
        return None
    days = {day for period in spans for day in period.days()} | {last}
    number, lines = 0, []
    for day in sorted(days):
        lines.append([sql.day(day), sql.whole(number)])
        # The day after the last is none of the run's, and no calendar need know it.
        number += counts(day) if day < last else 0
    cells = {"day": Cell("DATE"), "number": Cell("BIGINT")}
    table = making_rows.values(lines, list(cells), ["DATE", "BIGINT"])
    name = making.next_name(f"{relation.name}.days")
    query = Made(making_rows.select_all(table), cells).query
    making.aside(name, relation.name, cells, query, note)
    return name
