"""What of an import waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from attain.apps.data.lifecycle import CHECKED, READ, SUBMITTED
from attain.apps.flow import Task

if TYPE_CHECKING:
    from attain.apps.data.models import ImportBatch


def url_of(batch: ImportBatch) -> str:
    """The page of an import, at the step it stands at."""
    return reverse("data:batch", args=[batch.pk])


def tasks(batch: ImportBatch) -> Iterable[Task]:
    """Whoever began an import goes on with it; its approval waits for anybody else."""
    own = (batch.started_by_id,) if batch.started_by_id else ()
    if batch.state == SUBMITTED:
        return [Task("approve", role="finance", excluded=own)]
    if batch.state == READ and own:
        return [Task("map", users=own)]
    return [Task("commit", users=own)] if batch.state == CHECKED and own else []
