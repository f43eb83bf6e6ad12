"""Carrying schedules out: what is due, what a turn calculates, how it ended, who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from attain.apps.accounts.actors import SYSTEM, Actor, business_date
from attain.apps.data.providers import provider
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.notices.services import announce
from attain.apps.plans.models import Plan
from attain.apps.runs.models import Current, Run
from attain.apps.runs.selectors import changed_inputs, estimate
from attain.apps.runs.services.planning import Target, calendars, chain, in_order, joining
from attain.apps.runs.services.starting import start_targets
from attain.apps.runs.services.timing import QUIET, next_time
from attain.apps.runs.timetables import Schedule, Turn
from attain.apps.runs.words import plan_labels
from attain.core.errors import AttainError, Problem
from attain.core.labels import Labels, labels
from attain.core.periods import Period, period_labels

JOB: Final = "runs.scheduled"
MINUTELY: Final = "* * * * *"
CHANGED: Final = "runs.estimated"
CHANGED_TEXT: Final = labels(
    "{plan}：{period}预估有变化", "{plan}: the estimate of {period} has changed"
)
FAILED: Final = "runs.estimate_failed"
FAILED_TEXT: Final = labels("{plan}的预估没有算成", "The estimate of {plan} was not made")
EVERY_PLAN: Final = labels("全部方案", "All plans")


def is_due(at: datetime) -> bool:
    """Whether a schedule has come, or a turn could have ended."""
    return _due(at).exists() or Turn.objects.filter(state=Turn.WAITING).exists()


@handler(JOB, zh="定时预估", en="Scheduled estimates")
def carry_out(job: JobContext) -> dict[str, Any]:
    """Begin what is due and end what is done; called again it begins nothing twice."""
    begun = [turn.pk for one in _due(job.at) if (turn := _take_up(one, job.at)) is not None]
    return {"begun": begun, "ended": end_turns(job.now())}


def _due(at: datetime) -> QuerySet[Schedule]:
    unplanned = Q(next_at=None) & ~Q(rhythm=Schedule.IMPORT)
    return Schedule.objects.filter(Q(next_at__lte=at) | unplanned, is_active=True, removed_at=None)


@transaction.atomic
def _take_up(schedule: Schedule, at: datetime) -> Turn | None:
    """The next time is set and the turn begun together: two workers begin one turn."""
    mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at, is_active=True)
    if not mine.update(next_at=next_time(schedule, at)) or schedule.next_at is None:
        return None
    follows = schedule.rhythm == Schedule.IMPORT
    return begin(schedule, Turn.IMPORT if follows else Turn.CLOCK, actor=SYSTEM(at), at=at)


@transaction.atomic
def begin(schedule: Schedule, cause: str, *, actor: Actor, at: datetime) -> Turn | None:
    """Ask for the estimates of a schedule. A plan that cannot be read stops no other one.

    None after an import that changes nothing any plan reads.

    :raises AttainError: NOT_ALLOWED.
    """
    problems: list[Problem] = []
    targets: dict[str, Target] = {}
    for target in _wanted(schedule, cause, at, problems):
        for one in [*chain(target), target]:
            targets.setdefault(one.name, one)
    if cause == Turn.IMPORT and not targets and not problems:
        return None
    turn = Turn.objects.create(
        schedule=schedule,
        cause=cause,
        asked_by_id=actor.user_id,
        begun_at=at,
        problems=[one.as_data() for one in problems],
    )
    runs = start_targets(list(in_order(targets.values())), Run.PROVISIONAL, actor=actor, at=at)
    turn.runs.set(runs)
    if not runs:
        _end(turn, at)
    return turn


def _wanted(
    schedule: Schedule, cause: str, at: datetime, problems: list[Problem]
) -> Iterator[Target]:
    """The plans and periods of a schedule that nobody has published yet."""
    codes = [schedule.plan_code] if schedule.plan_code else _every_plan()
    for period in _months(schedule, at):
        for code in codes:
            try:
                target = joining(code, period, Run.PROVISIONAL)
            except AttainError as refusal:
                problems += refusal.problems
                continue
            if target is None or _is_published(target):
                continue
            if cause != Turn.IMPORT or _has_other_data(target):
                yield target


def _every_plan() -> list[str]:
    return list(Plan.objects.filter(kind=Plan.PLAN).order_by("code").values_list("code", flat=True))


def _months(schedule: Schedule, at: datetime) -> list[Period]:
    calendar = calendars().default
    month = calendar.period_at("month", business_date(at))
    before = calendar.before(month) if schedule.span != Schedule.RUNNING else None
    return [month] if before is None else [before, month]


def _is_published(target: Target) -> bool:
    return Current.objects.filter(plan_code=target.code, period=str(target.period)).exists()


def _has_other_data(target: Target) -> bool:
    """Whether rows the plan reads are others than its last estimate read, or it has none yet."""
    last = estimate(target.code, str(target.period))
    return last is None or bool(changed_inputs(last))


# --- how it ended ---


def end_turns(at: datetime) -> list[int]:
    """End the turns whose estimates are all there, or have all failed."""
    under_way = Run.objects.filter(state__in=Run.WAITING)
    waiting = Turn.objects.filter(state=Turn.WAITING).exclude(runs__in=under_way)
    return [turn.pk for turn in waiting.select_related("schedule") if _end(turn, at)]


@transaction.atomic
def _end(turn: Turn, at: datetime) -> bool:
    runs = list(turn.runs.select_related("plan_version__plan"))
    failed = [run for run in runs if run.state == Run.FAILED]
    changed = [run for run in runs if run.state == Run.DONE and _differs(run)]
    state = Turn.DONE if runs else Turn.NOTHING
    if failed or turn.problems:
        state = Turn.FAILED
    mine = Turn.objects.filter(pk=turn.pk, state=Turn.WAITING)
    if not mine.update(state=state, ended_at=at, changed=len(changed)):
        return False
    _tell(turn, state, changed, at)
    return True


def _differs(run: Run) -> bool:
    """Whether an estimate has other numbers than the one before it."""
    before = Run.objects.filter(
        plan_code=run.plan_code,
        period=run.period,
        kind=Run.PROVISIONAL,
        state=Run.DONE,
        pk__lt=run.pk,
    )
    last = before.order_by("-id").first()
    return last is None or last.digest != run.digest


def _tell(turn: Turn, state: str, changed: list[Run], at: datetime) -> None:
    """Whoever is named hears of a change or a failure; that nothing happened is no news."""
    told = list(turn.schedule.told.values_list("pk", flat=True))
    if not told:
        return
    url = reverse("runs:schedule", args=[turn.schedule_id])
    if state == Turn.FAILED:
        said = {"plan": _named(turn.schedule).model_dump()}
        announce(FAILED, to=told, values=said, url=url, at=at, key=str(turn.pk))
    if changed:
        values = {
            "plan": _named(turn.schedule).model_dump(),
            "period": _period(changed).model_dump(),
        }
        announce(CHANGED, to=told, values=values, url=url, at=at, key=str(turn.pk))


def _named(schedule: Schedule) -> Labels:
    return plan_labels(schedule.plan_code) if schedule.plan_code else EVERY_PLAN


def _period(runs: list[Run]) -> Labels:
    from attain.core.periods import parse_period

    latest = max((parse_period(run.period, calendars()) for run in runs), key=lambda one: one.until)
    return period_labels(latest)


# --- after an import ---


def imported(*, sender: object, dataset: str, at: datetime, **_: object) -> None:
    """Rows were loaded or taken back: schedules that follow imports are due after a quiet while.

    A receiver of `data.signals.committed`; what the product keeps itself is frozen by runs.
    """
    if provider(dataset) is None:
        Schedule.objects.filter(rhythm=Schedule.IMPORT, is_active=True, removed_at=None).update(
            next_at=at + QUIET
        )
