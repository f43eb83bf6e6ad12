"""What the clock does with records: once each, however often it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from attain.apps.accounts.actors import SYSTEM, Actor
from attain.apps.accounts.models import User
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.schedules import every
from attain.apps.notices import services as notices
from attain.apps.records import deadlines, events, expecting, secrets, who
from attain.apps.records.framing import scope_of
from attain.apps.records.kinds import book, kind_of, row_named, working_days
from attain.apps.records.models import ClockMark, Record, RecordEvent
from attain.core.errors import AttainError
from attain.core.labels import Labels, labels
from attain.kinds.records import Kind
from attain.kinds.records.schedule import Telling, clock_days, expectations, tellings

CLOCK: Final = "records.clock"
MORNING: Final = 6
BATCH: Final = 500
LATE: Final = "records.late"
MISSING: Final = "records.missing"
MOST_STEPS: Final = 20
"""A record whose clock actions lead in a circle stops here for today."""

_SOON: Final = labels("“{title}”：{what}，最晚{on}", "“{title}”: {what}, due on {on}")
_OVER: Final = labels("“{title}”：{what}已逾期，应在{on}前", "“{title}”: {what} was due on {on}")


def schedule() -> None:
    """Ask for the clock every hour; once a day, after six, it looks at everything."""
    every(CLOCK, "5 * * * *")


@handler(CLOCK, zh="记录的到期、提醒与催办", en="Deadlines and reminders of records")
def tick(job: JobContext) -> Mapping[str, int]:
    """Take clock actions, remind, escalate, tell what is missing, forget confidential fields."""
    actor = SYSTEM(job.at)
    full = _is_morning(job.at) and not _is_done(_full_key(actor.today))
    done = {"taken": 0, "told": 0, "missing": 0, "forgotten": 0}
    since = _last_look()
    for record in _looked_at(since=None if full else since):
        job.check_cancelled()
        taken, told = look(record, actor=actor, at=job.at)
        done["taken"] += taken
        done["told"] += told
    if full:
        done["missing"] = tell_missing(actor=actor, at=job.at)
        done["forgotten"] = secrets.forget(at=job.at)
        mark(_full_key(actor.today), job.at)
    _keep_look(job.at)
    return done


@handler(deadlines.REFRESH, zh="更新相关记录的到期日", en="Update deadlines of linked records")
def refresh(job: JobContext, *, record: int) -> Mapping[str, int]:
    """Bring up to date what looks into a record."""
    found = Record.objects.filter(pk=record).first()
    return {"settled": deadlines.refresh(found, SYSTEM(job.at).today) if found else 0}


def _is_morning(at: datetime) -> bool:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour >= MORNING


def _full_key(day: date) -> str:
    return f"full:{day.isoformat()}"


def _is_done(key: str) -> bool:
    return ClockMark.objects.filter(key=key).exists()


def mark(key: str, at: datetime) -> bool:
    """Note that something was done, in the transaction in which it is; False if it was before."""
    _, is_new = ClockMark.objects.get_or_create(key=key[:200], defaults={"at": at})
    return is_new


def _last_look() -> datetime | None:
    return ClockMark.objects.filter(key="look").values_list("at", flat=True).first()


def _keep_look(at: datetime) -> None:
    ClockMark.objects.update_or_create(key="look", defaults={"at": at})


def _looked_at(since: datetime | None) -> Iterator[Record]:
    """The open records of types that know a clock; with a moment, only what changed since."""
    types = [row_named(name).pk for name, kind in book().kinds.items() if has_clock(kind)]
    rows = Record.objects.filter(type__in=types, is_final=False)
    if since is not None:
        rows = rows.filter(changed_at__gte=since - timedelta(minutes=5))
    last = 0
    while True:
        batch = list(rows.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        yield from batch
        last = batch[-1].pk


def has_clock(kind: Kind) -> bool:
    """Whether anything of a type happens by itself or falls due."""
    declared = kind.type
    by_state = any(
        state.due or state.escalate or kind.clock_actions(name)
        for name, state in declared.life.items()
    )
    return bool(declared.cadences or declared.reminders or by_state)


def look(record: Record, *, actor: Actor, at: datetime) -> tuple[int, int]:
    """Do what has come due on one record; how many actions were taken and tellings sent."""
    taken = 0
    while taken < MOST_STEPS and _step(record, actor=actor, at=at):
        taken += 1
        record = Record.objects.get(pk=record.pk)
    deadlines.settle(record, actor.today)
    return taken, _tell(record, actor=actor, at=at)


def _step(record: Record, *, actor: Actor, at: datetime) -> bool:
    """Take the first clock action whose day has come. What its gates refuse waits."""
    from attain.apps.records.services.acting import take

    kind = kind_of(record)
    if record.is_final or not kind.clock_actions(record.state):
        return False
    scope = scope_of(record, actor.today, kind=kind)
    for action, first in clock_days(kind, scope, working_days()):
        if first <= actor.today and action.to not in ("", record.state):
            try:
                take(record, action.name, actor=actor, at=at, version=record.version)
            except AttainError:
                # A gate, or somebody was faster: the next look decides anew.
                continue
            return True
    return False


def _tell(record: Record, *, actor: Actor, at: datetime) -> int:
    kind = kind_of(record)
    if record.is_final:
        return 0
    scope = scope_of(record, actor.today, kind=kind)
    last = deadlines.last_days(record, kind, actor.today)
    found = tellings(kind, scope, actor.today, last, working_days())
    return sum(_told(record, kind, one, actor=actor, at=at) for one in found)


@transaction.atomic
def _told(record: Record, kind: Kind, one: Telling, *, actor: Actor, at: datetime) -> bool:
    """Tell one thing, unless it was told before."""
    from attain.apps.records.services.acting import announce

    if not mark(f"{record.key}:{one.key}", at):
        return False
    say = one.say or _sentence(record, kind, one)
    to = set().union(*(who.users(record, word, actor.today) for word in one.to))
    announce(record, say, to, actor=actor, at=at, key=f"{record.pk}:{one.key}", kind=LATE)
    events.happened(
        record,
        RecordEvent.Kind.reminded,
        actor=actor,
        at=at,
        note={"what": one.name, "about": one.about.isoformat(), "late": one.is_late},
    )
    return True


def _sentence(record: Record, kind: Kind, one: Telling) -> Labels:
    template = _OVER if one.is_late else _SOON
    spec = kind.type.reminders.get(one.name)
    label = kind.fields[spec.on].label if spec else deadlines.label_of(kind, record, one.name)

    def said(text: str, language: str) -> str:
        on = one.about.isoformat()
        return text.replace("{what}", label.get(language)).replace("{on}", on)  # type: ignore[arg-type]

    return labels(said(template.zh, "zh-Hans"), said(template.en, "en"))


def tell_missing(*, actor: Actor, at: datetime) -> int:
    """Tell who has not handed in what was due yesterday or before, once for each period."""
    count = 0
    for kind in book().kinds.values():
        if not row_named(kind.name).is_active:
            continue
        for name, declared in kind.type.expected.items():
            first = actor.today - timedelta(days=35)
            yesterday = actor.today - timedelta(days=1)
            for one in expectations(name, declared, first, yesterday, working_days()):
                for missing in expecting.missing(kind, declared, one, actor.today):
                    count += _tell_one(kind, missing, declared.remind, actor=actor, at=at)
    return count


@transaction.atomic
def _tell_one(
    kind: Kind, one: expecting.Missing, words: tuple[str, ...], *, actor: Actor, at: datetime
) -> bool:
    if not words or not mark(f"{kind.name}:{one.expected}:{one.period}:{one.person}", at):
        return False
    notices.announce(
        MISSING,
        to=_users(one.person, words, actor.today),
        values={
            "label": {"zh": one.label.zh, "en": one.label.en},
            "period": one.period,
            "due": one.due_on.isoformat(),
        },
        url=_missing_url(kind),
        at=at,
        key=f"{kind.name}:{one.expected}:{one.period}:{one.person}"[:120],
    )
    return True


def _users(person: str, words: tuple[str, ...], day: date) -> list[int]:
    """Who is told that a person has not handed in: the person, or their manager."""
    keys: set[str] = set()
    for word in words:
        if word in ("owner", "author", "subject"):
            keys.add(person)
        elif word in ("manager", "subject_manager"):
            keys |= who.managers_of(person, day)
        elif word == "head":
            keys |= who.head_above(person, day)
        else:
            keys |= who.standing(word, day)
    users = User.objects.filter(person__in=keys - {""}, is_active=True)
    return list(users.values_list("pk", flat=True))


def _missing_url(kind: Kind) -> str:
    return f"{reverse('records:missing')}?kind={kind.name}"
