"""Who may call the addresses that belong to no app above accounts."""

from __future__ import annotations

from attain.apps.accounts.permissions import PUBLIC, SIGNED_IN, Row

ROWS = [
    Row("healthz", "GET", PUBLIC),
    Row("set_language", "POST", PUBLIC, writes=True),
    Row("javascript_catalog", "GET", PUBLIC),
    Row("api-1:openapi-json", "GET", SIGNED_IN),
    Row("api-1:openapi-view", "GET", SIGNED_IN),
    Row("api-1:api-root", "GET", SIGNED_IN),
]
