"""Loading the results of a run into the database, a few rows at a time, and proving them.

Nobody waits for it: every chunk is a transaction of its own. Nobody sees it: readers find
results through what is current, and that is not this yet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import models, transaction

from attain.apps.accounts.actors import SYSTEM
from attain.apps.flow import services as flow
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.labels import label
from attain.apps.runs import errors
from attain.apps.runs.folders import StoredRun
from attain.apps.runs.models import (
    GradeRow,
    Intervention,
    Line,
    Outcome,
    Publication,
    ScoreRow,
    Withheld,
)
from attain.cli.runs.tables import Row
from attain.core.digests import Digest, order_of
from attain.core.errors import AttainError, problem
from attain.core.manifests import RelationManifest
from attain.core.schemas import Status
from attain.engine.primitives.model import ResolvedPlan

CHUNK: Final = 1000
"""Rows of one transaction; on the slowest disk well below a second."""

TOGETHER: Final = 100
"""Subjects whose rows are digested together."""

label("runs.staging", "载入结果：{done:,}行", "Loading results: {done:,} rows")
label("runs.proving", "核对摘要", "Proving the digest")

Make = Callable[[Row], models.Model]


@dataclass(frozen=True, slots=True)
class Load:
    """One relation on its way: the table, how a row gets in, and how it is read back."""

    relation: str
    model: type[models.Model]
    make: Callable[[Publication, Row, Mapping[str, str]], models.Model]
    subject: str
    columns: tuple[str, ...]


def text_of(value: Decimal | None) -> str | None:
    """An exact number as canonical text: no exponent, no needless zeros."""
    if value is None:
        return None
    shown = format(value.normalize(), "f")
    return "0" if shown in ("-0", "") else shown


def _outcome(publication: Publication, row: Row, kinds: Mapping[str, str]) -> Outcome:
    bare = row["component"].partition("[")[0]
    return Outcome(
        publication=publication,
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        component=row["component"],
        period=row["period"],
        kind=kinds.get(row["component"]) or kinds.get(bare, "formula"),
        status=row["status"],
        value=text_of(row["value"]),
        text_value=row["text_value"],
        unit=row["unit"],
        reason=row["reason"],
    )


def _line(publication: Publication, row: Row, kinds: Mapping[str, str]) -> Line:
    return Line(publication=publication, **row)


def _score(publication: Publication, row: Row, kinds: Mapping[str, str]) -> ScoreRow:
    numbers = {name: text_of(row[name]) for name in ("weight", "score", "points")}
    texts = {name: row[name] or "" for name in ("card", "row", "parent")}
    return ScoreRow(publication=publication, **{**row, **numbers, **texts})


def _grade(publication: Publication, row: Row, kinds: Mapping[str, str]) -> GradeRow:
    return GradeRow(publication=publication, **{**row, "grade": row["grade"] or ""})


LOADS: Final = (
    Load(
        "outcomes", Outcome, _outcome, "subject",
        ("subject_kind", "subject", "component", "period", "status", "value", "text_value",
         "unit", "reason"),
    ),
    Load(
        "lines", Line, _line, "participant",
        ("line_key", "participant", "component", "earned", "amount_minor", "currency", "pay_on"),
    ),
    Load(
        "scores", ScoreRow, _score, "subject",
        ("subject", "period", "component", "card", "row", "parent", "weight", "score", "points",
         "status", "reason"),
    ),
    Load(
        "grades", GradeRow, _grade, "subject",
        ("subject", "period", "component", "grade", "status", "reason"),
    ),
)  # fmt: skip


@handler("runs.stage", zh="准备发布", en="Preparing a publication")
def stage(job: JobContext, *, publication: int) -> dict[str, Any]:
    """Load, prove, and make ready. Begun again it starts afresh: half a load proves nothing.

    :raises AttainError: STAGED_ROWS_DIFFER, RUN_FOLDER_LOST.
    """
    found = Publication.objects.select_related("run").get(pk=publication)
    if found.state != Publication.STAGING:
        return {"publication": found.pk}
    stored = StoredRun.of(found.run)
    clear(found)
    total = sum(stored.folder.manifest.relation(one.relation).rows for one in LOADS)
    done = 0
    for load in LOADS:
        for count in _loaded(load, found, stored):
            done += count
            Publication.objects.filter(pk=found.pk).update(loaded=done)
            job.progress(done, total, "runs.staging", done=done)
    job.progress(total, total, "runs.proving")
    prove(found, stored)
    _withhold(found, stored)
    _make_ready(job, found)
    return {"publication": found.pk}


def clear(publication: Publication) -> None:
    """Take away what an interrupted load left, a chunk at a time."""
    tables: tuple[type[models.Model], ...] = (*(load.model for load in LOADS), Withheld)
    for model in tables:
        while keys := list(
            model._default_manager.filter(publication=publication).values_list("pk", flat=True)[
                : CHUNK * 2
            ]
        ):
            model._default_manager.filter(pk__in=keys).delete()


def _loaded(load: Load, publication: Publication, stored: StoredRun) -> Iterator[int]:
    """Load one relation; how many rows each chunk had."""
    kinds = kinds_of(stored.plan)
    rows = stored.folder.rows(load.relation)
    for start in range(0, len(rows), CHUNK):
        made = [load.make(publication, row, kinds) for row in rows[start : start + CHUNK]]
        with transaction.atomic():
            load.model._default_manager.bulk_create(made)
        yield len(made)


def kinds_of(plan: ResolvedPlan) -> dict[str, str]:
    """What each component is: measure, score, incentive ..."""
    return {one.name: str(one.kind.value) for one in plan.components}


def prove(publication: Publication, stored: StoredRun) -> None:
    """Compare the rows in the database with the digests of the run.

    :raises AttainError: STAGED_ROWS_DIFFER.
    """
    for load in LOADS:
        told = stored.folder.manifest.relation(load.relation)
        if digest_of_rows(load, publication, told) != told.digest:
            raise AttainError(
                problem(
                    errors.STAGED_ROWS_DIFFER,
                    relation=load.relation,
                    run=publication.run_id,
                )
            )


def digest_of_rows(load: Load, publication: Publication, told: RelationManifest) -> str:
    """The digest of the rows of a relation as they stand in the database.

    Subjects are put in the order of their bytes here: a database may order texts otherwise.
    """
    names = [column.name for column in told.columns]
    types = [column.type for column in told.columns]
    columns = list(zip(names, types, strict=True))
    digest = Digest(columns, order_of(told.subject, told.grain), told.period)
    rows = load.model._default_manager.filter(publication=publication)
    subjects = set(rows.values_list(load.subject, flat=True).distinct())
    in_order = sorted(subjects, key=_bytes_of)
    for start in range(0, len(in_order), TOGETHER):
        some = rows.filter(**{f"{load.subject}__in": in_order[start : start + TOGETHER]})
        digest.add(_values(row, types) for row in some.values_list(*names).iterator(CHUNK))
    return digest.told()


def _bytes_of(subject: str | None) -> bytes:
    return unicodedata.normalize("NFC", subject or "").encode()


def _values(row: Iterable[Any], types: Sequence[Any]) -> list[Any]:
    """Values as the run had them: numbers from their texts, and no text where there is none."""
    return [
        Decimal(value)
        if type_.is_number and isinstance(value, str)
        else None
        if value == ""
        else value
        for value, type_ in zip(row, types, strict=True)
    ]


def _withhold(publication: Publication, stored: StoredRun) -> None:
    """Keep who is not published: whoever lacks data that nobody waived, with what is lacking."""
    lacking: dict[tuple[str, str], list[dict[str, str]]] = {}
    waived = set(
        Intervention.objects.filter(plan_code=publication.plan_code, revoked_at=None).values_list(
            "subject", "component", "period"
        )
    )
    for row in stored.folder.rows("outcomes", {"status": str(Status.no_data)}):
        if (row["subject"], row["component"], row["period"]) in waived:
            continue
        what = {name: row[name] or "" for name in ("component", "period", "reason")}
        lacking.setdefault((row["subject_kind"], row["subject"]), []).append(what)
    made = [
        Withheld(publication=publication, subject_kind=kind, subject=subject, reasons=reasons)
        for (kind, subject), reasons in sorted(lacking.items())
    ]
    for start in range(0, len(made), CHUNK):
        with transaction.atomic():
            Withheld.objects.bulk_create(made[start : start + CHUNK])


def _make_ready(job: JobContext, publication: Publication) -> None:
    from attain.apps.runs.services.publishing import figures_for

    publication.figures = figures_for(publication)
    publication.save(update_fields=["figures"])
    at = job.now()
    flow.take(publication, "load", actor=SYSTEM(at), at=at, version=publication.version)
