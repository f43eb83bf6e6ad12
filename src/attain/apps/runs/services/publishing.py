"""Bringing the results of a run on their way to their readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.roles import Role
from attain.apps.flow import services as flow
from attain.apps.jobs import services as jobs
from attain.apps.runs import errors
from attain.apps.runs.cycle import newer_run, undone_input
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.selectors import current, payable_lines
from attain.apps.runs.services.planning import calendars
from attain.apps.runs.words import kind_labels, plan_labels
from attain.core.errors import AttainError, Problem, problem
from attain.core.periods import parse_period, period_labels


def prepare(run: Run, *, actor: Actor, at: datetime) -> Publication:
    """Begin the next revision with the numbers of a run: staged by a job, then to be submitted.

    :raises AttainError: NOT_ALLOWED, RUN_NOT_DONE, RUN_NOT_LIVE, RUN_IS_OLD,
        RUN_INPUT_UNDONE, ALREADY_PUBLISHED, PUBLICATION_UNDER_WAY, PEOPLE_WITHOUT_DATA.
    """
    if not actor.has(Role.finance):
        raise AttainError(problem(NOT_ALLOWED))
    refused = obstacle(run)
    if refused is not None:
        raise AttainError(refused)
    try:
        return _begun(run, actor, at)
    except IntegrityError:
        # Somebody else began at the same moment.
        raise AttainError(_under_way(run) or _already(run)) from None


@transaction.atomic
def _begun(run: Run, actor: Actor, at: datetime) -> Publication:
    names = {"plan_code": run.plan_code, "period": run.period}
    last = Publication.objects.filter(**names).aggregate(last=Max("revision"))["last"] or 0
    publication = Publication.objects.create(
        **names,
        run=run,
        state=Publication.STAGING,
        revision=last + 1,
        digest=run.digest,
        prepared_by_id=actor.user_id,
        prepared_at=at,
    )
    flow.begin(publication, actor=actor, at=at, action="prepare", duty="run")
    jobs.enqueue(
        "runs.stage",
        key=str(publication.pk),
        arguments={"publication": publication.pk},
        actor=actor,
        at=at,
    )
    return publication


def obstacle(run: Run) -> Problem | None:
    """What keeps a run from being published, for the button and for the verb alike."""
    if run.state != Run.DONE:
        return problem(errors.RUN_NOT_DONE, run=run.pk)
    if run.kind != Run.LIVE:
        return problem(errors.RUN_NOT_LIVE, run=run.pk, kind=kind_labels(run.kind))
    newer = newer_run(run)
    if newer is not None:
        return problem(errors.RUN_IS_OLD, **_whose(run), newer=newer.pk, run=run.pk)
    undone = undone_input(run)
    if undone is not None:
        return undone
    published = current(run.plan_code, run.period)
    if published is not None and published.digest == run.digest:
        return _already(run)
    subjects = run.figures.get("subjects", 0)
    if subjects and run.figures.get("no_data", 0) >= subjects:
        return problem(errors.PEOPLE_WITHOUT_DATA, count=subjects)
    return _under_way(run)


def _already(run: Run) -> Problem:
    return problem(errors.ALREADY_PUBLISHED, **_whose(run), run=run.pk)


def _under_way(run: Run) -> Problem | None:
    names = {"plan_code": run.plan_code, "period": run.period}
    other = Publication.objects.filter(**names, state__in=Publication.OPEN).first()
    if other is None:
        return None
    return problem(errors.PUBLICATION_UNDER_WAY, **_whose(run), revision=other.revision)


def _whose(run: Run) -> dict[str, Any]:
    """Plan and period as their readers call them."""
    period = period_labels(parse_period(run.period, calendars()))
    return {"plan": plan_labels(run.plan_code), "period": period}


def figures_for(publication: Publication) -> dict[str, Any]:
    """What publishing means in people and money, and against the revision before."""
    totals = totals_of(publication)
    lines = payable_lines(publication)
    before = current(publication.plan_code, publication.period)
    known = totals_of(before) if before is not None else {}
    currencies = sorted({*totals, *known})
    return {
        "people": publication.outcomes.values("subject").distinct().count(),
        "paid": lines.values("participant").distinct().count(),
        "lines": lines.count(),
        "withheld": publication.withheld.count(),
        "totals": totals,
        "before": known,
        "replaces": before.revision if before is not None else None,
        "difference": {one: totals.get(one, 0) - known.get(one, 0) for one in currencies},
    }


def totals_of(publication: Publication) -> dict[str, int]:
    """What the payable lines of a publication come to, each currency by itself."""
    rows = payable_lines(publication).values("currency").annotate(total=Sum("amount_minor"))
    return {row["currency"]: int(row["total"]) for row in rows.order_by("currency")}


__all__ = ["figures_for", "obstacle", "prepare", "totals_of"]
