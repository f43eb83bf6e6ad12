"""Who may call the addresses of notices."""

from __future__ import annotations

from attain.apps.accounts.permissions import Row

ROWS: list[Row] = []
