"""The organisation: people, units, positions, who sits where and who is above whom.

Every row is dated, and every row knows the change that wrote it. Nothing is overwritten: a change
supersedes rows and writes others, so that what was known before can still be read, and a change
can be undone.
"""

from __future__ import annotations

from attain.apps.people.models.change import Change
from attain.apps.people.models.dated import CurrentRows, DatedRow, DatedRows
from attain.apps.people.models.placing import Assignment, Edge
from attain.apps.people.models.things import (
    Alias,
    Person,
    PersonVersion,
    Position,
    PositionVersion,
    Responsibility,
    Status,
    Unit,
    UnitVersion,
)

__all__ = [
    "Alias",
    "Assignment",
    "Change",
    "CurrentRows",
    "DatedRow",
    "DatedRows",
    "Edge",
    "Person",
    "PersonVersion",
    "Position",
    "PositionVersion",
    "Responsibility",
    "Status",
    "Unit",
    "UnitVersion",
]
