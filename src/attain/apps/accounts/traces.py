"""What allauth does is audited like everything else: log-ins, passwords, second factors."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from attain.apps.accounts.actors import actor_of, anonymous
from attain.apps.accounts.models import User
from attain.apps.accounts.requests import Request
from attain.apps.accounts.sessions import shut_out
from attain.apps.audit.services import record
from attain.ui.signals import exported


@receiver(user_logged_in)
def _logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    _record(request, "accounts.log_in", user)


@receiver(user_logged_out)
def _logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _record(request, "accounts.log_out", user)


@receiver(user_login_failed)
def _log_in_failed(credentials: dict[str, Any], request: HttpRequest | None, **_: Any) -> None:
    if request is None:
        return
    at = timezone.now()
    typed = str(credentials.get("username", ""))[:60]
    # Only an account that exists is named: people type passwords into the wrong field.
    user = User.objects.filter(username__iexact=typed).first()
    record(
        actor=anonymous(at, request_id=getattr(request, "request_id", "")),
        action="accounts.log_in_failed",
        object=("user", user.pk if user else "", str(user) if user else ""),
        at=at,
    )


@receiver(account.password_changed)
def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    _record(request, "accounts.change_password", user)


@receiver(account.password_reset)
def _password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    # Somebody else may have had the account until now.
    shut_out(user, timezone.now())
    _record(request, "accounts.reset_password", user)


@receiver(factors.authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _record(request, "accounts.add_second_factor", user, kind=authenticator.type)


@receiver(factors.authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _record(request, "accounts.remove_second_factor", user, kind=authenticator.type)


@receiver(exported)
def _exported(request: Request, table: str, rows: int, address: str, **_: Any) -> None:
    """Who took which list away, with what it was narrowed to."""
    record(
        actor=request.actor,
        action="lists.export",
        object=("list", table, table),
        at=request.actor.at,
        after={"rows": rows, "of": f"{request.path}{address}"[:500]},
    )


def _record(request: HttpRequest, action: str, user: User, **after: str) -> None:
    at = timezone.now()
    record(
        actor=actor_of(user, at, request_id=getattr(request, "request_id", "")),
        action=action,
        object=("user", user.pk, str(user)),
        at=at,
        after=after or None,
    )
