"""The parts of a workbook around its sheets: which sheets, which texts, which formats."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Final

from attain.lake.reading import xml
from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused

_MAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TEMPLATE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")

_DATE_FORMATS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
"""Built-in number formats that show a day; 27 to 58 are those of Chinese systems."""
_TIME_FORMATS: Final = frozenset({32, 33, 55, 56})
"""Among them those that show hours only."""
_QUIET: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a number format says literally: quoted text, escapes, colours, conditions, locales."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool
    is_grid: bool
    """False for a chart or dialog sheet."""


@dataclass(slots=True)
class Workbook:
    """What the sheets refer to."""

    sheets: list[SheetPart] = field(default_factory=list)
    is_1904: bool = False
    """Days are counted from 1904-01-01, as old Macintosh workbooks do."""
    texts: list[str] = field(default_factory=list)
    struck_texts: set[int] = field(default_factory=set)
    date_styles: set[int] = field(default_factory=set)
    struck_styles: set[int] = field(default_factory=set)


def read_workbook(archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    """Everything but the sheets themselves.

    :raises Refused: FILE_TYPE_MISMATCH, FILE_TYPE_UNSUPPORTED, FILE_ACTIVE_CONTENT,
        FILE_XML_FORBIDDEN, FILE_DAMAGED, FILE_TOO_LARGE_UNPACKED.
    """
    _check_parts(archive)
    main = _main_part(archive)
    book = Workbook()
    targets = _relationships(archive, main)
    _read_sheets(archive, main, targets, book)
    for part, kind in targets.values():
        if kind == "sharedStrings":
            _read_texts(archive, part, book, limits)
        elif kind == "styles":
            _read_styles(archive, part, book, limits)
    return book


def unescape(text: str) -> str:
    """Spreadsheets write characters that XML cannot hold as `_x000D_`."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    # A lone surrogate cannot be stored; it becomes what the checks call a bad character.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _check_parts(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with _open(archive, entry.filename) as stream:
                _check_prologue(stream, entry.filename)


def _check_prologue(stream: zipfile.ZipExtFile, part: str) -> None:
    """Old drawings (.vml) may be sloppy XML: only a document type matters there."""
    try:
        xml.check_prologue(stream, part)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.remark.code == "FILE_XML_FORBIDDEN" or not part.lower().endswith(".vml"):
            raise


def _open(archive: zipfile.ZipFile, part: str) -> zipfile.ZipExtFile:
    try:
        return archive.open(part)  # type: ignore[return-value]
    except (KeyError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused("FILE_DAMAGED", reason="part", part=part) from error


def _walk(archive: zipfile.ZipFile, part: str, start: xml.Start) -> None:
    made = xml.parser(part)
    made.StartElementHandler = start
    with _open(archive, part) as stream:
        xml.feed(stream, made, part)  # type: ignore[arg-type]


def _main_part(archive: zipfile.ZipFile) -> str:
    if "[Content_Types].xml" not in archive.namelist():
        raise Refused("FILE_TYPE_MISMATCH", name=".xlsx", found="ZIP")
    kinds: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if xml.local(name) == "Override":
            kinds[attributes.get("ContentType", "")] = attributes.get("PartName", "")

    _walk(archive, "[Content_Types].xml", start)
    if any("macroEnabled" in kind and "binary" not in kind for kind in kinds):
        raise Refused("FILE_ACTIVE_CONTENT", name="macroEnabled")
    for kind in (_MAIN, _TEMPLATE):
        if kind in kinds:
            return kinds[kind].lstrip("/")
    if any("sheet.binary" in kind for kind in kinds):
        raise Refused("FILE_TYPE_UNSUPPORTED", found="XLSB")
    raise Refused("FILE_TYPE_MISMATCH", name=".xlsx", found="OFFICE")


def _relationships(archive: zipfile.ZipFile, main: str) -> dict[str, tuple[str, str]]:
    """Relationship id to (part, kind) of everything the workbook points at."""
    folder, name = posixpath.split(main)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if xml.local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            raise Refused("FILE_ACTIVE_CONTENT", name=target[:80])
        absolute = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[attributes.get("Id", "")] = (posixpath.normpath(absolute), kind)

    _walk(archive, part, start)
    return found


def _read_sheets(
    archive: zipfile.ZipFile, main: str, targets: dict[str, tuple[str, str]], book: Workbook
) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        named = xml.local(name)
        if named == "workbookPr":
            book.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif named == "sheet":
            link = next((attributes[key] for key in attributes if xml.local(key) == "id"), "")
            part, kind = targets.get(link, ("", ""))
            book.sheets.append(
                SheetPart(
                    name=attributes.get("name", ""),
                    part=part,
                    is_hidden=attributes.get("state", "visible") != "visible",
                    is_grid=kind == "worksheet",
                )
            )

    _walk(archive, main, start)


def _read_texts(archive: zipfile.ZipFile, part: str, book: Workbook, limits: Limits) -> None:
    """Shared texts, whole; rich text is joined, phonetic guides are left out (B59)."""
    made = xml.parser(part)
    runs: list[str] = []
    skipped = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal skipped
        named = xml.local(name)
        if named == "si":
            runs.clear()
        elif named == "rPh":
            skipped += 1
        elif named == "t" and not skipped:
            made.CharacterDataHandler = runs.append
        elif named == "strike" and attributes.get("val", "1") not in ("0", "false"):
            book.struck_texts.add(len(book.texts))

    def end(name: str) -> None:
        nonlocal skipped
        named = xml.local(name)
        if named == "t":
            made.CharacterDataHandler = None
        elif named == "rPh":
            skipped -= 1
        elif named == "si":
            book.texts.append(unescape("".join(runs)))
            if len(book.texts) > limits.shared_strings:
                raise Refused(
                    "FILE_TOO_LARGE_UNPACKED", size=len(book.texts), limit=limits.shared_strings
                )

    made.StartElementHandler = start
    made.EndElementHandler = end
    with _open(archive, part) as stream:
        xml.feed(stream, made, part)  # type: ignore[arg-type]


def _read_styles(archive: zipfile.ZipFile, part: str, book: Workbook, limits: Limits) -> None:
    """Which cell formats show a date, and which are struck out."""
    formats: dict[int, str] = {}
    struck_fonts: set[int] = set()
    fonts = styles = 0
    made = xml.parser(part)
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal fonts, styles
        path.append(xml.local(name))
        within = path[-2] if len(path) > 1 else ""
        if path[-1] == "numFmt" and within == "numFmts":
            formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif path[-1] == "font" and within == "fonts":
            fonts += 1
        elif path[-1] == "strike" and path[-3:-1] == ["fonts", "font"]:
            if attributes.get("val", "1") not in ("0", "false"):
                struck_fonts.add(fonts - 1)
        elif path[-1] == "xf" and within == "cellXfs":
            if shows_date(int(attributes.get("numFmtId", "0")), formats):
                book.date_styles.add(styles)
            if int(attributes.get("fontId", "0")) in struck_fonts:
                book.struck_styles.add(styles)
            styles += 1
            if styles > limits.styles:
                raise Refused("FILE_TOO_LARGE_UNPACKED", size=styles, limit=limits.styles)

    def end(_name: str) -> None:
        path.pop()

    made.StartElementHandler = start
    made.EndElementHandler = end
    with _open(archive, part) as stream:
        xml.feed(stream, made, part)  # type: ignore[arg-type]


def shows_date(number: int, formats: dict[int, str]) -> bool:
    """Whether a number format shows a day (not merely a time of day).

    >>> shows_date(14, {}), shows_date(2, {}), shows_date(164, {164: 'yyyy"年"m"月"'})
    (True, False, True)
    >>> shows_date(165, {165: '[Red]#,##0.00;"days" 0'}), shows_date(166, {166: "h:mm"})
    (False, False)
    """
    code = formats.get(number)
    if code is None:
        return number in _DATE_FORMATS and number not in _TIME_FORMATS
    bare = _QUIET.sub("", code.lower().partition(";")[0])
    if "y" in bare or "d" in bare:
        return True
    # A month alone; with hours or seconds beside it, an m means minutes.
    return "m" in bare and not any(sign in bare for sign in "hs0#?")
