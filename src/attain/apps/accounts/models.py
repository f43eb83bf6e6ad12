"""Who may log in, and in which roles, from when until when."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from attain.apps.accounts.roles import GrantScope, Role

ROLES = [(role.value, role.value) for role in Role]
SCOPES = [(scope.value, scope.value) for scope in GrantScope]


class User(AbstractUser):
    """Somebody who logs in. What they may do stands in their dated role grants, not here.

    `is_superuser` and `is_staff` open no door of the product.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]

    name = models.CharField(max_length=120)
    """As colleagues write it: 沈佳宁."""
    name_en = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=64, blank=True, db_index=True)
    """The opaque key of the person they are, "" for a machine or an outsider."""
    language = models.CharField(max_length=10, blank=True)
    """zh-hans or en; "" follows the browser."""
    preferences = models.JSONField(default=dict, blank=True)
    """What they chose for themselves: columns of lists, theme. No right depends on it."""

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=~models.Q(person=""), name="one_user_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username


class RoleGrant(models.Model):
    """A role somebody has, how far it reaches, and between which dates."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLES)
    scope = models.CharField(max_length=10, choices=SCOPES)
    unit = models.CharField(max_length=64, blank=True)
    """The key of the unit, only where the scope is one."""
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="grants_given"
    )
    """NULL: by the command line or a job."""
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(scope="unit") ^ models.Q(unit=""), name="grant_unit_with_scope"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_until=None)
                | models.Q(effective_until__gt=models.F("effective_from")),
                name="grant_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Delegation(models.Model):
    """Roles somebody lends a colleague for some days: away, ill, on a journey."""

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_taken")
    roles = models.JSONField()
    """Names of roles; a role counts as long as the giver has it themselves."""
    effective_from = models.DateField()
    effective_until = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="delegation_to_another"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_until__gt=models.F("effective_from")),
                name="delegation_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class ApiToken(models.Model):
    """A key for programs that act for a user. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    """What it only reads it cannot be made to change."""
    beginning = models.CharField(max_length=12)
    """The first signs, by which its owner recognises it."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """What a request with an Idempotency-Key was answered, so that it is done once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of method, address and body."""
    created_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    """NULL while the first request is still being answered."""
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once"),
        ]

    def __str__(self) -> str:
        return self.key
