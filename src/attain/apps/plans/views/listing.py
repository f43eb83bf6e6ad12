"""The list of plans, and beginning one from a text."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.plans import examinations, gallery, selectors, services
from attain.apps.plans.checking import TEXT_LIMIT
from attain.apps.plans.lifecycle import CYCLE
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import may_write, said, told
from attain.cli.errors import FILE_NOT_UTF8
from attain.core.errors import AttainError, problem
from attain.ui.tables import Column, RowsTable, table_response

BLANK: Final = """plan: {code}
language: 1
label: {{zh-Hans: , en: }}
period: month
currency: CNY

subjects:
  seller: people

measures: {{}}

incentives: {{}}

examples: []
"""


@require_GET
def plans(request: Request) -> HttpResponseBase:
    """Every plan the reader may know of, with what stands in its way."""
    table = RowsTable(
        name="plans",
        label=gettext_lazy("Plans"),
        all_columns=_columns(request),
        rows=lambda actor: _rows(request),
        default_sort=("label",),
    )
    sees_all = selectors.sees_all(request.actor)
    context = {"may_write": may_write(request), "sees_all": sees_all}
    empty = (
        _("No plan yet. Take one from the gallery, or begin with your own data.")
        if sees_all
        else _("No plan is in force for you.")
    )
    return table_response(request, table, "plans/list.html", context, empty=empty)


def _columns(request: Request) -> tuple[Column, ...]:
    states = [
        (one.name, one.label.get(language_of_reader()), one.tone.value) for one in CYCLE.states
    ]
    everyone = selectors.sees_all
    return (
        Column("label", pgettext_lazy("plan", "Plan"), "link", searchable=True, primary=True,
               url=lambda row: row["url"], subtitle=lambda row: row["code"]),
        Column("state", gettext_lazy("State"), "status", choices=states),
        Column("version", gettext_lazy("Version"), "text", sortable=False, filterable=False),
        Column("effective_from", gettext_lazy("In force since"), "text", filterable=False),
        Column("members", gettext_lazy("Participants"), "text", allowed=everyone, sortable=False,
               filterable=False),
        Column("errors", gettext_lazy("Check"), "text", allowed=everyone, sortable=False,
               filterable=False),
        Column("examples", gettext_lazy("Examples"), "text", allowed=everyone, sortable=False,
               filterable=False),
        Column("owner", gettext_lazy("Owner"), "text", allowed=everyone),
    )  # fmt: skip


def _rows(request: Request) -> list[dict[str, Any]]:
    plans = list(selectors.visible_plans(request.actor).select_related("owner"))
    shown = _shown_versions(request, plans)
    counts = selectors.participants(request.actor.today)
    around = surroundings()
    return [
        _row(request, plan, shown[plan.pk], counts, around) for plan in plans if plan.pk in shown
    ]


def _shown_versions(request: Request, plans: list[Plan]) -> dict[int, PlanVersion]:
    """The version each plan is shown by: what somebody works on, else what is in force."""
    visible = PlanVersion.objects.filter(plan__in=plans)
    in_force = selectors.in_force_on(request.actor.today)
    if not selectors.sees_all(request.actor):
        visible = visible.filter(pk__in=in_force)
    found: dict[int, PlanVersion] = {}
    for version in visible.order_by("number"):
        found[version.plan_id] = version
    return found


def _row(
    request: Request, plan: Plan, version: PlanVersion, counts: dict[int, int], around: Any
) -> dict[str, Any]:
    found = examinations.findings(version.text, around)
    since = selectors.version_on(plan.code, request.actor.today)
    return {
        "label": said(plan.label),
        "code": plan.code,
        "url": reverse("plans:booklet", args=[plan.code, version.number]),
        "state": version.state,
        "version": f"v{version.number}",
        "effective_from": str(since.effective_from) if since else _("Not in force"),
        "members": _members(counts.get(plan.pk)),
        "errors": check_in_words(found),
        "examples": examples_in_words(found),
        "owner": plan.owner.name if plan.owner else "",
    }


def _members(count: int | None) -> str:
    return _("everyone in its scope") if count is None else _("%(count)s people") % {"count": count}


def check_in_words(found: examinations.Findings | None) -> str:
    """What the check found, as short as it goes."""
    if found is None:
        return pgettext("check of a plan", "not checked")
    if found.errors:
        return _("%(count)s must be mended") % {"count": found.errors}
    if found.warnings:
        return _("%(count)s remarks") % {"count": found.warnings}
    return pgettext("check of a plan", "clean")


def examples_in_words(found: examinations.Findings | None) -> str:
    """How many examples hold."""
    if found is None or found.results is None:
        return pgettext("examples of a plan", "not run")
    total = len(found.results)
    return _("%(passed)s of %(total)s pass") % {"passed": found.passed, "total": total}


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a plan from an uploaded or typed text, or from that of a pack's plan."""
    text, problems = _begun(request), []
    if request.method == "POST":
        try:
            text = text_given(request)
            version = services.create_plan(text=text, actor=request.actor, at=request.actor.at)
            return redirect("plans:text", version.plan.code, version.number)
        except AttainError as error:
            problems = list(error.problems)
    context = {"text": text, "problems": problems, "marks": told(problems)}
    return render(request, "plans/new.html", context, status=422 if problems else 200)


def _begun(request: Request) -> str:
    """What is there to begin with: the text of a pack's plan that was asked for, else a frame."""
    if "pack" not in request.GET:
        return BLANK.format(code="my-plan")
    text = gallery.plan_text(request.GET["pack"], request.GET.get("plan", ""))
    if text is None:
        raise Http404
    return text


def text_given(request: Request) -> str:
    """The text of a form: typed, or a file in UTF-8.

    :raises AttainError: FILE_NOT_UTF8.
    """
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("text", "")).replace("\r\n", "\n")
    try:
        return file.read(TEXT_LIMIT * 4 + 1).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise AttainError(problem(FILE_NOT_UTF8, position=error.start)) from None
