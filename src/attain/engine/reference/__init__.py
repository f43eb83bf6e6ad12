"""The reference: a plain interpreter of resolved plans, slow and obvious, the judge of the others.

It is written from the language's rules and from nothing else: it shares no arithmetic with
any compiler, knows no SQL, and computes with exact fractions throughout.
"""

from __future__ import annotations

from attain.engine.reference.calculation import Calculation
from attain.engine.reference.inputs import EarlierRun, Inputs, Interval, StoredRow
from attain.engine.reference.running import Relations, run_plan, written_relations

__all__ = [
    "Calculation",
    "EarlierRun",
    "Inputs",
    "Interval",
    "Relations",
    "StoredRow",
    "run_plan",
    "written_relations",
]
