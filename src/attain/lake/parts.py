"""Monthly parts: which have to be written anew, and how their rows lie in the file.

Rows of a part are sorted by their first subject, then date, then key: a run reads the rows of
one person from one place, which halves its work on facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from attain.core.digests import digest_of
from attain.core.manifests import Coverage, DatasetVersion, Part
from attain.core.schemas import ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.catalog import Lake
from attain.lake.stored import columns_of, existing_rows, version_totals

NO_MONTH: Final = ""
_ROWS_IN_GROUP: Final = 122_880


@dataclass(frozen=True, slots=True)
class Writing:
    """A new version in the making.

    The view `existing` has the rows of the current version; whoever uses it makes the tables
    `accepted` (rows to store) and `gone` (ids that are replaced or leave).
    """

    connection: sql.Connection
    schema: DatasetSchema
    lake: Lake
    head: DatasetVersion | None

    def version(self, coverage: tuple[Coverage, ...], receipt: dict[str, str]) -> DatasetVersion:
        """Write the parts that change, and describe the whole. Nothing is current yet."""
        draft = DatasetVersion(
            dataset=self.schema.dataset,
            schema_=digest_of(self.schema.model_dump(mode="json")),
            parent=self.head.hash if self.head else None,
            parts=self._parts(),
            coverage=coverage,
            receipt=receipt,
        )
        return draft.model_copy(update={"totals": self._totals(draft)})

    def _totals(self, draft: DatasetVersion) -> dict[str, str]:
        """Added up from the files as written, not from what was meant to be written."""
        paths = [path.resolve() for path in self.lake.part_paths(draft)]
        query = existing_rows(self.connection, self.schema, paths)
        return version_totals(self.connection, f"({query})", self.schema)

    def _parts(self) -> tuple[Part, ...]:
        """The parts of the new version: those that change are written, the others kept."""
        changed = self._changed_months()
        kept = [part for part in self._old() if part.month not in changed]
        written = [part for month in sorted(changed) for part in self._write(month)]
        return tuple(sorted([*kept, *written], key=lambda part: part.month))

    def _old(self) -> tuple[Part, ...]:
        return self.head.parts if self.head else ()

    def _changed_months(self) -> set[str]:
        """Months with rows that come, go, or move; all of them if the columns are others now."""
        month = month_of(self.schema)
        found = self.connection.rows(
            f"SELECT DISTINCT {month} FROM accepted UNION "
            f"SELECT DISTINCT {month} FROM existing WHERE _row IN (SELECT _row FROM gone)"
        )
        changed = {name for (name,) in found}
        if self._has_other_columns():
            old = self.connection.rows(f"SELECT DISTINCT {month} FROM existing")
            changed |= {name for (name,) in old} | {part.month for part in self._old()}
        return changed

    def _has_other_columns(self) -> bool:
        """True when parts were written under another declaration."""
        if self.head is None or not self.head.parts:
            return False
        without_month = {part.month == NO_MONTH for part in self.head.parts}
        if without_month != {self.schema.date is None}:
            return True
        declared = {one.name: one.type.storage for one in self.schema.stored(lineage=True)}
        first = self.lake.part_paths(self.head)[0].resolve()
        return columns_of(self.connection, [first]) != declared

    def _write(self, month: str) -> Iterator[Part]:
        """The new part of one month; none if nothing is left in it."""
        names = sql.names(self.schema.stored(lineage=True))
        is_month = f"{month_of(self.schema)} = {sql.literal(month)}"
        query = (
            f"SELECT {names} FROM existing WHERE {is_month} "
            f"AND _row NOT IN (SELECT _row FROM gone) "
            f"UNION ALL SELECT {names} FROM accepted WHERE {is_month}"
        )
        rows = self.connection.one(f"SELECT count(*) FROM ({query})")
        if not rows:
            return
        target = self.lake.new_part(self.schema.dataset).resolve()
        self.connection.run(
            f"COPY ({query} ORDER BY {clustering(self.schema)}) TO {sql.literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_IN_GROUP})"
        )
        yield self.lake.keep_part(self.schema.dataset, target, month, rows)


@contextmanager
def writing(lake: Lake, schema: DatasetSchema, staging: Path) -> Iterator[Writing]:
    """Begin a new version on top of the current one."""
    head = lake.head(schema.dataset)
    paths = [path.resolve() for path in lake.part_paths(head)] if head else []
    folder = staging.resolve()
    target = lake.new_part(schema.dataset).resolve().parent
    connection = sql.Connection((target, folder), folder / "spill")
    try:
        query = existing_rows(connection, schema, paths)
        connection.run(f"CREATE VIEW existing AS {query}")
        yield Writing(connection, schema, lake, head)
    finally:
        connection.close()


def month_of(schema: DatasetSchema) -> str:
    """SQL of the month a row is stored in."""
    if schema.day is None:
        return f"'{NO_MONTH}'"
    return f"strftime({sql.name(schema.day)}, '%Y-%m')"


def clustering(schema: DatasetSchema) -> str:
    """SQL of the order inside a part; a total one, so that equal rows make equal files."""
    subject = next((one.name for one in schema if one.type is ColumnType.key), None)
    wanted = [subject, schema.day, *schema.key, "_row"]
    names = dict.fromkeys(name for name in wanted if name is not None)
    return ", ".join(f"{sql.name(name)} NULLS FIRST" for name in names)
