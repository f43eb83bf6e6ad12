"""Tables as cards on a phone, with what the page's own style sheets make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

STYLES = Path(__file__).resolve().parents[3] / "src" / "attain" / "ui" / "static" / "ui"
CARDS = """
<table class="at-grid at-grid-cards"><tbody><tr>
<td class="at-lead">Li Min</td>
<td class="at-end at-key-figure"><span class="at-missing"><span>No data</span>
<span class="at-missing-reason">the value changes inside the period, and the plan does not say
which version counts</span></span></td>
<td data-label="Status">Calculated</td>
</tr></tbody></table>
"""


def test_why_a_figure_is_missing_stands_below_the_name_and_reads_from_the_left(
    browser: Any,
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 600})
    styles = "".join(one.read_text(encoding="utf-8") for one in sorted(STYLES.glob("*.css")))
    page.set_content(f"<!doctype html><style>{styles}</style>{CARDS}")
    name, reason = page.locator(".at-lead"), page.locator(".at-missing-reason")

    assert reason.evaluate("found => getComputedStyle(found).textAlign") == "left"
    assert reason.bounding_box()["y"] > name.bounding_box()["y"] + 20
    assert reason.bounding_box()["width"] > 300
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
