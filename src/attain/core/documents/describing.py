"""What the keys of a declaration mean: the docstrings that stand under them in the code.

They are read from the source when a schema or a reference page asks for them; reading them at
every start of the program would take a tenth of it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from textwrap import dedent

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from attain.core.documents.checking import Declared


class Described(Declared):
    """A model that explains its keys: in the editor, on the reference page, in the JSON Schema."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = handler(core_schema)
        properties = handler.resolve_ref_schema(made).get("properties", {})
        for name, told in descriptions(cls).items():
            field = cls.model_fields[name]
            for called in {name, field.alias, field.serialization_alias} & properties.keys():
                properties[called].setdefault("description", told)
        return made


@cache
def descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """What is said about the fields of a model, by their names; nothing if it does not explain."""
    told: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, Described):
            told |= _said_in(inspect.getsource(one))
    return {name: told[name] for name in model.model_fields if name in told}


def _said_in(source: str) -> dict[str, str]:
    """The texts that stand right under the fields of a class."""
    [written] = ast.parse(dedent(source)).body
    assert isinstance(written, ast.ClassDef)
    told: dict[str, str] = {}
    for field, under in zip(written.body, written.body[1:], strict=False):
        match field, under:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                told[name] = inspect.cleandoc(text)
    return told
