"""The last steps of an import: commit all at once, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, Where, problem
from attain.core.manifests import Coverage, DatasetVersion
from attain.lake import sql
from attain.lake.aliases import add_aliases
from attain.lake.catalog import Lake, storage_errors
from attain.lake.checked import ACCEPTED, ALIASES_FOUND, WITHDRAWN, Checked
from attain.lake.coverage import merged
from attain.lake.current import KEYED
from attain.lake.errors import flow
from attain.lake.parts import Writing, writing
from attain.lake.rekeying import rekey
from attain.lake.stored import ROWS, version_totals

UNDOES: Final = "undoes"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a commit or an undo did."""

    dataset: str
    version: str
    rows: int
    """Rows of the dataset afterwards."""
    accepted: int
    rejected: int
    withdrawn: int
    aliases: int
    """Codes that were seen for the first time."""
    months: tuple[str, ...]
    """Months whose part was written anew."""
    coverage: tuple[Coverage, ...]


def commit(
    checked: Checked,
    lake: Lake,
    *,
    accept_good_rows: bool = False,
    by: str = "",
    at: datetime | None = None,
    reason: str = "",
) -> Receipt:
    """Make the accepted rows a new version of their dataset, all of them or none.

    `by` and `at` are kept as they are given, since nothing here asks the clock; `reason` says
    why an unusual file is right. Codes new to `aliases` are added first: they do no harm if
    the rest does not follow.

    :raises AttainError: FILE_REFUSED, ROWS_REJECTED, REASON_NEEDED, CHECK_OUTDATED,
        VERSION_CONFLICT, IMPORT_BUSY, STORAGE_FULL, RECONCILIATION_FAILED.
    """
    _refuse(checked, accept_good_rows=accept_good_rows, reason=reason)
    said = {"by": by, "at": at.isoformat() if at else "", "file": checked.file}
    with storage_errors():
        base = _bring_up(checked, lake)
        found = checked.folder / ALIASES_FOUND
        aliases = add_aliases(lake, found, said) if checked.aliases else 0
        with writing(lake, checked.schema, checked.folder) as new:
            _refuse_outdated(checked, new, base)
            _load(checked, new)
            before = new.head.coverage if new.head else ()
            coverage = merged(before, checked.covers, checked.spoiled)
            version = new.version(coverage, said | _receipt(checked, reason))
            _reconcile(checked, new, version)
            lake.commit(version, base)
            return _said(checked, new.head, version, aliases)


def _refuse(checked: Checked, *, accept_good_rows: bool, reason: str) -> None:
    where = Where(file=checked.file, sheet=checked.mapping.sheet)
    rows = checked.rows
    if checked.file_errors:
        raise AttainError(problem(flow.FILE_REFUSED, where, count=checked.file_errors))
    is_empty = not rows.accepted and not checked.changes.withdrawn and not checked.changes.same
    if rows.rejected and (is_empty or not accept_good_rows):
        fault = problem(flow.ROWS_REJECTED, where, rows=rows.in_file, rejected=rows.rejected)
        raise AttainError(fault)
    if checked.needs_reason and not reason.strip():
        raise AttainError(problem(flow.REASON_NEEDED, where))


def _bring_up(checked: Checked, lake: Lake) -> str | None:
    """Turn codes that are referred to by now into keys; says what the new version stands on."""
    base = checked.base
    for dataset, column in checked.outdated.items():
        head = lake.head(dataset)
        if head is None or head.receipt.get(KEYED) == column:
            continue
        before, after = rekey(lake, dataset, column, checked.folder)
        if dataset == checked.dataset and before == base:
            base = after
    return base


def _refuse_outdated(checked: Checked, new: Writing, base: str | None) -> None:
    found = new.head.hash if new.head else None
    if found != base:
        raise AttainError(problem(flow.CHECK_OUTDATED, dataset=checked.dataset))


def _load(checked: Checked, new: Writing) -> None:
    folder = checked.folder.resolve()
    run = new.connection.run
    run(f"CREATE TABLE accepted AS SELECT * FROM {sql.parquet([folder / ACCEPTED])}")
    run(
        f"CREATE TABLE gone AS SELECT _row FROM {sql.parquet([folder / WITHDRAWN])} "
        "UNION SELECT _row FROM accepted"
    )


def _receipt(checked: Checked, reason: str) -> dict[str, str]:
    receipt = {
        "sha256": checked.sha256,
        "sheet": checked.mapping.sheet or "",
        "mapping": checked.mapping.signature,
        "rows": str(checked.rows.in_file),
        "accepted": str(checked.rows.accepted),
        "rejected": str(checked.rows.rejected),
        "skipped": str(sum(checked.rows.skipped.values())),
        "withdrawn": str(checked.changes.withdrawn),
    }
    corrected = str(checked.corrected) if checked.corrected else ""
    optional = {"reason": reason.strip(), KEYED: checked.keyed, "corrected": corrected}
    return receipt | {name: text for name, text in optional.items() if text}


def _reconcile(checked: Checked, new: Writing, version: DatasetVersion) -> None:
    """Before + accepted - gone = after, for the rows and every control total.

    :raises AttainError: RECONCILIATION_FAILED.
    """
    relations = {
        "before": "existing",
        "accepted": "accepted",
        "gone": "(SELECT * FROM existing WHERE _row IN (SELECT _row FROM gone))",
    }
    sums = {
        name: version_totals(new.connection, relation, checked.schema)
        for name, relation in relations.items()
    }
    for name in sorted({*version.totals, *(key for one in sums.values() for key in one)}):
        before, accepted, gone = (Decimal(sums[part].get(name, "0")) for part in relations)
        expected, found = before + accepted - gone, Decimal(version.totals.get(name, "0"))
        if expected != found:
            raise AttainError(
                problem(flow.RECONCILIATION_FAILED, what=name, expected=expected, found=found)
            )
    if int(sums["accepted"][ROWS]) != checked.rows.accepted:
        fault = problem(
            flow.RECONCILIATION_FAILED,
            what=ROWS,
            expected=checked.rows.accepted,
            found=int(sums["accepted"][ROWS]),
        )
        raise AttainError(fault)


def _said(
    checked: Checked, head: DatasetVersion | None, version: DatasetVersion, aliases: int
) -> Receipt:
    return Receipt(
        dataset=version.dataset,
        version=version.hash,
        rows=version.rows,
        accepted=checked.rows.accepted,
        rejected=checked.rows.rejected,
        withdrawn=checked.changes.withdrawn,
        aliases=aliases,
        months=_rewritten(head, version),
        coverage=version.coverage,
    )


def _rewritten(head: DatasetVersion | None, version: DatasetVersion) -> tuple[str, ...]:
    old = {(part.month, part.sha256) for part in head.parts} if head else set()
    new = {(part.month, part.sha256) for part in version.parts}
    return tuple(sorted({month for month, _ in old ^ new}))


# --- undo ---


def undo(
    lake: Lake,
    dataset: str,
    version: str | None = None,
    *,
    by: str = "",
    at: datetime | None = None,
) -> Receipt:
    """Take back an import: the state before it becomes a new version, and nothing is lost.

    Only the latest import that still holds can be undone; then the one before it, and so on.

    :raises AttainError: NOTHING_TO_UNDO, UNDO_NOT_LATEST, VERSION_CONFLICT.
    """
    history = lake.history(dataset)
    latest = latest_import(history)
    if latest is None:
        raise AttainError(problem(flow.NOTHING_TO_UNDO, dataset=dataset))
    if version is not None and not latest.hash.startswith(version):
        raise AttainError(
            problem(flow.UNDO_NOT_LATEST, version=version[:12], latest=latest.hash[:12])
        )
    head = history[0]
    before = lake.version(dataset, latest.parent) if latest.parent else None
    restored = DatasetVersion(
        dataset=dataset,
        schema_=before.schema_ if before else latest.schema_,
        parent=head.hash,
        parts=before.parts if before else (),
        coverage=before.coverage if before else (),
        totals=before.totals if before else {ROWS: "0"},
        receipt=_undone(latest, before, by, at),
    )
    lake.commit(restored, head.hash)
    return Receipt(
        dataset=dataset,
        version=restored.hash,
        rows=restored.rows,
        accepted=0,
        rejected=0,
        withdrawn=max(0, head.rows - restored.rows),
        aliases=0,
        months=_rewritten(head, restored),
        coverage=restored.coverage,
    )


def _undone(
    latest: DatasetVersion, before: DatasetVersion | None, by: str, at: datetime | None
) -> dict[str, str]:
    keyed = before.receipt.get(KEYED, "") if before else ""
    receipt = {UNDOES: latest.hash, "by": by, "at": at.isoformat() if at else ""}
    return receipt | ({KEYED: keyed} if keyed else {})


def latest_import(history: Sequence[DatasetVersion]) -> DatasetVersion | None:
    """The newest version that is an import and was not undone."""
    undone = {one.receipt[UNDOES] for one in history if UNDOES in one.receipt}
    for one in history:
        if "sha256" in one.receipt and one.hash not in undone:
            return one
    return None


def taken_back(history: Sequence[DatasetVersion], version: str) -> DatasetVersion | None:
    """The version that took an import back which another version holds; None if all still holds.

    Where the same rows stand there again, whatever happened in between, nothing is lost.
    """
    place = next((n for n, one in enumerate(history) if one.hash == version), None)
    if place is None or history[0].content == history[place].content:
        return None
    held = {one.hash for one in history[place:]}
    return next((one for one in history[:place] if one.receipt.get(UNDOES) in held), None)
