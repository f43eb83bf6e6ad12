"""What a plan is called in lists, and who answers for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attain.apps.accounts.models import User
from attain.apps.accounts.requests import Request
from attain.apps.plans import selectors, services
from attain.apps.plans.views.common import WRITERS, plan_or_404, plan_page
from attain.core.labels import Labels

LONGEST = 200


@require_http_methods(["GET", "POST"])
def settings(request: Request, code: str) -> HttpResponse:
    """Labels and owner."""
    plan = plan_or_404(request, code)
    owners = {str(user.pk): user.name for user in _owners()}
    wrong = ""
    if request.method == "POST":
        zh = str(request.POST.get("label_zh", "")).strip()[:LONGEST]
        en = str(request.POST.get("label_en", "")).strip()[:LONGEST]
        owner = str(request.POST.get("owner", ""))
        if zh or en:
            services.change_settings(
                plan=plan,
                label=Labels(zh=zh, en=en),
                owner_id=int(owner) if owner in owners else None,
                actor=request.actor,
                at=request.actor.at,
            )
            messages.success(request, _("Saved."))
            return redirect("plans:settings", code)
        wrong = _("Give a name in at least one language.")
    version = selectors.visible_versions(request.actor, plan).order_by("-number")[0]
    version.plan = plan
    choices = [("", _("Nobody")), *owners.items()]
    context = plan_page(request, version, "settings", owners=choices, wrong=wrong)
    return render(request, "plans/settings.html", context, status=422 if wrong else 200)


def _owners() -> list[User]:
    """Who may own a plan: people who write plans."""
    roles = [str(role) for role in WRITERS]
    found = User.objects.filter(is_active=True, grants__role__in=roles, grants__revoked_at=None)
    return list(found.distinct().order_by("name"))
