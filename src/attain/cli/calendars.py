"""The calendars of a workspace: declared ones, and those that come as rows of a dataset."""

from __future__ import annotations

from attain.cli.runs.tables import read_rows
from attain.cli.workspace import Workspace
from attain.core.manifests import DatasetVersion
from attain.core.periods import CalendarRow, Calendars, table_calendars
from attain.core.stores import Store
from attain.lake import FileCatalog

CALENDARS = "calendars"


def all_calendars(workspace: Workspace) -> Calendars:
    """The declared calendars with those of the present version of the dataset `calendars`.

    :raises AttainError: gaps and overlaps of a calendar.
    """
    lake = FileCatalog(workspace.lake)
    version = lake.head(CALENDARS)
    return with_rows(workspace, lake, version) if version else workspace.calendars


def with_rows(workspace: Workspace, store: Store, version: DatasetVersion) -> Calendars:
    """The declared calendars with those of one version of the dataset.

    :raises AttainError: gaps and overlaps of a calendar.
    """
    rows = [
        CalendarRow(
            calendar=row["calendar"],
            kind=row["kind"],
            label=row["label"],
            from_=row["from"],
            until=row["until"],
            parent=row["parent"],
        )
        for row in read_rows(store.part_paths(version))
    ]
    declared = workspace.calendars
    own = {**{name: declared[name] for name in declared}, **table_calendars(rows)}
    return Calendars(own.values(), workspace.settings.calendar)
