"""Taking files in, keeping them, and sweeping what nobody keeps."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.files import errors, registry
from attain.apps.files.accepted import MIB
from attain.apps.files.inspecting import inspect
from attain.apps.files.models import StoredFile
from attain.core.errors import AttainError, Problem, problem

KEPT_UNREFERENCED: Final = timedelta(days=7)
NAME_MAX: Final = 200


class Upload(Protocol):
    """What a form or the programming interface hands over."""

    @property
    def name(self) -> str | None: ...
    def chunks(self) -> Iterable[bytes]: ...


def take_in(upload: Upload, *, actor: Actor, purpose: str, at: datetime) -> StoredFile:
    """Keep an uploaded file, once its content is known to be what its purpose takes.

    Whoever goes on to use it calls `keep`; what nobody keeps is swept after a week.

    :raises KeyError: a purpose nobody registered.
    :raises AttainError: UPLOAD_EMPTY, UPLOAD_TOO_LARGE, and what `inspect` refuses.
    """
    rule = registry.purpose(purpose)
    name = safe_name(upload.name or "")
    written, sha256, size = _write(upload, name, rule.bytes_max)
    try:
        kind = inspect(written, name, rule.kinds)
        target = folder() / sha256
        # Equal content is one file; replacing it by itself heals one that was damaged.
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            name=name,
            media_type=kind.media_type,
            size=size,
            sha256=sha256,
            purpose=purpose,
            taken_by_id=actor.user_id,
            taken_at=at,
        )
        audit.record(
            actor=actor,
            action="files.take_in",
            object=("file", stored.pk, name),
            after={"sha256": sha256, "size": size, "purpose": purpose},
            at=at,
        )
    return stored


def keep(file: StoredFile, *, at: datetime) -> None:
    """Something refers to a file from now on."""
    StoredFile.objects.filter(pk=file.pk, kept_at=None).update(kept_at=at)


def sweep(*, at: datetime) -> int:
    """Delete files that nobody kept for a week; says how many. Safe to repeat."""
    old = StoredFile.objects.filter(kept_at=None, taken_at__lt=at - KEPT_UNREFERENCED)
    hashes = set(old.values_list("sha256", flat=True))
    count, _ = old.delete()
    kept = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in hashes - kept:
        (folder() / sha256).unlink(missing_ok=True)
    _sweep_halves(at)
    return count


def _sweep_halves(at: datetime) -> None:
    """What an upload that was cut off left behind."""
    limit = (at - timedelta(days=1)).timestamp()
    for path in folder().glob("*.writing"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """Where contents lie, by their hash."""
    found = Path(settings.DATA) / "files"
    found.mkdir(parents=True, exist_ok=True)
    return found


def safe_name(name: str) -> str:
    """A name without path, control signs and signs that turn the direction of text."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        return kept[:NAME_MAX] or "file"
    return f"{stem[: NAME_MAX - len(suffix) - 1]}.{suffix}"[:NAME_MAX]


def _write(upload: Upload, name: str, limit: int) -> tuple[Path, str, int]:
    """Write the content aside while it is counted and hashed."""
    path = folder() / f"{os.getpid()}-{os.urandom(8).hex()}.writing"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > limit:
                    raise AttainError(_too_large(name, size, limit))
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if size == 0:
            raise AttainError(problem(errors.UPLOAD_EMPTY, name=name))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest(), size


def _too_large(name: str, size: int, limit: int) -> Problem:
    return problem(errors.UPLOAD_TOO_LARGE, name=name, size=_mib(size), limit=_mib(limit))


def _mib(size: int) -> str:
    return f"{-(-size // MIB)} MB"
