"""The look at a file before it is kept: size, kind by content, archives and pictures."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from attain.apps.files import errors
from attain.apps.files.accepted import (
    DOCUMENT,
    JPEG,
    MIB,
    OTHER_ARCHIVE,
    PDF,
    PNG,
    SCRIPT,
    TEXT,
    WORKBOOK,
    Found,
    Kind,
    pixels,
    recognise,
)
from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import Labels, labels
from attain.lake.reading.archive import check_archive
from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused

PIXELS_MAX: Final = 50_000_000
_TAIL: Final = 66_000
_ZIP_END: Final = b"PK\x05\x06"
# The text every scanner knows as its test, in two parts so that this file is not one itself.
_SCANNER_TEST: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_ACTIVE_IN_PICTURES: Final = (b"<script", b"<?php", b"<html", b"<svg")
_ACTIVE_IN_PDF: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA")


def inspect(path: Path, name: str, accepted: tuple[Kind, ...]) -> Kind:
    """What a file is, if it is one of the kinds its purpose takes and does no harm.

    :raises AttainError: UPLOAD_TYPE_REFUSED, UPLOAD_TYPE_MISMATCH, UPLOAD_ARCHIVE_REFUSED,
        UPLOAD_IMAGE_TOO_LARGE, UPLOAD_UNSAFE.
    """
    found = recognise(path)
    if found.kind is WORKBOOK:
        found = _office(path, name)
    if found.kind is None or found.kind not in accepted:
        raise AttainError(_refused(name, found, accepted))
    suffix = Path(name).suffix.lower()
    if suffix not in found.kind.extensions:
        raise AttainError(problem(errors.UPLOAD_TYPE_MISMATCH, name=name, found=found.label))
    _check_harm(path, name, found.kind, accepted)
    return found.kind


def _office(path: Path, name: str) -> Found:
    """Which office document an archive is; its directory is judged before anything is opened."""
    try:
        check_archive(path, Limits())
    except Refused as refused:
        raise AttainError(
            problem(errors.UPLOAD_ARCHIVE_REFUSED, name=name, detail=refused.remark.code)
        ) from refused
    with zipfile.ZipFile(path) as archive:
        names = {entry.filename for entry in archive.infolist()}
    for kind, part in ((WORKBOOK, "xl/workbook.xml"), (DOCUMENT, "word/document.xml")):
        if part in names:
            return Found(kind, kind.label)
    return Found(None, OTHER_ARCHIVE)


def _refused(name: str, found: Found, accepted: tuple[Kind, ...]) -> Problem:
    return problem(
        errors.UPLOAD_TYPE_REFUSED, name=name, found=found.label, accepted=_listed(accepted)
    )


def _listed(kinds: tuple[Kind, ...]) -> Labels:
    return labels(
        "、".join(kind.label.zh for kind in kinds), ", ".join(kind.label.en for kind in kinds)
    )


def _check_harm(path: Path, name: str, kind: Kind, accepted: tuple[Kind, ...]) -> None:
    if kind is TEXT and _holds(path, (_SCANNER_TEST,)):
        raise AttainError(problem(errors.UPLOAD_UNSAFE, name=name))
    if kind in (PNG, JPEG):
        _check_picture(path, name, kind)
    is_two_things = kind in (PNG, JPEG, PDF) and _ZIP_END in _tail(path)
    active = _ACTIVE_IN_PDF if kind is PDF else _ACTIVE_IN_PICTURES
    if is_two_things or (kind in (PNG, JPEG, PDF) and _holds(path, active)):
        raise AttainError(_refused(name, Found(None, SCRIPT), accepted))


def _check_picture(path: Path, name: str, kind: Kind) -> None:
    size = pixels(path, kind)
    if size is not None and size[0] * size[1] > PIXELS_MAX:
        raise AttainError(
            problem(
                errors.UPLOAD_IMAGE_TOO_LARGE,
                name=name,
                width=size[0],
                height=size[1],
                limit=PIXELS_MAX // 10_000,
            )
        )


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return file.read()


def _holds(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Whether one of some byte sequences stands anywhere, also across two blocks."""
    keep = max(len(mark) for mark in marks) - 1
    before = b""
    with path.open("rb") as file:
        while block := file.read(MIB):
            piece = before + block
            if any(mark in piece for mark in marks):
                return True
            before = piece[-keep:]
    return False
