"""Every icon a page names is in the sprite; another name would be an empty place."""

from __future__ import annotations

import re
from pathlib import Path

from attain.ui import context, navigation

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"""\{% icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']""")


def test_every_icon_of_a_page_is_there() -> None:
    there = set((ROOT / "tools" / "assets" / "icons.txt").read_text().split())
    used = {area.icon: area.name for area in navigation.areas()}
    used |= {link.icon: link.url_name for link in context._USER_LINKS.values()}
    for page in (ROOT / "src" / "attain").rglob("*.html"):
        for found in NAMED.finditer(page.read_text(encoding="utf-8")):
            used[found[1] or found[2]] = str(page)

    assert {name: place for name, place in used.items() if name not in there} == {}


def test_pages_bring_no_styles_and_no_scripts_of_their_own() -> None:
    """The policy refuses both; what is refused is not seen until someone looks."""
    wrong = [
        f"{page}: {found.group()}"
        for page in (ROOT / "src" / "attain").rglob("*.html")
        if "email" not in page.parts
        for found in re.finditer(
            r"\sstyle=|<style|\son(?:click|load|error|submit|change|input|focus|key\w+|mouse\w+)=|<script(?![^>]*\bsrc=)|javascript:",
            page.read_text(),
        )
    ]

    assert wrong == []
