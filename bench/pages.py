"""What each page costs the process that answers it: processor time and questions to the database.

`python -m bench.pages --data DIR` asks the company of DIR (as `bench.web` does) one page after
the other in this process, warmed up as a web process is: the first answer, then some for other
people or other numbers. Wall time tells of the machine, so it is not told. `--profile WORD` shows
where the time of addresses with that word goes.
"""

from __future__ import annotations

import argparse
import cProfile
import html
import pstats
import re
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from bench.visitors import MONTH, Cast, Visitor, make_cast

TIMES: Final = 5
MOST_WHYS: Final = 40
_WHY: Final = re.compile(r'"(/runs/\d+/why\?[^"]+)"')
_TYPE: Final = re.compile(r'href="(/records/(?!due|missing|types|people)[a-z0-9-]+/)"')
_PAGES: Final = {
    "representative": ("/", "/insights/", "/statements/{month}/{person}/", "/notices/",
                       "/records/"),
    "manager": ("/", "/insights/", "/statements/{month}/", "/statements/{month}/{person}/",
                "/people/", "/search?q={word}", "/records/"),
    "hr": ("/", "/people/", "/people/person/{person}", "/people/person/{person}/change",
           "/people/chart", "/search?q={word}", "/records/"),
    "finance": ("/", "/statements/{month}/", "/statements/{month}/{person}/", "/runs/",
                "/runs/{run}", "/data/", "/data/sets/orders/rows", "/data/sets/orders/",
                "/data/quality", "/records/"),
    "plan_admin": ("/", "/plans/", "/plans/of/{plan}", "/runs/", "/data/"),
    "auditor": ("/", "/audit/", "/statements/{month}/", "/runs/"),
}  # fmt: skip


@dataclass
class Cost:
    """What the answers of one address took."""

    address: str
    role: str
    cpu: list[float] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)


class Questions:
    """Counts the statements sent to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *given: Any) -> Any:
        self.count += 1
        return execute(*given)


class Reader:
    """One visitor in this process."""

    def __init__(self, visitor: Visitor, profile: cProfile.Profile | None, word: str) -> None:
        from django.test import Client

        self.visitor, self._profile, self._word = visitor, profile, word
        self._client = Client(headers={"accept-language": "zh-CN", "host": "localhost"})
        name, _, value = visitor.cookie.partition("=")
        self._client.cookies[name] = value

    def ask(self, address: str, cost: Cost, **headers: str) -> str:
        """A page, with its cost written down."""
        from django.db import connection

        questions = Questions()
        is_shown = self._profile is not None and self._word in address
        watched: Any = self._profile if is_shown else nullcontext()
        began = time.process_time()
        with connection.execute_wrapper(questions), watched:
            answer: Any = self._client.get(address, headers=headers)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        cost.cpu.append(time.process_time() - began)
        cost.asked.append(questions.count)
        cost.statuses.add(answer.status_code)
        return str(text, "utf-8")


def main() -> None:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the built company")
    parser.add_argument("--profile", default="", help="word of the addresses to look into")
    parser.add_argument("--cold", action="store_true", help="begin without warming up")
    given = parser.parse_args()
    cast = make_cast(given.data, 50)
    if not given.cold:
        from attain.config.warming import warm_up

        warm_up()
    profile = cProfile.Profile() if given.profile else None
    costs = [cost for role in _PAGES for cost in _visit(cast, role, profile, given.profile)]
    _tell(costs)
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


def _visit(cast: Cast, role: str, profile: cProfile.Profile | None, word: str) -> Iterator[Cost]:
    """The pages of a role, then the numbers that its statements lead to, then its records."""
    visitor = next(one for one in cast.visitors if one.role == role)
    reader = Reader(visitor, profile, word)
    whys: dict[str, list[str]] = {}
    types: dict[str, None] = {}
    for address in _PAGES[role]:
        cost = Cost(address, role)
        for text in _texts(reader, cast, address, cost):
            for found in _WHY.findall(text):
                asked = html.unescape(found)
                whys.setdefault(_kind(asked), []).append(asked)
            types |= dict.fromkeys(_TYPE.findall(text)) if address == "/records/" else {}
        yield cost
    for kind, addresses in list(whys.items())[:MOST_WHYS]:
        cost = Cost(kind, role)
        for address in list(dict.fromkeys(addresses))[:TIMES]:
            reader.ask(address, cost, hx_request="true", hx_target="why-body")
        yield cost
    for address in list(types)[:4]:
        cost = Cost(address, role)
        for _ in range(TIMES):
            reader.ask(address, cost)
        yield cost


def _texts(reader: Reader, cast: Cast, address: str, cost: Cost) -> Iterator[str]:
    people = reader.visitor.sees or cast.people
    for number in range(TIMES):
        words = {"month": MONTH, "person": people[number * 37 % len(people)], "run": cast.run,
                 "plan": cast.plan, "word": quote("沈王李张陈"[number])}  # fmt: skip
        yield reader.ask(address.format(**words), cost)


def _kind(address: str) -> str:
    """A question without whom it is about."""
    return re.sub(r"[?&](subject|key)=[^&]+", "", address)


def _tell(costs: list[Cost]) -> None:
    print(f"{'CPU ms: first':>13}{'later':>8}{'worst':>8}{'asked':>8}  page")
    for one in sorted(costs, key=lambda cost: -max(cost.cpu)):
        later = sorted(one.cpu[1:] or one.cpu)
        figures = (one.cpu[0], later[len(later) // 2], later[-1])
        told = "".join(f"{figure * 1000:8.0f}" for figure in figures)
        wrong = "" if one.statuses == {200} else f"  {sorted(one.statuses)}"
        print(f"     {told}{max(one.asked[1:] or one.asked):8}  {one.role} {one.address}{wrong}")
    taken = sorted(figure for one in costs for figure in one.cpu)
    print(f"\n{len(taken)} pages; median {taken[len(taken) // 2] * 1000:.0f} ms, ", end="")
    print(
        f"95 of 100 within {taken[int(len(taken) * 0.95)] * 1000:.0f} ms of a processor, ", end=""
    )
    print(f"{sum(one > 0.2 for one in taken)} above 200 ms")


if __name__ == "__main__":
    main()
