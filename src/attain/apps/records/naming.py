"""The words for the keys in a list's rows, asked for once a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.records.models import Record
from attain.apps.records.showing import Part, Teller
from attain.core.keys import kind_of_key
from attain.kinds.records.fields import KEYS, FieldSpec

_COMMON = ("owner", "subject", "author", "unit")
_THINGS = ("people", "units")


class Naming:
    """What the columns of a list ask for words; it learns them page by page."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._teller = Teller(actor, ())

    def learn(self, records: Sequence[Record], fields: Mapping[str, FieldSpec]) -> None:
        """Ask for everything that these records name; what was known before is let go."""
        named = [name for name, spec in fields.items() if spec.type in KEYS]
        keys = {
            key
            for record in records
            for key in (
                *(getattr(record, name) for name in _COMMON),
                *(str(record.data.get(name) or "") for name in named),
            )
        }
        self._teller = Teller(self.actor, keys)

    def text(self, key: Any) -> str | None:
        """The words for a key, None where there is none."""
        return self.part(str(key)).text if key else None

    def part(self, key: str) -> Part:
        """The words with the page they lead to, if the reader may go there."""
        if kind_of_key(key) in _THINGS:
            return Part(self._teller.name(key))
        return self._teller.record(key)
