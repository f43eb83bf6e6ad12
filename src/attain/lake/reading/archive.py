"""The look at the zip directory of a workbook, before anything is unpacked (B4 to B9, G33)."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path
from typing import Final

from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused

_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_LARGE_MARK: Final = b"PK\x06\x07"
_LARGE_BYTES: Final = 20 + 56
"""Locator and end record of the 64-bit form, which some writers always add."""
_DIRECTORY_BYTES_OF_ENTRY: Final = 2048
"""Generous for one directory record: 46 bytes, a name and a few extra fields."""
_NESTED: Final = (".zip", ".7z", ".rar", ".gz", ".jar")
_ACTIVE_NAMES: Final = (
    "vbaproject",
    "xl/macrosheets/",
    "xl/externallinks/",
    "xl/embeddings/",
    "xl/activex/",
    "xl/connections.xml",
    "xl/querytables/",
    "xl/model/",
    "customui/",
)


def check_archive(path: Path, limits: Limits) -> None:
    """Refuse an archive that could hurt or cheat, from its directory alone.

    :raises Refused: FILE_DAMAGED, FILE_BAD_ARCHIVE, FILE_ENCRYPTED, FILE_ACTIVE_CONTENT,
        FILE_TOO_LARGE, FILE_TOO_LARGE_UNPACKED.
    """
    size = path.stat().st_size
    if size > limits.packed_bytes:
        raise Refused("FILE_TOO_LARGE", size=size, limit=limits.packed_bytes)
    _check_end(path, size, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, EOFError, struct.error) as error:
        raise Refused("FILE_DAMAGED", reason="directory") from error
    _check_entries(entries, size, limits)
    _check_sizes(entries, limits)
    _check_active(entries)


def _check_end(path: Path, size: int, limits: Limits) -> None:
    """The end record must be the very end: nothing is hidden behind the archive."""
    with path.open("rb") as file:
        file.seek(max(0, size - _END.size - 65_535))
        tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise Refused("FILE_DAMAGED", reason="cut")
    _, _, _, _, count, directory, start, comment = _END.unpack_from(tail, at)
    if len(tail) - at - _END.size != comment:
        raise Refused("FILE_DAMAGED", reason="garbage")
    if count > limits.entries or directory > limits.entries * _DIRECTORY_BYTES_OF_ENTRY:
        raise Refused("FILE_BAD_ARCHIVE", reason="entries", name=str(count))
    is_large = tail[max(0, at - 20) : at].startswith(_LARGE_MARK)
    if start + directory + _END.size + comment + (_LARGE_BYTES if is_large else 0) != size:
        raise Refused("FILE_DAMAGED", reason="garbage")


def _check_entries(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise Refused("FILE_BAD_ARCHIVE", reason="entries", name=str(len(entries)))
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry)
        if entry.filename.lower() in seen:
            raise Refused("FILE_BAD_ARCHIVE", reason="duplicate", name=entry.filename)
        seen.add(entry.filename.lower())
        if entry.flag_bits & 0x1:
            raise Refused("FILE_ENCRYPTED")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("FILE_BAD_ARCHIVE", reason="method", name=entry.filename)
    if sum(entry.compress_size for entry in entries) > size:
        raise Refused("FILE_BAD_ARCHIVE", reason="overlap", name=entries[0].filename)


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    is_path_trick = name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name
    if is_path_trick:
        raise Refused("FILE_BAD_ARCHIVE", reason="path", name=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("FILE_BAD_ARCHIVE", reason="link", name=name)
    if name.lower().endswith(_NESTED):
        raise Refused("FILE_BAD_ARCHIVE", reason="nested", name=name)


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise Refused("FILE_TOO_LARGE_UNPACKED", size=unpacked, limit=limits.unpacked_bytes)
    for entry in entries:
        is_bomb = (
            entry.file_size > limits.ratio_free_bytes
            and entry.file_size > limits.ratio * max(1, entry.compress_size)
        )
        if is_bomb:
            allowed = limits.ratio * max(1, entry.compress_size)
            raise Refused("FILE_TOO_LARGE_UNPACKED", size=entry.file_size, limit=allowed)


def _check_active(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        name = entry.filename.lower()
        if any(mark in name for mark in _ACTIVE_NAMES):
            raise Refused("FILE_ACTIVE_CONTENT", name=entry.filename)
