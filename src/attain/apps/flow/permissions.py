"""Who may call the addresses of flow: everybody has to-dos, each sees their own."""

from __future__ import annotations

from attain.apps.accounts.permissions import SIGNED_IN, Row

ROWS = [Row("flow:todos", "GET", SIGNED_IN)]
