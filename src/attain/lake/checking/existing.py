"""Rows against what is stored: new, the same, changed, or withdrawn (B44, B45)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.manifests import DatasetVersion
from attain.lake import sql
from attain.lake.checking.bench import (
    BLANK,
    LEFT_OUT,
    NOTES_LISTED,
    REPEATED,
    ROW,
    SAME,
    TOTAL,
    Bench,
    said_in_sql,
)
from attain.lake.checking.lines import data_extent
from attain.lake.current import Current
from attain.lake.errors import flow, rows
from attain.lake.headers import is_own
from attain.lake.stored import columns_of, existing_rows, make_keys, with_keys
from attain.lake.stored_as import stored_otherwise

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit of the accepted rows would do to the stored ones."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0


def load_existing(bench: Bench, current: Current) -> None:
    """Make the view `existing`: the stored rows with the columns of the declaration.

    :raises AttainError: SCHEMA_CHANGED if stored columns have other types now, STORED_OTHERWISE
        if they hold keys for codes or codes for keys.
    """
    paths = current.paths(bench.schema.dataset)
    if paths:
        _check_types(bench, paths)
        where = Where(file=bench.detected.file)
        found = [*stored_otherwise(bench.connection, current, bench.schema.dataset, where)]
        if found:
            raise AttainError(found)
    query = existing_rows(bench.connection, bench.schema, paths)
    outdated = current.outdated(bench.schema.dataset)
    if outdated is not None:
        dataset = bench.schema.dataset
        make_keys(bench.connection, f"({query})", dataset, outdated, "old_codes")
        query = with_keys(f"({query})", outdated, "old_codes")
    bench.run(f"CREATE VIEW existing AS {query}")


def _check_types(bench: Bench, paths: list[Path]) -> None:
    """Stored columns must still have their types; added ones are blank in old rows."""
    found = columns_of(bench.connection, paths)
    wrong = [
        column.name
        for column in bench.schema.stored()
        if found.get(column.name, column.type.storage) != column.type.storage
    ]
    if wrong:
        dataset = bench.schema.dataset
        where = Where(file=bench.detected.file)
        raise AttainError(problem(flow.SCHEMA_CHANGED, where, dataset=dataset, columns=wrong))


def compare(bench: Bench) -> None:
    """Make the table `standing`: each good row's line, id, and new, changed or same.

    A row that is the same is skipped; one that changes a stored row is shown old and new.
    """
    own = bench.schema.stored()
    is_same = " AND ".join(
        f"rows.{sql.name(one.name)} IS NOT DISTINCT FROM existing.{sql.name(one.name)}"
        for one in own
    )
    bench.run(
        "CREATE TABLE standing AS SELECT rows._line, rows._row, CASE "
        f"WHEN existing._row IS NULL THEN 'new' WHEN {is_same} THEN '{SAME}' ELSE 'changed' END "
        f"AS state FROM {bench.good()} AS rows LEFT JOIN existing ON existing._row = rows._row"
    )
    if bench.one("SELECT count(*) FROM standing WHERE state = 'changed'"):
        _report_changed(bench)


def skip_same(bench: Bench) -> None:
    """Rows that are stored already are nothing to import again."""
    bench.run(f"INSERT INTO skipped SELECT _line, '{SAME}' FROM standing WHERE state = '{SAME}'")
    count = bench.one(f"SELECT count(*) FROM standing WHERE state = '{SAME}'")
    if not count:
        return
    bench.report_where(
        rows.ALREADY_IMPORTED,
        ROW,
        "SELECT standing._line AS line, existing._file AS file, existing._line AS old "
        f"FROM standing JOIN existing ON existing._row = standing._row WHERE state = '{SAME}' "
        f"ORDER BY 1 LIMIT {NOTES_LISTED}",
        {"file": "file", "line": "old"},
    )
    more = count - min(count, NOTES_LISTED)
    bench.run("INSERT INTO uncounted VALUES (?, ?)", [rows.ALREADY_IMPORTED, more])


def _report_changed(bench: Bench) -> None:
    """One warning for each column that differs, with the old and the new value."""
    key = ", ".join(f"CAST(typed.{sql.name(name)} AS VARCHAR)" for name in bench.schema.key)
    for column in bench.schema.stored():
        if column.part:
            continue
        own = sql.name(column.name)
        declared = bench.schema.columns[column.declared]
        label = said_in_sql(declared)
        text = _shown(own, column.type.stored_scale)
        bench.report_where(
            rows.CONFLICTS_WITH_EXISTING,
            bench.place(column.declared),
            f"SELECT rows._line AS line, concat_ws(' / ', {key}) AS key, "
            f"{text.format(table='existing')} AS old, {text.format(table='rows')} AS new "
            "FROM standing JOIN rows ON rows._line = standing._line "
            "JOIN typed ON typed._line = standing._line "
            "JOIN existing ON existing._row = standing._row "
            f"WHERE standing.state = 'changed' AND rows.{own} IS DISTINCT FROM existing.{own}",
            {"key": "key", "column": label, "old": "old", "new": "new"},
        )


def _shown(own: str, scale: int | None) -> str:
    """SQL of a value as text, without zeros at the end of a decimal."""
    text = f"CAST({{table}}.{own} AS VARCHAR)"
    return f"rtrim(rtrim({text}, '0'), '.')" if scale else text


# --- withdrawn ---


def withdraw(bench: Bench, coverage: list[Interval], *, has_rejected: bool) -> int:
    """Make the table `withdrawn`: stored rows that a replacing load does not bring again.

    Only inside coverage, which leaves out months with rejected rows; a dataset without dates
    is replaced as a whole, and only if nothing was rejected. A file of corrected rows replaces
    nothing: the good ones, which it leaves out, are stored already.
    """
    bench.run("CREATE OR REPLACE TABLE withdrawn (_row VARCHAR)")
    is_correction = any(is_own(name) for name in bench.mapping.headers)
    if bench.schema.load != "replace" or is_correction:
        return 0
    column = bench.schema.day
    if column is None:
        inside = "false" if has_rejected else "true"
    else:
        own = sql.name(column)
        spans = [
            f"({own} >= DATE '{start}' AND {own} < DATE '{until}')" for start, until in coverage
        ]
        inside = " OR ".join(spans) or "false"
    bench.run(
        f"INSERT INTO withdrawn SELECT _row FROM existing WHERE ({inside}) "
        "AND _row NOT IN (SELECT _row FROM rows WHERE _row IS NOT NULL)"
    )
    return int(bench.one("SELECT count(*) FROM withdrawn"))


def changes(bench: Bench, withdrawn: int) -> Changes:
    """How many rows are new, changed, the same and withdrawn."""
    counts = dict(bench.rows("SELECT state, count(*) FROM standing GROUP BY state"))
    return Changes(
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        same=counts.get(SAME, 0),
        withdrawn=withdrawn,
    )


def make_result(bench: Bench) -> None:
    """Make the view `result`: all rows as they will stand, with the line of those from the file."""
    own = sql.names(bench.schema.stored())
    bench.run(
        f"CREATE OR REPLACE VIEW result AS SELECT CAST(NULL AS INTEGER) AS _line, _row, {own} "
        "FROM existing WHERE _row NOT IN (SELECT _row FROM standing) "
        "AND _row NOT IN (SELECT _row FROM withdrawn) "
        f"UNION ALL SELECT _line, _row, {own} FROM {bench.good()}"
    )


# --- the same file again ---


def already_imported(
    history: Sequence[DatasetVersion], sha256: str, where: Where
) -> Problem | None:
    """The problem of a sheet of a file with the same bytes that was imported and not undone."""
    undone = {version.receipt["undoes"] for version in history if "undoes" in version.receipt}
    for version in history:
        receipt = version.receipt
        is_same = receipt.get("sha256") == sha256 and receipt.get("sheet") == (where.sheet or "")
        if is_same and version.hash not in undone:
            return imported_before(version, where)
    return None


def imported_before(version: DatasetVersion, where: Where) -> Problem:
    """That this file came in with a version, by whom and when."""
    receipt = version.receipt
    return problem(
        flow.FILE_ALREADY_IMPORTED,
        where,
        name=receipt.get("file", ""),
        by=receipt.get("by") or "—",
        at=receipt.get("at") or "—",
    )


def skipped_counts(bench: Bench) -> dict[str, int]:
    """Rows of the file that are neither accepted nor rejected, by reason."""
    counts = dict(bench.rows("SELECT reason, count(*) FROM skipped GROUP BY reason"))
    _, blank, _ = data_extent(bench)
    found = {reason: counts.get(reason, 0) for reason in (TOTAL, REPEATED, SAME, LEFT_OUT)} | {
        BLANK: blank
    }
    return {reason: count for reason, count in found.items() if count}
