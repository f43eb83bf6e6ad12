"""Who sits where, and the further hierarchies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from attain.apps.people.models.dated import DatedRow
from attain.apps.people.models.things import KEY, Person, Position, Unit


class Assignment(DatedRow):
    """A person in a unit, on a position and under a manager, for a time and a share of it.

    Somebody may have several at once: two positions, two managers, 60 % and 40 %.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="managed"
    )
    share = models.CharField(max_length=24, default="1")
    """An exact decimal as text, 1 for the whole; "" where the company keeps no shares."""
    attributes = models.JSONField(default=dict, blank=True)

    class Meta(DatedRow.Meta):
        ordering: ClassVar[list[str]] = ["effective_from", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "position", "unit", "effective_from"],
                condition=Q(superseded__isnull=True),
                name="one_assignment_of_a_seat_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["manager", "effective_from"],
                condition=Q(superseded__isnull=True),
                name="current_team",
            ),
        ]


class Edge(DatedRow):
    """One step of a named hierarchy: who sponsors whom, which region holds which unit."""

    hierarchy = models.CharField(max_length=60)
    child_kind = models.CharField(max_length=40)
    child = models.CharField(max_length=KEY, db_index=True)
    parent = models.CharField(max_length=KEY, db_index=True)
    attributes = models.JSONField(default=dict, blank=True)

    class Meta(DatedRow.Meta):
        ordering: ClassVar[list[str]] = ["hierarchy", "effective_from", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["hierarchy", "child", "effective_from"],
                condition=Q(superseded__isnull=True),
                name="one_parent_in_a_hierarchy_a_day",
            ),
        ]
