"""What a file is, by its content, and which kinds each purpose takes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from attain.core.labels import Labels, labels

HEAD_BYTES: Final = 4096
MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of content: its media type, the extensions it may have, and what it is called."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    label: Labels
    is_archive: bool = False


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
WORKBOOK: Final = Kind(
    "workbook",
    f"{_OFFICE}.spreadsheetml.sheet",
    (".xlsx",),
    labels("Excel工作簿", "an Excel workbook"),
    is_archive=True,
)
DOCUMENT: Final = Kind(
    "document",
    f"{_OFFICE}.wordprocessingml.document",
    (".docx",),
    labels("Word文档", "a Word document"),
    is_archive=True,
)
PDF: Final = Kind("pdf", "application/pdf", (".pdf",), labels("PDF", "a PDF"))
PNG: Final = Kind("png", "image/png", (".png",), labels("PNG图片", "a PNG image"))
JPEG: Final = Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), labels("JPEG图片", "a JPEG image"))
PARQUET: Final = Kind(
    "parquet", "application/vnd.apache.parquet", (".parquet", ".pq"), labels("Parquet", "Parquet")
)
TEXT: Final = Kind(
    "text",
    "text/plain",
    (".csv", ".tsv", ".tab", ".txt", ".yaml", ".yml", ".md"),
    labels("文本", "text"),
)
ACCEPTED: Final = (WORKBOOK, DOCUMENT, PDF, PNG, JPEG, PARQUET, TEXT)

TABLES: Final = (WORKBOOK, TEXT, PARQUET)
"""What the data and people imports read."""
EVIDENCE: Final = (PDF, PNG, JPEG, WORKBOOK, DOCUMENT, TEXT)
"""What people attach to a dispute or a record."""

SCRIPT: Final = labels("网页或脚本", "a web page or script")
_PROGRAM: Final = labels("可执行程序", "a program")
OLD_OFFICE: Final = labels(
    "旧版Office文件，例如.xls，在Excel里另存为.xlsx就能用",
    "an old Office file such as .xls, to be saved as .xlsx in Excel",
)
OTHER_ARCHIVE: Final = labels("压缩包", "an archive")
_UNKNOWN: Final = labels("无法识别的内容", "something unknown")

_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLD_OFFICE: Final = (b"\xd0\xcf\x11\xe0",)
_ACTIVE: Final = (
    b"<script",
    b"<html",
    b"<!doctype html",
    b"<svg",
    b"<iframe",
    b"<body",
    b"<?php",
    b"javascript:",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a content is: one of the accepted kinds, or else what to call it."""

    kind: Kind | None
    label: Labels


def recognise(path: Path) -> Found:
    """What the content of a file is, whatever its name says."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for starts, label in (
        (_PROGRAMS, _PROGRAM),
        (_OLD_OFFICE, OLD_OFFICE),
        (_ARCHIVES, OTHER_ARCHIVE),
    ):
        if head.startswith(starts):
            return Found(None, label)
    for mark, judge in _JUDGES:
        if head.startswith(mark):
            return judge(head)
    return _text(path, head)


def _is(kind: Kind) -> Callable[[bytes], Found]:
    return lambda head: Found(kind, kind.label)


def _zip(head: bytes) -> Found:
    """Which office document it is stands in its directory; `archives` reads that with care."""
    return Found(WORKBOOK, WORKBOOK.label)


_JUDGES: Final[tuple[tuple[bytes, Callable[[bytes], Found]], ...]] = (
    (b"PK\x03\x04", _zip),
    (b"PK\x05\x06", lambda head: Found(None, OTHER_ARCHIVE)),
    (b"%PDF-", _is(PDF)),
    (b"\x89PNG\r\n\x1a\n", _is(PNG)),
    (b"\xff\xd8\xff", _is(JPEG)),
    (b"PAR1", _is(PARQUET)),
)


def _text(path: Path, head: bytes) -> Found:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Found(TEXT, TEXT.label)
    start = head.removeprefix(b"\xef\xbb\xbf").lower()
    if any(mark in start for mark in _ACTIVE) or start.lstrip().startswith(b"<"):
        return Found(None, SCRIPT)
    if b"\0" in head or _odd_signs(head) * 20 > len(head):
        return Found(None, _UNKNOWN)
    return Found(TEXT, TEXT.label)


def _odd_signs(head: bytes) -> int:
    """Control signs that no text has."""
    return sum(1 for sign in head if sign < 32 and sign not in (9, 10, 12, 13))


def pixels(path: Path, kind: Kind) -> tuple[int, int] | None:
    """Width and height of a picture from its head, without unpacking it."""
    with path.open("rb") as file:
        head = file.read(MIB)
    if kind is PNG and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    return _jpeg_pixels(head) if kind is JPEG else None


def _jpeg_pixels(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
