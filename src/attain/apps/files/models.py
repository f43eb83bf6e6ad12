"""Files that people brought in: the content by its hash, and who brought it under which name."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One file as it was handed over. Equal contents share one file on disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    """As it was called, without path, control signs and signs that turn the direction of text."""
    media_type = models.CharField(max_length=100)
    """By its content, never by its name."""
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    purpose = models.CharField(max_length=60)
    """What it was brought in for; decides who may read it: `data.import`, `people.import`."""
    taken_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    """When something began to refer to it; what nobody keeps is swept after some days."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-taken_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its content lies."""
        return Path(settings.DATA) / "files" / self.sha256
