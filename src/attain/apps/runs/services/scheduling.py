"""Schedules of estimates: making, pausing and removing them, and carrying one out now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.accounts.roles import Role
from attain.apps.audit import services as audit
from attain.apps.plans.models import Plan
from attain.apps.runs import errors
from attain.apps.runs.asking import INSIDERS
from attain.apps.runs.services import turns
from attain.apps.runs.services.timing import next_time
from attain.apps.runs.timetables import Schedule, Turn
from attain.core.errors import AttainError, problem

SCHEDULE: Final = "schedule"
"""How audit calls one."""
RHYTHMS: Final = (Schedule.DAILY, Schedule.WORKDAYS, Schedule.WEEKLY, Schedule.IMPORT)
SPANS: Final = (Schedule.RUNNING, Schedule.OPEN)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants estimated and when; `plan_code` "" is every plan."""

    plan_code: str = ""
    rhythm: str = Schedule.DAILY
    at_time: time | None = None
    weekday: int | None = None
    span: str = Schedule.RUNNING
    told: tuple[int, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """As columns; what a rhythm has no use for is left out."""
        by_clock = self.rhythm != Schedule.IMPORT
        return {
            "plan_code": self.plan_code,
            "rhythm": self.rhythm,
            "at_time": self.at_time if by_clock else None,
            "weekday": self.weekday if self.rhythm == Schedule.WEEKLY else None,
            "span": self.span,
        }


@transaction.atomic
def create(wish: Wish, *, actor: Actor, at: datetime) -> Schedule:
    """Make estimates by themselves from now on.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_WHEN, SCHEDULE_PLAN, SCHEDULE_READER.
    """
    told = _checked(wish, actor)
    made = Schedule(**wish.values(), made_by_id=actor.user_id, made_at=at)
    made.next_at = next_time(made, at)
    made.save()
    made.told.set(told)
    _record(made, "create", actor, at, after=_said(made))
    return made


@transaction.atomic
def change(schedule: Schedule, wish: Wish, *, version: int, actor: Actor, at: datetime) -> Schedule:
    """Change what a schedule does, from the version somebody saw.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_CHANGED, SCHEDULE_WHEN, SCHEDULE_PLAN,
        SCHEDULE_READER.
    """
    told = _checked(wish, actor)
    before = _said(schedule)
    changed = _moved(schedule, version, **wish.values())
    following = next_time(changed, at) if changed.is_active else None
    Schedule.objects.filter(pk=changed.pk).update(next_at=following)
    changed.told.set(told)
    changed.refresh_from_db()
    _record(changed, "change", actor, at, before=before, after=_said(changed))
    return changed


@transaction.atomic
def pause(schedule: Schedule, *, version: int, actor: Actor, at: datetime) -> Schedule:
    """Make no more estimates until somebody resumes it.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_CHANGED.
    """
    _must_be_allowed(actor)
    found = _moved(schedule, version, is_active=False, next_at=None)
    _record(found, "pause", actor, at)
    return found


@transaction.atomic
def resume(schedule: Schedule, *, version: int, actor: Actor, at: datetime) -> Schedule:
    """Go on from the next time; what was missed meanwhile is not made up for.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_CHANGED.
    """
    _must_be_allowed(actor)
    found = _moved(schedule, version, is_active=True, next_at=next_time(schedule, at))
    _record(found, "resume", actor, at)
    return found


@transaction.atomic
def remove(schedule: Schedule, *, version: int, actor: Actor, at: datetime) -> Schedule:
    """Make no more estimates by it. Those it made stay.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_CHANGED.
    """
    _must_be_allowed(actor)
    found = _moved(schedule, version, is_active=False, next_at=None, removed_at=at)
    _record(found, "remove", actor, at)
    return found


@transaction.atomic
def run_now(schedule: Schedule, *, actor: Actor, at: datetime) -> Turn:
    """Carry it out at once, paused or not; when it is due next does not change.

    :raises AttainError: NOT_ALLOWED, SCHEDULE_UNKNOWN.
    """
    _must_be_allowed(actor)
    if schedule.removed_at is not None:
        raise AttainError(problem(errors.SCHEDULE_UNKNOWN, number=schedule.pk))
    _record(schedule, "run", actor, at)
    turn = turns.begin(schedule, Turn.HAND, actor=actor, at=at)
    assert turn is not None
    return turn


def readers(at: datetime) -> list[User]:
    """Who may be told of estimates: everybody who may open runs."""
    day = at.date()
    grants = RoleGrant.objects.filter(
        role__in=INSIDERS, revoked_at=None, effective_from__lte=day
    ).exclude(effective_until__lte=day)
    users = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(users.order_by("name", "pk"))


def _checked(wish: Wish, actor: Actor) -> Iterable[int]:
    """Who is told, after everything else was looked at."""
    _must_be_allowed(actor)
    if wish.plan_code and not Plan.objects.filter(code=wish.plan_code, kind=Plan.PLAN).exists():
        raise AttainError(problem(errors.SCHEDULE_PLAN, plan=wish.plan_code))
    needs_time = wish.rhythm != Schedule.IMPORT
    needs_day = wish.rhythm == Schedule.WEEKLY
    is_whole = (
        wish.rhythm in RHYTHMS
        and wish.span in SPANS
        and (wish.at_time is not None or not needs_time)
        and (wish.weekday in range(1, 8) or not needs_day)
    )
    if not is_whole:
        raise AttainError(problem(errors.SCHEDULE_WHEN))
    allowed = {user.pk for user in readers(actor.at)}
    if not set(wish.told) <= allowed:
        raise AttainError(problem(errors.SCHEDULE_READER))
    return sorted(set(wish.told))


def _must_be_allowed(actor: Actor) -> None:
    if not actor.has(Role.finance):
        raise AttainError(problem(NOT_ALLOWED))


def _moved(schedule: Schedule, version: int, **values: Any) -> Schedule:
    """The conditional change: who comes second changes nothing."""
    seen = Schedule.objects.filter(pk=schedule.pk, version=version, removed_at=None)
    if not seen.update(version=F("version") + 1, **values):
        raise AttainError(problem(errors.SCHEDULE_CHANGED, number=schedule.pk))
    return Schedule.objects.get(pk=schedule.pk)


def _said(schedule: Schedule) -> dict[str, Any]:
    return {
        "plan": schedule.plan_code,
        "rhythm": schedule.rhythm,
        "at_time": f"{schedule.at_time:%H:%M}" if schedule.at_time else "",
        "weekday": schedule.weekday or "",
        "span": schedule.span,
        "told": sorted(schedule.told.values_list("pk", flat=True)),
    }


def _record(schedule: Schedule, verb: str, actor: Actor, at: datetime, **said: Any) -> None:
    audit.record(
        actor=actor,
        action=f"runs.schedule_{verb}",
        object=(SCHEDULE, schedule.pk, str(schedule)),
        at=at,
        **said,
    )
