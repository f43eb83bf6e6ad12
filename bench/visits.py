"""One visitor's way through the product: pages of their role, and a change now and then."""

from __future__ import annotations

import html
import http.client
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote, urlencode

from bench.visitors import MONTH, PREFIX, Cast, Visitor

STATEMENT: Final = "statement"
CHANGES: Final = 0.5
"""How often somebody of HR changes a person, where others would read a page."""
READS: Final = 0.08
"""How often anybody marks their notices as read."""

_PLACES: Final = {
    "desk": "/",
    "attainment": "/insights/",
    STATEMENT: "/statements/{month}/{person}/",
    "statements": "/statements/{month}/",
    "people": "/people/",
    "person": "/people/person/{person}",
    "chart": "/people/chart",
    "runs": "/runs/",
    "run": "/runs/{run}",
    "plans": "/plans/",
    "plan": "/plans/of/{plan}",
    "data": "/data/",
    "quality": "/data/quality",
    "notices": "/notices/",
    "search": "/search?q={word}",
    "audit": "/audit/",
}
_ROUTES: Final = {
    "representative": ("desk", STATEMENT, STATEMENT, "why", "attainment", "notices"),
    "manager": ("desk", "attainment", "statements", STATEMENT, "why", "people", "search"),
    "hr": ("people", "person", "chart", "desk", "search"),
    "finance": ("desk", "statements", STATEMENT, "why", "runs", "run", "data", "quality"),
    "plan_admin": ("desk", "plans", "plan", "runs", "data"),
    "auditor": ("audit", "statements", STATEMENT, "why", "runs"),
}
_WORDS: Final = ("沈", "王", "E-10", "提成")
_HIDDEN: Final = re.compile(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*value="([^"]+)"')
_FIELD: Final = re.compile(r"<(?:input|select)\b[^>]*>")
_WHY: Final = re.compile(r'"(/runs/\d+/why\?[^"]+)"')


@dataclass(slots=True)
class Sample:
    """One request: what was asked, how long it took, and what came of it."""

    what: str
    began: float
    taken: float
    status: int
    note: str = ""
    token: str = ""
    """Of a change: the word that must be in the history if it was acknowledged."""
    base: tuple[str, str] = ("", "")
    """Of a change: whom, and the version its form was opened at."""
    counts: bool = True

    @property
    def accepted(self) -> bool:
        """The product said that the change is made."""
        return self.status == 302

    @property
    def stale(self) -> bool:
        """The product refused the change, because somebody else had made one."""
        return self.status in (409, 422)


class Walk:
    """A visitor on the way, with the one connection a browser would keep open."""

    def __init__(self, visitor: Visitor, cast: Cast, port: int, random: Random) -> None:
        self.visitor, self.cast, self.random = visitor, cast, random
        self.origin = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.csrf = self.hidden = ""
        self.whys: list[str] = []
        self.text = ""

    def until(self, ends: float, pause: float) -> Iterator[Sample]:
        """Page after page, as long as there is time."""
        if pause:
            # Not everybody at the same moment.
            time.sleep(min(self.random.uniform(0, pause), max(0, ends - time.monotonic())))
        while time.monotonic() < ends:
            if self.visitor.role == "hr" and self.random.random() < CHANGES:
                yield from self._change()
            elif self.hidden and self.random.random() < READS:
                values = {"csrfmiddlewaretoken": self.hidden}
                yield self._ask("mark read", "POST", "/notices/read", body=urlencode(values))
            else:
                yield self._read()
            if pause:
                wanted = self.random.expovariate(1 / pause)
                time.sleep(min(wanted, max(0, ends - time.monotonic())))

    def _read(self) -> Sample:
        what = self.random.choice(_ROUTES[self.visitor.role])
        if what == "why" and self.whys:
            return self._ask("why", "GET", self.random.choice(self.whys), fragment="why-body")
        if what == "why":
            what = STATEMENT
        address = _PLACES[what].format(
            month=MONTH,
            person=self.random.choice(self.visitor.sees or self.cast.people),
            run=self.cast.run,
            plan=self.cast.plan,
            word=quote(self.random.choice(_WORDS)),
        )
        sample = self._ask(what, "GET", address)
        if what == STATEMENT:
            self.whys = [html.unescape(one) for one in _WHY.findall(self.text)]
        return sample

    def _change(self) -> Iterator[Sample]:
        """Open the form of somebody, and send it a moment later with another English name."""
        person = self.random.choice(self.cast.changed)
        address = f"/people/person/{person}/change"
        opened = self._ask("form", "GET", address)
        yield opened
        if opened.status != 200:
            return
        values = _filled(self.text)
        token = f"{PREFIX}{secrets.token_hex(8)}"
        values |= {"reason": token, "name_en": f"Visitor {token[-6:]}", "confirm": "1"}
        time.sleep(self.random.uniform(0, 1))
        made = self._ask("change", "POST", address, body=urlencode(values))
        made.token, made.base = token, (person, values.get("version", ""))
        yield made

    def _ask(
        self, what: str, method: str, address: str, *, body: str = "", fragment: str = ""
    ) -> Sample:
        headers = {"Cookie": self.visitor.cookie, "Accept-Language": "zh-CN"}
        if self.csrf:
            headers["Cookie"] += f"; {self.csrf}"
        if fragment:
            headers |= {"HX-Request": "true", "HX-Target": fragment}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        began, status, note = time.monotonic(), 0, ""
        try:
            self.connection.request(method, address, body or None, headers)
            answer = self.connection.getresponse()
            self.text = answer.read().decode("utf-8", "replace")
            status = answer.status
            self._keep(answer)
        except (OSError, http.client.HTTPException) as error:
            note = repr(error)
            self.connection.close()
        return Sample(what, began, time.monotonic() - began, status, note or address)

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        """What forms must send back."""
        found = _HIDDEN.search(self.text)
        self.hidden = found[1] if found else self.hidden
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith("csrf="):
                self.csrf = cookie.partition(";")[0]


def _filled(page: str) -> dict[str, str]:
    """The fields of the form as they stand."""
    found = {}
    start = page.find('method="post"', page.find("at-form"))
    form = page[page.rfind("<form", 0, start) :]
    for tag in _FIELD.findall(form[: form.find("</form>")]):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if name and 'type="submit"' not in tag and tag.startswith("<input"):
            found[name] = value
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option[^>]*value="([^"]*)"[^>]*selected', inside)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    token = _HIDDEN.search(page)
    if token:
        found["csrfmiddlewaretoken"] = token[1]
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""
