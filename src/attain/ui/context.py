"""What every page needs for its frame: the reader's bar, language, look and menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.ui import formats, navigation

STYLES: Final = tuple(
    f"ui/{name}.css"
    for name in ("tokens", "base", "layout", "controls", "cards", "table", "panels", "work", "code")
)
THEMES: Final = ("light", "dark")
THEME_COOKIE: Final = "theme"
MOST_ON_PHONE: Final = 4
"""A fifth place in the bottom bar is the reader's own menu."""


@dataclass(frozen=True, slots=True)
class UserLink:
    """An entry of the reader's menu; `condition(actor)` hides it from others."""

    label: Any
    url_name: str
    icon: str
    order: int = 100
    condition: Callable[[Any], bool] | None = None


_USER_LINKS: Final[dict[str, UserLink]] = {}


def register_user_link(link: UserLink) -> None:
    """Add an entry to the reader's menu."""
    _USER_LINKS[link.url_name] = link


@dataclass(frozen=True, slots=True)
class Told:
    """What config tells the frame: functions of a request."""

    company: Callable[[HttpRequest], Any] = lambda request: ""
    role: Callable[[HttpRequest], Any] = lambda request: ""
    notices: Callable[[HttpRequest], int] = lambda request: 0


_told = Told()


def tell(told: Told) -> None:
    """Let config say the company's name, the reader's role in words, and unread notices."""
    global _told
    _told = told


class Frame:
    """The frame of one page; each part is made when a template asks for it."""

    styles = STYLES

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor = getattr(request, "actor", None)

    @property
    def lang(self) -> str:
        return "zh-Hans" if self.chinese else "en"

    @property
    def chinese(self) -> bool:
        return formats.is_chinese()

    @property
    def here(self) -> str:
        return self._request.get_full_path()

    @property
    def theme(self) -> str:
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def company(self) -> Any:
        return _told.company(self._request)

    @cached_property
    def entries(self) -> tuple[navigation.Entry, ...]:
        return navigation.entries_for(self._actor, self._request.path)

    @property
    def daily(self) -> list[navigation.Entry]:
        return [entry for entry in self.entries if entry.area.group == "daily"]

    @property
    def operate(self) -> list[navigation.Entry]:
        return [entry for entry in self.entries if entry.area.group == "operate"]

    @property
    def phone(self) -> list[navigation.Entry]:
        """Four places at the bottom of a phone: daily areas first."""
        return [entry for entry in self.entries if entry.area.phone][:MOST_ON_PHONE]

    @property
    def more(self) -> list[navigation.Entry]:
        """What has no place at the bottom of a phone; it stands in the reader's menu there."""
        return [entry for entry in self.entries if entry not in self.phone]

    @property
    def area(self) -> navigation.Area | None:
        """The area this page belongs to."""
        return next((entry.area for entry in self.entries if entry.current), None)

    @cached_property
    def user_name(self) -> str:
        if self._actor is None or getattr(self._actor, "is_anonymous", True):
            return ""
        user = getattr(self._request, "user", None)
        named = user if getattr(user, "is_authenticated", False) else self._actor
        return formats.person_name(named) or str(getattr(self._actor, "username", ""))

    @cached_property
    def user_role(self) -> Any:
        return _told.role(self._request)

    @property
    def user_links(self) -> list[dict[str, Any]]:
        links = sorted(_USER_LINKS.values(), key=lambda link: link.order)
        shown = (each for each in links if each.condition is None or each.condition(self._actor))
        return [
            {"label": each.label, "icon": each.icon, "url": url}
            for each in shown
            if (url := _url(each.url_name))
        ]

    @cached_property
    def notices(self) -> int:
        return _told.notices(self._request) if self.user_name else 0

    @property
    def notices_label(self) -> str:
        if not self.notices:
            return _("Notices")
        return ngettext("%(count)s new notice", "%(count)s new notices", self.notices) % {
            "count": self.notices
        }

    @property
    def notices_url(self) -> str:
        return _url("notices:list") if self.user_name else ""

    @property
    def search_url(self) -> str:
        return _url("ui:search") if self.user_name else ""

    @property
    def language_url(self) -> str:
        return _url("ui:language")

    @property
    def theme_url(self) -> str:
        return _url("ui:theme")

    @property
    def logout_url(self) -> str:
        return _url("accounts:logout") or _url("account_logout")


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `ui` in every template."""
    return {"ui": Frame(request)}
