"""The database's own guard: results change only while they are loaded, until they are proved."""

from __future__ import annotations

from typing import Final

from attain.apps.audit.append_only import AppendOnly

GUARD: Final = AppendOnly(
    "runs",
    ("runs_outcome", "runs_line", "runs_scorerow", "runs_graderow", "runs_withheld"),
    "results that were proved are written once",
    until="EXISTS (SELECT 1 FROM runs_publication"
    " WHERE runs_publication.id = {row}.publication_id AND runs_publication.state = 'staging')",
)
