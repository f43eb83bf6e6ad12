"""The words that say who somebody is to a record."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels, labels
from attain.kinds.relations import AUTHOR, CLOCK, OWNER, name_of, relation

SUBJECT: Final = relation("subject", "当事人", "the person it is about")
MANAGER: Final = relation("manager", "负责人的直接上级", "the owner's manager")
SUBJECT_MANAGER: Final = relation(
    "subject_manager", "当事人的直接上级", "the manager of the person it is about"
)
HEAD: Final = relation("head", "负责人所在部门的负责人", "the head of the owner's unit")
EVERYONE: Final = relation("everyone", "所有人", "everyone")

PLAIN: Final = (AUTHOR, OWNER, SUBJECT, MANAGER, SUBJECT_MANAGER, HEAD, EVERYONE, CLOCK)
ROLES: Final = (
    "representative",
    "manager",
    "hr",
    "finance",
    "plan_admin",
    "auditor",
    "system_admin",
)
"""The roles of the product, as `attain.apps.accounts` has them."""

ROLE: Final = "role"
UNIT_HEAD: Final = "unit_head"
POSITION: Final = "position"
FIELD: Final = "field"

KNOWN: Final = (
    *PLAIN,
    *(f"{ROLE}:{role}" for role in ROLES),
    f"{UNIT_HEAD}:U001",
    f"{POSITION}:P001",
    f"{FIELD}:lead",
)
"""What can be written, with an example where a code follows."""


WITHOUT_RECORD: Final = (
    EVERYONE,
    *(word for word in KNOWN if ":" in word and not word.startswith(FIELD)),
)
"""Those that say who somebody is before there is a record."""


def fits(word: str, known: tuple[str, ...]) -> bool:
    """Whether a word is one of some, or of the kind of one where a code follows."""
    kind, named = split(word)
    return word in known or (bool(named) and any(split(one)[0] == kind for one in known))


def split(word: str) -> tuple[str, str]:
    """The kind of a word and what it names: `role` and `hr`; a plain word names nothing."""
    kind, _, named = word.partition(":")
    return kind, named


def is_word(word: str, people: frozenset[str]) -> bool:
    """Whether a word says who; `people` are the person fields of the type."""
    kind, named = split(word)
    match kind:
        case "role":
            return named in ROLES
        case "unit_head" | "position":
            return bool(named.strip())
        case "field":
            return named in people
    return word in PLAIN


def named_word(word: str, fields: dict[str, Labels]) -> Labels:
    """How readers are told of a word; `fields` are the labels of the person fields."""
    kind, named = split(word)
    match kind:
        case "unit_head":
            return labels(f"{named} 部门负责人", f"the head of {named}")
        case "position":
            return labels(f"{named} 岗位", f"the position {named}")
        case "field":
            return fields.get(named) or labels(named, named)
    return name_of(word)
