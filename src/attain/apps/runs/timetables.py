"""Timetables of estimates and what came of them, as rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Schedule(models.Model):
    """When estimates are made by themselves, of which plans, and who hears of them.

    It decides nothing and pays nothing, so pausing it is no step of flow. A schedule that was
    removed stays, because its turns tell where estimates came from.
    """

    DAILY, WORKDAYS, WEEKLY, IMPORT = "daily", "workdays", "weekly", "import"
    RUNNING, OPEN = "running", "open"

    plan_code = models.CharField(max_length=64, blank=True)
    """"" stands for every plan in force."""
    rhythm = models.CharField(max_length=10)
    weekday = models.PositiveSmallIntegerField(null=True)
    """Of a weekly one: 1 is Monday."""
    at_time = models.TimeField(null=True)
    """By the clock of the company; none for one that follows imports."""
    span = models.CharField(max_length=10, default=RUNNING)
    """The running period alone, or also the one before as long as it is not published."""
    told = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    is_active = models.BooleanField(default=True)
    next_at = models.DateTimeField(null=True)
    """When it is due; none while it is paused or waits for an import."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """NULL: it came with the installation."""
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(is_active=True, removed_at=None),
                name="schedules_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_code or '*'} {self.rhythm}"


class Turn(models.Model):
    """One time a schedule was carried out: what it asked for and how that ended."""

    CLOCK, IMPORT, HAND = "clock", "import", "hand"
    WAITING, DONE, FAILED, NOTHING = "waiting", "done", "failed", "nothing"

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="turns")
    cause = models.CharField(max_length=10)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=WAITING)
    runs = models.ManyToManyField("runs.Run", related_name="+")
    changed = models.PositiveIntegerField(default=0)
    """How many of its estimates differ from those before them."""
    problems = models.JSONField(default=list)
    """Why plans were left out, as data of coded problems."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="turns_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.begun_at:%Y-%m-%d %H:%M}"
