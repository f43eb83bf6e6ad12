"""The parts of components that are worked out in code."""

from __future__ import annotations

from decimal import Decimal

from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

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


def drawn(template: str, **values: object) -> str:
    """What a component makes of its inputs."""
    compiled = CottonCompiler().process("{% load ui %}" + template)
    return engines["django"].from_string(compiled).render(values)


def test_a_chart_without_data_says_so_with_its_reason() -> None:
    html = drawn('<c-chart :data="data" reason="no target was set" />', data={"series": []})

    assert "data-chart" not in html
    assert "no target was set" in html


def test_texts_of_people_are_never_markup() -> None:
    bad = "<script>alert(1)</script>"
    html = drawn(
        '<c-card :title="bad"><c-status :label="bad" /><c-button :reason="bad">{{ bad }}</c-button>'
        '<c-field :label="bad" name="x" :value="bad" :error="bad" /><c-code :text="bad" />'
        '<c-diff old="" :new="bad" /><c-chart :data="data" :label="bad" /><c-toast :text="bad" />'
        '<c-person :name="bad" /><c-missing :reason="bad" /><c-explained url="/x" :value="bad" />'
        '<c-editor :text="bad" :completions="data" /><c-tree :nodes="nodes" /></c-card>',
        bad=bad,
        data={"categories": [bad], "series": [{"name": bad, "values": [1]}]},
        nodes=[{"name": bad, "note": bad, "url": f'/"{bad}'}],
    )

    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 15


def test_a_button_that_cannot_be_pressed_is_no_button_of_a_form() -> None:
    html = drawn('<c-button reason="too late">Send</c-button>')

    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    assert "too late" in html
