"""What happened and who did it, kept so that nothing can be taken back unseen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """One thing somebody did. Written once; the database refuses to change or remove it."""

    at = models.DateTimeField(db_index=True)
    actor = models.BigIntegerField(null=True)
    """The user, NULL for the system itself."""
    actor_name = models.CharField(max_length=150)
    """As they were called then: a name that changes later rewrites no history."""
    on_behalf_of = models.BigIntegerField(null=True)
    """The user whose lent role made it possible, NULL for one's own."""
    via = models.CharField(max_length=10)
    request_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80)
    object_label = models.CharField(max_length=200, blank=True)
    before = models.TextField(blank=True)
    """JSON of what stood there, "" for nothing."""
    after = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    nonce = models.CharField(max_length=32)
    mark = models.CharField(max_length=64, unique=True)
    """Made with the key by whoever wrote the entry: what was slipped into the table has none."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class AuditSeal(models.Model):
    """The place of an entry in the chain: each seal is made over its entry and the seal before."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
