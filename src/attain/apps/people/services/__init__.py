"""Verbs of the organisation. Each is one transaction with its checks, its change and its trail.

hire, rehire, change, leave              people
assign, move, end_assignment             where they sit
found_unit, change_unit, close_unit      units, and likewise positions
set_edge, end_edge                       further hierarchies
undo                                     the last word on a mistake
"""

from __future__ import annotations

from attain.apps.people.services.employing import change, hire, leave, rehire
from attain.apps.people.services.linking import end_edge, set_edge
from attain.apps.people.services.loading import load_company
from attain.apps.people.services.seating import assign, end_assignment, move
from attain.apps.people.services.structuring import (
    change_position,
    change_unit,
    close_position,
    close_unit,
    found_position,
    found_unit,
)
from attain.apps.people.services.undoing import undo

__all__ = [
    "assign",
    "change",
    "change_position",
    "change_unit",
    "close_position",
    "close_unit",
    "end_assignment",
    "end_edge",
    "found_position",
    "found_unit",
    "hire",
    "leave",
    "load_company",
    "move",
    "rehire",
    "set_edge",
    "undo",
]
