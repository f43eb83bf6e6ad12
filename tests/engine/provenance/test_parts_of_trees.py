"""What readers are told of a table one of whose keys covers a part of a tree."""

from __future__ import annotations

from pathlib import Path

from telling import lines_of

CASE = Path(__file__).parents[2] / "golden" / "projects" / "oca_the_narrowest_rule.yaml"


def test_a_band_names_the_part_and_the_values_are_those_the_author_gave() -> None:
    text = CASE.read_text(encoding="utf-8")
    text = text.replace("    expect:\n", "    expect:\n      rule: [{id: 2, is: fixed_20}]\n")

    lines = lines_of(text, "rule")

    assert "rule = rules[Office, Stand, Stand] = fixed_20" in lines
    hit = "any, any, any, under “Office” in catalogue: fixed_20  ← Office, Stand, Stand"
    assert [line for line in lines if "←" in line] == [hit]
    assert "any, Desk, any: rate_5" in lines


def test_the_rows_below_are_told_of_the_tree_by_its_name() -> None:
    case = Path(__file__).parents[2] / "golden" / "39_whose_the_rows_below_are_says_the_link.yaml"
    plan = case.read_text(encoding="utf-8")

    assert "sum: amount, of team" in lines_of(plan, "below")
    assert "sum: amount, of team" in lines_of(plan, "of_owners")
