"""Who reads what of the trail."""

from __future__ import annotations

import json
from typing import Any, Protocol

from django.db.models import QuerySet

from attain.apps.audit import words
from attain.apps.audit.models import AuditEntry

READERS = ("auditor", "system_admin")

_OF_THE_MACHINE = ("accounts.", "audit.", "jobs.", "files.", "notices.")
"""Actions whose contents are the business of system administrators."""


class Reader(Protocol):
    """Whoever asks; roles are known one floor up."""

    def has(self, *roles: Any) -> bool: ...


def entries(reader: Reader) -> QuerySet[AuditEntry]:
    """The trail for those who may read it, nothing for anybody else."""
    if not reader.has(*READERS):
        return AuditEntry.objects.none()
    return AuditEntry.objects.select_related("seal")


def shows_contents(reader: Reader, entry: AuditEntry) -> bool:
    """Auditors read what stood there before and after; administrators only of the machine."""
    return reader.has("auditor") or entry.action.startswith(_OF_THE_MACHINE)


def differences(entry: AuditEntry, language: str) -> list[tuple[str, str, str]]:
    """Field, before, after, in words: of every field that is said."""
    before = json.loads(entry.before or "{}")
    after = json.loads(entry.after or "{}")

    def shown(name: str, value: object) -> str:
        return words.value(entry.object_type, name, _shown(value), language)

    return [
        (words.field(name, language), shown(name, before.get(name)), shown(name, after.get(name)))
        for name in dict.fromkeys([*before, *after])
    ]


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
