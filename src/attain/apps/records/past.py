"""What happened to a record: its steps, changes, comments, files, and the records that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.records import secrets, selectors
from attain.apps.records.kinds import kind_of, values_of
from attain.apps.records.models import Comment, Record, RecordEvent, RecordLink
from attain.apps.records.showing import (
    Part,
    Teller,
    address,
    keys_in,
    label_of,
    text_of,
    user_name,
)
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records.values import from_json
from attain.ui import formats

SHOWN: Final = 30
"""Events a page shows at first; the rest is one press away."""
_TEXT_MAX: Final = 200
_MENTION: Final = re.compile(r"(@[^\s@]{1,40})")
_ICONS: Final = {
    "created": "flag",
    "changed": "pencil",
    "acted": "arrow-right",
    "commented": "message",
    "attached": "paperclip",
    "reminded": "bell",
    "revealed": "eye",
    "migrated": "versions",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comment: words, or a name that was called."""

    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was changed."""

    label: str
    before: str = ""
    after: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as the timeline shows it."""

    kind: str
    what: str
    who: str
    at: datetime
    icon: str
    text: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    link: Part | None = None
    change_url: str = ""
    """For one's own comment: where it is changed."""
    pk: int = 0

    @property
    def pieces(self) -> list[Piece]:
        """The text with the names that it calls told apart."""
        parts = _MENTION.split(self.text)
        return [Piece(one, one.startswith("@")) for one in parts if one]

    @property
    def shows(self) -> bool:
        """Whether there is anything below its head."""
        return bool(self.text or self.note or self.changes or self.link)


def past(record: Record, actor: Actor, limit: int = SHOWN) -> tuple[list[Event], bool]:
    """What happened, the newest first, and whether there is more."""
    rows = list(record.events.select_related("by", "on_behalf_of").order_by("-n")[: limit + 1])
    told = _Telling(record, actor, rows)
    found = [*told.events(), *_named_by(record, actor, limit)]
    found.sort(key=lambda one: one.at, reverse=True)
    return found[:limit], len(found) > limit


def steps_taken(record: Record, actor: Actor) -> list[Event]:
    """The beginning and every step, the oldest first: for the print."""
    kinds = (RecordEvent.Kind.created, RecordEvent.Kind.acted)
    rows = record.events.filter(kind__in=kinds).select_related("by", "on_behalf_of").order_by("n")
    return list(_Telling(record, actor, list(rows)).events())


class _Telling:
    """The events of one record, with the names they need asked for once."""

    def __init__(self, record: Record, actor: Actor, rows: Sequence[RecordEvent]) -> None:
        self.record, self.actor, self.rows = record, actor, rows
        self.kind = kind_of(record)
        keys = {key for row in rows for key in _keys(self.kind, row.note)}
        self.teller = Teller(actor, keys)
        wanted = [row.note.get("comment") for row in rows if row.kind == "commented"]
        comments = Comment.objects.filter(pk__in=[one for one in wanted if one])
        self.comments = {one.pk: one for one in comments}
        self.reads = bool(secrets.readable(record, actor)) or actor.has(Role.auditor)

    def events(self) -> Iterator[Event]:
        for row in self.rows:
            found = self._event(row)
            if found is not None:
                yield found

    def _event(self, row: RecordEvent) -> Event | None:
        if row.kind == "linked" or (row.kind == "revealed" and not self.reads):
            return None
        further: dict[str, Any] = {}
        match row.kind:
            case "commented":
                further = self._comment(row)
            case "changed":
                further = {"changes": tuple(self._changes(row.note))}
            case "acted":
                further = {"text": str(row.note.get("reason", "")), "note": self._step(row)}
            case "revealed":
                further = {"note": self._labels(row.note.get("kept_apart", ()))}
            case "attached":
                further = {"note": str(row.note.get("file", ""))}
            case "created":
                cause = row.note.get("cause")
                further = {"link": self._cause(cause)} if cause else {}
        return Event(
            kind=row.kind,
            what=self._what(row),
            who=_who(row.by, row.on_behalf_of),
            at=row.at,
            icon=_ICONS.get(row.kind, "point"),
            **further,
        )

    def _what(self, row: RecordEvent) -> str:
        if row.kind == "acted":
            action = self.kind.cycle.action(row.action)
            return action.label.get(formats.language()) if action else row.action
        if row.kind == "attached" and row.note.get("removed"):
            return _("Took a file off")
        return {
            "created": _("Began the record"),
            "changed": _("Changed"),
            "commented": _("Comment"),
            "attached": _("Attached a file"),
            "reminded": _("Reminded"),
            "revealed": _("Read confidential fields"),
            "migrated": _("Brought to a new version of the type"),
        }.get(row.kind, row.kind)

    def _step(self, row: RecordEvent) -> str:
        if not row.from_state or row.from_state == row.to_state:
            return ""
        return f"{self._state(row.from_state)} → {self._state(row.to_state)}"

    def _state(self, name: str) -> str:
        found = self.kind.type.life.get(name)
        return self.kind.cycle.state(name).label.get(formats.language()) if found else name

    def _comment(self, row: RecordEvent) -> dict[str, Any]:
        one = self.comments.get(int(row.note.get("comment") or 0))
        if one is None or one.deleted_at is not None:
            return {"note": _("Taken back by its author")}
        is_own = one.author_id is not None and one.author_id == self.actor.user_id
        url = reverse("records:comment-change", args=[self.kind.name, self.record.number, one.pk])
        note = _("edited %(at)s") % {"at": formats.moment(one.edited_at)} if one.edited_at else ""
        return {
            "text": one.text,
            "note": note,
            "change_url": url if is_own and not self.actor.reads_only else "",
            "pk": one.pk,
        }

    def _changes(self, note: Mapping[str, Any]) -> Iterator[Change]:
        for name, pair in note.get("changed", {}).items():
            spec = self.kind.fields.get(name)
            if spec is None or spec.confidential:
                continue
            before, after = (self._said(spec, one) for one in pair)
            yield Change(label_of(spec), before, after)
        for name in note.get("kept_apart", ()):
            spec = self.kind.fields.get(name)
            yield Change(label_of(spec) if spec else name, is_closed=True)

    def _said(self, spec: FieldSpec, value: Any) -> str:
        if spec.type is FieldType.table and value:
            return _("%(count)s rows") % {"count": len(value)}
        if spec.type in (FieldType.file, FieldType.files) and value:
            count = len(value) if isinstance(value, list) else 1
            return _("%(count)s files") % {"count": count}
        text = text_of(spec, from_json(spec, value), self.teller)
        return _short(text) or pgettext("value", "empty")

    def _labels(self, names: Iterable[str]) -> str:
        specs = (self.kind.fields.get(name) for name in names)
        return pgettext("list", ", ").join(label_of(spec) for spec in specs if spec)

    def _cause(self, key: str) -> Part | None:
        found = self.teller.record(key)
        return found if found.url else None


def _keys(kind: Kind, note: Mapping[str, Any]) -> set[str]:
    found = {str(note["cause"])} if note.get("cause") else set()
    for name, pair in note.get("changed", {}).items():
        spec = kind.fields.get(name)
        if spec is not None:
            for value in pair:
                found |= keys_in([spec], {name: value})
    return found


def _who(by: User | None, giver: User | None) -> str:
    if by is None:
        return _("The product")
    own = user_name(by)
    return _("%(name)s for %(giver)s") % {"name": own, "giver": user_name(giver)} if giver else own


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_MAX else f"{text[: _TEXT_MAX - 1]}…"


# ----------------------------------------------------------------- records that name this one


def _named_by(record: Record, actor: Actor, limit: int) -> list[Event]:
    """Visits, calls and whatever else was written down about it, as far as the reader sees them."""
    links = RecordLink.objects.filter(target=record).values_list("source", flat=True)
    sources = Record.objects.filter(pk__in=links.order_by("-pk")[: limit * 2])
    by_kind: dict[str, list[int]] = {}
    for pk, name in sources.values_list("pk", "type__name"):
        by_kind.setdefault(name, []).append(pk)
    found = []
    for name, pks in by_kind.items():
        rows = selectors.visible(actor, name).filter(pk__in=pks)
        found += list(rows.select_related("type", "begun_by").order_by("-pk")[:limit])
    return [_as_event(one, actor) for one in found]


def _as_event(one: Record, actor: Actor) -> Event:
    kind = kind_of(one)
    return Event(
        kind="named",
        what=kind.label.get(formats.language()),
        who=_who(one.begun_by, None),
        at=one.created_at,
        icon=one.type.icon or "notebook",
        text=_gist(one, kind),
        link=Part(one.title or one.number, address(one)),
    )


def _gist(one: Record, kind: Kind) -> str:
    """What it says in a sentence: its first longer text."""
    values = values_of(one)
    for spec in kind.open_fields:
        if spec.type is FieldType.long_text and values.get(spec.name):
            return _short(str(values[spec.name]))
    return ""
