"""What changed between two texts, line by line, with unchanged stretches left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

CONTEXT: Final = 3
"""Unchanged lines shown around a change."""


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One line: its number before and after, and what happened to it."""

    kind: Literal["same", "removed", "added", "skipped"]
    text: str
    old: int | None = None
    new: int | None = None
    count: int = 0

    @property
    def sign(self) -> str:
        return {"removed": "−", "added": "+"}.get(self.kind, "")


def diff_rows(old: str, new: str, context: int = CONTEXT) -> tuple[DiffRow, ...]:
    """The lines of both texts; equal texts give none."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    rows: list[DiffRow] = []
    reached = 0
    for group in matcher.get_grouped_opcodes(context):
        start = group[0][1]
        if start > reached:
            rows.append(DiffRow("skipped", "", count=start - reached))
        for tag, old_from, old_to, new_from, new_to in group:
            rows.extend(_block(tag, before, after, (old_from, old_to), (new_from, new_to)))
        reached = group[-1][2]
    if rows and reached < len(before):
        rows.append(DiffRow("skipped", "", count=len(before) - reached))
    return tuple(rows)


def _block(
    tag: str, before: list[str], after: list[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[DiffRow]:
    if tag == "equal":
        for offset, line in enumerate(before[slice(*old)]):
            yield DiffRow("same", line, old[0] + offset + 1, new[0] + offset + 1)
        return
    for offset, line in enumerate(before[slice(*old)]):
        yield DiffRow("removed", line, old=old[0] + offset + 1)
    for offset, line in enumerate(after[slice(*new)]):
        yield DiffRow("added", line, new=new[0] + offset + 1)
