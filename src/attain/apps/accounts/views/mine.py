"""One's own account: password, second factor, sessions, tokens, and what one lends."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from attain.apps.accounts import selectors, services
from attain.apps.accounts.forms import DelegationForm, TokenForm
from attain.apps.accounts.models import ApiToken, Delegation, User
from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.accounts.sessions import end_session


def mine(request: Request) -> HttpResponse:
    """Everything about one's own account on one page."""
    return _page(request)


def _page(
    request: Request,
    *,
    token_form: TokenForm | None = None,
    delegation_form: DelegationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, actor, language = _me(request), request.actor, language_of_reader()
    context = {
        "account": user,
        "has_second_factor": selectors.has_second_factor(user),
        "sessions": [
            {
                "session": session,
                "is_this": session.is_current(),
                "device": selectors.device_of(session.user_agent),
            }
            for session in selectors.sessions_of(user)
        ],
        "tokens": selectors.tokens_of(user, actor.at),
        "new_token": request.session.pop("new_token", ""),
        "given": _said(selectors.delegations_given(user, actor.today), language),
        "taken": _said(selectors.delegations_taken(user, actor.today), language),
        "may_delegate": bool(actor.own_roles),
        "token_form": token_form or TokenForm(),
        "delegation_form": delegation_form or DelegationForm(actor=actor, today=actor.today),
    }
    return render(request, "accounts/mine.html", context, status=status)


def new_token(request: Request) -> HttpResponse:
    """Make a token; its text is shown once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form, status=422)
    _, text = services.make_token(
        user=_me(request),
        name=form.cleaned_data["name"],
        life=timedelta(days=form.cleaned_data["days"]),
        may_write=form.cleaned_data["may_write"],
        actor=request.actor,
        at=request.actor.at,
    )
    request.session["new_token"] = text
    return redirect("accounts:mine")


def revoke_own_token(request: Request, token: int) -> HttpResponse:
    """Take one of one's own tokens back."""
    found = get_object_or_404(ApiToken, pk=token, user=_me(request))
    services.revoke_token(token=found, actor=request.actor, at=request.actor.at)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("accounts:mine")


def end_own_session(request: Request, session: int) -> HttpResponse:
    """Log oneself out elsewhere."""
    found = get_object_or_404(UserSession, pk=session, user=_me(request))
    end_session(session=found, actor=request.actor, at=request.actor.at)
    messages.success(request, _("That session has ended."))
    return redirect("accounts:mine")


def end_other_sessions(request: Request) -> HttpResponse:
    """Log oneself out everywhere but here."""
    for session in selectors.sessions_of(_me(request)):
        if not session.is_current():
            end_session(session=session, actor=request.actor, at=request.actor.at)
    messages.success(request, _("All other sessions have ended."))
    return redirect("accounts:mine")


def delegate_roles(request: Request) -> HttpResponse:
    """Lend roles to a colleague."""
    actor = request.actor
    form = DelegationForm(request.POST, actor=actor, today=actor.today)
    if not form.is_valid():
        return _page(request, delegation_form=form, status=422)
    given = form.cleaned_data
    services.delegate(
        giver=_me(request),
        taker=given["taker"],
        roles=frozenset(Role(role) for role in given["roles"]),
        effective_from=given["effective_from"],
        effective_until=given["effective_until"],
        reason=given["reason"],
        actor=actor,
        at=actor.at,
    )
    messages.success(request, _("Delegated to %(name)s.") % {"name": given["taker"]})
    return redirect("accounts:mine")


def end_delegated(request: Request, delegation: int) -> HttpResponse:
    """Take back what one lends."""
    found = get_object_or_404(Delegation, pk=delegation, giver=_me(request))
    services.end_delegation(delegation=found, actor=request.actor, at=request.actor.at)
    messages.success(request, _("The delegation has ended."))
    return redirect("accounts:mine")


def to_mine(request: Request) -> HttpResponse:
    """Where allauth would show pages of its own."""
    return redirect("accounts:mine")


def no_signup(request: Request) -> HttpResponse:
    """Nobody makes an account for themselves."""
    raise Http404


def _me(request: Request) -> User:
    return get_object_or_404(User, pk=request.actor.user_id)


def _said(delegations: list[Delegation], language: str) -> list[dict[str, object]]:
    separator = ", " if language == "en" else "、"
    return [
        {
            "delegation": one,
            "roles": separator.join(selectors.role_label(role, language) for role in one.roles),
        }
        for one in delegations
    ]
