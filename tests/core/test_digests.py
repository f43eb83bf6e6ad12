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
    BLOCK,
    Digest,
    Value,
    canonical_json,
    digest_of,
    digest_of_digests,
    digest_of_text,
    digest_rows,
    order_of,
)
from attain.core.errors import AttainError
from attain.core.rounding import narrow
from attain.core.units import BOOLEAN, COUNT, DATE, POINTS, RATIO, TEXT, Type, key_of, money

CNY = money("CNY")
PEOPLE = key_of("people")


def test_a_digest_is_taken_over_columns_and_then_column_by_column() -> None:
    """Worked out by hand, two rows in the order of their key, the missing one first.

    Texts: -1 is ff ff ff ff; 考 has three bytes in UTF-8. Amounts at six decimals: nothing is
    sixteen zeros, -1.5 is -1,500,000, in two's complement 2^24 - 1,500,000 = 15,277,216 = e91ca0
    behind thirteen ff. Whole numbers: 7 and 258 = 1 x 256 + 2. Days: 2 January 1970 is the first
    after the first. True is 1, and a missing one is told from false by its byte.
    """
    columns = [("who", TEXT), ("paid", CNY), ("many", COUNT), ("on", DATE), ("due", BOOLEAN)]
    rows: list[list[Value]] = [
        ["考", Decimal("-1.5"), 258, date(1970, 1, 2), None],
        [None, None, 7, date(1970, 1, 1), True],
    ]

    head = (
        b'[["who","text","VARCHAR"],["paid","money(CNY)","DECIMAL(24,6)"],["many","count","BIGINT"],'
        b'["on","date","DATE"],["due","boolean","BOOLEAN"]]'
    )
    block = (
        "0200000000000000"
        "ffffffff 03000000 e88083"
        "00 01" + "00" * 16 + "a01ce9" + "ff" * 13 + "01 01 0700000000000000 0201000000000000"
        "01 01 00000000 01000000"
        "01 00 01 00"
    )
    assert digest_rows(rows, columns, ["who"]) == of_relation(head, {"": bytes.fromhex(block)})


def of_relation(head: bytes, periods: dict[str, bytes]) -> str:
    """The digest from what is digested: the columns, and the rows of each period."""
    told = ((name, sha256(rows).hexdigest()) for name, rows in sorted(periods.items()))
    lines = (f'["{name}","{digest}"]\n' for name, digest in told)
    return sha256(head + "".join(lines).encode()).hexdigest()


def test_the_rows_of_each_period_are_digested_by_themselves() -> None:
    """Three rows in two periods, and one in none: of each period how many, then as always."""
    columns = [("who", TEXT), ("month", TEXT)]
    rows = [("b", "2026-02"), ("b", "2026-01"), ("a", "2026-02"), ("c", None)]

    def block(*own: tuple[bytes, bytes | None]) -> bytes:
        whole = len(own).to_bytes(8, "little")
        for texts in zip(*own, strict=True):
            lengths = (-1 if text is None else len(text) for text in texts)
            whole += b"".join(length.to_bytes(4, "little", signed=True) for length in lengths)
            whole += b"".join(text for text in texts if text is not None)
        return whole

    periods = {
        "": block((b"c", None)),
        "2026-01": block((b"b", b"2026-01")),
        "2026-02": block((b"a", b"2026-02"), (b"b", b"2026-02")),
    }
    head = b'[["who","text","VARCHAR"],["month","text","VARCHAR"]]'
    assert digest_rows(rows, columns, ["who"], "month") == of_relation(head, periods)


def test_no_rows_have_a_digest_that_tells_the_columns() -> None:
    assert digest_rows([], [("who", TEXT)], ["who"]) == of_relation(
        b'[["who","text","VARCHAR"]]', {}
    )


def test_many_rows_are_taken_in_blocks() -> None:
    """1,025 rows are a block of 1,024 and one of a single row, of eight bytes each."""
    columns = [("many", COUNT)]
    numbers = range(BLOCK + 1)

    first = b"".join(number.to_bytes(8, "little") for number in numbers[:BLOCK])
    last = BLOCK.to_bytes(8, "little")
    blocks = [
        (1024).to_bytes(8, "little") + bytes([1]) * 1024 + first,
        (1).to_bytes(8, "little") + bytes([1]) + last,
    ]
    expected = of_relation(b'[["many","count","BIGINT"]]', {"": b"".join(blocks)})
    assert digest_rows(([number] for number in reversed(numbers)), columns, ["many"]) == expected


def one(value: Value, type_: Type) -> str:
    """The digest of one value."""
    return digest_rows([[value]], [("value", type_)], ["value"])


@pytest.mark.parametrize(
    ("value", "same", "type_"),
    [
        (Decimal("1E+3"), Decimal(1000), CNY),
        (Decimal("-0"), Decimal(0), CNY),
        (3, Decimal("3.000000"), CNY),
        (Decimal("1.5000000000"), Fraction(3, 2), CNY),
        (Fraction(1, 8), Decimal("0.125"), RATIO),
        (Decimal("5.0"), 5, COUNT),
        ("Jose\u0301", "Jos\u00e9", TEXT),
        ("Jose\u0301", "Jos\u00e9", PEOPLE),
    ],
)
def test_one_value_has_one_form(value: Value, same: Value, type_: Type) -> None:
    assert one(value, type_) == one(same, type_)


@pytest.mark.parametrize(
    ("rows", "others", "type_"),
    [
        ([0], [None], CNY),
        ([0], [None], COUNT),
        ([False], [None], BOOLEAN),
        ([date(1970, 1, 1)], [None], DATE),
        ([""], [None], TEXT),
        (["a", "bc"], ["ab", "c"], TEXT),
        (["a", "a"], ["a"], TEXT),
        ([1, 256], [256, 1 << 8, 1], COUNT),
        ([Decimal(1)], [Decimal("1.000001")], CNY),
        ([1], [-1], COUNT),
        ([], [None], CNY),
    ],
)
def test_rows_that_differ_have_other_digests(
    rows: list[Value], others: list[Value], type_: Type
) -> None:
    columns = [("value", type_)]
    digests = {
        digest_rows([[value] for value in values], columns, ["value"]) for values in (rows, others)
    }

    assert len(digests) == 2


def test_equal_numbers_of_other_columns_have_other_digests() -> None:
    """A hundred yuan, a hundred dollars, a hundred points; a column by another name."""
    digests = {one(100, type_) for type_ in (CNY, money("USD"), POINTS, RATIO, COUNT)}

    assert len(digests) == 5
    assert digest_rows([[1]], [("a", COUNT)], []) != digest_rows([[1]], [("b", COUNT)], [])


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
        one(value, type_)

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
        one(value, type_)  # type: ignore[arg-type]


def test_a_row_has_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        digest_rows([["x"]], [("a", TEXT), ("b", TEXT)], ["a"])


def test_the_subject_comes_before_the_key() -> None:
    assert order_of("payee", ["line", "payee"]) == ("payee", "line")
    assert order_of(None, ["line"]) == ("line",)


AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=6)
ROWS = st.lists(st.tuples(st.text(), AMOUNTS), max_size=8)
NAMED = [("name", TEXT), ("amount", CNY)]


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, Decimal]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    digests = {digest_rows(order, NAMED, ["name", "amount"]) for order in (rows, shuffled)}

    assert len(digests) == 1


@given(ROWS, st.integers(1, 5), st.sampled_from([1, 2, 3, BLOCK]))
def test_portions_have_the_digest_of_the_whole(
    rows: list[tuple[str, Decimal]], many: int, block: int
) -> None:
    """Each portion comes in any order, and wholly behind the one before."""
    ordered = sorted(rows, key=lambda row: (_nfc(row[0]).encode(), row[1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("attain.core.digests.BLOCK", block)
        digest = Digest(NAMED, ["name", "amount"])
        for start in range(0, len(rows), many):
            digest.add(reversed(ordered[start : start + many]))

        assert digest.told() == digest_rows(rows, NAMED, ["name", "amount"])


@given(ROWS.filter(bool), st.data())
def test_any_other_value_changes_the_digest(
    rows: list[tuple[str, Decimal]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    name, amount = rows[place]
    other = data.draw(
        st.one_of(
            st.tuples(
                st.just(name), st.one_of(AMOUNTS, st.none()).filter(lambda one: one != amount)
            ),
            st.tuples(st.text().filter(lambda one: _nfc(one) != _nfc(name)), st.just(amount)),
        )
    )
    changed = [*rows[:place], other, *rows[place + 1 :]]

    key = ["name", "amount"]
    assert digest_rows(changed, NAMED, key) != digest_rows(rows, NAMED, key)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@given(AMOUNTS, st.integers(0, 10))
def test_zeros_at_the_end_change_nothing(amount: Decimal, zeros: int) -> None:
    longer = Decimal(f"{amount:f}{'0' * zeros}") if "." in f"{amount:f}" else amount

    assert one(longer, CNY) == one(amount, CNY) == one(Fraction(amount), CNY)
    assert one(narrow(amount, 6), CNY) == one(amount, CNY)


@given(st.text())
def test_both_unicode_forms_of_a_text_are_one(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]

    assert len({one(form, TEXT) for form in forms}) == 1


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


def test_named_digests_are_lines_in_the_order_of_their_bytes() -> None:
    expected = sha256(b'["a","2"]\n["b","1"]\n["\xe8\x80\x83","3"]\n').hexdigest()

    assert digest_of_digests({"考": "3", "b": "1", "a": "2"}) == expected
    assert digest_of_digests({}) == sha256(b"").hexdigest()


def test_a_plan_s_name_does_not_depend_on_line_ends() -> None:
    assert digest_of_text("a\r\nb\r") == digest_of_text("a\nb\n")
    assert digest_of_text("a") != digest_of_text("a\n")
    assert digest_of([]) == sha256(b"[]").hexdigest()
