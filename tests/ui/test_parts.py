"""The parts of components that are worked out in code."""

from __future__ import annotations

from decimal import Decimal

from attain.ui.code import code_lines
from attain.ui.diffs import diff_rows
from attain.ui.templatetags.ui import json_text, percent_of, spark_bars

BEFORE = "\n".join(f"line {number}" for number in range(1, 21))


def test_a_change_is_shown_with_its_surroundings_and_the_rest_is_counted() -> None:
    after = BEFORE.replace("line 10", "line ten")

    rows = diff_rows(BEFORE, after, context=1)

    assert [(row.kind, row.text or row.count, row.old, row.new) for row in rows] == [
        ("skipped", 8, None, None),
        ("same", "line 9", 9, 9),
        ("removed", "line 10", 10, None),
        ("added", "line ten", None, 10),
        ("same", "line 11", 11, 11),
        ("skipped", 9, None, None),
    ]


def test_equal_texts_have_no_changes() -> None:
    assert diff_rows(BEFORE, BEFORE) == ()


def test_a_text_that_is_new_is_all_added() -> None:
    assert [row.kind for row in diff_rows("", "a\nb")] == ["added", "added"]


def test_keys_figures_and_comments_are_told_apart() -> None:
    line = code_lines('- rate: 1.30%  # the "rate"', first=7, hits=[7])[0]

    assert (line.number, line.hit) == (7, True)
    assert [(piece.text, piece.kind) for piece in line.pieces] == [
        ("- ", "text"), ("rate", "key"), (":", "text"), (" 1.30%  ", "figure"),
        ('# the "rate"', "comment"),
    ]  # fmt: skip


def test_no_sign_of_a_text_is_lost() -> None:
    text = 'a: "x # no comment"\n\n  - {from: 0%, rate: 0.60%}\n<script>: &y\n键: 值'

    shown = "\n".join("".join(piece.text for piece in line.pieces) for line in code_lines(text))

    assert shown == text


def test_a_bar_that_is_not_full_never_looks_full() -> None:
    assert percent_of(Decimal("0.99999")) == "99.9"
    assert percent_of(2) == "100.0"
    assert percent_of(-1) == "0.0"
    assert percent_of("x") == "0"


def test_a_missing_value_of_a_sparkline_has_a_frame_of_its_own() -> None:
    bars = spark_bars([1, None, 2])

    assert [bar["none"] for bar in bars] == [False, True, False]
    assert [bar["height"] for bar in bars] == ["12.00", "24.00", "24.00"]


def test_exact_figures_reach_modules_as_texts() -> None:
    assert json_text({"value": Decimal("0.10"), "word": "沈"}) == '{"value": "0.10", "word": "沈"}'
