"""Rules of passwords, the same on every page and in every command."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from attain.apps.accounts import errors
from attain.apps.accounts.models import User
from attain.core.errors import AttainError, problem


def check_password_rules(password: str, *, username: str, user: User | None = None) -> None:
    """At least 8 characters, not common, not like the user's own names; long ones are welcome.

    :raises AttainError: PASSWORD_REFUSED with the reason.
    """
    try:
        validate_password(password, user or User(username=username))
    except ValidationError as error:
        raise AttainError(
            problem(errors.PASSWORD_REFUSED, reason=" ".join(error.messages))
        ) from None
