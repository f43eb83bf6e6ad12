"""Who may call the addresses of people. Whom they see there, `areas.py` decides."""

from __future__ import annotations

from typing import Final

from attain.apps.accounts.permissions import ALL, ANY, OWN, SIGNED_IN, TEAM, Allow, Row, whole
from attain.apps.accounts.roles import Role

SEES_PEOPLE: Final[Allow] = {
    Role.representative: OWN,
    Role.manager: TEAM,
    Role.hr: ALL,
    Role.finance: ALL,
    Role.plan_admin: ALL,
    Role.auditor: ALL,
    Role.system_admin: ALL,
}
SEES_STRUCTURE: Final[Allow] = {
    Role.hr: ANY,
    Role.finance: ANY,
    Role.plan_admin: ANY,
    Role.auditor: ANY,
    Role.system_admin: ANY,
}
"""Units and positions with their people: whoever sees everybody anyway."""
SEES_CHANGES: Final[Allow] = {Role.hr: ANY, Role.auditor: ANY}
"""Reasons of changes are between HR and those they concern."""
WRITES: Final[Allow] = {Role.hr: ALL}
TAKES_ALL: Final[Allow] = {Role.hr: ANY, Role.auditor: ANY}


def _reading(allow: Allow, *names: str, subject: str = "", hidden: bool = False) -> list[Row]:
    return [Row(f"people:{name}", "GET", allow, subject=subject, hidden=hidden) for name in names]


def _writing(*names: str, subject: str = "") -> list[Row]:
    return [
        Row(f"people:{name}", method, WRITES, writes=method == "POST", subject=subject)
        for name in names
        for method in ("GET", "POST")
    ]


ROWS: list[Row] = [
    # What somebody looks at: it narrows what they see anyway.
    Row("people:choose-month", "POST", SIGNED_IN, writes=True),
    Row("people:choose-unit", "POST", SIGNED_IN, writes=True),
    Row("people:months", "GET", SIGNED_IN),
    *_reading(SEES_PEOPLE, "list"),
    *_reading(SEES_PEOPLE, "person", subject="key", hidden=True),
    *_reading({**SEES_STRUCTURE, Role.manager: TEAM}, "chart"),
    *_reading(SEES_STRUCTURE, "units", "unit", "positions", "position"),
    # Of everybody, at all times.
    *whole(
        *_reading(SEES_STRUCTURE, "edges"),
        *_reading(SEES_CHANGES, "changes", "change-page"),
        *_reading(TAKES_ALL, "export"),
        Row("people:change-page", "POST", WRITES, writes=True),
    ),
    *_writing("change", "move", "assign", "leave", "rehire", "end-assignment", subject="key"),
    *whole(
        *_writing("hire", "unit-new", "unit-change", "unit-close", "edge-new", "edge-end"),
        *_writing("position-new", "position-change", "position-close", "import", "import-check"),
        Row("api-1:people-list", "POST", WRITES, writes=True),
    ),
    Row("api-1:people-list", "GET", SEES_PEOPLE),
    Row("api-1:people-detail", "GET", SEES_PEOPLE, subject="key", hidden=True),
    Row("api-1:people-detail", "PATCH", WRITES, writes=True, subject="key"),
    Row("api-1:people-assignments", "GET", SEES_PEOPLE),
    Row("api-1:people-units", "GET", SEES_STRUCTURE),
    Row("api-1:people-moves", "POST", WRITES, writes=True, subject="key"),
    Row("api-1:people-leave", "POST", WRITES, writes=True, subject="key"),
]
