"""People, units and who sits where, for programs. Rights are those of the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, Query, Router
from ninja import Status as Answer

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import idempotent
from attain.apps.people import errors, services
from attain.apps.people.models import (
    Alias,
    Assignment,
    Change,
    Person,
    PersonVersion,
    Position,
    Status,
    Unit,
    UnitVersion,
)
from attain.apps.people.schemas import (
    ChangeIn,
    ChangeOut,
    HireIn,
    LeaveIn,
    PeopleOut,
    PersonOut,
    PlaceIn,
    PlaceOut,
    UnitOut,
)
from attain.apps.people.scopes import scope
from attain.core.dates import ISO_ONLY, parse_date
from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels

router = Router(tags=["people"])

LIMIT_MAX = 200
_KINDS: dict[type, tuple[str, Labels]] = {
    Person: ("people", labels("人员", "person")),
    Unit: ("units", labels("部门", "unit")),
    Position: ("positions", labels("岗位", "position")),
}


# --- reading ---


@router.get("/", response=PeopleOut, url_name="people-list")
def list_people(
    request: HttpRequest,
    on: str = "",
    q: str = Query(default="", max_length=80),
    limit: int = Query(default=50, ge=1, le=LIMIT_MAX),
    offset: int = Query(default=0, ge=0),
) -> dict[str, Any]:
    """People as of a day, those the caller may see."""
    actor = _actor(request)
    day = _day(on, actor)
    rows = PersonVersion.objects.on(day).select_related("person").order_by("person__code")
    rows = scope(actor, "people", day).restrict(rows)
    if q:
        rows = rows.filter(person__search__contains=q.lower())
    return {"total": rows.count(), "items": [_said(row) for row in rows[offset : offset + limit]]}


@router.get("/assignments", response=list[PlaceOut], url_name="people-assignments")
def list_assignments(
    request: HttpRequest,
    on: str = "",
    person: str = "",
    limit: int = Query(default=50, ge=1, le=LIMIT_MAX),
    offset: int = Query(default=0, ge=0),
) -> list[dict[str, Any]]:
    """Who sits where as of a day."""
    actor = _actor(request)
    day = _day(on, actor)
    rows = Assignment.objects.on(day).select_related("person", "unit", "position", "manager")
    rows = scope(actor, "people", day).restrict(rows).order_by("person__code", "pk")
    if person:
        rows = rows.filter(person=person)
    return [_place(row) for row in rows[offset : offset + limit]]


@router.get("/units", response=list[UnitOut], url_name="people-units")
def list_units(request: HttpRequest, on: str = "") -> list[dict[str, Any]]:
    """All units as of a day."""
    day = _day(on, _actor(request))
    rows = UnitVersion.objects.on(day).select_related("unit", "parent", "head")
    return [_unit(row) for row in rows.order_by("unit__code")]


@router.get("/{key}", response=PersonOut, url_name="people-detail")
def get_person(
    request: HttpRequest, response: HttpResponse, key: str, on: str = ""
) -> dict[str, Any]:
    """One person; the ETag is the version that a change is asked for."""
    actor = _actor(request)
    day = _day(on, actor)
    person = _visible(actor, key, day)
    row = person.versions.on(day).first()
    if row is None:
        raise Http404
    response["ETag"] = f'"{person.version}"'
    return _said(row)


# --- writing ---


@router.post("/", response={201: ChangeOut}, url_name="people-list")
@idempotent
def hire(request: HttpRequest, given: HireIn) -> Answer:
    """Somebody joins."""
    actor = _actor(request)
    with transaction.atomic():
        person = services.hire(
            code=given.code,
            name=given.name,
            name_en=given.name_en,
            on=_required_day(given.on),
            status=_status(given.status),
            attributes=given.attributes,
            **_where(given),
            reason=given.reason,
            actor=actor,
            at=actor.at,
        )
        return Answer(201, _done(person))


@router.patch("/{key}", response=ChangeOut, url_name="people-detail")
def change_person(
    request: HttpRequest,
    key: str,
    given: ChangeIn,
    if_match: str = Header(alias="If-Match"),
) -> dict[str, int]:
    """What is known about somebody is different from a day on."""
    actor = _actor(request)
    person = _visible(actor, key, actor.today)
    named = given.dict(include={"name", "name_en", "attributes"}, exclude_none=True)
    if given.status is not None:
        named["status"] = _status(given.status)
    with transaction.atomic():
        services.change(
            person=person,
            on=_required_day(given.on),
            until=_maybe_day(given.until),
            values=named,
            reason=given.reason,
            version=_version(if_match),
            actor=actor,
            at=actor.at,
        )
        return _done(person)


@router.post("/{key}/moves", response=ChangeOut, url_name="people-moves")
@idempotent
def move(
    request: HttpRequest, key: str, given: PlaceIn, if_match: str = Header(alias="If-Match")
) -> dict[str, int]:
    """Somebody moves; what is not given stays."""
    actor = _actor(request)
    person = _visible(actor, key, actor.today)
    sent = given.dict(exclude_unset=True)
    wanted = {name: value for name, value in _where(given).items() if name in sent}
    with transaction.atomic():
        services.move(
            person=person,
            on=_required_day(given.on),
            until=_maybe_day(given.until),
            values=wanted,
            reason=given.reason,
            version=_version(if_match),
            actor=actor,
            at=actor.at,
        )
        return _done(person)


@router.post("/{key}/leave", response=ChangeOut, url_name="people-leave")
@idempotent
def leave(
    request: HttpRequest, key: str, given: LeaveIn, if_match: str = Header(alias="If-Match")
) -> dict[str, int]:
    """Somebody leaves on a day; a successor takes over what they lead."""
    actor = _actor(request)
    person = _visible(actor, key, actor.today)
    with transaction.atomic():
        services.leave(
            person=person,
            on=_required_day(given.on),
            successor=_thing(Person, given.successor),
            reason=given.reason,
            version=_version(if_match),
            actor=actor,
            at=actor.at,
        )
        return _done(person)


# --- in between ---


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # every request has one
    return actor


def _visible(actor: Actor, key: str, day: date) -> Person:
    person = Person.objects.filter(pk=key).first()
    if person is None or not scope(actor, "people", day).sees(key):
        raise Http404
    return person


def _day(text: str, actor: Actor) -> date:
    return parse_date(text, ISO_ONLY) if text else actor.today


def _required_day(text: str) -> date:
    return parse_date(text, ISO_ONLY)


def _maybe_day(text: str | None) -> date | None:
    return parse_date(text, ISO_ONLY) if text else None


def _version(if_match: str) -> int:
    """The version of an If-Match header; one that is none matches nothing."""
    text = if_match.removeprefix("W/").strip('"')
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _status(text: str) -> Status:
    if text not in Status.values or text == Status.left:
        accepted = ", ".join(value for value in Status.values if value != Status.left)
        raise AttainError(
            problem(errors.WORD_UNKNOWN, value=text, column="status", accepted=accepted)
        )
    return Status(text)


def _thing(model: type[Any], code: str | None) -> Any:
    """A person, unit or position by code or key.

    :raises AttainError: THING_UNKNOWN.
    """
    if not code:
        return None
    kind, label = _KINDS[model]
    alias = Alias.objects.filter(kind=kind, code=code).values_list("key", flat=True)
    found = model.objects.filter(pk__in=[code, *alias]).first()
    if found is None:
        raise AttainError(problem(errors.THING_UNKNOWN, code=code, kind=label))
    return found


def _where(given: PlaceIn) -> dict[str, Any]:
    return {
        "unit": _thing(Unit, given.unit),
        "position": _thing(Position, given.position),
        "manager": _thing(Person, given.manager),
        "share": given.share,
    }


def _done(person: Person) -> dict[str, int]:
    change = Change.objects.order_by("-pk").values_list("pk", flat=True)[0]
    person.refresh_from_db(fields=["version"])
    return {"change": change, "version": person.version}


def _said(row: PersonVersion) -> dict[str, Any]:
    names = ("name", "name_en", "status", "hired_on", "left_on", "attributes")
    return {
        "key": row.person_id,
        "code": row.person.code,
        "version": row.person.version,
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
        **{name: getattr(row, name) for name in names},
    }


def _code(thing: Person | Unit | Position | None) -> str | None:
    return thing.code if thing else None


def _place(row: Assignment) -> dict[str, Any]:
    return {
        "person": row.person.code,
        "unit": _code(row.unit),
        "position": _code(row.position),
        "manager": _code(row.manager),
        "share": row.share,
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
    }


def _unit(row: UnitVersion) -> dict[str, Any]:
    names = ("name", "name_en", "kind", "responsibility", "effective_from", "effective_until")
    return {
        "key": row.unit_id,
        "code": row.unit.code,
        "version": row.unit.version,
        "parent": _code(row.parent),
        "head": _code(row.head),
        **{name: getattr(row, name) for name in names},
    }
