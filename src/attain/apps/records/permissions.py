"""Who may open the addresses of records. Which records somebody sees there says `access.py`."""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, ANY, OWN, TEAM, Allow, Row, whole
from attain.apps.accounts.roles import Role

_WORK: Allow = {
    Role.representative: OWN,
    Role.manager: TEAM,
    Role.hr: ALL,
    Role.finance: ALL,
    Role.plan_admin: ALL,
}
"""Whoever keeps records. Finance and plan administrators find those that concern them."""
_READ: Allow = {**_WORK, Role.auditor: ALL}
_DECLARE: Allow = {Role.plan_admin: ANY, Role.hr: ANY}
_LOOK: Allow = {**_DECLARE, Role.auditor: ANY}


def _get(name: str, allow: Allow = _READ, subject: str = "kind", hidden: bool = True) -> Row:
    return Row(name, "GET", allow, subject=subject, hidden=hidden)


def _post(name: str, allow: Allow = _WORK, subject: str = "kind") -> Row:
    return Row(name, "POST", allow, writes=True, subject=subject, hidden=True)


_LISTS = [
    Row("records:home", "GET", _READ),
    Row("records:due", "GET", _READ),
    Row("records:missing", "GET", _READ),
    _get("records:list"),
    _get("records:charts"),
    _get("records:card", subject="number"),
    _post("records:bulk"),
    _post("records:filter-save", _READ),
    _post("records:filter-delete", _READ, "pk"),
    _get("records:import", _WORK),
    _post("records:import"),
    _get("records:template", _WORK),
    _get("records:import-check", _WORK, "token"),
    _post("records:import-check", subject="token"),
    _get("records:import-correct", _WORK, "token"),
]
_TYPES = whole(
    Row("records:types", "GET", _LOOK),
    Row("records:type-new", "GET", _DECLARE),
    Row("records:type-new", "POST", _DECLARE, writes=True),
    Row("records:type-check", "POST", _DECLARE),
    Row("records:type", "GET", _LOOK, subject="kind"),
    Row("records:type-text", "GET", _DECLARE, subject="kind"),
    Row("records:type-text", "POST", _DECLARE, writes=True, subject="kind"),
    Row("records:type-open", "POST", {Role.hr: ANY}, writes=True, subject="kind"),
    Row("records:type-switch", "POST", _DECLARE, writes=True, subject="kind"),
)
_PAGES = [
    _post("records:upload"),
    _post("records:comment-change", subject="number"),
    Row("records:quick-start", "GET", _WORK),
    Row("records:people", "GET", _READ),
    _get("records:of", subject="record"),
    _get("records:new", _WORK),
    _post("records:new"),
    Row("records:working", "POST", _WORK, subject="kind", hidden=True),
    _get("records:options", _WORK),
    _get("records:quick", _WORK),
    _post("records:quick"),
    _get("records:record", subject="number"),
    _get("records:edit", _WORK, "number"),
    _post("records:edit", subject="number"),
    _get("records:act", _WORK, "number"),
    _post("records:act", subject="number"),
    _post("records:comment", subject="number"),
    _post("records:attach", subject="number"),
    _post("records:reveal", _READ, "number"),
    _get("records:print", subject="number"),
    _get("records:counted", subject="number"),
]
_API = [
    Row("api-1:records-types", "GET", _READ),
    _get("api-1:records-type"),
    _get("api-1:records-list"),
    _post("api-1:records-list"),
    _get("api-1:records-record", subject="number"),
    Row("api-1:records-record", "PATCH", _WORK, writes=True, subject="number", hidden=True),
    _post("api-1:records-act", subject="number"),
    _get("api-1:records-comments", subject="number"),
    _post("api-1:records-comments", subject="number"),
]
ROWS = [*_LISTS, *_TYPES, *_PAGES, *_API]
