"""What templates of data ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attain.apps.data.doubts import Doubt
from attain.apps.data.lifecycle import CYCLE
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.datasets import Month
from attain.apps.data.pages.words import column_name, name_of, told
from attain.apps.data.pages.words import said as said_in_language
from attain.core.errors import Problem
from attain.core.labels import Labels
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.ui import formats

register = template.Library()


@register.inclusion_tag("data/_steps.html")
def import_steps(step: int) -> dict[str, Any]:
    """The steps of an import, and where the reader is."""
    steps = (
        (1, _("Choose the file")),
        (2, _("Map columns")),
        (3, _("Check and correct")),
        (4, pgettext("import", "Load")),
    )
    return {"steps": steps, "step": step}


@register.filter
def said(labels: Labels) -> str:
    """A label in the reader's language."""
    return said_in_language(labels)


@register.filter
def dataset_label(schema: DatasetSchema) -> str:
    """What a dataset is called."""
    return name_of(schema)


@register.filter
def told_message(problem: Problem) -> str:
    """A problem in one sentence."""
    return told(problem).message


@register.filter
def at(values: Sequence[Any], position: int) -> Any:
    """The value at a position; blank where there is none."""
    return values[position] if position < len(values) else ""


@register.filter
def batch_state(batch: ImportBatch) -> str:
    """Where an import stands."""
    return said_in_language(CYCLE.state(batch.state).label)


@register.filter
def column_label(column: ColumnSchema) -> str:
    """What a column is called."""
    return column_name(column)


@register.filter
def signed(value: int) -> str:
    """A difference with its sign."""
    return f"+{formats.count(value)}" if value > 0 else str(formats.count(value))


@register.filter
def month_words(month: Month) -> str:
    """The state of a month, for those who do not see colours."""
    words = {
        "covered": pgettext("month", "complete"),
        "part": pgettext("month", "complete in part"),
        "open": pgettext("month", "rows, but not complete"),
    }
    return words.get(month.state, pgettext("month", "no data"))


@register.filter
def type_words(column: ColumnSchema) -> str:
    """What a column holds."""
    words = {
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
        ColumnType.key: _("Code of: %(name)s") % {"name": ", ".join(column.kinds)},
    }
    return f"{words[column.type]} {column.currency or ''}".strip()


@register.filter
def receipt_word(key: str) -> str:
    """What an entry of a receipt is called."""
    words = {
        "accepted": pgettext("receipt", "Loaded rows"),
        "at": pgettext("receipt", "On"),
        "by": pgettext("receipt", "By"),
        "corrected": pgettext("receipt", "Cells corrected"),
        "file": pgettext("receipt", "File"),
        "keyed": pgettext("receipt", "Stored as keys"),
        "mapping": pgettext("receipt", "Layout"),
        "reason": pgettext("receipt", "Reason"),
        "rejected": pgettext("receipt", "Rejected rows"),
        "rekeyed": pgettext("receipt", "Codes became keys"),
        "rows": pgettext("receipt", "Rows of the file"),
        "sha256": pgettext("receipt", "Content of the file"),
        "sheet": pgettext("receipt", "Sheet"),
        "skipped": pgettext("receipt", "Skipped rows"),
        "source": pgettext("receipt", "Source"),
        "undoes": pgettext("receipt", "Undoes"),
        "withdrawn": pgettext("receipt", "Withdrawn rows"),
    }
    return words.get(key, key)


@register.filter
def doubt_words(doubt: Doubt) -> str:
    """What is doubtful, in a sentence."""
    values = {"n": formats.count(doubt.count), "column": doubt.column}
    sentences = {
        "gap": ngettext(
            "%(n)s month in between has no data",
            "%(n)s months in between have no data",
            doubt.count,
        ),
        "open": ngettext(
            "%(n)s month has rows and is not complete",
            "%(n)s months have rows and are not complete",
            doubt.count,
        ),
        "reference": ngettext(
            "%(n)s row refers in “%(column)s” to something that is not there",
            "%(n)s rows refer in “%(column)s” to something that is not there",
            doubt.count,
        ),
        "twin": ngettext(
            "%(n)s row is the same as another but for its number",
            "%(n)s rows are the same as others but for their numbers",
            doubt.count,
        ),
        "leaver": ngettext(
            "%(n)s row names in “%(column)s” somebody who had left by then",
            "%(n)s rows name in “%(column)s” somebody who had left by then",
            doubt.count,
        ),
    }
    return sentences[doubt.kind] % values
