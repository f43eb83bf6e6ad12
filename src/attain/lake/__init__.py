"""The lake: datasets as immutable monthly files, and the one flow by which data comes in.

    detected = lake.detect(path, staging)              what the file is, read in a child process
    mapping = lake.propose_mapping(detected, schema)   which column is which; remembered
    checked = lake.check(detected, mapping, schema, catalog)     every error, counts, totals
    receipt = lake.commit(checked, catalog)            all at once, as a new version
    lake.undo(catalog, "orders")

Command line and pages take the same steps; `Detected` and `Checked` lie in the staging folder,
so that each step may be taken by another process.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attain.lake.catalog import FileCatalog, Lake
    from attain.lake.checked import Checked, RowCounts
    from attain.lake.checking.check import Conditions, check
    from attain.lake.checking.totals import ControlTotal
    from attain.lake.committing import Receipt, commit, latest_import, taken_back, undo
    from attain.lake.declarations import load_schemas
    from attain.lake.detecting import Detected, detect, preview
    from attain.lake.headers import guess_header
    from attain.lake.mapping import ColumnMapping, mapping_problems, propose_mapping
    from attain.lake.reading.limits import Limits
    from attain.lake.rejected import write_rejected
    from attain.lake.remembering import FileMappings

__all__ = [
    "Checked",
    "ColumnMapping",
    "Conditions",
    "ControlTotal",
    "Detected",
    "FileCatalog",
    "FileMappings",
    "Lake",
    "Limits",
    "Receipt",
    "RowCounts",
    "check",
    "commit",
    "detect",
    "guess_header",
    "latest_import",
    "load_schemas",
    "mapping_problems",
    "preview",
    "propose_mapping",
    "taken_back",
    "undo",
    "write_rejected",
]

_HOMES = {
    "catalog": ("FileCatalog", "Lake"),
    "checked": ("Checked", "RowCounts"),
    "checking.check": ("Conditions", "check"),
    "checking.totals": ("ControlTotal",),
    "committing": ("Receipt", "commit", "latest_import", "taken_back", "undo"),
    "declarations": ("load_schemas",),
    "detecting": ("Detected", "detect", "preview"),
    "headers": ("guess_header",),
    "mapping": ("ColumnMapping", "mapping_problems", "propose_mapping"),
    "reading.limits": ("Limits",),
    "rejected": ("write_rejected",),
    "remembering": ("FileMappings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Find names when they are asked for: the child that parses files imports this package
    too, and has to start fast and with little in it.
    """
    if name not in _HOME_OF:
        raise AttributeError(f"attain.lake has no {name!r}")
    return getattr(import_module(f"attain.lake.{_HOME_OF[name]}"), name)
