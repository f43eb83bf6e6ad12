"""Two texts of a plan side by side: which lines differ, and what that means in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from attain.apps.plans.booklet import Booklet, Entry, Section

CONTEXT: Final = 3
"""Unchanged lines shown around a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text difference, with its numbers in both texts."""

    kind: Literal["same", "removed", "added", "gap"]
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that another text says otherwise; "" before is new, "" after is gone."""

    section: str
    label: str
    what: str
    before: str
    after: str
    line: int | None


def text_changes(before: str, after: str) -> list[Line]:
    """The lines that differ, with some around them; empty for equal texts."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    lines: list[Line] = []
    for number, group in enumerate(matcher.get_grouped_opcodes(CONTEXT)):
        if number:
            lines.append(Line("gap", None, None, ""))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                    lines.append(Line("same", i + 1, j + 1, old[i]))
                continue
            lines += [Line("removed", i + 1, None, old[i]) for i in range(i1, i2)]
            lines += [Line("added", None, j + 1, new[j]) for j in range(j1, j2)]
    return lines


def meaning(before: Booklet, after: Booklet) -> list[Change]:
    """What readers of the plan would notice: rules that are new, gone, or say something else."""
    old = {section.name: section for section in before.sections}
    new = {section.name: section for section in after.sections}
    changes: list[Change] = []
    for name in dict.fromkeys([*new, *old]):
        changes += _section_changes(old.get(name), new.get(name))
    return changes


def _section_changes(before: Section | None, after: Section | None) -> Iterator[Change]:
    title = (after or before).title  # type: ignore[union-attr]
    old = {entry.name: entry for entry in (before.entries if before else ())}
    new = {entry.name: entry for entry in (after.entries if after else ())}
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        if was is None and now is not None:
            yield Change(title, now.label, "", "", _whole(now), now.line)
        elif now is None and was is not None:
            yield Change(title, was.label, "", _whole(was), "", None)
        elif was is not None and now is not None:
            yield from _entry_changes(title, was, now)


def _entry_changes(title: str, was: Entry, now: Entry) -> Iterator[Change]:
    if was.label != now.label:
        yield Change(title, now.label, "", was.label, now.label, now.line)
    old, new = _by_word(was), _by_word(now)
    for word in dict.fromkeys([*new, *old]):
        before, after = old.get(word, ""), new.get(word, "")
        if before != after:
            yield Change(title, now.label, word, before, after, now.line)


def _by_word(entry: Entry) -> dict[str, str]:
    """What an entry says, each part under its word; rows of sheets under their first cell."""
    found: dict[str, str] = {}
    for word, text in entry.lines:
        found[word] = f"{found[word]}\n{text}" if word in found else text
    for sheet in entry.sheets:
        for first, *cells in sheet.rows:
            found[first.strip()] = " · ".join(cell for cell in cells if cell)
    return found


def _whole(entry: Entry) -> str:
    said = [f"{word} {text}" for word, text in entry.lines]
    rows = [" · ".join(row) for sheet in entry.sheets for row in sheet.rows]
    return "\n".join([*said, *rows]) or entry.label
