"""Who may open which address of this app."""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, OWN, SIGNED_IN, TEAM, Row
from attain.apps.accounts.roles import Role

ROWS = [
    Row("insights:desk", "GET", SIGNED_IN),
    Row(
        "insights:attainment",
        "GET",
        {
            Role.representative: OWN,
            Role.manager: TEAM,
            Role.hr: ALL,
            Role.finance: ALL,
            Role.plan_admin: ALL,
            Role.auditor: ALL,
        },
    ),
]
