"""The gallery as a site of its own: our policy and our pages, nobody's data and no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy, pgettext_lazy

from attain.ui.navigation import Area
from attain.ui.search import Hit
from attain.ui.showcase import gallery

urlpatterns = [
    path("desk", gallery, name="desk"),
    path("people", gallery, name="people"),
    path("", include("attain.ui.urls")),
]

AREAS = {
    "desk": Area(
        "desk", gettext_lazy("Components"), "layout-dashboard", "desk", 1, count=lambda _: 6
    ),
    "gallery": Area("gallery", pgettext_lazy("theme", "Look"), "eye", "ui:gallery", 2),
    "people": Area("people", gettext_lazy("Areas"), "users", "people", 3, "operate"),
}


def customers(actor: Any, text: str, limit: int) -> list[Hit]:
    """Two customers; a Chinese reader types one character of a name."""
    known = [Hit("鲜邻便利", "Xianlin", "/gallery/drawer", "building-store"),
             Hit("悦邻超市", "Yuelin", "/gallery", "building-store")]  # fmt: skip
    return [hit for hit in known if text in hit.title or text in hit.subtitle]


class Reader:
    """Somebody who is signed in and has every role."""

    is_anonymous = False
    name = "沈佳宁"

    def has(self, *roles: Any) -> bool:
        return True


def signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = Reader()  # type: ignore[attr-defined]
        return get_response(request)

    return answer


SETTINGS = {
    "ROOT_URLCONF": "gallery_site",
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "LANGUAGE_COOKIE_NAME": "language",
    "MIDDLEWARE": [
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "gallery_site.signed_in",
    ],
}
