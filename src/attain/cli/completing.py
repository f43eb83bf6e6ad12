"""What a shell offers when somebody presses the tab key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from attain.cli.output import shown_path
from attain.cli.packs import packs
from attain.cli.runs.folder import MANIFEST
from attain.cli.runs.opening import OpenRun
from attain.cli.workspace import Workspace
from attain.core.errors import AttainError


def datasets(incomplete: str) -> Iterator[str]:
    """Names of datasets of the workspace around here."""
    try:
        known = Workspace.find(Path.cwd()).schemas
    except AttainError:
        return
    yield from (name for name in known if name.startswith(incomplete))


def plan_names(incomplete: str) -> Iterator[str]:
    """Plans and record types of the workspace around here, as somebody here types them."""
    try:
        there = Workspace.find(Path.cwd())
        known = [*there.plans, *there.record_files]
    except AttainError:
        return
    for path in known:
        for name in (shown_path(path), path.stem):
            if name.startswith(incomplete):
                yield name
                break


def pack_names(incomplete: str) -> Iterator[str]:
    """Identifiers of packs."""
    yield from (pack.pack for pack in packs() if pack.pack.startswith(incomplete))


def runs(incomplete: str) -> Iterator[str]:
    """Folders of finished runs of the workspace around here."""
    try:
        folder = Workspace.find(Path.cwd()).runs
    except AttainError:
        return
    for path in sorted(folder.glob(f"*/*/{MANIFEST}")):
        if shown_path(path.parent).startswith(incomplete):
            yield shown_path(path.parent)


def subjects(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Codes of those who have results in the run that was typed."""
    run = _run(context)
    if run is not None:
        for row in run.folder.groups("outcomes", ("subject",)):
            code = run.names.code(row["subject"])
            if code.startswith(incomplete):
                yield code


def components(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Components of the run that was typed."""
    run = _run(context)
    if run is not None:
        for row in run.folder.groups("outcomes", ("component",)):
            if row["component"].startswith(incomplete):
                yield row["component"]


def _run(context: typer.Context) -> OpenRun | None:
    try:
        return OpenRun.at(Path(str(context.params.get("run"))))
    except AttainError:
        return None
