"""XML as a stream, without any document type, entity or external look-up (B12)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final, NoReturn
from xml.parsers import expat

from attain.lake.reading.refusal import Refused

CHUNK: Final = 1 << 16

_BROKEN: Final = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    # A number or an attribute that is not as the format wants it.
    ValueError,
    KeyError,
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Enough(Exception):
    """A handler has seen all it needs."""


def local(name: str) -> str:
    """The name without its namespace prefix: writers choose prefixes freely."""
    return name.rpartition(":")[2]


def parser(part: str) -> expat.XMLParserType:
    """An expat parser that refuses what no workbook needs."""
    made = expat.ParserCreate()
    made.buffer_text = True

    def forbid(*_: object) -> NoReturn:
        raise Refused("FILE_XML_FORBIDDEN", part=part)

    made.StartDoctypeDeclHandler = forbid
    made.EntityDeclHandler = forbid
    made.ExternalEntityRefHandler = forbid
    made.UnparsedEntityDeclHandler = forbid
    return made


def feed(stream: BinaryIO, made: expat.XMLParserType, part: str) -> None:
    """Push a part through its parser, chunk by chunk.

    :raises Refused: FILE_DAMAGED for broken XML or a checksum that does not hold.
    """
    try:
        while chunk := stream.read(CHUNK):
            made.Parse(chunk, False)
        made.Parse(b"", True)
    except Enough:
        return
    except _BROKEN as error:
        raise Refused("FILE_DAMAGED", reason="part", part=part) from error


def check_prologue(stream: BinaryIO, part: str) -> None:
    """Look for a document type before the root element; none can come after it.

    :raises Refused: FILE_XML_FORBIDDEN.
    """
    made = parser(part)

    def stop(_name: str, _attributes: dict[str, str]) -> None:
        raise Enough

    made.StartElementHandler = stop
    feed(stream, made, part)
