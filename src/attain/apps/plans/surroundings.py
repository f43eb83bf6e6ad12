"""What a plan's text is read among: datasets, calendars, indicator documents, other plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from attain.apps.data import selectors as data
from attain.apps.accounts.company import company
from attain.apps.plans.models import Plan, PlanVersion
from attain.core.digests import digest_of
from attain.core.errors import AttainError
from attain.core.periods import Calendars
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import load_plan
from attain.engine.plans.models.plan import PlanModel


@dataclass(frozen=True)
class Surroundings:
    """Everything but its own text that decides what a plan means."""

    schemas: Mapping[str, DatasetSchema]
    calendars: Calendars
    texts: Mapping[str, str]
    """The standing text of every other plan, by its code."""
    documents: Mapping[str, PlanModel]
    """Indicator documents by `name` and `name@version`."""

    @cached_property
    def digest(self) -> str:
        """The same for the same surroundings; texts of plans count by their hashes."""
        return digest_of(
            {
                "schemas": {name: one.model_dump_json() for name, one in self.schemas.items()},
                "calendars": sorted(repr(one) for one in self.calendars.values()),
                "default": self.calendars.default.name,
                "texts": {code: hash_of(text) for code, text in self.texts.items()},
                "documents": {name: one.model_dump_json() for name, one in self.documents.items()},
            }
        )


def hash_of(text: str) -> str:
    """The fingerprint of a text: what an approval signs."""
    return sha256(text.encode("utf-8")).hexdigest()


def surroundings() -> Surroundings:
    """The surroundings as they are now."""
    standing = standing_texts()
    documents = {code: text for (code, kind), text in standing.items() if kind == Plan.INDICATORS}
    plans = {code: text for (code, kind), text in standing.items() if kind == Plan.PLAN}
    return Surroundings(data.schemas(), company().calendars, plans, _documents(documents))


def standing_texts() -> dict[tuple[str, str], str]:
    """For each plan the text others see: the one in force, else the newest one."""
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


def _documents(texts: Mapping[str, str]) -> dict[str, PlanModel]:
    """Indicator documents that can be read; a broken one is a mistake of its own page."""
    found: dict[str, PlanModel] = {}
    for code, text in texts.items():
        try:
            document = load_plan(text, code)
        except AttainError:
            continue
        found[code] = document
        if document.version is not None:
            found[f"{code}@{document.version}"] = document
    return found
