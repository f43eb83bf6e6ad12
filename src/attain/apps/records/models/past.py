"""What happened to records, what was said and kept in confidence, what the clock has done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from attain.apps.records.models.base import KEY_LENGTH, NAME_LENGTH, USER
from attain.apps.records.models.things import Record


class RecordEvent(models.Model):
    """Something that happened to a record. Written once: the database refuses a change."""

    class Kind(models.TextChoices):
        """What happened."""

        created = "created"
        changed = "changed"
        acted = "acted"
        commented = "commented"
        attached = "attached"
        linked = "linked"
        reminded = "reminded"
        revealed = "revealed"
        migrated = "migrated"

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="events")
    n = models.PositiveIntegerField()
    """Its place in the record's past, from 1."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    action = models.CharField(max_length=60, blank=True)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    """The business day."""
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=KEY_LENGTH, blank=True)
    on_behalf_of = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.JSONField(default=dict)
    """What changed ({"changed": {field: [before, after]}}), the reason, whom it was told."""

    class Meta:
        ordering: ClassVar[list[str]] = ["record", "n"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "n"], name="records_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}#{self.n} {self.kind}"


class RecordSecret(models.Model):
    """The value of a confidential field. Only `secrets` reads it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=NAME_LENGTH)
    value = models.JSONField(null=True)
    kept_at = models.DateTimeField()
    consent = models.BooleanField(default=False)
    """Whoever wrote it said that the person agreed."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "field"], name="records_secret_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"


class RecordSecretRead(models.Model):
    """Somebody read confidential fields, and said what for. Written once."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()
    reader = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=KEY_LENGTH, blank=True)
    purpose = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d}"


class Comment(models.Model):
    """Something said about a record. Whoever said it may change or take it back."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.JSONField(default=list)
    """The keys of the people it calls."""
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=64, blank=True)
    """As of a record: the same form arriving twice says it once."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["author", "token"], condition=~Q(token=""), name="records_said_once"
            ),
        ]
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"


class RecordFile(models.Model):
    """A file that belongs to a record, in one of its fields or beside them."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=NAME_LENGTH, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.file_id}"


class ClockMark(models.Model):
    """Something the clock has done once: reminded, escalated, told that one is missing."""

    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
