"""The lake of the product: parts as files, versions and heads as rows with an audit entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from attain.apps.data.models import DatasetHead, DatasetVersionRow
from attain.apps.data.signals import committed
from attain.core.errors import AttainError, codes, problem
from attain.core.manifests import DatasetVersion
from attain.lake.catalog import PartFiles, conflict

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def lake_folder() -> Path:
    """Where the files of all datasets lie."""
    return Path(settings.DATA) / "lake"


@lru_cache(maxsize=256)
def _read(text: str) -> DatasetVersion:
    """A version as it is written: a text never means another one."""
    return DatasetVersion.from_json(text)


class DatabaseCatalog(PartFiles):
    """Implements `attain.lake.catalog.Lake`. Reading needs nobody; committing needs an actor."""

    def __init__(
        self,
        *,
        actor: Actor | None = None,
        at: datetime | None = None,
        folder: Path | None = None,
        also: Callable[[DatasetVersion], None] | None = None,
    ) -> None:
        """`also` is done with every committed version, in the same transaction."""
        super().__init__(folder or lake_folder())
        self._also = also
        self._actor = actor
        self._at = at

    # --- reading ---

    def head(self, name: str) -> DatasetVersion | None:
        """The current version, or None for a dataset without any."""
        texts = DatasetHead.objects.filter(dataset=name).values_list("version__text", flat=True)
        text = texts.first()
        return None if text is None else _read(text)

    def heads(self) -> dict[str, DatasetVersion]:
        """The current version of every dataset that has one, asked for at once."""
        found = DatasetHead.objects.order_by("dataset").values_list("dataset", "version__text")
        return {name: _read(text) for name, text in found}

    def history(self, name: str) -> Sequence[DatasetVersion]:
        """All versions, the current one first."""
        return list(self._ancestors(name))

    def version(self, name: str, hash: str) -> DatasetVersion:
        """
        :raises AttainError: VERSION_UNKNOWN.
        """
        found = DatasetVersionRow.objects.filter(dataset=name, hash=hash).first()
        if found is None:
            raise AttainError(problem(codes.VERSION_UNKNOWN, dataset=name, version=hash[:12]))
        return _read(found.text)

    def datasets(self) -> list[str]:
        """The datasets that have a version."""
        return list(DatasetHead.objects.order_by("dataset").values_list("dataset", flat=True))

    def _ancestors(self, name: str) -> Iterator[DatasetVersion]:
        rows = DatasetVersionRow.objects.filter(dataset=name)
        texts = dict(rows.values_list("hash", "text"))
        current = self.head(name)
        while current is not None:
            yield current
            parent = texts.get(current.parent or "")
            current = None if parent is None else _read(parent)

    # --- writing ---

    def commit(self, version: DatasetVersion, expected_parent: str | None) -> None:
        """Make a version current, if the current one is still the expected.

        :raises AttainError: VERSION_CONFLICT if somebody else has committed meanwhile.
        """
        if self._at is None:
            raise TypeError("a catalog that commits is made with an actor and a time")
        self.part_paths(version)
        with transaction.atomic():
            row = self._keep(version, self._at)
            self._move_head(version.dataset, row, expected_parent)
            self._audit(version, self._at)
            committed.send(sender=type(self), dataset=version.dataset, at=self._at)
            if self._also is not None:
                self._also(version)

    def _keep(self, version: DatasetVersion, at: datetime) -> DatasetVersionRow:
        row, _ = DatasetVersionRow.objects.get_or_create(
            dataset=version.dataset,
            hash=version.hash,
            defaults={
                "parent": version.parent or "",
                "text": version.to_json().decode("utf-8"),
                "content": version.content,
                "rows": version.rows,
                "committed_by_id": self._actor.user_id if self._actor else None,
                "committed_at": at,
            },
        )
        return row

    def _move_head(self, name: str, row: DatasetVersionRow, expected: str | None) -> None:
        heads = DatasetHead.objects.filter(dataset=name)
        if expected is None:
            _, is_moved = DatasetHead.objects.get_or_create(dataset=name, defaults={"version": row})
        else:
            is_moved = bool(heads.filter(version__hash=expected).update(version=row))
        if not is_moved:
            found = heads.values_list("version__hash", flat=True).first()
            raise conflict(name, found, expected)

    def _audit(self, version: DatasetVersion, at: datetime) -> None:
        if self._actor is None:
            return
        from attain.apps.audit.services import record

        record(
            actor=self._actor,
            action="data.commit",
            object=("dataset", version.dataset, _called(version.dataset)),
            before={"version": version.parent or ""},
            after={"version": version.hash, "rows": str(version.rows)},
            at=at,
        )


def _called(dataset: str) -> str:
    """What the audit trail calls a dataset: its name, as for everything else the Chinese one."""
    from attain.apps.data.selectors import schemas

    schema = schemas().get(dataset)
    return (schema.labels.zh if schema else "") or dataset
