"""Who may call the addresses of notices: everybody, for what they were told themselves."""

from __future__ import annotations

from attain.apps.accounts.permissions import SIGNED_IN, Row

ROWS: list[Row] = [
    Row("notices:list", "GET", SIGNED_IN),
    Row("notices:open", "POST", SIGNED_IN, writes=True, hidden=True),
    Row("notices:read-all", "POST", SIGNED_IN, writes=True),
    Row("notices:preferences", "GET", SIGNED_IN),
    Row("notices:preferences", "POST", SIGNED_IN, writes=True),
]
