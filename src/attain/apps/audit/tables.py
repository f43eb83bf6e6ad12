"""The trail as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.audit import selectors, words
from attain.apps.audit.models import AuditEntry
from attain.core.labels import CHINESE, ENGLISH
from attain.ui import formats
from attain.ui.tables import Column, OrmTable

VIA: Final = (
    ("session", pgettext_lazy("audit", "page")),
    ("token", pgettext_lazy("audit", "API")),
    ("command", pgettext_lazy("audit", "command line")),
    ("job", pgettext_lazy("audit", "job")),
)


def language() -> str:
    """Of whoever reads the page."""
    return CHINESE if formats.is_chinese() else ENGLISH


def action_in_words(entry: AuditEntry) -> str:
    """What was done, for whoever reads the page."""
    return words.of(entry.action, language())


def entries() -> OrmTable:
    """The trail; what can be filtered by is named in the words of whoever reads the page."""
    return OrmTable(
        name="audit",
        label=_("Audit trail"),
        all_columns=_columns(),
        queryset=selectors.entries,
        default_sort=("-at",),
    )


def _columns() -> tuple[Column, ...]:
    def thing(entry: AuditEntry) -> str:
        return words.thing(entry.object_type, language())

    return (
        Column("at", pgettext_lazy("audit", "When"), "datetime"),
        Column("actor_name", pgettext_lazy("audit", "Who"), "text", searchable=True),
        Column(
            "done",
            pgettext_lazy("audit", "What"),
            "link",
            source="action",
            value=action_in_words,
            url=lambda entry: reverse("audit:entry", args=[entry.pk]),
            filterable=False,
            primary=True,
        ),
        Column(
            "action",
            pgettext_lazy("audit", "Action"),
            "choice",
            choices=_choices(words.actions(), words.of),
            hidden=True,
        ),
        Column("object_label", pgettext_lazy("audit", "On what"), searchable=True, subtitle=thing),
        Column("via", pgettext_lazy("audit", "By way of"), "choice", choices=VIA),
        Column("cause", _("Reason"), "text", searchable=True, sortable=False, blank=True),
        Column(
            "object_type",
            _("Kind of object"),
            "choice",
            choices=_choices(words.things(), words.thing),
            hidden=True,
        ),
        Column("object_id", _("Key of the object"), "code", hidden=True, searchable=True),
        Column("request_id", _("Number of the request"), "code", hidden=True, searchable=True),
    )


def _choices(codes: Iterable[str], said: Callable[[str, str], str]) -> tuple[tuple[str, str], ...]:
    spoken = language()
    return tuple(sorted(((code, said(code, spoken)) for code in codes), key=lambda one: one[1]))
