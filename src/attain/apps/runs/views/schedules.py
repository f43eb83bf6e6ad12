"""Schedules of estimates: which plan, when, next, last outcome, who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.plans.models import Plan
from attain.apps.runs.pages import schedules as pages
from attain.apps.runs.services import scheduling
from attain.apps.runs.timetables import Schedule
from attain.core.errors import AttainError, Problem
from attain.ui import formats
from attain.ui.tables import table_response

STEPS: Final[dict[str, tuple[Callable[..., Schedule], Any]]] = {
    "pause": (scheduling.pause, gettext_lazy("The schedule is paused.")),
    "resume": (scheduling.resume, gettext_lazy("The schedule goes on.")),
    "remove": (scheduling.remove, gettext_lazy("The schedule is removed. Its estimates stay.")),
}


class ScheduleForm(forms.Form):
    """What is estimated, when, and who hears of it."""

    plan_code = forms.ChoiceField(label=gettext_lazy("Plan"), required=False)
    rhythm = forms.ChoiceField(label=pgettext_lazy("schedule", "When"), choices=pages.RHYTHMS)
    weekday = forms.TypedChoiceField(
        label=pgettext_lazy("schedule", "Weekday"),
        choices=[("", "—"), *pages.WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Only for every week."),
    )
    at_time = forms.TimeField(
        label=pgettext_lazy("schedule", "Time"),
        required=False,
        input_formats=["%H:%M"],
        # No native time field: that one speaks the language of the browser.
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "02:30"}),
        help_text=gettext_lazy("By the clock of the company. Not needed after imports."),
    )
    span = forms.ChoiceField(label=pgettext_lazy("schedule", "Periods"), choices=pages.SPANS)
    told = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("schedule", "Tell when numbers change or it fails"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, at: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        plans = Plan.objects.filter(kind=Plan.PLAN).order_by("code")
        named = [(plan.code, plan.label.get(formats.language())) for plan in plans]
        users = [(user.pk, formats.person_name(user)) for user in scheduling.readers(at)]
        self.fields["plan_code"].choices = [("", _("All plans in force")), *named]  # type: ignore[attr-defined]
        self.fields["told"].choices = users  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A time where there must be one; the service asks again."""
        given = super().clean() or {}
        rhythm = given.get("rhythm")
        is_timed = rhythm not in (None, Schedule.IMPORT) and "at_time" not in self.errors
        if is_timed and given.get("at_time") is None:
            self.add_error("at_time", _("Give a time, such as 02:30."))
        if rhythm == Schedule.WEEKLY and not given.get("weekday"):
            self.add_error("weekday", _("Choose a weekday."))
        return given

    def wish(self) -> scheduling.Wish:
        """What was asked for."""
        given = self.cleaned_data
        return scheduling.Wish(**{**given, "told": tuple(given["told"])})


@require_GET
def home(request: Request) -> HttpResponseBase:
    """Every schedule there is."""
    context = {"may_change": may(request.actor, "runs:schedule-new", "POST")}
    empty = _("Make the first one: estimates every night, or after each import.")
    return table_response(request, pages.TABLE, "runs/schedules.html", context, empty=empty)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a schedule."""
    start = {"rhythm": Schedule.DAILY, "at_time": "02:30", "span": Schedule.OPEN}
    form = ScheduleForm(request.POST or None, initial=start, at=request.actor.at)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = scheduling.create(form.wish(), actor=request.actor, at=request.actor.at)
            messages.success(request, _("The schedule is on."))
            return redirect("runs:schedule", made.pk)
        except AttainError as refusal:
            problems = refusal.problems
    return _form(request, form, problems, None)


@require_GET
def schedule(request: Request, pk: int) -> HttpResponse:
    """One schedule with what came of it."""
    found = _schedule_or_404(pk)
    context = {
        "schedule": found,
        "plan": pages.plan_said(found),
        "when": pages.when_said(found),
        "next": pages.next_said(found),
        "span": dict(pages.SPANS)[found.span],
        "told": [formats.person_name(user) for user in found.told.all()],
        "history": pages.history(found),
        "may_change": may(request.actor, "runs:schedule-step", "POST"),
    }
    return render(request, "runs/schedule.html", context)


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change what a schedule does."""
    found = _schedule_or_404(pk)
    start = {**found.__dict__, "told": [user.pk for user in found.told.all()]}
    form = ScheduleForm(request.POST or None, initial=start, at=request.actor.at)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            scheduling.change(
                found,
                form.wish(),
                version=_version(request),
                actor=request.actor,
                at=request.actor.at,
            )
            messages.success(request, _("The schedule is changed."))
            return redirect("runs:schedule", found.pk)
        except AttainError as refusal:
            problems = refusal.problems
    return _form(request, form, problems, found)


@require_POST
def step(request: Request, pk: int, step: str) -> HttpResponse:
    """Pause, resume, remove, or carry out now."""
    found = _schedule_or_404(pk)
    if step == "run":
        turn = scheduling.run_now(found, actor=request.actor, at=request.actor.at)
        is_empty = not turn.runs.exists()
        said = _("There is nothing to estimate now.") if is_empty else _("Estimates have begun.")
        messages.success(request, said)
        return redirect("runs:schedule", found.pk)
    if step not in STEPS:
        raise Http404
    take, words = STEPS[step]
    take(found, version=_version(request), actor=request.actor, at=request.actor.at)
    messages.success(request, words)
    return redirect("runs:schedules") if step == "remove" else redirect("runs:schedule", found.pk)


def _form(
    request: Request,
    form: ScheduleForm,
    problems: tuple[Problem, ...],
    found: Schedule | None,
) -> HttpResponse:
    context = {"form": form, "problems": problems, "schedule": found}
    status = 422 if problems or form.errors else 200
    return render(request, "runs/schedule_form.html", context, status=status)


def _schedule_or_404(pk: int) -> Schedule:
    found = Schedule.objects.filter(pk=pk, removed_at=None).first()
    if found is None:
        raise Http404
    return found


def _version(request: Request) -> int:
    """The version somebody saw; another word fits none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
