"""How much of a difference is the rules' and how much the data's.

The later rules are calculated once more over the data of the earlier run: from there the one way
is what the rules changed, the other way what the data changed. Rules first, then data; the other
order may divide the same difference otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attain.cli.runs.folder import RunFolder
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.tables import Row
from attain.core.errors import AttainError
from attain.engine.api import run

Between = Mapping[tuple[Any, ...], Row]
"""Outcomes of the later rules over the earlier data, by their key."""


def outcomes_between(before: OpenRun, after: OpenRun, key: tuple[str, ...]) -> Between | None:
    """What the later rules make of the earlier data; None if they cannot be calculated over it."""
    old, new = before.folder.request, after.folder.request
    inputs = {name: old.inputs.get(name, version) for name, version in new.inputs.items()}
    with TemporaryDirectory(prefix="attain-diff-") as place:
        out = Path(place) / "between"
        try:
            run(
                after.plan,
                new.model_copy(update={"inputs": inputs}),
                after.lake,
                out,
                calendar=after.calendars.of(after.period),
                results=after.folder.results,
            )
        except AttainError:
            # The later rules may well need what the earlier data do not have yet.
            return None
        rows = RunFolder(out).rows("outcomes")
    return {tuple(row[name] for name in key): row for row in rows}
