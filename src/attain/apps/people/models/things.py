"""People, units and positions, with their versions over time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from attain.apps.people.models.dated import DatedRow

CODE = 64
KEY = 64
NAME = 200


class Status(models.TextChoices):
    """Whether somebody works for the company, and how."""

    active = "active", pgettext_lazy("employment", "Active")
    probation = "probation", pgettext_lazy("employment", "On probation")
    on_leave = "on_leave", pgettext_lazy("employment", "On leave")
    left = "left", pgettext_lazy("employment", "Left")
    external = "external", pgettext_lazy("employment", "External")


class Responsibility(models.TextChoices):
    """What the head of a unit answers for."""

    profit_centre = "profit_centre", pgettext_lazy("unit", "Profit centre")
    cost_centre = "cost_centre", pgettext_lazy("unit", "Cost centre")
    resource_line = "resource_line", pgettext_lazy("unit", "Resource line")


class Named(models.Model):
    """A thing with an opaque key, the code people write, and its latest name."""

    key = models.CharField(primary_key=True, max_length=KEY)
    code = models.CharField(max_length=CODE, unique=True)
    name = models.CharField(max_length=NAME)
    """The latest one; what held on another day stands in the versions."""
    name_en = models.CharField(max_length=NAME, blank=True)
    search = models.TextField(blank=True)
    """Code, names, names without blanks and initials, in small letters."""
    version = models.PositiveIntegerField(default=1)
    """Grows with every change of anything dated about it, so that no stale form wins."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class Person(Named):
    """Somebody who works or worked for the company, or with it."""

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        verbose_name_plural = "people"


class Unit(Named):
    """A part of the organisation."""

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]


class Position(Named):
    """A seat of the sales organisation; it outlives its holder and may be vacant."""

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]


def _one_start(*fields: str, name: str) -> models.UniqueConstraint:
    """No two current rows of one thing begin on the same day; overlaps are the services' work."""
    return models.UniqueConstraint(
        fields=[*fields, "effective_from"], condition=Q(superseded__isnull=True), name=name
    )


class PersonVersion(DatedRow):
    """What is known about a person for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=NAME, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.active)
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    """The first day on which they no longer belong to the company."""
    attributes = models.JSONField(default=dict, blank=True)
    """The company's further columns: role, department, region and whatever it declares."""

    class Meta(DatedRow.Meta):
        ordering: ClassVar[list[str]] = ["effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            _one_start("person", name="one_version_of_a_person_a_day"),
        ]


class UnitVersion(DatedRow):
    """Where a unit hangs and who heads it, for a time."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=NAME, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    """company, department, region, team: the company's own words."""
    responsibility = models.CharField(max_length=20, choices=Responsibility.choices, blank=True)
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attributes = models.JSONField(default=dict, blank=True)

    class Meta(DatedRow.Meta):
        ordering: ClassVar[list[str]] = ["effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            _one_start("unit", name="one_version_of_a_unit_a_day"),
        ]


class PositionVersion(DatedRow):
    """What a seat is called, where it belongs and what it is for, for a time."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=NAME)
    title_en = models.CharField(max_length=NAME, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duties = models.TextField(blank=True)
    attributes = models.JSONField(default=dict, blank=True)

    class Meta(DatedRow.Meta):
        ordering: ClassVar[list[str]] = ["effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            _one_start("position", name="one_version_of_a_position_a_day"),
        ]


class Alias(models.Model):
    """An external code and the key it stands for. Codes are added and never taken away."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=CODE)
    key = models.CharField(max_length=KEY, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_key_for_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
