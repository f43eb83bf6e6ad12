"""A finished run on disk: its manifest, its relations, and what it was made from.

```
manifest.json      written last; without it there is no run      r001.parquet …
request.json       plan, period, and the version of every dataset it read
made-from/         the declarations and plans as they were: a small workspace of its own
```
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attain.cli import errors
from attain.cli.runs.tables import Row, read_groups, read_rows
from attain.cli.workspace import SETTINGS, Workspace
from attain.core.documents import write_yaml
from attain.core.errors import AttainError, problem
from attain.core.labels import Labels
from attain.core.manifests import Manifest, RelationManifest, RunRequest
from attain.core.schemas.relations import why_column

MANIFEST: Final = "manifest.json"
REQUEST: Final = "request.json"
MADE_FROM: Final = "made-from"
PLACE: Final = "place.json"
"""Where the lake and the named results were, seen from the run's folder."""


class RunFolder:
    """One finished run.

    :raises AttainError: RUN_ABSENT for a folder without a whole run in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / MANIFEST).is_file():
            path = Labels.model_validate(str(folder))
            raise AttainError(problem(errors.RUN_ABSENT, path=path))

    @cached_property
    def manifest(self) -> Manifest:
        return Manifest.from_json((self.folder / MANIFEST).read_bytes())

    @cached_property
    def request(self) -> RunRequest:
        """
        :raises AttainError: RUN_INPUTS_ABSENT.
        """
        return RunRequest.from_json(self._kept(REQUEST).read_bytes())

    @cached_property
    def place(self) -> Mapping[str, Any]:
        """
        :raises AttainError: RUN_INPUTS_ABSENT.
        """
        found: dict[str, Any] = json.loads(self._kept(PLACE).read_text(encoding="utf-8"))
        return found

    @cached_property
    def made_from(self) -> Workspace:
        """The declarations and plans the run was made from, as a workspace.

        :raises AttainError: RUN_INPUTS_ABSENT.
        """
        self._kept(f"{MADE_FROM}/{SETTINGS}")
        return Workspace(self.folder / MADE_FROM)

    @property
    def plan_path(self) -> Path:
        """The plan's text as it was."""
        return self.folder / MADE_FROM / "plans" / str(self.place["plan"])

    @property
    def lake(self) -> Path:
        """Where the versions it read are kept."""
        return (self.folder / str(self.place["lake"])).resolve()

    @property
    def results(self) -> dict[str, Path]:
        """The folders of the runs it was given, by `plan@period`."""
        named: dict[str, str] = self.place.get("results", {})
        return {name: (self.folder / path).resolve() for name, path in named.items()}

    @property
    def title(self) -> str:
        return f"{self.manifest.plan_id} {self.manifest.period}"

    def _kept(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            shown = Labels.model_validate(str(self.folder))
            raise AttainError(problem(errors.RUN_INPUTS_ABSENT, path=shown, file=name))
        return path

    # --- relations ---

    def relation(self, name: str) -> RelationManifest | None:
        """What the manifest says of a relation, None if the run did not write it."""
        return next((one for one in self.manifest.relations if one.name == name), None)

    def has(self, name: str) -> bool:
        found = self.relation(name)
        return found is not None and bool(found.files)

    def rows(
        self,
        name: str,
        equal: Mapping[str, object] | None = None,
        columns: Collection[str] = (),
    ) -> list[Row]:
        """The rows of a relation, none if the run did not write it; with all columns or some."""
        found = self.relation(name)
        if found is None:
            return []
        with_reasons = {one for name in columns for one in (name, why_column(name))}
        content = f"{self.manifest.result_digest}:{name}"
        paths = [self.folder / file for file in found.files]
        return read_rows(paths, equal, with_reasons, content)

    def groups(self, name: str, by: Sequence[str], summed: str | None = None) -> list[Row]:
        """How many rows a relation has of each kind, and the sum of a column."""
        found = self.relation(name)
        paths = [self.folder / file for file in found.files] if found else []
        return read_groups(paths, by, summed)


def find_run(path: Path) -> RunFolder:
    """The run in a folder; of a folder of periods the last one.

    :raises AttainError: RUN_ABSENT.
    """
    if not (path / MANIFEST).is_file() and path.is_dir():
        inside = sorted(one.parent for one in path.glob(f"*/{MANIFEST}"))
        if inside:
            return RunFolder(inside[-1])
    return RunFolder(path)


def write_origins(
    folder: Path,
    request: RunRequest,
    workspace: Workspace,
    plans: Sequence[Path],
    results: Mapping[str, Path],
) -> None:
    """Keep what a run is made from beside it, so that it can be explained ever after.

    The first of the plans is the one that is calculated; the others are those whose results
    it reads.
    """
    made_from = folder / MADE_FROM
    for path, to in _kept_files(workspace, plans):
        target = made_from / to
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    if not (made_from / SETTINGS).exists():
        (made_from / SETTINGS).write_text(write_yaml({}), encoding="utf-8")
    (folder / REQUEST).write_bytes(request.to_json())
    place = {
        "plan": plans[0].name,
        "lake": str(workspace.lake.resolve()),
        "results": {name: str(path.resolve()) for name, path in results.items()},
    }
    text = json.dumps(place, ensure_ascii=False, indent=2)
    (folder / PLACE).write_text(text + "\n", encoding="utf-8")


def _kept_files(workspace: Workspace, plans: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    yield workspace.root / SETTINGS, Path(SETTINGS)
    for path in sorted((workspace.root / "datasets").glob("*.yaml")):
        yield path, Path("datasets") / path.name
    for path in workspace.record_files:
        yield path, Path("records") / path.name
    for path in workspace.indicators:
        yield path, Path("indicators") / path.name
    for path in plans:
        yield path, Path("plans") / path.name
