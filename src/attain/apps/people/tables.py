"""The lists of the organisation, as of a day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import (
    Assignment,
    Change,
    Edge,
    Person,
    PersonVersion,
    PositionVersion,
    Responsibility,
    Status,
)
from attain.apps.people.scopes import scope
from attain.ui import formats
from attain.ui.tables import Column, OrmTable

_TONES = {"active": "neutral", "probation": "accent", "on_leave": "accent", "left": "outline"}
STATUSES = [(value, label, _TONES.get(value, "neutral")) for value, label in Status.choices]


def people_table(day: date) -> OrmTable:
    """Everybody the reader may see on a day, with their place on it."""
    return OrmTable(
        name="people",
        label=pgettext_lazy("list", "People"),
        all_columns=_people_columns(day),
        queryset=partial(_people, day),
        default_sort=("person__code",),
        search=("person__search",),
    )


def _people(day: date, actor: Actor) -> QuerySet:
    place = (
        Assignment.objects.on(day)
        .filter(person=OuterRef("person"))
        .order_by("-share", "effective_from", "pk")
    )
    rows = PersonVersion.objects.on(day).select_related("person")
    rows = rows.annotate(
        unit_key=Subquery(place.values("unit")[:1]),
        unit_name=_named(place, "unit"),
        position_name=_named(place, "position"),
        manager_name=_named(place, "manager"),
    )
    return scope(actor, "people", day).restrict(rows)


def _named(place: QuerySet, thing: str) -> Subquery:
    """The name of what a place refers to, in the reader's language."""
    if formats.is_chinese():
        return Subquery(place.values(f"{thing}__name")[:1], output_field=CharField())
    return Subquery(
        place.annotate(said=Coalesce(_or_none(f"{thing}__name_en"), f"{thing}__name")).values(
            "said"
        )[:1],
        output_field=CharField(),
    )


def _or_none(path: str) -> Any:
    from django.db.models import Value
    from django.db.models.functions import NullIf

    return NullIf(F(path), Value(""))


def _people_columns(day: date) -> tuple[Column, ...]:
    query = f"?on={day.isoformat()}"
    return (
        Column(
            "name",
            pgettext_lazy("person", "Name"),
            "text",
            value=lambda row: row.name if formats.is_chinese() else row.name_en or row.name,
            source="name",
            url=lambda row: reverse("people:person", args=[row.person_id]) + query,
            searchable=True,
            primary=True,
        ),
        Column("code", _("Staff number"), "code", source="person__code", searchable=True),
        Column("status", pgettext_lazy("employment", "Status"), "status", choices=STATUSES),
        Column("unit", pgettext_lazy("organisation", "Unit"), source="unit_name"),
        Column("position", _("Position"), source="position_name"),
        Column("manager", _("Manager"), source="manager_name"),
        Column("hired", _("Hired on"), "date", source="hired_on"),
        Column("left", _("Left on"), "date", source="left_on", hidden=True),
        Column("name_en", _("English name"), searchable=True, hidden=True),
    )


def positions_table(day: date) -> OrmTable:
    """All seats on a day, with who holds them."""
    return OrmTable(
        name="positions",
        label=pgettext_lazy("list", "Positions"),
        all_columns=(
            Column(
                "title",
                pgettext_lazy("position", "Title"),
                value=lambda row: row.title if formats.is_chinese() else row.title_en or row.title,
                source="title",
                url=lambda row: reverse("people:position", args=[row.position_id]),
                searchable=True,
                primary=True,
            ),
            Column(
                "code",
                pgettext_lazy("position", "Code"),
                "code",
                source="position__code",
                searchable=True,
            ),
            Column("unit", pgettext_lazy("organisation", "Unit"), source="unit__name"),
            Column(
                "holder",
                _("Held by"),
                source="holder_name",
                missing=lambda row: pgettext_lazy("position", "Vacant"),
            ),
        ),
        queryset=partial(_positions, day),
        default_sort=("position__code",),
        search=("position__search",),
    )


def _positions(day: date, actor: Actor) -> QuerySet:
    holder = Assignment.objects.on(day).filter(position=OuterRef("position")).order_by("pk")
    return (
        PositionVersion.objects.on(day)
        .select_related("position", "unit")
        .annotate(holder_name=Subquery(holder.values("person__name")[:1], output_field=CharField()))
    )


def edges_table(day: date) -> OrmTable:
    """The steps of all further hierarchies on a day."""
    below = Person.objects.filter(pk=OuterRef("child"))
    above = Person.objects.filter(pk=OuterRef("parent"))

    def rows(actor: Actor) -> QuerySet:
        return Edge.objects.on(day).annotate(
            child_name=Coalesce(
                Subquery(below.values("name")[:1]), F("child"), output_field=CharField()
            ),
            parent_name=Coalesce(
                Subquery(above.values("name")[:1]), F("parent"), output_field=CharField()
            ),
        )

    return OrmTable(
        name="edges",
        label=pgettext_lazy("list", "Hierarchies"),
        all_columns=(
            Column("child", pgettext_lazy("hierarchy", "Below"), source="child_name", primary=True),
            Column("parent", pgettext_lazy("hierarchy", "Above"), source="parent_name"),
            Column("hierarchy", pgettext_lazy("organisation", "Hierarchy")),
            Column("from", pgettext_lazy("organisation", "From"), "date", source="effective_from"),
            Column(
                "end",
                pgettext_lazy("hierarchy", "End"),
                "link",
                value=lambda row: pgettext_lazy("hierarchy", "End it"),
                url=lambda row: reverse("people:edge-end", args=[row.pk]),
                sortable=False,
                filterable=False,
                allowed=lambda actor: _may_write(actor),
            ),
        ),
        queryset=rows,
        default_sort=("hierarchy", "child_name"),
    )


def _may_write(actor: Actor) -> bool:
    from attain.apps.accounts.permissions import may

    return may(actor, "people:edge-end", "POST")


CHANGE_KINDS = [
    ("hire", _("Joined")),
    ("rehire", _("Came back")),
    ("change", _("Details changed")),
    ("leave", _("Left")),
    ("assign", _("Place added")),
    ("move", _("Moved")),
    ("end_assignment", _("Place given up")),
    ("found_unit", _("Unit created")),
    ("change_unit", _("Unit changed")),
    ("close_unit", _("Unit closed")),
    ("found_position", _("Position created")),
    ("change_position", _("Position changed")),
    ("close_position", _("Position closed")),
    ("set_edge", _("Hierarchy set")),
    ("end_edge", _("Hierarchy ended")),
    ("import", _("Imported")),
    ("undo", _("Undone")),
]


def changes_table() -> OrmTable:
    """All that was ever changed, the latest first."""
    return OrmTable(
        name="organisation-changes",
        label=pgettext_lazy("list", "Changes"),
        all_columns=(
            Column(
                "kind",
                _("What"),
                "choice",
                choices=CHANGE_KINDS,
                url=lambda row: reverse("people:change-page", args=[row.pk]),
                primary=True,
            ),
            Column("at", _("When"), "datetime"),
            Column("by", _("Who"), "person", source="by_name"),
            Column("effective", _("Effective on"), "date", source="effective_on"),
            Column("reason", pgettext_lazy("organisation", "Reason"), searchable=True),
        ),
        queryset=lambda actor: Change.objects.all(),
        default_sort=("-at", "-pk"),
    )


__all__ = [
    "CHANGE_KINDS",
    "Responsibility",
    "changes_table",
    "edges_table",
    "people_table",
    "positions_table",
]
