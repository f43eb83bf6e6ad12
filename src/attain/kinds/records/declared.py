"""The base of every part of a record type: what stands below a key explains it."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from attain.core.documents import Described


class Part(Described):
    """A part of a declaration whose keys explain themselves in schema and reference."""

    @model_validator(mode="before")
    @classmethod
    def _one_word_is_a_list(cls, given: Any) -> Any:
        """`by: owner` is a list of one."""
        if not isinstance(given, dict):
            return given
        lists = {key for name in word_lists(cls) for key in (name, written(cls, name))}
        return {
            key: (one,) if key in lists and isinstance(one, str) else one
            for key, one in given.items()
        }


def word_lists(model: type[Part]) -> list[str]:
    """The keys of a part that take a list of words, by their names in the model."""
    return [
        name
        for name, field in model.model_fields.items()
        if str(field.annotation).startswith("tuple[str")
    ]


def written(model: type[Part], name: str) -> str:
    """A key as it is written."""
    field = model.model_fields[name]
    return field.serialization_alias or field.alias or name
