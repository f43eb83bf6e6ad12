"""People whom data name and the list of people lacks: they join as the file calls them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.people import services as people
from attain.apps.people.models import Person
from attain.apps.plans.starting import held
from attain.cli.runs.tables import read_rows
from attain.core.dates import parse_date
from attain.core.schemas import DatasetSchema
from attain.lake.current import ALIASES, PEOPLE


@transaction.atomic
def add(schema: DatasetSchema, seller: str, *, actor: Actor, at: datetime) -> int:
    """Hire everybody whom a column names and nobody knows, from the first month of the data.

    Their code and their name are what the file calls them; HR gives them a place later.

    :raises AttainError: what hiring refuses.
    """
    found = held(schema, seller)
    begins = parse_date(f"{found.months[0]}-01") if found.months else actor.today
    codes = _codes(set(found.people) - _known(found.people))
    for code in codes:
        people.hire(code=code, name=code, on=begins, actor=actor, at=at)
    return len(codes)


def _known(keys: tuple[str, ...]) -> set[str]:
    return set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _codes(keys: set[str]) -> list[str]:
    """What files call them: keys hold no text, the list of codes does."""
    catalog = DatabaseCatalog()
    head = catalog.head(ALIASES)
    rows = read_rows(catalog.part_paths(head), {"kind": PEOPLE}) if head else []
    codes: dict[str, str] = {}
    for row in rows:
        if row["key"] in keys:
            codes.setdefault(str(row["key"]), str(row["code"]))
    return sorted(codes.values())
