"""The base of every model of a plan's text."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from attain.core.documents import Described, refused
from attain.core.errors import problem
from attain.engine import errors


class PlanPart(Described):
    """One part of a plan as its author wrote it: frozen, and nothing unknown in it.

    The docstring under a field is its help in the editor, its row on the reference page and
    its description in the JSON Schema.
    """

    @model_validator(mode="before")
    @classmethod
    def _no_key_is_empty(cls, given: Any) -> Any:
        """A key without a value is a rule its author forgot to finish."""
        if isinstance(given, dict):
            for key, value in given.items():
                if value is None:
                    raise refused(problem(errors.PLAN_KEY_EMPTY, key=key))
        return given


class ShortPart(PlanPart):
    """A part that may be written as one value: `seller: people` for `seller: {from: people}`.

    `short` is the key that is meant then.
    """

    short: ClassVar[str]
    short_schema: ClassVar[JsonSchemaValue] = {"type": ["string", "number", "boolean"]}

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, given: Any) -> Any:
        is_whole = given is None or isinstance(given, dict | PlanPart)
        return given if is_whole else {cls.short: given}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = super().__get_pydantic_json_schema__(core_schema, handler)
        whole = handler.resolve_ref_schema(made)
        if "anyOf" not in whole:
            kept = {key: value for key, value in whole.items() if key != "title"}
            title = whole.get("title", cls.__name__)
            whole.clear()
            whole.update({"title": title, "anyOf": [cls.short_schema, kept]})
        return made
