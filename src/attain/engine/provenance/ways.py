"""Of a tree only what somebody's ways up and down need: a few of a hundred thousand edges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from attain.engine.primitives.model import PathRows
from attain.engine.reference import StoredRow
from attain.expressions.results import Result

_MEMBER: Final = "member"
_ANCESTOR: Final = "ancestor"


class Ways:
    """The ways of a path that are wanted: from some members up, and to some ancestors.

    Edges are found from outside step by step; each brings those who stand one step further.
    """

    ENDS: Final = (_MEMBER, _ANCESTOR)

    def __init__(self, tree: PathRows, *, nearest: bool) -> None:
        """With `nearest` only those directly below an ancestor are wanted."""
        self.named: set[str] = set()
        """Everybody whom the edges name, and who is wanted."""
        self._tree, self._nearest = tree, nearest
        self._ends: dict[str, set[str]] = {_MEMBER: set(), _ANCESTOR: set()}
        self._above: set[str] = set()
        self._below: set[str] = set()

    def want(self, end: str, keys: Collection[str]) -> None:
        """Want the ways that begin at some members, or end at some ancestors."""
        self._ends[end] |= set(keys)
        self.named |= set(keys)

    @property
    def size(self) -> int:
        return len(self.named) + len(self._above) + len(self._below)

    @property
    def children(self) -> set[str]:
        """Whose edges are wanted, at whatever time they held."""
        return self._ends[_MEMBER] | self._above | self._below

    @property
    def parents(self) -> set[str]:
        """To whom edges are wanted."""
        return self._ends[_ANCESTOR] | (set() if self._nearest else self._below)

    def wants(self, values: Mapping[str, Result]) -> bool:
        """Whether a row of the path is one of the wanted ways."""
        return any(values[end] in keys for end, keys in self._ends.items())

    def follow(self, edges: Iterable[StoredRow]) -> None:
        """Take one more step along the edges that were found."""
        up, down = self._ends[_MEMBER] | self._above, self.parents
        for edge in edges:
            if self._tree.hierarchy not in (None, edge.get("hierarchy")):
                continue
            child, parent = edge.get(self._tree.child), edge.get(self._tree.parent)
            self.named |= {one for one in (child, parent) if isinstance(one, str)}
            if parent in down:
                self._below.add(str(child))
            if child in up and parent is not None:
                self._above.add(str(parent))

    def values(self, end: str) -> set[str]:
        """Who stands at one end of the wanted ways."""
        members, ancestors = self._ends[_MEMBER], self._ends[_ANCESTOR]
        if end == _MEMBER:
            return members | self._below | (ancestors if self._tree.include_self else set())
        return ancestors | self._above | (members if self._tree.include_self else set())
