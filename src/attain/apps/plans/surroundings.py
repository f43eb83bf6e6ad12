"""What plans are read among at this moment: datasets, calendars, and each other."""

from __future__ import annotations

from attain.apps.accounts.company import company
from attain.apps.data import selectors as data
from attain.apps.data.models import DatasetDeclaration
from attain.apps.plans.checking import Surroundings
from attain.apps.plans.declaring import declared, standing_texts
from attain.apps.plans.models import Plan
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS


def surroundings() -> Surroundings:
    """The surroundings as they are now."""
    standing = standing_texts()
    of_kind = {
        kind: {code: text for (code, other), text in standing.items() if other == kind}
        for kind in (Plan.PLAN, Plan.INDICATORS)
    }
    return Surroundings(
        schemas=_schemas(),
        calendars=company().calendars,
        plans=of_kind[Plan.PLAN],
        indicators=of_kind[Plan.INDICATORS],
    )


def _schemas() -> dict[str, DatasetSchema]:
    """The datasets of the company and of the system.

    Those that plans declare themselves are left out: a plan reads its own declaration, and a
    draft that changes it must not meet the one of the version before.
    """
    known = data.schemas()
    own = declared().keys() - SYSTEM_DATASETS.keys()
    company_wide = DatasetDeclaration.objects.filter(replaced_at__isnull=True, name__in=own)
    hidden = own - set(company_wide.values_list("name", flat=True))
    return {name: one for name, one in known.items() if name not in hidden}
