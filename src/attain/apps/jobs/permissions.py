"""Who may call the addresses of jobs. Which jobs somebody sees: `selectors.jobs`."""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, SIGNED_IN, Row
from attain.apps.accounts.roles import Role

ROWS = [
    Row("jobs:list", "GET", {Role.system_admin: ALL}),
    Row("jobs:detail", "GET", SIGNED_IN, subject="job"),
    Row("jobs:progress", "GET", SIGNED_IN, subject="job"),
    Row("jobs:cancel", "POST", SIGNED_IN, writes=True, subject="job"),
    Row("jobs:retry", "POST", {Role.system_admin: ALL}, writes=True, subject="job"),
]
