"""Texts under headings: what every rendering of an explanation is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Outline:
    """A line with lines below it. `role` tells pages how to set it: "title", "hit", "note" ..."""

    text: str
    below: tuple[Outline, ...] = ()
    role: str = ""

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The outline as indented text."""
        yield INDENT * depth + self.text
        for one in self.below:
            yield from one.lines(depth + 1)


def heading(text: str, below: Sequence[Outline | str], role: str = "section") -> Outline:
    """A heading with what stands under it."""
    return Outline(text, tuple(leaf(one) for one in below), role)


def leaf(given: Outline | str) -> Outline:
    return given if isinstance(given, Outline) else Outline(given)
