"""A YAML text for reading: lines with numbers, keys and comments told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(
    r"""^(?P<lead>\s*(?:-\s+)*)"""
    r"""(?:(?P<key>(?:"[^"]*"|'[^']*'|[^\s#:{}\[\],"'][^#:{}\[\],]*?))(?P<colon>\s*:)(?=\s|$))?"""
    r"""(?P<rest>.*)$"""
)
_FIGURE: Final = re.compile(r"^\s*[-+]?\d[\d,.]*\s*%?\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line and what it is: key, figure, comment, or plain text."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line with its number; `hit` marks the line that is spoken of."""

    number: int
    pieces: tuple[Piece, ...]
    hit: bool = False
    problem: bool = False


def code_lines(
    text: str, first: int = 1, hits: Iterable[int] = (), problems: Iterable[int] = ()
) -> tuple[CodeLine, ...]:
    """The lines of a text, or of a part of it that begins at line `first`."""
    hit, wrong = frozenset(hits), frozenset(problems)
    return tuple(
        CodeLine(number, _pieces(line), number in hit, number in wrong)
        for number, line in enumerate(text.splitlines(), first)
    )


def _pieces(line: str) -> tuple[Piece, ...]:
    comment = _comment_of(line)
    body = line[: len(line) - len(comment)]
    found = _LINE.match(body)
    if found is None:
        return (Piece(line),)
    rest = found["rest"]
    parts = (
        Piece(found["lead"]),
        Piece(found["key"] or "", "key"),
        Piece(found["colon"] or ""),
        Piece(rest, "figure" if _FIGURE.match(rest) else "text"),
        Piece(comment, "comment"),
    )
    return tuple(part for part in parts if part.text)


def _comment_of(line: str) -> str:
    """The comment at the end, unless its sign stands inside quotes."""
    for found in re.finditer(r"(?:^|(?<=\s))#", line):
        before = line[: found.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return line[found.start() :]
    return ""
