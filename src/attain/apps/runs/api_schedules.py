"""Schedules of estimates, for programs. Rights are those of the pages."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja import Status as Answer
from pydantic import Field

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import In, idempotent
from attain.apps.runs.services import scheduling
from attain.apps.runs.timetables import Schedule

router = Router(tags=["runs"])

LARGEST = 2**31
HOUR = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class ScheduleOut(Schema):
    """A schedule of estimates; an empty plan stands for all plans in force."""

    id: int
    plan: str
    rhythm: str
    weekday: int | None
    time: str
    periods: str
    told: list[int]
    is_active: bool
    next_at: datetime | None
    last_outcome: str
    version: int


class ScheduleIn(In):
    """What to estimate and when; the time by the clock of the company."""

    plan: str = Field(default="", max_length=64)
    rhythm: Literal["daily", "workdays", "weekly", "import"]
    weekday: int | None = Field(default=None, ge=1, le=7)
    time: str = Field(default="", pattern=f"^$|{HOUR}")
    periods: Literal["running", "open"] = "running"
    told: list[int] = Field(default_factory=list, max_length=200)


class StepIn(In):
    """A step from the version somebody saw; `run` carries it out now."""

    action: Literal["pause", "resume", "remove", "run"]
    version: int = Field(ge=0, lt=LARGEST)


@router.get("", response=list[ScheduleOut], url_name="runs-schedules")
def list_schedules(request: HttpRequest) -> list[dict[str, Any]]:
    """Every schedule there is."""
    found = Schedule.objects.filter(removed_at=None).prefetch_related("told")
    return [_said(one) for one in found]


@router.post("", response={201: ScheduleOut}, url_name="runs-schedules")
@idempotent
def make_schedule(request: HttpRequest, given: ScheduleIn) -> Answer:
    """Make estimates by themselves from now on."""
    actor = _actor(request)
    wish = scheduling.Wish(
        plan_code=given.plan,
        rhythm=given.rhythm,
        at_time=time.fromisoformat(given.time) if given.time else None,
        weekday=given.weekday,
        span=given.periods,
        told=tuple(given.told),
    )
    return Answer(201, _said(scheduling.create(wish, actor=actor, at=actor.at)))


@router.post("/{int:pk}/step", response=ScheduleOut, url_name="runs-schedule-step")
@idempotent
def step(request: HttpRequest, pk: int, given: StepIn) -> dict[str, Any]:
    """Pause, resume, remove, or carry out now."""
    actor = _actor(request)
    found = Schedule.objects.filter(pk=pk, removed_at=None).first() if pk < LARGEST else None
    if found is None:
        raise Http404
    if given.action == "run":
        scheduling.run_now(found, actor=actor, at=actor.at)
        return _said(found)
    steps = {
        "pause": scheduling.pause,
        "resume": scheduling.resume,
        "remove": scheduling.remove,
    }
    taken = steps[given.action](found, version=given.version, actor=actor, at=actor.at)
    return _said(taken)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _said(found: Schedule) -> dict[str, Any]:
    last = found.turns.order_by("-id").first()
    return {
        "id": found.pk,
        "plan": found.plan_code,
        "rhythm": found.rhythm,
        "weekday": found.weekday,
        "time": f"{found.at_time:%H:%M}" if found.at_time else "",
        "periods": found.span,
        "told": sorted(user.pk for user in found.told.all()),
        "is_active": found.is_active,
        "next_at": found.next_at,
        "last_outcome": last.state if last else "",
        "version": found.version,
    }
