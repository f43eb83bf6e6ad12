"""Static files under names that change with their content, collected when the server starts."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from attain import __version__
from attain.config import errors
from attain.core.errors import AttainError, problem

STAMP: Final = ".collected"


class HashedStorage(CompressedManifestStaticFilesStorage):
    """A file that nobody collected keeps its plain name instead of breaking the page."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with its hash, or the plain one."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    # Modules import one another by the hashed names, too: an upgrade is seen at once.
    support_js_module_import_aggregation = True
    # Only ours: a module of django-htmx names a file that is not there.
    _js_module_import_aggregation_patterns = (
        "ui/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def create_compressor(self, **options: Any) -> Compressor:
        """gzip alone: brotli takes most of a minute and saves a tenth, on a local network."""
        return Compressor(use_brotli=False, **options)


def collect(data: Path) -> None:
    """Copy, hash and compress static files, if any is new since the last start.

    :raises AttainError: ASSETS_MISSING if set-up was not run.
    """
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    if not has_assets():
        raise AttainError(problem(errors.ASSETS_MISSING))
    found = sorted(
        (path, storage.path(path))
        for finder in finders.get_finders()
        for path, storage in finder.list([])
    )
    stamp = data / "static" / STAMP
    fingerprint = _fingerprint(found)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    call_command(
        "collectstatic",
        verbosity=0,
        interactive=False,
        clear=True,
        # Another viewer of the API, which nobody opens.
        ignore_patterns=["redoc*"],
    )
    stamp.write_text(fingerprint, encoding="ascii")


def has_assets() -> bool:
    """Whether set-up has brought the styles and scripts of others."""
    from django.contrib.staticfiles import finders

    return finders.find("vendor") is not None or finders.find("ui/tokens.css") is not None


def _fingerprint(files: list[tuple[str, str]]) -> str:
    digest = sha256(__version__.encode())
    for name, path in files:
        status = Path(path).stat()
        digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
