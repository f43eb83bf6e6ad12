"""What a shell offers when somebody presses the tab key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attain.cli.output import shown_path
from attain.cli.packs import packs
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
    """Plan files of the workspace around here, as somebody in this folder types them."""
    try:
        known = Workspace.find(Path.cwd()).plans
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
