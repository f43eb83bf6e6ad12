"""Every component in every state, as a browser shows it: readable, reachable, from us alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

LOOKS = [
    (language, theme, width)
    for language in ("zh-hans", "en")
    for theme in ("light", "dark")
    for width in (1440, 390)
]
_JUDGE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  })).violations
  .filter((found) => ["serious", "critical", "moderate"].includes(found.impact))
  .map((found) => found.id + ": " + found.nodes
    .map((node) => node.target + " " + node.failureSummary).join(" | "))
"""


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_the_gallery_is_readable_in_every_look(
    visit: Any, axe: str, language: str, theme: str, width: int
) -> None:
    seen = visit(language, theme, width)
    page = seen.open()
    # Charts and the editor are drawn when they come into view.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)

    page.evaluate(axe)
    assert page.evaluate(_JUDGE) == []
    assert seen.complaints == []
    assert seen.elsewhere == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-chart] canvas").count() == 3


@pytest.mark.parametrize("width", [1440, 390])
def test_a_number_is_asked_why_and_leads_one_level_deeper_and_back(
    visit: Any, axe: str, width: int
) -> None:
    seen = visit("zh-hans", "light", width)
    page = seen.open()
    number = page.locator(".at-explained", has_text="¥11,211.43").first

    number.click()
    page.wait_for_selector("#why-title:focus")
    assert "¥11,211.43" in page.inner_text("#why-title")
    page.evaluate(axe)
    assert page.evaluate(_JUDGE) == []
    page.locator("#why .at-explained").first.click()
    page.wait_for_selector("#why [data-panel-back]:not([hidden])")
    page.locator("#why [data-panel-back]").click()
    page.wait_for_selector("#why [data-panel-back][hidden]", state="attached")
    page.keyboard.press("Escape")

    assert not page.evaluate("document.getElementById('why').open")
    assert page.evaluate("document.activeElement.textContent.trim()") == "¥11,211.43"
    assert seen.complaints == []


def test_a_panel_that_does_not_load_says_so_and_can_be_tried_again(visit: Any) -> None:
    page = visit().open()
    page.route("**/gallery/why", lambda route: route.abort())

    page.locator(".at-explained").first.click()
    page.wait_for_selector("#why [role=alert]")
    page.unroute("**/gallery/why")
    page.locator("#why [data-retry]").click()

    page.wait_for_selector("#why-title")


def test_a_record_opens_beside_the_list_and_back_closes_it(visit: Any) -> None:
    seen = visit("en")
    page = seen.open()
    page.locator("[data-drawer]").first.click()
    page.wait_for_selector("#drawer-title")
    assert page.url.endswith("/gallery/drawer")

    page.go_back()

    expect(page.locator("#drawer")).not_to_have_attribute("open", "")
    assert page.url.endswith("/gallery")
    assert seen.complaints == []


def test_a_record_has_a_page_of_its_own(visit: Any) -> None:
    page = visit("en").open("/gallery/drawer")

    assert page.locator("main .at-panel-head").count() == 1


def test_a_list_is_sorted_filtered_and_searched_in_place(visit: Any) -> None:
    seen = visit("en")
    page = seen.open()
    table = page.locator("#table-sample")

    table.locator("thead a", has_text="Target").click()
    page.wait_for_url("**sort=-target*")
    page.wait_for_selector("#table-sample [aria-sort=descending]")
    assert table.locator("tbody tr").first.inner_text().startswith("Fang Kexin")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Target"

    table.locator("[name=q]").fill("E-1004")
    table.locator("[name=q]").press("Enter")
    page.wait_for_url("**q=E-1004*")
    expect(page.locator("#table-sample tbody tr")).to_have_count(1)

    page.go_back()
    expect(page.locator("#table-sample tbody tr")).to_have_count(12)
    assert seen.complaints == []


def test_a_filter_is_put_together_from_the_menu(visit: Any) -> None:
    page = visit("zh-hans").open()
    page.locator("[popovertarget=table-sample-filter]").click()
    form = page.locator("#table-sample-filter form")

    form.locator("[data-filter-column]").select_option("state")
    form.locator("[data-filter-operator]").select_option("eq")
    form.locator("[data-filter-value] select").select_option("returned")
    form.locator("button").click()

    page.wait_for_url("**state.eq=returned*")
    expect(page.locator("#table-sample tbody tr")).to_have_count(4)
    assert page.locator(".at-chip").inner_text().startswith("状态")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_floats_is_readable_too(visit: Any, axe: str, theme: str) -> None:
    page = visit("zh-hans", theme).open()
    page.evaluate(axe)

    for opener in ("table-sample-filter", "table-sample-columns", "table-sample-export"):
        page.locator(f"[popovertarget={opener}]").click()
        assert page.evaluate(_JUDGE) == []
        page.keyboard.press("Escape")
    page.locator("[data-dialog-open=publish]").click()
    assert page.locator("#publish .at-button-primary").inner_text() == "发布给310人"
    assert page.evaluate(_JUDGE) == []
    page.keyboard.press("Escape")
    page.locator("[data-drawer]").first.click()
    page.wait_for_selector("#drawer-title")
    assert page.evaluate(_JUDGE) == []


def test_columns_that_are_not_wanted_stay_away(visit: Any) -> None:
    page = visit("en").open()
    page.locator("[popovertarget=table-sample-columns]").click()
    page.locator("#table-sample-columns input[value=team]").uncheck()

    page.locator("#table-sample-columns button").click()

    expect(page.locator("#table-sample thead")).not_to_contain_text("Team")
    page.reload()
    assert "Team" not in page.inner_text("#table-sample thead")


def test_rows_are_walked_with_the_arrows(visit: Any) -> None:
    page = visit("en").open()
    page.locator("#table-sample .at-table-scroll").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    assert page.evaluate("document.activeElement.rowIndex") == 2
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer-title")


def test_the_search_opens_by_key_and_leads_to_what_is_chosen(visit: Any) -> None:
    page = visit("en").open()

    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("邻")
    expect(page.locator("#palette-hits [role=option]")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette-hits [aria-selected=true]")).to_contain_text("Yuelin")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    page.wait_for_url("**/gallery/drawer")


def test_the_search_says_when_there_is_nothing(visit: Any, axe: str) -> None:
    page = visit("en").open()
    page.keyboard.press("Control+k")

    page.keyboard.type("nobody")

    expect(page.locator("#palette-hits")).to_contain_text("nobody")
    page.evaluate(axe)
    assert page.evaluate(_JUDGE) == []
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('palette').open")


def test_light_and_dark_are_chosen_without_leaving_and_are_kept(visit: Any) -> None:
    page = visit("en").open()
    page.locator(".at-user").click()

    with page.expect_response("**/choices/theme"):
        page.locator("[data-theme-choice=dark]").click()

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 22, 29)"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_other_language_is_one_press_away_at_the_same_place(visit: Any) -> None:
    page = visit("en").open("/gallery?state.eq=draft")

    page.locator("button[value=zh-hans]").click()

    page.wait_for_selector("html[lang=zh-Hans]")
    assert page.url.endswith("/gallery?state.eq=draft")


def test_the_editor_marks_lines_and_offers_words(visit: Any) -> None:
    seen = visit("en")
    page = seen.open()
    editor = page.locator("[data-editor]")
    editor.scroll_into_view_if_needed()
    page.wait_for_selector("[data-editor] .cm-lint-marker-error")
    lines = page.locator("[data-editor] .cm-line")
    lines.nth(5).click()

    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("ra", delay=30)
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("rate_tables")
    # For a moment the editor takes Enter as typing, so that nobody accepts by accident.
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")

    assert "by: attainment\n    rate_tables\n" in page.locator("textarea").input_value()
    assert seen.complaints == []


def test_a_button_that_cannot_be_pressed_says_why_and_does_nothing(visit: Any) -> None:
    page = visit("en").open()
    button = page.locator("main button[aria-disabled=true]", has_text="Submit").last

    button.click(force=True)

    assert page.url.endswith("/gallery")
    assert "short" in button.get_attribute("aria-description")


def test_undo_is_offered_and_can_be_closed(visit: Any) -> None:
    page = visit("en").open()
    page.wait_for_selector(".at-toast >> text=Undo")

    page.locator(".at-toast-close").click()

    assert page.locator(".at-toast").count() == 0


def test_a_refused_question_is_said_at_the_head_of_the_page(visit: Any) -> None:
    page = visit("en").open()
    said = '<div class="at-refusal" role="alert"><p>Not by this column.</p></div>'
    page.route(
        "**/gallery?sort=*",
        lambda route: route.fulfill(status=422, content_type="text/html", body=said),
    )

    page.locator("#table-sample thead a").first.click()

    expect(page.locator("#refusals")).to_contain_text("Not by this column.")
    assert page.locator("#table-sample tbody tr").count() == 12


def test_a_refused_number_says_so_in_its_panel(visit: Any) -> None:
    page = visit("en").open()
    page.route(
        "**/gallery/why",
        lambda route: route.fulfill(
            status=403, content_type="text/html", body="<p>Ask finance.</p>"
        ),
    )

    page.locator(".at-explained").first.click()
    expect(page.locator("#why .at-panel-scroll")).to_contain_text("Ask finance.")
    page.locator("#why [data-panel-close]").click()

    assert not page.evaluate("document.getElementById('why').open")
