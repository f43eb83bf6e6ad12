"""The permission table: every address of the product, and who may call it.

What has no row does not open. Each app keeps its own rows in `permissions.py`; together they
are one table, which a generated test puts to the test role by role and relation by relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.conf import settings

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role


class Relation(StrEnum):
    """About whom a role may see or change something."""

    OWN = "own"
    TEAM = "team"
    UNIT = "unit"
    ALL = "all"
    ANY = "any"


OWN: Final = Relation.OWN
"""Rows about oneself."""
TEAM: Final = Relation.TEAM
"""Rows about one's own people at that date."""
UNIT: Final = Relation.UNIT
"""Rows of the unit the role was granted for."""
ALL: Final = Relation.ALL
"""Rows of everybody."""
ANY: Final = Relation.ANY
"""Not about a person."""

Allow = Mapping[Role, Relation]

PUBLIC: Final[Allow] = dict.fromkeys(Role, ANY)
"""Everybody, logged in or not. Told from SIGNED_IN by identity."""
SIGNED_IN: Final[Allow] = dict.fromkeys(Role, ANY)
"""Whoever has logged in, with or without a role."""


@dataclass(frozen=True)
class Row:
    """One address and method: `Row("people:list", "GET", {Role.hr: ALL, Role.manager: TEAM})`."""

    name: str
    """The full name of the address: "people:list"."""
    method: str
    allow: Allow
    writes: bool = False
    subject: str = ""
    """The argument of the address that says whom or what it is about."""
    hidden: bool = False
    """Answer 404 instead of 403: that it exists must not show."""
    whole: bool = False
    """It is about the whole company: a role narrowed to a unit, a team or oneself opens it not."""

    def admits(self, actor: Actor) -> bool:
        """Whether an actor may call this at all; which rows they see is the selectors' work."""
        if self.allow is PUBLIC:
            return True
        if actor.is_anonymous:
            return False
        if self.allow is SIGNED_IN:
            return True
        return actor.has_whole(*self.allow) if self.whole else actor.has(*self.allow)


def whole(*rows: Row) -> list[Row]:
    """Rows about the whole company, whose contents nobody's scope narrows."""
    return [replace(row, whole=True) for row in rows]


@cache
def table() -> Mapping[str, Mapping[str, Row]]:
    """Every row by name and method, from all apps and from the house itself.

    :raises ValueError: two rows for one address and method.
    """
    found: dict[str, dict[str, Row]] = {}
    for module in (
        *(f"attain.apps.{name}" for name in settings.APPS),
        "attain.ui",
        "attain.config",
    ):
        if find_spec(f"{module}.permissions") is None:
            continue
        for row in getattr(import_module(f"{module}.permissions"), "ROWS", ()):
            methods = found.setdefault(row.name, {})
            if row.method in methods:
                raise ValueError(f"{row.name} {row.method} has two rows in the permission table")
            methods[row.method] = row
    return found


def row_for(name: str, method: str) -> Row | None:
    """The row of an address and method; HEAD asks as GET."""
    return table().get(name, {}).get("GET" if method == "HEAD" else method)


def may(actor: Actor, name: str, method: str = "GET") -> bool:
    """Whether to offer somebody a link or button."""
    row = row_for(name, method)
    return row is not None and row.admits(actor)


_KEEPS = {Role.system_admin: ANY}
_READS = {Role.system_admin: ANY, Role.auditor: ANY}


def _both(name: str, allow: Allow) -> list[Row]:
    return [Row(name, "GET", allow), Row(name, "POST", allow, writes=True)]


ROWS = [
    *_both("account_login", PUBLIC),
    *_both("mfa_authenticate", PUBLIC),
    *_both("account_logout", PUBLIC),
    Row("account_inactive", "GET", PUBLIC),
    Row("account_signup", "GET", PUBLIC),
    Row("account_set_password", "GET", PUBLIC),
    *_both("account_reauthenticate", SIGNED_IN),
    *_both("mfa_reauthenticate", SIGNED_IN),
    *_both("account_change_password", SIGNED_IN),
    *_both("account_reset_password", PUBLIC),
    Row("account_reset_password_done", "GET", PUBLIC),
    *_both("account_reset_password_from_key", PUBLIC),
    Row("account_reset_password_from_key_done", "GET", PUBLIC),
    Row("mfa_index", "GET", SIGNED_IN),
    *_both("mfa_activate_totp", SIGNED_IN),
    *_both("mfa_deactivate_totp", SIGNED_IN),
    Row("mfa_view_recovery_codes", "GET", SIGNED_IN),
    *_both("mfa_generate_recovery_codes", SIGNED_IN),
    Row("mfa_download_recovery_codes", "GET", SIGNED_IN),
    Row("usersessions_list", "GET", SIGNED_IN),
    Row("accounts:mine", "GET", SIGNED_IN),
    Row("accounts:new-token", "POST", SIGNED_IN, writes=True),
    Row("accounts:revoke-token", "POST", SIGNED_IN, writes=True, subject="token"),
    Row("accounts:end-session", "POST", SIGNED_IN, writes=True, subject="session"),
    Row("accounts:end-sessions", "POST", SIGNED_IN, writes=True),
    Row("accounts:delegate", "POST", SIGNED_IN, writes=True),
    Row("accounts:end-delegation", "POST", SIGNED_IN, writes=True, subject="delegation"),
    *whole(
        Row("accounts:users", "GET", _READS),
        Row("accounts:user", "GET", _READS, subject="user"),
        *_both("accounts:create", _KEEPS),
        Row("accounts:grant", "POST", _KEEPS, writes=True, subject="user"),
        Row("accounts:revoke", "POST", _KEEPS, writes=True, subject="user"),
        Row("accounts:disable", "POST", _KEEPS, writes=True, subject="user"),
        Row("accounts:enable", "POST", _KEEPS, writes=True, subject="user"),
    ),
]
