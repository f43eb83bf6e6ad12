"""Datasets as the product keeps them: declarations, versions, and imports on their way.

Rows of datasets lie in the lake as files. Here stands what they are called, which version
is current, and who brought it.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from attain.apps.flow.models import Stateful

NAME_LENGTH: Final = 80
HASH_LENGTH: Final = 64


class DatasetDeclaration(models.Model):
    """What a dataset is: its columns, key and date, as YAML. Older ones are kept."""

    name = models.CharField(max_length=NAME_LENGTH)
    text = models.TextField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    source = models.CharField(max_length=NAME_LENGTH, blank=True)
    """The pack or plan it came with; "" for one that somebody wrote or confirmed here."""
    declared_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(replaced_at__isnull=True),
                name="data_one_declaration_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DatasetVersionRow(models.Model):
    """One version of a dataset, named by its hash. Written once, never changed."""

    dataset = models.CharField(max_length=NAME_LENGTH)
    hash = models.CharField(max_length=HASH_LENGTH)
    parent = models.CharField(max_length=HASH_LENGTH, blank=True)
    text = models.TextField()
    """Its canonical JSON."""
    content = models.CharField(max_length=HASH_LENGTH)
    """The hash of rows and coverage alone."""
    rows = models.BigIntegerField()
    committed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    committed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "hash"], name="data_version_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "-committed_at"], name="data_version_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}@{self.hash[:12]}"


class DatasetHead(models.Model):
    """Which version of a dataset is current. Moves by a conditional update, or not at all."""

    dataset = models.CharField(max_length=NAME_LENGTH, unique=True)
    version = models.ForeignKey(DatasetVersionRow, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.version)


class RememberedMapping(models.Model):
    """How the columns of files with one header were mapped, so that nobody is asked twice."""

    dataset = models.CharField(max_length=NAME_LENGTH)
    signature = models.CharField(max_length=16)
    text = models.TextField()
    written = models.JSONField(default=dict, blank=True)
    """How files of this layout write numbers and dates, by column."""
    remembered_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    remembered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "signature"], name="data_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.signature}"


class ImportBatch(Stateful):
    """One table of one file on its way into a dataset, and what became of it.

    Its states stand in `lifecycle`.
    """

    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=HASH_LENGTH, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    dataset = models.CharField(max_length=NAME_LENGTH, blank=True)

    said = models.JSONField(default=dict, blank=True)
    """What somebody chose: header row, columns, ignored ones, coverage, corrections, reason."""
    figures = models.JSONField(default=dict, blank=True)
    """What the check counted, for lists; the check itself lies in the staging folder."""
    problems = models.JSONField(default=list, blank=True)
    """Why the file was refused as a whole, as codes and values."""
    job = models.BigIntegerField(null=True, blank=True)
    """The job that works on it, or did last."""
    committed_version = models.CharField(max_length=HASH_LENGTH, blank=True)
    undone_version = models.CharField(max_length=HASH_LENGTH, blank=True)

    started_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-started_at"], name="data_batch_recent"),
            models.Index(fields=["dataset", "state"], name="data_batch_of_dataset"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.dataset or '?'}"
