"""The fields of a record: what each holds, and what a value of it must be."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from pydantic import AliasChoices, Field, field_validator, model_validator

from attain.core.documents import refused
from attain.core.errors import codes, problem
from attain.core.labels import Labels
from attain.core.schemas.columns import MAX_NAME
from attain.core.units import BOOLEAN, DATE, FRACTION_SCALE, TEXT, Type, Unit, key_of
from attain.core.values import minor_digits
from attain.kinds.records import errors
from attain.kinds.records.days import Span
from attain.kinds.records.declared import Part

MAX_TEXT: Final = 200
MAX_LONG_TEXT: Final = 20_000


class FieldType(StrEnum):
    """What a field holds."""

    text = "text"
    """One line."""
    long_text = "long_text"
    """Several lines."""
    code = "code"
    """A number or code of somebody else's, kept as text: 00123 stays 00123."""
    count = "count"  # type: ignore[assignment]  # str has a method of that name
    """A number of things; whole unless it declares a scale."""
    points = "points"
    days = "days"
    ratio = "ratio"
    """A share or rate: 0.8 or 80%."""
    money = "money"
    date = "date"
    boolean = "boolean"
    choice = "choice"
    """One of the declared choices."""
    choices = "choices"
    """Any number of the declared choices."""
    person = "person"
    unit = "unit"
    record = "record"
    """Another record, of the type or one of the types under `of`."""
    table = "table"
    """Rows with fields of their own."""
    file = "file"
    files = "files"


NUMBERS: Final = frozenset(
    {FieldType.count, FieldType.points, FieldType.days, FieldType.ratio, FieldType.money}
)
TEXTS: Final = frozenset({FieldType.text, FieldType.long_text, FieldType.code})
KEYS: Final = frozenset({FieldType.person, FieldType.unit, FieldType.record})
CHOOSING: Final = frozenset({FieldType.choice, FieldType.choices})
FILES: Final = frozenset({FieldType.file, FieldType.files})
_ORDERED: Final = NUMBERS | {FieldType.date}
_KINDS: Final = {FieldType.person: "people", FieldType.unit: "units"}
_NO_CELLS: Final = FILES | {FieldType.table}


class Confidential(Part):
    """What is kept apart: who may read it, and for which purpose; every reading is noted."""

    purpose: Labels
    """What the field may be read for; whoever reads it says so."""
    read: tuple[str, ...] = Field(min_length=1)
    """Who may read it, in the words for who."""
    consent: bool = False
    """True if the person it speaks of must have agreed before it is written."""
    keep: Span | None = None
    """How long it is kept after the last change; then it is deleted."""
    off: bool = False
    """True if a company has to switch it on before anybody can fill it in."""


class FieldSpec(Part):
    """A field as it is declared under `fields:`."""

    name: str
    type: FieldType
    """What it holds."""
    labels: Labels = Field(
        default=Labels(),
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    """How it is called on pages, in lists and in workbooks."""
    help: Labels = Labels()
    """A sentence for whoever fills it in."""
    required: bool = False
    """True if a record cannot be kept without it, as long as it is shown."""
    default: str | None = None
    """An expression for its first value: `today + 30`, `author`, `'new'`."""
    min: str | None = None
    """The least a number may be; the first a date may be, as `2026-01-01` or `today - 30 days`."""
    max: str | None = None
    """The most a number may be, the last a date may be, the characters a text may have."""
    choices: dict[str, Labels] = {}
    """What can be chosen: an identifier for each, with its label."""
    of: tuple[str, ...] = ()
    """For a record: the type, or the types, it may be of."""
    currency: str | None = None
    """For money: the currency of every amount."""
    scale: int | None = Field(default=None, ge=0, le=FRACTION_SCALE)
    """Decimals that are accepted; of money, those of its currency unless declared."""
    is_: str | None = Field(default=None, alias="is")
    """A computed field: an expression over the other fields; nobody fills it in."""
    when: str | None = None
    """A condition: the field is shown, and required if it says so, only where that holds."""
    fields: dict[str, FieldSpec] = {}
    """For a table: the fields of each row."""
    min_rows: int = Field(default=0, ge=0)
    """For a table: rows it must have."""
    max_rows: int = Field(default=500, ge=1, le=5000)
    """For a table: rows it may have."""
    search: bool = False
    """True if the search box of the list looks into it."""
    unique: bool = False
    """True if no two records of the type may have the same value."""
    facts: bool = True
    """False if it does not go into the dataset that plans read."""
    personal: bool = False
    """True if it says something about a person that not everybody may read, such as a telephone."""
    sensitive: bool = False
    """True if the law protects it (health, religion, finances); it must be confidential."""
    confidential: Confidential | None = None
    """Kept apart from the record and read only for a purpose; it is in no list and no dataset."""
    was: str | None = None
    """Its name in the version before, if it was renamed."""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        given = dict(given)
        if isinstance(given.get("fields"), dict):
            given["fields"] = named(given["fields"])
        return given

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return checked_name(name)

    @model_validator(mode="after")
    def _options_fit(self) -> FieldSpec:
        for option, fits in self._options():
            if not fits:
                raise refused(
                    problem(
                        errors.RECORD_OPTION_MISFIT,
                        field=self.name,
                        type=self.type.value,
                        option=option,
                    )
                )
        if self.sensitive and self.confidential is None:
            raise refused(problem(errors.RECORD_SENSITIVE_OPEN, field=self.name))
        if self.currency is not None and minor_digits(self.currency) is None:
            raise refused(problem(codes.CURRENCY_UNKNOWN, value=self.currency))
        return self

    def _options(self) -> list[tuple[str, bool]]:
        kind = self.type
        is_table = kind is FieldType.table
        return [
            ("currency", (self.currency is not None) == (kind is FieldType.money)),
            ("choices", bool(self.choices) == (kind in CHOOSING)),
            ("of", bool(self.of) == (kind is FieldType.record)),
            ("fields", bool(self.fields) == is_table),
            ("min_rows", is_table or not self.min_rows),
            ("fields", all(_fits_a_row(one) for one in self.fields.values())),
            ("scale", self.scale is None or kind in NUMBERS),
            ("min", self.min is None or kind in _ORDERED),
            ("max", self.max is None or kind in _ORDERED | TEXTS),
            ("max", self.max is None or kind not in TEXTS or self.max.isdecimal()),
            ("is", self.is_ is None or not (kind in FILES or is_table)),
            ("default", self.default is None or not (kind in FILES or is_table)),
            ("default", self.default is None or self.is_ is None),
            ("required", not (self.required and self.is_ is not None)),
            ("search", not self.search or kind in TEXTS),
            ("unique", not self.unique or kind in TEXTS),
            ("confidential", self.confidential is None or not (self.is_ or is_table)),
            ("required", not (self.required and self.confidential)),
            ("default", not (self.default and self.confidential)),
            ("search", not (self.search and self.confidential)),
            ("unique", not (self.unique and self.confidential)),
        ]

    @property
    def label(self) -> Labels:
        """How readers are told of it: its name where nothing was written."""
        return self.labels or Labels(zh=self.name, en=self.name)

    @property
    def is_computed(self) -> bool:
        return self.is_ is not None

    @property
    def is_scalar(self) -> bool:
        """True for one value that can stand in a column."""
        return self.type not in FILES and self.type is not FieldType.table

    @property
    def accepted_scale(self) -> int:
        """Decimals a number in it may have."""
        if self.scale is not None:
            return self.scale
        if self.type is FieldType.money:
            return minor_digits(self.currency or "") or 0
        return 0 if self.type in (FieldType.count, FieldType.days) else 6

    @property
    def value_type(self) -> Type:
        """What its value is in expressions; several choices are a text joined by `;`."""
        kind = self.type
        if kind in NUMBERS:
            return Type(Unit(kind.value), self.currency, self.accepted_scale, may_be_missing=True)
        if kind is FieldType.record:
            # Of several types it is a key that may be compared with each of them.
            return (key_of(self.of[0]) if len(self.of) == 1 else Type(Unit.key)).missing()
        if kind in _KINDS:
            return key_of(_KINDS[kind]).missing()
        plain = {FieldType.date: DATE, FieldType.boolean: BOOLEAN}
        return plain.get(kind, TEXT).missing()

    @property
    def max_length(self) -> int:
        """Characters a text in it may have."""
        if self.max is not None and self.type in TEXTS:
            return int(self.max)
        return MAX_LONG_TEXT if self.type is FieldType.long_text else MAX_TEXT


def _fits_a_row(spec: FieldSpec) -> bool:
    """What a row of a table can hold: a plain value that does not depend on the record."""
    apart = spec.when or spec.confidential or spec.unique or spec.search
    return spec.type not in _NO_CELLS and not apart


def named(given: Any) -> Any:
    """Gives the parts of a mapping their names."""
    if not isinstance(given, dict):
        return given
    return {
        name: {**one, "name": name} if isinstance(one, dict) else one for name, one in given.items()
    }


def checked_name(name: str) -> str:
    """A name that may be used in expressions and as a column."""
    if not name.isidentifier() or name.startswith("_") or len(name) > MAX_NAME:
        raise refused(problem(codes.NAME_INVALID, value=name, limit=MAX_NAME))
    return name
