"""Opaque keys: the same code gives the same key everywhere, and shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.core.keys import is_key, key_for, kind_of_key, reference_key

CODES = st.text(min_size=1).filter(lambda code: bool(code.strip()))


def test_a_key_is_its_kind_and_sixteen_base32_characters_of_the_sha_256() -> None:
    # printf P001 | sha256sum | xxd -r -p | base32 | cut -c1-16 | tr A-Z a-z
    assert key_for("people", "P001") == "people-34peabi675f47g2o"


def test_blanks_around_a_code_and_its_unicode_form_change_nothing() -> None:
    composed, decomposed = "Jos\u00e9", "Jose\u0301"

    assert key_for("people", f" {decomposed} ") == key_for("people", composed)


def test_zeros_and_letter_case_are_part_of_a_code() -> None:
    assert len({key_for("people", code) for code in ("00123", "123", "e1", "E1")}) == 4


def test_the_same_code_of_another_kind_is_another_key() -> None:
    assert key_for("people", "1") != key_for("units", "1")


@pytest.mark.parametrize("kind", ["", "People", "人员", "a-b", "1a", "a b", "../x"])
def test_a_kind_is_a_small_ascii_name(kind: str) -> None:
    with pytest.raises(AttainError) as caught:
        key_for(kind, "1")

    assert caught.value.code == "KEY_KIND"


@pytest.mark.parametrize("code", ["", "  ", "\u3000"])
def test_a_row_without_a_code_has_no_key(code: str) -> None:
    with pytest.raises(AttainError) as caught:
        key_for("people", code)

    assert caught.value.code == "KEY_EMPTY"


@given(CODES)
def test_a_key_is_plain_ascii_and_does_not_show_its_code(code: str) -> None:
    key = key_for("people", code)

    assert key.isascii()
    assert is_key(key)
    assert kind_of_key(key) == "people"
    assert not is_key(code) or code.strip() == code


def test_a_reference_may_be_a_code_a_code_with_its_kind_or_a_key() -> None:
    kinds = ("people", "units")

    assert reference_key("P001", kinds) == key_for("people", "P001")
    assert reference_key("units:U1", kinds) == key_for("units", "U1")
    assert reference_key(key_for("units", "U1"), kinds) == key_for("units", "U1")
    assert reference_key("other:U1", kinds) == key_for("people", "other:U1")


def test_a_reference_is_of_the_one_kind_that_knows_the_code() -> None:
    known = {("units", "U1"), ("people", "X"), ("units", "X")}

    def is_known(kind: str, code: str) -> bool:
        return (kind, code) in known

    assert reference_key("U1", ("people", "units"), is_known) == key_for("units", "U1")
    assert reference_key("Y", ("people", "units"), is_known) == key_for("people", "Y")
    with pytest.raises(AttainError) as caught:
        reference_key("X", ("people", "units"), is_known)
    assert caught.value.code == "REFERENCE_AMBIGUOUS"


def test_full_width_and_plain_letters_are_one_code() -> None:
    assert key_for("people", "Ｅ００１") == key_for("people", "E001 ")
    assert key_for("people", "E\u200b001") == key_for("people", "E001")
