"""A crawl of everything each reader can reach finds no figure that is not theirs to see (G24)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from addresses import client_of, is_refused, tried
from building import CUSTOMER_IN_A_BATCH, NARROWED, PROJECTS, SALES, SECRETS, Attacked
from django.test import Client
from pypdf import PdfReader

from attain.apps.runs.models import Line, Outcome

pytestmark = pytest.mark.django_db

LINKS_MAX = 60
"""Links followed beyond the pages that are known."""

# Whose results and whose pay each reader may see; the same as people/areas.py says, written apart.
EVERYBODY = frozenset(SALES)
RESULTS = {
    "rep": {"rep"},
    "peer": {"peer"},
    "manager": {"rep", "peer", "moved"},
    "other_manager": {"outsider", "moved"},
    "director": EVERYBODY,
    "hr": EVERYBODY,
    "finance2": EVERYBODY,
    "planner2": EVERYBODY,
    "auditor": EVERYBODY,
    "sysadmin": frozenset(),
    # Of one unit: those who sit there, and whoever did until the middle of the month.
    **{f"{role} of one unit": {"rep", "peer", "moved"} for role in NARROWED},
}
PAY = RESULTS | dict.fromkeys(
    ("hr", "planner2", "hr of one unit", "plan_admin of one unit"), frozenset()
)
# Records: those of their people as of today, so that whoever moved takes theirs along.
RECORDS = {
    "rep": {"rep"},
    "peer": {"peer"},
    "manager": {"rep", "peer"},
    "other_manager": {"outsider", "moved"},
    "director": EVERYBODY,
    "hr": EVERYBODY,
    "auditor": EVERYBODY,
    "hr of one unit": {"rep", "peer"},
    "auditor of one unit": {"rep", "peer"},
}
# Rows of imports are for those who work with data.
ROWS = dict.fromkeys(("hr", "finance2", "planner2", "auditor"), EVERYBODY)


def forms(amount: Decimal) -> set[str]:
    """Every way in which an amount may be written: plain, grouped, in minor units, shortened."""
    grouped = f"{amount:,.2f}"
    return {f"{amount:.2f}", grouped, str(int(amount * 100))}


def canaries(attacked: Attacked) -> dict[str, dict[str, set[str]]]:
    """What tells a leak, by whose and by kind: results, pay, rows."""
    by_key = {attacked.key(name): name for name in SALES}
    found: dict[str, dict[str, set[str]]] = {
        name: {"results": forms(Decimal(amount)), "pay": set(), "rows": {customer}}
        for name, (amount, customer) in SALES.items()
    }
    for line in Line.objects.all():
        found[by_key[line.participant]]["pay"] |= forms(Decimal(line.amount_minor) / 100)
    for outcome in Outcome.objects.filter(component="commission"):
        found[by_key[outcome.subject]]["pay"].add(outcome.value)
    return found


def forbidden(attacked: Attacked, reader: str) -> dict[str, str]:
    """Every text that must not reach a reader, and what it would give away."""
    found: dict[str, str] = {}
    for name, kinds in canaries(attacked).items():
        allowed = {
            "results": name in RESULTS[reader],
            "pay": name in PAY[reader],
            # A person's own rows, and their people's, are the sources of their own figures.
            "rows": name in ROWS.get(reader, RESULTS[reader]),
        }
        for kind, texts in kinds.items():
            if not allowed[kind]:
                found |= dict.fromkeys(texts, f"{kind} of {name}")
    for name, (title, amount) in PROJECTS.items():
        if name not in RECORDS.get(reader, ()):
            found |= dict.fromkeys({title, *forms(Decimal(amount))}, f"record of {name}")
    # What is confidential stands on no page at all: it is asked for, with a purpose.
    found |= {secret: f"confidential field of {name}" for name, secret in SECRETS.items()}
    if reader not in ROWS:
        found[CUSTOMER_IN_A_BATCH] = "a row of an import"
    return found


# The doors of a list of records besides its page.
ASKED = (
    "view=board", "view=calendar&on=2026-10", "view=calendar&on=2026-10&span=week",
    "export=csv", "export=xlsx", "q=项目", "q=欠款", "amount.ge=1", "sort=-amount",
    "debts.has=欠款", "sort=debts",
)  # fmt: skip
PASSED_BY = ("/static/", "/choices/", "/logout")
NOT_FOLLOWED = (*PASSED_BY, "/plans/gallery/")
"""Packs came with the product: one is opened as a page, and the others hold as little."""

LINK = re.compile(r"""(?:href|hx-get|src|data-url|data-href)=["']([^"'#]+)""")


def crawl(client: Client, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Every page that can be reached from some others, with its answer."""
    seen, waiting = set(starts), list(starts)
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        yield path, answer
        if "html" not in answer.get("Content-Type", ""):
            continue
        for link in LINK.findall(answer.content.decode()):
            to = urlsplit(urljoin(path, unescape(link)))
            follow = to.path + (f"?{to.query}" if to.query else "")
            # The same rows in another order tell nothing new; exports are links of their lists.
            if to.netloc or to.path.startswith(NOT_FOLLOWED) or "sort=" in to.query:
                continue
            if follow not in seen and len(seen) < len(starts) + LINKS_MAX:
                seen.add(follow)
                waiting.append(follow)


def pages(attacked: Attacked) -> list[str]:
    """Every page by itself; those of signing in have no rows of the product."""
    return [
        path
        for address, row, path in tried(attacked)
        if row.method == "GET" and ":" in address.name and not path.startswith(PASSED_BY)
    ]


def text_of(answer: Any) -> str:
    """Everything that can be read in an answer: body, headers, cells of a workbook, a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    elif body[:4] == b"%PDF":
        return headers + "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return headers + unescape(body.decode(errors="replace"))


def tells(text: str, secret: str) -> bool:
    """Whether a text tells a secret; bare digits within the number of a request tell nothing."""
    alone = rf"(?<![0-9a-f]){secret}(?![0-9a-f])" if secret.isdigit() else re.escape(secret)
    return secret in text and re.search(alone, text) is not None


@pytest.mark.parametrize("reader", RESULTS)
def test_nobody_reads_what_is_not_theirs(attacked: Attacked, reader: str) -> None:
    secrets = forbidden(attacked, reader)
    client = client_of(reader)
    paths = pages(attacked)
    words = ("沈佳宁", "61237", "翡翠", "何", "项目", "欠款")
    searches = [f"/search?q={word}" for word in words]
    searches += [f"/records/project/?{asked}" for asked in ASKED]
    leaks, visited = [], 0

    for path, answer in crawl(client, [*paths, *searches]):
        assert answer.status_code < 500, path
        text = text_of(answer)
        visited += not is_refused(answer)
        leaks += [
            f"{what}: {secret} at {path}" for secret, what in secrets.items() if tells(text, secret)
        ]

    assert visited > 5
    assert leaks == []


def test_the_crawl_finds_what_may_be_read(attacked: Attacked) -> None:
    # Otherwise a crawl that sees nothing would prove nothing.
    known = canaries(attacked)
    client = client_of("finance2")
    paths = pages(attacked)

    text = "".join(text_of(answer) for _, answer in crawl(client, paths))

    for name in EVERYBODY:
        assert any(each in text for each in known[name]["pay"]), name
        assert any(each in text for each in known[name]["results"]), name


def test_everybody_reads_their_own(attacked: Attacked) -> None:
    known = canaries(attacked)["rep"]
    paths = pages(attacked)

    text = "".join(text_of(answer) for _, answer in crawl(client_of("rep"), paths))

    assert any(each in text for each in known["pay"])
    assert any(each in text for each in known["results"])
    assert PROJECTS["rep"][0] in text
    assert any(each in text for each in forms(Decimal(PROJECTS["rep"][1])))
