"""Comments, mentions and files on records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.audit import services as audit
from attain.apps.files import services as files
from attain.apps.files.models import StoredFile
from attain.apps.people.models import Person
from attain.apps.records import access, errors, events, indexing
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Comment, Record, RecordEvent, RecordFile
from attain.apps.records.services.acting import announce
from attain.apps.records.services.filing import PURPOSE
from attain.apps.records.services.writing import not_changed, write
from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.kinds.records import FieldSpec, FieldType

LONGEST: Final = 5000
MENTIONED: Final = labels(
    "在“{title}”的评论里提到了你", "You are mentioned in a comment on “{title}”"
)


@transaction.atomic
def comment(
    record: Record,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    mentions: Sequence[str] = (),
    token: str = "",
) -> Comment:
    """Say something about a record. Whoever is mentioned may see it from then on, and is told.

    :raises AttainError: COMMENT_REFUSED, COMMENT_EMPTY, COMMENT_TOO_LONG, MENTION_UNSEEN.
    """
    _refuse_silent(record, actor)
    if token:
        there = Comment.objects.filter(author=actor.user_id, token=token).first()
        if there is not None:
            return there
    said, named = _said(text), _known(mentions)
    made = Comment.objects.create(
        record=record, author_id=actor.user_id, at=at, text=said, mentions=named, token=token
    )
    events.happened(
        record, RecordEvent.Kind.commented, actor=actor, at=at, note={"comment": made.pk}
    )
    _audit(record, "comment", actor=actor, at=at)
    _tell(record, made, named, actor=actor, at=at)
    return made


@transaction.atomic
def edit_comment(
    one: Comment, text: str, *, actor: Actor, at: datetime, mentions: Sequence[str] = ()
) -> Comment:
    """Say one's own comment in other words.

    :raises AttainError: COMMENT_NOT_YOURS, and as `comment`.
    """
    _refuse_others(one, actor)
    before = set(one.mentions)
    one.text, one.mentions, one.edited_at = _said(text), _known(mentions), at
    one.save(update_fields=["text", "mentions", "edited_at"])
    _audit(one.record, "comment_edit", actor=actor, at=at)
    _tell(one.record, one, [key for key in one.mentions if key not in before], actor=actor, at=at)
    return one


@transaction.atomic
def delete_comment(one: Comment, *, actor: Actor, at: datetime) -> None:
    """Take one's own comment back; that there was one stays.

    :raises AttainError: COMMENT_NOT_YOURS.
    """
    _refuse_others(one, actor)
    Comment.objects.filter(pk=one.pk).update(text="", mentions=[], deleted_at=at)
    _audit(one.record, "comment_delete", actor=actor, at=at)


@transaction.atomic
def attach(
    record: Record, upload: files.Upload, *, actor: Actor, at: datetime, field: str = ""
) -> RecordFile:
    """Add a file to a record, or to one of its fields for files.

    :raises AttainError: COMMENT_REFUSED or RECORD_CHANGE_REFUSED, FIELD_TAKES_NO_FILE, what
        `files.services.take_in` refuses.
    """
    kind = kind_of(record)
    spec = kind.fields.get(field)
    if field and (spec is None or spec.type not in (FieldType.file, FieldType.files)):
        label = spec.label if spec else field
        raise AttainError(problem(errors.FIELD_TAKES_NO_FILE, field=label))
    if field and not access.may_edit(actor, record):
        raise not_changed(record, kind)
    _refuse_silent(record, actor)
    stored = files.take_in(upload, actor=actor, purpose=PURPOSE, at=at)
    made = _placed(record, stored, spec, actor=actor, at=at)
    events.happened(
        record, RecordEvent.Kind.attached, actor=actor, at=at, note={"file": stored.name}
    )
    _audit(record, "attach", actor=actor, at=at)
    return made


def _placed(
    record: Record, stored: StoredFile, spec: FieldSpec | None, *, actor: Actor, at: datetime
) -> RecordFile:
    if spec is None:
        files.keep(stored, at=at)
        return RecordFile.objects.create(
            record=record, file=stored, added_by_id=actor.user_id, added_at=at
        )
    name = str(stored.pk)
    before = record.value(spec.name) if spec.type is FieldType.files else None
    value = (*(before or ()), name) if spec.type is FieldType.files else name
    write(record, kind_of(record), {spec.name: value}, actor=actor, at=at, asked=actor)
    return RecordFile.objects.get(record=record, field=spec.name, file=stored, removed_at=None)


@transaction.atomic
def detach(one: RecordFile, *, actor: Actor, at: datetime) -> None:
    """Take a file off a record again: one's own, or as one who may change the record.

    :raises AttainError: COMMENT_NOT_YOURS.
    """
    if one.added_by_id != actor.user_id and not access.may_edit(actor, one.record):
        raise AttainError(problem(errors.COMMENT_NOT_YOURS))
    RecordFile.objects.filter(pk=one.pk, removed_at=None).update(removed_at=at)
    events.happened(
        one.record,
        RecordEvent.Kind.attached,
        actor=actor,
        at=at,
        note={"file": one.file.name, "removed": True},
    )
    _audit(one.record, "detach", actor=actor, at=at)


def _refuse_silent(record: Record, actor: Actor) -> None:
    if not access.may_comment(actor, record):
        raise AttainError(problem(errors.COMMENT_REFUSED, number=record.number))


def _refuse_others(one: Comment, actor: Actor) -> None:
    if actor.user_id is None or one.author_id != actor.user_id or one.deleted_at is not None:
        raise AttainError(problem(errors.COMMENT_NOT_YOURS))
    _refuse_silent(one.record, actor)


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise AttainError(problem(errors.COMMENT_EMPTY))
    if len(said) > LONGEST:
        raise AttainError(problem(errors.COMMENT_TOO_LONG, length=len(said), limit=LONGEST))
    return said


def _known(mentions: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(mentions))
    there = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    unknown = [key for key in wanted if key not in there]
    if unknown:
        raise AttainError(problem(errors.MENTION_UNSEEN, person=unknown[0]))
    return wanted


def _tell(
    record: Record, made: Comment, named: Sequence[str], *, actor: Actor, at: datetime
) -> None:
    indexing.add_parties(record, {(key, "mentioned") for key in named})
    users = User.objects.filter(person__in=named, is_active=True).values_list("pk", flat=True)
    key = f"comment-{made.pk}"
    announce(record, MENTIONED, set(users) - {actor.user_id}, actor=actor, at=at, key=key)


def _audit(record: Record, what: str, *, actor: Actor, at: datetime) -> None:
    kind = f"record:{kind_of(record).name}"
    audit.record(
        actor=actor, action=f"{kind}.{what}", object=(kind, record.pk, record.number), at=at
    )
