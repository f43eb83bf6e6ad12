"""Who is on a plan, and when: add, end, change the share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.people import selectors as people
from attain.apps.people.models import Person
from attain.apps.plans import membership, selectors, services
from attain.apps.plans.models import Membership, Plan
from attain.apps.plans.services.members import Stretch, share_of
from attain.apps.plans.views.common import plan_or_404, plan_page
from attain.core.errors import AttainError, Problem, problem
from attain.core.errors import codes as core_codes
from attain.ui.formats import ratio
from attain.ui.tables import Column, OrmTable, table_page, table_response

SHOWN: Final = 12
"""People on no plan who are named on the page."""
IMPORTS: Final = 5
"""Files brought in that are shown, the newest first."""
CHOSEN: Final = 200
"""Of more participants than these nobody is picked from a list: their number is typed."""


@require_GET
def members(request: Request, code: str) -> HttpResponseBase:
    """Everybody who is, was or will be on a plan."""
    return _page(request, plan_or_404(request, code))


def _page(
    request: Request, plan: Plan, refused: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponseBase:
    version = selectors.visible_versions(request.actor, plan).order_by("-number").first()
    if version is None or not selectors.sees_all(request.actor):
        raise Http404
    version.plan = plan
    table = OrmTable(
        name="plan-members",
        label=gettext_lazy("Participants"),
        all_columns=_columns(),
        queryset=lambda actor: membership.named(plan, language_of_reader()),
        default_sort=("name",),
        search=("code",),
    )
    without = membership.on_no_plan(request.actor.today)
    context = plan_page(
        request,
        version,
        "members",
        open=_open(request, plan),
        has_open=membership.lasting(plan, request.actor.today).exists(),
        units=[("", _("Choose a unit")), *((one.key, _unit(one)) for one in membership.units())],
        without=Person.objects.filter(pk__in=without[:SHOWN]).order_by("code"),
        without_count=len(without),
        imports=plan.member_imports.select_related("by")[:IMPORTS],
        refused=refused,
        typed=request.POST if refused else {},
    )
    empty = _("Nobody is named: whoever the plan's own text means takes part.")
    if not refused:
        return table_response(request, table, "plans/members.html", context, empty=empty)
    context["page"] = table_page(request, table, empty=empty)
    return render(request, "plans/members.html", context, status=status)


def _open_end(row: Any) -> str:
    """What stands where there is no end: that is not missing data."""
    return "" if row.effective_until else pgettext("end of a stretch", "open")


def _unit(unit: Any) -> str:
    english = language_of_reader() == "en"
    return f"{(unit.name_en or unit.name) if english else unit.name} {unit.code}"


def _columns() -> tuple[Column, ...]:
    kinds = [
        ("people", gettext_lazy("Person")),
        ("units", gettext_lazy("Unit")),
        ("positions", gettext_lazy("Position")),
    ]
    return (
        Column("name", pgettext_lazy("person", "Name"), "person", searchable=True, primary=True,
               subtitle=lambda row: row.code),
        Column("kind", pgettext_lazy("participant", "Kind"), "choice", choices=kinds),
        Column("share", gettext_lazy("Share"), "ratio"),
        Column("effective_from", pgettext_lazy("date", "From"), "date"),
        Column("effective_until", pgettext_lazy("date", "Until"), "date",
               blank=True, subtitle=_open_end),
    )  # fmt: skip


def _open(request: Request, plan: Plan) -> list[tuple[str, str]]:
    """Stretches that can be ended or changed, by name; none where they are too many to choose."""
    current = list(membership.lasting(plan, request.actor.today)[: CHOSEN + 1])
    if len(current) > CHOSEN:
        return []
    names = people.name_of(one.subject for one in current)
    language = language_of_reader()
    return [
        (str(one.pk), f"{_named(names, one, language)} · {ratio(one.share)} · {one.effective_from}")
        for one in current
    ]


def _named(names: Any, one: Membership, language: str) -> str:
    return names[one.subject].get(language) if one.subject in names else one.subject


# --- changes ---


@require_POST
def change(request: Request, code: str, what: str) -> HttpResponseBase:
    """Add, end or change; what is refused is said above the form, which keeps what was typed."""
    plan = plan_or_404(request, code)
    if what not in _CHANGES:
        raise Http404
    try:
        message = _CHANGES[what](request, plan)
    except AttainError as error:
        return _page(request, plan, error.problems, status=422)
    messages.success(request, message)
    return redirect("plans:members", code)


def _add(request: Request, plan: Plan) -> str:
    begins, ends = _date(request, "from"), _optional(request, "until")
    share = share_of(str(request.POST.get("share") or "100%"))
    keys = membership.keys_of(str(request.POST.get("codes", "")))
    unit = str(request.POST.get("unit", ""))
    if unit:
        keys += [one for one in membership.people_in(unit, begins) if one not in keys]
    stretches = [Stretch(key, begins, ends, share) for key in keys]
    added = services.add_members(
        plan=plan, stretches=stretches, actor=request.actor, at=request.actor.at
    )
    said = ngettext("%(count)s participant added", "%(count)s participants added", len(added))
    return said % {"count": len(added)}


def _end(request: Request, plan: Plan) -> str:
    services.end_member(
        membership=_chosen(request, plan),
        until=_date(request, "until"),
        actor=request.actor,
        at=request.actor.at,
    )
    return _("Ended.")


def _share(request: Request, plan: Plan) -> str:
    services.change_share(
        membership=_chosen(request, plan),
        share=share_of(str(request.POST.get("share", ""))),
        from_=_date(request, "from"),
        actor=request.actor,
        at=request.actor.at,
    )
    return _("The share was changed.")


def _remove(request: Request, plan: Plan) -> str:
    chosen = _chosen(request, plan)
    services.remove_member(membership=chosen, actor=request.actor, at=request.actor.at)
    return _("Removed. The audit log keeps it.")


_CHANGES: Final[dict[str, Callable[[Request, Plan], str]]] = {
    "add": _add,
    "end": _end,
    "share": _share,
    "remove": _remove,
}


def _chosen(request: Request, plan: Plan) -> Membership:
    wanted = str(request.POST.get("member", ""))
    found = plan.members.filter(pk=wanted).first() if wanted.isdigit() else None
    if "code" in request.POST:
        (key,) = membership.keys_of(str(request.POST["code"]))[:1] or [""]
        found = membership.lasting(plan, request.actor.today).filter(subject=key).first()
    if found is None:
        raise Http404
    return found


def _date(request: Request, name: str) -> date:
    """
    :raises AttainError: DATE_MISSING, DATE_FORMAT.
    """
    found = _optional(request, name)
    if found is None:
        raise AttainError(problem(core_codes.DATE_MISSING))
    return found


def _optional(request: Request, name: str) -> date | None:
    written = str(request.POST.get(name, "")).strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise AttainError(problem(core_codes.DATE_FORMAT, value=written)) from None
