"""The database's own guard: what was decided, and by whom, is written once."""

from __future__ import annotations

from typing import Final

from attain.apps.audit.append_only import AppendOnly

GUARD: Final = AppendOnly(
    "flow", ("flow_transition", "flow_dutydone"), "what somebody decided is written once"
)
