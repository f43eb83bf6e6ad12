"""What a search finds among people and units, within the reader's rights."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.people.models import Assignment, Person, Unit
from attain.apps.people.scopes import scope
from attain.apps.people.telling import own_name
from attain.ui.search import Hit


def find_people(actor: Actor, text: str, limit: int) -> list[Hit]:
    """People by any part of their names, by code, English name or its initials."""
    seen = scope(actor, "people", actor.today)
    found = list(_ranked(seen.restrict(_matching(Person.objects.all(), text), "pk"), text)[:limit])
    rows = Assignment.objects.on(actor.today).filter(person__in=found).select_related("unit")
    units = {row.person_id: own_name(row.unit) for row in rows if row.unit}
    return [
        Hit(
            title=own_name(one),
            subtitle=" · ".join(part for part in (one.code, units.get(one.pk, "")) if part),
            url=reverse("people:person", args=[one.pk]),
            kind="user",
        )
        for one in found
    ]


def find_units(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Units by name or code, for those who may look at units."""
    if not may(actor, "people:unit"):
        return []
    found = _ranked(_matching(Unit.objects.all(), text), text)[:limit]
    return [
        Hit(own_name(one), one.code, reverse("people:unit", args=[one.pk]), "building")
        for one in found
    ]


def _matching(rows: QuerySet, text: str) -> QuerySet:
    """Each word must occur somewhere; what is written without blanks is found as well."""
    condition = Q()
    for word in text.lower().split()[:5]:
        condition &= Q(search__contains=word)
    return rows.filter(condition)


def _ranked(rows: QuerySet, text: str) -> QuerySet:
    """An exact code or name first, then what begins so, then the rest."""
    exact = Q(code__iexact=text) | Q(name=text) | Q(name_en__iexact=text)
    begins = Q(code__istartswith=text) | Q(name__startswith=text) | Q(name_en__istartswith=text)
    rank = Case(
        When(exact, then=Value(0)),
        When(begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "code")
