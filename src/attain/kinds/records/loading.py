"""Record types from YAML and back."""

from __future__ import annotations

from typing import Any

from attain.core.documents import check_document, read_yaml, write_yaml
from attain.kinds.records.models import RecordType


def load_record_type(text: str, file: str | None = None) -> RecordType:
    """A record type read from YAML. What it says of other types is checked by `assemble`.

    :raises AttainError: what `read_yaml` and `check_document` raise, and the codes of
        `attain.kinds.records.errors`; all of them at once, with their lines.
    """
    document = read_yaml(text, file or None)
    found = check_document(RecordType, document)
    found._document = document
    return found


def dump_record_type(declared: RecordType) -> str:
    """A record type as YAML, which `load_record_type` reads as the same."""
    data = declared.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    _without_names(data["fields"])
    return write_yaml(data)


def _without_names(fields: dict[str, Any]) -> None:
    for field in fields.values():
        del field["name"]
        _without_names(field.get("fields", {}))
