"""The JSON Schema of the plan language, for editors; its only source are the models."""

from __future__ import annotations

import json
from typing import Any, Final

from attain.engine.plans.models.plan import LANGUAGE_VERSION, PlanModel

TITLE: Final = "Attain plan"


def json_schema() -> dict[str, Any]:
    """The schema of the present version of the language."""
    made = PlanModel.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **{key: value for key, value in made.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as the file `schemas/plan/v<version>.json` has it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def schema_file() -> str:
    """Where the schema of this version is kept, from the top of the repository."""
    return f"schemas/plan/v{LANGUAGE_VERSION}.json"
