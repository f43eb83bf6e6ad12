"""People come, change and leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.people import errors
from attain.apps.people.models import (
    Assignment,
    Change,
    Person,
    PersonVersion,
    Position,
    Status,
    Unit,
    UnitVersion,
)
from attain.apps.people.services import checks
from attain.apps.people.services.changes import begin, check_version, finish
from attain.apps.people.services.naming import kept_text, new_thing, rename, required
from attain.apps.people.services.seating import place
from attain.apps.people.services.spreading import spread
from attain.apps.people.services.timeline import close, copied, rewrite, save, supersede
from attain.core.errors import AttainError, problem

_SPOKEN: Final = ("name", "name_en", "status", "hired_on", "left_on", "attributes")


@transaction.atomic
def hire(
    *,
    code: str,
    name: str,
    on: date,
    actor: Actor,
    at: datetime,
    name_en: str = "",
    status: Status = Status.active,
    attributes: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    position: Position | None = None,
    manager: Person | None = None,
    share: str = "1",
    reason: str = "",
) -> Person:
    """Somebody joins the company on a day, usually with the place they take.

    :raises AttainError: CODE_TAKEN, NAME_MISSING, KEY_EMPTY, TEXT_TOO_LONG; with a place, what
        `assign` refuses.
    """
    change = begin("hire", actor=actor, at=at, on=on, reason=reason)
    person = new_thing(Person, code, name, name_en)
    version = PersonVersion(
        person=person,
        effective_from=on,
        name=person.name,
        name_en=person.name_en,
        status=status,
        hired_on=on,
        attributes=dict(attributes or {}),
        change=change,
    )
    save([version])
    if unit is not None or position is not None:
        place(change, person, on, None, unit, position, manager, share)
    finish(change, person, actor=actor, after=said(version))
    return person


@transaction.atomic
def rehire(
    *,
    person: Person,
    on: date,
    actor: Actor,
    at: datetime,
    status: Status = Status.active,
    unit: Unit | None = None,
    position: Position | None = None,
    manager: Person | None = None,
    share: str = "1",
    reason: str = "",
    version: int | None = None,
) -> Change:
    """Somebody who left comes back under the same code, and keeps their history.

    :raises AttainError: ALREADY_EMPLOYED; with a place, what `assign` refuses.
    """
    change = begin("rehire", actor=actor, at=at, on=on, reason=reason)
    check_version(person, version)
    if person.versions.during(on, None).exclude(status=Status.left).exists():
        raise AttainError(problem(errors.ALREADY_EMPLOYED, person=str(person), day=on))
    last = person.versions.order_by("effective_from").last()
    assert last is not None  # Nobody is without a version.
    close(person.versions.during(on, None), change, on)
    again = copied(
        last,
        change,
        effective_from=on,
        effective_until=None,
        status=status,
        hired_on=on,
        left_on=None,
    )
    save([again])
    if unit is not None or position is not None:
        place(change, person, on, None, unit, position, manager, share)
    return finish(change, person, actor=actor, after=said(again))


@transaction.atomic
def change(
    *,
    person: Person,
    on: date,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    until: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """What is known about somebody is different from a day on, until another or for good.

    `values` may hold name, name_en, status and `attributes`. For good means: as long as later
    versions say the same as the one on that day; what was planned differently for later stays.

    :raises AttainError: INTERVAL_INVALID, NOT_EMPLOYED, NOTHING_CHANGES, NAME_MISSING,
        TEXT_TOO_LONG, ORGANISATION_STALE.
    """
    made = begin("change", actor=actor, at=at, on=on, reason=reason)
    check_version(person, version)
    before = person.versions.on(on).first()
    if before is None:
        raise AttainError(problem(errors.NOT_EMPLOYED, person=str(person), day=on))
    wanted = _cleaned(values, before)
    written = spread(person.versions.all(), made, on, until, before, wanted)
    latest = person.versions.order_by("effective_from").last() or written[-1]
    rename(person, latest.name, latest.name_en)
    return finish(made, person, actor=actor, before=said(before), after=_shown(wanted))


def _cleaned(values: Mapping[str, Any], before: PersonVersion) -> dict[str, Any]:
    wanted = dict(values)
    if "name" in wanted:
        wanted["name"] = required(wanted["name"])
    if "name_en" in wanted:
        wanted["name_en"] = kept_text(wanted["name_en"])
    if "attributes" in wanted:
        wanted["attributes"] = {**before.attributes, **wanted["attributes"]}
    return wanted


@transaction.atomic
def leave(
    *,
    person: Person,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    successor: Person | None = None,
    version: int | None = None,
) -> Change:
    """Somebody belongs to the company no more from a day on.

    Their assignments end; people and units they lead go to the successor.

    :raises AttainError: REASON_MISSING, NOT_EMPLOYED, TEAM_LEFT_BEHIND without a successor,
        and what the successor's new team refuses.
    """
    made = begin("leave", actor=actor, at=at, on=on, reason=required_reason(reason))
    check_version(person, version)
    before = person.versions.on(on).exclude(status=Status.left).first()
    if before is None:
        raise AttainError(problem(errors.NOT_EMPLOYED, person=str(person), day=on))
    close(person.assignments.all(), made, on)
    _hand_over(made, person, on, successor)
    later = list(person.versions.during(on, None))
    supersede(later, made)
    gone = copied(
        before,
        made,
        effective_from=on,
        effective_until=None,
        status=Status.left,
        left_on=on,
    )
    rest = [copied(row, made, effective_until=on) for row in later if row.effective_from < on]
    save([*rest, gone])
    return finish(made, person, actor=actor, before=said(before), after=said(gone))


def required_reason(reason: str) -> str:
    """A reason that was given.

    :raises AttainError: REASON_MISSING.
    """
    if not reason.strip():
        raise AttainError(problem(errors.REASON_MISSING))
    return reason


def _hand_over(made: Change, person: Person, on: date, successor: Person | None) -> None:
    """Give team and units of somebody who leaves to another; refuse to leave them alone."""
    team = list(Assignment.objects.during(on, None).filter(manager=person))
    units = list(UnitVersion.objects.during(on, None).filter(head=person))
    if not team and not units:
        return
    if successor is None:
        raise AttainError(
            problem(
                errors.TEAM_LEFT_BEHIND,
                person=str(person),
                day=on,
                count=len({row.person_id for row in team}),
                units=len({row.unit_id for row in units}),
            )
        )
    checks.check_employed(successor, on, None)
    rewrite(team, made, on, None, lambda row: copied(row, made, manager=successor))
    rewrite(units, made, on, None, lambda row: copied(row, made, head=successor))
    for row in team:
        checks.check_tree(row.person_id, checks.managers_of)
    checks.check_tree(successor.pk, checks.managers_of)


def led_by(person: Person, on: date) -> tuple[int, int]:
    """How many people somebody manages and how many units they head from a day on."""
    team = Assignment.objects.during(on, None).filter(manager=person)
    units = UnitVersion.objects.during(on, None).filter(head=person)
    return team.values("person").distinct().count(), units.values("unit").distinct().count()


def said(version: PersonVersion) -> dict[str, Any]:
    """A version as the trail keeps it."""
    return {name: getattr(version, name) for name in _SPOKEN} | {
        "effective_from": version.effective_from,
        "effective_until": version.effective_until,
    }


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in values.items()}


__all__ = ["change", "hire", "leave", "led_by", "rehire"]
