"""People whom a file names and the list of people lacks: they join as the file calls them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from attain import lake
from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.roles import Role
from attain.apps.people import services as people
from attain.core.errors import AttainError, problem
from attain.lake.errors import cells


def may_join(actor: Actor) -> bool:
    """Whether somebody may add to the list of people."""
    return actor.has(Role.hr)


def unknown(checked: lake.Checked) -> list[str]:
    """Whom the file names and nobody knows, each once, as the file writes them."""
    found = (one.values["value"] for one in checked.errors if one.code == cells.UNKNOWN_PERSON)
    return list(dict.fromkeys(str(value) for value in found))


@transaction.atomic
def let_join(checked: lake.Checked, *, actor: Actor, at: datetime) -> None:
    """Hire everybody whom the file names and nobody knows, from its first month on.

    :raises AttainError: NOT_ALLOWED, what hiring refuses.
    """
    if not may_join(actor):
        raise AttainError(problem(NOT_ALLOWED))
    spans = [start for start, _ in (*checked.covers, *checked.spoiled)]
    begins: date = min(spans, default=actor.today)
    for code in unknown(checked):
        people.hire(code=code, name=code, on=begins, actor=actor, at=at)
