"""All runs, and asking for a new one."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.runs import services
from attain.apps.runs.models import Run
from attain.apps.runs.pages.overview import overview, period_name
from attain.apps.runs.pages.words import kind_choices, state_choices
from attain.apps.runs.selectors import visible_runs
from attain.apps.runs.services.starting import MAY_START
from attain.core.errors import AttainError, Problem
from attain.ui import formats
from attain.ui.tables import Column, OrmTable, table_response


def _rows(actor: Actor) -> QuerySet[Run]:
    return visible_runs(actor).select_related("plan_version__plan", "asked_by")


def _plan(run: Run) -> str:
    label = run.plan_version.plan.label.get(formats.language())
    return f"{label} v{run.plan_version.number}"


def _sum(run: Run) -> str:
    totals = run.figures.get("totals", {})
    shown = [formats.money_minor(amount, currency) for currency, amount in totals.items()]
    return " + ".join(shown)


def _sees_pay(actor: Actor) -> bool:
    return actor.has(Role.finance, Role.auditor)


TABLE = OrmTable(
    name="runs",
    label=gettext_lazy("Runs"),
    all_columns=(
        Column("id", gettext_lazy("Run"), "link", value=lambda run: f"#{run.pk}", source="id",
               url=lambda run: f"/runs/{run.pk}", primary=True, filterable=False),
        Column("plan", gettext_lazy("Plan"), value=_plan, source="plan_code", searchable=False),
        Column("period", gettext_lazy("Period"), value=lambda run: period_name(run.period),
               source="period"),
        Column("kind", pgettext_lazy("run", "Kind"), "choice", choices=kind_choices()),
        Column("state", gettext_lazy("State"), "status", choices=state_choices()),
        Column("people", gettext_lazy("People"), "number", sortable=False, filterable=False,
               value=lambda run: run.figures.get("people")),
        Column("no_data", pgettext_lazy("value", "No data"), "number", sortable=False,
               filterable=False, value=lambda run: run.figures.get("no_data")),
        Column("total", gettext_lazy("Incentives"), value=_sum, sortable=False,
               filterable=False, allowed=_sees_pay),
        Column("asked_at", gettext_lazy("Started"), "datetime"),
        Column("asked_by", pgettext_lazy("run", "By"), source="asked_by__name",
               value=lambda run: run.asked_by.name if run.asked_by else _("Schedule")),
    ),
    queryset=_rows,
    default_sort=("-id",),
    search=("plan_code", "plan_version__plan__label_zh", "plan_version__plan__label_en", "period"),
)  # fmt: skip


@require_GET
def home(request: Request) -> HttpResponseBase:
    """What is published, what is stale, what failed; below it every run."""
    running = visible_runs(request.actor).filter(state__in=Run.WAITING).order_by("id")
    context = {
        "overviews": overview(),
        "running": list(running.select_related("plan_version__plan")[:3]),
        "may_start": any(request.actor.has(*roles) for roles in MAY_START.values()),
    }
    return table_response(
        request,
        TABLE,
        "runs/home.html",
        context,
        empty=gettext_lazy("Choose a plan and a period, and start the first run."),
    )


class NewRun(forms.Form):
    """What to calculate."""

    plan = forms.CharField(required=False)
    period = forms.CharField(max_length=60)
    kind = forms.CharField()
    version = forms.IntegerField(required=False)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose plans, period and kind; start."""
    actor = request.actor
    kinds = [(kind, words) for kind, words, *_rest in kind_choices() if actor.has(*MAY_START[kind])]
    form = NewRun(request.POST or request.GET or None)
    problems: list[Problem] = []
    is_incomplete = False
    if request.method == "POST" and form.is_valid():
        try:
            run = _start(request, form.cleaned_data)
            return redirect("runs:run", run.pk)
        except AttainError as error:
            problems = list(error.problems[:6])
    elif request.method == "POST":
        is_incomplete = True
    context = {
        "plans": _plans(actor),
        "periods": [(period, name) for period, name in _recent()],
        "kinds": kinds,
        "chosen": form.data if form.is_bound else {"kind": kinds[0][0] if kinds else ""},
        "problems": problems,
        "is_incomplete": is_incomplete,
    }
    status = 422 if problems or is_incomplete else 200
    return render(request, "runs/new.html", context, status=status)


def _start(request: Request, given: dict) -> Run:  # type: ignore[type-arg]
    """
    :raises AttainError: as `services.start`.
    """
    actor, at = request.actor, request.actor.at
    period = given["period"].strip()
    if not given["plan"]:
        return services.start_all(period, given["kind"], actor=actor, at=at)[-1]
    version = None
    if given["version"] and given["kind"] != Run.LIVE:
        versions = PlanVersion.objects.filter(plan__code=given["plan"], number=given["version"])
        version = versions.select_related("plan").first()
    return services.start(given["plan"], period, given["kind"], actor=actor, at=at, version=version)


def _plans(actor: Actor) -> list[tuple[str, str]]:
    plans = Plan.objects.filter(kind=Plan.PLAN)
    if not actor.has(Role.plan_admin):
        plans = plans.filter(versions__state="in_force").distinct()
    named = [(one.code, one.label.get(formats.language())) for one in plans.order_by("code")]
    return [("", _("All plans of the period")), *named]


def _recent() -> list[tuple[str, str]]:
    from attain.apps.runs.pages.overview import recent_periods

    return list(recent_periods())
