"""Mappings that somebody confirmed, kept per dataset and header signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from attain.apps.data.models import RememberedMapping
from attain.core.schemas import DatasetSchema
from attain.lake import ColumnMapping, Detected
from attain.lake.headers import NO_HEADER, header_at
from attain.lake.mapping import choose_table

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


class DatabaseMappings:
    """What `lake.FileMappings` is for a workspace."""

    def __init__(self, *, actor: Actor | None = None, at: datetime | None = None) -> None:
        self._actor = actor
        self._at = at

    def recall(
        self, detected: Detected, schema: DatasetSchema, sheet: str | None = None
    ) -> ColumnMapping | None:
        """The mapping confirmed for a file with the same columns, if there is one.

        :raises AttainError: SHEET_MISSING, SHEET_AMBIGUOUS.
        """
        table = choose_table(detected, schema, sheet)
        rows = [*(line for line, _ in table.sample), NO_HEADER]
        signatures = [header_at(table, row).signature for row in rows]
        found = dict(
            RememberedMapping.objects.filter(
                dataset=schema.dataset, signature__in=set(signatures)
            ).values_list("signature", "text")
        )
        for signature in signatures:
            try:
                if signature in found:
                    return ColumnMapping.model_validate_json(found[signature])
            except ValidationError:
                # One that an older declaration left behind is as good as none.
                continue
        return None

    def recall_writing(self, mapping: ColumnMapping) -> dict[str, Any]:
        """How files of this layout write numbers and dates, by column."""
        found = RememberedMapping.objects.filter(
            dataset=mapping.dataset, signature=mapping.signature
        ).first()
        return dict(found.written) if found else {}

    def remember(self, mapping: ColumnMapping, *, written: Mapping[str, Any] | None = None) -> None:
        """Keep a mapping for the next file with the same columns."""
        if self._at is None:
            raise TypeError("a mapping is remembered by somebody, at a time")
        RememberedMapping.objects.update_or_create(
            dataset=mapping.dataset,
            signature=mapping.signature,
            defaults={
                "text": mapping.model_dump_json(),
                "written": dict(written or {}),
                "remembered_by_id": self._actor.user_id if self._actor else None,
                "remembered_at": self._at,
            },
        )
