"""Text that would be markup, a formula or a program, in every field of every form (G42–G44).

Each form of each page is filled in as each role, with one text in all fields that take any. Then
everybody's pages, exports, documents and mails are read: the text may be shown, and nothing more.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any, Final

import pytest
from addresses import client_of, is_refused
from building import Attacked
from company import AT
from django.core import mail
from filling import forms
from test_canaries import crawl, pages, text_of

from attain.apps.jobs.worker import run_until_empty

pytestmark = pytest.mark.django_db

SUM: Final = "7919*7907"
WORKED_OUT: Final = str(7919 * 7907)
MARKUP: Final = "<img src=x onerror=alert(1)>"
TEXT: Final = f"={SUM}'\"></textarea></script>{MARKUP}{{{{{SUM}}}}}${{{SUM}}}#({SUM})<%={SUM}%>"
"""A formula, an end of whatever it stands in, markup, and the templates of five languages."""

FILLED_BY: Final = ("rep", "manager", "hr", "finance", "planner", "sysadmin")
READ_BY: Final = ("rep", "director", "hr", "finance2", "planner2", "auditor", "sysadmin")
NOT_SENT: Final = re.compile(
    r"/(log(in|out)|password|confirm|second-factor|recovery-codes|sessions|disable|revoke|close|"
    r"leave|withdraw|retire|cancel|end)\b"
)
"""Forms after which there is less to look at; what they take is tried by the matrix."""


def fill_everything(attacked: Attacked) -> tuple[int, list[str]]:
    """Send every form once as each role; how many, and what broke."""
    sent, broke = 0, []
    for name in FILLED_BY:
        client, seen = client_of(name), set()
        for path in pages(attacked):
            if path.startswith("/files/"):
                continue
            page = client.get(path)
            if "html" not in page.get("Content-Type", "") or is_refused(page):
                continue
            for form in forms(path, page.content.decode()):
                if form.shape in seen or NOT_SENT.search(form.action):
                    continue
                seen.add(form.shape)
                answer = client.post(form.action, form.filled(TEXT))
                sent += 1
                if answer.status_code >= 500:
                    broke.append(f"{name} {form.action}: {answer.status_code}")
                broke += [f"{name} {form.action}: {each}" for each in _alive(answer)]
    return sent, broke


def _alive(answer: Any) -> list[str]:
    """What in an answer is more than text."""
    kind = answer.get("Content-Type", "")
    if kind.startswith("application/vnd.openxmlformats"):
        return _formulas(b"".join(answer) if answer.streaming else answer.content)
    text = text_of(answer)
    found = ["markup"] if "html" in kind and MARKUP in _raw(answer) else []
    if "csv" in kind and re.search(rf'(^|,)"?={re.escape(SUM)}', text, re.MULTILINE):
        found.append("formula")
    return found + (["worked out"] if WORKED_OUT in text else [])


def _raw(answer: Any) -> str:
    return "" if answer.streaming else answer.content.decode(errors="replace")


def _formulas(body: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(body)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return ["formula" for name in sheets if re.search(rb"<f[ >/]", parts.read(name))]


def test_text_stays_text_everywhere(attacked: Attacked) -> None:
    sent, broke = fill_everything(attacked)
    run_until_empty(AT)

    shown = 0
    for name in READ_BY:
        for path, answer in crawl(client_of(name), pages(attacked)):
            if path.startswith("/files/"):
                # As it was brought, for whoever saves it; read to its end, which closes it.
                list(answer)
                continue
            shown += "&lt;img src=x onerror" in _raw(answer)
            broke += [f"{name} reads {path}: {each}" for each in _alive(answer)]
            if answer.status_code >= 500:
                broke.append(f"{name} reads {path}: {answer.status_code}")

    assert broke == []
    # Otherwise nothing was filled in that anybody sees.
    assert sent > 60
    assert shown > 20
    assert [each.subject for each in mail.outbox if MARKUP in str(each.alternatives)] == []
    assert [each.subject for each in mail.outbox if "\n" in each.subject] == []
