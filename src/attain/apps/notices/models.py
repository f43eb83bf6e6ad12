"""What people are told, and the mails which tell them the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing one person is told; kept as a kind with values, to be read in any language."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True)
    """What it is about, so that a step which is repeated tells nobody twice."""
    values = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "kind", "key"], condition=~Q(key=""), name="told_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="unread_notices")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"


class Mail(models.Model):
    """The mail of a notice, written in the same transaction and sent after it.

    A worker takes it by a conditional update before it sends: what is taken is never sent by
    another, and what a killed worker took is told to the administrator rather than sent twice.
    """

    class State(models.TextChoices):
        """How far it is."""

        waiting = "waiting"
        taken = "taken"
        sent = "sent"
        failed = "failed"

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="mail")
    state = models.CharField(max_length=10, choices=State.choices, default=State.waiting)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    """What the mail server said the last time."""

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mails_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


class Preference(models.Model):
    """Whether somebody wants mails of a kind; without a row, what the kind says."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    by_mail = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_preference_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.by_mail}"
