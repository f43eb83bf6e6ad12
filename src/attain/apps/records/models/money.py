"""Amounts that records may spend."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from attain.apps.records.models.base import NAME_LENGTH, USER
from attain.apps.records.models.things import Record


class Allowance(models.Model):
    """An amount that a record may spend: what was approved, set aside and spent of it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="allowances")
    name = models.CharField(max_length=NAME_LENGTH)
    currency = models.CharField(max_length=3)
    limit_minor = models.BigIntegerField(default=0)
    reserved_minor = models.BigIntegerField(default=0)
    spent_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "name"], name="records_allowance_once"),
            models.CheckConstraint(
                condition=Q(reserved_minor__gte=0, spent_minor__gte=0),
                name="records_allowance_whole",
            ),
            models.CheckConstraint(
                condition=Q(limit_minor__gte=models.F("reserved_minor") + models.F("spent_minor")),
                name="records_no_overspend",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.name}"

    @property
    def left_minor(self) -> int:
        """What is neither set aside nor spent."""
        return self.limit_minor - self.reserved_minor - self.spent_minor


class AllowanceEntry(models.Model):
    """One movement of an allowance. Written once."""

    class Kind(models.TextChoices):
        """What was done."""

        limit = "limit"
        reserve = "reserve"
        spend = "spend"
        release = "release"

    allowance = models.ForeignKey(Allowance, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount_minor = models.BigIntegerField()
    """The amount; for a limit, by how much it changed."""
    from_reserved_minor = models.BigIntegerField(default=0)
    """Of what was spent, how much had been set aside before."""
    cause = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")
    """The record whose action moved it."""
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"
