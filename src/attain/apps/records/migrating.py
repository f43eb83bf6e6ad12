"""What becomes of records when their type changes: brought along, left as they are, or refused.

Every record is tried. What it says must be readable by the new text; an open record that cannot
be brought along stands in the way, a finished one stays in the version it was written by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from attain.apps.accounts.actors import Actor
from attain.apps.records import deadlines, events, indexing
from attain.apps.records.kinds import book, kind_of, loaded
from attain.apps.records.models import Record, RecordEvent, RecordSecret, RecordType
from attain.apps.records.models import RecordTypeVersion as Version
from attain.core.errors import AttainError
from attain.core.labels import Labels, labels
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records import RecordType as Declared
from attain.kinds.records.fields import CHOOSING, FILES, NUMBERS, TEXTS
from attain.kinds.records.values import from_json, read, to_json

BATCH: Final = 500
_KEYS: Final = frozenset({FieldType.person, FieldType.unit, FieldType.record})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new text would do to the records that are there."""

    is_new: bool = False
    steps: tuple[Labels, ...] = ()
    obstacles: tuple[Labels, ...] = ()
    """Why it cannot be installed, each in a clause without full stop."""


class _Unfit(Exception):
    """A record that cannot be brought along, and why."""

    def __init__(self, why: Labels) -> None:
        self.why = why
        super().__init__(why.en)


def planned(row: RecordType | None, new: Declared) -> Plan:
    """What installing a text would do: the steps, and what stands in the way with how many."""
    if row is None or row.current is None:
        return Plan(is_new=True)
    old = loaded(row.current.text)
    open_ones: Counter[tuple[str, str]] = Counter()
    left = brought = 0
    for record in _records(row):
        try:
            _moved(record, new)
            brought += 1
        except _Unfit as unfit:
            if record.is_final:
                left += 1
            else:
                open_ones[(unfit.why.zh, unfit.why.en)] += 1
    obstacles = [
        labels(f"{zh}（{count}条未办结的记录）", f"{en} ({count} open records)")
        for (zh, en), count in sorted(open_ones.items())
    ]
    obstacles += _secrets_in_the_way(row, old, new)
    return Plan(False, tuple(_steps(old, new, brought, left)), tuple(obstacles))


def migrate(version: Version, plan: Plan, *, actor: Actor, at: datetime) -> None:
    """Bring the records of a type along, in the transaction that installs its new version."""
    if plan.is_new:
        return
    kind = book().kinds[version.type.name]
    for record in _records(version.type):
        if record.type_version_id == version.pk:
            continue
        try:
            data, state = _moved(record, kind.type)
        except _Unfit:
            # A finished record: it stays as it was written and is read by its own version.
            continue
        _bring(record, kind, data, state, version, actor=actor, at=at)


def _bring(
    record: Record,
    kind: Kind,
    data: dict[str, Any],
    state: str,
    version: Version,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    is_same = data == record.data and state == record.state
    Record.objects.filter(pk=record.pk).update(
        data=data, state=state, type_version=version, is_final=kind.is_final(state)
    )
    fresh = Record.objects.get(pk=record.pk)
    values = {name: from_json(kind.fields[name], one) for name, one in data.items()}
    indexing.index(fresh, kind, values)
    deadlines.settle(fresh, actor.today)
    if not is_same:
        events.happened(
            fresh,
            RecordEvent.Kind.migrated,
            actor=actor,
            at=at,
            note={"version": version.version},
            from_state=record.state,
            to_state=state,
        )


def _records(row: RecordType) -> Iterator[Record]:
    yield from Record.objects.filter(type=row).order_by("pk").iterator(chunk_size=BATCH)


def _moved(record: Record, new: Declared) -> tuple[dict[str, Any], str]:
    """What a record says, and where it stands, by a new text.

    :raises _Unfit: it cannot be told.
    """
    old = kind_of(record).type
    names = {spec.was: name for name, spec in new.fields.items() if spec.was}
    data: dict[str, Any] = {}
    for name, value in record.data.items():
        spec = old.fields.get(name)
        there = name if name in new.fields else names.get(name, "")
        if spec is None or value in (None, "", []):
            continue
        if there not in new.fields:
            raise _Unfit(labels(f"字段“{name}”不见了", f"the field {name} is gone"))
        if new.fields[there].confidential is None:
            data[there] = _converted(spec, new.fields[there], value)
    return data, _state(record.state, new)


def _state(state: str, new: Declared) -> str:
    if state in new.life:
        return state
    for name, spec in new.life.items():
        if spec.was == state:
            return name
    raise _Unfit(labels(f"状态“{state}”不见了", f"the state {state} is gone"))


def _converted(old: FieldSpec, new: FieldSpec, value: Any) -> Any:
    """
    :raises _Unfit: the value is none of the new field.
    """
    if old.type is FieldType.table and new.type is FieldType.table:
        return [_row(old, new, row) for row in value]
    if _is_alike(old, new):
        return value
    if old.type in FILES and new.type is FieldType.files:
        return value if isinstance(value, list) else [value]
    kept = from_json(old, value)
    is_one = not isinstance(kept, tuple) and old.type not in _KEYS | FILES
    if is_one and new.type not in _KEYS | FILES | {FieldType.table}:
        text = str(to_json(old, kept))
        try:
            return to_json(new, read(new, text))
        except AttainError:
            pass
    raise _Unfit(
        labels(
            f"字段“{new.name}”的新类型{new.type.value}装不下现有的值",
            f"the field {new.name} as {new.type.value} cannot hold what is there",
        )
    )


def _row(old: FieldSpec, new: FieldSpec, row: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {spec.was: name for name, spec in new.fields.items() if spec.was}
    found = {}
    for name, value in row.items():
        there = name if name in new.fields else renamed.get(name, "")
        if there not in new.fields:
            raise _Unfit(
                labels(
                    f"表格“{new.name}”的列“{name}”不见了", f"column {name} of {new.name} is gone"
                )
            )
        if name in old.fields:
            found[there] = _converted(old.fields[name], new.fields[there], value)
    return found


def _is_alike(old: FieldSpec, new: FieldSpec) -> bool:
    """Whether every value of one is a value of the other as it is kept."""
    if old.type in TEXTS and new.type in TEXTS:
        return new.max_length >= old.max_length
    if old.type is not new.type or old.currency != new.currency:
        return False
    if old.type in CHOOSING:
        return set(old.choices) <= set(new.choices)
    if old.type in NUMBERS:
        return new.accepted_scale >= old.accepted_scale
    return old.type is not FieldType.record or set(old.of) <= set(new.of)


def _secrets_in_the_way(row: RecordType, old: Declared, new: Declared) -> Iterator[Labels]:
    """A field that becomes confidential has left its values in the past; one that ceases to be
    would show what was told in confidence."""
    for name, spec in new.fields.items():
        before = old.fields.get(name) or old.fields.get(spec.was or "")
        if before is None or (before.confidential is None) == (spec.confidential is None):
            continue
        if spec.confidential is not None:
            count = sum(1 for one in _records(row) if one.data.get(before.name))
            why = labels(
                f"“{name}”改为保密，已有{count}条写过",
                f"{name} becomes confidential; {count} records have it in their past",
            )
        else:
            count = RecordSecret.objects.filter(record__type=row, field=before.name).count()
            why = labels(
                f"“{name}”不再保密，已有{count}条保密内容",
                f"{name} ceases to be confidential; {count} records hold one",
            )
        if count:
            yield why
    for name, spec in old.fields.items():
        renamed = {one.was for one in new.fields.values()}
        if spec.confidential is not None and name not in new.fields and name not in renamed:
            count = RecordSecret.objects.filter(record__type=row, field=name).count()
            if count:
                yield labels(
                    f"保密字段“{name}”不见了，还有{count}条内容",
                    f"the confidential field {name} is gone; {count} records hold one",
                )


def _steps(old: Declared, new: Declared, brought: int, left: int) -> Iterator[Labels]:
    for name, spec in new.fields.items():
        if name not in old.fields and spec.was not in old.fields:
            yield labels(f"新增字段“{name}”", f"the field {name} is new")
        elif spec.was in old.fields and name not in old.fields:
            yield labels(f"字段“{spec.was}”改名为“{name}”", f"{spec.was} is now called {name}")
    for name in old.fields:
        if name not in new.fields and name not in {one.was for one in new.fields.values()}:
            yield labels(f"去掉字段“{name}”", f"the field {name} goes")
    for name, state in new.life.items():
        if state.was in old.life and name not in old.life:
            yield labels(f"状态“{state.was}”改名为“{name}”", f"{state.was} is now called {name}")
    if brought:
        yield labels(f"{brought}条记录改用新版本", f"{brought} records follow the new version")
    if left:
        yield labels(
            f"{left}条已办结的记录保留原版本", f"{left} finished records keep their version"
        )
