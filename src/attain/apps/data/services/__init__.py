"""Verbs of datasets: declare, import, publish, freeze, undo."""

from __future__ import annotations

from attain.apps.data.services.declaring import declare
from attain.apps.data.services.freezing import freeze, publish_rows, refresh
from attain.apps.data.services.importing import Imported, import_file
from attain.apps.data.services.mapping import check_again, map_columns
from attain.apps.data.services.starting import abandon, start_imports
from attain.apps.data.services.storing import ask_to_approve, ask_to_load
from attain.apps.data.services.undoing import undo_import

__all__ = [
    "Imported",
    "abandon",
    "ask_to_approve",
    "ask_to_load",
    "check_again",
    "declare",
    "freeze",
    "import_file",
    "map_columns",
    "publish_rows",
    "refresh",
    "start_imports",
    "undo_import",
]
