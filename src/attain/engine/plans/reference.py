"""What the reference pages of the plan language say: sections, fields, errors and lints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from attain.core.documents import descriptions
from attain.core.errors import ErrorKind, catalogue
from attain.core.labels import Labels
from attain.engine.forms.sections import FormSections
from attain.engine.plans.lints import Lint, lints
from attain.engine.plans.models.plan import Head, PlanModel, PrimitiveSections


@dataclass(frozen=True, slots=True)
class FieldReference:
    """One key: as it is written, what it takes, whether it must be there, and its help."""

    key: str
    type: str
    is_required: bool
    help: str


@dataclass(frozen=True, slots=True)
class SectionReference:
    """One section of a plan, or one kind of entry in it, with its keys."""

    name: str
    help: str
    fields: tuple[FieldReference, ...]
    parts: tuple[SectionReference, ...] = ()
    """The parts its entries are made of, such as the rows of a scorecard."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the pages are made of."""

    head: SectionReference
    sections: tuple[SectionReference, ...]
    errors: tuple[ErrorKind, ...]
    lints: tuple[Lint, ...]


PLAN_CODES = ("PLAN_", "TIER_", "LOOKUP_", "NAME_", "VERSION_", "LINT_", "YAML_", "FIELD_")
"""How the codes of the plan language begin."""


_WHERE_DECIDED: Final = re.compile(r" \((?:D|S|language\.md )\d[^)]*\)")
"""Where a rule was decided: for whoever keeps the code, not for whoever writes a plan."""


def reference() -> Reference:
    """The reference of the plan language, from its models, error catalogue and lint rules."""
    order = [*PrimitiveSections.model_fields, *FormSections.model_fields, "examples"]
    sections = [_section(name, PlanModel.model_fields[name]) for name in order]
    head = SectionReference("head", _doc(Head), _fields(Head))
    codes = tuple(kind for kind in catalogue() if kind.code.startswith(PLAN_CODES))
    return Reference(head, tuple(sections), codes, lints())


def _section(name: str, field: FieldInfo) -> SectionReference:
    entry, told = _entry(field.annotation), _told(descriptions(PlanModel).get(name, ""))
    if entry is None:
        return SectionReference(field.alias or name, told, ())
    parts = tuple(
        SectionReference(_words(part), _doc(part), _fields(part)) for part in _parts(entry)
    )
    return SectionReference(field.alias or name, told, _fields(entry), parts)


def _parts(entry: type[BaseModel]) -> list[type[BaseModel]]:
    """The models below an entry, in reading order, each once."""
    found: list[type[BaseModel]] = []
    waiting = [entry]
    while waiting:
        model = waiting.pop(0)
        for field in model.model_fields.values():
            for part in _models(field.annotation):
                if part not in (*found, entry, Labels):
                    found.append(part)
                    waiting.append(part)
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def _words(model: type[BaseModel]) -> str:
    """A model's name as words: `PayPart` is "pay part"."""
    name = model.__name__.removesuffix("Model")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _entry(annotation: Any) -> type[BaseModel] | None:
    """The model of a section's entries."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in reversed(get_args(annotation)):
        found = _entry(inner)
        if found is not None:
            return found
    return None


def _fields(model: type[BaseModel]) -> tuple[FieldReference, ...]:
    told = descriptions(model)
    return tuple(
        FieldReference(
            key=field.serialization_alias or field.alias or name,
            type=_type_words(field.annotation),
            is_required=field.is_required(),
            help=_told(told.get(name, "")) or _told_by_part(field.annotation),
        )
        for name, field in model.model_fields.items()
    )


def _type_words(annotation: Any) -> str:
    """What a key takes: one of a few words, or a kind of value."""
    choices = _choices(annotation)
    if choices:
        return " ".join(f"`{choice}`" for choice in choices)
    entry = _entry(annotation)
    text = str(annotation)
    if entry is not None:
        kind = "mapping of " if text.startswith("dict") else "list of " if "tuple" in text else ""
        return kind + " or ".join(_words(one) for one in dict.fromkeys(_models(annotation)))
    if text.startswith("dict"):
        return "mapping"
    for word, meaning in (
        ("Expression", "expression"),
        ("bool", "true or false"),
        ("tuple", "names"),
        ("dict", "mapping"),
        ("Decimal", "number"),
        ("int", "whole number"),
        ("date", "date"),
    ):
        if word in text:
            return meaning
    return "text"


def _choices(annotation: Any) -> tuple[str, ...]:
    """The words a key is chosen from."""
    if get_origin(annotation) is Literal:
        return tuple(str(word) for word in get_args(annotation))
    inner = [one for one in get_args(annotation) if one is not type(None)]
    return _choices(inner[0]) if len(inner) == 1 else ()


def _doc(model: type[BaseModel]) -> str:
    return _told(model.__doc__ or "")


def _told_by_part(annotation: Any) -> str:
    """What the part it takes says of itself."""
    entry = _entry(annotation)
    return _doc(entry) if entry is not None else ""


def _told(text: str) -> str:
    """A help in one line, as a reader needs it."""
    return _WHERE_DECIDED.sub("", " ".join(text.split()))
