"""Questions about runs and their results. Results are never read without a reader."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.accounts.roles import Role
from attain.apps.data.models import DatasetHead
from attain.apps.people import selectors as people
from attain.apps.people.selectors import During, Scope
from attain.apps.runs.models import (
    Current,
    GradeRow,
    Line,
    Outcome,
    Publication,
    Run,
    ScoreRow,
    Withheld,
)
from attain.core.periods import Period, parse_period

PAY = "incentive"
"""Outcomes of this kind are read by whoever may see pay, all others by the area of results."""


def current(plan_code: str, period: str) -> Publication | None:
    """The published results of a plan for a period, if there are any."""
    found = (
        Current.objects.select_related("publication__run")
        .filter(plan_code=plan_code, period=period)
        .first()
    )
    return found.publication if found else None


def current_publications(periods: tuple[str, ...] | None = None) -> QuerySet[Publication]:
    """Everything that is published now, of all periods or of some."""
    found = Publication.objects.filter(current__isnull=False)
    return found if periods is None else found.filter(period__in=periods)


def published_periods(plan_code: str) -> list[Period]:
    """The periods for which a plan's results are published now: its rules stand for them."""
    calendars = company().calendars
    periods = current_publications().filter(plan_code=plan_code).values_list("period", flat=True)
    return [parse_period(period, calendars) for period in periods]


def payable_lines(publication: Publication) -> QuerySet[Line]:
    """The lines that may be posted: those of everybody whose results are published.

    Not scoped by a reader: for posting, not for pages.
    """
    return publication.lines.filter(~_is_withheld("participant"))


def lines(actor: Actor, during: During, publications: QuerySet[Publication]) -> QuerySet[Line]:
    """Published lines of those whose pay the actor may see."""
    found = Line.objects.filter(~_is_withheld("participant"), publication__in=publications)
    return people.scope(actor, "pay", during).restrict(found, "participant")


def outcomes(
    actor: Actor,
    during: During,
    publications: QuerySet[Publication],
    subject: str | None = None,
) -> QuerySet[Outcome]:
    """Published outcomes the actor may see: incentives by the area of pay, the rest by results."""
    found = Outcome.objects.filter(~_is_withheld("subject"), publication__in=publications)
    if subject is not None:
        found = found.filter(subject=subject)
    money = people.scope(actor, "pay", during).restrict(found.filter(kind=PAY), "subject")
    other = people.scope(actor, "results", during).restrict(found.exclude(kind=PAY), "subject")
    return money | other


def scores(actor: Actor, during: During, publications: QuerySet[Publication]) -> QuerySet[ScoreRow]:
    """Published rows of scorecards of those whose results the actor may see."""
    found = ScoreRow.objects.filter(~_is_withheld("subject"), publication__in=publications)
    return people.scope(actor, "results", during).restrict(found, "subject")


def grades(actor: Actor, during: During, publications: QuerySet[Publication]) -> QuerySet[GradeRow]:
    """Published grades of those whose results the actor may see."""
    found = GradeRow.objects.filter(~_is_withheld("subject"), publication__in=publications)
    return people.scope(actor, "results", during).restrict(found, "subject")


def withheld(
    actor: Actor, during: During, publications: QuerySet[Publication]
) -> QuerySet[Withheld]:
    """Who is left out of publications because data is missing, and what they lack."""
    found = Withheld.objects.filter(publication__in=publications)
    return people.scope(actor, "results", during).restrict(found, "subject")


def _is_withheld(field: str) -> Exists:
    return Exists(
        Withheld.objects.filter(publication=OuterRef("publication"), subject=OuterRef(field))
    )


def estimate(plan_code: str, period: str) -> Run | None:
    """The newest finished provisional run of a plan for a period: labelled, never payable."""
    return (
        Run.objects.filter(plan_code=plan_code, period=period, kind=Run.PROVISIONAL, state=Run.DONE)
        .order_by("-id")
        .first()
    )


def changed_inputs(run: Run, heads: dict[str, str] | None = None) -> list[str]:
    """Datasets that have another version now than the run read."""
    if heads is None:
        heads = dict(DatasetHead.objects.values_list("dataset", "version__hash"))
    inputs: dict[str, Any] = run.request.get("inputs", {})
    return sorted(name for name, hash in inputs.items() if heads.get(name, hash) != hash)


__all__ = [
    "During",
    "Scope",
    "changed_inputs",
    "current",
    "current_publications",
    "estimate",
    "grades",
    "lines",
    "outcomes",
    "payable_lines",
    "scores",
    "visible_runs",
    "withheld",
]


def visible_runs(actor: Actor) -> QuerySet[Run]:
    """The runs somebody may know of: all, but planners and HR know no sums of pay in them."""
    if actor.has_whole(Role.finance, Role.auditor, Role.hr, Role.plan_admin):
        return Run.objects.all()
    return Run.objects.none()
