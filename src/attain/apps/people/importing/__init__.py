"""The organisation by workbook: checked by the lake against what is known, brought in whole.

checked = check_files([path], folder, ...)     every sheet, every error by row and column
bring_in(checked, actor=…, at=…)               one change; `services.undo` takes it back
"""

from __future__ import annotations

from attain.apps.people.importing.applying import bring_in
from attain.apps.people.importing.checking import Check, Sheet, check_files, load_check
from attain.apps.people.importing.exporting import export_workbook

__all__ = ["Check", "Sheet", "bring_in", "check_files", "export_workbook", "load_check"]
