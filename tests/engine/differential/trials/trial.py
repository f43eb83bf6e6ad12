"""A trial: a plan's text in parts, the data it runs over, and the periods it is run for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trials.world import World

LISTS = ("components", "lines", "checks")
"""Sections whose entries have no names in front."""


@dataclass
class Trial:
    """A plan's text in parts, the data it runs over, and the periods it is run for."""

    seed: int
    head: Mapping[str, Any]
    sections: dict[str, dict[str, Any]]
    world: World
    periods: tuple[str, ...]
    calendar: str = "gregorian"
    provisional: bool = False
    features: set[str] = field(default_factory=set)

    def text(self) -> str:
        """The plan as YAML; every entry on one line."""
        lines = [f"{name}: {_flow(value)}" for name, value in self.head.items()]
        for section, entries in self.sections.items():
            if entries:
                lines.append(f"{section}:")
                is_list = section in LISTS
                lines += [
                    f"  - {_flow(entry)}" if is_list else f"  {name}: {_flow(entry)}"
                    for name, entry in entries.items()
                ]
        return "\n".join(lines) + "\n"

    def entries(self) -> Iterator[tuple[str, str]]:
        """Every entry that can be dropped, the last written first."""
        for section, names in reversed(self.sections.items()):
            yield from ((section, name) for name in reversed(names))

    def without(self, section: str, name: str) -> Trial:
        """The trial without one entry."""
        entries = {key: value for key, value in self.sections[section].items() if key != name}
        return replace(self, sections={**self.sections, section: entries})

    def entry_at(self, line: int) -> tuple[str, str] | None:
        """The entry that stands on a line of the text, counted from 1."""
        here = len(self.head)
        for section, entries in self.sections.items():
            here += bool(entries)
            for name in entries:
                here += 1
                if here == line:
                    return section, name
        return None


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
