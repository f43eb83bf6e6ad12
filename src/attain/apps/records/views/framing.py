"""What stands around every look at the records of a kind: groups, tabs, looks, saved filters."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import pgettext

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.people import focus
from attain.apps.people.selectors import EVERYONE, Scope
from attain.apps.records import access, narrowing, selectors
from attain.apps.records.columns import OVERDUE
from attain.apps.records.kinds import kind_named, row_named
from attain.apps.records.models import SavedFilter
from attain.apps.records.tables import ME, RecordTable
from attain.apps.records.tabs import concerned, groups, tabs
from attain.kinds.records import Kind
from attain.ui import formats
from attain.ui.tables import Query

KEPT: Final = ("view", "on", "span")
"""Words of the address that belong to the look, not to the question."""
LOOKS: Final = ("list", "board", "calendar")
SHARERS: Final = (Role.manager, Role.hr, Role.finance, Role.plan_admin)


def kind_or_404(request: Request, name: str) -> Kind:
    """A kind the reader has to do with.

    :raises Http404: no such kind, or none of the reader's.
    """
    kind = kind_named(name)
    row = row_named(name)
    if row not in concerned(request.actor) and (
        row.is_active or not selectors.visible(request.actor, name).exists()
    ):
        raise Http404(name)
    return kind


def look_of(request: Request) -> str:
    """
    :raises Http404: a look there is not.
    """
    look = request.GET.get("view", "list")
    if look not in LOOKS:
        raise Http404
    return look


def within_of(request: Request) -> Scope:
    """Whose records are shown: those of the unit chosen, as it stands today."""
    actor = request.actor
    unit = focus.unit_of(request, actor, actor.today)
    return focus.members(unit, actor.today) if unit else EVERYONE


def frame(request: Request, kind: Kind, query: Query, within: Scope = EVERYONE) -> dict[str, Any]:
    """The context of a page with the records of one kind; `within` as the list has it."""
    actor = request.actor
    shelf = groups(concerned(actor), formats.language())
    group = next((one for one in shelf if one.has(kind.name)), None)
    here = reverse("records:list", args=[kind.name])
    unit = "" if within.everyone else focus.unit_of(request, actor, actor.today)
    return {
        "pickers": focus.pickers(request, units_on=actor.today, unit=unit),
        "kind": kind,
        "name": kind.name,
        "one": kind.label.get(formats.language()),
        "several": kind.type.plural_label.get(formats.language()),
        "groups": [
            {
                "label": one.label or pgettext("group of records", "Others"),
                "url": reverse("records:list", args=[one.types[0].name]),
                "current": one is group,
            }
            for one in shelf
        ],
        "tabs": tabs(actor, group, kind.name, within) if group else [],
        "looks": _looks(request, kind, query, here),
        "quick": _quick(request, kind, here, within),
        "saved": saved(request, kind),
        "may_share": actor.has(*SHARERS),
        "question": query.address(),
        "may_create": row_named(kind.name).is_active and access.may_create(actor, kind),
        "may_import": may(actor, "records:import") and access.may_create(actor, kind),
        "may_declare": may(actor, "records:types"),
    }


def _looks(request: Request, kind: Kind, query: Query, here: str) -> list[dict[str, Any]]:
    labels = {
        "list": pgettext("look at records", "List"),
        "board": pgettext("look at records", "Board"),
        "calendar": pgettext("look at records", "Calendar"),
    }
    offered = [look for look in LOOKS if look != "board" or len(kind.cycle.states) > 1]
    current = look_of(request)
    return [
        {
            "label": labels[look],
            "url": here + query.address(kept=(("view", look),) if look != "list" else (), page=1),
            "current": look == current,
        }
        for look in offered
    ]


def _quick(request: Request, kind: Kind, here: str, within: Scope) -> list[dict[str, Any]]:
    """Conditions that everybody asks for again and again, one press each."""
    actor = request.actor
    look = look_of(request)
    view = f"&view={look}" if look != "list" else ""
    table = RecordTable(kind, actor, within=within)
    late = narrowing.count(table.overdue())
    found = []
    if late:
        found.append(
            {
                "label": pgettext("records", "Overdue"),
                "count": late,
                "url": f"{here}?deadline.eq={OVERDUE}{view}",
                "current": request.GET.get("deadline.eq") == OVERDUE,
                "late": True,
            }
        )
    if actor.person:
        found.append(
            {
                "label": pgettext("records", "Mine"),
                "count": None,
                "url": f"{here}?owner.eq={ME}{view}",
                "current": request.GET.get("owner.eq") == ME,
                "late": False,
            }
        )
    return found


def saved(request: Request, kind: Kind) -> list[dict[str, Any]]:
    """The reader's own saved filters, and those that others share."""
    here = reverse("records:list", args=[kind.name])
    user = request.actor.user_id
    rows = SavedFilter.objects.filter(type__name=kind.name).select_related("user")
    return [
        {
            "pk": row.pk,
            "name": row.name,
            "url": here + row.query,
            "own": row.user_id == user,
            "shared": row.shared,
            "by": "" if row.user_id == user else row.user.name,
        }
        for row in rows
        if row.shared or row.user_id == user
    ]
