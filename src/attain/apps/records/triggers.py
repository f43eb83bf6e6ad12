"""The database's own guard: what happened, who read and what was spent is written once."""

from __future__ import annotations

from typing import Final

from attain.apps.audit.append_only import AppendOnly

GUARD: Final = AppendOnly(
    "records",
    (
        "records_recordevent",
        "records_recordsecretread",
        "records_allowanceentry",
        "records_recordtypeversion",
    ),
    "what happened to a record is written once",
)
