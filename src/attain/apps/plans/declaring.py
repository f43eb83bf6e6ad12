"""What stands: the text of each plan that others see, and the datasets plans declare themselves."""

from __future__ import annotations

from functools import lru_cache

from attain.apps.plans.models import PlanVersion
from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import declared_schemas, load_plan


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


def declared() -> dict[str, DatasetSchema]:
    """What the standing text of every plan declares, so that files can be imported into it.

    A text with mistakes declares nothing.
    """
    found: dict[str, DatasetSchema] = {}
    for _, text in sorted(standing_texts().items()):
        # Most plans read declared datasets; looking for the word is much cheaper than reading.
        if "\nsources:" in text:
            found |= _of_text(text)
    return found


@lru_cache(maxsize=128)
def _of_text(text: str) -> dict[str, DatasetSchema]:
    try:
        return declared_schemas(load_plan(text))
    except AttainError:
        return {}
