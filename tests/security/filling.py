"""Filling in forms as somebody would who means harm: every field that is shown, with any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

TEXTS: Final = frozenset({"text", "search", "email", "url", "tel", "textarea", ""})
KEPT: Final = frozenset({"hidden", "password"})
"""Fields whose values are left as they are: what they hold is tried elsewhere."""
DAY: Final = "2026-10-12"


@dataclass
class Field:
    """One field of a form."""

    name: str
    type: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_checked: bool = False
    longest: int = 10_000


@dataclass
class Form:
    """One form of a page, as a browser would send it."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The names of the fields that take any text."""
        return [one.name for one in self.fields if one.type in TEXTS]

    @property
    def shape(self) -> tuple[str, ...]:
        """Forms that differ only in which thing they are about are tried once."""
        where = re.sub(r"\d+|[a-z]+-[a-z0-9]{16}|[A-Z]+-[\w-]+", "*", self.action)
        return (where, *sorted({one.name for one in self.fields}))

    def filled(self, text: str) -> dict[str, object]:
        """Every field with something in it; the text in each that takes text."""
        found: dict[str, object] = {}
        for one in self.fields:
            value = _value(one, text)
            if value is not None:
                found.setdefault(one.name, value)
        return found


def _value(one: Field, text: str) -> object:
    if one.type in TEXTS:
        return text[: one.longest]
    if one.type == "file":
        rows = (
            f"单号,日期,业务员,客户,金额\nM-1,2026-10-02,E-1001,{text.replace(chr(34), '')},9.99\n"
        )
        return SimpleUploadedFile(f"{text[:40]}.csv", rows.encode(), "text/csv")
    if one.type in ("checkbox", "radio"):
        return one.value or "on"
    if one.type == "select":
        return one.value or next((each for each in one.options if each), "")
    usual = {"date": DAY, "number": "1", "month": DAY[:7]}
    return one.value or usual.get(one.type, "")


class _Reader(HTMLParser):
    """Finds the forms of a page that are posted."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.found = page, []
        self._form: Form | None = None
        self._field: Field | None = None

    found: list[Form]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and (said.get("method", "").lower() == "post" or "hx-post" in said):
            action = said.get("action") or said.get("hx-post") or self.page
            self._form = Form(urljoin(self.page, action))
            self.found.append(self._form)
        elif self._form is not None and tag in ("input", "textarea", "select", "button"):
            self._take(tag, said)
        elif tag == "option" and self._field is not None:
            self._field.options.append(said.get("value", ""))
            if "selected" in said:
                self._field.value = said.get("value", "")

    def _take(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        if not said.get("name") or "disabled" in said:
            return
        longest = said.get("maxlength", "")
        self._field = Field(
            said["name"],
            said.get("type", "") if tag == "input" else tag,
            said.get("value", ""),
            is_checked="checked" in said,
            longest=int(longest) if longest.isdecimal() else 10_000,
        )
        if tag == "button":
            self._field.type = "hidden"
        self._form.fields.append(self._field)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in ("select", "textarea"):
            self._field = None


def forms(page: str, html: str) -> Iterator[Form]:
    """The forms of a page."""
    reader = _Reader(page)
    reader.feed(html)
    yield from reader.found
