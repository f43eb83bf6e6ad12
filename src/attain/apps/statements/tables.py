"""Lists of this app, each described once for page, filter, export and API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.people.selectors import EVERYONE, Name, Scope
from attain.apps.statements.models import PostingPeriod
from attain.apps.statements.selectors import estimated_people, people_with_statements
from attain.core.periods import Period
from attain.ui.formats import person_name
from attain.ui.tables import Column, OrmTable, RowsTable
from attain.ui.tables.columns import read_path

STATES: Final = (
    (PostingPeriod.OPEN, pgettext_lazy("posting period", "Open"), "neutral"),
    (PostingPeriod.CLOSED, pgettext_lazy("posting period", "Closed"), "neutral"),
)


def people_table(month: Period, within: Scope = EVERYONE) -> OrmTable:
    """Whose published statements the actor may see in a month, with what was posted.

    `within` narrows them to some people.
    """

    def queryset(actor: Actor) -> Any:
        return within.restrict(people_with_statements(actor, month), "pk")

    currency = company().currency
    return OrmTable(
        "statements",
        _("Statements"),
        (
            *_who(month),
            Column("lines", _("Lines"), "number", hidden=True),
            Column("corrections", _("Corrections"), "number", hidden=True),
            Column("amount_minor", _("Posted"), "money", unit=currency, total=True),
        ),
        queryset,
        default_sort=("code",),
    )


def estimates_table(month: Period, actor: Actor, within: Scope = EVERYONE) -> RowsTable:
    """Whose estimates of a month the actor may see; of one currency they add up."""
    rows = [row for row in estimated_people(actor, month) if within.sees(row["key"])]
    currencies = {row["currency"] for row in rows} or {company().currency}
    amount = Column("amount_minor", _("Estimate"), "money", currency_from="currency")
    if len(currencies) == 1:
        amount = replace(amount, currency_from="", unit=currencies.pop(), total=True)
    return RowsTable(
        "estimates",
        _("Estimates"),
        (*_who(month), amount),
        lambda _reader: rows,
        default_sort=("code",),
    )


def _who(month: Period) -> tuple[Column, ...]:
    def url(row: Any) -> str:
        return reverse(
            "statements:detail", kwargs={"period": month.label, "person": read_path(row, "key")}
        )

    return (
        Column(
            "name",
            _("Name"),
            "text",
            value=_called,
            source="name",
            searchable=True,
            url=url,
            primary=True,
        ),
        Column("name_en", _("English name"), "text", searchable=True, hidden=True),
        Column("code", _("Staff number"), "code", searchable=True),
    )


def _called(row: Any) -> str:
    """The name in the reader's language."""
    return person_name(Name(read_path(row, "name"), read_path(row, "name_en") or "", ""))


def periods_table() -> OrmTable:
    """The posting periods, newest first."""

    def url(row: PostingPeriod) -> str:
        return reverse("statements:period", kwargs={"period": row.code})

    return OrmTable(
        "posting-periods",
        _("Posting periods"),
        (
            Column("code", _("Month"), "code", url=url, primary=True),
            Column("state", _("State"), "status", choices=STATES),
            Column("people", _("People"), "number"),
            Column("amount_minor", _("Posted"), "money", unit=company().currency),
            Column("closed_at", _("Closed at"), "datetime"),
        ),
        lambda actor: _with_figures(),
        default_sort=("-code",),
    )


def _with_figures() -> Any:
    from django.db.models import Count, Sum

    return PostingPeriod.objects.annotate(
        people=Count("lines__participant", distinct=True), amount_minor=Sum("lines__amount_minor")
    )
