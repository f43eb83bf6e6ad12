"""Taking a change back: what it wrote is history, what it superseded counts again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.people import errors
from attain.apps.people.models import (
    Assignment,
    Change,
    DatedRow,
    DatedRows,
    Edge,
    Person,
    PersonVersion,
    Position,
    PositionVersion,
    Unit,
    UnitVersion,
)
from attain.apps.people.services.changes import begin
from attain.apps.people.services.naming import rename
from attain.apps.people.services.timeline import copied, save
from attain.core.errors import AttainError, problem

DATED: Final[tuple[type[DatedRow], ...]] = (
    PersonVersion,
    UnitVersion,
    PositionVersion,
    Assignment,
    Edge,
)


@transaction.atomic
def undo(*, change: Change, actor: Actor, at: datetime, reason: str = "") -> Change:
    """Undo a change as long as no later one builds on it. Codes it brought stay taken.

    :raises AttainError: ALREADY_UNDONE, UNDO_TOO_LATE.
    """
    made = begin("undo", actor=actor, at=at, on=change.effective_on, reason=reason)
    if Change.objects.filter(undoes=change).exists():
        raise AttainError(problem(errors.ALREADY_UNDONE))
    later = sum(_written(model, change).exclude(superseded=None).count() for model in DATED)
    later += _users(change)
    if later:
        raise AttainError(problem(errors.UNDO_TOO_LATE, count=later))
    for model in DATED:
        gone = [row for row in model.every.filter(superseded=change) if row.change_id != change.pk]
        _written(model, change).filter(superseded=None).update(superseded=made)
        save(copied(row, made) for row in gone)
    Change.objects.filter(pk=made.pk).update(undoes=change)
    _keep_names(made)
    audit.record(
        actor=actor,
        action="people.undo",
        object=("change", change.pk, str(change)),
        after={"change": made.pk},
        cause=reason,
        at=at,
    )
    return made


def _written(model: type[DatedRow], change: Change) -> DatedRows:
    return model.every.filter(change=change)


def _users(change: Change) -> int:
    """Rows of later changes that refer to what only this change brought."""
    count = 0
    for model, versions, field in _THINGS:
        mine = versions.every.filter(change=change).values(field)
        older = versions.every.filter(**{f"{field}__in": mine}, change__lt=change).values(field)
        new = model.objects.filter(pk__in=mine).exclude(pk__in=older).values("pk")
        for user, name in _REFERENCES[model]:
            rows = user.objects.filter(**{f"{name}__in": new})
            count += rows.exclude(change=change).count()
    return count


def _keep_names(made: Change) -> None:
    """The latest names are again those of the rows that count."""
    for model, versions, field in _THINGS:
        touched = versions.every.filter(Q(change=made) | Q(superseded=made)).values(field)
        for thing in model.objects.filter(pk__in=touched):
            latest = versions.objects.filter(**{field: thing}).order_by("effective_from").last()
            if latest is not None:
                rename(thing, *_name(latest))


def _name(row: DatedRow) -> tuple[str, str]:
    if isinstance(row, PositionVersion):
        return row.title, row.title_en
    assert isinstance(row, PersonVersion | UnitVersion)
    return row.name, row.name_en


_THINGS: Final = (
    (Person, PersonVersion, "person"),
    (Unit, UnitVersion, "unit"),
    (Position, PositionVersion, "position"),
)
_REFERENCES: Final[dict[type, tuple[tuple[type[DatedRow], str], ...]]] = {
    Person: ((Assignment, "person"), (Assignment, "manager"), (UnitVersion, "head")),
    Unit: ((Assignment, "unit"), (UnitVersion, "parent"), (PositionVersion, "unit")),
    Position: ((Assignment, "position"),),
}
