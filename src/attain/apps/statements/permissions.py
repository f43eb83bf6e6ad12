"""Who may open which address of this app."""

from __future__ import annotations

from typing import Final

from attain.apps.accounts.permissions import ALL, OWN, TEAM, Row, whole
from attain.apps.accounts.roles import Role

_READERS: Final = {
    Role.representative: OWN,
    Role.manager: TEAM,
    Role.finance: ALL,
    Role.auditor: ALL,
}
_CLOSERS: Final = {Role.finance: ALL}
_OPERATORS: Final = {Role.finance: ALL, Role.auditor: ALL}

ROWS = [
    Row("statements:mine", "GET", _READERS),
    Row("statements:period", "GET", _READERS),
    Row("statements:detail", "GET", _READERS, subject="person", hidden=True),
    Row("statements:pdf", "GET", _READERS, subject="person", hidden=True),
    *whole(
        Row("statements:periods", "GET", _OPERATORS),
        Row("statements:close", "POST", _CLOSERS, writes=True),
        Row("statements:close_dialog", "GET", _CLOSERS),
    ),
]
