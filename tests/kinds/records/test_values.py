"""One value: read from what somebody typed, kept as JSON and read again, always exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from attain.core.errors import AttainError
from attain.kinds.records import FieldSpec, values


def field(type_: str, **said: object) -> FieldSpec:
    return FieldSpec.model_validate({"name": "a", "type": type_, **said})


CHOICES = {"new": {"zh-Hans": "新客户", "en": "New"}, "old": {"zh-Hans": "老客户", "en": "Old"}}
MONEY = field("money", currency="CNY")
CHOICE = field("choice", choices=CHOICES)
SEVERAL = field("choices", choices=CHOICES)
TABLE = field(
    "table", fields={"n": {"name": "n", "type": "count"}, "on": {"name": "on", "type": "date"}}
)


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (MONEY, "1,000.50", Decimal("1000.50")),
        (MONEY, "¥1000.5", Decimal("1000.5")),
        (MONEY, "1.5万", Decimal(15000)),
        (MONEY, "  ", None),
        (MONEY, None, None),
        (field("ratio"), "12.5%", Decimal("0.125")),
        (field("count"), "１２", Decimal(12)),
        (field("count", scale=1), "1.5", Decimal("1.5")),
        (field("date"), "2026年2月3日", date(2026, 2, 3)),
        (field("boolean"), "是", True),
        (field("boolean"), "no", False),
        (CHOICE, "new", "new"),
        (CHOICE, "老客户", "old"),
        (CHOICE, "OLD", "old"),
        (SEVERAL, "老客户；New", ("new", "old")),
        (field("text"), "  a b ", "a b"),
        (field("code"), "00123", "00123"),
        (field("long_text"), "a\r\n b\n\n", "a\n b"),
        (field("person"), "E001", "E001"),
    ],
)
def test_a_value_is_read_exactly(spec: FieldSpec, text: str | None, value: object) -> None:
    found = values.read(spec, text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("spec", "text", "code"),
    [
        (MONEY, "1.005", "TOO_MANY_DECIMALS"),
        (MONEY, "$5", "CURRENCY_MIXED"),
        (MONEY, "5%", "PERCENT_NOT_ALLOWED"),
        (MONEY, "NaN", "NUMBER_FORMAT"),
        (field("count"), "1.5", "NUMBER_NOT_WHOLE"),
        (field("date"), "2026-02-30", "DATE_INVALID"),
        (field("date"), "03/04/2026", "DATE_AMBIGUOUS"),
        (field("boolean"), "perhaps", "BOOLEAN_FORMAT"),
        (CHOICE, "both", "RECORD_CHOICE_UNKNOWN"),
        (SEVERAL, "new;both", "RECORD_CHOICE_UNKNOWN"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(spec: FieldSpec, text: str, code: str) -> None:
    with pytest.raises(AttainError) as told:
        values.read(spec, text)

    (one,) = told.value.problems
    assert (one.code, one.where.field if one.where else None) == (code, "a")


@pytest.mark.parametrize(
    ("spec", "value", "kept"),
    [
        (MONEY, Decimal("1000.50"), "1000.50"),
        (field("count"), Decimal("1E+3"), "1000"),
        (field("date"), date(2026, 2, 3), "2026-02-03"),
        (field("boolean"), False, False),
        (SEVERAL, ("new", "old"), ["new", "old"]),
        (field("files"), ("f1", "f2"), ["f1", "f2"]),
        (field("text"), "12.50", "12.50"),
        (TABLE, ({"n": Decimal(2), "on": None},), [{"n": "2"}]),
    ],
)
def test_a_value_is_kept_as_json(spec: FieldSpec, value: object, kept: object) -> None:
    assert values.to_json(spec, value) == kept
    again = values.from_json(spec, kept)
    if spec is not TABLE:
        assert again == value
        assert type(again) is type(value)
    else:
        assert again == ({"n": Decimal(2), "on": None},)


def test_empty_values_are_not_kept() -> None:
    fields = {"a": field("text"), "b": MONEY, "c": SEVERAL}

    assert values.values_to_json(fields, {"a": "", "b": Decimal(0), "c": ()}) == {"b": "0"}
    assert values.values_from_json(fields, {"b": "0"}) == {"b": Decimal(0)}


def test_what_an_older_version_kept_stays_readable() -> None:
    assert values.from_json(MONEY, "by agreement") == "by agreement"
    assert values.from_json(field("date"), "soon") == "soon"


def test_a_binary_number_is_not_taken() -> None:
    with pytest.raises(TypeError):
        values.to_json(MONEY, 0.1)
