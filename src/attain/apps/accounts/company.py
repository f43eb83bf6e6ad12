"""What the company says of itself, in `attain.yaml` of its data folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from attain.cli.workspace import SETTINGS, Settings, Workspace
from attain.core.labels import Labels
from attain.core.periods import Calendars


class Company:
    """Name, currency, language, time zone and calendars."""

    def __init__(self, workspace: Workspace | None) -> None:
        self._workspace = workspace
        self.settings = workspace.settings if workspace else Settings()

    @property
    def labels(self) -> Labels:
        """Its name, as it stands on documents and pages."""
        return self.settings.company

    @property
    def currency(self) -> str:
        """The currency of money that says nothing else."""
        return self.settings.currency

    @property
    def language(self) -> str:
        """The language of documents for readers who have not chosen one."""
        return self.settings.language

    @property
    def time_zone(self) -> str:
        """The zone of its business dates: one for pages, commands and calculation."""
        return str(settings.TIME_ZONE)

    @property
    def calendars(self) -> Calendars:
        """The calendars a period may be written in."""
        return self._workspace.calendars if self._workspace else Calendars()

    @property
    def calendar(self) -> str:
        """The calendar that is meant where a period is written without one."""
        return self.settings.calendar


def company() -> Company:
    """The company, read anew when its file has changed.

    :raises AttainError: every mistake in `attain.yaml`, with its line.
    """
    path = Path(settings.DATA) / SETTINGS
    return _read(path.parent, path.stat().st_mtime_ns if path.is_file() else None)


@lru_cache(maxsize=2)
def _read(folder: Path, changed: int | None) -> Company:
    return Company(None if changed is None else Workspace(folder))
