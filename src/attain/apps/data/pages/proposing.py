"""The page on which a table that nobody has declared becomes a dataset."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from attain import lake
from attain.apps.accounts.company import company
from attain.apps.data import errors
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.mapping import table_named
from attain.apps.data.pages.words import name_of
from attain.apps.data.selectors import schemas
from attain.core.documents import write_yaml
from attain.core.errors import AttainError, problem
from attain.core.schemas import ColumnType, DatasetSchema
from attain.lake import aliases
from attain.lake.headers import Header, guess_header, header_at
from attain.lake.inferring import Proposal, propose_schema
from attain.lake.titles import dataset_name, english_words, table_title

KINDS_OFFERED: Final = (
    ColumnType.code, ColumnType.text, ColumnType.money, ColumnType.count, ColumnType.ratio,
    ColumnType.points, ColumnType.days, ColumnType.date, ColumnType.period, ColumnType.boolean,
)  # fmt: skip
REFERENCE: Final = "key:"
"""Before the kind of thing, in the choice of a type."""


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """All the page shows."""

    proposal: Proposal
    table: Any
    header: Header
    types: tuple[tuple[str, str], ...]


def proposal_page(detected: lake.Detected, *, sheet: str, header_row: int | None) -> ProposalPage:
    """Read a declaration off the values."""
    table = table_named(detected, sheet)
    header = _header(table, header_row)
    title = table_title(detected, table)
    known = schemas()
    codes = aliases.known_codes(DatabaseCatalog(), known.values())
    proposal = propose_schema(
        detected,
        table,
        header,
        name=dataset_name(title, list(known)),
        title=title,
        title_en=english_words(title).capitalize(),
        currency=company().currency,
        known_codes=codes,
    )
    return ProposalPage(proposal, table, header, tuple(_types(known, codes)))


def _header(table: Any, row: int | None) -> Header:
    if row is None:
        return guess_header(table)
    try:
        return header_at(table, row)
    except KeyError:
        return guess_header(table)


def _types(known: dict[str, DatasetSchema], codes: Container[str]) -> list[tuple[str, str]]:
    named = {
        ColumnType.code: _("Number or code"),
        ColumnType.text: _("Text"),
        ColumnType.money: _("Money"),
        ColumnType.count: _("Quantity"),
        ColumnType.ratio: _("Ratio, such as 80%"),
        ColumnType.points: _("Score"),
        ColumnType.days: _("Days"),
        ColumnType.date: _("Date"),
        ColumnType.period: _("Period, such as 2026-Q1"),
        ColumnType.boolean: _("Yes or no"),
    }
    kinds = {kind for kind in known if kind in ("people", "units") or kind in codes}
    people_first = sorted(kinds, key=lambda kind: (kind != "people", kind))
    references = [
        (f"{REFERENCE}{kind}", _("Code of: %(name)s") % {"name": name_of(known[kind])})
        for kind in people_first
    ]
    return [*((kind.value, named[kind]) for kind in KINDS_OFFERED), *references]


def sent_text(sent: QueryDict, proposal: Proposal) -> str:
    """The declaration as the form says it, in the form in which declarations are kept.

    :raises AttainError: KEY_NEEDED.
    """
    columns: dict[str, dict[str, Any]] = {}
    for one in proposal.guesses:
        kind = sent.get(f"type-{one.position}", one.schema.type.value)
        if kind:
            columns[one.schema.name] = _column(sent, one.position, one.schema.name, kind)
            written = one.schema.written.model_dump(mode="json", exclude_defaults=True)
            if written:
                columns[one.schema.name]["written"] = written
    key = [
        one.schema.name
        for one in proposal.guesses
        if sent.get(f"key-{one.position}") and one.schema.name in columns
    ]
    if not key:
        raise AttainError(problem(errors.KEY_NEEDED))
    title = sent.get("title", "").strip() or proposal.schema.labels.zh
    data: dict[str, Any] = {
        "dataset": sent.get("name", "").strip() or proposal.schema.dataset,
        "label": {"zh-Hans": title, "en": sent.get("title_en", "").strip() or title},
        "key": key,
    }
    day = sent.get("date", "")
    if day in columns and columns[day]["type"] == "date":
        data["date"] = day
    if sent.get("load") == "replace":
        data["load"] = "replace"
    return write_yaml({**data, "columns": columns})


def _column(sent: QueryDict, position: int, name: str, kind: str) -> dict[str, Any]:
    label = sent.get(f"label-{position}", "").strip() or name
    data: dict[str, Any] = {"label": {"zh-Hans": label, "en": label}}
    if kind.startswith(REFERENCE):
        data |= {"type": "key", "of": kind.removeprefix(REFERENCE)}
    else:
        data["type"] = kind
    if kind == "money":
        data["currency"] = sent.get(f"currency-{position}", "") or company().currency
    scale = str(sent.get(f"scale-{position}", ""))
    if scale.isdecimal():
        data["scale"] = int(scale)
    if sent.get(f"personal-{position}"):
        data["personal"] = True
    return data
