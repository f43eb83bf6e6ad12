"""Approval: what stands in the way, the steps, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.flow import selectors as flow
from attain.apps.plans import examinations, selectors, services
from attain.apps.plans.checking import ReadFailure
from attain.apps.plans.lifecycle import CYCLE
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.publications import published_periods
from attain.apps.plans.reading import read_text
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_page, said, version_or_404
from attain.core.errors import AttainError, Problem, problem
from attain.core.errors import codes as core_codes
from attain.core.errors import render as in_words
from attain.core.periods import Period


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: Request, code: str, number: int) -> HttpResponse:
    """Where a version stands on its way, and who may take the next step.

    POST examines a text that is not known among the datasets of today: the buttons have to know.
    """
    version = version_or_404(request, code, number)
    if request.method != "POST":
        return _page(request, version)
    try:
        examinations.run(version.text, surroundings(), request.actor.at)
    except AttainError as error:
        return _page(request, version, error.problems, status=422)
    return redirect("plans:approval", code, number)


def _page(
    request: Request, version: PlanVersion, refused: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    found = examinations.findings(version.text, surroundings())
    possible = [one for one in flow.actions(version, request.actor) if one.concerns]
    context = plan_page(
        request,
        version,
        "approval",
        findings=found,
        gates=_gates(found),
        is_examined=examinations.is_complete(found),
        possible=[_button(one) for one in possible],
        history=list(reversed(flow.history(version))),
        refused=refused,
        period=_next_period(version, request),
        previous=_previous(version),
        steps=_steps(version),
    )
    return render(request, "plans/approval.html", context, status=status)


def _button(one: flow.Possible) -> dict[str, Any]:
    reasons = [in_words(each, language_of_reader()).message for each in one.reasons]
    return {
        "action": one.action,
        "label": said(one.label),
        "allowed": one.allowed,
        "reason": reasons[0] if reasons else "",
        "needs_reason": one.needs_reason,
        "for": one.on_behalf_of,
    }


def _gates(found: examinations.Findings | None) -> list[dict[str, Any]]:
    """What a text must be before it is submitted, each with its state."""
    values = examinations.gate_values(found)
    wrong = values["errors"]
    check = {
        "state": "waiting" if wrong is None else "failed" if wrong else "passed",
        "words": _("No line that must be mended"),
        "end": _("%(count)s lines") % {"count": wrong} if wrong else "",
        "tab": "text",
    }
    has_run = found is not None and found.results is not None
    total = len(found.results or ()) if found else 0
    failed = found.failed if found else 0
    tried = {
        "state": "waiting" if not has_run else "failed" if failed or not total else "passed",
        "words": _("Every example passes") if total or not has_run else _("At least one example"),
        "end": _("%(failed)s of %(total)s fail") % {"failed": failed, "total": total}
        if failed
        else "",
        "tab": "examples",
    }
    return [check, tried]


def _steps(version: PlanVersion) -> list[dict[str, Any]]:
    order = ("draft", "submitted", "approved", "in_force")
    at = order.index(version.state) if version.state in order else 0
    steps = []
    for place, name in enumerate(order):
        state = "done" if place < at or version.state == "in_force" else "waiting"
        if place == at and version.state != "in_force":
            state = "blocked" if version.state == "returned" else "current"
        if version.state == "retired":
            state = "done"
        steps.append({"label": said(CYCLE.state(name).label), "state": state})
    return steps


def _previous(version: PlanVersion) -> PlanVersion | None:
    """The version that would end where this one begins."""
    held = version.plan.versions.filter(state__in=selectors.HOLDING).exclude(pk=version.pk)
    return held.order_by("-effective_from").first()


def _next_period(version: PlanVersion, request: Request) -> Period | None:
    """The first period by which the version could hold: the day that is proposed."""
    if version.state not in ("draft", "returned", "submitted", "approved"):
        return None
    around = surroundings()
    found = read_text(version.text, around)
    if isinstance(found, ReadFailure) or found.resolved is None:
        return None
    plan = found.resolved
    calendar = around.calendars[plan.calendar]
    if version.effective_from is not None:
        return calendar.period_at(plan.period, version.effective_from)
    here = calendar.period_at(plan.period, request.actor.today)
    if _previous(version) is None and not published_periods(version.plan.code):
        return here
    return calendar.period_at(plan.period, here.until)


# --- the steps ---


@require_POST
def act(request: Request, code: str, number: int, action: str) -> HttpResponse:
    """Take a step; a refusal shows on the page, with everything else as it was."""
    version = version_or_404(request, code, number)
    if action not in _STEPS:
        raise Http404
    try:
        _STEPS[action](request, version)
    except AttainError as error:
        version.refresh_from_db()
        return _page(request, version, error.problems, status=409)
    messages.success(request, _done(action))
    return redirect("plans:approval", code, number)


def _seen(request: Request) -> int:
    written = str(request.POST.get("version", ""))
    return int(written) if written.isdigit() else -1


def _day(request: Request, name: str) -> date | None:
    """
    :raises AttainError: DATE_FORMAT.
    """
    written = str(request.POST.get(name, "")).strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise AttainError(problem(core_codes.DATE_FORMAT, value=written)) from None


def _common(request: Request) -> dict[str, Any]:
    return {"seen": _seen(request), "actor": request.actor, "at": request.actor.at}


def _submit(request: Request, version: PlanVersion) -> None:
    services.submit(
        version=version,
        effective_from=_day(request, "effective_from"),
        note=str(request.POST.get("note", "")),
        **_common(request),
    )


def _take_back(request: Request, version: PlanVersion) -> None:
    services.take_back(version=version, **_common(request))


def _approve(request: Request, version: PlanVersion) -> None:
    reviewed = str(request.POST.get("reviewed", ""))
    services.approve(version=version, reviewed=reviewed, **_common(request))


def _return(request: Request, version: PlanVersion) -> None:
    reason = str(request.POST.get("reason", ""))
    services.return_version(version=version, reason=reason, **_common(request))


def _put_in_force(request: Request, version: PlanVersion) -> None:
    day = _day(request, "effective_from")
    services.put_in_force(version=version, effective_from=day, **_common(request))


def _retire(request: Request, version: PlanVersion) -> None:
    services.retire(
        version=version,
        effective_until=_day(request, "effective_until"),
        reason=str(request.POST.get("reason", "")),
        **_common(request),
    )


_STEPS: Final[dict[str, Callable[[Request, PlanVersion], None]]] = {
    "submit": _submit,
    "take_back": _take_back,
    "approve": _approve,
    "return": _return,
    "put_in_force": _put_in_force,
    "retire": _retire,
}


def _done(action: str) -> str:
    return {
        "submit": _("Submitted. Whoever may approve was told."),
        "take_back": pgettext("plan version", "Taken back"),
        "approve": _("Approved. It can be put in force now."),
        "return": _("Returned to its author."),
        "put_in_force": pgettext("plan version", "In force"),
        "retire": pgettext("plan version", "Retired"),
    }[action]
