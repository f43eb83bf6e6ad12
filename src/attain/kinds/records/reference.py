"""What the reference page of record types says: every part and key, from the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic import BaseModel

from attain.core.documents import descriptions
from attain.core.labels import Labels, labels
from attain.kinds.records.fields import FieldType
from attain.kinds.records.models import RecordType
from attain.kinds.records.scopes import BUILT_IN
from attain.kinds.records.wording import chinese

_KINDS: Final[tuple[tuple[str, Labels], ...]] = (
    ("bool", labels("true 或 false", "true or false")),
    ("Length", labels("时长", "length of time")),
    ("DayText", labels("日期", "day")),
    ("Tone", labels("显示方式", "tone")),
    ("FieldType", labels("字段类型", "field type")),
    ("date", labels("日期", "date")),
    ("dict", labels("键: 值", "mapping")),
    ("tuple", labels("列表", "list")),
    ("Labels", labels("名称", "label")),
    ("Decimal", labels("数字", "number")),
    ("int", labels("整数", "whole number")),
)
_TEXT: Final = labels("文字", "text")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: as it is written, what it takes, whether it must be there, what it means."""

    key: str
    takes: Labels
    is_required: bool
    help: Labels


@dataclass(frozen=True, slots=True)
class PartReference:
    """One part of a record type with its keys."""

    name: str
    title: Labels
    keys: tuple[Key, ...]


def parts() -> tuple[PartReference, ...]:
    """Every part in reading order, the type itself first."""
    said = chinese()
    return tuple(_part(model, said.get(model.__name__, {})) for model in _models(RecordType))


def field_types() -> tuple[str, ...]:
    """The types a field can have."""
    return tuple(one.value for one in FieldType)


def built_in() -> dict[str, Labels]:
    """The names every record has in expressions."""
    return dict(BUILT_IN)


def _part(model: type[BaseModel], said: dict[str, str]) -> PartReference:
    keys, told = [], descriptions(model)
    for name, field in model.model_fields.items():
        key = field.serialization_alias or field.alias or name
        if model.__name__ == "FieldSpec" and name == "name":
            continue
        english = " ".join(told.get(name, "").split())
        help_ = labels(said.get(key, ""), english)
        keys.append(Key(key, _takes(field.annotation), field.is_required(), help_))
    doc = " ".join((model.__doc__ or model.__name__).split()).partition(".")[0]
    return PartReference(model.__name__, labels(said.get("", ""), doc), tuple(keys))


def _models(first: type[BaseModel]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [first]
    for model in found:
        for field in model.model_fields.values():
            for inner in _inside(field.annotation):
                if inner not in (*found, Labels):
                    found.append(inner)
    return found


def _inside(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for inner in get_args(annotation) for one in _inside(inner)]


def _takes(annotation: Any) -> Labels:
    text = str(annotation)
    return next((said for word, said in _KINDS if word in text), _TEXT)
