"""What a form expands into: primitive sections, as the author could have written them.

A form owns no arithmetic. Its `expand` function returns an `Expansion`, whose entries have the
shapes of the plan language's own sections, so `attain check --expand` prints them and an author
can copy and edit them. Each expression the author wrote stands verbatim in a column of its own,
whose `form` path says where in the plan it was written; errors point there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

Entry = dict[str, Any]
"""One entry of a primitive section, in the shape it has in YAML."""


Paths = Mapping[str, Mapping[str, str]]
"""The trees of a plan's paths: what each is over, and where that stands."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form knows of its plan: the head's defaults, and the names that are taken."""

    subject: str
    period: str
    currency: str
    source_keys: Mapping[str, str] = field(default_factory=dict)
    """The key column of each source that has a key of one column."""
    source_dates: Mapping[str, str] = field(default_factory=dict)
    """The business date of each source and set of credits that has one."""
    row_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns that tell the rows of each source and set of credits apart."""
    datasets: Mapping[str, str] = field(default_factory=dict)
    """The dataset of each source of the plan."""
    leads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Where the columns of each source lead that are keys of others."""
    paths: Paths = field(default_factory=dict)
    """Which tree each path of the plan is."""

    @property
    def grain(self) -> list[str]:
        """The grain of columns that say nothing: the first subject and the plan's period."""
        return [self.subject, self.period]


@dataclass(slots=True)
class Expansion:
    """Entries of the primitive sections, by name, and the lists of what the plan shows."""

    columns: dict[str, Entry] = field(default_factory=dict)
    relations: dict[str, Entry] = field(default_factory=dict)
    orderings: dict[str, Entry] = field(default_factory=dict)
    groups: dict[str, Entry] = field(default_factory=dict)
    paths: dict[str, Entry] = field(default_factory=dict)
    tables: dict[str, Entry] = field(default_factory=dict)
    parameters: dict[str, Entry] = field(default_factory=dict)
    checks: list[Entry] = field(default_factory=list)
    components: list[Entry] = field(default_factory=list)
    lines: list[Entry] = field(default_factory=list)

    def add(self, other: Expansion) -> None:
        """Take over what another form wrote.

        :raises NameTakenTwice: two forms wrote a column of the same name.
        """
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if isinstance(mine, dict):
                _refuse_doubles(mine, theirs)
                mine.update(theirs)
            else:
                mine.extend(theirs)


class NameTakenTwice(ValueError):
    """Two forms, or a form and the author, wrote an entry of the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _refuse_doubles(mine: Mapping[str, Entry], theirs: Iterable[str]) -> None:
    for name in theirs:
        if name in mine:
            raise NameTakenTwice(name)


def entry(**items: Any) -> Entry:
    """An entry without what was not said: `is_` and `from_` stand for the words Python reserves."""
    words = {"is_": "is", "from_": "from", "in_": "in", "with_": "with"}
    return {words.get(key, key): item for key, item in items.items() if item is not None}
