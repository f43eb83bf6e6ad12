"""Posting periods, and the lines posted into them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from attain.apps.flow.models import Stateful


class PostingPeriod(Stateful):
    """The month in which money is posted. Open, or closed for good."""

    OPEN, CLOSED = "open", "closed"

    code = models.CharField(max_length=7, unique=True)
    """`2026-09`."""
    from_date = models.DateField(unique=True)
    until_date = models.DateField()
    """The day after the last."""
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-from_date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(from_date__lt=models.F("until_date")),
                name="posting_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PostedLine(models.Model):
    """A movement of money towards somebody, for ever. The sum over a key is what is published.

    Rows are only ever added; a correction is a row of its own in an open period.
    """

    FIRST, CORRECTION, WITHDRAWAL = "first", "correction", "withdrawal"

    posting_period = models.ForeignKey(
        PostingPeriod, on_delete=models.PROTECT, related_name="lines"
    )
    line_key = models.CharField(max_length=500, db_index=True)
    """Plan, component, participant, earned period, pay date, currency, own key; never a run."""
    plan_code = models.CharField(max_length=64)
    participant = models.CharField(max_length=64)
    component = models.CharField(max_length=300)
    earned = models.CharField(max_length=60)
    """The period the money was earned in."""
    amount_minor = models.BigIntegerField()
    """What moved, in whole smallest units: for a correction the difference."""
    currency = models.CharField(max_length=3)
    pay_on = models.DateField()
    kind = models.CharField(max_length=16)
    publication = models.ForeignKey("runs.Publication", on_delete=models.PROTECT, related_name="+")
    """The revision whose publication or withdrawal moved it."""
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["participant", "posting_period"], name="posted_lines_of_participant"
            ),
            models.Index(fields=["posting_period", "participant"], name="posted_lines_of_period"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Whoever posts the same revision a second time finds its lines there already.
            models.UniqueConstraint(
                fields=["publication", "line_key", "kind"], name="posted_once_per_revision"
            ),
            models.CheckConstraint(
                condition=~models.Q(amount_minor=0), name="a_posted_line_moves_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_key} {self.amount_minor}"
