"""Who may call the addresses of files. Which files are whose, their purpose decides."""

from __future__ import annotations

from attain.apps.accounts.permissions import SIGNED_IN, Row

ROWS: list[Row] = [Row("files:download", "GET", SIGNED_IN, subject="pk", hidden=True)]
