"""Whose a value is that a rule reads in another row, in words its readers know."""

from __future__ import annotations

from collections.abc import Callable

from attain.engine.provenance.model import Step
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.viewing import Viewer

_OTHER_SIDE = "right."


def read_from_several(step: Step, name: Callable[[Step], str]) -> frozenset[str]:
    """Names of columns that a rule reads from several rows, and that need to say from which."""
    rows: dict[str, set[str]] = {}
    for one in step.walk():
        if one.what == "reference":
            rows.setdefault(name(one), set()).add(one.row)
    return frozenset(called for called, found in rows.items() if len(found) > 1)


def is_of_other(row: str) -> bool:
    """Whether a value is read from whoever stands on the other side of a pair: somebody else."""
    return row.startswith(_OTHER_SIDE) and "@" in row


def owned(label: str, row: str, viewer: Viewer) -> str:
    """A column with whose it is: 上级的团队比例; of a match that has a name, own_rate.rate."""
    if not row:
        return label
    whose = _subject(row.partition("#")[0], viewer)
    return say("whose", viewer.language, whose=whose, column=label) if whose else f"{row}.{label}"


def _subject(row: str, viewer: Viewer) -> str | None:
    """Who a row is found by, where the plan gave it no name: by a column, or as one's own."""
    path, _, grain = row.partition("@")
    if row in viewer.subjects:
        return viewer.subjects[row]
    if grain not in viewer.subjects:
        return None
    last = path.rpartition(".")[2]
    return viewer.columns.get(path) or viewer.columns.get(last) or last
