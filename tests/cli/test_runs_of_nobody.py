"""A run in which nobody takes part is no success: the only shop opens in 2026."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call

PLAN = """plan: shops
label: {zh-Hans: 门店, en: Shops}
period: month
currency: CNY
subjects: {shop: units}
formulas: {seats: "1 + 1"}
"""
SHOPS = "unit,name,effective_from\nnorth,North,2026-01-01\n"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "in units nobody is in force from 1997-01-01 to 1997-01-31"),
        ("zh", "1997-01-01至1997-01-31"),
    ],
)
def test_a_run_of_nobody_says_so(call: Call, filled: Path, lang: str, told: str) -> None:
    (filled / "plans/shops.yaml").write_text(PLAN, encoding="utf-8")
    (filled / "shops.csv").write_text(SHOPS, encoding="utf-8")
    assert call("import", "shops.csv", "--dataset", "units", "--yes").code == 0

    empty = call("run", "shops", "--period", "1997-01", lang=lang)
    later = call("run", "shops", "--period", "2026-01", lang=lang)

    assert told in " ".join(empty.out.split())
    assert "✓" not in empty.out
    assert "✓" in later.out
