"""The areas of the product: each app says which page it adds to the bar on the left.

An app registers in its `AppConfig.ready()`; the bar shows what the reader may open. Who may
open what is not decided here: config sets `may_open` to the answer of the permission table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.urls import NoReverseMatch, reverse

Text = Any
"""A text or a lazily translated one."""


@dataclass(frozen=True, slots=True)
class Area:
    """One entry of the bar.

    `group` is "daily" for everyday work or "operate" for running the house; `roles` are the
    roles it is meant for (empty: anyone who may open its page); `count` says how many things
    wait there for the reader, None or 0 shows nothing; `phone` puts it into the bottom bar.
    """

    name: str
    label: Text
    icon: str
    url_name: str
    order: int = 100
    group: Literal["daily", "operate"] = "daily"
    roles: tuple[str, ...] = ()
    count: Callable[[Any], int | None] | None = None
    phone: bool = True
    keywords: str = ""
    extra_url_names: tuple[str, ...] = field(default=())
    """Further pages that belong to the area, so that it is marked there as the current one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An area as one reader sees it."""

    area: Area
    url: str
    count: int | None
    current: bool


_AREAS: Final[dict[str, Area]] = {}


def register(area: Area) -> None:
    """Add an area. Registering the same name again replaces it (autoreload of the server)."""
    _AREAS[area.name] = area


def areas() -> tuple[Area, ...]:
    """Every area, in the order of the bar."""
    return tuple(sorted(_AREAS.values(), key=lambda area: (area.group, area.order, area.name)))


def _by_roles(actor: Any, area: Area) -> bool:
    has = getattr(actor, "has", None)
    return not area.roles or bool(has and has(*area.roles))


_may_open: Callable[[Any, str], bool] = lambda actor, url_name: True  # noqa: E731


def decide_with(may_open: Callable[[Any, str], bool]) -> None:
    """Let the permission table answer whether an actor may open a page, by its URL name."""
    global _may_open
    _may_open = may_open


def entries_for(actor: Any, path: str = "") -> tuple[Entry, ...]:
    """The bar of one reader; areas without rights are not shown at all."""
    if actor is None or getattr(actor, "is_anonymous", False):
        return ()
    found = []
    for area in areas():
        if not _by_roles(actor, area) or not _may_open(actor, area.url_name):
            continue
        try:
            url = reverse(area.url_name)
        except NoReverseMatch:
            continue
        found.append((area, url))
    here = _current(path, [url for _, url in found])
    return tuple(
        Entry(area, url, area.count(actor) if area.count else None, url == here)
        for area, url in found
    )


def _current(path: str, urls: list[str]) -> str | None:
    """The area whose address is the longest beginning of this page's address."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default=None)
