"""The steps of an import that take their time, as jobs. Each may run twice and has one effect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from attain.apps.data import doubts
from attain.apps.data.batches import clear, detected_of, folder_of
from attain.apps.data.lifecycle import (
    ABANDONED,
    COMMITTED,
    MAPPED,
    READ,
    REFUSED,
    UNDONE,
    UPLOADED,
)
from attain.apps.data.models import ImportBatch
from attain.apps.data.services.checking import check_batch
from attain.apps.data.services.mapping import map_columns
from attain.apps.data.services.reading import is_clear, read_file
from attain.apps.data.services.starting import CHECK_JOB, COMMIT_JOB, READ_JOB
from attain.apps.data.services.storing import load_batch
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.labels import label
from attain.apps.jobs.schedules import every

READING = label("data.reading", "正在读取{file}", "Reading {file}")
CHECKING = label("data.checking", "正在逐行检查{file}", "Checking every row of {file}")
LOADING = label("data.loading", "正在入库{file}", "Loading {file}")


@handler(READ_JOB, zh="读取文件", en="Read a file")
def read(job: JobContext, *, batch: int) -> dict[str, Any]:
    """Read an uploaded file; what is clear is mapped and checked at once."""
    found = ImportBatch.objects.select_related("file").get(pk=batch)
    if found.state != UPLOADED:
        return {}
    job.progress(0, 2, READING, file=found.file_name)
    batches = read_file(found, actor=job.actor, at=job.at)
    job.progress(1, 2, CHECKING, file=found.file_name)
    for one in batches:
        detected = detected_of(one) if one.state == READ else None
        mapping = is_clear(one, detected) if detected else None
        if mapping is not None:
            # Sheets that refer to others wait for them: their check is asked for on their page.
            map_columns(one, mapping, actor=job.actor, at=job.at, version=one.version)
    return {"batches": [one.pk for one in batches]}


@handler(CHECK_JOB, zh="检查导入", en="Check an import")
def check(job: JobContext, *, batch: int) -> dict[str, Any]:
    """Check every row of a mapped import."""
    found = ImportBatch.objects.get(pk=batch)
    if found.state != MAPPED:
        return {}
    job.progress(0, 1, CHECKING, file=found.file_name)
    check_batch(found, actor=job.actor, at=job.at)
    return {}


@handler(COMMIT_JOB, zh="入库", en="Load an import")
def commit(job: JobContext, *, batch: int) -> dict[str, Any]:
    """Load a checked import."""
    found = ImportBatch.objects.get(pk=batch)
    if found.state == COMMITTED:
        return {}
    job.progress(0, 1, LOADING, file=found.file_name)
    loaded = load_batch(found, actor=job.actor, at=job.at)
    if not loaded.figures.get("rejected"):
        transaction.on_commit(lambda: clear(loaded))
    return {"version": loaded.committed_version}


SWEEP_JOB: Final = "data.sweep"
ENDED: Final = (COMMITTED, UNDONE, REFUSED, ABANDONED)
KEPT: Final = timedelta(days=90)
"""How long the rejected rows of an import can be downloaded."""


@handler(SWEEP_JOB, zh="清理导入的中间文件", en="Clear what imports left behind")
def sweep(job: JobContext) -> dict[str, Any]:
    """Clear away what lay between the steps of imports that ended long ago."""
    old = ImportBatch.objects.filter(state__in=ENDED, changed_at__lt=job.at - KEPT)
    found = [batch for batch in old if folder_of(batch).exists()]
    for batch in found:
        clear(batch)
    return {"cleared": len(found)}


EXAMINE_JOB: Final = "data.examine"


@handler(EXAMINE_JOB, zh="查看数据质量", en="Examine the quality of data")
def examine(job: JobContext) -> dict[str, Any]:
    """Look for what is doubtful in what was stored since, so that no reader waits for it."""
    return {"examined": doubts.keep_all()}


every(SWEEP_JOB, "20 3 * * *")
every(EXAMINE_JOB, "*/5 * * * *")
