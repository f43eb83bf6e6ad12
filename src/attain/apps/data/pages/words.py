"""Sentences and names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from attain.core.errors import Problem, Severity, render
from attain.core.labels import CHINESE, ENGLISH, Labels
from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.lake.coverage import Interval
from attain.ui import formats


def language() -> str:
    """The language of the page, as labels and errors call it."""
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def said(labels: Labels, fallback: str = "") -> str:
    """A label in the reader's language."""
    return labels.get(language()) or fallback


def name_of(schema: DatasetSchema) -> str:
    """What a dataset is called."""
    return said(schema.labels, schema.dataset)


def column_name(column: ColumnSchema) -> str:
    """What a column is called."""
    return said(column.labels, column.name)


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the reader's words."""

    code: str
    severity: str
    message: str
    why: str
    remedy: str
    place: str
    row: int | None
    column: str | None


def told(one: Problem) -> Told:
    """A problem for a page."""
    where = one.where
    # Which file and sheet is said once, in the head of the page.
    inside = replace(where, file=None, sheet=None) if where else None
    words = render(replace(one, where=inside, values=_timely(one.values)), language())
    return Told(
        code=one.code,
        severity=one.severity.value,
        message=words.message,
        why=words.why,
        remedy=words.remedy,
        place=words.place,
        row=where.row if where else None,
        column=where.column if where else None,
    )


def _timely(values: Mapping[str, object]) -> dict[str, object]:
    """Moments that a receipt kept in full, as readers write them."""
    return {name: _moment(value) if name == "at" else value for name, value in values.items()}


def _moment(value: object) -> object:
    try:
        return formats.moment(datetime.fromisoformat(str(value)))
    except ValueError:
        return value


def told_data(stored: Iterable[dict[str, object]]) -> list[Told]:
    """Problems that were kept as data."""
    return [told(Problem.from_data(one)) for one in stored]


def is_error(one: Problem) -> bool:
    """True for what stops an import."""
    return one.severity is Severity.error


def span_name(span: Interval) -> str:
    """Days in words: whole months short, else first and last day."""
    start, until = span
    last = until - timedelta(days=1)
    if start == date.min or until == date.max:
        return f"{'…' if start == date.min else start} – {'…' if until == date.max else last}"
    if start.day == 1 and until.day == 1:
        first_month, last_month = f"{start:%Y-%m}", f"{last:%Y-%m}"
        if first_month == last_month:
            return str(formats.period_name(first_month))
        return f"{formats.period_name(first_month)} – {formats.period_name(last_month)}"
    return f"{start} – {last}"
