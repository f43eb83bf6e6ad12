"""Names and codes of people, units and positions as they are kept and found."""

from __future__ import annotations

from typing import TypeVar

from attain.apps.people import errors
from attain.apps.people.models import Alias, Person, Position, Unit
from attain.apps.people.models.things import CODE, NAME
from attain.core.errors import AttainError, problem
from attain.core.keys import clean_code, key_for

T = TypeVar("T", Person, Unit, Position)

KINDS: dict[type, str] = {Person: "people", Unit: "units", Position: "positions"}


def new_thing(model: type[T], code: str, name: str, name_en: str) -> T:
    """A person, unit or position with a code nobody has used yet.

    :raises AttainError: KEY_EMPTY, TEXT_TOO_LONG, NAME_MISSING, CODE_TAKEN.
    """
    code = kept_text(clean_code(code), CODE)
    kind = KINDS[model]
    key = key_for(kind, code)
    owner = model.objects.filter(code=code).first() or _owner(model, kind, code)
    if owner is not None:
        raise AttainError(problem(errors.CODE_TAKEN, code=code, name=owner.name))
    thing = model(key=key, code=code, name=required(name), name_en=kept_text(name_en))
    thing.search = searched(thing)
    thing.save(force_insert=True)
    Alias.objects.get_or_create(kind=kind, code=code, defaults={"key": key})
    return thing


def _owner(model: type[T], kind: str, code: str) -> T | None:
    alias = Alias.objects.filter(kind=kind, code=code).first()
    return model.objects.filter(pk=alias.key).first() if alias else None


def rename(thing: Person | Unit | Position, name: str, name_en: str) -> None:
    """Keep the latest name at the thing itself, where lists and searches read it."""
    thing.name, thing.name_en = name, name_en
    thing.search = searched(thing)
    type(thing).objects.filter(pk=thing.pk).update(name=name, name_en=name_en, search=thing.search)


def searched(thing: Person | Unit | Position) -> str:
    """What a search looks into: code, names, the English name without blanks, and its initials."""
    words = thing.name_en.lower().split()
    parts = (thing.code, thing.name, thing.name_en, "".join(words), "".join(w[0] for w in words))
    return " ".join(dict.fromkeys(part.lower() for part in parts if part))


def required(text: str) -> str:
    """A name that is there and not too long.

    :raises AttainError: NAME_MISSING, TEXT_TOO_LONG.
    """
    kept = kept_text(text)
    if not kept:
        raise AttainError(problem(errors.NAME_MISSING))
    return kept


def kept_text(text: str, limit: int = NAME) -> str:
    """A text as it is kept: one line, no control signs, none that turn the direction of text.

    :raises AttainError: TEXT_TOO_LONG.
    """
    kept = "".join(sign for sign in text.strip() if sign.isprintable())
    if len(kept) > limit:
        raise AttainError(problem(errors.TEXT_TOO_LONG, length=len(kept), limit=limit))
    return kept
