"""Reading the organisation from the database, and keeping it as long as nobody changed it."""

from __future__ import annotations

from threading import Lock
from typing import Final
from uuid import UUID

from django.db import connection

from attain.apps.people.models import Assignment, Change, UnitVersion
from attain.apps.people.organisation import Organisation, steps

_lock: Final = Lock()
_kept: dict[str, tuple[tuple[int, UUID] | None, Organisation]] = {}


def organisation() -> Organisation:
    """The organisation as it stands; read again only after a change.

    Inside a transaction it is read but not kept: what is written there may still be rolled back.
    """
    state = Change.objects.order_by("-pk").values_list("pk", "token").first()
    database = str(connection.settings_dict["NAME"])
    kept = _kept.get(database)
    if kept is not None and kept[0] == state:
        return kept[1]
    found = read_organisation()
    if not connection.in_atomic_block:
        with _lock:
            _kept[database] = (state, found)
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
