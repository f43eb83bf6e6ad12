"""Schedules of estimates and their turns, in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.plans.models import Plan
from attain.apps.runs.folders import told_problems
from attain.apps.runs.models import Run
from attain.apps.runs.pages.overview import period_name
from attain.apps.runs.timetables import Schedule, Turn
from attain.apps.runs.words import plan_labels, state_labels, state_tone
from attain.core.errors import Problem
from attain.ui import formats
from attain.ui.tables import Column, OrmTable

RHYTHMS: Final = (
    (Schedule.DAILY, pgettext_lazy("schedule", "Every day")),
    (Schedule.WORKDAYS, pgettext_lazy("schedule", "Monday to Friday")),
    (Schedule.WEEKLY, pgettext_lazy("schedule", "Every week")),
    (Schedule.IMPORT, pgettext_lazy("schedule", "After each import")),
)
WEEKDAYS: Final = (
    (1, pgettext_lazy("schedule", "Monday")),
    (2, pgettext_lazy("schedule", "Tuesday")),
    (3, pgettext_lazy("schedule", "Wednesday")),
    (4, pgettext_lazy("schedule", "Thursday")),
    (5, pgettext_lazy("schedule", "Friday")),
    (6, pgettext_lazy("schedule", "Saturday")),
    (7, pgettext_lazy("schedule", "Sunday")),
)
SPANS: Final = (
    (Schedule.RUNNING, pgettext_lazy("schedule", "The running period")),
    (Schedule.OPEN, pgettext_lazy("schedule", "Also the one before, until it is published")),
)
CAUSES: Final = {
    Turn.CLOCK: pgettext_lazy("turn of a schedule", "By the clock"),
    Turn.IMPORT: pgettext_lazy("turn of a schedule", "After an import"),
    Turn.HAND: pgettext_lazy("turn of a schedule", "Now, by hand"),
}
OUTCOMES: Final = {
    Turn.WAITING: (pgettext_lazy("turn of a schedule", "Calculating"), "accent"),
    Turn.DONE: (pgettext_lazy("turn of a schedule", "Done"), "neutral"),
    Turn.FAILED: (pgettext_lazy("turn of a schedule", "Failed"), "problem"),
    Turn.NOTHING: (pgettext_lazy("turn of a schedule", "Nothing to estimate"), "outline"),
}
STATES: Final = (
    (True, pgettext_lazy("schedule", "On"), "neutral"),
    (False, pgettext_lazy("schedule", "Paused"), "outline"),
)


def plan_said(schedule: Schedule) -> str:
    """Which plan: its name, or all of them."""
    if not schedule.plan_code:
        return _("All plans in force")
    return plan_labels(schedule.plan_code).get(formats.language())


def when_said(schedule: Schedule) -> str:
    """When, in one phrase: 每周一 02:30, Monday to Friday 18:00."""
    rhythm = str(dict(RHYTHMS)[schedule.rhythm])
    if schedule.at_time is None:
        return rhythm
    hour = f"{schedule.at_time:%H:%M}"
    if schedule.rhythm == Schedule.WEEKLY and schedule.weekday:
        values = {"day": dict(WEEKDAYS)[schedule.weekday], "hour": hour}
        return _("Every %(day)s %(hour)s") % values
    return f"{rhythm} {hour}"


def next_said(schedule: Schedule) -> str:
    """When it is due next, or why it is not."""
    if not schedule.is_active:
        return pgettext("schedule", "Paused")
    if schedule.next_at is None:
        return _("with the next import")
    return formats.moment(schedule.next_at)


def outcome_said(turn: Turn) -> str:
    """How a turn ended, with the number of estimates that changed."""
    words, _tone = OUTCOMES[turn.state]
    if turn.state != Turn.DONE:
        return str(words)
    if not turn.changed:
        return _("Done, the same numbers")
    return ngettext(
        "Done, %(count)s estimate changed", "Done, %(count)s estimates changed", turn.changed
    ) % {"count": turn.changed}


def _last(schedule: Any) -> str:
    if schedule.last_state is None:
        return _("Not carried out yet")
    said = str(OUTCOMES[schedule.last_state][0])
    return f"{said}, {formats.moment(schedule.last_at, short=True)}"


def _people(schedule: Schedule) -> str:
    names = [formats.person_name(user) for user in schedule.told.all()]
    if not names:
        return pgettext("schedule", "Nobody")
    return "、".join(names) if formats.is_chinese() else ", ".join(names)


def _rows(actor: Actor) -> QuerySet[Schedule]:
    newest = Turn.objects.filter(schedule=OuterRef("pk")).order_by("-id")
    return (
        Schedule.objects.filter(removed_at=None)
        .annotate(
            last_state=Subquery(newest.values("state")[:1]),
            last_at=Subquery(newest.values("begun_at")[:1]),
        )
        .prefetch_related("told")
    )


TABLE: Final = OrmTable(
    name="schedules",
    label=pgettext_lazy("area", "Schedules"),
    all_columns=(
        Column("plan", gettext_lazy("Plan"), value=plan_said, source="plan_code", primary=True,
               url=lambda row: reverse("runs:schedule", args=[row.pk]), filterable=False),
        Column("when", pgettext_lazy("schedule", "When"), value=when_said, source="rhythm",
               filterable=False),
        Column("next", pgettext_lazy("schedule", "Next"), value=next_said, source="next_at",
               filterable=False),
        Column("last", pgettext_lazy("schedule", "Last outcome"), "choice", value=_last,
               source="last_state",
               choices=tuple((state, words) for state, (words, _tone) in OUTCOMES.items())),
        Column("told", pgettext_lazy("schedule", "Told"), value=_people, sortable=False,
               filterable=False),
        Column("state", gettext_lazy("State"), "status", source="is_active",
               value=lambda row: row.is_active, choices=STATES, filterable=False),
    ),
    queryset=_rows,
    default_sort=("id",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TurnShown:
    """One turn in the history of a schedule."""

    at: Any
    cause: str
    who: str
    outcome: str
    tone: str
    estimates: tuple[tuple[str, str, str, str], ...]
    """Address, plan and period, state and tone of each estimate."""
    problems: tuple[Problem, ...]


def history(schedule: Schedule, most: int = 30) -> list[TurnShown]:
    """The newest turns first."""
    rows = schedule.turns.select_related("asked_by").prefetch_related("runs")[:most]
    codes = {run.plan_code for turn in rows for run in turn.runs.all()}
    plans = {plan.code: plan.label for plan in Plan.objects.filter(code__in=codes)}
    return [_shown(turn, plans) for turn in rows]


def _shown(turn: Turn, plans: Any) -> TurnShown:
    def told(run: Run) -> tuple[str, str, str, str]:
        plan = plans[run.plan_code].get(formats.language()) if run.plan_code in plans else ""
        name = f"{plan or run.plan_code} {period_name(run.period)}"
        said = state_labels(run.state).get(formats.language())
        return reverse("runs:run", args=[run.pk]), name, said, state_tone(run.state)

    return TurnShown(
        at=turn.begun_at,
        cause=str(CAUSES[turn.cause]),
        who=formats.person_name(turn.asked_by) if turn.asked_by else "",
        outcome=outcome_said(turn),
        tone=OUTCOMES[turn.state][1],
        estimates=tuple(told(run) for run in sorted(turn.runs.all(), key=lambda one: one.pk)),
        problems=told_problems(turn.problems),
    )
