"""What a booklet consists of: sections of entries, each with lines and tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for readers: heads and rows of texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: what it is called, what it says, from which clause, and where in the text."""

    name: str
    label: str
    lines: tuple[tuple[str, str], ...] = ()
    """What is said of it, `(in which respect, what)`: `("Counts", "status = signed")`."""
    sheets: tuple[Sheet, ...] = ()
    source: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the plan."""

    name: str
    title: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Booklet:
    """The whole plan for readers."""

    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = field(default=())
