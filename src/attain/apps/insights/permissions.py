"""Who may call the addresses of insights."""

from __future__ import annotations

from attain.apps.accounts.permissions import Row

ROWS: list[Row] = []
