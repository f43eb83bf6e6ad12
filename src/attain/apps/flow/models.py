"""What has a state, and everything that happened to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

USER = "accounts.User"


class Stateful(models.Model):
    """An object with a life cycle. Only `flow.services.take` changes its state.

    `version` grows with every change; whoever acts names the version they saw.
    """

    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class About(models.Model):
    """A row about an object of any kind."""

    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)

    class Meta:
        abstract = True


class Transition(About):
    """One action that was taken. Written once."""

    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    """"" where the object began."""
    to_state = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    """That of the object afterwards."""
    at = models.DateTimeField()
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    """Who acted; missing when it was the installation itself."""
    person = models.CharField(max_length=64, blank=True)
    on_behalf_of = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    """Whose right was used, where it was lent."""
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Whatever else goes wrong, a version is reached once: one winner of every race.
            models.UniqueConstraint(
                fields=["kind", "object_id", "version"], name="one_transition_to_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.action}"


class SignOff(About):
    """What somebody said for a party in a consultation that is not decided yet, or was."""

    party = models.CharField(max_length=60)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """When the consultation was decided or left; missing while it goes on."""

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "party", "user"],
                condition=Q(closed_at__isnull=True),
                name="one_voice_a_person_and_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.party} {self.verdict}"


class DutyDone(About):
    """Somebody did something that bars them, and whom they act for, from its counterpart."""

    duty = models.CharField(max_length=40)
    at = models.DateTimeField()
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.CharField(max_length=64, blank=True)
    giver = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    giver_person = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "object_id", "duty"], name="duties_of_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.kind} {self.object_id}"


class ToDo(About):
    """Something that waits for a user, or for whoever has a role."""

    action = models.CharField(max_length=60)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=64, blank=True)
    excluded = models.JSONField(default=list, blank=True)
    """Users who may not do it: they submitted it, or are delegates of who did."""
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "action", "user"],
                condition=Q(closed_at__isnull=True, role=""),
                name="one_open_to_do_of_a_user",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id", "action", "role", "unit"],
                condition=Q(closed_at__isnull=True, user__isnull=True),
                name="one_open_to_do_of_a_role",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["user"], condition=Q(closed_at__isnull=True), name="open_to_dos_of_a_user"
            ),
            models.Index(
                fields=["role"], condition=Q(closed_at__isnull=True), name="open_to_dos_of_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.action}"
