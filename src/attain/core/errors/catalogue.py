"""The catalogue of error codes with their sentences.

The messages are part of the public interface: what happened, with the values, why it
matters, and what to do, in both languages. A code never changes its meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import Final

from attain.core.errors.models import Problem, Severity, Where
from attain.core.labels import Labels


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """One code: its sentences (templates with named values), HTTP status and severity."""

    code: str
    message: Labels
    why: Labels
    remedy: Labels
    http: int
    severity: Severity
    names: frozenset[str]
    """Values that the sentences need."""


OPTIONAL: Final = frozenset({"hint"})
"""Values that a sentence may do without: there is a hint only where something can be said, and
problems that were kept before it was said have none."""
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_KINDS: Final[dict[str, ErrorKind]] = {}


def define(
    code: str,
    *,
    zh: str,
    en: str,
    remedy_zh: str,
    remedy_en: str,
    why_zh: str = "",
    why_en: str = "",
    http: int = 422,
    severity: Severity = Severity.error,
) -> str:
    """Register a code with its sentences, and return the code.

    :raises ValueError: a mistake of the author: a code defined twice, or sentences that
        speak of different values in the two languages.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is not an upper-case code")
    for one, other in ((zh, en), (remedy_zh, remedy_en), (why_zh, why_en)):
        if _names(one) != _names(other) or bool(one) != bool(other):
            raise ValueError(f"{code}: the two languages differ in {one!r} and {other!r}")
    kind = ErrorKind(
        code=code,
        message=Labels(zh=zh, en=en),
        why=Labels(zh=why_zh, en=why_en),
        remedy=Labels(zh=remedy_zh, en=remedy_en),
        http=http,
        severity=severity,
        names=(_names(zh) | _names(remedy_zh) | _names(why_zh)) - OPTIONAL,
    )
    if _KINDS.get(code, kind) != kind:
        raise ValueError(f"{code} is defined twice")
    _KINDS[code] = kind
    return code


def _names(template: str) -> frozenset[str]:
    """The values a template speaks of; only plain names, no look into objects."""
    found = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    for name in found:
        if not name.isidentifier():
            raise ValueError(f"{template!r}: {name!r} is not a plain name")
    return frozenset(found)


def kind_of(code: str) -> ErrorKind:
    """The registered kind of a code.

    :raises KeyError: a code nobody defined.
    """
    return _KINDS[code]


def catalogue() -> tuple[ErrorKind, ...]:
    """Every code that is known by now, in alphabetical order: the source of the reference page."""
    return tuple(_KINDS[code] for code in sorted(_KINDS))


def problem(
    code: str,
    /,
    where: Where | None = None,
    *,
    severity: Severity | None = None,
    **values: object,
) -> Problem:
    """A problem of a registered code, with the values its sentences need.

    :raises KeyError: a code nobody defined.
    :raises TypeError: a value that the sentences need is not given.
    """
    kind = kind_of(code)
    absent = sorted(kind.names - values.keys())
    if absent:
        raise TypeError(f"{code} needs the values {', '.join(absent)}")
    return Problem(code, values, where, severity or kind.severity)
