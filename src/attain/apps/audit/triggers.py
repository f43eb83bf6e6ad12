"""The database itself refuses to change what was audited, whoever asks."""

from __future__ import annotations

from typing import Final

from attain.apps.audit.append_only import AppendOnly

GUARD: Final = AppendOnly(
    "audit", ("audit_auditentry", "audit_auditseal"), "the audit trail is append-only"
)
