"""The published schema and the reference pages say what the models say."""

from __future__ import annotations

from pathlib import Path

from attain.engine.plans.reference import reference
from attain.engine.plans.schema import json_schema, schema_file, schema_text

ROOT = Path(__file__).parents[3]


def test_the_published_schema_is_that_of_the_models() -> None:
    assert (ROOT / schema_file()).read_text(encoding="utf-8") == schema_text(), (
        "write it anew with attain schema"
    )


def test_every_key_of_every_section_has_help() -> None:
    pages = reference()

    for section in (pages.head, *pages.sections):
        assert section.help
        for field in section.fields:
            assert field.help, f"{section.name}.{field.key} has no help"


def test_short_forms_are_part_of_the_schema() -> None:
    column = json_schema()["$defs"]["ColumnModel"]

    assert {"type": ["string", "number", "boolean"]} in column["anyOf"]


def test_every_error_of_plans_is_on_the_reference_page() -> None:
    codes = {kind.code for kind in reference().errors}

    assert {"PLAN_CYCLE", "TIER_GAP", "LOOKUP_OVERLAP", "PLAN_SYNTAX", "LINT_CLIFF"} <= codes
