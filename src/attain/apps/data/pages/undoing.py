"""What taking an import back would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from attain import lake
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.datasets import coverage_words
from attain.apps.data.pages.words import column_name
from attain.apps.data.selectors import schema
from attain.core.errors import AttainError, problem
from attain.core.manifests import DatasetVersion
from attain.lake.errors import flow
from attain.ui import formats


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UndoPage:
    """All the page shows."""

    rows_before: int
    rows_after: int
    changes: tuple[Change, ...]
    months: tuple[str, ...]
    covered_before: tuple[str, ...]
    covered_after: tuple[str, ...]


def undo_page(batch: ImportBatch) -> UndoPage:
    """
    :raises AttainError: NOTHING_TO_UNDO, UNDO_NOT_LATEST.
    """
    catalog = DatabaseCatalog()
    history = catalog.history(batch.dataset)
    latest = lake.latest_import(history)
    if latest is None:
        raise AttainError(problem(flow.NOTHING_TO_UNDO, dataset=batch.dataset))
    if latest.hash != batch.committed_version:
        mine = (batch.committed_version or "-")[:12]
        fault = problem(flow.UNDO_NOT_LATEST, version=mine, latest=latest.hash[:12])
        raise AttainError(fault)
    now = history[0]
    before = catalog.version(batch.dataset, latest.parent) if latest.parent else None
    return UndoPage(
        rows_before=now.rows,
        rows_after=before.rows if before else 0,
        changes=tuple(_changes(batch.dataset, now, before)),
        months=tuple(_months(now, before)),
        covered_before=_covered(now),
        covered_after=_covered(before),
    )


def _changes(dataset: str, now: DatasetVersion, then: DatasetVersion | None) -> list[Change]:
    columns = schema(dataset).columns
    totals = then.totals if then else {}
    found = []
    for name in sorted({*now.totals, *totals} - {"rows"}):
        own, _, currency = name.partition(".")
        label = column_name(columns[own]) if own in columns else own
        found.append(
            Change(
                f"{label} {currency}".strip(),
                _amount(now.totals.get(name, "0")),
                _amount(totals.get(name, "0")),
            )
        )
    return found


def _amount(text: str) -> str:
    return str(formats.number(formats.as_decimal(text)))


def _months(now: DatasetVersion, then: DatasetVersion | None) -> list[str]:
    old = {(part.month, part.sha256) for part in then.parts} if then else set()
    new = {(part.month, part.sha256) for part in now.parts}
    return sorted({month for month, _ in old ^ new if month})


def _covered(version: DatasetVersion | None) -> tuple[str, ...]:
    return tuple(coverage_words(version)) if version else ()
