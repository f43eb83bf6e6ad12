"""What can be done with records; each function is one transaction and returns what it made."""

from __future__ import annotations

from attain.apps.records.secrets import reveal
from attain.apps.records.services.acting import take
from attain.apps.records.services.bulk import Outcome, bulk_change, bulk_take
from attain.apps.records.services.loading import Loaded, Row, load, load_file
from attain.apps.records.services.talking import (
    attach,
    comment,
    delete_comment,
    detach,
    edit_comment,
)
from attain.apps.records.services.types import (
    Installed,
    Planned,
    install_types,
    open_secret,
    plan_change,
    switch,
)
from attain.apps.records.services.writing import change, create

__all__ = [
    "Installed",
    "Loaded",
    "Outcome",
    "Planned",
    "Row",
    "attach",
    "bulk_change",
    "bulk_take",
    "change",
    "comment",
    "create",
    "delete_comment",
    "detach",
    "edit_comment",
    "install_types",
    "load",
    "load_file",
    "open_secret",
    "plan_change",
    "reveal",
    "switch",
    "take",
]
