"""What came of a run in figures, for lists, dialogs and comparisons."""

from __future__ import annotations

from typing import Any

from attain.apps.runs.folders import StoredRun
from attain.core.manifests import Manifest
from attain.core.schemas import Status


def figures_of(stored: StoredRun, manifest: Manifest) -> dict[str, Any]:
    """Counts of a finished run: people, lines, totals by currency, no data, issues."""
    folder = stored.folder
    subjects = folder.groups("outcomes", ("subject_kind", "subject"))
    missing = [
        row
        for row in folder.groups("outcomes", ("subject_kind", "subject", "status"))
        if row["status"] == Status.no_data
    ]
    paid = folder.groups("lines", ("participant", "currency"), "amount_minor")
    totals: dict[str, int] = {}
    for row in paid:
        totals[row["currency"]] = totals.get(row["currency"], 0) + int(row["sum"])
    return {
        "subjects": len(subjects),
        "people": sum(1 for row in subjects if row["subject_kind"] == "people"),
        "paid": len({row["participant"] for row in paid}),
        "no_data": len(missing),
        "lines": manifest.relation("lines").rows,
        "outcomes": manifest.relation("outcomes").rows,
        "issues": manifest.relation("issues").rows,
        "totals": dict(sorted(totals.items())),
        "components": _components(stored),
    }


def _components(stored: StoredRun) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in stored.folder.groups("outcomes", ("component", "status")):
        found.setdefault(row["component"], {})[row["status"]] = row["count"]
    return found
