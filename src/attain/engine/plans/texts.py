"""The scalars of a plan: texts that remember where they stand.

A plan's scalars are read as text and never as binary numbers. An expression keeps its place
in the file, so that a problem at its fifth character is shown where the author sees it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, Final, Self

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from attain.core.documents import refused
from attain.core.errors import AttainError, Where, codes, problem
from attain.core.numbers import parse_ratio
from attain.core.values import minor_digits
from attain.engine import errors
from attain.engine.plans.spoken import rounding_meant

NAME_LENGTH: Final = 60
"""Characters of a name at most: it becomes a column of a file and a heading of a page."""

_PLAN_ID: Final = re.compile(r"[^\W_][\w-]{0,59}")
_DEVICES: Final = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    }
)
"""Words that some systems do not accept as the name of a folder."""

RESERVED: Final = frozenset(
    {
        *("and", "or", "not", "in", "true", "false", "this"),
        *("且", "并且", "或", "或者", "非", "真", "是", "假", "否"),
    }
)
"""Words of the expression language, which nothing can be named after."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scalar stands in a plan file; lines and positions count from 1.

    `style` is the YAML style: empty for plain, a quote sign, `|` or `>`. `indent` is how far
    the lines of a block text are indented.
    """

    file: str | None = None
    line: int = 1
    position: int = 1
    style: str = ""
    indent: int = 0
    pointer: str | None = None

    def where(self) -> Where:
        """The place as errors name it."""
        return Where(file=self.file, line=self.line, position=self.position, pointer=self.pointer)

    def of(self, inner: Where | None, text: str) -> Where:
        """A place inside the text as a place of the file: what the author has to look at."""
        if inner is None or inner.line is None:
            return self.where()
        line, position = self._at(inner.line, inner.position or 1, text)
        end_line, end_position = self._at(
            inner.end_line or inner.line, inner.end_position or inner.position or 1, text
        )
        return replace(
            self.where(),
            line=line,
            position=position,
            end_line=end_line,
            end_position=end_position,
        )

    def _at(self, line: int, position: int, text: str) -> tuple[int, int]:
        if self.style in ("|", ">"):
            return self.line + line, self.indent + position
        if line > 1:
            return self.line + line - 1, position
        before = text[: position - 1]
        # A doubled quote or an escape is one character for the grammar and two in the file.
        doubled = before.count("'") if self.style == "'" else 0
        escaped = sum(before.count(sign) for sign in '"\\') if self.style == '"' else 0
        quote = 1 if self.style else 0
        return self.line, self.position + quote + position - 1 + doubled + escaped


class Expression(str):
    """An expression as its author wrote it, with its place in the file.

    It is a text like any other; forms build new ones with `Expression.like`, so that an error
    in what a form made still points at the line its author can change.
    """

    place: Place

    def __new__(cls, text: str, place: Place | None = None) -> Self:
        made = super().__new__(cls, text)
        made.place = place or Place()
        return made

    @classmethod
    def like(cls, text: str, original: str) -> Self:
        """A text that a form made, standing where `original` stands."""
        place = original.place if isinstance(original, Expression) else None
        return cls(text, place)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._accept, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"], "title": "Expression"}

    @classmethod
    def _accept(cls, given: Any) -> Self:
        text = scalar_text(given)
        if text is None or not text.strip():
            raise refusal(errors.PLAN_EMPTY)
        return given if isinstance(given, cls) else cls(text)


def refusal(code: str, **values: Any) -> PydanticCustomError:
    """A coded problem to raise inside a model; reading the document gives it its place."""
    return refused(problem(code, None, **values))


def scalar_text(given: Any) -> str | None:
    """A scalar as text, None for an empty one.

    :raises PydanticCustomError: PLAN_SCALAR for a mapping or a list.
    """
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int | Decimal | dt.date):
        return str(given)
    raise refusal(errors.PLAN_SCALAR)


def _said(given: Any) -> str:
    text = scalar_text(given)
    if text is None or not text.strip():
        raise refusal(errors.PLAN_EMPTY)
    return text


def _by(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A reader of scalars, with coded problems as problems of the model."""

    def accept(given: Any) -> Any:
        if given is None:
            return None
        try:
            return read(_said(given))
        except AttainError as error:
            raise refused(error.problems[0]) from None

    return accept


def read_name(text: str) -> str:
    """A name of the plan: letters of any script, digits and underscores.

    :raises PydanticCustomError: NAME_INVALID, PLAN_NAME_RESERVED.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if not name.isidentifier() or name.startswith("_") or len(name) > NAME_LENGTH:
        raise refusal(codes.NAME_INVALID, value=text, limit=NAME_LENGTH)
    if name.casefold() in RESERVED:
        raise refusal(errors.PLAN_NAME_RESERVED, name=name)
    return name


def _flag(text: str) -> bool:
    """Only `true` and `false`: yes, no, on and off are words, as in YAML 1.2."""
    if text not in ("true", "false"):
        raise refusal(errors.PLAN_FLAG, value=text)
    return text == "true"


def _exact(text: str) -> Decimal:
    return parse_ratio(text).value


def _step(text: str) -> Decimal:
    try:
        return _exact(text)
    except AttainError:
        meant = rounding_meant(text)
        raise refusal(errors.PLAN_ROUNDING, value=text, meant=meant) from None


def _whole(text: str) -> int:
    if not text.isascii() or not text.lstrip("-").isdigit():
        raise refusal(codes.NUMBER_NOT_WHOLE, value=text)
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise refusal(errors.PLAN_DATE, value=text) from None


def _names(given: Any) -> Any:
    """One name or a list of names as a tuple, each with its place in the file."""
    if given is None:
        return None
    items = given if isinstance(given, list | tuple) else [given]
    return tuple(Expression.like(_said(item).strip(), item) for item in items)


def _plain(given: Any) -> Any:
    return None if given is None else str(_said(given))


Name = Annotated[str, BeforeValidator(_by(read_name))]
"""A name inside the plan."""


def _plan_id(text: str) -> str:
    """A plan's identifier: it names folders and lines, so nothing but letters, digits, - and _."""
    name = unicodedata.normalize("NFC", text.strip())
    if not _PLAN_ID.fullmatch(name) or name.casefold() in _DEVICES:
        raise refusal(codes.NAME_INVALID, value=text, limit=NAME_LENGTH)
    return name


def _currency(text: str) -> str:
    """The code of a currency, CNY."""
    code = text.strip()
    if minor_digits(code) is None:
        raise refusal(codes.CURRENCY_UNKNOWN, value=text)
    return code


PlanId = Annotated[str, BeforeValidator(_by(_plan_id))]
"""The identifier of a plan."""

Currency = Annotated[str, BeforeValidator(_by(_currency))]
"""The code of a currency."""

PlainText = Annotated[str, BeforeValidator(_plain), WithJsonSchema({"type": ["string", "number"]})]
"""Words for people, or a word of the language."""

Flag = Annotated[bool, BeforeValidator(_by(_flag))]
"""true or false."""

ExactNumber = Annotated[
    Decimal, BeforeValidator(_by(_exact)), WithJsonSchema({"type": ["number", "string"]})
]
"""A decimal number, never a binary one."""

Step = Annotated[
    Decimal, BeforeValidator(_by(_step)), WithJsonSchema({"type": ["number", "string"]})
]
"""What a value is rounded to a multiple of."""

WholeNumber = Annotated[int, BeforeValidator(_by(_whole))]
"""A whole number."""

Day = Annotated[
    dt.date, BeforeValidator(_by(_day)), WithJsonSchema({"type": "string", "format": "date"})
]
"""A date, written 2026-03-15."""

_Placed = Annotated[str, GetPydanticSchema(lambda _, handler: handler(Expression))]
"""A text that keeps its place in the file."""

Grain = Annotated[
    tuple[_Placed, ...],
    BeforeValidator(_names),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name, or a list of names."""
