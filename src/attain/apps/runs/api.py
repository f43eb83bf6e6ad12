"""Runs and publications, for programs. Rights are those of the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja import Status as Answer
from pydantic import Field

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import In, idempotent
from attain.apps.flow.services import take
from attain.apps.runs import services
from attain.apps.runs.api_schedules import router as schedules
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.pages.comparison import compared
from attain.apps.runs.pages.facts import actor_sees_pay
from attain.apps.runs.pages.results import rows_of
from attain.apps.runs.reading import opened
from attain.apps.runs.selectors import visible_runs
from attain.apps.runs.views.publication import publication_or_404
from attain.core.errors import Problem
from attain.engine.primitives.model import ComponentKind

router = Router(tags=["runs"])
router.add_router("/schedules", schedules)

LIMIT_MAX = 200
LARGEST = 2**63


class RunOut(Schema):
    """A run, and how far it is."""

    id: int
    plan: str
    plan_version: int
    period: str
    kind: str
    state: str
    digest: str
    same_as: int | None
    inputs: dict[str, str]
    figures: dict[str, Any]
    problems: list[dict[str, Any]]
    asked_at: datetime
    finished_at: datetime | None


class StartIn(In):
    """What to calculate; an empty plan stands for all plans of the period."""

    plan: str = Field(default="", max_length=64)
    period: str = Field(min_length=4, max_length=60)
    kind: Literal["live", "provisional", "trial"]


class ResultsOut(Schema):
    """One page of results, a person per row: exact numbers as texts."""

    total: int
    items: list[dict[str, Any]]


class ChangeOut(Schema):
    """One number that is another one, with its cause."""

    subject: str
    component: str
    period: str
    before: str | None
    after: str | None
    difference: str | None
    cause: str
    lines: list[str]


class ComparisonOut(Schema):
    """What differs between two runs of a plan."""

    before: int
    after: int
    people: int
    changed: list[ChangeOut]
    totals: dict[str, list[int]]


class PublicationOut(Schema):
    """A publication, and what can be said of it."""

    id: int
    plan: str
    period: str
    revision: int
    run: int
    state: str
    version: int
    digest: str
    figures: dict[str, Any]


class StepIn(In):
    """A step from the version somebody saw."""

    action: Literal["submit", "publish", "refuse", "withdraw"]
    version: int
    reason: str = Field(default="", max_length=2000)


@router.get("", response=list[RunOut], url_name="runs-list")
def list_runs(
    request: HttpRequest,
    plan: str = Query(default="", max_length=64),
    period: str = Query(default="", max_length=60),
    limit: int = Query(default=50, ge=1, le=LIMIT_MAX),
    offset: int = Query(default=0, ge=0, le=1_000_000),
) -> list[dict[str, Any]]:
    """Runs, the newest first."""
    actor = _actor(request)
    found = visible_runs(actor).select_related("plan_version").order_by("-id")
    if plan:
        found = found.filter(plan_code=plan)
    if period:
        found = found.filter(period=period)
    return [_run(one, actor) for one in found[offset : offset + limit]]


@router.post("", response={202: list[RunOut]}, url_name="runs-list")
@idempotent
def start_run(request: HttpRequest, given: StartIn) -> Answer:
    """Ask for a run, or for all of a period. The one under way is answered again."""
    actor = _actor(request)
    if given.plan:
        runs = [services.start(given.plan, given.period, given.kind, actor=actor, at=actor.at)]
    else:
        runs = services.start_all(given.period, given.kind, actor=actor, at=actor.at)
    return Answer(202, [_run(one, actor) for one in runs])


@router.get("/{int:pk}", response=RunOut, url_name="runs-run")
def one_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """How far a run is, and what came of it."""
    actor = _actor(request)
    return _run(_found(pk, actor), actor)


@router.post("/{int:pk}/cancel", response=RunOut, url_name="runs-cancel")
@idempotent
def cancel_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Stop a run."""
    actor = _actor(request)
    return _run(services.cancel(_found(pk, actor), actor=actor, at=actor.at), actor)


@router.get("/{int:pk}/results", response=ResultsOut, url_name="runs-results")
def results(
    request: HttpRequest,
    pk: int,
    limit: int = Query(default=50, ge=1, le=LIMIT_MAX),
    offset: int = Query(default=0, ge=0, le=10_000_000),
) -> dict[str, Any]:
    """Results by person, within the reader's scope; incentives only for whoever may see pay."""
    actor = _actor(request)
    run = _found(pk, actor)
    plan = opened(run).plan
    sees_pay = actor_sees_pay(actor)
    names = {
        f"c{number}": one.name
        for number, one in enumerate(plan.components)
        if sees_pay or one.kind is not ComponentKind.INCENTIVE
    }
    rows = sorted(rows_of(run, actor), key=lambda row: row["code"])
    items = [
        {
            "subject": row["subject"],
            "code": row["code"],
            "period": row["period"],
            "values": {name: _plain(row.get(field)) for field, name in names.items()},
            "reasons": {
                name: row[f"{field}_why"] for field, name in names.items() if f"{field}_why" in row
            },
        }
        for row in rows[offset : offset + limit]
    ]
    return {"total": len(rows), "items": items}


@router.get("/{int:pk}/compare/{other}", response=ComparisonOut, url_name="runs-compare")
def compare(request: HttpRequest, pk: int, other: int) -> dict[str, Any]:
    """What differs from another run of the plan, with the cause of each number."""
    actor = _actor(request)
    found = compared(_found(other, actor), _found(pk, actor), actor)
    return {
        "before": found.before.pk,
        "after": found.after.pk,
        "people": found.people,
        "changed": [
            {
                "subject": one.subject,
                "component": one.component,
                "period": one.period,
                "before": _plain(one.before),
                "after": _plain(one.after),
                "difference": _plain(one.gap),
                "cause": one.cause,
                "lines": list(one.lines),
            }
            for one in found.changed
        ],
        "totals": {currency: [old, new] for currency, old, new in found.totals},
    }


@router.post("/{int:pk}/publication", response={202: PublicationOut}, url_name="runs-prepare")
@idempotent
def prepare(request: HttpRequest, pk: int) -> Answer:
    """Begin a publication with the numbers of a run."""
    actor = _actor(request)
    made = services.prepare(_found(pk, actor), actor=actor, at=actor.at)
    return Answer(202, _publication(made, actor))


@router.get("/publications/{pk}", response=PublicationOut, url_name="runs-publication")
def one_publication(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Where a publication stands."""
    actor = _actor(request)
    return _publication(_its(pk, actor), actor)


@router.post("/publications/{pk}/step", response=PublicationOut, url_name="runs-step")
@idempotent
def step(request: HttpRequest, pk: int, given: StepIn) -> dict[str, Any]:
    """Submit, publish, return or withdraw it."""
    actor = _actor(request)
    taken = take(
        _its(pk, actor),
        given.action,
        actor=actor,
        at=actor.at,
        version=given.version,
        reason=given.reason,
    )
    assert isinstance(taken, Publication)
    return _publication(taken, actor)


# --- saying it ---


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _found(pk: int, actor: Actor) -> Run:
    run = visible_runs(actor).filter(pk=pk).first() if 0 < pk < LARGEST else None
    if run is None:
        raise Http404
    return run


def _its(pk: int, actor: Actor) -> Publication:
    if not 0 < pk < LARGEST:
        raise Http404
    return publication_or_404(pk, actor)


def _plain(value: Any) -> str | None:
    """Exact numbers as text, without needless zeros."""
    if value is None or isinstance(value, str):
        return value
    return format(value.normalize(), "f")


def _run(run: Run, actor: Actor) -> dict[str, Any]:
    figures = dict(run.figures)
    if not actor_sees_pay(actor):
        figures.pop("totals", None)
    return {
        "id": run.pk,
        "plan": run.plan_code,
        "plan_version": run.plan_version.number,
        "period": run.period,
        "kind": run.kind,
        "state": run.state,
        "digest": run.digest,
        "same_as": run.same_as_id,
        "inputs": run.request.get("inputs", {}),
        "figures": figures,
        "problems": [Problem.from_data(one).as_data() for one in run.problems],
        "asked_at": run.asked_at,
        "finished_at": run.finished_at,
    }


def _publication(found: Publication, actor: Actor) -> dict[str, Any]:
    hidden = () if actor_sees_pay(actor) else ("totals", "before", "difference")
    return {
        "id": found.pk,
        "plan": found.plan_code,
        "period": found.period,
        "revision": found.revision,
        "run": found.run_id,
        "state": found.state,
        "version": found.version,
        "digest": found.digest,
        "figures": {name: value for name, value in found.figures.items() if name not in hidden},
    }
