"""Plans as the company keeps them: their versions, who is on them, and what was checked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from attain.apps.flow.models import Stateful
from attain.core.labels import Labels

SHARE_LENGTH = 40


class Plan(models.Model):
    """The rules of one scheme through all their versions; its code never changes."""

    PLAN = "plan"
    INDICATORS = "indicators"

    code = models.CharField(max_length=64, unique=True)
    """The word after `plan:` at the head of the text."""
    kind = models.CharField(max_length=16, default=PLAN)
    """`plan`, or `indicators`: a document of definitions that plans use."""
    label_zh = models.CharField(max_length=200, blank=True)
    label_en = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who answers for it, and is told when it is returned or approved."""
    pack = models.CharField(max_length=64, blank=True)
    """The pack it came from, "" for a plan written here."""
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Labels:
        """Its name in both languages; the code where none was given."""
        return Labels(zh=self.label_zh, en=self.label_en) or Labels.model_validate(self.code)


class PlanVersion(Stateful):
    """One text of a plan on its way: draft, submitted, approved, in force, retired, or returned.

    The text of an approved version never changes; `text_hash` is what the approval signed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_hash = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the text."""
    signed_hash = models.CharField(max_length=64, blank=True)
    """The text that was submitted and approved, "" before it was."""
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=400, blank=True)
    """What is new, in the author's words."""
    effective_from = models.DateField(null=True)
    """The first day it holds, known once it is put in force."""
    effective_until = models.DateField(null=True)
    """The day after the last one; NULL is open."""
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=models.Q(effective_until__isnull=True)
                | models.Q(effective_from__lte=models.F("effective_until")),
                name="version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} v{self.number}"


class Examination(models.Model):
    """What checking and running the examples of one text found, among certain surroundings.

    Kept by text and surroundings, so the same text is never examined twice and a change of a
    dataset's columns asks for a new one.
    """

    text_hash = models.CharField(max_length=64)
    surroundings = models.CharField(max_length=64)
    """The hash of the datasets, calendars and other plans it was examined among."""
    problems = models.JSONField()
    """Problems as data, in reading order."""
    results = models.JSONField(null=True)
    """What came of each example; NULL until they were run."""
    examined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["text_hash", "surroundings"], name="one_examination_per_text"
            ),
        ]


class Membership(models.Model):
    """Somebody (a person, a unit or a position) is on a plan from one day until another."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="members")
    subject = models.CharField(max_length=64, db_index=True)
    """The opaque key of the person, unit or position."""
    share = models.CharField(max_length=SHARE_LENGTH, default="1")
    """The share of their time, a canonical decimal: 1, 0.5."""
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    """The day after the last one; NULL is open."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "subject", "effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "subject", "effective_from"], name="one_membership_per_day"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_until__isnull=True)
                | models.Q(effective_until__gt=models.F("effective_from")),
                name="membership_ends_after_it_begins",
            ),
        ]


class MemberImport(models.Model):
    """A file of participants that was brought in, with what it changed, so that it can go back."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="member_imports")
    file = models.CharField(max_length=200)
    changes = models.JSONField()
    """`{subject, from, before, after}` of each stretch; before and after are [until, share]."""
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.file}"


class InstalledPack(models.Model):
    """A pack of the gallery that was installed, with what it brought, word for word.

    The texts as they came are what an upgrade is compared with: what nobody changed since may
    be replaced, what somebody changed is asked about.
    """

    pack = models.CharField(max_length=64, unique=True)
    pack_version = models.CharField(max_length=32)
    texts = models.JSONField()
    """The texts of the pack's plans and datasets as they came, `{"plans/x.yaml": text}`."""
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    installed_at = models.DateTimeField()
