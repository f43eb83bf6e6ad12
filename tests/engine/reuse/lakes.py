"""Rows of datasets that change, kept as an import leaves them: a file for each month of facts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from attain.core.manifests import (
    Coverage,
    DatasetVersion,
    Manifest,
    Part,
    RelationManifest,
    RunKind,
    RunRequest,
)
from attain.core.periods import GREGORIAN, Calendar
from attain.engine.calculate import calculate
from attain.engine.folder import Keep
from attain.engine.jobs import job_of, manifest_in
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reuse.answers import answered
from attain.engine.reuse.settings import Reuse

Row = dict[str, Any]


def rows_of(folder: Path, relation: RelationManifest) -> Any:
    """The rows of a relation of a run: those of facts have no digest and are compared."""
    files = [str(folder / file) for file in relation.files]
    return sorted(duckdb.read_parquet(files).fetchall(), key=str) if files else []


class Lake:
    """The rows as they are now, and the versions as they were frozen last.

    `columns` has the SQL types of every dataset, `dates` the column by which facts lie in months.
    A file is named by its content: a month whose rows did not change keeps its file. On the
    shelf everything is kept, however cheap it was, part by part and in slices.
    """

    def __init__(
        self, folder: Path, columns: Mapping[str, Mapping[str, str]], dates: Mapping[str, str]
    ) -> None:
        self.folder, self.columns, self.dates = folder, columns, dates
        self.rows: dict[str, list[Row]] = {}
        self.coverage: Mapping[str, Sequence[Coverage]] = {}
        self.versions: dict[str, DatasetVersion] = {}
        self.paths: dict[str, Path] = {}
        self.shelf = Reuse(folder=folder / "shelf", dear=0, value=0, cut_from=1, slice_from=1)
        (folder / "lake").mkdir()
        self._writer = duckdb.connect()
        self._parts: dict[tuple[str, str, str], Part] = {}

    def freeze(self) -> None:
        """Write what is not written yet."""
        self.versions = {name: self._version(name) for name in self.rows}

    def _version(self, name: str) -> DatasetVersion:
        months: dict[str, list[Row]] = {}
        for row in self.rows[name]:
            day = row[self.dates[name]] if name in self.dates else None
            months.setdefault(f"{day:%Y-%m}" if day else "", []).append(row)
        return DatasetVersion(
            dataset=name,
            schema_="0" * 64,
            parts=tuple(self._part(name, month, months[month]) for month in sorted(months)),
            coverage=tuple(self.coverage.get(name, ())),
        )

    def _part(self, name: str, month: str, rows: Sequence[Row]) -> Part:
        columns = self.columns[name]
        values = [tuple(row[column] for column in columns) for row in rows]
        if (name, month, str(values)) not in self._parts:
            path = self.folder / "writing.parquet"
            declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            self._writer.execute(f"CREATE OR REPLACE TABLE t ({declared})")
            marks = ", ".join("?" for _ in columns)
            self._writer.executemany(f"INSERT INTO t VALUES ({marks})", values)
            self._writer.execute(f"COPY (FROM t ORDER BY ALL) TO '{path}' (FORMAT parquet)")
            self._parts[name, month, str(values)] = self._kept(path, month, len(rows))
        return self._parts[name, month, str(values)]

    def _kept(self, path: Path, month: str, rows: int) -> Part:
        content = sha256(path.read_bytes()).hexdigest()
        kept = self.folder / "lake" / f"{content}.parquet"
        path.rename(kept)
        self.paths[kept.name] = kept
        return Part(month=month, file=kept.name, rows=rows, sha256=content)

    # --- the door the engine knows ---

    def version(self, name: str, hash: str) -> DatasetVersion:
        """The version of a dataset, which must be the one frozen last."""
        assert self.versions[name].hash == hash
        return self.versions[name]

    def part_paths(self, version: DatasetVersion) -> list[Path]:
        """Files in the order of the parts."""
        return [self.paths[part.file] for part in version.parts]

    # --- runs ---------------------------------------------------------------------------------

    def calculated(
        self,
        plan: ResolvedPlan,
        out: str,
        period: str,
        *,
        reuse: bool = True,
        keep: Keep = "all",
        results: Mapping[str, Path] | None = None,
        calendar: Calendar = GREGORIAN,
        kind: RunKind = RunKind.live,
    ) -> Manifest:
        """A run over the data as it was frozen last, in a folder of that name."""
        folder = self.folder / out
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        request = RunRequest(
            plan=plan.text_hash,
            period=period,
            inputs={name: self.versions[name].hash for name in plan.datasets if name in self.rows},
            results={
                name: manifest_in(path).result_digest for name, path in (results or {}).items()
            },
            kind=kind,
        )
        shelf = self.shelf if reuse else None
        job = job_of(
            plan, request, self, folder, keep=keep, results=results, reuse=shelf, calendar=calendar
        )
        if not answered(job):
            calculate(job, lambda *_: None)
        return manifest_in(folder)
