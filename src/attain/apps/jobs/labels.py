"""Names of kinds of jobs and of their steps, kept as codes and read in either language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.core.errors.rendering import show
from attain.core.labels import Labels, labels

_LABELS: Final[dict[str, Labels]] = {}


def label(code: str, zh: str, en: str) -> str:
    """Register the name of a step or kind; `{name}` in it is a value. Returns the code.

    :raises ValueError: a code that has another name already.
    """
    found = labels(zh, en)
    if _LABELS.get(code, found) != found:
        raise ValueError(f"{code} has another name already")
    _LABELS[code] = found
    return code


def said(code: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """A name as a reader reads it; "" for a code without one, such as that of a removed job."""
    found = _LABELS.get(code)
    if found is None:
        return ""
    shown = {name: show(value, language) for name, value in (values or {}).items()}
    return found.get(language).format_map(shown)
