"""Whether the audit trail is what was written: every entry, in its place, to the last byte."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from attain.apps.audit import sealing
from attain.apps.audit.models import AuditEntry
from attain.core.labels import Labels, labels

_AT_ONCE: Final = 2000
_COLUMNS: Final = (
    "pk", "at", "on_behalf_of", "mark", "seal__number", "seal__digest", *sealing.FIELDS
)  # fmt: skip


class Break(StrEnum):
    """How a chain can be broken."""

    missing = "missing"
    changed = "changed"
    inserted = "inserted"
    cut = "cut"
    anchor = "anchor"


REASONS: Final[dict[Break, Labels]] = {
    Break.missing: labels("这一条被删除", "it was removed"),
    Break.changed: labels("内容或顺序被改动", "it or its place was changed"),
    Break.inserted: labels("有一条不是程序写入的记录", "an entry was not written by the program"),
    Break.cut: labels("末尾被截断或整段被替换", "the end was cut off, or the chain was replaced"),
    Break.anchor: labels("链头文件缺失或被改动", "the file with the head is missing or changed"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were looked at, and the first place where the chain breaks."""

    count: int
    pending: int
    broken_at: int | None = None
    reason: Break | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing was changed, removed or slipped in."""
        return self.reason is None


def verify() -> Verdict:
    """Read the whole trail and compare it with its seals, the marks and the kept head."""
    anchor = sealing.anchored()
    number, digest = 0, sealing.START
    fits_anchor = anchor is None
    rows = AuditEntry.objects.filter(seal__isnull=False).order_by("seal__number")
    for row in rows.values_list(*_COLUMNS, named=True).iterator(_AT_ONCE):
        number += 1
        if row.seal__number != number:
            return Verdict(number - 1, 0, number, Break.missing)
        digest = sealing.digest_of(number, row, digest)
        if not hmac.compare_digest(digest, row.seal__digest):
            return Verdict(number - 1, 0, number, Break.changed)
        if not hmac.compare_digest(sealing.mark_of(row), row.mark):
            return Verdict(number - 1, 0, number, Break.inserted)
        if anchor is not None and number == anchor.number:
            fits_anchor = digest == anchor.digest
    return _end(number, fits_anchor, anchor is None)


def _end(number: int, fits_anchor: bool, is_unanchored: bool) -> Verdict:
    if number and is_unanchored:
        return Verdict(number, 0, number, Break.anchor)
    if not fits_anchor:
        return Verdict(number, 0, number + 1, Break.cut)
    pending = 0
    for entry in AuditEntry.objects.filter(seal__isnull=True).iterator(_AT_ONCE):
        if not hmac.compare_digest(sealing.mark_of(entry), entry.mark):
            return Verdict(number, pending, number + 1, Break.inserted)
        pending += 1
    return Verdict(number, pending)
