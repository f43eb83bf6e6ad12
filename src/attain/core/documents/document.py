"""A document that was read: what it says, and where each word of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from attain.core.errors import Where

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: dicts, lists, texts and None, and where each of them stands."""

    data: Any
    places: Mapping[Path, Where]
    keys: Mapping[Path, Where]
    file: str | None = None

    def where(self, path: Path = (), *, of_key: bool = False) -> Where:
        """The place of a value; of the nearest thing around it where it was not written.

        With `of_key`, the place of the word before the colon. Parts of the path that the
        document does not have are passed over, so that the locations pydantic reports can
        be asked as they are.
        """
        found: Path = ()
        node = self.data
        for part in path:
            if _has(node, part):
                found, node = (*found, part), node[part]
        places = self.keys if of_key and found in self.keys else self.places
        return places.get(found, Where(file=self.file))

    def value(self, path: Path) -> Any:
        """The value at a path, or None."""
        node = self.data
        for part in path:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                return None
        return node


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, dict):
        return part in node
    return isinstance(node, list) and isinstance(part, int) and part < len(node)
