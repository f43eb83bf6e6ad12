"""The JSON Schema of record types, for editors; its only source are the models."""

from __future__ import annotations

import json
from typing import Any, Final

from attain.kinds.records.models import RecordType

TITLE: Final = "Attain record type"
FILE: Final = "schemas/record.schema.json"
"""Where the schema is kept, from the top of the repository."""

_LABELS: Final = "#/$defs/Labels"
_TEXT: Final = {"type": "string"}
_SCALAR: Final = [{"type": one} for one in ("string", "number", "boolean", "null")]
_SCALARS: Final = frozenset(
    {"default", "min", "max", "is", "when", "holds", "limit", "to", "amount", "reserved", "spent"}
)
"""Keys whose value is an expression or a number; YAML shows a plain 0.01 as a number."""


def json_schema() -> dict[str, Any]:
    """The schema of a record type as people write it."""
    made = RecordType.model_json_schema(by_alias=True, mode="validation")
    # A field is named by the key it stands under.
    field = made["$defs"]["FieldSpec"]
    del field["properties"]["name"]
    field["required"].remove("name")
    _shorter(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **{key: value for key, value in made.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _shorter(node: Any) -> None:
    """What may be written shorter: a text for a label in both languages, one word for a list of
    one, a number where an expression stands."""
    if isinstance(node, list):
        for one in node:
            _shorter(one)
    if not isinstance(node, dict):
        return
    for name, one in node.items():
        if isinstance(one, dict):
            _widen(name, one)
            _shorter(one)
        elif isinstance(one, list):
            _shorter(one)


def _widen(name: str, node: dict[str, Any]) -> None:
    if node.get("$ref") == _LABELS:
        node["anyOf"] = [_TEXT, {"$ref": node.pop("$ref")}]
    elif name in _SCALARS and node.get("type") != "array":
        node.pop("type", None)
        node["anyOf"] = _SCALAR
    elif name == "with":
        node["additionalProperties"] = {"anyOf": _SCALAR}
    elif node.get("type") == "array" and (name == "every" or _is_of_words(node)):
        one = {key: node.pop(key) for key in ("type", "items", "minItems") if key in node}
        node["anyOf"] = [_TEXT, one]


def _is_of_words(node: dict[str, Any]) -> bool:
    items = node.get("items", {})
    return _TEXT in (items, *items.get("anyOf", ()))
