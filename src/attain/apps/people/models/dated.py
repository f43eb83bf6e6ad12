"""What all dated rows have in common."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q


class DatedRows(models.QuerySet):
    """Rows of the organisation, asked by date."""

    def on(self, day: date) -> Self:
        """Those valid on a day."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=day), effective_from__lte=day
        )

    def during(self, start: date, until: date | None) -> Self:
        """Those valid on some day of a half-open stretch; without an end, from the start on."""
        found = self.filter(Q(effective_until__isnull=True) | Q(effective_until__gt=start))
        return found if until is None else found.filter(effective_from__lt=until)


class CurrentRows(models.Manager.from_queryset(DatedRows)):  # type: ignore[misc]
    """The rows as they are known now: without those that a later change superseded."""

    def get_queryset(self) -> DatedRows:
        """Only rows that nobody superseded."""
        return super().get_queryset().filter(superseded__isnull=True)


class DatedRow(models.Model):
    """A row that holds from a day until, exclusively, another; written once and then kept."""

    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    """The first day on which it no longer holds; missing while there is no end."""
    change = models.ForeignKey("people.Change", on_delete=models.PROTECT, related_name="+")
    superseded = models.ForeignKey(
        "people.Change", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The change since which the row is history; missing while it counts."""

    objects = CurrentRows()
    every = models.Manager.from_queryset(DatedRows)()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                name="%(app_label)s_%(class)s_ends_after_its_start",
            )
        ]

    @property
    def interval(self) -> tuple[date, date | None]:
        """From, and until exclusively."""
        return self.effective_from, self.effective_until

    def holds_on(self, day: date) -> bool:
        """True on the days on which the row is valid."""
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )
