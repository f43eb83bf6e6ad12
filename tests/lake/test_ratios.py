"""Percentages without a sign: 15 in a column of ratios is 1,500 %."""

from __future__ import annotations

import pytest

RULES = "dataset: rules\nkey: [rule]\ncolumns: {rule: code, rate: {type: ratio}}\n"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (["15", "5", "0", ""], ["RATIO_PLAIN"]),
        (["15%", "5%", "150‰", "1,500%"], []),
        (["0.15", "1", "1.2"], []),
        (["2", "3"], []),
        (["0.5", "7.24"], []),
    ],
)
def test_whole_percentages_without_a_sign_are_warned_of(desk, written, codes):
    desk.declare(RULES)
    rows = "".join(f'R{number},"{one}"\n' for number, one in enumerate(written))

    checked = desk.check(f"rule,rate\n{rows}", "rules")

    assert [one.code for one in checked.problems if one.code != "NUMBER_NORMALISED"] == codes
    assert not checked.errors
