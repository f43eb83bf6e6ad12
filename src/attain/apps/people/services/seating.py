"""Who sits where, for which share, and under whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.people import errors
from attain.apps.people.models import Assignment, Change, Person, Position, Unit
from attain.apps.people.services import checks
from attain.apps.people.services.changes import begin, check_version, finish
from attain.apps.people.services.spreading import spread
from attain.apps.people.services.timeline import check_interval, close, save
from attain.core.errors import AttainError, problem
from attain.lake.errors import rows as said_by_lake

_SPOKEN: Final = ("unit_id", "position_id", "manager_id", "share")


@transaction.atomic
def assign(
    *,
    person: Person,
    on: date,
    actor: Actor,
    at: datetime,
    until: date | None = None,
    unit: Unit | None = None,
    position: Position | None = None,
    manager: Person | None = None,
    share: str = "1",
    reason: str = "",
    version: int | None = None,
) -> Assignment:
    """Somebody takes one more place, beside those they have.

    Without a unit, that of the position counts.

    :raises AttainError: INTERVAL_INVALID, PLACE_MISSING, BEFORE_HIRE, AFTER_LEAVE, THING_ABSENT,
        HIERARCHY_SELF, HIERARCHY_CYCLE, HIERARCHY_TOO_DEEP, INTERVAL_OVERLAP, SHARES_OVER_WHOLE,
        SHARE_INVALID, ORGANISATION_STALE.
    """
    change = begin("assign", actor=actor, at=at, on=on, reason=reason)
    check_version(person, version)
    made = place(change, person, on, until, unit, position, manager, share)
    finish(change, person, actor=actor, after=said(made))
    return made


def place(
    change: Change,
    person: Person,
    on: date,
    until: date | None,
    unit: Unit | None,
    position: Position | None,
    manager: Person | None,
    share: str,
) -> Assignment:
    """Write an assignment as part of a change; raises as `assign`."""
    check_interval(on, until)
    made = Assignment(
        person=person,
        effective_from=on,
        effective_until=until,
        unit=unit or unit_of(position, on),
        position=position,
        manager=manager,
        share=checks.exact_share(share),
        change=change,
    )
    save([made])
    check_seat(made)
    check_person(person)
    return made


def unit_of(position: Position | None, on: date) -> Unit | None:
    """The unit a position belongs to on a day."""
    version = position.versions.on(on).first() if position is not None else None
    return version.unit if version is not None else None


@transaction.atomic
def move(
    *,
    person: Person,
    on: date,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    until: date | None = None,
    assignment: Assignment | None = None,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """Somebody has another unit, position, manager or share from a day on.

    `values` holds what changes: unit, position, manager, share. A position without a unit brings
    its own. With an end they return to where they were. Who has several assignments says which.

    :raises AttainError: ASSIGNMENT_UNCLEAR, NOTHING_CHANGES, and what `assign` refuses.
    """
    made = begin("move", actor=actor, at=at, on=on, reason=reason)
    check_version(person, version)
    before = assignment or _only_one(person, on)
    wanted = dict(values)
    if wanted.get("position") is not None and wanted.get("unit") is None:
        wanted["unit"] = unit_of(wanted["position"], on) or before.unit
    if "share" in wanted:
        wanted["share"] = checks.exact_share(wanted["share"])
    seat = [row for row in person.assignments.all() if _seat(row) == _seat(before)]
    written = spread(_chain(seat, before), made, on, until, before, wanted)
    for row in written:
        check_seat(row)
    check_person(person)
    return finish(made, person, actor=actor, before=said(before), after=_shown(wanted))


def _only_one(person: Person, on: date) -> Assignment:
    found = list(person.assignments.on(on))
    if len(found) != 1:
        raise AttainError(
            problem(errors.ASSIGNMENT_UNCLEAR, person=str(person), day=on, count=len(found))
        )
    return found[0]


def _seat(row: Assignment) -> tuple[str | None, str | None]:
    return row.position_id, row.unit_id


def _chain(seat: list[Assignment], before: Assignment) -> list[Assignment]:
    """The row and those of the same seat that follow it without a gap."""
    found = [before]
    for row in sorted(seat, key=lambda row: row.effective_from):
        if row.effective_from == found[-1].effective_until:
            found.append(row)
    return found


@transaction.atomic
def end_assignment(
    *,
    assignment: Assignment,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """Somebody gives up one of their places on a day.

    :raises AttainError: INTERVAL_INVALID if it had ended before, ORGANISATION_STALE.
    """
    person = assignment.person
    made = begin("end_assignment", actor=actor, at=at, on=on, reason=reason)
    check_version(person, version)
    if assignment.effective_until is not None:
        check_interval(on, assignment.effective_until)
    close([assignment], made, on)
    return finish(made, person, actor=actor, before=said(assignment), after={"until": on})


def check_seat(row: Assignment) -> None:
    """Refuse a place that does not exist, or a manager who is not there, for all of its days."""
    start, until = row.interval
    if row.unit is None and row.position is None:
        raise AttainError(problem(errors.PLACE_MISSING))
    if row.manager_id == row.person_id:
        raise AttainError(problem(said_by_lake.HIERARCHY_SELF, value=str(row.person)))
    checks.check_employed(row.person, start, until)
    for thing in (row.unit, row.position):
        if thing is not None:
            checks.check_there(thing, start, until)
    if row.manager is not None:
        checks.check_employed(row.manager, start, until)


def check_person(person: Person) -> None:
    """Refuse circles of managers, one seat held twice at once, and more than a whole."""
    checks.check_tree(person.pk, checks.managers_of)
    checks.check_shares(person)
    seats: dict[tuple[str | None, str | None], list[Assignment]] = {}
    for row in person.assignments.select_related("position", "unit"):
        seats.setdefault(_seat(row), []).append(row)
    for rows in seats.values():
        checks.check_no_overlap(rows, f"{person} {rows[0].position or rows[0].unit or ''}".strip())


def said(row: Assignment) -> dict[str, Any]:
    """An assignment as the trail keeps it."""
    return {name.removesuffix("_id"): getattr(row, name) for name in _SPOKEN} | {
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
    }


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in values.items()}
