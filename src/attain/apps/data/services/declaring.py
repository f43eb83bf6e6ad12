"""Say what a dataset is."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from attain.apps.audit.services import record
from attain.apps.data import errors
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetDeclaration
from attain.apps.data.selectors import schemas
from attain.core.errors import AttainError, problem
from attain.core.schemas import DatasetSchema
from attain.core.systems import load_dataset

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def declare(
    text: str, *, actor: Actor, at: datetime, source: str = "", file: str | None = None
) -> DatasetSchema:
    """Put a declaration in force; the one before is kept as replaced. The same again is no change.

    :raises AttainError: every mistake in the text, with its line; DECLARATION_IN_USE if rows
        are stored under columns that would change their type.
    """
    schema = load_dataset(text, file)
    digest = sha256(text.encode("utf-8")).hexdigest()
    _refuse_other_types(schema)
    with transaction.atomic():
        in_force = DatasetDeclaration.objects.filter(name=schema.dataset, replaced_at__isnull=True)
        before = in_force.first()
        if before is not None and before.sha256 == digest:
            return schema
        in_force.update(replaced_at=at)
        DatasetDeclaration.objects.create(
            name=schema.dataset,
            text=text,
            sha256=digest,
            source=source,
            declared_by_id=actor.user_id,
            declared_at=at,
        )
        record(
            actor=actor,
            action="data.declare",
            object=("dataset", schema.dataset, schema.labels.get() or schema.dataset),
            before={"declaration": before.sha256 if before else ""},
            after={"declaration": digest},
            at=at,
        )
    return schema


def _refuse_other_types(schema: DatasetSchema) -> None:
    """Rows that are stored stay readable."""
    before = schemas().get(schema.dataset)
    if before is None or not _has_rows(schema.dataset):
        return
    other = [
        column.name
        for column in before
        if column.name in schema.columns and schema.columns[column.name].type is not column.type
    ]
    gone = [column.name for column in before if column.name not in schema.columns]
    if before.key != schema.key:
        other += [name for name in {*before.key} ^ {*schema.key} if name not in other]
    if other or gone:
        raise AttainError(
            problem(errors.DECLARATION_IN_USE, name=schema.dataset, columns=sorted({*other, *gone}))
        )


def _has_rows(dataset: str) -> bool:
    head = DatabaseCatalog().head(dataset)
    return head is not None and bool(head.rows)
