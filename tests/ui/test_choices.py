"""Search, the bar, and what readers choose for themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import RequestFactory

from attain.ui import navigation, preferences, search, views
from attain.ui.navigation import Area, entries_for


def post(address: str, data: dict[str, Any], **headers: str) -> Any:
    request = RequestFactory().post(address, data, headers=headers)
    request.session = {}  # type: ignore[assignment]
    return request


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil",
        "https:evil",
        "javascript:alert(1)",
        "\\\\evil",
        "http:///evil",
        "evil",
        "",
        "/\\evil",
    ],
)
def test_a_choice_never_leads_to_another_host(elsewhere: str) -> None:
    answer = views.language(post("/choices/language", {"language": "en", "next": elsewhere}))

    assert answer.url == "/"


def test_the_other_language_is_read_at_the_same_place() -> None:
    answer = views.language(post("/x", {"language": "en", "next": "/runs/?page=2"}))

    assert answer.url == "/runs/?page=2"
    assert answer.cookies["language"].value == "en"
    assert not views.language(post("/x", {"language": "xx", "next": "/"})).cookies


def test_a_theme_is_light_dark_or_the_systems() -> None:
    dark = views.theme(post("/x", {"theme": "dark"}))
    other = views.theme(post("/x", {"theme": "<script>"}))

    assert (dark.status_code, dark.cookies["theme"].value) == (204, "dark")
    assert other.cookies["theme"].value == ""


def test_columns_are_kept_and_the_list_is_loaded_again() -> None:
    request = post(
        "/x", {"column": ["name", "pay"], "next": "/people/?q=x"}, **{"HX-Request": "true"}
    )

    answer = views.columns(request, "people")

    assert preferences.read(request, "columns:people") == ["name", "pay"]
    assert json.loads(answer["HX-Location"])["target"] == "#table-people"


def test_choices_do_not_grow_without_end() -> None:
    request = post("/x", {})
    for number in range(preferences.MOST_CHOICES + 5):
        preferences.write(request, f"columns:{number}", ["name"])

    assert len(request.session["preferences"]) == preferences.MOST_CHOICES
    assert preferences.read(request, "columns:204") == ["name"]


@pytest.mark.parametrize("view", [views.language, views.theme])
def test_a_choice_is_not_made_by_following_a_link(view: Any) -> None:
    assert view(RequestFactory().get("/x?language=en&theme=dark")).status_code == 405


def test_a_search_asks_every_provider_as_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PROVIDERS", {})
    asked = []

    def provider(actor: Any, text: str, limit: int) -> list[search.Hit]:
        asked.append((actor, text, limit))
        return [search.Hit(f"{text}{index}", "", "/") for index in range(9)]

    search.register("people", "People", provider, order=2)
    search.register("nothing", "Nothing", lambda actor, text, limit: [], order=1)

    found = search.find("reader", f"  {'佳' * 200} ", limit=3)

    assert asked == [("reader", "佳" * search.LONGEST_TEXT, 3)]
    assert [(group.label, len(group.hits)) for group in found] == [("People", 3)]
    assert search.find("reader", "  ") == ()


class Actor:
    is_anonymous = False

    def __init__(self, *roles: str) -> None:
        self.roles = roles

    def has(self, *roles: str) -> bool:
        return bool(set(roles) & set(self.roles))


@pytest.fixture
def areas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_AREAS", {})
    monkeypatch.setattr(navigation, "_may_open", lambda actor, name: name != "ui:search")
    navigation.register(Area("b", "Gallery", "eye", "ui:gallery", 2, count=lambda actor: 3))
    navigation.register(Area("a", "Search", "search", "ui:search", 1))
    navigation.register(Area("c", "Pay", "coins", "ui:gallery", 3, roles=("finance",)))
    navigation.register(Area("d", "Gone", "x", "no:such", 4))


@pytest.mark.usefixtures("areas")
def test_the_bar_shows_what_the_reader_may_open_and_nothing_else() -> None:
    assert [entry.area.name for entry in entries_for(Actor(), "/gallery")] == ["b"]
    assert [entry.area.name for entry in entries_for(Actor("finance"))] == ["b", "c"]
    assert entries_for(None) == ()


@pytest.mark.usefixtures("areas")
def test_the_bar_marks_where_the_reader_is_and_counts_what_waits() -> None:
    entry = entries_for(Actor(), "/gallery/why")[0]

    assert (entry.current, entry.count) == (True, 3)
