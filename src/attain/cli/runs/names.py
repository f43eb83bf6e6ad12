"""What things are called: opaque keys stay inside, readers see codes, and people's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from attain.cli.runs.tables import Row, read_rows
from attain.core.keys import clean_code, key_for
from attain.core.manifests import DatasetVersion
from attain.core.stores import Store

ALIASES = "aliases"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Names:
    """Codes and names by key."""

    codes: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def code(self, key: str) -> str:
        """The code somebody knows a thing by; a key without one is shown as it is."""
        return self.codes.get(key, key)

    def called(self, key: str) -> str:
        """The code, with the person's name where there is one."""
        name = self.people.get(key)
        return f"{self.code(key)} {name}" if name and name != self.code(key) else self.code(key)

    def known(self, kind: str) -> list[str]:
        """The codes of one kind."""
        return sorted(code for key, code in self.codes.items() if key.startswith(f"{kind}-"))

    def key(self, asked: str, keys: Iterable[str]) -> str | None:
        """Which of some keys is meant by a code, a name or a key."""
        there = list(keys)
        if asked in there:
            return asked
        wanted = clean_code(asked)
        kinds = dict.fromkeys(key.rpartition("-")[0] for key in there)
        for kind in kinds:
            if key_for(kind, wanted) in there:
                return key_for(kind, wanted)
        called = [key for key in there if self.people.get(key) == wanted]
        return called[0] if len(called) == 1 else None


def read_names(store: Store, versions: Mapping[str, DatasetVersion]) -> Names:
    """The names in the aliases, and in people if that is among the versions."""
    return Names(
        {row["key"]: row["code"] for row in _rows(store, versions.get(ALIASES))},
        {
            row["person"]: row["name"]
            for row in sorted(_rows(store, versions.get(PEOPLE)), key=_age)
            if row.get("name")
        },
    )


def _rows(store: Store, version: DatasetVersion | None) -> list[Row]:
    return read_rows(store.part_paths(version)) if version is not None else []


def _age(row: Row) -> str:
    """Later versions of a person come last, and so their name stays."""
    return str(row.get("effective_from") or "")
