"""Uploaded files between their check and the decision: nothing is changed until somebody says so.

Each upload has a folder of its own, named by a token that nobody can guess and kept below the
user who uploaded it, so that nobody opens another's.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

KEPT: Final = timedelta(days=1)
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_SUFFIXES: Final = (".xlsx", ".csv")
_NAME_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file as it lies there."""

    token: str
    folder: Path
    path: Path
    name: str
    """What people call it."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of one page."""

    page: str

    def folder(self, user: int | None, token: str, within: str = "") -> Path:
        """Where an upload of a user lies; `within` what it was uploaded for.

        :raises Http404: a token of another shape.
        """
        if not _TOKEN.fullmatch(token):
            raise Http404
        return self._all / str(user) / (f"{within}-{token}" if within else token)

    @contextmanager
    def taken(
        self, file: UploadedFile, user: int | None, at: datetime, within: str = ""
    ) -> Iterator[Upload]:
        """A file in a folder of its own; if what is done with it fails, nothing of it stays."""
        self._sweep(at)
        token = secrets.token_hex(16)
        folder = self.folder(user, token, within)
        folder.mkdir(parents=True)
        given = file.name or ""
        # Only the extension of the given name is used: it says how the file is meant to be read.
        suffix = Path(given).suffix.lower()
        path = folder / f"upload{suffix if suffix in _SUFFIXES else ''}"
        try:
            with path.open("wb") as target:
                for chunk in file.chunks():
                    target.write(chunk)
            yield Upload(token, folder, path, given[:_NAME_MAX])
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @property
    def _all(self) -> Path:
        return Path(settings.DATA) / "staging" / self.page

    def _sweep(self, at: datetime) -> None:
        """Delete what nobody has decided about for a day."""
        limit = (at - KEPT).timestamp()
        for folder in self._all.glob("*/*"):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
