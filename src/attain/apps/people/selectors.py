"""Questions about the organisation. Lists and pages ask here, and always say who is asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.refusals import language_of_reader
from attain.apps.people.models import Person, Position, Unit
from attain.apps.people.reading import names, organisation
from attain.apps.people.scopes import EVERYONE, During, Scope, scope
from attain.core.keys import kind_of_key
from attain.core.labels import Labels

_BATCH = 500
_MANY = 1000
"""From so many on it costs less to have all names at hand than to ask for these."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a person, unit or position is called, and the code people know it by."""

    zh: str
    en: str
    code: str

    @property
    def labels(self) -> Labels:
        """The same as labels."""
        return Labels(zh=self.zh, en=self.en)

    def get(self, language: str) -> str:
        """The name for a reader; the other language's where there is none in theirs."""
        return (self.en or self.zh) if language.startswith("en") else (self.zh or self.en)


_MODELS: Mapping[str, type[Person] | type[Unit] | type[Position]] = {
    "people": Person,
    "units": Unit,
    "positions": Position,
}


def units_by_code() -> list[tuple[str, str]]:
    """Every unit's code with its name and code, for administrators who choose one."""
    is_english = language_of_reader() == "en"
    rows = Unit.objects.order_by("code").values_list("code", "name", "name_en")
    return [(code, f"{(en or zh) if is_english else zh} {code}") for code, zh, en in rows]


def name_of(keys: Iterable[str]) -> dict[str, Name]:
    """The names of people, units and positions by key; keys nobody has are left out.

    This shows names to whoever asks: pass only keys that the reader's scope holds.
    """
    wanted = dict.fromkeys(keys)
    if len(wanted) > _MANY:
        called = names()
        return {key: Name(*called[key]) for key in wanted if key in called}
    by_kind: dict[str, list[str]] = {}
    for key in wanted:
        by_kind.setdefault(kind_of_key(key) or "", []).append(key)
    found = {}
    for kind, model in _MODELS.items():
        for batch in _batches(by_kind.get(kind, [])):
            rows = model.objects.filter(pk__in=batch).values_list("key", "name", "name_en", "code")
            found.update({key: Name(zh, en, code) for key, zh, en, code in rows})
    return found


def unit_on(day: date, people: Iterable[str]) -> dict[str, str]:
    """The unit each of some people sits in on a day; of several, the first by key.

    This shows units to whoever asks: pass only people that the reader's scope holds.
    """
    wanted = set(people)
    found: dict[str, str] = {}
    for unit, members in sorted(organisation().members.items()):
        for person, since, until in members:
            if person in wanted and since <= day and day < until:
                found.setdefault(person, unit)
    return found


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def person_of(key: str) -> Person | None:
    """The person of a key, or None. For code that has checked who may see them."""
    return Person.objects.filter(pk=key).first()


def visible_person(actor: Actor, key: str, on: During) -> Person | None:
    """The person of a key if the actor may see them; not there and not yours look alike: None."""
    return person_of(key) if scope(actor, "people", on).sees(key) else None


__all__ = [
    "EVERYONE",
    "During",
    "Name",
    "Scope",
    "name_of",
    "person_of",
    "scope",
    "unit_on",
    "visible_person",
]
