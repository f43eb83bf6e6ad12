"""Where the numbers of a statement come from: what is published, else the newest estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.people.selectors import scope
from attain.apps.runs.asking import INSIDERS, is_agreed
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.reading import opened
from attain.apps.runs.selectors import current_publications, lines, outcomes, scores
from attain.cli.runs.tables import read_columns, read_groups
from attain.core.errors import AttainError
from attain.core.kept import Kept
from attain.core.periods import Period, parse_period
from attain.core.schemas import why_column
from attain.engine.primitives.model import ComponentKind

Row = dict[str, Any]

PAID: Final = ComponentKind.INCENTIVE
"""What counts as pay; everything else is a result."""


@dataclass(frozen=True, slots=True)
class Source:
    """One plan's results for one period, published or estimated."""

    plan_code: str
    period: Period
    run: Run
    publication: Publication | None

    @property
    def is_estimate(self) -> bool:
        """Provisional results are labelled wherever they are shown, and never posted."""
        return self.publication is None

    def withheld(self) -> frozenset[str]:
        """Whose results were left out when these were published."""
        if self.publication is None:
            return frozenset()
        return frozenset(self.publication.withheld.values_list("subject", flat=True))


def sources(month: Period, actor: Actor) -> list[Source]:
    """The results that belong to a month: those of every plan whose period ends in it.

    Of a plan and period the published revision counts; only where there is none does the newest
    provisional run stand in, as an estimate. What a draft would pay concerns nobody but those
    who make and check plans.
    """
    sees_drafts = actor.has(*INSIDERS)
    published = {(one.plan_code, str(one.period)): one for one in _published(month)}
    estimated = {
        (one.plan_code, str(one.period)): one
        for one in _estimated(month)
        if (one.plan_code, str(one.period)) not in published and (sees_drafts or is_agreed(one.run))
    }
    found = [*published.values(), *estimated.values()]
    return sorted(found, key=lambda one: (one.is_estimate, one.plan_code, str(one.period)))


def _published(month: Period) -> Iterator[Source]:
    for publication in current_publications().select_related("run__plan_version__plan"):
        period = _ending_in(month, publication.period)
        if period is not None:
            yield Source(publication.plan_code, period, publication.run, publication)


def _estimated(month: Period) -> Iterator[Source]:
    runs = Run.objects.filter(
        kind=Run.PROVISIONAL, state=Run.DONE, replaced_by=None
    ).select_related("plan_version__plan")
    for run in runs.order_by("id"):
        period = _ending_in(month, run.period)
        if period is not None:
            yield Source(run.plan_code, period, run, None)


def _ending_in(month: Period, text: str) -> Period | None:
    try:
        period = parse_period(text, company().calendars)
    except AttainError:
        # A calendar the company no longer declares: its old results stay where they were read.
        return None
    return period if month.from_ <= period.last_day < month.until else None


def outcomes_of(source: Source, actor: Actor, subject: str) -> list[Row]:
    """What became of each component of somebody, as far as the actor may see it."""
    if source.publication is not None:
        rows = outcomes(actor, _during(source), _only(source.publication), subject)
        return [as_row(row) for row in rows.order_by("id")]
    pay, results = _sees(source, actor, subject)
    kinds = {one.name: one.kind for one in opened(source.run).plan.components}
    return [
        {**row, "kind": kinds.get(row["component"].partition("[")[0], ComponentKind.FORMULA)}
        for row in _stored(source, "outcomes", {"subject": subject})
        if (pay if kinds.get(row["component"].partition("[")[0]) is PAID else results)
    ]


def lines_of(source: Source, actor: Actor, subject: str) -> list[Row]:
    """The money lines of somebody, if the actor may see their pay."""
    if source.publication is not None:
        rows = lines(actor, _during(source), _only(source.publication))
        return [as_row(row) for row in rows.filter(participant=subject).order_by("line_key")]
    pay, _ = _sees(source, actor, subject)
    return _stored(source, "lines", {"participant": subject}) if pay else []


def scores_of(source: Source, actor: Actor, subject: str) -> list[Row]:
    """The rows of somebody's scorecard, if the actor may see their results."""
    if source.publication is not None:
        rows = scores(actor, _during(source), _only(source.publication))
        return [as_row(row) for row in rows.filter(subject=subject).order_by("id")]
    _, results = _sees(source, actor, subject)
    return _stored(source, "scores", {"subject": subject}) if results else []


def estimated_totals(source: Source) -> list[tuple[str, str, int]]:
    """What an estimated run would pay: person, currency, whole smallest units.

    Not scoped by a reader: for callers that ask whom they may show.
    """
    folder = opened(source.run).stored.folder
    paths = [folder.folder / name for name in folder.manifest.relation("lines").files]
    rows = read_groups(paths, ("participant", "currency"), "amount_minor")
    return [(row["participant"], row["currency"], int(row["sum"])) for row in rows]


def target_of(source: Source, relation: str, subject: str, columns: tuple[str, ...]) -> Row | None:
    """Some cells of the row somebody has in a relation of the run; None without a row.

    Asks nobody's permission: for callers that show it only beside an outcome the actor sees.
    """
    run = opened(source.run)
    shape = run.plan.relations[relation]
    if shape.subject is None:
        return None
    row = _row_of(source.run, relation, shape.subject, subject)
    return {name: row.get(name) for name in columns} if row else None


_rows: Final = Kept[tuple[int, str, str, str], Row | None](1000)
"""Rows of so many people are at hand: a statement asks for the same row several times."""


def _row_of(run: Run, relation: str, column: str, subject: str) -> Row | None:
    """Somebody's row in a relation, kept by the digest of the run, which never changes."""

    def read() -> Row | None:
        found = opened(run).stored.folder.rows(relation, {column: subject})
        return found[0] if found else None

    return _rows.of((run.pk, run.digest, relation, subject), read)


def cells_of_all(source: Source, relation: str, columns: tuple[str, ...]) -> list[Row]:
    """Some cells of everybody's row in a relation of the run, with reasons; key as `subject`.

    Asks nobody's permission: for callers that show only whom the actor sees.
    """
    run = opened(source.run)
    shape = run.plan.relations[relation]
    if shape.subject is None:
        return []
    folder = run.stored.folder
    paths = [folder.folder / name for name in folder.manifest.relation(relation).files]
    rows = read_columns(paths, (shape.subject, *columns, *(why_column(one) for one in columns)))
    return [{**row, "subject": row[shape.subject]} for row in rows]


def _only(publication: Publication) -> QuerySet[Publication]:
    return Publication.objects.filter(pk=publication.pk)


def _during(source: Source) -> tuple[date, date]:
    return source.period.from_, source.period.until


def _sees(source: Source, actor: Actor, subject: str) -> tuple[bool, bool]:
    """Whether the actor may see somebody's pay, and their results, in the period."""
    during = _during(source)
    return (
        scope(actor, "pay", during).sees(subject),
        scope(actor, "results", during).sees(subject),
    )


def _stored(source: Source, relation: str, equal: Mapping[str, object]) -> list[Row]:
    return opened(source.run).stored.folder.rows(relation, dict(equal))


def as_row(row: Any) -> Row:
    """A row of the database as the files have it."""
    return {name: value for name, value in row.__dict__.items() if not name.startswith("_")}
