"""Records for programs: types, lists, records, actions, comments. Rights are those of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from ninja import Header, Router
from ninja import Status as Answer

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import idempotent
from attain.apps.flow import selectors as flow
from attain.apps.people.selectors import name_of
from attain.apps.records import access, selectors, services
from attain.apps.records.kinds import book, row_named
from attain.apps.records.models import Comment, Record
from attain.apps.records.schemas import (
    ActIn,
    ChangeIn,
    CommentIn,
    CommentOut,
    CreateIn,
    RecordDetailOut,
    RecordOut,
    RecordsOut,
    TypeDetailOut,
    TypeOut,
)
from attain.apps.records.services.loading import SYSTEM, typed
from attain.apps.records.tables import RecordTable
from attain.apps.records.tabs import concerned
from attain.apps.records.views.framing import kind_or_404
from attain.core.errors import AttainError, problem
from attain.core.labels import Labels
from attain.kinds.records import FieldSpec, Kind
from attain.ui import errors as ui_errors
from attain.ui.tables import parse_query

router = Router(tags=["records"])


# --- types ---


@router.get("/types", response=list[TypeOut], url_name="records-types")
def list_types(request: HttpRequest) -> list[dict[str, Any]]:
    """The types the caller has to do with."""
    actor = _actor(request)
    kinds = book().kinds
    return [_type(kinds[one.name], actor) for one in concerned(actor)]


@router.get("/types/{kind}", response=TypeDetailOut, url_name="records-type")
def get_type(request: HttpRequest, kind: str) -> dict[str, Any]:
    """A type with its fields, states and actions."""
    actor = _actor(request)
    found = kind_or_404(request, kind)  # type: ignore[arg-type]  # it has an actor, too
    return {
        **_type(found, actor),
        "fields": [_field(spec) for spec in found.open_fields],
        "states": [
            {"name": name, "label": _labels(found.cycle.state(name).label),
             "locked": one.locked, "final": one.final}
            for name, one in found.type.life.items()
        ],
        "actions": [
            {"name": one.name, "label": _labels(one.label), "from_states": list(one.from_),
             "to": one.to, "needs": list(one.needs),
             "asks": list(found.type.actions[one.name].asks)}
            for one in found.cycle.actions
        ],
    }  # fmt: skip


# --- records ---


@router.get("/{kind}", response=RecordsOut, url_name="records-list")
def list_records(request: HttpRequest, kind: str) -> dict[str, Any]:
    """A page of records. Parameters are those of the list: `q`, `sort`, `page`, `size`,
    `amount.ge=1000`, `state.in=draft,submitted`, `owner.eq=me`."""
    actor = _actor(request)
    found = kind_or_404(request, kind)  # type: ignore[arg-type]  # it has an actor, too
    table = RecordTable(found, actor)
    query = parse_query(_question(request), table.columns(actor))
    page = table.page(actor, query)
    return {
        "total": page.total,
        "sums": {name: _plain(value) for name, value in page.sums.items()},
        "items": [_said(found, record) for record in page.rows],
    }


@router.post("/{kind}", response={201: RecordOut}, url_name="records-list")
@idempotent
def create_record(request: HttpRequest, kind: str, given: CreateIn) -> Answer:
    """Begin a record."""
    actor = _actor(request)
    found = kind_or_404(request, kind)  # type: ignore[arg-type]  # it has an actor, too
    values = _values(found, given.values)
    record = services.create(kind, values, actor=actor, at=actor.at)
    return Answer(201, _said(found, record))


@router.get("/{kind}/{number}", response=RecordDetailOut, url_name="records-record")
def get_record(
    request: HttpRequest, response: HttpResponse, kind: str, number: str
) -> dict[str, Any]:
    """One record with what can be done now; the ETag is the version a change is asked for."""
    actor = _actor(request)
    record = selectors.get(actor, kind, number)
    response["ETag"] = f'"{record.version}"'
    return {
        **_said(book().kinds[kind], record),
        "actions": [
            {
                "action": one.action,
                "allowed": one.allowed,
                "reasons": [reason.code for reason in one.reasons],
            }
            for one in flow.actions(record, actor)
            if one.concerns
        ],
    }


@router.patch("/{kind}/{number}", response=RecordOut, url_name="records-record")
def change_record(
    request: HttpRequest,
    kind: str,
    number: str,
    given: ChangeIn,
    if_match: str = Header(alias="If-Match"),
) -> dict[str, Any]:
    """Change some fields of the version named in If-Match."""
    actor = _actor(request)
    record = selectors.get(actor, kind, number)
    found = book().kinds[kind]
    values = _values(found, given.values)
    changed = services.change(record, values, actor=actor, at=actor.at, version=_version(if_match))
    return _said(found, changed)


@router.post("/{kind}/{number}/actions", response=RecordOut, url_name="records-act")
@idempotent
def act(
    request: HttpRequest,
    kind: str,
    number: str,
    given: ActIn,
    if_match: str = Header(alias="If-Match"),
) -> dict[str, Any]:
    """Take an action on the version named in If-Match."""
    actor = _actor(request)
    record = selectors.get(actor, kind, number)
    found = book().kinds[kind]
    taken = services.take(
        record,
        given.action,
        actor=actor,
        at=actor.at,
        version=_version(if_match),
        reason=given.reason,
        values=_values(found, given.values) or None,
    )
    return _said(found, taken)


@router.get("/{kind}/{number}/comments", response=list[CommentOut], url_name="records-comments")
def list_comments(request: HttpRequest, kind: str, number: str) -> list[dict[str, Any]]:
    """What was said about a record; what was taken back is left out."""
    record = selectors.get(_actor(request), kind, number)
    rows = Comment.objects.filter(record=record, deleted_at=None).select_related("author")
    return [_comment(row) for row in rows]


@router.post("/{kind}/{number}/comments", response={201: CommentOut}, url_name="records-comments")
@idempotent
def comment(request: HttpRequest, kind: str, number: str, given: CommentIn) -> Answer:
    """Say something about a record."""
    actor = _actor(request)
    record = selectors.get(actor, kind, number)
    made = services.comment(
        record, given.text, actor=actor, at=actor.at, mentions=tuple(given.mentions)
    )
    return Answer(201, _comment(made))


# --- in between ---


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # every request has one
    return actor


def _question(request: HttpRequest) -> QueryDict:
    """
    :raises AttainError: FILTER_NOT_ALLOWED for what belongs to pages only.
    """
    for name in ("export", "columns"):
        if name in request.GET:
            raise AttainError(problem(ui_errors.FILTER_NOT_ALLOWED, name=name))
    return request.GET


def _version(if_match: str) -> int:
    """The version of an If-Match header; one that is none matches nothing."""
    text = if_match.removeprefix("W/").strip('"')
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _values(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as exact values; null empties a field.

    :raises AttainError: every value that cannot be read.
    """
    read = {name: _whole(value) for name, value in given.items()}
    found = typed(kind, read)
    empty = {name: None for name, value in read.items() if value in (None, "")}
    # What only a load may say is told to be unknown, like any other word.
    return {**found, **empty, **{name: read[name] for name in SYSTEM if name in read}}


def _whole(value: Any) -> Any:
    """Ids of choices and files as the one text that is read; rows stay rows."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    return value


def _type(kind: Kind, actor: Actor) -> dict[str, Any]:
    row = row_named(kind.name)
    return {
        "name": kind.name,
        "version": kind.type.version,
        "label": _labels(kind.label),
        "plural": _labels(kind.type.plural_label),
        "group": row.group,
        "may_create": access.may_create(actor, kind),
    }


def _field(spec: FieldSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "label": _labels(spec.label),
        "type": spec.type.value,
        "required": spec.required,
        "computed": spec.is_computed,
        "currency": spec.currency,
        "of": list(spec.of),
        "choices": {name: _labels(words) for name, words in spec.choices.items()},
        "fields": [_field(one) for one in spec.fields.values()],
    }


def _labels(label: Labels) -> dict[str, str]:
    return {"zh-Hans": label.get("zh-Hans"), "en": label.get("en")}


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def _said(kind: Kind, record: Record) -> dict[str, Any]:
    """A record as it is kept: decimals and days as text, confidential fields nowhere."""
    names = (
        "number", "key", "version", "title", "state", "owner", "subject", "author", "unit",
        "business_date", "created_on", "due_on",
    )  # fmt: skip
    open_fields = {spec.name for spec in kind.open_fields}
    return {
        **{name: getattr(record, name) for name in names},
        "type": kind.name,
        "url": reverse("records:record", args=[kind.name, record.number]),
        "values": {name: value for name, value in record.data.items() if name in open_fields},
    }


def _comment(row: Comment) -> dict[str, Any]:
    person = row.author.person if row.author else ""
    named = name_of([person]).get(person) if person else None
    by = named.get("zh-Hans") if named else (row.author.name if row.author else "")
    return {"id": row.pk, "at": row.at, "by": by, "text": row.text, "mentions": row.mentions}
