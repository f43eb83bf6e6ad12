"""The third and fourth step of an import: check every row, and reconcile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from typing import Final

from attain.core.dates import CHINA_TIME
from attain.core.errors import AttainError, Problem, Severity, Where, problem
from attain.core.manifests import DatasetVersion
from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.lake import sql
from attain.lake.catalog import Lake
from attain.lake.checked import (
    ACCEPTED,
    ALIASES_FOUND,
    REJECTED,
    WITHDRAWN,
    Checked,
    RowCounts,
)
from attain.lake.checking import existing, lines, totals
from attain.lake.checking.aliases import resolve_aliases
from attain.lake.checking.bench import Bench
from attain.lake.checking.columns import type_columns
from attain.lake.checking.keys import key_columns, resolve_keys
from attain.lake.checking.ratios import note_plain_ratios
from attain.lake.checking.rules import Days, judge_rights, judge_rows
from attain.lake.checking.together import judge_together
from attain.lake.checking.unusual import judge_whole
from attain.lake.checking.waiting import note_absent, waiting_for
from attain.lake.coverage import Interval, united, whole_months, without
from attain.lake.current import ALIASES, PEOPLE, Current
from attain.lake.detecting import Detected
from attain.lake.errors import flow, rows, tables
from attain.lake.mapping import ColumnMapping, mapping_problems
from attain.lake.values import Reading

MAX_PROBLEMS: Final = 1000


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a check has to know besides the file, its declaration and the lake."""

    schemas: Mapping[str, DatasetSchema] = field(default_factory=lambda: SYSTEM_DATASETS)
    """All declared datasets, so that references can be followed."""
    covers: tuple[Interval, ...] = ()
    """The days the file is said to be complete for; whole months if nobody says."""
    today: date | None = None
    closed: tuple[Interval, ...] = ()
    calendars: Calendars = field(default_factory=lambda: ONLY_GREGORIAN)
    time_zone: tzinfo = field(default=CHINA_TIME)
    again: bool = False
    """True if the same file may be imported again."""
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key columns with the keys that whoever imports may speak of; other rows are refused."""
    corrections: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What somebody wrote in place of a cell, by line and position; read like a typed text."""
    left_out: frozenset[int] = frozenset()
    """Lines that somebody chose not to import."""


def check(
    detected: Detected,
    mapping: ColumnMapping,
    schema: DatasetSchema,
    lake: Lake,
    conditions: Conditions | None = None,
) -> Checked:
    """Judge every row, and tell all errors at once.

    Nothing is changed in the lake. What the rows become lies in the staging folder. A file
    without rows is only accepted with the days it is said to cover: nothing happened then.

    :raises AttainError: SCHEMA_CHANGED, RECONCILIATION_FAILED, NO_DATA_ROWS.
    """
    given = conditions or Conditions()
    current = Current(lake, {**given.schemas, schema.dataset: schema})
    waiting = {dataset for dataset, _ in waiting_for(current, schema.dataset)}
    readable = current.folders(
        {ALIASES, PEOPLE, schema.dataset, *_lists(schema, current), *waiting}
    )
    whole = list(mapping_problems(detected, mapping, schema))
    with Bench(detected, mapping, schema, readable) as bench:
        bench.correct(given.corrections)
        if not given.covers and not bench.one("SELECT count(*) FROM raw"):
            raise AttainError(problem(tables.NO_DATA_ROWS, bench.where))
        _judge(bench, current, given)
        whole += detected.notes()
        whole += note_absent(bench, current)
        whole += _about_the_file(bench, current, lake, given)
        checked = _summary(bench, current, given, whole)
        _leave_rows(bench, current)
    checked.save()
    return checked


def _lists(schema: DatasetSchema, current: Current) -> set[str]:
    """The datasets whose codes the rows may write; one of the aliases says itself which."""
    every = {one.dataset for one in current.schemas()}
    return every if schema.dataset == ALIASES else _kinds(schema)


def _kinds(schema: DatasetSchema) -> set[str]:
    return {kind for column in schema for kind in column.kinds}


def _judge(bench: Bench, current: Current, given: Conditions) -> None:
    """All checks of rows, in an order in which each can rely on those before it."""
    reading = Reading(
        is_1904=bench.table.is_1904,
        calendars=given.calendars,
        time_zone=given.time_zone,
        currencies=frozenset(one.currency_from for one in bench.schema if one.currency_from),
    )
    stated = lines.judge_lines(bench, reading, given.left_out)
    type_columns(bench, reading)
    lines.compare_totals(bench, stated)
    resolve_keys(bench, current)
    resolve_aliases(bench, current)
    judge_rights(bench, given.only)
    judge_rows(bench, current, Days(given.today, given.closed))
    existing.load_existing(bench, current)
    existing.compare(bench)
    existing.withdraw(bench, _covers(bench, current, given)[0], has_rejected=_has_rejected(bench))
    existing.make_result(bench)
    judge_together(bench, current)
    judge_whole(bench, given.covers)
    lines.note_shape(bench)
    totals.note_hidden(bench)
    note_plain_ratios(bench)
    # Rows rejected by the checks on the whole are no longer among those to be stored.
    bench.run(f"DELETE FROM standing WHERE _line IN {bench.rejected()}")
    bench.run(f"DELETE FROM skipped WHERE line IN {bench.rejected()}")
    existing.skip_same(bench)


def _has_rejected(bench: Bench) -> bool:
    return bool(bench.one(f"SELECT count(*) FROM {bench.rejected()}"))


def _about_the_file(bench: Bench, current: Current, lake: Lake, given: Conditions) -> list[Problem]:
    """The same file again, or the same rows in another order."""
    if given.again or not bench.one("SELECT count(*) FROM raw"):
        return []
    history: Sequence[DatasetVersion] = lake.history(bench.schema.dataset)
    again = existing.already_imported(history, bench.detected.sha256, bench.where)
    if again is not None:
        return [again]
    counts = existing.changes(bench, bench.one("SELECT count(*) FROM withdrawn"))
    head = current.version(bench.schema.dataset)
    is_nothing_new = counts.same and not (counts.new or counts.changed or counts.withdrawn)
    if head is not None and is_nothing_new and not _has_rejected(bench):
        return [existing.imported_before(head, bench.where)]
    return []


# --- coverage ---


def _covers(
    bench: Bench, current: Current, given: Conditions
) -> tuple[list[Interval], list[Interval]]:
    """What the file covers, and the months that rejected rows spoil.

    A month that an earlier import left open, because rows of it were rejected, is not guessed
    to be complete by a later file: somebody says so with the coverage.
    """
    column = bench.schema.day
    if column is None:
        return [], []
    own = sql.name(column)
    end = own if column == bench.schema.date else f"{sql.name(f'{bench.schema.date}_until')} - 1"
    first, last = bench.rows(f"SELECT min({own}), max({end}) FROM typed")[0]
    stated = united(given.covers) or ([whole_months(first, last)] if first else [])
    rejected = f"SELECT {own} FROM typed WHERE _line IN {bench.rejected()}"
    if bench.one(f"SELECT count(*) FROM ({rejected}) WHERE {own} IS NULL"):
        whole = [whole_months(first, last)] if first else []
        spoiled = united([*stated, *whole])
    else:
        days = bench.rows(f"SELECT DISTINCT date_trunc('month', {own})::DATE FROM ({rejected})")
        spoiled = united(whole_months(day, day) for (day,) in days)
    if not given.covers:
        spoiled = united([*spoiled, *_left_open(bench, current, stated)])
    return without(stated, spoiled), spoiled


def _left_open(bench: Bench, current: Current, guessed: list[Interval]) -> list[Interval]:
    """Months among the guessed ones of which there are rows, and which are not covered."""
    head = current.version(bench.schema.dataset)
    if head is None:
        return []
    first_days = (date.fromisoformat(f"{part.month}-01") for part in head.parts if part.month)
    months = (whole_months(day, day) for day in first_days)
    return [
        (start, until)
        for start, until in months
        if not head.covers(start, until)
        and any(one < until and start < other for one, other in guessed)
    ]


def _note_coverage(spoiled: list[Interval], where: Where) -> list[Problem]:
    return [
        problem(flow.COVERAGE_NOT_FULL, where, month=_said(start, until))
        for start, until in spoiled
    ]


def _said(start: date, until: date) -> str:
    """An interval of whole months in short."""
    last = without([(start, until)], [])[0][1]
    return f"{start:%Y-%m}" if whole_months(start, start)[1] == last else f"{start}/{until}"


# --- result ---


def _summary(bench: Bench, current: Current, given: Conditions, whole: list[Problem]) -> Checked:
    covers, spoiled = _covers(bench, current, given)
    # Again, because checks on rows together may have rejected more.
    withdrawn = existing.withdraw(bench, covers, has_rejected=_has_rejected(bench))
    whole += _note_coverage(spoiled, bench.where)
    if withdrawn:
        whole.append(problem(rows.ROWS_WITHDRAWN, bench.where, count=withdrawn))
    found = _problems(bench, whole)
    counts = Counter(one.code for one in whole)
    counts.update(bench.counts())
    in_file_errors = bench.one("SELECT count(*) FROM found WHERE severity = 'error' AND line = 0")
    base = current.version(bench.schema.dataset)
    return Checked(
        file=bench.detected.file,
        sha256=bench.detected.sha256,
        folder=_own_folder(bench),
        schema=bench.schema,
        mapping=bench.mapping,
        base=base.hash if base else None,
        problems=found,
        counts_by_code=dict(sorted(counts.items())),
        file_errors=in_file_errors + sum(one.severity is Severity.error for one in whole),
        rows=_row_counts(bench),
        totals=_reconciled(bench),
        changes=existing.changes(bench, withdrawn),
        covers=tuple(covers),
        spoiled=tuple(spoiled),
        aliases=bench.one(f"SELECT count(*) FROM ({_aliases_found(bench, current)})"),
        keyed=_keyed(bench.schema, current),
        outdated=_outdated(bench.schema, current),
        corrected=len(given.corrections),
    )


def _keyed(schema: DatasetSchema, current: Current) -> str:
    """The code column that is stored as a key, or ""."""
    name = current.identity_column(schema.dataset)
    return name if name is not None and not schema.columns[name].kinds else ""


def _outdated(schema: DatasetSchema, current: Current) -> dict[str, str]:
    """This dataset and those it refers to, where their stored codes have to become keys first."""
    found = {kind: current.outdated(kind) for kind in sorted({schema.dataset, *_kinds(schema)})}
    return {kind: column for kind, column in found.items() if column is not None}


def _problems(bench: Bench, whole: list[Problem]) -> tuple[Problem, ...]:
    rank = {Severity.error: 0, Severity.warning: 1, Severity.note: 2}
    order = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
    found = bench.rows(
        "SELECT line, place, code, severity, data FROM found "
        f"ORDER BY {order}, line, place, code LIMIT {MAX_PROBLEMS}"
    )
    listed = [*whole, *(bench.problem_of(*row) for row in found)]
    listed.sort(key=lambda one: rank[one.severity])
    return tuple(listed[:MAX_PROBLEMS])


def _row_counts(bench: Bench) -> RowCounts:
    extent, _, _ = lines.data_extent(bench)
    rejected = bench.one(f"SELECT count(*) FROM {bench.rejected()}")
    accepted = bench.one("SELECT count(*) FROM standing WHERE state <> 'same'")
    counts = RowCounts(extent, accepted, rejected, existing.skipped_counts(bench))
    if not counts.agrees:
        got = accepted + rejected + sum(counts.skipped.values())
        raise AttainError(
            problem(
                flow.RECONCILIATION_FAILED, bench.where, what="rows", expected=extent, found=got
            )
        )
    return counts


def _reconciled(bench: Bench) -> tuple[totals.ControlTotal, ...]:
    found = tuple(totals.control_totals(bench))
    for one in found:
        if not one.agrees:
            raise AttainError(
                problem(
                    flow.RECONCILIATION_FAILED,
                    bench.where,
                    what=one.column,
                    expected=one.in_file,
                    found=one.accepted + one.rejected + one.skipped,
                )
            )
    return found


def _own_folder(bench: Bench) -> Path:
    """Where a check leaves its rows: sheets of one file may feed several datasets."""
    folder = bench.detected.folder / f"checked-{bench.schema.dataset}"
    folder.mkdir(exist_ok=True)
    return folder


def _leave_rows(bench: Bench, current: Current) -> None:
    """Write what a commit needs, and the rows to be corrected, to the staging folder."""
    folder = _own_folder(bench).resolve()
    own = sql.names(bench.schema.stored(), "rows.")
    lineage = (
        f"rows._row, {sql.literal(bench.detected.file)} AS _file, "
        f"CAST({_nullable(bench.mapping.sheet)} AS VARCHAR) AS _sheet, "
        "CAST(rows._line AS BIGINT) AS _line"
    )
    _copy(
        bench,
        folder / ACCEPTED,
        f"SELECT {own}, {lineage} FROM rows JOIN standing ON standing._line = rows._line "
        "WHERE standing.state <> 'same'",
    )
    _copy(bench, folder / WITHDRAWN, "SELECT _row FROM withdrawn")
    _copy(bench, folder / ALIASES_FOUND, _aliases_found(bench, current))
    cells = ", ".join(f"raw.v{at}" for at in range(bench.table.width))
    _copy(
        bench,
        folder / REJECTED,
        f"SELECT raw.line, raw.kinds, {cells}, list({{'place': place, 'code': code, "
        "'severity': severity, 'data': data} ORDER BY place, code) AS problems "
        f"FROM raw JOIN found ON found.line = raw.line WHERE found.severity = 'error' "
        f"GROUP BY ALL ORDER BY raw.line",
    )


def _aliases_found(bench: Bench, current: Current) -> str:
    """SQL of the codes that good rows have and nobody knows yet."""
    used = [
        f"SELECT {sql.name(name)} FROM {bench.good()} WHERE {sql.name(name)} IS NOT NULL"
        for name in key_columns(bench, current)
        if name in bench.mapping.columns
    ]
    keys = " UNION ALL ".join(used) or "SELECT NULL WHERE false"
    return f"SELECT DISTINCT kind, code, key FROM new_aliases WHERE key IN ({keys})"


def _nullable(text: str | None) -> str:
    return "NULL" if text is None else sql.literal(text)


def _copy(bench: Bench, target: Path, query: str) -> None:
    bench.run(f"COPY ({query}) TO {sql.literal(str(target))} (FORMAT parquet)")
