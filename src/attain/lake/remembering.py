"""Mappings that somebody confirmed, kept per dataset and header signature."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from attain.core.schemas import DatasetSchema
from attain.lake.detecting import Detected
from attain.lake.headers import NO_HEADER, header_at
from attain.lake.mapping import ColumnMapping, choose_table


class FileMappings:
    """Remembered mappings as files: `<lake>/<dataset>/mappings/<signature>.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recall(
        self, detected: Detected, schema: DatasetSchema, sheet: str | None = None
    ) -> ColumnMapping | None:
        """The mapping confirmed for a file with the same columns, if there is one.

        :raises AttainError: SHEET_MISSING, SHEET_AMBIGUOUS.
        """
        table = choose_table(detected, schema, sheet)
        rows = [*(line for line, _ in table.sample), NO_HEADER]
        for row in rows:
            path = self._path(schema.dataset, header_at(table, row).signature)
            try:
                return ColumnMapping.model_validate_json(path.read_bytes())
            except (FileNotFoundError, ValidationError):
                # One that an older declaration left behind is as good as none.
                continue
        return None

    def remember(self, mapping: ColumnMapping) -> None:
        """Keep a mapping for the next file with the same columns."""
        path = self._path(mapping.dataset, mapping.signature)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mapping.model_dump_json(indent=2), encoding="utf-8")

    def _path(self, dataset: str, signature: str) -> Path:
        return self.folder / dataset / "mappings" / f"{signature}.json"
