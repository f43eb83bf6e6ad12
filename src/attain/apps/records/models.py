"""Records as the company keeps them: their types, what each says, and all that happened to it.

What a record says stands in `data`, exact numbers as text; `RecordValue` is an index of it for
lists. Confidential fields stand in neither: they are kept apart in `RecordSecret`.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from attain.apps.flow.models import Stateful

USER: Final = settings.AUTH_USER_MODEL
KEY_LENGTH: Final = 64
NAME_LENGTH: Final = 40
NUMBER_LENGTH: Final = 80
TITLE_LENGTH: Final = 300
SEARCH_LENGTH: Final = 600
TEXT_LENGTH: Final = 400
"""Signs of a text that lists compare; longer ones are cut off in the index."""


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


class RecordEvent(models.Model):
    """Something that happened to a record. Written once: the database refuses a change."""

    class Kind(models.TextChoices):
        """What happened."""

        created = "created"
        changed = "changed"
        acted = "acted"
        commented = "commented"
        attached = "attached"
        linked = "linked"
        reminded = "reminded"
        revealed = "revealed"
        migrated = "migrated"

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="events")
    n = models.PositiveIntegerField()
    """Its place in the record's past, from 1."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    action = models.CharField(max_length=60, blank=True)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    """The business day."""
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=KEY_LENGTH, blank=True)
    on_behalf_of = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.JSONField(default=dict)
    """What changed ({"changed": {field: [before, after]}}), the reason, whom it was told."""

    class Meta:
        ordering: ClassVar[list[str]] = ["record", "n"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "n"], name="records_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}#{self.n} {self.kind}"


class RecordSecret(models.Model):
    """The value of a confidential field. Only `secrets` reads it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=NAME_LENGTH)
    value = models.JSONField(null=True)
    kept_at = models.DateTimeField()
    consent = models.BooleanField(default=False)
    """Whoever wrote it said that the person agreed."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "field"], name="records_secret_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"


class RecordSecretRead(models.Model):
    """Somebody read confidential fields, and said what for. Written once."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()
    reader = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=KEY_LENGTH, blank=True)
    purpose = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d}"


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


class Comment(models.Model):
    """Something said about a record. Whoever said it may change or take it back."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.JSONField(default=list)
    """The keys of the people it calls."""
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=64, blank=True)
    """As of a record: the same form arriving twice says it once."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["author", "token"], condition=~Q(token=""), name="records_said_once"
            ),
        ]
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"


class RecordFile(models.Model):
    """A file that belongs to a record, in one of its fields or beside them."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=NAME_LENGTH, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.file_id}"


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


class ClockMark(models.Model):
    """Something the clock has done once: reminded, escalated, told that one is missing."""

    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
