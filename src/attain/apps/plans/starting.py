"""First steps: what a dataset holds, and a plan written for it from what somebody chose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.people.models import Person
from attain.apps.plans import errors, services
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.plans.services.members import Stretch
from attain.apps.plans.starters import Facts, Starter, Terms, write_plan
from attain.cli.runs.tables import read_groups
from attain.core.dates import parse_date
from attain.core.errors import AttainError, problem
from attain.core.numbers import parse_ratio
from attain.core.schemas import DatasetSchema

RATES: Final = 6
"""Bands the form offers."""
_QUOTE: Final = re.compile(r"['\"\\]")


@dataclass(frozen=True, slots=True)
class Held:
    """What a dataset holds, for somebody who is about to pay by it."""

    rows: int
    months: tuple[str, ...]
    people: tuple[str, ...]
    """The keys of people its rows name."""
    strangers: int
    """How many of them are not in the list of people."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything the form of the first steps says."""

    schema: DatasetSchema
    facts: Facts
    starter: Starter
    terms: Terms
    only_named: bool
    """Only those whom the data name take part."""


def held(schema: DatasetSchema, seller: str) -> Held:
    """Look into the current version of a dataset."""
    catalog = DatabaseCatalog()
    version = catalog.head(schema.dataset)
    if version is None:
        return Held(0, (), (), 0)
    groups = read_groups(catalog.part_paths(version), [seller], None)
    people = tuple(sorted(str(row[seller]) for row in groups if row[seller]))
    known = set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    months = tuple(sorted(part.month for part in version.parts if part.month))
    return Held(version.rows, months, people, len(set(people) - known))


def free_code(name: str) -> str:
    """A code no plan has: flat-commission, flat-commission-2."""
    taken = set(Plan.objects.filter(code__startswith=name).values_list("code", flat=True))
    numbers = (f"-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (name, *(f"{name}{one}" for one in numbers)) if code not in taken)


@transaction.atomic
def begin(*, choice: Choice, actor: Actor, at: datetime) -> PlanVersion:
    """Write the plan, make it a draft, and name who takes part.

    :raises AttainError: PLAN_CODE_TAKEN, what keeps the text from being read.
    """
    text = write_plan(choice.starter, choice.facts, choice.terms)
    version = services.create_plan(text=text, actor=actor, at=at)
    if choice.only_named:
        found = held(choice.schema, choice.facts.seller)
        begins = parse_date(f"{found.months[0]}-01") if found.months else actor.today
        known = Person.objects.filter(pk__in=found.people).values_list("pk", flat=True)
        stretches = [Stretch(key, begins) for key in sorted(known)]
        services.add_members(plan=version.plan, stretches=stretches, actor=actor, at=at)
    return version


def rates_of(given: Mapping[str, Any], starter: Starter) -> tuple[tuple[Decimal, Decimal], ...]:
    """The bands of the form, the lowest edge first.

    :raises AttainError: START_RATES if none is there, two begin alike, or one is no ratio.
    """
    found = []
    places = range(1) if starter.name == "flat" else range(RATES)
    for number in places:
        edge = str(given.get(f"{starter.name}.edge.{number}", "")).strip()
        rate = str(given.get(f"{starter.name}.rate.{number}", "")).strip()
        if rate or (edge and starter.name != "flat"):
            found.append((_ratio(edge or "0%"), _ratio(rate)))
    edges = [edge for edge, _ in found]
    if not found or len(set(edges)) < len(edges) or min(edges) < 0:
        raise AttainError(problem(errors.START_RATES))
    return tuple(sorted(found))


def _ratio(text: str) -> Decimal:
    """A ratio as it is typed; `3` of a form whose unit is % means 3 %.

    :raises AttainError: START_RATES.
    """
    written = text if text.endswith(("%", "％", "‰")) else f"{text}%"
    try:
        return parse_ratio(written).value
    except AttainError:
        raise AttainError(problem(errors.START_RATES)) from None


def where_of(column: str, text: str) -> tuple[str, str] | None:
    """A condition of the form; a text with quotation marks is refused.

    :raises AttainError: START_FILTER.
    """
    if not column or not text.strip():
        return None
    if _QUOTE.search(text):
        raise AttainError(problem(errors.START_FILTER, text=text))
    return column, text.strip()
