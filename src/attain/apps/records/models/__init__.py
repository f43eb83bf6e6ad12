"""Records as the company keeps them: their types, what each says, and all that happened to it.

What a record says stands in `data`, exact numbers as text; `RecordValue` is an index of it for
lists. Confidential fields stand in neither: they are kept apart in `RecordSecret`.
"""

from __future__ import annotations

from attain.apps.records.models.base import (
    KEY_LENGTH,
    NAME_LENGTH,
    NUMBER_LENGTH,
    SEARCH_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    USER,
)
from attain.apps.records.models.money import Allowance, AllowanceEntry
from attain.apps.records.models.past import (
    ClockMark,
    Comment,
    RecordEvent,
    RecordFile,
    RecordSecret,
    RecordSecretRead,
)
from attain.apps.records.models.things import Record, RecordLink, RecordParty, RecordValue
from attain.apps.records.models.types import (
    NumberSeries,
    RecordType,
    RecordTypeVersion,
    SavedFilter,
)

__all__ = [
    "KEY_LENGTH",
    "NAME_LENGTH",
    "NUMBER_LENGTH",
    "SEARCH_LENGTH",
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "USER",
    "Allowance",
    "AllowanceEntry",
    "ClockMark",
    "Comment",
    "NumberSeries",
    "Record",
    "RecordEvent",
    "RecordFile",
    "RecordLink",
    "RecordParty",
    "RecordSecret",
    "RecordSecretRead",
    "RecordType",
    "RecordTypeVersion",
    "RecordValue",
    "SavedFilter",
]
