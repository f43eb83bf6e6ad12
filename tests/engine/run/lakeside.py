"""A lake of hand-written files, and runs over it: what the tests of runs share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
from handmade import ORDERS, PEOPLE_COLUMNS, parquet

from attain.core.manifests import Coverage, DatasetVersion, Manifest, Part, RunRequest
from attain.engine.jobs import Job, job_of
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.run import run


class Lakeside:
    """Keeps dataset versions as the engine wants them from a store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.versions: dict[str, DatasetVersion] = {}
        self.paths: dict[str, list[Path]] = {}
        self.put("people", PEOPLE_COLUMNS, [(n, "sales", None, None) for n in ("li", "wang")])
        self.orders(
            ("1", "2026-01-10", "li", "60000.00"),
            ("2", "2026-03-31", "li", "40000.00"),
            ("3", "2026-02-01", "wang", "50000.00"),
        )

    def orders(self, *rows: Sequence[object]) -> None:
        self.put("orders", ORDERS, [(*row, "signed") for row in rows], month="2026-01")

    def put(
        self, name: str, columns: str, rows: Sequence[Sequence[object]], month: str = ""
    ) -> None:
        path = parquet(self.folder / "lake" / f"{name}.parquet", columns, rows)
        content = sha256(path.read_bytes()).hexdigest()
        part = Part(month=month, file=path.name, rows=len(rows), sha256=content)
        covers = (Coverage(from_=date(2025, 1, 1), until=date(2026, 7, 1)),) if month else ()
        version = DatasetVersion(dataset=name, schema_="0" * 64, parts=(part,), coverage=covers)
        self.versions[name] = version
        self.paths[version.hash] = [path]

    # --- the door the engine knows ---

    def version(self, name: str, hash: str) -> DatasetVersion:
        assert self.versions[name].hash == hash
        return self.versions[name]

    def part_paths(self, version: DatasetVersion) -> list[Path]:
        return self.paths[version.hash]

    # --- runs ---

    def request(self, plan: ResolvedPlan, period: str = "2026-Q1", **more: Any) -> RunRequest:
        inputs = {name: self.versions[name].hash for name in plan.datasets}
        return RunRequest(plan=plan.text_hash, period=period, inputs=inputs, **more)

    def run(self, plan: ResolvedPlan, out: str = "run", **more: Any) -> Manifest:
        """Run a plan; `backend`, `kind` and named `results` go into the request."""
        told = {key: more.pop(key) for key in ("backend", "kind") if key in more}
        results: dict[str, Path] = more.pop("results", {})
        digests = {
            name: Manifest.from_json((folder / "manifest.json").read_bytes()).result_digest
            for name, folder in results.items()
        }
        request = self.request(plan, more.pop("period", "2026-Q1"), results=digests, **told)
        return run(plan, request, self, self.folder / out, results=results, **more)

    def job(self, plan: ResolvedPlan, out: Path) -> Job:
        """The same as the calculating process gets it."""
        return job_of(plan, self.request(plan), self, out)

    def rows(self, manifest: Manifest, relation: str, columns: str = "*", out: str = "run") -> Any:
        """Rows of a written relation, in the order of the file."""
        [file] = manifest.relation(relation).files
        with duckdb.connect() as connection:
            query = f"SELECT {columns} FROM '{self.folder / out / file}'"
            return connection.execute(query).fetchall()
