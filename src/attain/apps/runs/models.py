"""Runs, publications, and the results that readers find through what is current."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from attain.apps.flow.models import Stateful
from attain.apps.runs.timetables import Schedule as Schedule
from attain.apps.runs.timetables import Turn as Turn

CODE_LENGTH = 64
"""Plans, keys of subjects."""
NAME_LENGTH = 300
"""Components, with the further parts of their grain in brackets."""
PERIOD_LENGTH = 60
VALUE_LENGTH = 80
REASON_LENGTH = 300


class Run(models.Model):
    """One calculation of one version of a plan for one period, and what came of it.

    The numbers lie in its folder; a run without a digest has none. Its states are no
    decisions of people but steps of a job, so it is no object of flow.
    """

    LIVE, PROVISIONAL, TRIAL = "live", "provisional", "trial"
    QUEUED, CALCULATING, DONE = "queued", "calculating", "done"
    FAILED, CANCELLED = "failed", "cancelled"
    WAITING: ClassVar[tuple[str, ...]] = (QUEUED, CALCULATING)

    plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, related_name="runs"
    )
    plan_code = models.CharField(max_length=CODE_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    """Canonical: `2026-09`, `2026-Q3`, `retail:2026-P09`."""
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=QUEUED)
    request = models.JSONField(default=dict)
    """The RunRequest: the plan's text, and every dataset version and result it may read."""
    identity = models.CharField(max_length=64, blank=True, db_index=True)
    """The hash of what may change a result, known once the inputs are frozen."""
    folder = models.CharField(max_length=120, blank=True)
    """Where its relations lie, below the data folder; "" before there are any."""
    digest = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    figures = models.JSONField(default=dict)
    """Counts for lists and dialogs: people, lines, totals by currency, no data, issues."""
    stages = models.JSONField(default=list)
    """What was made in which order, with rows and seconds."""
    problems = models.JSONField(default=list)
    """Why it failed, as data of coded problems."""
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The run of the very same request whose numbers these are."""
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    """Of a provisional run: the next one of its plan and period."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """NULL: a schedule."""
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    job = models.CharField(max_length=64, blank=True)
    """The job that calculates it."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan_code", "period", "-id"], name="runs_of_plan_and_period"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # However often and from wherever it is started: one run is under way.
            models.UniqueConstraint(
                fields=["plan_version", "period", "kind"],
                condition=models.Q(state__in=["queued", "calculating"]),
                name="one_run_under_way",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(digest=""),
                name="a_finished_run_has_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.plan_code} {self.period}"


class Publication(Stateful):
    """One revision of the results of a plan for a period, on its way to its readers.

    staging, ready, submitted, published, then superseded or withdrawn; or refused on the way.
    """

    STAGING, READY, SUBMITTED, PUBLISHED = "staging", "ready", "submitted", "published"
    SUPERSEDED, WITHDRAWN, REFUSED = "superseded", "withdrawn", "refused"
    OPEN: ClassVar[tuple[str, ...]] = (STAGING, READY, SUBMITTED)

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="publications")
    plan_code = models.CharField(max_length=CODE_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """The digest of the run whose rows these are, proved after they were loaded."""
    figures = models.JSONField(default=dict)
    """People, lines, totals by currency, no data; and the difference to the one before."""
    loaded = models.PositiveIntegerField(default=0)
    """Rows loaded so far."""
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    prepared_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was superseded, withdrawn or refused."""
    reason = models.TextField(blank=True)
    """Why it was withdrawn or refused."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan_code", "period", "revision"], name="one_publication_per_revision"
            ),
            models.UniqueConstraint(
                fields=["plan_code", "period"],
                condition=models.Q(state__in=["staging", "ready", "submitted"]),
                name="one_revision_in_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_code} {self.period} r{self.revision}"


class Current(models.Model):
    """The published results of a plan for a period: the only way readers find any."""

    plan_code = models.CharField(max_length=CODE_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="current"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan_code", "period"], name="one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_code} {self.period}"


class Outcome(models.Model):
    """What became of one component of one member: a value, or why there is none."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="outcomes")
    subject_kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=CODE_LENGTH)
    component = models.CharField(max_length=NAME_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    """Of the value; a plan of months may well have a value of the quarter."""
    kind = models.CharField(max_length=16)
    """What the component is: measure, formula, score, grade, incentive ... Incentives are pay."""
    status = models.CharField(max_length=16)
    value = models.CharField(max_length=VALUE_LENGTH, null=True)
    """Canonical decimal; NULL where there is no number."""
    text_value = models.TextField(null=True)
    unit = models.CharField(max_length=16)
    reason = models.CharField(max_length=REASON_LENGTH, null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "publication"], name="outcomes_of_subject"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "subject_kind", "subject", "component", "period"],
                name="one_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.component}"


class Line(models.Model):
    """What is to be paid to whom for what, in whole smallest units. Its key names no run."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="lines")
    line_key = models.CharField(max_length=500)
    participant = models.CharField(max_length=CODE_LENGTH)
    component = models.CharField(max_length=NAME_LENGTH)
    earned = models.CharField(max_length=PERIOD_LENGTH)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    pay_on = models.DateField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["participant", "publication"], name="lines_of_participant"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["publication", "line_key"], name="one_line"),
        ]

    def __str__(self) -> str:
        return self.line_key


class ScoreRow(models.Model):
    """One row of somebody's scorecard: weight, score before it, points after it."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="scores")
    subject = models.CharField(max_length=CODE_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    component = models.CharField(max_length=NAME_LENGTH)
    card = models.CharField(max_length=NAME_LENGTH, blank=True)
    row = models.CharField(max_length=NAME_LENGTH, blank=True)
    parent = models.CharField(max_length=NAME_LENGTH, blank=True)
    weight = models.CharField(max_length=VALUE_LENGTH, null=True)
    score = models.CharField(max_length=VALUE_LENGTH, null=True)
    points = models.CharField(max_length=VALUE_LENGTH, null=True)
    status = models.CharField(max_length=16)
    reason = models.CharField(max_length=REASON_LENGTH, null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "publication"], name="scores_of_subject"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "subject", "period", "component"], name="one_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.component}"


class GradeRow(models.Model):
    """One grade of one member."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="grades")
    subject = models.CharField(max_length=CODE_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    component = models.CharField(max_length=NAME_LENGTH)
    grade = models.CharField(max_length=NAME_LENGTH, blank=True)
    status = models.CharField(max_length=16)
    reason = models.CharField(max_length=REASON_LENGTH, null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "publication"], name="grades_of_subject"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "subject", "period", "component"], name="one_grade"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.component}"


class Withheld(models.Model):
    """Somebody whose results are not published with a publication, because data is missing.

    Their rows are loaded with all others, for the digest covers everybody, but nobody reads
    them and none of their lines is payable until a later revision has what was missing.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="withheld")
    subject_kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=CODE_LENGTH)
    reasons = models.JSONField(default=list)
    """Which components lack what: `[{component, period, reason}]`."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "subject_kind", "subject"], name="one_withheld"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Intervention(models.Model):
    """A person's decision about a calculated value: the rows of the dataset `interventions`.

    Append-only: a decision that no longer holds is revoked, and both are kept. It changes
    nothing that was published; the next run reads it.
    """

    WAIVE = "waive"

    kind = models.CharField(max_length=16, default=WAIVE)
    plan_code = models.CharField(max_length=CODE_LENGTH)
    subject = models.CharField(max_length=CODE_LENGTH, db_index=True)
    component = models.CharField(max_length=NAME_LENGTH)
    period = models.CharField(max_length=PERIOD_LENGTH)
    reason = models.TextField()
    by = models.CharField(max_length=CODE_LENGTH)
    """The key of the person who decided."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan_code", "subject", "component", "period"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_decision_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.component} {self.period}"
