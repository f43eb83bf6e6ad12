"""Every lint has a smallest type that provokes it, and is silent on a good one; the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from record_texts import CAMPAIGN, EVALUATION, book
from ruamel.yaml import YAML

from attain.core.errors import Severity, catalogue
from attain.kinds.records import advice, lint
from attain.kinds.records.lints import Lint, lints
from attain.kinds.records.reference import parts
from attain.kinds.records.schema import FILE, json_schema, schema_text
from attain.kinds.records.wording import chinese

ROOT = Path(__file__).parents[3]
PACKS = sorted((ROOT / "src/attain/packs").glob("*/records/*.yaml"))


@pytest.mark.parametrize("rule", lints(), ids=lambda rule: rule.code)
def test_each_rule_is_provoked_by_its_example(rule: Lint) -> None:
    found = [one for one in lint(book(rule.example.strip())) if one.code == rule.code]

    assert found
    assert all(one.severity is Severity.warning and one.where for one in found)
    assert len(rule.description) > 40


def test_every_advice_has_a_rule() -> None:
    codes = {kind.code for kind in catalogue() if kind.code.startswith("LINT_RECORD_")}

    assert codes == {rule.code for rule in lints()}
    assert codes == {getattr(advice, name) for name in dir(advice) if name.startswith("LINT_")}


def test_a_good_type_is_left_alone() -> None:
    text = """
record: visit
label: 拜访
fields: {note: {type: text, label: 备注, required: true}}
states: {planned: {label: 计划}, done: {label: 完成, final: true}}
actions: {finish: {label: 完成, from: planned, to: done, by: [owner], until: entered + 2 days}}
examples:
  - name: in time
    given: {note: x}
    as: [owner]
    entered: 2026-01-01
    on: 2026-01-03
    take: finish
"""
    assert lint(book(text)) == []


def test_the_campaign_of_the_tests_is_told_what_it_lacks() -> None:
    found = {one.code for one in lint(book(CAMPAIGN, EVALUATION))}

    assert found == {
        "LINT_RECORD_NO_EXAMPLES",
        "LINT_RECORD_UNLABELLED",
        "LINT_RECORD_MONEY_ALONE",
    }


def test_the_schema_is_kept_beside_the_code() -> None:
    kept = (ROOT / FILE).read_text(encoding="utf-8")

    assert kept == schema_text(), "run tools/reference_pages.py"


def test_every_key_of_the_schema_is_explained() -> None:
    schema = json_schema()
    parts = {"RecordType": schema, **schema["$defs"]}
    silent = [
        f"{part}.{key}"
        for part, model in parts.items()
        for key, one in model.get("properties", {}).items()
        if part != "Labels" and not one.get("description")
    ]
    assert silent == []


def test_every_key_of_the_reference_is_explained_in_both_languages() -> None:
    said = chinese()

    assert set(said) == {part.name for part in parts()}
    for part in parts():
        assert {key.key for key in part.keys} == set(said[part.name]) - {""}, part.name
        assert part.title.zh
        assert all(key.help.zh and key.help.en for key in part.keys)


def _fits(schema: dict[str, Any], node: dict[str, Any], value: Any) -> bool:
    """Whether a value fits a part of the schema; what the schema of record types uses of JSON
    Schema, and no more."""
    if "$ref" in node:
        return _fits(schema, schema["$defs"][node["$ref"].rpartition("/")[2]], value)
    if "anyOf" in node:
        return any(_fits(schema, one, value) for one in node["anyOf"])
    if "enum" in node:
        return value in node["enum"]
    types = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    kind = node.get("type")
    if kind in ("number", "integer"):
        return isinstance(value, int) or (kind == "number" and not isinstance(value, bool | str))
    if kind is not None and not isinstance(value, types[kind]):
        return False
    if isinstance(value, dict):
        own, more = node.get("properties", {}), node.get("additionalProperties", True)
        return all(
            _fits(schema, own[key], one)
            if key in own
            else (_fits(schema, more, one) if isinstance(more, dict) else more)
            for key, one in value.items()
        ) and all(key in value for key in node.get("required", ()))
    if isinstance(value, list):
        return all(_fits(schema, node.get("items", {}), one) for one in value)
    return True


def _read(path: Path) -> dict[str, Any]:
    """A file as an editor's YAML support reads it, with days as texts."""
    yaml = YAML(typ="safe", pure=True)
    yaml.resolver.versioned_resolver  # noqa: B018  # built before it is changed
    loaded = yaml.load(path.read_text(encoding="utf-8"))

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value if isinstance(value, str | int | bool | float | None) else str(value)

    made: dict[str, Any] = plain(loaded)
    return made


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_the_types_of_the_packs_fit_the_schema(path: Path) -> None:
    schema = json_schema()
    data = _read(path)

    wrong = {
        key: one
        for key, one in data.items()
        if key not in schema["properties"] or not _fits(schema, schema["properties"][key], one)
    }
    assert wrong == {}


def test_the_schema_refuses_what_is_misspelt() -> None:
    schema = json_schema()
    fields = schema["properties"]["fields"]

    assert _fits(schema, fields, {"a": {"type": "text", "min": 0}})
    assert not _fits(schema, fields, {"a": {"type": "txt"}})
    assert not _fits(schema, fields, {"a": {"type": "text", "requird": True}})
    assert not _fits(schema, fields, {"a": {}})
