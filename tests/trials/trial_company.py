"""A workspace of a trial: files brought in as a stranger would, plans calculated by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from attain.cli.importing.flow import Importing, Wishes
from attain.cli.planning import Plans
from attain.cli.workspace import Workspace
from attain.core.manifests import Manifest, RunRequest
from attain.core.periods import parse_period
from attain.engine.api import run
from attain.lake import FileCatalog

Row = dict[str, Any]


class Company:
    """A company's folder with what its lake holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._results: dict[tuple[str, str], Results] = {}

    def bring_in(
        self, file: Path, dataset: str, columns: Sequence[str] = (), sheet: str | None = None
    ) -> dict[str, Any]:
        """Import a file; the columns nobody asks for are left out."""
        wishes = Wishes(
            dataset=dataset,
            sheet=sheet,
            columns=tuple(columns),
            ignore=("*",),
            yes=True,
            as_json=True,
        )
        outcome = Importing(Workspace(self.folder), wishes).run([file])
        assert not outcome.failed, outcome.problems
        return outcome.tables[0]

    def calculate(self, plan: str, period: str) -> Results:
        """Run a plan for a period over what the lake holds; the same run is made once."""
        if (plan, period) not in self._results:
            self._results[plan, period] = self._calculate(plan, period)
        return self._results[plan, period]

    def _calculate(self, plan: str, period: str) -> Results:
        book = Plans(Workspace(self.folder))
        resolved = book.read(book.path(plan)).required()
        lake = FileCatalog(self.folder / "lake")
        inputs = {name: head for name in resolved.datasets if (head := lake.head(name))}
        when = parse_period(period, book.calendars)
        request = RunRequest(
            plan=resolved.text_hash,
            period=str(when),
            inputs={name: head.hash for name, head in inputs.items()},
        )
        out = self.folder / "runs" / f"{plan}-{when.label}"
        manifest = run(resolved, request, lake, out, calendar=book.calendars.of(when))
        return Results(out, manifest)


class Results:
    """What a run wrote."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest

    def rows(self, relation: str) -> list[Row]:
        """The rows of a relation by column."""
        files = [str(self.folder / name) for name in self.manifest.relation(relation).files]
        found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [files])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
