"""Units and positions: founded, changed and closed."""

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
    Position,
    PositionVersion,
    Unit,
    UnitVersion,
)
from attain.apps.people.services import checks
from attain.apps.people.services.changes import begin, check_version, finish
from attain.apps.people.services.naming import kept_text, new_thing, rename, required
from attain.apps.people.services.spreading import spread
from attain.apps.people.services.timeline import check_interval, close, save
from attain.core.errors import AttainError, problem
from attain.lake.errors import rows as said_by_lake

_UNIT: Final = ("name", "name_en", "kind", "responsibility", "parent_id", "head_id", "attributes")
_POSITION: Final = ("title", "title_en", "unit_id", "duties", "attributes")
DUTIES_MAX: Final = 4000


@transaction.atomic
def found_unit(
    *,
    code: str,
    name: str,
    on: date,
    actor: Actor,
    at: datetime,
    name_en: str = "",
    until: date | None = None,
    kind: str = "",
    responsibility: str = "",
    parent: Unit | None = None,
    head: Person | None = None,
    attributes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Unit:
    """A part of the organisation begins on a day.

    :raises AttainError: CODE_TAKEN, NAME_MISSING, KEY_EMPTY, TEXT_TOO_LONG, INTERVAL_INVALID,
        THING_ABSENT, BEFORE_HIRE, AFTER_LEAVE.
    """
    change = begin("found_unit", actor=actor, at=at, on=on, reason=reason)
    check_interval(on, until)
    unit = new_thing(Unit, code, name, name_en)
    version = UnitVersion(
        unit=unit,
        effective_from=on,
        effective_until=until,
        name=unit.name,
        name_en=unit.name_en,
        kind=kept_text(kind, 40),
        responsibility=responsibility,
        parent=parent,
        head=head,
        attributes=dict(attributes or {}),
        change=change,
    )
    save([version])
    _check_unit(unit, [version])
    finish(change, unit, actor=actor, after=said_unit(version))
    return unit


@transaction.atomic
def change_unit(
    *,
    unit: Unit,
    on: date,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    until: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """A unit has another name, kind, head or place in the tree from a day on.

    `values` may hold name, name_en, kind, responsibility, parent, head and attributes.

    :raises AttainError: THING_ABSENT, NOTHING_CHANGES, HIERARCHY_SELF, HIERARCHY_CYCLE,
        HIERARCHY_TOO_DEEP, BEFORE_HIRE, AFTER_LEAVE, ORGANISATION_STALE.
    """
    made = begin("change_unit", actor=actor, at=at, on=on, reason=reason)
    check_version(unit, version)
    before = unit.versions.on(on).first()
    if before is None:
        raise AttainError(problem(errors.THING_ABSENT, name=str(unit), day=on))
    wanted = _cleaned(values, before)
    written = spread(unit.versions.all(), made, on, until, before, wanted)
    _check_unit(unit, written)
    _keep_latest_name(unit)
    return finish(made, unit, actor=actor, before=said_unit(before), after=_shown(wanted))


def _cleaned(values: Mapping[str, Any], before: UnitVersion | PositionVersion) -> dict[str, Any]:
    wanted = dict(values)
    for name in {"name", "title"} & wanted.keys():
        wanted[name] = required(wanted[name])
    for name in {"name_en", "title_en"} & wanted.keys():
        wanted[name] = kept_text(wanted[name])
    if "attributes" in wanted:
        wanted["attributes"] = {**before.attributes, **wanted["attributes"]}
    return wanted


def _check_unit(unit: Unit, written: list[UnitVersion]) -> None:
    """Parents and heads must be there while they are needed, and the tree must be one."""
    for row in written:
        if row.parent_id == unit.pk:
            raise AttainError(problem(said_by_lake.HIERARCHY_SELF, value=str(unit)))
        if row.parent is not None:
            checks.check_there(row.parent, *row.interval)
        if row.head is not None:
            checks.check_employed(row.head, *row.interval)
    checks.check_tree(unit.pk, checks.units_above)


def _keep_latest_name(unit: Unit) -> None:
    latest = unit.versions.order_by("effective_from").last()
    if latest is not None:
        rename(unit, latest.name, latest.name_en)


@transaction.atomic
def close_unit(
    *,
    unit: Unit,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """A unit ends on a day, once nothing hangs on it any more.

    :raises AttainError: THING_ABSENT, UNIT_STILL_USED, ORGANISATION_STALE.
    """
    made = begin("close_unit", actor=actor, at=at, on=on, reason=reason)
    check_version(unit, version)
    rows = list(unit.versions.during(on, None))
    if not rows:
        raise AttainError(problem(errors.THING_ABSENT, name=str(unit), day=on))
    people = Assignment.objects.during(on, None).filter(unit=unit).values("person").distinct()
    units = UnitVersion.objects.during(on, None).filter(parent=unit).values("unit").distinct()
    seats = PositionVersion.objects.during(on, None).filter(unit=unit).values("position").distinct()
    counts = {"people": people.count(), "units": units.count(), "positions": seats.count()}
    if any(counts.values()):
        raise AttainError(problem(errors.UNIT_STILL_USED, unit=str(unit), day=on, **counts))
    close(rows, made, on)
    return finish(made, unit, actor=actor, before=said_unit(rows[0]), after={"until": on})


@transaction.atomic
def found_position(
    *,
    code: str,
    title: str,
    on: date,
    actor: Actor,
    at: datetime,
    title_en: str = "",
    until: date | None = None,
    unit: Unit | None = None,
    duties: str = "",
    attributes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Position:
    """A seat exists from a day on; somebody takes it by an assignment.

    :raises AttainError: as `found_unit`.
    """
    change = begin("found_position", actor=actor, at=at, on=on, reason=reason)
    check_interval(on, until)
    position = new_thing(Position, code, title, title_en)
    version = PositionVersion(
        position=position,
        effective_from=on,
        effective_until=until,
        title=position.name,
        title_en=position.name_en,
        unit=unit,
        duties=_kept_duties(duties),
        attributes=dict(attributes or {}),
        change=change,
    )
    save([version])
    if unit is not None:
        checks.check_there(unit, on, until)
    finish(change, position, actor=actor, after=said_position(version))
    return position


def _kept_duties(text: str) -> str:
    if len(text) > DUTIES_MAX:
        raise AttainError(problem(errors.TEXT_TOO_LONG, length=len(text), limit=DUTIES_MAX))
    return text.strip()


@transaction.atomic
def change_position(
    *,
    position: Position,
    on: date,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    until: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """A seat has another title, unit or other duties from a day on.

    :raises AttainError: THING_ABSENT, NOTHING_CHANGES, TEXT_TOO_LONG, ORGANISATION_STALE.
    """
    made = begin("change_position", actor=actor, at=at, on=on, reason=reason)
    check_version(position, version)
    before = position.versions.on(on).first()
    if before is None:
        raise AttainError(problem(errors.THING_ABSENT, name=str(position), day=on))
    wanted = _cleaned(values, before)
    if "duties" in wanted:
        wanted["duties"] = _kept_duties(wanted["duties"])
    written = spread(position.versions.all(), made, on, until, before, wanted)
    for row in written:
        if row.unit is not None:
            checks.check_there(row.unit, *row.interval)
    latest = position.versions.order_by("effective_from").last() or written[-1]
    rename(position, latest.title, latest.title_en)
    return finish(made, position, actor=actor, before=said_position(before), after=_shown(wanted))


@transaction.atomic
def close_position(
    *,
    position: Position,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Change:
    """A seat is no more from a day on, once nobody holds it.

    :raises AttainError: THING_ABSENT, POSITION_STILL_USED, ORGANISATION_STALE.
    """
    made = begin("close_position", actor=actor, at=at, on=on, reason=reason)
    check_version(position, version)
    rows = list(position.versions.during(on, None))
    if not rows:
        raise AttainError(problem(errors.THING_ABSENT, name=str(position), day=on))
    people = position.assignments.during(on, None).values("person").distinct().count()
    if people:
        raise AttainError(
            problem(errors.POSITION_STILL_USED, position=str(position), day=on, people=people)
        )
    close(rows, made, on)
    return finish(made, position, actor=actor, before=said_position(rows[0]), after={"until": on})


def said_unit(row: UnitVersion) -> dict[str, Any]:
    """A unit's version as the trail keeps it."""
    return _said(row, _UNIT)


def said_position(row: PositionVersion) -> dict[str, Any]:
    """A position's version as the trail keeps it."""
    return _said(row, _POSITION)


def _said(row: UnitVersion | PositionVersion, names: tuple[str, ...]) -> dict[str, Any]:
    return {name.removesuffix("_id"): getattr(row, name) for name in names} | {
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
    }


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in values.items()}
