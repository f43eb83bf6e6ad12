"""The columns of a list of records: what every record has, and the fields of its type.

Confidential fields are no columns: they can be neither shown, filtered, sorted, searched,
added up nor exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.records.models import Record
from attain.apps.records.naming import Naming
from attain.kinds.records import Kind
from attain.kinds.records import values as exact
from attain.kinds.records.fields import CHOOSING, KEYS, NUMBERS, FieldSpec, FieldType
from attain.ui import formats
from attain.ui.tables.columns import Column, ColumnType

SOON: Final = timedelta(days=7)
OVERDUE: Final = "overdue"
FIELDS_AT_FIRST: Final = 4
"""Fields a list shows where its type does not say which."""
_TYPES: Final[Mapping[FieldType, ColumnType]] = {
    FieldType.text: "text",
    FieldType.long_text: "text",
    FieldType.code: "code",
    FieldType.count: "number",
    FieldType.days: "number",
    FieldType.points: "points",
    FieldType.ratio: "ratio",
    FieldType.money: "money",
    FieldType.date: "date",
    FieldType.boolean: "boolean",
    FieldType.choice: "choice",
    FieldType.choices: "choice",
    FieldType.person: "person",
    FieldType.unit: "text",
    FieldType.record: "link",
}
_STANDARD: Final = ("number", "title", "state", "owner", "due")
_LENGTH: Final = 60
"""Signs of a long text that a list shows; the record shows all."""


def columns_of(kind: Kind, actor: Actor, naming: Naming) -> tuple[Column, ...]:
    """Every column of a kind for a reader; those its declaration names come first."""
    found = {one.name: one for one in (*_common(kind, actor, naming), *_fields(kind, naming))}
    shown = shown_at_first(kind, found)
    first = [replace(found[name], hidden=False) for name in shown]
    return (*first, *(replace(one, hidden=True) for one in found.values() if one.name not in shown))


def shown_at_first(kind: Kind, found: Mapping[str, Column]) -> tuple[str, ...]:
    """The columns a list begins with: those declared, else what a stranger looks for."""
    declared = tuple(name for name in kind.type.views.list.columns if name in found)
    if declared:
        return declared
    fields = [
        name
        for name, spec in kind.fields.items()
        if name in found and spec.type is not FieldType.long_text and not spec.personal
    ]
    number, title, *rest = _STANDARD
    return (number, title, *fields[:FIELDS_AT_FIRST], *rest)


def _common(kind: Kind, actor: Actor, naming: Naming) -> Iterator[Column]:
    url = addresses(kind.name)
    yield Column("number", pgettext_lazy("record", "Number"), "code", url=url, drawer=True)
    yield Column(
        "title", pgettext_lazy("record", "Title"), "link",
        url=url, drawer=True, primary=True, searchable=True,
        value=lambda row: row.title or row.number, source="title",
    )  # fmt: skip
    states = [
        (one.name, one.label.get(formats.language()), str(one.tone)) for one in kind.cycle.states
    ]
    yield Column("state", pgettext_lazy("record", "State"), "status", choices=states)
    yield _due(actor)
    yield _deadline(actor)
    for name, label in (
        ("owner", pgettext_lazy("record", "Owner")),
        ("subject", pgettext_lazy("record", "About whom")),
        ("author", pgettext_lazy("record", "Written by")),
    ):
        yield Column(name, label, "person", source=name, value=_named(name, naming))
    yield Column(
        "unit", pgettext_lazy("record", "Unit"), source="unit", value=_named("unit", naming)
    )
    yield Column("business_date", pgettext_lazy("record", "Date"), "date")
    yield _dated(actor)
    yield Column("created_on", pgettext_lazy("record", "Begun on"), "date")


def _due(actor: Actor) -> Column:
    def late(row: Record) -> str:
        return days_late(row.due_on, actor.today) if is_late(row, actor.today) else ""

    return Column(
        "due", pgettext_lazy("record", "Due"), "date",
        source="due", value=lambda row: None if row.is_final else row.due_on, subtitle=late,
    )  # fmt: skip


def _deadline(actor: Actor) -> Column:
    def where(row: Record) -> str | None:
        if row.is_final or row.due_on is None:
            return None
        if row.due_on < actor.today:
            return OVERDUE
        if row.due_on == actor.today:
            return "today"
        return "soon" if row.due_on <= actor.today + SOON else "later"

    choices = [
        (OVERDUE, gettext_lazy("Overdue"), "problem"),
        ("today", gettext_lazy("Due today"), "accent"),
        ("soon", gettext_lazy("Due within 7 days"), "neutral"),
        ("later", gettext_lazy("Due later"), "outline"),
    ]
    return Column(
        "deadline", pgettext_lazy("record", "Deadline"), "status",
        choices=choices, value=where, source="deadline", sortable=False,
    )  # fmt: skip


def _dated(actor: Actor) -> Column:
    labels = {
        "today": gettext_lazy("today"),
        "this_week": gettext_lazy("this week"),
        "last_week": gettext_lazy("last week"),
        "this_month": gettext_lazy("this month"),
        "last_month": gettext_lazy("last month"),
        "this_year": gettext_lazy("this year"),
    }

    def where(row: Record) -> str | None:
        spans = spans_of(actor.today)
        return next(
            (name for name in labels if spans[name][0] <= row.business_date < spans[name][1]), None
        )

    return Column(
        "dated", pgettext_lazy("record", "When"), "choice",
        choices=list(labels.items()), value=where, source="dated", sortable=False,
    )  # fmt: skip


def spans_of(today: date) -> dict[str, tuple[date, date]]:
    """Days that a saved question names by word, so that it never grows old; ends exclusive."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    last_first = (first - timedelta(days=1)).replace(day=1)
    day, week = timedelta(days=1), timedelta(days=7)
    return {
        "today": (today, today + day),
        "this_week": (monday, monday + week),
        "last_week": (monday - week, monday),
        "this_month": (first, next_first),
        "last_month": (last_first, first),
        "this_year": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
    }


def is_late(row: Record, today: date) -> bool:
    """Whether the earliest day of an open record has passed."""
    return not row.is_final and row.due_on is not None and row.due_on < today


def days_late(due: date | None, today: date) -> str:
    """How long ago the day was, in words."""
    days = (today - due).days if due else 0
    return ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": days}


def addresses(kind: str) -> Callable[[Record], str]:
    """Gives the page of a record of a kind."""
    return lambda row: reverse("records:record", args=[kind, row.number])


def _fields(kind: Kind, naming: Naming) -> Iterator[Column]:
    taken = {"number", "title", "state", "due", "owner", "subject", "author", "unit"}
    for name, spec in kind.fields.items():
        if spec.confidential is None and spec.type in _TYPES and name not in taken:
            yield field_column(spec, naming)


def field_column(spec: FieldSpec, naming: Naming) -> Column:
    """The column of a field that may stand in a list."""
    language = formats.language()
    is_long = spec.type is FieldType.long_text
    return Column(
        name=spec.name,
        label=spec.label.get(language),
        type=_TYPES[spec.type],
        unit=_unit(spec),
        minor=False,
        choices=[(key, words.get(language)) for key, words in spec.choices.items()],
        sortable=not is_long and spec.type is not FieldType.choices,
        filterable=not is_long,
        searchable=spec.search,
        blank=True,
        total=spec.type in NUMBERS and spec.type is not FieldType.ratio,
        source=spec.name,
        value=reader_of(spec, naming),
        url=_target(spec, naming) if spec.type is FieldType.record else None,
        drawer=True,
    )


def _unit(spec: FieldSpec) -> str:
    if spec.type is FieldType.days:
        return _("days")
    return spec.currency or ""


def reader_of(spec: FieldSpec, naming: Naming) -> Any:
    """How a row gives the value of a field, as a cell shows it."""
    if spec.type in KEYS:
        return lambda row: naming.text(said(spec, row))
    if spec.type in CHOOSING:
        return lambda row: chosen(spec, said(spec, row), formats.language())
    if spec.type is FieldType.long_text:
        return lambda row: _shortened(said(spec, row))
    return lambda row: said(spec, row)


def said(spec: FieldSpec, row: Record) -> Any:
    """What a row says in a field, exact and typed; None where it says nothing."""
    return exact.from_json(spec, row.data.get(spec.name))


def chosen(spec: FieldSpec, value: Any, language: str) -> str | None:
    """The labels of what was chosen; a choice that is gone stays as it was written."""
    ids = [value] if isinstance(value, str) else list(value or ())
    words = [spec.choices[one].get(language) if one in spec.choices else one for one in ids]
    return pgettext("between things chosen", ", ").join(words) or None


def _shortened(value: Any) -> str | None:
    text = " ".join(str(value or "").split())
    return text if len(text) <= _LENGTH else text[:_LENGTH] + "…"


def _named(name: str, naming: Naming) -> Any:
    return lambda row: naming.text(getattr(row, name))


def _target(spec: FieldSpec, naming: Naming) -> Any:
    return lambda row: naming.part(str(said(spec, row) or "")).url or None
