"""Who may call the addresses of runs.

Whose rows somebody sees inside is decided by the scopes of people: results and pay. Sums of pay
are for finance and audit only; planners see what their trials change, without anybody's pay.
"""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, OWN, TEAM, Allow, Row, whole
from attain.apps.accounts.roles import Role

_READ: Allow = {Role.finance: ALL, Role.auditor: ALL, Role.hr: ALL, Role.plan_admin: ALL}
_START: Allow = {Role.finance: ALL, Role.plan_admin: ALL}
_PAY: Allow = {Role.finance: ALL}
_CHECK: Allow = {Role.finance: ALL, Role.auditor: ALL, Role.hr: ALL}
_ASK: Allow = {**_READ, Role.manager: TEAM, Role.representative: OWN}

ROWS: list[Row] = [
    Row("runs:why", "GET", _ASK, subject="run"),
    # A run is of everybody, and so are its sums.
    *whole(
        Row("runs:home", "GET", _READ),
        Row("runs:new", "GET", _START),
        Row("runs:new", "POST", _START, writes=True),
        Row("runs:compare", "GET", _READ),
        Row("runs:run", "GET", _READ, subject="run"),
        Row("runs:state", "GET", _READ, subject="run"),
        Row("runs:cancel", "POST", _START, writes=True, subject="run"),
        Row("runs:again", "POST", _START, writes=True, subject="run"),
        Row("runs:prepare", "POST", _PAY, writes=True, subject="run"),
        Row("runs:waive", "POST", _PAY, writes=True, subject="run"),
        Row("runs:publication", "GET", _CHECK, subject="pk"),
        Row("runs:loading", "GET", _CHECK, subject="pk"),
        Row("runs:step", "POST", _PAY, writes=True, subject="pk"),
        Row("runs:schedules", "GET", _READ),
        Row("runs:schedule", "GET", _READ, subject="pk"),
        Row("runs:schedule-new", "GET", _PAY),
        Row("runs:schedule-new", "POST", _PAY, writes=True),
        Row("runs:schedule-change", "GET", _PAY, subject="pk"),
        Row("runs:schedule-change", "POST", _PAY, writes=True, subject="pk"),
        Row("runs:schedule-step", "POST", _PAY, writes=True, subject="pk"),
        Row("api-1:runs-schedules", "GET", _READ),
        Row("api-1:runs-schedules", "POST", _PAY, writes=True),
        Row("api-1:runs-schedule-step", "POST", _PAY, writes=True, subject="pk"),
        Row("api-1:runs-list", "GET", _READ),
        Row("api-1:runs-list", "POST", _START, writes=True),
        Row("api-1:runs-run", "GET", _READ, subject="pk"),
        Row("api-1:runs-cancel", "POST", _START, writes=True, subject="pk"),
        Row("api-1:runs-results", "GET", _READ, subject="pk"),
        Row("api-1:runs-compare", "GET", _READ, subject="pk"),
        Row("api-1:runs-prepare", "POST", _PAY, writes=True, subject="pk"),
        Row("api-1:runs-publication", "GET", _CHECK, subject="pk"),
        Row("api-1:runs-step", "POST", _PAY, writes=True, subject="pk"),
    ),
]
