"""Which encoding a text file has: UTF-8, UTF-16 with its mark, or GB18030 (B39).

UTF-8 is certain when every byte agrees, since other text hardly ever does by chance. GB18030
accepts almost anything, so it is only taken when the characters are those of everyday Chinese,
and it is always shown as guessed.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from attain.lake.reading.refusal import Refused

_BLOCK: Final = 1 << 20
_SAMPLE: Final = 1 << 18
_SURE_CHARACTERS: Final = 3
"""Chinese characters that make a valid line of UTF-8 no coincidence."""

SUPPORTED: Final = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The codec of a file, and whether somebody should look at the preview."""

    name: str
    is_guessed: bool = False


def find_encoding(path: Path, wanted: str | None = None) -> Encoding:
    """The encoding of a whole file, or the wanted one if the file has it.

    :raises Refused: ENCODING_UNKNOWN with the byte offset, ENCODING_MIXED with the line.
    """
    if wanted is not None:
        return _checked(path, wanted)
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return _checked(path, "utf-8-sig")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    if _first_bad_byte(path, "utf-8") is None:
        _refuse_mojibake(path)
        return Encoding("utf-8")
    _refuse_mixed(path)
    offset = _first_bad_byte(path, "gb18030")
    if offset is not None or not _reads_as_chinese(path):
        bad = _first_bad_byte(path, "utf-8") if offset is None else offset
        raise Refused("ENCODING_UNKNOWN", offset=bad)
    return Encoding("gb18030", is_guessed=True)


def _checked(path: Path, name: str) -> Encoding:
    codec = name.lower().replace("_", "-")
    codec = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8"}.get(codec, codec)
    offset = _first_bad_byte(path, codec) if codec in SUPPORTED else 0
    if offset is not None:
        raise Refused("ENCODING_UNKNOWN", offset=offset)
    return Encoding("utf-8-sig" if codec == "utf-8" else codec)


def _first_bad_byte(path: Path, codec: str) -> int | None:
    decoder = codecs.getincrementaldecoder(codec)()
    done = 0
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return done - waiting + error.start
            if not block:
                return None
            done += len(block)


def _refuse_mojibake(path: Path) -> None:
    """Chinese that was once read as Latin-1 and saved again: 'ÐÕÃû' was 姓名."""
    with path.open("rb") as file:
        text = file.read(_SAMPLE).decode("utf-8", "ignore")
    strange = [sign for sign in text if sign > "\x7f"]
    if len(strange) < 4 or any(not "\x80" <= sign <= "\xff" for sign in strange):
        return
    runs = "".join(sign if sign > "\x7f" else " " for sign in text).split()
    try:
        words = [run.encode("latin-1").decode("gb2312") for run in runs]
    except UnicodeDecodeError:
        return
    if sum(map(len, words)) >= 2:
        offset = len(text[: text.index(strange[0])].encode())
        raise Refused("ENCODING_UNKNOWN", offset=offset)


def _refuse_mixed(path: Path) -> None:
    """Lines that are surely UTF-8 beside lines that are surely not."""
    first_valid = first_invalid = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                first_invalid = first_invalid or number
                continue
            if not first_valid and _chinese(text) >= _SURE_CHARACTERS:
                first_valid = number
    if first_valid and first_invalid:
        raise Refused("ENCODING_MIXED", {"row": max(first_valid, first_invalid)})


def _chinese(text: str) -> int:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text)


def _reads_as_chinese(path: Path) -> bool:
    """Most characters belong to the 3,755 everyday ones or to Chinese punctuation."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    with path.open("rb") as file:
        text = decoder.decode(file.read(_SAMPLE))
    foreign = [sign for sign in text if sign > "\x7f"]
    common = sum(map(_is_everyday, foreign))
    return common * 2 >= len(foreign)


def _is_everyday(sign: str) -> bool:
    """In level 1 of GB 2312, or one of its signs and full-width letters."""
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xA1 <= code[0] <= 0xD7 and not 0xA4 <= code[0] <= 0xAF
