"""Verbs of datasets: declare, import, publish, freeze, undo."""

from __future__ import annotations

from attain.apps.data.services.declaring import declare
from attain.apps.data.services.freezing import freeze, publish_rows
from attain.apps.data.services.importing import Imported, import_file
from attain.apps.data.services.undoing import undo_import

__all__ = ["Imported", "declare", "freeze", "import_file", "publish_rows", "undo_import"]
