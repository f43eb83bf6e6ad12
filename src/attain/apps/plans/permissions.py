"""Who may call the addresses of plans.

Representatives and managers read the booklets of plans in force that they, or people of theirs,
are on; whoever has to do with plans by office reads everything; HR and plan administrators write.
"""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, OWN, TEAM, Allow, Row
from attain.apps.accounts.roles import Role

_WRITE: Allow = {Role.plan_admin: ALL, Role.hr: ALL}
_REVIEW: Allow = {**_WRITE, Role.finance: ALL}
_READ: Allow = {**_REVIEW, Role.auditor: ALL}
_CONCERNED: Allow = {**_READ, Role.representative: OWN, Role.manager: TEAM}

ROWS = [
    Row("plans:list", "GET", _CONCERNED),
    Row("plans:plan", "GET", _CONCERNED, subject="code"),
    Row("plans:booklet", "GET", _CONCERNED, subject="code"),
    Row("plans:new", "GET", _WRITE, whole=True),
    Row("plans:new", "POST", _WRITE, writes=True, whole=True),
    Row("plans:check-new", "POST", _WRITE, whole=True),
    Row("plans:start", "GET", _WRITE, whole=True),
    Row("plans:start", "POST", _WRITE, writes=True, whole=True),
    Row("plans:newcomers", "POST", {Role.hr: ALL}, writes=True, whole=True),
    Row("plans:ready", "GET", _WRITE, subject="code", whole=True),
    Row("plans:packs", "GET", _READ),
    Row("plans:pack", "GET", _READ, subject="name"),
    Row("plans:pack-tried", "GET", _READ, subject="name"),
    Row("plans:pack-tried", "POST", _READ, subject="name"),
    Row("plans:pack-install", "POST", _WRITE, writes=True, subject="name", whole=True),
    Row("plans:pack-upgrade", "POST", _WRITE, writes=True, subject="name", whole=True),
    Row("plans:pack-samples", "POST", _WRITE, writes=True, subject="name", whole=True),
    Row("plans:text", "GET", _READ, subject="code"),
    Row("plans:text", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:check", "POST", _READ, subject="code"),
    Row("plans:draft", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:download", "GET", _READ, subject="code"),
    Row("plans:examples", "GET", _READ, subject="code"),
    Row("plans:examples", "POST", _READ, subject="code"),
    Row("plans:example-why", "GET", _READ, subject="code"),
    Row("plans:versions", "GET", _READ, subject="code"),
    Row("plans:members", "GET", _READ, subject="code"),
    Row("plans:members-workbook", "GET", _READ, subject="code"),
    Row("plans:members-import", "GET", _WRITE, subject="code", whole=True),
    Row("plans:members-import", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:members-check", "GET", _WRITE, subject="code", whole=True),
    Row("plans:members-check", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:members-undo", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:member-change", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:settings", "GET", _WRITE, subject="code", whole=True),
    Row("plans:settings", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("plans:approval", "GET", _READ, subject="code"),
    Row("plans:approval", "POST", _READ, subject="code"),
    Row("plans:act", "POST", _REVIEW, writes=True, subject="code", whole=True),
    Row("api-1:plans", "GET", _CONCERNED),
    Row("api-1:plans", "POST", _WRITE, writes=True, whole=True),
    Row("api-1:plans-check", "POST", _WRITE, whole=True),
    Row("api-1:plans-version", "GET", _READ, subject="code"),
    Row("api-1:plans-version", "PUT", _WRITE, writes=True, subject="code", whole=True),
    Row("api-1:plans-versions", "POST", _WRITE, writes=True, subject="code", whole=True),
    Row("api-1:plans-examples", "POST", _READ, subject="code"),
    Row("api-1:plans-step", "POST", _REVIEW, writes=True, subject="code", whole=True),
]
