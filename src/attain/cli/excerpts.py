"""The line of a file that a problem speaks of, with a mark under the place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from attain.core.errors import Where

_MARGIN: Final = 12
"""Room beside the line: its number, the rule, and a gap."""
_CUT: Final = "…"
_LARGEST: Final = 4_000_000


def excerpt(where: Where | None, width: int) -> list[Text]:
    """The line with its number and, below it, a mark; nothing where no text has the place."""
    if where is None or where.line is None or where.file is None:
        return []
    lines = _lines_of(Path(where.file))
    if not 1 <= where.line <= len(lines):
        return []
    line = lines[where.line - 1]
    start = min(max((where.position or 1) - 1, 0), len(line))
    end = _end(where, line, start)
    line, start, end = _fitted(line, start, end, max(width - _MARGIN, 20))
    number = f"{where.line:>5}"
    shown = [Text.assemble((f"{number} │ ", "dim"), line)]
    if where.position is not None:
        gap, mark = " " * cell_len(line[:start]), "^" * max(1, cell_len(line[start:end]))
        shown.append(Text.assemble((f"{'':>5} │ ", "dim"), gap, (mark, "bold red")))
    return shown


def _end(where: Where, line: str, start: int) -> int:
    """Where the marked text ends on this line; one character if nobody says."""
    if where.end_line == where.line and where.end_position is not None:
        return max(start + 1, where.end_position - 1)
    if where.end_line is not None and where.line is not None and where.end_line > where.line:
        return len(line.rstrip())
    return start + 1


def _fitted(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around the mark, and where the mark stands in it."""
    line = line.rstrip().replace("\t", " ")
    if cell_len(line) <= width:
        return line, start, min(end, max(len(line), start + 1))
    first = max(0, start - width // 3)
    cut = line[first:]
    while cell_len(cut) > width - 2:
        cut = cut[:-1]
    is_cut_behind = first + len(cut) < len(line)
    before = _CUT if first else ""
    shift = first - len(before)
    text = before + cut + (_CUT if is_cut_behind else "")
    return text, start - shift, min(end - shift, len(text))


def _lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a text file; none of one that cannot be read or is very long."""
    try:
        found = path.stat()
        return _read(path.resolve(), found.st_mtime_ns) if found.st_size <= _LARGEST else ()
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=64)
def _read(path: Path, _changed_at: int) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8-sig").split("\n"))
