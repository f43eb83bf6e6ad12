"""The trail as a list."""

from __future__ import annotations

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


def action_in_words(entry: AuditEntry) -> str:
    """What was done, for whoever reads the page."""
    return words.of(entry.action, CHINESE if formats.is_chinese() else ENGLISH)


ENTRIES: Final = OrmTable(
    name="audit",
    label=_("Audit trail"),
    all_columns=(
        Column("at", pgettext_lazy("audit", "When"), "datetime"),
        Column("actor_name", pgettext_lazy("audit", "Who"), "text", searchable=True),
        Column(
            "action",
            pgettext_lazy("audit", "What"),
            "link",
            source="action",
            value=action_in_words,
            url=lambda entry: reverse("audit:entry", args=[entry.pk]),
            searchable=True,
            primary=True,
        ),
        Column("object_label", pgettext_lazy("audit", "On what"), "text", searchable=True),
        Column("via", pgettext_lazy("audit", "By way of"), "choice", choices=VIA),
        Column("cause", _("Reason"), "text", searchable=True, sortable=False),
        Column("object_type", _("Kind of object"), "code", hidden=True),
        Column("object_id", _("Key of the object"), "code", hidden=True, searchable=True),
        Column("request_id", _("Number of the request"), "code", hidden=True, searchable=True),
    ),
    queryset=selectors.entries,
    default_sort=("-at",),
)
