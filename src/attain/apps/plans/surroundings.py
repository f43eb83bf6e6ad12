"""What plans are read among at this moment: datasets, calendars, and each other."""

from __future__ import annotations

from attain.apps.accounts.company import company
from attain.apps.data import selectors as data
from attain.apps.plans.checking import Surroundings
from attain.apps.plans.models import Plan, PlanVersion


def surroundings() -> Surroundings:
    """The surroundings as they are now."""
    standing = standing_texts()
    of_kind = {
        kind: {code: text for (code, other), text in standing.items() if other == kind}
        for kind in (Plan.PLAN, Plan.INDICATORS)
    }
    return Surroundings(
        schemas=data.schemas(),
        calendars=company().calendars,
        plans=of_kind[Plan.PLAN],
        indicators=of_kind[Plan.INDICATORS],
    )


def standing_texts() -> dict[tuple[str, str], str]:
    """For each plan, by code and kind, the text others see: the one in force, else the newest."""
    found: dict[tuple[str, str], str] = {}
    ranks: dict[str, tuple[bool, int]] = {}
    rows = PlanVersion.objects.exclude(state="retired").values_list(
        "plan__code", "plan__kind", "state", "number", "text"
    )
    for code, kind, state, number, text in rows:
        rank = (state == "in_force", number)
        if rank > ranks.get(code, (False, 0)):
            ranks[code] = rank
            found[(code, kind)] = text
    return found
