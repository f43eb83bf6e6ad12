"""Which kinds of records stand on a reader's page, group by group, with how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.people.areas import AREAS
from attain.apps.people.selectors import EVERYONE, Scope
from attain.apps.records import access, narrowing, selectors
from attain.apps.records.kinds import book, rows
from attain.apps.records.models import RecordType
from attain.kinds.records import Kind
from attain.ui import formats


@dataclass(frozen=True, slots=True)
class Group:
    """Types that stand together."""

    name: str
    types: tuple[RecordType, ...]
    language: str

    @property
    def label(self) -> str:
        return label_of(self.types[0].group, self.language)

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.types)


def label_of(labels: Any, language: str) -> str:
    """The text of labels as a row keeps them."""
    zh, en = labels.get("zh-Hans", ""), labels.get("en", "")
    return (en or zh) if language == "en" else (zh or en)


def concerned(actor: Actor) -> tuple[RecordType, ...]:
    """The types a reader has to do with: those they may begin, and those they see something of.

    Whoever looks after people sees all of them; an office such as finance only what concerns it.
    """
    kinds = book().kinds
    found = [one for one in rows() if one.name in kinds and one.is_active]
    if any(role in AREAS["records"] for role in actor.roles):
        return tuple(found)
    return tuple(one for one in found if is_concerned(actor, kinds[one.name]))


def is_concerned(actor: Actor, kind: Kind) -> bool:
    """Whether a reader may begin one or sees one."""
    return access.may_create(actor, kind) or selectors.visible(actor, kind.name).order_by().exists()


def groups(those: Sequence[RecordType], language: str) -> tuple[Group, ...]:
    """Types in groups, in the order of their first."""
    found: dict[str, list[RecordType]] = {}
    for one in those:
        found.setdefault(label_of(one.group, "zh-Hans"), []).append(one)
    return tuple(Group(name, tuple(together), language) for name, together in found.items())


def tabs(
    actor: Actor, group: Group, current: str, within: Scope = EVERYONE
) -> list[dict[str, Any]]:
    """The tabs of a group, each with the number of records the reader sees, of some people."""
    kinds = book().kinds

    def count(name: str) -> int:
        return narrowing.count(selectors.concerning(selectors.visible(actor, name), within))

    return [
        {
            "label": kinds[one.name].type.plural_label.get(formats.language()),
            "url": reverse("records:list", args=[one.name]),
            "current": one.name == current,
            "count": count(one.name),
        }
        for one in group.types
    ]
