"""YAML documents that people write: datasets, plans, record types, workspaces.

Read with the line of every word, nothing guessed: each scalar stays the text it is, so
that `010`, `no` and `1.10` keep what their author typed, and a number is read by the one
number parser only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attain.core.documents.checking import Declared, check_document, known_fields, refused
from attain.core.documents.describing import Described, descriptions
from attain.core.documents.document import Document, Path
from attain.core.documents.scalars import ExactNumber

if TYPE_CHECKING:
    from attain.core.documents.reading import read_yaml
    from attain.core.documents.writing import write_yaml

__all__ = [
    "Declared",
    "Described",
    "Document",
    "ExactNumber",
    "Path",
    "check_document",
    "descriptions",
    "known_fields",
    "read_yaml",
    "refused",
    "write_yaml",
]


def __getattr__(name: str) -> Any:
    """YAML itself is found when it is asked for: whoever only calculates reads none."""
    if name == "read_yaml":
        from attain.core.documents.reading import read_yaml

        return read_yaml
    if name == "write_yaml":
        from attain.core.documents.writing import write_yaml

        return write_yaml
    raise AttributeError(f"attain.core.documents has no {name!r}")
