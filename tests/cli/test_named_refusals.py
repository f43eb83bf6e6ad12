"""What a run is refused for names rows by what people call them, not by opaque keys."""

from __future__ import annotations

from pathlib import Path

from terminal import Call

PLAN = """plan: checked
label: {zh-Hans: 检查, en: Checked}
period: month
currency: CNY
subjects: {seller: people}
measures: {sales: {sum: amount, from: orders}}
checks:
  - {name: enough, each: [seller, month], holds: sales >= 50000, stops: true}
"""


def test_a_check_that_stops_a_run_says_who_breaks_it(call: Call, filled: Path) -> None:
    """The starter's zhao sold 18,500.00."""
    (filled / "plans/checked.yaml").write_text(PLAN, encoding="utf-8")

    said = call("run", "checked", "--period", "2026-01")

    assert said.code != 0
    assert "CHECK_FAILED" in said.err
    assert "zhao" in said.err
    assert "people-" not in said.err
