"""What a file really is, by its first bytes and never by its name alone (B1, B3, B5, B7)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from attain.lake.reading.refusal import Refused


class FileType(StrEnum):
    """The kinds of files that can be imported."""

    workbook = "xlsx"
    text = "csv"
    parquet = "parquet"


_EXPECTED: Final = {
    ".xlsx": FileType.workbook,
    ".xlsm": FileType.workbook,
    ".xltx": FileType.workbook,
    ".csv": FileType.text,
    ".tsv": FileType.text,
    ".tab": FileType.text,
    ".txt": FileType.text,
    ".parquet": FileType.parquet,
    ".pq": FileType.parquet,
}

_HEAD_BYTES: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKED: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (_OLE, "ole"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet-encrypted"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"%PDF", "pdf"),
)
_UNSUPPORTED: Final = {"gzip", "rar", "7z", "pdf"}
_TEXT_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def file_type(path: Path) -> FileType:
    """The type of a file that can be read.

    :raises Refused: FILE_EMPTY, FILE_TYPE_MISMATCH, FILE_TYPE_UNSUPPORTED, FILE_ENCRYPTED,
        or FILE_DAMAGED.
    """
    with path.open("rb") as file:
        found = _found(file)
    expected = _EXPECTED.get(path.suffix.lower())
    if found not in FileType.__members__.values():
        _refuse(found, expected, path.suffix.lower())
    kind = FileType(found)
    if expected is None and path.suffix.lower() not in ("", ".dat"):
        raise Refused("FILE_TYPE_MISMATCH", name=path.suffix, found=kind.value.upper())
    if expected is not None and expected is not kind:
        raise Refused("FILE_TYPE_MISMATCH", name=path.suffix, found=kind.value.upper())
    return kind


def _refuse(found: str, expected: FileType | None, suffix: str) -> None:
    if found == "encrypted":
        raise Refused("FILE_ENCRYPTED")
    is_named_so = suffix in (".xls", ".et") and found == "xls"
    if found in _UNSUPPORTED | {"xls", "ods", "xlsb"} and (expected is None or is_named_so):
        raise Refused("FILE_TYPE_UNSUPPORTED", found=found.upper())
    raise Refused("FILE_TYPE_MISMATCH", name=suffix, found=found.upper())


def _found(file: BinaryIO) -> str:
    head = file.read(_HEAD_BYTES)
    if not head:
        raise Refused("FILE_EMPTY")
    marked = next((name for mark, name in _MARKED if head.startswith(mark)), None)
    if marked == "zip":
        return _kind_of_zip(head)
    if marked == "ole":
        return _kind_of_ole(file, head)
    if marked == "parquet":
        return _whole_parquet(file)
    if marked == "parquet-encrypted":
        return "encrypted"
    return marked or _kind_of_text(head)


def _kind_of_zip(head: bytes) -> str:
    """OpenDocument names itself in its first, unpacked entry; the rest is looked at later."""
    return "ods" if b"mimetypeapplication/vnd.oasis.opendocument" in head else "xlsx"


def _kind_of_ole(file: BinaryIO, head: bytes) -> str:
    """An encrypted workbook and an old one are both compound files; the directory tells."""
    file.seek(0)
    while block := file.read(1 << 20):
        if _ENCRYPTED in block:
            return "encrypted"
    return "xls"


def _whole_parquet(file: BinaryIO) -> str:
    file.seek(0, 2)
    if file.tell() < 12:
        raise Refused("FILE_DAMAGED", reason="cut")
    file.seek(-4, 2)
    if file.read(4) != b"PAR1":
        raise Refused("FILE_DAMAGED", reason="cut")
    return "parquet"


def _kind_of_text(head: bytes) -> str:
    if head.startswith(_TEXT_BOMS):
        return "csv"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style")):
        return "html"
    if start.startswith((b"<?xml", b"<workbook")):
        return "html" if b"<html" in start else "xml"
    if start.startswith((b"{", b"[{")) and b'":' in start:
        return "json"
    if head.count(b"\0") > len(head) // 16:
        return "binary"
    return "csv"
