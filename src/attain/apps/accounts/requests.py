"""A request as views of the product get it: with its actor."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User


class Request(HttpRequest):
    """For annotations of views: `def list_people(request: Request) -> HttpResponse`."""

    actor: Actor
    """Who asks, with the roles that count at this moment."""
    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
    request_id: str
