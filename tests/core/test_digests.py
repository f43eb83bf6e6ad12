"""Digests: the same rows give the same digest, whoever wrote them and in whatever order."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.digests import (
    Value,
    canonical_json,
    canonical_row,
    canonical_rows,
    canonical_value,
    digest_of,
    digest_of_digests,
    digest_of_text,
    digest_rows,
    digest_sorted,
)
from attain.core.errors import AttainError
from attain.core.rounding import narrow
from attain.core.units import BOOLEAN, COUNT, DATE, POINTS, RATIO, TEXT, Type, key_of, money

CNY = money("CNY")
COLUMNS = (TEXT, CNY, RATIO, COUNT, DATE, BOOLEAN, key_of("people"), POINTS)


def test_a_row_is_a_json_array_in_one_fixed_form() -> None:
    row: list[Value] = [
        "考核", Decimal("1.5"), Decimal(-2), 7, date(2026, 9, 30), True, "people-x", None,
    ]  # fmt: skip

    assert canonical_row(row, COLUMNS).decode() == (
        '["考核","1.500000","-2.000000000000000000",7,"2026-09-30",true,"people-x",null]'
    )


@pytest.mark.parametrize(
    ("value", "type_", "form"),
    [
        (Decimal("1E+3"), CNY, "1000.000000"),
        (Decimal("-0"), CNY, "0.000000"),
        (Decimal("-0.50"), CNY, "-0.500000"),
        (3, CNY, "3.000000"),
        (Decimal("1.5000000000"), CNY, "1.500000"),
        (Fraction(1, 8), RATIO, "0.125000000000000000"),
        (Decimal("5.0"), COUNT, 5),
        (10**17 + 1, COUNT, 10**17 + 1),
        ("Jose\u0301", TEXT, "Jos\u00e9"),
        (None, CNY, None),
    ],
)
def test_one_value_has_one_form(value: Value, type_: Type, form: object) -> None:
    assert canonical_value(value, type_) == form


@pytest.mark.parametrize(
    ("value", "type_", "code"),
    [
        (Decimal("0.0000001"), CNY, "VALUE_NOT_EXACT"),
        (Fraction(1, 3), RATIO, "VALUE_NOT_EXACT"),
        (Decimal("1.5"), COUNT, "VALUE_NOT_EXACT"),
        (Decimal("NaN"), CNY, "VALUE_NOT_EXACT"),
        (Decimal("Infinity"), RATIO, "VALUE_NOT_EXACT"),
        (10**18, CNY, "AMOUNT_OVERFLOW"),
        (10**18, COUNT, "AMOUNT_OVERFLOW"),
        (Decimal(10) ** 20, RATIO, "AMOUNT_OVERFLOW"),
    ],
)
def test_what_a_column_cannot_hold_exactly_has_no_digest(
    value: Value, type_: Type, code: str
) -> None:
    with pytest.raises(AttainError) as caught:
        canonical_value(value, type_)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (0.5, CNY),
        (True, COUNT),
        ("5", COUNT),
        (5, TEXT),
        (datetime(2026, 1, 1, tzinfo=UTC), DATE),
        (1, BOOLEAN),
        ("2026-01-01", DATE),
    ],
)
def test_a_value_of_another_kind_is_a_mistake_of_ours(value: object, type_: Type) -> None:
    with pytest.raises(TypeError):
        canonical_value(value, type_)  # type: ignore[arg-type]


def test_a_row_has_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        canonical_row(["x"], [TEXT, TEXT])


def test_the_digest_is_the_sha_256_of_the_rows_in_byte_order() -> None:
    expected = sha256(b'["a"]\n["b"]\n["\xe8\x80\x83"]\n').hexdigest()
    rows = [canonical_row([text], [TEXT]) for text in ("考", "b", "a")]

    assert digest_rows(rows) == expected
    assert digest_sorted(sorted(rows)) == expected


def test_many_rows_are_written_like_each_of_them() -> None:
    rows: list[tuple[Value, ...]] = [("a", Decimal(1)), ("b", None), (None, Fraction(1, 2))]
    types = (TEXT, CNY)

    assert list(canonical_rows(rows, types)) == [canonical_row(row, types) for row in rows]


def test_rows_out_of_order_are_not_digested_as_sorted() -> None:
    with pytest.raises(ValueError, match="byte order"):
        digest_sorted([b"b", b"a"])


def test_a_row_that_comes_twice_counts_twice() -> None:
    assert digest_rows([b"a", b"a"]) != digest_rows([b"a"])
    assert digest_rows([]) == sha256(b"").hexdigest()


AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=6)
ROWS = st.lists(st.tuples(st.text(), AMOUNTS), max_size=8)


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, Decimal]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    digests = {
        digest_rows(canonical_row(row, (TEXT, CNY)) for row in order) for order in (rows, shuffled)
    }

    assert len(digests) == 1


@given(AMOUNTS, st.integers(0, 10))
def test_zeros_at_the_end_change_nothing(amount: Decimal, zeros: int) -> None:
    longer = Decimal(f"{amount:f}{'0' * zeros}") if "." in f"{amount:f}" else amount

    assert canonical_value(longer, CNY) == canonical_value(amount, CNY)
    assert canonical_value(Fraction(amount), CNY) == canonical_value(amount, CNY)


@given(AMOUNTS)
def test_the_form_of_an_amount_is_what_narrowing_gives(amount: Decimal) -> None:
    assert canonical_value(amount, CNY) == format(narrow(amount, 6), "f")


@given(st.text())
def test_both_unicode_forms_of_a_text_are_one(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]

    assert len({canonical_row([form], [TEXT]) for form in forms}) == 1


def test_canonical_json_sorts_keys_and_keeps_lists() -> None:
    assert canonical_json({"b": [2, 1], "a": {"d": None, "c": "é"}}) == (
        '{"a":{"c":"é","d":null},"b":[2,1]}'.encode()
    )


@pytest.mark.parametrize("data", [1.5, {"a": Decimal(1)}, [date(2026, 1, 1)], {1, 2}])
def test_only_plain_data_is_canonical(data: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(data)


def test_named_digests_make_one_digest_in_any_order() -> None:
    one, other = {"lines": "aa", "outcomes": "bb"}, {"outcomes": "bb", "lines": "aa"}

    assert digest_of_digests(one) == digest_of_digests(other)
    assert digest_of_digests(one) != digest_of_digests({"lines": "bb", "outcomes": "aa"})


def test_a_plan_s_name_does_not_depend_on_line_ends() -> None:
    assert digest_of_text("a\r\nb\r") == digest_of_text("a\nb\n")
    assert digest_of_text("a") != digest_of_text("a\n")
    assert digest_of([]) == sha256(b"[]").hexdigest()
