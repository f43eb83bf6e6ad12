"""One column of a dataset: as it is declared, and as it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import AliasChoices, Field, field_validator, model_validator

from attain.core.documents import Declared, refused
from attain.core.errors import codes, problem
from attain.core.labels import Labels
from attain.core.numbers import NumberProfile
from attain.core.schemas.writing import Written
from attain.core.units import FRACTION_SCALE, MONEY_SCALE, Type, Unit
from attain.core.values import minor_digits

MAX_NAME: Final = 60

FOREIGN_TYPES: Final = {
    **dict.fromkeys(("decimal", "number", "numeric", "float", "double", "real"), "money, ratio"),
    **dict.fromkeys(("currency", "amount", "金额"), "money"),
    **dict.fromkeys(("percent", "percentage", "rate", "百分比", "比率"), "ratio"),
    **dict.fromkeys(("int", "integer", "bigint", "数量", "整数"), "count"),
    **dict.fromkeys(("string", "str", "varchar", "char", "txt", "文本", "文字"), "text"),
    **dict.fromkeys(("datetime", "timestamp", "dates", "日期"), "date"),
    **dict.fromkeys(("bool", "yes/no", "是否"), "boolean"),
    **dict.fromkeys(("id", "编号"), "code"),
}
"""Words for types of other languages, and what is meant here."""

_DATASET: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


def is_dataset_name(word: str) -> bool:
    """Whether a word may name a dataset; another word for a type may not.

    >>> [is_dataset_name(word) for word in ("people", "txt", "decimal")]
    [True, False, False]
    """
    return bool(_DATASET.fullmatch(word)) and word not in FOREIGN_TYPES


class ColumnType(StrEnum):
    """What a column holds, in the words of a declaration."""

    code = "code"
    """An external number or code, kept as text: 00123 stays 00123."""
    text = "text"
    money = "money"
    ratio = "ratio"
    """A share or rate: 0.8, written 80% where the source does."""
    count = "count"  # type: ignore[assignment]  # str has a method of that name
    """A number of things; whole unless it declares a scale."""
    points = "points"
    days = "days"
    date = "date"
    boolean = "boolean"
    key = "key"
    """A reference by external code to a row of another dataset (`of`)."""
    period = "period"
    """A period written as 2026-Q1, stored with its first day and its exclusive end."""


_UNITS: Final = {
    ColumnType.code: Unit.text,
    ColumnType.period: Unit.text,
    **{kind: Unit(kind.value) for kind in ColumnType if kind.value in list(Unit)},
}
_NUMBERS: Final = frozenset(kind for kind, unit in _UNITS.items() if unit.is_number)


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """One column of the Parquet files; a period is stored as three."""

    name: str
    type: Type
    declared: str
    """The column it comes from."""
    part: str = ""
    """For a period: "" is the text as written, "from" and "until" are its bounds."""


class ColumnSchema(Declared):
    """A column as it is declared under `columns:`."""

    name: str
    type: ColumnType
    labels: Labels = Field(
        default=Labels(),
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    aliases: tuple[str, ...] = ()
    """Other headers by which a file may call it."""
    required: bool = False
    """True if a row without it is refused; otherwise it may be missing."""
    personal: bool = False
    """True if it says something about a person that not everybody may read, such as a name."""
    of: str | None = None
    """For a key: the kind of thing it refers to, that is the dataset's name."""
    also_of: tuple[str, ...] = ()
    """Other kinds it may refer to instead: a target may belong to a person or to a unit."""
    currency: str | None = None
    """For money: the currency of every amount."""
    currency_from: str | None = None
    """For money: the column which holds each row's currency."""
    scale: int | None = Field(default=None, ge=0, le=FRACTION_SCALE)
    """Decimals that are accepted; of money, those of its currency unless declared."""
    written: Written = Written()
    """How files write its values, where that differs from the usual."""

    @model_validator(mode="before")
    @classmethod
    def _several_kinds(cls, given: Any) -> Any:
        """`of: [people, units]` is the first kind, and those which are possible besides.

        A type that is the name of a dataset, `{type: people}`, is the key of one, as in plans.
        """
        if isinstance(given, dict) and given.get("of") is None:
            word = given.get("type")
            if isinstance(word, str) and word not in list(ColumnType) and is_dataset_name(word):
                return {**given, "type": ColumnType.key, "of": word}
        if isinstance(given, dict) and isinstance(given.get("of"), list | tuple):
            first, *rest = given["of"] or [None]
            return {**given, "of": first, "also_of": tuple(rest)}
        return given

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not name.isidentifier() or name.startswith("_") or len(name) > MAX_NAME:
            raise refused(problem(codes.NAME_INVALID, value=name, limit=MAX_NAME))
        return name

    @field_validator("currency")
    @classmethod
    def _is_a_currency(cls, currency: str | None) -> str | None:
        if currency is not None and minor_digits(currency) is None:
            raise refused(problem(codes.CURRENCY_UNKNOWN, value=currency))
        return currency

    @model_validator(mode="after")
    def _options_fit_the_type(self) -> ColumnSchema:
        for option, fits in self._options():
            if not fits:
                raise refused(
                    problem(
                        codes.SCHEMA_COLUMN_OPTION,
                        column=self.name,
                        type=self.type.value,
                        option=option,
                    )
                )
        return self

    def _options(self) -> Iterator[tuple[str, bool]]:
        is_money = self.type is ColumnType.money
        yield "currency", bool(self.currency or self.currency_from) == is_money
        yield "currency_from", not (self.currency and self.currency_from)
        yield "of", (self.of is not None) == (self.type is ColumnType.key)
        yield "scale", self.scale is None or self.type in _NUMBERS
        yield "scale", not is_money or (self.scale or 0) <= MONEY_SCALE

    @property
    def kinds(self) -> tuple[str, ...]:
        """For a key: every kind of thing it may refer to, the usual one first."""
        return (self.of, *self.also_of) if self.of else ()

    @property
    def accepted_scale(self) -> int:
        """Decimals a value of this column may have."""
        if self.scale is not None:
            return self.scale
        if self.type is ColumnType.money:
            digits = minor_digits(self.currency or "")
            return MONEY_SCALE if digits is None else digits
        return 0 if self.type in (ColumnType.count, ColumnType.days) else FRACTION_SCALE

    @property
    def number_profile(self) -> NumberProfile:
        """How its numbers may be written, before a mapping says more about a source."""
        is_ratio = self.type is ColumnType.ratio
        return self.written.number_profile(self.accepted_scale, self.currency, percent=is_ratio)

    @property
    def value_type(self) -> Type:
        """The type of its values in expressions and in storage."""
        is_number = self.type in _NUMBERS
        return Type(
            _UNITS[self.type],
            currency=self.currency,
            scale=self.accepted_scale if is_number else None,
            may_be_missing=not self.required,
            kind=self.of,
        )

    def stored(self) -> tuple[StoredColumn, ...]:
        """Its columns in storage: one, or three for a period."""
        own = StoredColumn(self.name, self.value_type, self.name)
        if self.type is not ColumnType.period:
            return (own,)
        bound = Type(Unit.date, may_be_missing=not self.required)
        return own, *(
            StoredColumn(f"{self.name}_{part}", bound, self.name, part)
            for part in ("from", "until")
        )
