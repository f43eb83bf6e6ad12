"""What the search finds among datasets, and how many imports wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.data.lifecycle import OPEN, SUBMITTED
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import may_read, may_work, schemas
from attain.core.schemas import DatasetSchema
from attain.ui.search import Hit


def find(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Datasets by name, label or column, and imports by the name of their file."""
    if not may_read(actor):
        return []
    wanted = text.casefold()
    hits = [_dataset(one) for one in schemas().values() if wanted in _words(one)][:limit]
    found = ImportBatch.objects.filter(
        Q(file_name__icontains=text) | Q(sheet__icontains=text)
    ).order_by("-started_at")
    for batch in found[: limit - len(hits)]:
        url = reverse("data:batch", args=[batch.pk])
        hits.append(Hit(batch.file_name, f"#{batch.pk} {batch.dataset}", url, "file-import"))
    return hits


def _dataset(one: DatasetSchema) -> Hit:
    url = reverse("data:dataset", args=[one.dataset])
    return Hit(one.labels.get() or one.dataset, one.dataset, url, "database")


def _words(one: DatasetSchema) -> str:
    columns = (word for each in one for word in (each.name, each.labels.zh, each.labels.en))
    return " ".join((one.dataset, one.labels.zh, one.labels.en, *columns)).casefold()


def waiting(actor: Actor) -> int | None:
    """Imports that wait for this reader: their own that are open, and others' to approve."""
    if not may_work(actor):
        return None
    own = Q(state__in=OPEN, started_by=actor.user_id)
    others = Q(state=SUBMITTED) & ~Q(started_by=actor.user_id)
    return ImportBatch.objects.filter(own | others).count()
