"""Statements as documents to print and keep: A4, black on white, set by typst.

The template reads one JSON value and nothing else: no text of anybody becomes markup, no file
outside is read and nothing is fetched.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.company import company
from attain.apps.statements.showing import Shown, page_of
from attain.apps.statements.statement import Statement
from attain.ui import formats

TEMPLATE: Final = Path(__file__).parent / "typesetting" / "statement.typ"


def statement_pdf(statement: Statement, *, at: datetime) -> bytes:
    """A statement as PDF in the language that is active, with plan, run and digest."""
    values = {"statement": json.dumps(_content(statement, at), ensure_ascii=False)}
    return bytes(_compiler().compile(sys_inputs=values, format="pdf"))


@lru_cache(maxsize=1)
def _compiler() -> Any:
    """One compiler for all documents: fonts are read once."""
    return typst.Compiler(
        input=str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
    )


def _fonts() -> Path:
    import noto_cjk_sans_otc

    return Path(noto_cjk_sans_otc.__file__).parent


def _content(statement: Statement, at: datetime) -> dict[str, Any]:
    page = page_of(statement)
    name = statement.name
    assert name is not None
    return {
        "company": company().labels.get(formats.language()),
        "title": _("Statement %(period)s") % {"period": formats.period_name(statement.month)},
        "estimate": _("Estimate: not published, nothing is paid on it")
        if statement.is_estimate
        else "",
        "number": statement.number,
        "person": f"{formats.person_name(name)} {name.code}",
        "made": _("Made on %(moment)s") % {"moment": formats.moment(at)},
        "sections": [section for section in _sections(page) if section["rows"]],
        "total_label": _("Total"),
        "totals": page.totals or page.estimates,
        "pay_dates": [[_("Paid on %(on)s") % {"on": on}, amount] for on, amount in page.pay_dates],
        "sources": [_source(source) for source in statement.sources],
        "signatures": [_("Participant"), pgettext("signature", "Manager"), _("Finance")],
        "page_of": _("Page {page} of {pages}"),
        "missing": formats.missing(),
    }


def _sections(page: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Incentives of the month"),
            "heads": [_("Item"), _("Amount")],
            "rows": [_pay_row(line) for line in page.items],
        },
        {
            "title": _("Adjustments"),
            "heads": [_("Item"), _("Amount")],
            "rows": [_pay_row(line) for line in page.adjustments],
        },
        {
            "title": _("Attainment"),
            "heads": [_("Indicator"), _("Target"), _("Actual"), _("Attainment")],
            "rows": [
                [line.label, *line.more, line.value or _why_not(line)] for line in page.reached
            ],
        },
        {
            "title": _("Scores and grade"),
            "heads": [_("Item"), _("Weight"), pgettext("scorecard", "Score"), _("Points")],
            "rows": [
                [line.label, *line.more, line.value or _why_not(line)] for line in page.scores
            ],
        },
    ]


def _pay_row(line: Shown) -> list[str]:
    note = line.reason or line.note
    words = f"{line.label}\n{note}" if note else line.label
    return [words, _why_not(line) if line.is_missing else line.value]


def _why_not(line: Shown) -> str:
    return f"{formats.missing()}: {line.reason}" if line.reason else formats.missing()


def _source(source: Any) -> str:
    plan = source.run.plan_version
    return _("%(plan)s version %(number)s, run #%(run)s, %(digest)s") % {
        "plan": plan.plan.label.get(formats.language()),
        "number": plan.number,
        "run": source.run.pk,
        "digest": source.run.digest[:16],
    }
