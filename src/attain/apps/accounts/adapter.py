"""How allauth behaves here: no sign-up, tries counted fairly, secrets of codes kept encrypted."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_NOISE = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "rate_limited": _("Too many tries. Wait five minutes and try again."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "account_inactive": _("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """What allauth tells; that somebody who logs in is logged in needs no words."""
        if message_template not in _NOISE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Account and address together: who tries elsewhere locks nobody out.
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}|{self.get_client_ip(request)}"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user of these credentials; a disabled account answers as one that is not there."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted with the installation's key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        """As it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = sha256(b"attain second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
