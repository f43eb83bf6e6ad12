"""Sentences of problems, for a reader of either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from attain.core.errors.catalogue import OPTIONAL, kind_of
from attain.core.errors.models import Problem, Severity, Where
from attain.core.labels import ENGLISH, Labels, labels

SHOWN_LENGTH: Final = 40
"""Characters shown of a text that came from outside."""

_SEVERITIES: Final = {
    Severity.error: labels("错误", "Error"),
    Severity.warning: labels("警告", "Warning"),
    Severity.note: labels("提示", "Note"),
}

_PLACES: Final[tuple[tuple[str, Labels], ...]] = (
    ("file", labels("{}", "{}")),
    ("sheet", labels("工作表“{}”", "sheet “{}”")),
    ("row", labels("第 {} 行", "row {}")),
    ("column", labels("{} 列", "column {}")),
    ("header", labels("“{}”", "“{}”")),
    ("line", labels("第 {} 行", "line {}")),
    ("position", labels("第 {} 个字符", "character {}")),
    ("pointer", labels("{}", "{}")),
    ("field", labels("“{}”栏", "field “{}”")),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A problem in words: title, what happened, why it matters, what to do, and where."""

    title: str
    message: str
    why: str
    remedy: str
    place: str

    def __str__(self) -> str:
        head = f"{self.title}: {self.place}" if self.place else self.title
        return "\n".join((head, *(f"  {text}" for text in self._sentences() if text)))

    def _sentences(self) -> tuple[str, str, str]:
        return self.message, self.why, self.remedy


def render(problem: Problem, language: str = "zh-Hans") -> Rendered:
    """The sentences of a problem in one language.

    :raises KeyError: a code nobody defined.
    """
    kind = kind_of(problem.code)
    given = {**dict.fromkeys(OPTIONAL, ""), **problem.values}
    shown = {name: show(value, language) for name, value in given.items()}

    def said(template: Labels) -> str:
        return template.get(language).format_map(shown)

    return Rendered(
        title=f"{_SEVERITIES[problem.severity].get(language)} {problem.code}",
        message=said(kind.message),
        why=said(kind.why),
        remedy=said(kind.remedy),
        place=render_place(problem.where, language),
    )


def render_all(problems: Iterable[Problem], language: str = "zh-Hans") -> str:
    """Several problems as one text, one paragraph each."""
    return "\n".join(str(render(problem, language)) for problem in problems)


def render_place(where: Where | None, language: str = "zh-Hans") -> str:
    """The place in words: file, sheet, row, column, and so on, as far as known."""
    if where is None:
        return ""
    parts = [
        template.get(language).format(show(value, language))
        for name, template in _PLACES
        if (value := getattr(where, name)) is not None
    ]
    return (", " if language == ENGLISH else "，").join(parts)


def show(value: object, language: str = "zh-Hans") -> str:
    """A value as it stands in a sentence: short, visible, without surprises."""
    if value is None:
        return "empty" if language == ENGLISH else "空"
    if isinstance(value, Labels):
        return value.get(language)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        separator = ", " if language == ENGLISH else "、"
        return separator.join(show(item, language) for item in items)
    return _shortened(_visible(str(value)))


def _visible(text: str) -> str:
    """Control, invisible and direction characters as their code, so that nobody is misled."""
    return "".join(
        f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign
        for sign in text
    )


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
