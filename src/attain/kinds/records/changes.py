"""Two versions of a record type compared: what happens to the records that are there.

A `Change` has steps, which can be done by themselves, and obstacles, which stand in the way as
long as there are records they concern. How many those are is the store's to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from attain.core.errors import AttainError
from attain.core.labels import Labels, labels
from attain.kinds.records.fields import CHOOSING, NUMBERS, FieldSpec, FieldType
from attain.kinds.records.models import RecordType
from attain.kinds.records.values import number_in

_TEXTS: Final = frozenset({FieldType.text, FieldType.long_text, FieldType.code})


class StepKind(StrEnum):
    """What is done by itself."""

    rename_state = "rename_state"
    rename_field = "rename_field"
    add_field = "add_field"
    convert_field = "convert_field"
    """Its values are written in another way, such as one choice as a list of one."""
    hide_field = "hide_field"
    """It becomes confidential: its values move out of the record."""
    compute_field = "compute_field"
    """Its values are worked out anew."""


class ObstacleKind(StrEnum):
    """What cannot be done while records are concerned."""

    state_gone = "state_gone"
    """Records stand in a state that is no longer declared."""
    field_gone = "field_gone"
    """Records hold a value in a field that is no longer declared."""
    field_type = "field_type"
    """Records hold a value that the field's new type cannot hold."""
    choice_gone = "choice_gone"
    """Records hold a choice that is no longer declared."""
    reveals = "reveals"
    """Confidential values would be open to everybody."""
    allowance_gone = "allowance_gone"
    """Amounts were reserved or spent of an allowance that is no longer declared."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done; `name` as it is called now, `before` as it was."""

    kind: StepKind
    name: str
    said: Labels
    before: str = ""
    column: str = ""
    """The column of the table `name`, where it is about one."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in the way; all names as they were before the change."""

    kind: ObstacleKind
    name: str
    """The state, the field or the allowance."""
    label: Labels
    column: str = ""
    """The column of the table `name`, where it is about one."""
    value: str = ""
    """For a choice: its identifier."""

    def reason(self, count: int) -> Labels:
        """Why it does not go, with the number of records concerned, and what to do."""
        zh, en = self.label.get("zh-Hans"), self.label.get("en")
        said_zh, said_en = _REASONS[self.kind]
        more = "" if count == 1 else "s"
        return labels(
            said_zh.format(label=zh, name=self.name, value=self.value, count=count),
            said_en.format(label=en, name=self.name, value=self.value, count=count, s=more),
        )


_REASONS: Final[Mapping[ObstacleKind, tuple[str, str]]] = {
    ObstacleKind.state_gone: (
        "状态“{label}”没有了，还有 {count} 条记录处于这一状态；改名的写 was: {name}，"
        "或先把它们办到别的状态",
        "the state “{label}” is gone and {count} record{s} stand in it; write was: {name} where it "
        "is only renamed, or move them on first",
    ),
    ObstacleKind.field_gone: (
        "字段“{label}”没有了，还有 {count} 条记录填写了它；改名的写 was: {name}，"
        '不再使用的，保留并写 when: "false"',
        "the field “{label}” is gone and {count} record{s} hold a value in it; write was: {name} "
        'where it is only renamed, or keep it with when: "false"',
    ),
    ObstacleKind.field_type: (
        "字段“{label}”换了类型，{count} 条记录里的值无法照搬；新增一个字段",
        "the field “{label}” has another type, which the values of {count} record{s} do not fit; "
        "add a new field instead",
    ),
    ObstacleKind.choice_gone: (
        "“{label}”的选项“{value}”没有了，还有 {count} 条记录选了它；保留这一选项",
        "the choice “{value}” of “{label}” is gone and {count} record{s} have it; keep the choice",
    ),
    ObstacleKind.reveals: (
        "字段“{label}”不再保密，{count} 条记录里的保密内容会公开；新增一个字段",
        "the field “{label}” is no longer confidential, which would open what {count} record{s} "
        "keep apart; add a new field instead",
    ),
    ObstacleKind.allowance_gone: (
        "额度“{label}”没有了或换了币种，已有 {count} 条记录预留或使用了它；保留这一额度",
        "the allowance “{label}” is gone or has another currency, and {count} record{s} reserved "
        "or spent of it; keep it",
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two versions of a type."""

    steps: tuple[Step, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    """States that are called otherwise, the old name first."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Fields that are called otherwise, the old name first."""

    def refusals(self, count: Callable[[Obstacle], int]) -> list[Labels]:
        """The obstacles that concern records, in words; `count` tells how many."""
        counted = ((one, count(one)) for one in self.obstacles)
        return [one.reason(number) for one, number in counted if number]


def compare(old: RecordType, new: RecordType) -> Change:
    """What a new version of a type does to records of the old one.

    :raises ValueError: two different types.
    """
    if old.record != new.record:
        raise ValueError(f"{old.record} and {new.record} are different types")
    steps: list[Step] = []
    obstacles: list[Obstacle] = []
    states = _states(old, new, steps, obstacles)
    fields = _fields(old.fields, new.fields, steps, obstacles)
    _allowances(old, new, obstacles)
    return Change(tuple(steps), tuple(obstacles), states, fields)


def _states(
    old: RecordType, new: RecordType, steps: list[Step], obstacles: list[Obstacle]
) -> dict[str, str]:
    renamed = {one.was: name for name, one in new.life.items() if one.was in old.life}
    found: dict[str, str] = {}
    for name, state in old.life.items():
        label = state.label or labels(name, name)
        if name in new.life:
            continue
        if name in renamed:
            now = renamed[name]
            said = labels(f"状态“{name}”改称“{now}”", f"the state “{name}” is called “{now}”")
            steps.append(Step(StepKind.rename_state, now, said, name))
            found[name] = now
        else:
            obstacles.append(Obstacle(ObstacleKind.state_gone, name, label))
    return found


def _fields(
    old: Mapping[str, FieldSpec],
    new: Mapping[str, FieldSpec],
    steps: list[Step],
    obstacles: list[Obstacle],
    table: str = "",
) -> dict[str, str]:
    """Fields, or the columns of a table, one by one."""
    renamed = {one.was: name for name, one in new.items() if one.was in old and one.was not in new}
    for name, spec in old.items():
        now = renamed.get(name, name)
        if now not in new:
            if not spec.is_computed:
                obstacles.append(_about(ObstacleKind.field_gone, spec, table))
            continue
        if now != name:
            said = labels(f"字段“{name}”改称“{now}”", f"the field “{name}” is called “{now}”")
            steps.append(_step(StepKind.rename_field, now, said, name, table))
        _one(spec, new[now], steps, obstacles, table)
    for name, spec in new.items():
        if name not in old and name not in renamed.values():
            said = labels(f"新增字段“{_zh(spec)}”", f"a new field “{_en(spec)}”")
            steps.append(_step(StepKind.add_field, name, said, "", table))
    return {str(was): now for was, now in renamed.items()}


def _one(
    old: FieldSpec, new: FieldSpec, steps: list[Step], obstacles: list[Obstacle], table: str
) -> None:
    """One field before and after."""
    if new.is_computed:
        if old.is_ != new.is_:
            said = labels(f"“{_zh(new)}”重新计算", f"“{_en(new)}” is worked out anew")
            steps.append(_step(StepKind.compute_field, new.name, said, old.name, table))
        return
    if old.confidential and not new.confidential:
        obstacles.append(_about(ObstacleKind.reveals, old, table))
        return
    if new.confidential and not old.confidential:
        said = labels(f"“{_zh(new)}”转为保密", f"“{_en(new)}” is kept apart from now on")
        steps.append(_step(StepKind.hide_field, new.name, said, old.name, table))
    if not _fits(old, new):
        obstacles.append(_about(ObstacleKind.field_type, old, table))
        return
    if old.type is FieldType.choice and new.type is FieldType.choices:
        said = labels(f"“{_zh(new)}”可以多选", f"“{_en(new)}” takes several choices")
        steps.append(_step(StepKind.convert_field, new.name, said, old.name, table))
    if old.type is FieldType.file and new.type is FieldType.files:
        said = labels(f"“{_zh(new)}”可以放多个文件", f"“{_en(new)}” takes several files")
        steps.append(_step(StepKind.convert_field, new.name, said, old.name, table))
    for choice in old.choices:
        if new.type in CHOOSING and choice not in new.choices:
            obstacles.append(_about(ObstacleKind.choice_gone, old, table, choice))
    if old.type is FieldType.table:
        _fields(old.fields, new.fields, steps, obstacles, old.name)


def _fits(old: FieldSpec, new: FieldSpec) -> bool:
    """Whether every value of the field before can stand in the field after."""
    if old.type in NUMBERS and new.type in NUMBERS:
        same_unit = old.type is new.type or FieldType.money not in (old.type, new.type)
        wide_enough = new.accepted_scale >= old.accepted_scale
        return same_unit and old.currency == new.currency and wide_enough
    if old.type is FieldType.record and new.type is FieldType.record:
        return set(old.of) <= set(new.of)
    if old.type is new.type or (old.type in _TEXTS and new.type in _TEXTS):
        return True
    widening = {
        (FieldType.choice, FieldType.choices),
        (FieldType.file, FieldType.files),
        (FieldType.choice, FieldType.text),
    }
    return (old.type, new.type) in widening


def _allowances(old: RecordType, new: RecordType, obstacles: list[Obstacle]) -> None:
    for name, one in old.allowances.items():
        there = new.allowances.get(name)
        if there is None or there.currency != one.currency:
            label = one.label or labels(name, name)
            obstacles.append(Obstacle(ObstacleKind.allowance_gone, name, label))


def _step(kind: StepKind, name: str, said: Labels, before: str, table: str) -> Step:
    return Step(kind, table, said, before, name) if table else Step(kind, name, said, before)


def _about(kind: ObstacleKind, spec: FieldSpec, table: str, value: str = "") -> Obstacle:
    if table:
        return Obstacle(kind, table, spec.label, spec.name, value)
    return Obstacle(kind, spec.name, spec.label, "", value)


def _zh(spec: FieldSpec) -> str:
    return spec.label.get("zh-Hans")


def _en(spec: FieldSpec) -> str:
    return spec.label.get("en")


def migrated(old: RecordType, new: RecordType, data: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a record of the old version as the new one keeps it.

    Fields that became confidential are still among it: whoever keeps them apart takes them out.
    Computed fields are not worked out here.
    """
    return dict(_moved(old.fields, new.fields, data))


def _moved(
    old: Mapping[str, FieldSpec], new: Mapping[str, FieldSpec], data: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    for name, spec in new.items():
        before = name if name in old else spec.was
        if before is not None and before in old and before in data:
            yield name, _converted(old[before], spec, data[before])


def _converted(old: FieldSpec, new: FieldSpec, value: Any) -> Any:
    if value is None:
        return None
    if new.type is FieldType.table and old.type is FieldType.table:
        return [dict(_moved(old.fields, new.fields, row)) for row in value]
    many = (FieldType.choices, FieldType.files)
    if new.type in many and old.type not in many:
        return [value]
    if new.type in NUMBERS and old.type in NUMBERS:
        return _number(new, value)
    return value


def _number(spec: FieldSpec, value: Any) -> Any:
    """A number in the form the new field has; what does not fit stays as it is."""
    try:
        return format(number_in(spec, str(value)), "f")
    except AttainError:
        return value
