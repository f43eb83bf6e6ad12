"""Where functions are declared and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attain.core.labels import Labels

if TYPE_CHECKING:
    from attain.expressions.functions.arguments import Arguments
    from attain.expressions.results import Result
    from attain.expressions.typed import Node

Typing = Callable[["Arguments"], "Node"]
"""Checks the arguments and makes the node of the call."""

Choose = Callable[[Sequence[Callable[[], "Result"]]], "Result"]
"""The value from arguments that are evaluated only when asked for."""


@dataclass(frozen=True, slots=True)
class Example:
    """A call and its result, as the reference page shows them and the tests run them."""

    text: str
    result: str


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    With `evaluate` the function is strict: a missing argument makes the result missing.
    With `choose` it has a missing rule of its own, told in `missing`. With neither it is
    made of other nodes when it is checked, and never evaluated itself.
    """

    name: str
    aliases: tuple[str, ...]
    signature: str
    arity: tuple[int, int | None]
    units: Labels
    description: Labels
    examples: tuple[Example, ...]
    typing: Typing
    missing: Labels | None = None
    evaluate: Callable[..., Result] | None = None
    choose: Choose | None = None
    sql: Callable[..., Any] | None = None
    """Strict functions of texts and dates: SQL from the SQL of the arguments."""


_FUNCTIONS: Final[dict[str, Function]] = {}
_NAMES: Final[dict[str, str]] = {}

NONDETERMINISTIC: Final = frozenset(
    (
        *("now", "today", "random", "rand", "uuid", "newid", "randbetween", "getdate", "sysdate"),
        *("current_date", "current_time", "current_timestamp"),
        *("今天", "现在", "随机", "当前日期", "当前时间"),
    )
)
"""What authors of other languages would call; each gives another value each time."""


def declare(function: Function) -> Function:
    """Enter a function under its name and its Chinese names.

    :raises ValueError: a name that is taken.
    """
    for name in (function.name, *function.aliases):
        if name in _NAMES:
            raise ValueError(f"two functions are called {name!r}")
        _NAMES[name] = function.name
    _FUNCTIONS[function.name] = function
    return function


def find(name: str) -> Function | None:
    """The function of a name in either language, whatever the case of its letters."""
    _load()
    known = _NAMES.get(name) or _NAMES.get(name.lower())
    return _FUNCTIONS[known] if known else None


def function(name: str) -> Function:
    """The function of a checked node.

    :raises KeyError: no such function; the checker lets none pass.
    """
    _load()
    return _FUNCTIONS[name]


def names() -> tuple[str, ...]:
    """Every name a function may be called by, in both languages."""
    _load()
    return tuple(_NAMES)


def documented() -> tuple[Function, ...]:
    """Every function in alphabetical order: the source of the reference page."""
    _load()
    return tuple(_FUNCTIONS[name] for name in sorted(_FUNCTIONS))


@cache
def _load() -> None:
    from attain.expressions.functions import (
        choice,
        currencies,
        dates,
        missing,
        numbers,
        quotients,
        texts,
    )

    for module in (choice, currencies, dates, missing, numbers, quotients, texts):
        for one in module.FUNCTIONS:
            declare(one)
