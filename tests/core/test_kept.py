"""Answers at hand: made once a key, the one not used for longest goes, what fails is not kept."""

from __future__ import annotations

import pytest

from attain.core.kept import Kept


def test_an_answer_is_made_once() -> None:
    made: list[str] = []
    kept = Kept[str, int](2)

    def make() -> int:
        made.append("a")
        return 7

    assert (kept.of("a", make), kept.of("a", make)) == (7, 7)
    assert made == ["a"]


def test_an_answer_of_none_is_an_answer() -> None:
    made: list[int] = []
    kept = Kept[str, None](2)

    kept.of("a", lambda: made.append(1))
    kept.of("a", lambda: made.append(2))

    assert made == [1]


def test_what_was_not_used_for_longest_goes_first() -> None:
    made: list[str] = []
    kept = Kept[str, None](2)
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.of(key, lambda key=key: made.append(key))  # type: ignore[misc]

    # c took the place of b, which nobody had asked for since a was.
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_asked_again() -> None:
    kept = Kept[str, int](2)

    with pytest.raises(ZeroDivisionError):
        kept.of("a", lambda: 1 // 0)

    assert kept.of("a", lambda: 3) == 3


def test_no_more_stay_than_were_asked_for() -> None:
    kept = Kept[str, int](2)
    for key in ("a", "b", "c"):
        kept.of(key, lambda: 1)

    assert len(kept) == 2
    assert "a" not in kept
