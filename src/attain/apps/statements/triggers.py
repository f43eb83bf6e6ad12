"""The database's own guard: what was posted is corrected by further lines, never changed."""

from __future__ import annotations

from typing import Final

from attain.apps.audit.append_only import AppendOnly

GUARD: Final = AppendOnly("statements", ("statements_postedline",), "a posted line is written once")
