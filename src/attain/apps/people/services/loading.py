"""The organisation of a folder of files at once: how the demo and a first set-up begin."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from attain.apps.accounts.actors import Actor
from attain.apps.people.columns import KEPT, schemas
from attain.apps.people.models import Change
from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema


def load_company(
    inbox: Path,
    *,
    actor: Actor,
    at: datetime,
    declared: Mapping[str, DatasetSchema] | None = None,
) -> Change:
    """Bring in people, units, positions, assignments and edges from the files of a folder.

    Each is `<dataset>.csv` or `.xlsx`; those that are not there are left out. `declared` holds
    the company's columns; by default what it has declared in the product.

    :raises AttainError: every problem of every file, with its place; nothing is brought in then.
    """
    # Late: the import stands on the other verbs.
    from attain.apps.people.importing import bring_in, check_files

    found = [
        (path, path.name)
        for name in KEPT
        for path in (inbox / f"{name}.csv", inbox / f"{name}.xlsx")
        if path.is_file()
    ]
    with tempfile.TemporaryDirectory(prefix="attain-company-") as folder:
        checked = check_files(found, Path(folder), schemas=declared or schemas(), today=actor.today)
        faults = [one for sheet in checked.sheets if sheet.errors for one in sheet.problems]
        if faults:
            raise AttainError(faults)
        return bring_in(checked, actor=actor, at=at, reason=inbox.name)
