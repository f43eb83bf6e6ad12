"""What there is: each dataset, until when it is complete, and how it came to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attain.apps.data import providers
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetHead, DatasetVersionRow, ImportBatch
from attain.apps.data.pages.words import column_name, name_of, span_name
from attain.apps.data.selectors import schemas
from attain.core.manifests import Coverage, DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.ui import formats


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One line of the list."""

    name: str
    label: str
    rows: int | None
    covered_until: date | None
    """The last day that is covered; None of nothing, and of what is complete for ever."""
    is_always_covered: bool
    """It grows with what is written in the product: whatever is there is everything."""
    changed_at: datetime | None
    changed_by: str
    origin: str
    """`file`, `provider` or `none`."""


def dataset_rows() -> list[DatasetRow]:
    """Every dataset: those with rows first, by name."""
    heads = {
        head.dataset: head.version
        for head in DatasetHead.objects.select_related("version__committed_by")
    }
    found = [_row(name, one, heads.get(name)) for name, one in schemas().items()]
    return sorted(found, key=lambda row: (row.rows is None, row.label))


def _row(name: str, one: DatasetSchema, head: DatasetVersionRow | None) -> DatasetRow:
    version = DatasetVersion.from_json(head.text) if head else None
    by = head.committed_by.name if head and head.committed_by else ""
    return DatasetRow(
        name=name,
        label=name_of(one),
        rows=head.rows if head else None,
        covered_until=_last_day(version) if one.date else None,
        is_always_covered=one.date is not None and _is_open(version),
        changed_at=head.committed_at if head else None,
        changed_by=by or (version.receipt.get("by", "") if version else ""),
        origin="provider" if providers.provider(name) else ("file" if head else "none"),
    )


def _last_day(version: DatasetVersion | None) -> date | None:
    if version is None or _is_open(version):
        return None
    ends = [one.until for one in version.coverage if one.until]
    return max(ends) - timedelta(days=1) if ends else None


def _is_open(version: DatasetVersion | None) -> bool:
    """Something of it is covered for ever."""
    return version is not None and any(_end(one) is None for one in version.coverage)


def _end(one: Coverage) -> date | None:
    """The day from which it is no longer covered; None if that never comes."""
    return None if one.until in (None, date.max) else one.until


# --- the strip of months ---


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the strip: covered, part, open (rows, yet not covered) or none."""

    number: int
    state: str
    rows: int


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months."""

    number: int
    months: tuple[Month, ...]


def month_strip(version: DatasetVersion) -> tuple[Year, ...]:
    """Which months are complete, from the first with anything to the last, ten years at most."""
    rows = {part.month: part.rows for part in version.parts if part.month}
    known = [date.fromisoformat(f"{month}-01") for month in rows]
    known += [one.from_ for one in version.coverage if one.from_]
    known += [end - timedelta(days=1) for end in map(_end, version.coverage) if end]
    if not known:
        return ()
    last = max(known).year
    first = max(min(known).year, last - 9)
    return tuple(
        Year(year, tuple(_month(version, rows, year, number) for number in range(1, 13)))
        for year in range(first, last + 1)
    )


def _month(version: DatasetVersion, rows: dict[str, int], year: int, number: int) -> Month:
    start = date(year, number, 1)
    until = date(year + number // 12, number % 12 + 1, 1)
    count = rows.get(f"{start:%Y-%m}", 0)
    if version.covers(start, until):
        return Month(number, "covered", count)
    touched = any(
        (one.from_ or date.min) < until and start < (one.until or date.max)
        for one in version.coverage
    )
    if touched:
        return Month(number, "part", count)
    return Month(number, "open" if count else "none", count)


# --- versions ---


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version with what it did."""

    hash: str
    parent: str
    rows: int
    change: int
    at: datetime
    by: str
    file: str
    what: str
    """`import`, `undo`, `provider` or `rekey`."""
    batch: int | None


def version_lines(name: str, limit: int = 30) -> list[VersionLine]:
    """The latest versions of a dataset, the current one first."""
    found = DatasetVersionRow.objects.filter(dataset=name).select_related("committed_by")
    rows = {one.hash: one for one in found}
    batches = dict(ImportBatch.objects.filter(dataset=name).values_list("committed_version", "pk"))
    lines = []
    for version in _lineage(name, limit):
        row = rows[version.hash]
        before = rows.get(version.parent or "")
        lines.append(_line(version, row, before, batches.get(version.hash)))
    return lines


def _lineage(name: str, limit: int) -> Sequence[DatasetVersion]:
    return DatabaseCatalog().history(name)[:limit]


def _line(
    version: DatasetVersion,
    row: DatasetVersionRow,
    before: DatasetVersionRow | None,
    batch: int | None,
) -> VersionLine:
    receipt = version.receipt
    kinds = (("undoes", "undo"), ("rekeyed", "rekey"), ("source", "provider"))
    what = next((word for key, word in kinds if key in receipt), "import")
    return VersionLine(
        hash=version.hash,
        parent=version.parent or "",
        rows=row.rows,
        change=row.rows - (before.rows if before else 0),
        at=row.committed_at,
        by=row.committed_by.name if row.committed_by else receipt.get("by", ""),
        file=receipt.get("file", ""),
        what=what,
        batch=batch,
    )


def coverage_words(version: DatasetVersion) -> list[str]:
    """What a version covers, in words."""
    return [
        span_name((one.from_ or date.min, one.until or date.max))
        for one in version.coverage
        if not one.scope
    ]


def totals_words(schema: DatasetSchema, version: DatasetVersion) -> Iterable[tuple[str, str]]:
    """Control totals with their names."""
    for name, text in version.totals.items():
        own, _, currency = name.partition(".")
        if own in schema.columns:
            column = schema.columns[own]
            unit = currency or column.currency or ""
            label = f"{column_name(column)} {unit}".strip()
            yield label, str(formats.number(formats.as_decimal(text)))
