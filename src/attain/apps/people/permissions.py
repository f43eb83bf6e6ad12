"""Who may call the addresses of people."""

from __future__ import annotations

from attain.apps.accounts.permissions import Row

ROWS: list[Row] = []
