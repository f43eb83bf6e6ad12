"""Files in the fields of records: whose they are, and that they stay as long as they are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from attain.apps.accounts.actors import Actor
from attain.apps.files import services as files
from attain.apps.files.models import StoredFile
from attain.apps.records import errors
from attain.apps.records.models import Record, RecordFile
from attain.core.errors import Problem, Where, problem
from attain.kinds.records import FieldSpec, Kind
from attain.kinds.records.fields import FILES

PURPOSE: Final = "records.file"


def check_files(
    kind: Kind, values: Mapping[str, Any], *, record: Record, actor: Actor
) -> Iterator[Problem]:
    """A file that is named must be on the record already, or brought in by the actor for it."""
    known = _on(record) if record.pk else {}
    for spec, one in _named(kind, values):
        is_there = spec.confidential is None and (
            one in known.get(spec.name, ()) or _brought_by(one, actor)
        )
        if not is_there:
            yield problem(
                errors.REFERENCE_UNKNOWN, Where(field=spec.name), field=spec.label, value=one
            )


def keep_files(
    record: Record, kind: Kind, values: Mapping[str, Any], *, actor: Actor, at: datetime
) -> None:
    """Keep the files that values name from now on, and let go of those they no longer name."""
    known = _on(record)
    wanted: dict[str, set[str]] = {
        spec.name: set() for spec in kind.open_fields if spec.type in FILES and spec.name in values
    }
    for spec, one in _named(kind, values):
        wanted[spec.name].add(one)
    for field, ids in wanted.items():
        for one in sorted(ids - known.get(field, set())):
            stored = StoredFile.objects.get(pk=one)
            files.keep(stored, at=at)
            RecordFile.objects.create(
                record=record, field=field, file=stored, added_by_id=actor.user_id, added_at=at
            )
        gone = [UUID(one) for one in known.get(field, set()) - ids]
        rows = RecordFile.objects.filter(record=record, field=field, file__in=gone)
        rows.filter(removed_at=None).update(removed_at=at)


def _named(kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[FieldSpec, str]]:
    for name, value in values.items():
        spec = kind.fields.get(name)
        if spec is not None and spec.type in FILES and value:
            for one in value if isinstance(value, list | tuple) else (value,):
                yield spec, str(one)


def _on(record: Record) -> dict[str, set[str]]:
    """The files of a record by field."""
    found: dict[str, set[str]] = {}
    rows = RecordFile.objects.filter(record=record, removed_at=None).exclude(field="")
    for field, file in rows.values_list("field", "file"):
        found.setdefault(field, set()).add(str(file))
    return found


def _brought_by(one: str, actor: Actor) -> bool:
    try:
        UUID(one)
    except ValueError:
        return False
    mine = StoredFile.objects.filter(pk=one, purpose=PURPOSE, taken_by=actor.user_id)
    return actor.user_id is not None and mine.exists()
