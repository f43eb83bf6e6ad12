"""Who is on which plan, as the rows that a run reads."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attain.apps.plans.models import Membership


def plan_members() -> Iterator[dict[str, Any]]:
    """Every membership ever, dated: the rows of the system dataset `plan_members`."""
    for one in Membership.objects.select_related("plan").order_by("id").iterator():
        yield {
            "plan": one.plan.code,
            "subject": one.subject,
            "share": Decimal(one.share),
            "effective_from": one.effective_from,
            "effective_until": one.effective_until,
        }
