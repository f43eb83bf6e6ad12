"""From any number back to its rule, its inputs, its rows, its file and line.

`explain` gives data without sentences; `render` puts it into Chinese or English. It works over
a calculation in memory and over a finished run with a reader for its files.
"""

from __future__ import annotations

from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.explaining import DEPTH, explain
from attain.engine.provenance.model import Cell, FactRef, Kind, Node, Status, Subject
from attain.engine.provenance.readers import Readers
from attain.engine.provenance.rendering import Outline, Viewer, outline, render, with_inputs
from attain.engine.provenance.stored import RunReader
from attain.engine.provenance.wanted import Dated, Wanted

__all__ = [
    "DEPTH",
    "Cell",
    "Dated",
    "Evidence",
    "FactRef",
    "Kind",
    "Node",
    "Outline",
    "Readers",
    "RunReader",
    "Status",
    "Subject",
    "Viewer",
    "Wanted",
    "explain",
    "outline",
    "render",
    "with_inputs",
]
