"""What was done, and to what, in words: each app says how its actions and things are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attain.core.labels import Labels

_ACTIONS: Final[dict[str, Labels]] = {}
_THINGS: Final[dict[str, Labels]] = {}
_FIELDS: Final[dict[str, Labels]] = {}

Told = Callable[[str], Labels | None]
ToldValue = Callable[[str, str, str], Labels | None]
_no_words: Told = lambda code: None  # noqa: E731
_action_of: Told = _no_words
_thing_of: Told = _no_words
_value_of: ToldValue = lambda kind, field, value: None  # noqa: E731
_every_action: Callable[[], Iterable[str]] = tuple


def name(
    actions: Mapping[str, Labels],
    things: Mapping[str, Labels] | None = None,
    fields: Mapping[str, Labels] | None = None,
) -> None:
    """Name actions, kinds of things, and what stands in before and after.

    `name({"plans.save": labels("保存方案", "Saved a plan")}, {"plan": labels("方案", "Plan")})`
    """
    _ACTIONS.update(actions)
    _THINGS.update(things or {})
    _FIELDS.update(fields or {})


def ask(
    *, action: Told, thing: Told, value: ToldValue, every_action: Callable[[], Iterable[str]]
) -> None:
    """Let the life cycles, which are declared and come and go, say their own words."""
    global _action_of, _thing_of, _value_of, _every_action
    _action_of, _thing_of, _value_of, _every_action = action, thing, value, every_action


def of(action: str, language: str) -> str:
    """An action in a reader's language; its code where nobody named it."""
    return _said(_ACTIONS.get(action) or _action_of(action), action, language)


def thing(kind: str, language: str) -> str:
    """A kind of thing in a reader's language; its code where nobody named it."""
    return _said(_THINGS.get(kind) or _thing_of(kind), kind, language)


def field(name: str, language: str) -> str:
    """What stands in before and after, in a reader's language."""
    return _said(_FIELDS.get(name), name, language)


def value(kind: str, name: str, written: str, language: str) -> str:
    """A value of before or after: a state is told by its name."""
    return _said(_value_of(kind, name, written), written, language)


def actions() -> tuple[str, ...]:
    """Every action there are words for, in the order of the codes."""
    return tuple(sorted({*_ACTIONS, *_every_action()}))


def things() -> tuple[str, ...]:
    """Every kind of thing there are words for, in the order of the codes."""
    living = {action.rpartition(".")[0] for action in _every_action()}
    return tuple(sorted({*_THINGS, *living}))


def _said(label: Labels | None, code: str, language: str) -> str:
    return (label.get(language) if label else "") or code
