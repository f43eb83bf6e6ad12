"""Missing is not zero, and always says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core import reasons
from attain.core.reasons import (
    NO_RATE,
    NO_TARGET,
    UNDEFINED,
    WAIVED,
    is_no_data,
    is_not_applicable,
    reason,
    sentence,
    worst,
)

CODES = st.lists(st.sampled_from([None, NO_TARGET, NO_RATE, UNDEFINED, WAIVED]))


@pytest.mark.parametrize(
    ("operands", "holds"),
    [
        ([None, None], None),
        ([], None),
        ([None, NO_TARGET], NO_TARGET),
        ([WAIVED, NO_TARGET], NO_TARGET),
        ([NO_RATE, NO_TARGET], NO_RATE),
        ([WAIVED, UNDEFINED], WAIVED),
    ],
)
def test_no_data_beats_not_applicable_then_the_leftmost_stands(
    operands: list[str | None], holds: str | None
) -> None:
    assert worst(operands) == holds


@given(CODES)
def test_the_reason_that_holds_is_one_of_the_operands(operands: list[str | None]) -> None:
    found = worst(operands)

    assert (found is None) == all(code is None for code in operands)
    assert found is None or found in operands
    assert is_no_data(found) == any(is_no_data(code) for code in operands)


def test_the_two_kinds_of_missing_never_meet() -> None:
    assert is_no_data(NO_TARGET)
    assert not is_not_applicable(NO_TARGET)
    assert is_not_applicable(WAIVED)
    assert not is_no_data(WAIVED)
    assert not is_no_data(None)
    assert not is_not_applicable(None)


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    assert all(said.zh and said.en for said in reasons.reasons().values())
    assert sentence(NO_TARGET, "zh-Hans") == "没有下达目标"
    assert sentence(NO_TARGET, "en") == "no target was set"


def test_a_reason_of_an_author_is_shown_as_written() -> None:
    assert sentence("no_data.新店未开业", "en") == "新店未开业"


def test_a_reason_is_of_one_kind_and_registered_once() -> None:
    with pytest.raises(ValueError, match="begins neither"):
        reason("missing.something", "缺", "missing")
    with pytest.raises(ValueError, match="other words"):
        reason(NO_TARGET, "别的话", "other words")
