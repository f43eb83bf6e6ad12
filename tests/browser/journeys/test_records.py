"""Records as people keep them: on the page, in the drawer, in forms and on a phone."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

SHOP = "/records/shop/MD-2026-0001/"
PAGES = {
    "rep": [SHOP, f"{SHOP}edit/", f"{SHOP}print/", "/records/shop/new/", "/records/stop/quick/"],
    "manager": [SHOP, "/records/promotion/CX-2026-001/", "/records/shop/new/"],
    "hr": [SHOP, "/records/quick/"],
    "auditor": [SHOP],
}


@pytest.fixture
def visit(visit_records: Any) -> Any:
    """Visitors of the company with records."""
    return visit_records


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_every_role_finds_its_pages_whole(visit: Any, name: str, language: str, width: int) -> None:
    seen = visit(name, language, width)
    for path in PAGES[name]:
        assert seen.open(path).status == 200, path


@pytest.mark.parametrize("name", ["outsider", "other_manager", "sysadmin"])
def test_whom_it_does_not_concern_finds_nothing(visit: Any, name: str) -> None:
    seen = visit(name)
    seen.expected = ("404",)
    assert seen.open(SHOP).status == 404
    assert "鲜邻" not in seen.page.content()


def test_what_is_due_stands_on_the_page_with_its_reason(visit: Any) -> None:
    seen = visit("rep")
    seen.open(SHOP)

    expect(seen.page.locator(".at-due-overdue")).to_contain_text("已逾期9天")
    expect(seen.page.locator(".at-due-overdue")).to_contain_text("每7天一次")


def test_a_step_asks_for_its_reason_and_keeps_what_was_written(visit: Any) -> None:
    seen = visit("manager")
    seen.open("/records/shop/new/")
    seen.page.fill("input[name=name]", "优选汇")
    seen.page.fill("input[name=margin]", "15")
    seen.page.fill("input[name='items.0.item']", "货架")
    seen.page.fill("input[name='items.0.pieces']", "2")
    seen.page.fill("input[name='items.0.price']", "1000")
    seen.press("保存")
    seen.press("报价", "main .at-next")
    seen.page.locator("#do-quote").get_by_role("button", name="报价").click()
    seen.page.wait_for_load_state("networkidle")
    expect(seen.page.locator("h1 + *")).to_contain_text("报价")

    seen.page.locator(".at-next").get_by_role("button", name="送审").click()
    dialog = seen.page.locator("#do-ask")
    expect(dialog).to_be_visible()
    dialog.locator("input[name=opens_on]").fill("2027-01-04")
    seen.expected = ("422",)
    dialog.get_by_role("button", name="送审").click()
    seen.page.wait_for_load_state("networkidle")
    expect(dialog).to_be_visible()
    expect(dialog.locator("input[name=opens_on]")).to_have_value("2027-01-04")
    seen.judge()

    dialog.locator("textarea[name=reason]").fill("条件都谈妥了")
    dialog.get_by_role("button", name="送审").click()
    seen.page.wait_for_load_state("networkidle")
    expect(seen.page.locator("h1 + *")).to_contain_text("合同审批")


def test_the_drawer_opens_beside_acts_and_closes(visit: Any) -> None:
    seen = visit("rep")
    seen.open("/records/shop/")
    seen.page.get_by_role("link", name="鲜邻便利").first.click()
    drawer = seen.page.locator("#drawer")
    expect(drawer.locator("#drawer-title")).to_contain_text("鲜邻便利")
    seen.judge()
    drawer.locator(".at-talk textarea").fill("已约采购经理")
    drawer.get_by_role("button", name="发送").click()
    expect(drawer.locator(".at-timeline")).to_contain_text("已约采购经理")
    assert seen.page.url.endswith(SHOP)

    drawer.locator("[data-panel-close]").first.click()
    expect(drawer).not_to_be_visible()
    expect(seen.page).to_have_url(re.compile("/records/shop/$"))


def test_conditions_and_sums_follow_what_is_typed(visit: Any) -> None:
    seen = visit("rep")
    seen.open("/records/shop/new/")
    page = seen.page
    expect(page.locator("input[name=referrer]")).not_to_be_visible()
    page.select_option("select[name=origin]", "referral")
    expect(page.locator("input[name=referrer]")).to_be_visible()

    page.fill("input[name='items.0.item']", "冷柜")
    page.fill("input[name='items.0.pieces']", "12")
    page.fill("input[name='items.0.price']", "10.50")
    page.get_by_role("button", name="增加一行").click()
    page.fill("input[name='items.1.item']", "货架")
    page.fill("input[name='items.1.pieces']", "2")
    page.fill("input[name='items.1.price']", "1,000")
    # 12 × 10.50 = 126.00; 2 × 1,000.00 = 2,000.00; together 2,126.00.
    expect(page.locator("[data-computed='items.0.amount']")).to_have_text("¥126.00")
    expect(page.locator("[data-computed=total]")).to_have_text("¥2,126.00")
    page.locator("[data-row-remove]").first.click()
    expect(page.locator("[data-computed=total]")).to_have_text("¥2,000.00")
    seen.judge()


def test_a_person_is_found_by_typing_and_taken_with_the_keyboard(visit: Any) -> None:
    seen = visit("manager")
    seen.open("/records/shop/new/")
    field = seen.page.locator("input[name='keeper~']")
    field.fill("佳宁")
    expect(seen.page.locator("[role=option]")).to_have_count(1)
    seen.judge()
    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value("沈佳宁")
    assert seen.page.locator("input[name=keeper]").input_value()


def test_what_was_typed_outlives_a_reload_and_a_refusal(visit: Any) -> None:
    seen = visit("rep")
    seen.open("/records/shop/new/")
    page = seen.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("textarea[name=remark]", "谈了三次")
    page.fill("input[name='items.0.item']", "冷柜")
    page.reload(wait_until="networkidle")
    expect(page.locator("textarea[name=remark]")).to_have_value("谈了三次")
    expect(page.locator("input[name='items.0.item']")).to_have_value("冷柜")
    expect(page.locator("[data-draft-told]")).to_be_visible()
    seen.judge()

    seen.expected = ("422",)
    seen.press("保存")
    expect(page.locator("textarea[name=remark]")).to_have_value("谈了三次")
    expect(page.locator("input[name=name]")).to_have_attribute("aria-invalid", "true")
    seen.judge()

    page.fill("input[name=name]", "草稿门店")
    seen.press("保存")
    expect(page.locator("h1")).to_contain_text("草稿门店")
    page.goto(seen.address + "/records/shop/new/", wait_until="networkidle")
    expect(page.locator("textarea[name=remark]")).to_have_value("")


def test_a_visit_is_written_down_on_a_phone_in_twenty_seconds(visit: Any) -> None:
    seen = visit("rep", "zh", 390)
    seen.open("/records/stop/quick/")
    begun = time.monotonic()
    seen.page.get_by_role("button", name="鲜邻便利").click()
    seen.page.locator("label", has_text="下单").click()
    seen.page.fill("textarea[name=said]", "下单20箱")
    # Two taps in one moment.
    seen.page.locator("[data-quick-save]").dblclick()
    expect(seen.page.locator("main")).to_contain_text("下单20箱")
    assert time.monotonic() - begun < 20

    assert "/records/stop/XD-" in seen.page.url
    seen.open("/records/stop/")
    assert seen.main().count("XD-") == 2


def test_without_a_connection_a_visit_waits_and_is_sent_once(visit: Any) -> None:
    seen = visit("rep", "zh", 390)
    seen.open("/records/stop/quick/")
    seen.page.get_by_role("button", name="鲜邻便利").click()
    seen.page.fill("textarea[name=said]", "地下车库里写的")
    seen.expected = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
    seen.context.set_offline(True)
    seen.page.locator("[data-quick-save]").click()
    expect(seen.page.locator("[data-quick-waiting]")).to_be_visible()
    expect(seen.page.locator("textarea[name=said]")).to_have_value("地下车库里写的")

    seen.context.set_offline(False)
    expect(seen.page.locator("main h1")).to_contain_text("鲜邻便利")
    expect(seen.page.locator("main")).to_contain_text("地下车库里写的")


def test_a_confidential_field_opens_for_a_purpose_and_closes_again(visit: Any) -> None:
    seen = visit("rep")
    seen.open(SHOP)
    seen.press("查看", ".at-says")
    dialog = seen.page.locator("#reveal")
    seen.judge()
    dialog.locator("textarea[name=purpose]").fill("寄生日卡")
    dialog.get_by_role("button", name="查看并留痕").click()
    expect(seen.page.locator(".at-secret-shown")).to_be_visible()
    seen.judge()

    seen.open(SHOP)
    expect(seen.page.locator(".at-secret-shown")).to_have_count(0)
    expect(seen.page.locator(".at-timeline")).to_contain_text("查看保密内容")


def test_a_colleague_is_called_in_a_comment(visit: Any) -> None:
    seen = visit("rep")
    seen.open(SHOP)
    text = seen.page.locator(".at-talk textarea")
    text.click()
    text.press_sequentially("看一下 @知远", delay=30)
    option = seen.page.get_by_role("option", name="林知远")
    expect(option).to_be_visible()
    seen.judge()
    text.press("Enter")
    expect(text).to_have_value("看一下 @林知远 ")
    seen.press("发送")
    expect(seen.page.locator(".at-mention", has_text="@林知远").first).to_be_visible()


def test_the_sheet_is_printed_black_on_white(visit: Any) -> None:
    seen = visit("rep")
    seen.open(f"{SHOP}print/")
    seen.page.emulate_media(media="print", color_scheme="dark")

    assert seen.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not seen.page.locator(".print-bar").is_visible()
    assert "采购生日" not in seen.main()
