"""Who may call the addresses that belong to no app above accounts."""

from __future__ import annotations

from attain.apps.accounts.permissions import ANY, PUBLIC, SIGNED_IN, Row, whole
from attain.apps.accounts.roles import Role

_READS_AUDIT = {Role.auditor: ANY, Role.system_admin: ANY}

ROWS = [
    # The audit trail lies below accounts and knows no roles.
    *whole(
        Row("audit:list", "GET", _READS_AUDIT),
        Row("audit:entry", "GET", _READS_AUDIT, subject="entry"),
    ),
    Row("healthz", "GET", PUBLIC),
    Row("ui:search", "GET", SIGNED_IN),
    Row("ui:gallery", "GET", SIGNED_IN),
    Row("ui:gallery-part", "GET", SIGNED_IN),
    Row("ui:language", "POST", PUBLIC, writes=True),
    Row("ui:theme", "POST", PUBLIC, writes=True),
    Row("ui:columns", "POST", SIGNED_IN, writes=True),
    Row("api-1:openapi-json", "GET", SIGNED_IN),
    Row("api-1:openapi-view", "GET", SIGNED_IN),
    Row("api-1:api-root", "GET", SIGNED_IN),
]
