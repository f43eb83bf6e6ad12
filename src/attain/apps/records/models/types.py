"""The types of records, how their numbers count, and questions that people keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from attain.apps.records.models.base import NAME_LENGTH, USER


class RecordType(models.Model):
    """A kind of record: an account, a campaign, an offence. Its name never changes."""

    name = models.CharField(max_length=NAME_LENGTH, unique=True)
    label = models.JSONField()
    """What it is called, as labels: {"zh-Hans": …, "en": …}."""
    group = models.JSONField(default=dict, blank=True)
    """The heading under which types of one matter stand together."""
    icon = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    """False: its records stay readable, nobody begins a new one."""
    opened = models.JSONField(default=list, blank=True)
    """Confidential fields that the company has switched on, where they are off at first."""
    current = models.ForeignKey(
        "RecordTypeVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class RecordTypeVersion(models.Model):
    """One text of a type. Written once; every record names the one it was written by."""

    type = models.ForeignKey(RecordType, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    """SHA-256 of the text."""
    pack = models.CharField(max_length=64, blank=True)
    """The pack it came with; "" for one written here."""
    installed_at = models.DateTimeField()
    installed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["type", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["type", "version"], name="records_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type.name} v{self.version}"


class NumberSeries(models.Model):
    """The last number given in one count: of a type, within a year, a month or a day."""

    type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["type", "scope"], name="records_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.scope}"


class SavedFilter(models.Model):
    """A question to a list that somebody keeps by a name."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    """The query part of its address."""
    shared = models.BooleanField(default=False)
    """Others may use it; what they find stays within their own rights."""

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "type", "name"], name="records_saved_filter_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
