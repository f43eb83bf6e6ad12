"""YAML documents that people write: datasets, plans, record types, workspaces.

Read with the line of every word, nothing guessed: each scalar stays the text it is, so
that `010`, `no` and `1.10` keep what their author typed, and a number is read by the one
number parser only.
"""

from __future__ import annotations

from attain.core.documents.checking import Declared, check_document, known_fields, refused
from attain.core.documents.reading import Document, Path, read_yaml
from attain.core.documents.scalars import ExactNumber
from attain.core.documents.writing import write_yaml

__all__ = [
    "Declared",
    "Document",
    "ExactNumber",
    "Path",
    "check_document",
    "known_fields",
    "read_yaml",
    "refused",
    "write_yaml",
]
