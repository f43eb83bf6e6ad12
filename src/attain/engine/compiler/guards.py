"""What the guards of trees say about the rows they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ARROW = " → "

Found = Sequence[Mapping[str, Any]]


def second_parent(rows: Found) -> dict[str, object]:
    """The child with both of its parents."""
    row = rows[0]
    return {"chain": f"{row['child']}{ARROW}{row['one']}, {row['other']}"}


def unknown_parent(rows: Found) -> dict[str, object]:
    """The child with the parent that nobody knows."""
    return {"chain": f"{rows[0]['child']}{ARROW}{rows[0]['parent']}"}


def cycle(rows: Found) -> dict[str, object]:
    """The circle itself, from its lowest member around to it again.

    Below a circle hang others who are not in it: walking up from anybody ends in the circle.
    """
    moment = rows[0]["moment"]
    above = {row["child"]: row["parent"] for row in rows if row["moment"] == moment}
    walked: list[str] = []
    member = rows[0]["child"]
    while member not in walked:
        walked.append(member)
        member = above[member]
    circle = walked[walked.index(member) :]
    start = circle.index(min(circle))
    return {"chain": ARROW.join([*circle[start:], *circle[:start], circle[start]])}
