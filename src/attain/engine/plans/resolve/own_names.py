"""Problems in the names their author wrote, and not in those of a column's levels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from attain.core.errors import Problem
from attain.core.labels import Labels
from attain.engine.plans.models.columns import ColumnModel

_LEVEL: Final = re.compile(r"^(.+)_at_\d+$")


def in_own_names(
    problems: Sequence[Problem], columns: Mapping[str, ColumnModel]
) -> tuple[Problem, ...]:
    """What `below` writes once for each level of a tree goes by the name of the column.

    The same said of several levels is said once.
    """
    own = {name: found for name in columns if (found := _own_name(name, columns))}
    if not own:
        return tuple(problems)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, own))})(?!\w)")

    def named(value: object) -> object:
        if isinstance(value, str):
            return pattern.sub(lambda match: own[match.group(0)], value)
        if isinstance(value, Labels):
            return Labels(zh=str(named(value.zh)), en=str(named(value.en)))
        return value

    told: list[Problem] = []
    for one in problems:
        said = replace(one, values={key: named(value) for key, value in one.values.items()})
        if not any(said == other and said.values == other.values for other in told):
            told.append(said)
    return tuple(told)


def _own_name(name: str, columns: Mapping[str, ColumnModel]) -> str | None:
    """The column of which another is one level: both stand at one place of the plan."""
    match = _LEVEL.match(name)
    own = columns.get(match.group(1)) if match else None
    if match is None or own is None or own.is_ is None or columns[name].is_ is None:
        return None
    places = {getattr(one, "place", None) for one in (own.is_, columns[name].is_)}
    return match.group(1) if len(places) == 1 and None not in places else None
