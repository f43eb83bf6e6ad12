"""How the system datasets are written down here.

Not as YAML, as everybody else's: every start of the program would have to read it.
"""

from __future__ import annotations

from typing import Any, Final

from attain.core.schemas import DatasetSchema

SUBJECTS: Final = ["people", "units", "positions", "customers"]
"""Whose a target, a parameter, a balance, a rating or a decision may be; a company adds its own."""


def dataset(name: str, zh: str, en: str, **declared: Any) -> DatasetSchema:
    """A system dataset; `declared` are the keys of a declaration."""
    return DatasetSchema.model_validate({"dataset": name, "label": _both(zh, en), **declared})


def column(kind: str, zh: str, en: str, **declared: Any) -> dict[str, Any]:
    """One column of a dataset."""
    return {"type": kind, "label": _both(zh, en), **declared}


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh-Hans": zh, "en": en}
