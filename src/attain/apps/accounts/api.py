"""What every router of the API stands on: who asks, what is taken, how it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security.base import AuthBase

from attain.apps.accounts import errors
from attain.apps.accounts.actors import Actor
from attain.apps.accounts.forging import refuse_forged
from attain.apps.accounts.idempotency import idempotent
from attain.apps.accounts.refusals import answer
from attain.apps.accounts.schemas import In
from attain.core.errors import AttainError, Problem, Where, problem

__all__ = ["In", "SignedIn", "idempotent", "refuse_in_words"]


class SignedIn(AuthBase):
    """A token in Authorization, or a session together with its CSRF token."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    csrf = True

    def __call__(self, request: Any) -> Actor:
        """The actor.

        :raises AttainError: SIGN_IN_NEEDED, CSRF_FAILED.
        """
        actor: Actor = request.actor
        if actor.is_anonymous:
            raise AttainError(problem(errors.SIGN_IN_NEEDED))
        refuse_forged(request)
        return actor


def refuse_in_words(api: NinjaAPI) -> None:
    """Let an API answer every refusal in the one form: code, message in both languages, remedy."""
    api.add_exception_handler(AttainError, _refused)
    api.add_exception_handler(ValidationError, _not_accepted)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _not_found)
    # A fault of ours goes on to the house, which logs it under a number.
    api.add_exception_handler(Exception, _fault)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, error)


def _not_accepted(request: HttpRequest, error: Any) -> HttpResponse:
    found: Sequence[dict[str, Any]] = getattr(error, "errors", ())
    return answer(request, AttainError(_field(one) for one in found))


def _field(error: dict[str, Any]) -> Problem:
    # The first word says body or query, the second the parameter of the function.
    place = [str(part) for part in error["loc"]]
    name = ".".join(place[2:] or place[1:] or place)
    return problem(
        errors.FIELD_NOT_ACCEPTED, Where(field=name), field=name, kind=str(error["type"])
    )


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, AttainError):
        return answer(request, cause)
    return answer(request, AttainError(problem(errors.REQUEST_MALFORMED)))


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, AttainError(problem(errors.NOT_FOUND)))


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    raise error
