"""Records, and the indexes by which they are found."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from attain.apps.flow.models import Stateful
from attain.apps.records.models.base import (
    KEY_LENGTH,
    NAME_LENGTH,
    NUMBER_LENGTH,
    SEARCH_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    USER,
)
from attain.apps.records.models.types import RecordType, RecordTypeVersion


class Record(Stateful):
    """Something that somebody wrote down, with where it stands.

    `owner`, `author` and `subject` are keys of people, "" where nobody is meant. Only
    `flow` changes the state; everything else goes through the services, by version.
    """

    type = models.ForeignKey(RecordType, on_delete=models.PROTECT, related_name="records")
    type_version = models.ForeignKey(RecordTypeVersion, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    """Opaque, the same wherever the number is the same."""
    number = models.CharField(max_length=NUMBER_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    owner = models.CharField(max_length=KEY_LENGTH, blank=True)
    author = models.CharField(max_length=KEY_LENGTH, blank=True)
    subject = models.CharField(max_length=KEY_LENGTH, blank=True)
    unit = models.CharField(max_length=KEY_LENGTH, blank=True)
    begun_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    """The user behind the author; missing where the product itself began it."""
    business_date = models.DateField()
    due_on = models.DateField(null=True)
    """The earliest of its deadlines and cadences."""
    entered_on = models.DateField()
    """The day it came into its state."""
    created_at = models.DateTimeField()
    created_on = models.DateField()
    changed_at = models.DateTimeField()
    is_final = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    """Number, title and searchable fields in small letters."""
    token = models.CharField(max_length=64, blank=True)
    """Sent along by a form, so that the same one arriving twice begins one record."""
    happened = models.PositiveIntegerField(default=0)
    """How many events it has: who writes the next one waits here for the one before."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["begun_by", "token"], condition=~Q(token=""), name="records_begun_once"
            ),
            models.UniqueConstraint(fields=["type", "number"], name="records_number_once"),
        ]
        # With the key at the end of each: what is asked is read from the index alone.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["type", "-business_date", "id"], name="records_by_date"),
            models.Index(fields=["type", "state", "-business_date", "id"], name="records_by_state"),
            models.Index(fields=["type", "title", "id"], name="records_by_title"),
            models.Index(fields=["type", "owner", "id"], name="records_by_owner"),
            models.Index(fields=["type", "search", "id"], name="records_by_search"),
            models.Index(
                fields=["due_on", "type"],
                condition=Q(is_final=False, due_on__isnull=False),
                name="records_by_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def value(self, field: str) -> Any:
        """What a field says, exact and typed; None where it says nothing.

        Confidential fields are never here: see `secrets`.
        """
        from attain.apps.records.kinds import value_of

        return value_of(self, field)


class RecordValue(models.Model):
    """One value of a record, so that lists can filter and sort by it.

    A number is scaled to a whole one by its field's scale; a choice, a key and a boolean are
    text. A field with several values (choices) has a row for each; long texts have none.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="values")
    type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="+", db_index=False)
    field = models.CharField(max_length=NAME_LENGTH)
    text = models.CharField(max_length=TEXT_LENGTH, null=True)
    number = models.BigIntegerField(null=True)
    date = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["type", "field", "text", "record"],
                condition=Q(text__isnull=False),
                name="records_texts",
            ),
            models.Index(
                fields=["type", "field", "number", "record"],
                condition=Q(number__isnull=False),
                name="records_numbers",
            ),
            models.Index(
                fields=["type", "field", "date", "record"],
                condition=Q(date__isnull=False),
                name="records_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"


class RecordParty(models.Model):
    """Somebody whom a record concerns, and why: the index of the scope rule.

    `person` is a key, or `user:<id>` for an author without a person.
    """

    class Why(models.TextChoices):
        """How it concerns them."""

        owner = "owner"
        subject = "subject"
        author = "author"
        named = "named"
        """In a field for people."""
        consulted = "consulted"
        mentioned = "mentioned"
        """In a comment."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="parties")
    type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.CharField(max_length=KEY_LENGTH)
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "person", "why"], name="records_party_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["type", "person", "why", "record"], name="records_parties"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.why}"


class RecordLink(models.Model):
    """A record names another in a field."""

    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_out")
    field = models.CharField(max_length=NAME_LENGTH)
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "field", "target"], name="records_link_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["target", "field"], name="records_linked"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}.{self.field} → {self.target_id}"
