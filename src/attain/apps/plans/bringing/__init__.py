"""Participants by workbook: checked by the lake, brought in as one, taken back as one.

check_file(path, folder, plan, …)      every fault at its cell, and what would change
bring_in(preview, plan, …)             all of it or nothing; `undo` takes it back
"""

from __future__ import annotations

from attain.apps.plans.bringing.applying import bring_in, undo
from attain.apps.plans.bringing.checking import Change, Preview, check_file, load_preview
from attain.apps.plans.bringing.workbook import BYTES_MAX, workbook

__all__ = [
    "BYTES_MAX",
    "Change",
    "Preview",
    "bring_in",
    "check_file",
    "load_preview",
    "undo",
    "workbook",
]
