"""Every address of the product with arguments that lead somewhere, and who may call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from building import Attacked
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from attain.apps.accounts.models import User
from attain.apps.accounts.permissions import Row, table

ROLES: Final = (
    "representative", "manager", "hr", "finance", "plan_admin", "auditor", "system_admin",
    "anonymous", "disabled",
)  # fmt: skip
WHO: Final = {
    "representative": "rep",
    "manager": "manager",
    "hr": "hr",
    "finance": "finance2",
    "plan_admin": "planner2",
    "auditor": "auditor",
    "system_admin": "sysadmin",
    "disabled": "disabled",
}
"""Who of the cast is tried for a role: finance and planners who own nothing."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver."""

    name: str
    pattern: str
    arguments: tuple[str, ...]


def addresses() -> tuple[Address, ...]:
    """Every address, those of libraries included."""
    return tuple(_walk(get_resolver(), (), ""))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            names = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield Address(":".join((*spaces, entry.name or "")), pattern, names)


Maker = Callable[[Attacked], Any]


def _thing(word: str) -> Maker:
    return lambda attacked: attacked.objects[word].pk


def _first(app: str, model: str, **of: Any) -> Maker:
    def make(attacked: Attacked) -> Any:
        rows = apps.get_model(app, model)._default_manager.filter(**of)
        return rows.earliest("pk").pk

    return make


def _version(attacked: Attacked) -> str:
    rows = apps.get_model("data", "DatasetVersionRow")._default_manager.filter(dataset="orders")
    return str(rows.latest("pk").hash)


ARGUMENTS: Final[dict[str, Maker]] = {
    "account_*uidb36": lambda attacked: "1",
    "account_*key": lambda attacked: "set-password",
    "accounts:*user": lambda attacked: attacked.user("finance").pk,
    "accounts:*token": _thing("token"),
    "accounts:*session": lambda attacked: 999_999,
    "accounts:*delegation": _thing("delegation"),
    "accounts:*grant": _first("accounts", "RoleGrant", user__username="finance"),
    "people:*key": lambda attacked: attacked.key("rep"),
    "people:unit*key": lambda attacked: attacked.company.units["U-SH1"].key,
    "people:position*key": lambda attacked: attacked.company.positions["S-SH1-1"].key,
    "people:edge*pk": _first("people", "Edge"),
    "people:change*pk": _first("people", "Change"),
    "people:end-assignment*pk": _first("people", "Assignment", person__code="E-1001"),
    "people:*token": lambda attacked: "none",
    "api-1:data*name": lambda attacked: "orders",
    "api-1:data*pk": _thing("batch"),
    "api-1:runs*pk": lambda attacked: attacked.objects["publication"].run_id,
    "api-1:runs*other": lambda attacked: attacked.objects["provisional"].pk,
    "api-1:runs-publication*pk": _thing("publication"),
    "api-1:runs-step*pk": _thing("publication"),
    "api-1:plans*code": lambda attacked: "commission",
    "api-1:plans*number": lambda attacked: 1,
    "api-1:plans*step": lambda attacked: "submit",
    "audit:*entry": _first("audit", "AuditEntry"),
    "api-1:*key": lambda attacked: attacked.key("rep"),
    "data:*pk": _thing("batch"),
    "data:*name": lambda attacked: "orders",
    "data:*version": _version,
    "plans:*code": lambda attacked: "commission",
    "plans:*number": lambda attacked: 1,
    "plans:*action": lambda attacked: "approve",
    "plans:*what": lambda attacked: "add",
    "plans:members-check*token": lambda attacked: "none",
    "plans:members-undo*pk": lambda attacked: 999_999,
    "plans:pack*name": lambda attacked: "flat-commission",
    "records:*kind": lambda attacked: "project",
    "records:*number": lambda attacked: attacked.objects["record of rep"].number,
    "records:*action": lambda attacked: "offer",
    "records:*field": lambda attacked: "account",
    "records:*key": lambda attacked: attacked.objects["record of rep"].key,
    "records:filter*pk": _thing("filter of rep"),
    "records:comment*pk": _thing("comment of rep"),
    "records:*token": lambda attacked: "none",
    "api-1:records*kind": lambda attacked: "project",
    "api-1:records*number": lambda attacked: attacked.objects["record of rep"].number,
    "runs:*run": lambda attacked: attacked.objects["publication"].run_id,
    "runs:*pk": _thing("publication"),
    "runs:schedule*pk": _first("runs", "Schedule"),
    "runs:schedule*step": lambda attacked: "pause",
    "api-1:runs-schedule-step*pk": _first("runs", "Schedule"),
    "statements:*period": lambda attacked: "2026-09",
    "statements:*person": lambda attacked: attacked.key("rep"),
    "notices:*pk": _thing("notice"),
    "files:*pk": _first("files", "StoredFile"),
    "jobs:*job": _thing("job of finance"),
    "ui:*part": lambda attacked: "why-deeper",
    "ui:*table": lambda attacked: "jobs",
}
"""What an argument of an address is tried with: `data:*pk`, or `plans:pack*name` for addresses
whose name begins so. Things with an owner belong to 罗文 of finance, what is about a person is
about 沈佳宁. An address with an argument that is not here fails its test."""


BARE: Final = {
    "account_reauthenticate": "asks for the password on the way to something else",
    "mfa_reauthenticate": "the same, with a second factor",
    "mfa_deactivate_totp": "there is no second factor yet",
    "mfa_view_recovery_codes": "there are no codes yet",
    "mfa_download_recovery_codes": "there are no codes yet",
    "api-1:api-root": "a name for links, no page",
    "people:import-check": "an upload that is not there",
    "runs:compare": "two runs are named in the question",
}
"""Pages that answer nothing by themselves, and why. Whom they do not concern is kept out all the
same."""


def made(address: Address, attacked: Attacked, **instead: Any) -> str:
    """The address with its arguments.

    :raises KeyError: an argument nobody has said how to make.
    """
    values = {name: _argument(address, name, attacked) for name in address.arguments}
    return reverse(address.name, kwargs=values | instead)


def _argument(address: Address, name: str, attacked: Attacked) -> Any:
    space = address.name.split(":")[0]
    fitting = [
        key
        for key in ARGUMENTS
        if key.endswith(f"*{name}")
        and (address.name.startswith(key.split("*")[0]) or key == f"{space}:*{name}")
    ]
    if not fitting:
        raise KeyError(f"{address.name}: say in ARGUMENTS what {name} is tried with")
    return ARGUMENTS[max(fitting, key=len)](attacked)


def rows() -> list[tuple[Address, Row]]:
    """Every address with each of its rows in the permission table."""
    by_name = {address.name: address for address in addresses()}
    return [
        (by_name[name], row)
        for name, methods in sorted(table().items())
        if name in by_name
        for row in methods.values()
    ]


def tried(attacked: Attacked) -> list[tuple[Address, Row, str]]:
    """Every row with the path it is tried on. One without arguments fails a test of its own."""
    found = []
    for address, row in rows():
        try:
            found.append((address, row, made(address, attacked)))
        except (KeyError, NoReverseMatch):
            continue
    return found


def client_of(role: str) -> Client:
    """A browser in which somebody with this role has logged in; nobody for anonymous."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(User.objects.get(username=WHO.get(role, role)))
    return client


def is_refused(answer: Any) -> bool:
    """Not let in: forbidden, not there, or sent to log in."""
    if answer.status_code in (401, 403, 404):
        return True
    to = answer.headers.get("HX-Redirect") or answer.headers.get("Location", "")
    return answer.status_code in (204, 302) and to.startswith("/login")
