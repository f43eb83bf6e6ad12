"""Reading the organisation from the database, and keeping it as long as nobody changed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final
from uuid import UUID

from django.db import connection

from attain.apps.people.models import Assignment, Change, Person, Position, Unit, UnitVersion
from attain.apps.people.organisation import Organisation, steps

State = tuple[int, UUID] | None
"""The last change: what was read before it no longer holds."""

Called = tuple[str, str, str]
"""The name, the English name and the code."""

_lock: Final = Lock()
_kept: dict[tuple[str, str], tuple[State, Any]] = {}


def organisation() -> Organisation:
    """The organisation as it stands; read again only after a change."""
    found: Organisation = _as_it_stands("organisation", read_organisation)
    return found


def names() -> Mapping[str, Called]:
    """What every person, unit and position is called, by key; read again only after a change.

    For those who have checked whom they may show.
    """
    found: Mapping[str, Called] = _as_it_stands("names", _read_names)
    return found


def _as_it_stands(what: str, read: Callable[[], Any]) -> Any:
    """Something read from the organisation, kept as long as nobody changes that.

    Inside a transaction it is read but not kept: what is written there may still be rolled back.
    """
    state = Change.objects.order_by("-pk").values_list("pk", "token").first()
    place = (what, str(connection.settings_dict["NAME"]))
    kept = _kept.get(place)
    if kept is not None and kept[0] == state:
        return kept[1]
    found = read()
    if not connection.in_atomic_block:
        with _lock:
            _kept[place] = (state, found)
    return found


def _read_names() -> dict[str, Called]:
    found: dict[str, Called] = {}
    for model in (Person, Unit, Position):
        rows = model._default_manager.order_by().values_list("key", "name", "name_en", "code")
        found.update({key: (name, name_en, code) for key, name, name_en, code in rows})
    return found


def read_organisation() -> Organisation:
    """The organisation as the rows say now, of all times at once."""
    sitting = list(
        Assignment.objects.order_by().values_list(
            "person", "manager", "unit", "effective_from", "effective_until"
        )
    )
    units = list(
        UnitVersion.objects.order_by().values_list(
            "unit", "parent", "head", "effective_from", "effective_until"
        )
    )
    return Organisation(
        teams=steps((m, p, f, u) for p, m, _, f, u in sitting if m),
        superiors=steps((p, m, f, u) for p, m, _, f, u in sitting if m),
        members=steps((unit, p, f, u) for p, _, unit, f, u in sitting if unit),
        below=steps((parent, unit, f, u) for unit, parent, _, f, u in units if parent),
        above=steps((unit, parent, f, u) for unit, parent, _, f, u in units if parent),
        headed=steps((head, unit, f, u) for unit, _, head, f, u in units if head),
    )
