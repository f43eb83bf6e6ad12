"""The inputs of a run: what the product keeps becomes a version, and all are named by hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from attain.apps.data import providers
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import schema, schemas
from attain.core.manifests import Coverage, DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.lake.current import ALIASES, PEOPLE
from attain.lake.publishing import publish
from attain.lake.rekeying import bring_up

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def publish_rows(
    name: str,
    rows: providers.Rows,
    *,
    actor: Actor,
    at: datetime,
    coverage: tuple[Coverage, ...] = (),
) -> DatasetVersion:
    """Store exactly these rows as the current version; equal content keeps the one there is.

    :raises AttainError: DATASET_NOT_DECLARED, VERSION_CONFLICT, STORAGE_FULL.
    """
    catalog = DatabaseCatalog(actor=actor, at=at)
    return publish(
        catalog,
        schema(name),
        rows,
        coverage=coverage,
        receipt={"by": actor.name, "at": at.isoformat()},
    )


def freeze(names: Iterable[str], *, actor: Actor, at: datetime) -> dict[str, str]:
    """Dataset name to version hash, all read at one moment. A dataset without any is left out.

    Rows of providers are read first, in one reading transaction together with the heads of all
    others; writing their versions comes after it, and equal rows write nothing.

    :raises AttainError: VERSION_CONFLICT, STORAGE_FULL.
    """
    wanted = tuple(dict.fromkeys(names))
    declared = schemas()
    catalog = DatabaseCatalog(actor=actor, at=at)
    bring_up(catalog, declared, [name for name in wanted if providers.provider(name) is None])
    with one_moment():
        read = {name: _read(name) for name in wanted if providers.provider(name)}
        frozen = _heads(name for name in wanted if name not in read)
    for name, (rows, coverage) in read.items():
        frozen[name] = _stored(catalog, declared[name], rows, coverage, actor, at).hash
    return dict(sorted(frozen.items()))


def refresh(declared: DatasetSchema, *, actor: Actor, at: datetime) -> None:
    """Bring the versions up to date that a check of this dataset looks at.

    Codes in a file are compared with people and units as they are now, not as they were when
    somebody last froze them.
    """
    looked_at = {PEOPLE, ALIASES, *(kind for column in declared for kind in column.kinds)}
    freeze(sorted(looked_at & set(providers.provided())), actor=actor, at=at)


def _read(name: str) -> tuple[list[Mapping[str, object]], tuple[Coverage, ...]]:
    one = providers.provider(name)
    assert one is not None
    return list(one.rows()), one.covers()


def _heads(names: Iterable[str]) -> dict[str, str]:
    catalog = DatabaseCatalog()
    found = {name: catalog.head(name) for name in names}
    return {
        name: version.hash
        for name, version in found.items()
        if version is not None and (version.rows or version.coverage)
    }


def _stored(
    catalog: DatabaseCatalog,
    declared: DatasetSchema,
    rows: list[Mapping[str, object]],
    coverage: tuple[Coverage, ...],
    actor: Actor,
    at: datetime,
) -> DatasetVersion:
    receipt = {"by": actor.name, "at": at.isoformat()}
    # Codes that imports found stay beside those of people and units.
    adds = declared.dataset == ALIASES
    return publish(catalog, declared, rows, coverage=coverage, receipt=receipt, adds=adds)


@contextmanager
def one_moment() -> Iterator[None]:
    """All reading inside sees one state of the database, and nobody waits for it.

    On SQLite a deferred transaction, since an immediate one would lock writers out; on
    PostgreSQL repeatable read. Inside a transaction that is open already, that one holds.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
