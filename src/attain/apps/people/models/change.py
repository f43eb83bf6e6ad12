"""One deed that changed the organisation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Who changed the organisation, when, from which day on and why.

    Every dated row names the change that wrote it and the one that superseded it.
    """

    kind = models.CharField(max_length=40)
    """hire, change, assign, move, leave, set_unit, import, undo and so on."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    """Makes a change that was rolled back differ from the next one with the same number."""
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    values = models.JSONField(default=dict, blank=True)
    """What a reader of the history needs besides: the file of an import, counts of rows."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
