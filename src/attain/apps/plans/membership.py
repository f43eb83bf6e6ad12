"""Who could be on a plan, who is, and who is on none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from attain.apps.people.models import Person, PersonVersion, Position, Status, Unit
from attain.apps.people.reading import organisation
from attain.apps.plans import errors, selectors
from attain.apps.plans.models import Membership, Plan
from attain.core.errors import AttainError, problem
from attain.core.keys import clean_code

_BETWEEN = re.compile(r"[\s,;，；、]+")


def keys_of(text: str) -> list[str]:
    """The keys of codes as they are typed or pasted: E-1001, E-1002, a line each or not.

    A code may be a person's, a unit's or a position's; people come first.

    :raises AttainError: MEMBER_UNKNOWN, once per code nobody has.
    """
    codes = list(dict.fromkeys(clean_code(one) for one in _BETWEEN.split(text) if one.strip()))
    found: dict[str, str] = {}
    for model in (Position, Unit, Person):
        rows = model.objects.filter(code__in=codes).values_list("code", "key")
        found.update({clean_code(code): key for code, key in rows})
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise AttainError(problem(errors.MEMBER_UNKNOWN, code=code) for code in unknown)
    return [found[code] for code in codes]


def people_in(unit: str, day: date) -> list[str]:
    """The keys of all who sit in a unit, or below it, on a day."""
    return sorted(organisation().in_unit(unit, day, day + timedelta(days=1)))


def units() -> list[Unit]:
    """Every unit, by code, to choose from."""
    return list(Unit.objects.order_by("code"))


def on_no_plan(day: date) -> list[str]:
    """The keys, by code, of people at work on a day whom no plan names.

    Nobody while a plan in force is open to all.
    """
    in_force = set(selectors.in_force_on(day).values_list("plan", flat=True))
    if in_force & set(selectors.open_to_all(day)):
        return []
    named = set(
        selectors.members_on(day).filter(plan__in=in_force).values_list("subject", flat=True)
    )
    covered = named | _below(named, day)
    at_work = PersonVersion.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=day),
        effective_from__lte=day,
        status__in=(Status.active, Status.probation),
    )
    left = set(at_work.values_list("person", flat=True)) - covered
    by_code = Person.objects.order_by("code").values_list("pk", flat=True)
    return [one for one in by_code if one in left] if left else []


def _below(subjects: Iterable[str], day: date) -> set[str]:
    """The people of units that are named as a whole."""
    return {
        person for one in subjects if one.startswith("units-") for person in people_in(one, day)
    }


def overlapping_shares(plan: Plan, day: date) -> list[str]:
    """People whose shares over all plans come to more than the whole on a day."""
    totals: dict[str, Decimal] = {}
    for subject, share in selectors.members_on(day).values_list("subject", "share"):
        totals[subject] = totals.get(subject, Decimal(0)) + Decimal(share)
    own = set(plan.members.values_list("subject", flat=True))
    return sorted(subject for subject, total in totals.items() if total > 1 and subject in own)


def lasting(plan: Plan, today: date) -> QuerySet[Membership]:
    """Stretches that have not ended, whoever began first before."""
    return plan.members.filter(Q(effective_until=None) | Q(effective_until__gt=today)).order_by(
        "effective_from", "pk"
    )


def named(plan: Plan, language: str) -> QuerySet[Membership]:
    """Everybody on a plan with `name`, `code` and `kind`, found by the database."""

    def of_thing(field: str) -> list[Subquery]:
        kinds: tuple[type[Person | Unit | Position], ...] = (Person, Unit, Position)
        return [
            Subquery(kind.objects.filter(pk=OuterRef("subject")).values(field)[:1])
            for kind in kinds
        ]

    english = [NullIf(one, Value("")) for one in of_thing("name_en")] if language == "en" else []
    subject = F("subject")
    return plan.members.annotate(
        name=Coalesce(*english, *of_thing("name"), subject),
        code=Coalesce(*of_thing("code"), subject),
        kind=Case(
            *(
                When(subject__startswith=f"{kind}-", then=Value(kind))
                for kind in ("people", "units", "positions")
            ),
            default=Value(""),
        ),
    )
