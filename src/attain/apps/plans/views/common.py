"""What the pages of one plan share: who may see it, its head, its tabs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.plans import examinations, selectors
from attain.apps.plans.lifecycle import CYCLE, IN_FORCE, RETIRED
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.core.errors import Problem, render
from attain.core.labels import Labels

WRITERS = (Role.plan_admin, Role.hr)


def may_write(request: Request) -> bool:
    """Whether somebody writes plans."""
    return request.actor.has(*WRITERS)


def said(label: Labels | None, otherwise: str = "") -> str:
    """A name that comes from data, for the reader."""
    return (label.get(language_of_reader()) if label else "") or otherwise


def plan_or_404(request: Request, code: str) -> Plan:
    """A plan the reader may know of; what is not there and what is not theirs look alike.

    :raises Http404: no such plan for them.
    """
    plan = selectors.visible_plans(request.actor).filter(code=code).first()
    if plan is None:
        raise Http404
    return plan


def version_or_404(request: Request, code: str, number: int) -> PlanVersion:
    """One version of a plan the reader may read.

    :raises Http404: no such version for them.
    """
    plan = plan_or_404(request, code)
    found = selectors.visible_versions(request.actor, plan).filter(number=number).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def state_label(version: PlanVersion, request: Request) -> tuple[str, str]:
    """State and tone; a version in force is told apart by whether its days have come or gone."""
    state = CYCLE.state(version.state)
    today = request.actor.today
    if version.state == IN_FORCE and version.effective_from and version.effective_from > today:
        return pgettext("plan version", "To come"), "outline"
    ended = version.effective_until is not None and version.effective_until <= today
    if version.state in (IN_FORCE, RETIRED) and ended:
        return pgettext("plan version", "Ended"), "outline"
    return said(state.label), state.tone.value


def plan_page(request: Request, version: PlanVersion, tab: str, **further: Any) -> dict[str, Any]:
    """The context of a page of one version: head, chip, tabs, and what stands in the way."""
    plan = version.plan
    sees_all = selectors.sees_all(request.actor)
    label, tone = state_label(version, request)
    others = selectors.visible_versions(request.actor, plan).order_by("-number")
    return {
        "plan": plan,
        "version": version,
        "title": said(plan.label),
        "state_label": label,
        "state_tone": tone,
        "tabs": _tabs(request, version, tab) if sees_all else (),
        "versions": [(one, *state_label(one, request)) for one in others],
        "in_force": others.filter(pk__in=selectors.in_force_on(request.actor.today)).first(),
        "may_write": may_write(request),
        "may_edit": may_write(request) and version.state in ("draft", "returned"),
        "sees_all": sees_all,
        "trail": [
            (_("Plans"), reverse("plans:list")),
            (f"{said(plan.label)} v{version.number}", ""),
        ],
        **further,
    }


def _tabs(request: Request, version: PlanVersion, current: str) -> list[dict[str, Any]]:
    code, number = version.plan.code, version.number
    found = examinations.findings(version.text, surroundings())
    failed = found.failed if found else None
    here = [
        ("booklet", pgettext("tab of a plan", "Booklet"), "booklet", (code, number), None),
        ("text", pgettext("tab of a plan", "Text"), "text", (code, number),
         found.errors if found and found.errors else None),
        ("examples", pgettext("tab of a plan", "Examples"), "examples", (code, number),
         failed or None),
        ("versions", pgettext("tab of a plan", "Versions"), "versions", (code,), None),
        ("members", pgettext("tab of a plan", "Participants"), "members", (code,), None),
        ("approval", pgettext("tab of a plan", "Approval"), "approval", (code, number), None),
    ]  # fmt: skip
    if may_write(request):
        settings = pgettext("tab of a plan", "Settings")
        here.append(("settings", settings, "settings", (code,), None))
    return [
        {
            "label": label,
            "url": reverse(f"plans:{name}", args=arguments),
            "current": tab == current,
            "count": count,
        }
        for tab, label, name, arguments, count in here
    ]


def told(problems: Any) -> list[dict[str, Any]]:
    """Problems in words, with their line, for editors and lists."""
    return [_told(one) for one in problems]


def _told(one: Problem) -> dict[str, Any]:
    words = render(one, language_of_reader())
    where = one.where
    return {
        "severity": one.severity.value,
        "code": one.code,
        "line": where.line if where else None,
        "end_line": where.end_line if where else None,
        "position": where.position if where else None,
        "message": words.message,
        "why": words.why,
        "remedy": words.remedy,
    }
