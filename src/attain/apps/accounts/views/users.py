"""Accounts as administrators keep them."""

from __future__ import annotations

from datetime import date

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from attain.apps.accounts import selectors, services, tables, units
from attain.apps.accounts.forms import GrantForm, ReasonForm, UserForm
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.accounts.permissions import may
from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import GrantScope, Role
from attain.core.errors import AttainError
from attain.core.errors import render as in_words
from attain.core.keys import key_for
from attain.ui.tables import table_response

EVERYDAY = (Role.hr, Role.plan_admin, Role.finance)
"""What one account of a small company may hold together."""


def list_users(request: Request) -> HttpResponseBase:
    """Every account."""
    context = {
        "may_create": may(request.actor, "accounts:create", "POST"),
        "nobody_calculates": not selectors.somebody_has(Role.finance, request.actor.today),
    }
    return table_response(request, tables.USERS, "accounts/users.html", context)


def show(request: Request, user: int) -> HttpResponse:
    """One account with its roles."""
    return _page(request, _user(request, user))


def _page(
    request: Request, user: User, *, form: GrantForm | None = None, status: int = 200
) -> HttpResponse:
    language, today = language_of_reader(), request.actor.today
    named = {key_for("units", code): name for code, name in units.offered()}
    grants = [
        {
            "grant": grant,
            "role": selectors.role_label(grant.role, language),
            "scope": selectors.scope_label(grant.scope, language),
            "unit": named.get(grant.unit, grant.unit),
            "counts": _counts(grant, today),
        }
        for grant in selectors.grants_of(user)
    ]
    context = {
        "account": user,
        "grants": grants,
        "has_second_factor": selectors.has_second_factor(user),
        "sessions": len(selectors.sessions_of(user)),
        "form": form or GrantForm(),
        "may_change": may(request.actor, "accounts:grant", "POST"),
    }
    return render(request, "accounts/user.html", context, status=status)


def create(request: Request) -> HttpResponse:
    """Make an account; a link to set the password goes to its mail address."""
    first = [role.value for role in EVERYDAY] if request.GET.get("for") == "everyday" else []
    form = UserForm(request.POST or None, initial={"roles": first})
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "accounts/create.html", {"form": form}, status=status)
    given = form.cleaned_data
    try:
        user = services.create_with_roles(
            roles=[Role(role) for role in given["roles"]],
            username=given["username"],
            name=given["name"],
            name_en=given["name_en"],
            email=given["email"],
            person=key_for("people", given["person_code"]) if given["person_code"] else "",
            actor=request.actor,
            at=request.actor.at,
        )
    except AttainError as refused:
        _say(form, refused)
        return render(request, "accounts/create.html", {"form": form}, status=409)
    if user.email:
        _invite(request, user)
    messages.success(request, _("The account %(name)s was made.") % {"name": user.username})
    return redirect("accounts:user", user.pk)


def grant(request: Request, user: int) -> HttpResponse:
    """Give a role."""
    account, form = _user(request, user), GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form=form, status=422)
    given = form.cleaned_data
    try:
        services.grant_role(
            user=account,
            role=Role(given["role"]),
            scope=GrantScope(given["scope"]) if given["scope"] else None,
            unit=key_for("units", given["unit_code"]) if given["unit_code"] else "",
            effective_from=given["effective_from"],
            effective_until=given["effective_until"],
            actor=request.actor,
            at=request.actor.at,
        )
    except AttainError as refused:
        _say(form, refused)
        return _page(request, account, form=form, status=422)
    messages.success(request, _("The role counts from the next request on."))
    return redirect("accounts:user", user)


def revoke(request: Request, user: int, grant: int) -> HttpResponse:
    """Take a role away."""
    found = get_object_or_404(RoleGrant, pk=grant, user=_user(request, user))
    services.revoke_role(grant=found, actor=request.actor, at=request.actor.at)
    messages.success(request, _("The role counts no more."))
    return redirect("accounts:user", user)


def disable(request: Request, user: int) -> HttpResponse:
    """Let an account in no more."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    account = _user(request, user)
    services.disable_user(user=account, actor=request.actor, at=request.actor.at, reason=reason)
    messages.success(request, _("The account is disabled; its sessions have ended."))
    return redirect("accounts:user", user)


def enable(request: Request, user: int) -> HttpResponse:
    """Let an account in again."""
    services.enable_user(user=_user(request, user), actor=request.actor, at=request.actor.at)
    messages.success(request, _("The account may log in again."))
    return redirect("accounts:user", user)


def _user(request: Request, user: int) -> User:
    return get_object_or_404(selectors.users(request.actor), pk=user)


def _counts(grant: RoleGrant, today: date) -> str:
    if grant.revoked_at is not None:
        return "revoked"
    if grant.effective_until is not None and grant.effective_until <= today:
        return "over"
    return "counts" if grant.effective_from <= today else "later"


def _say(form: UserForm | GrantForm, refused: AttainError) -> None:
    for one in refused.problems:
        said = in_words(one, language_of_reader())
        form.add_error(None, f"{said.message} {said.remedy}")


def _invite(request: Request, user: User) -> None:
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
