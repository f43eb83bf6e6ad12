"""The chain as people walk it: each role, both languages, wide and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

MONTH = "/statements/2026-09/"
HEAD = "单号,日期,业务员,客户,金额\n"
OWN = (
    "合同号,签约日期,销售,客户,金额(元)\n"
    "XS1,2026-09-03,张伟,悦邻,12000.00\nXS2,2026-09-09,李娜,满格,8000.50\n"
)

PAGES = {
    "rep": ["/", MONTH, "/notices/", "/account/"],
    "manager": ["/", MONTH, "/people/", "/insights/"],
    "hr": ["/people/", "/people/chart", "/people/hire", "/plans/"],
    "finance": ["/data/", "/data/import", "/data/imports", "/data/quality", "/runs/", "/runs/new"],
    "planner": ["/plans/", "/plans/gallery", "/plans/start", "/plans/of/commission/v1/text"],
    "auditor": ["/audit/", "/runs/", MONTH],
    "sysadmin": ["/account/users", "/jobs/"],
}


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_every_role_finds_its_pages_whole(visit: Any, name: str, language: str, width: int) -> None:
    seen = visit(name, language, width)
    for path in PAGES[name]:
        assert seen.open(path).status == 200, path


def test_a_representative_asks_why_on_a_phone_and_takes_the_statement_along(visit: Any) -> None:
    seen = visit("rep", "zh", 390)
    seen.open(MONTH)
    assert "沈佳宁" in seen.main()
    assert "¥5,000.00" in seen.main()

    seen.page.locator("main .at-explained", has_text="¥5,000.00").first.click()
    why = seen.page.locator("#why")
    expect(why).to_contain_text("100,000.00")
    seen.judge()
    expect(why).to_contain_text("A1")
    seen.page.keyboard.press("Escape")
    with seen.page.expect_download() as downloaded:
        seen.page.get_by_role("link", name="PDF").first.click()

    assert Path(downloaded.value.path()).read_bytes().startswith(b"%PDF")


def test_a_wrong_password_is_refused_and_who_logs_out_is_out(visit: Any) -> None:
    seen = visit(language="en")
    seen.log_in("rep", "not this one")
    assert "/login" in seen.page.url
    seen.judge()

    seen.log_in("rep")
    assert "/login" not in seen.page.url
    seen.page.locator(".at-user").first.click()
    seen.page.get_by_role("button", name="Log out").click()
    seen.page.wait_for_load_state("networkidle")

    seen.page.goto(seen.address + MONTH)
    assert "/login" in seen.page.url


def test_language_and_theme_are_chosen_in_place(visit: Any) -> None:
    seen = visit("rep", "en")
    seen.open(MONTH)
    seen.page.locator("button[value=zh-hans]").first.click()
    seen.page.wait_for_selector("html[lang=zh-Hans]")
    assert "/statements/2026-09/" in seen.page.url

    seen.page.locator(".at-user").first.click()
    with seen.page.expect_response("**/choices/theme"):
        seen.page.locator("[data-theme-choice=dark]").click()
    seen.page.reload(wait_until="networkidle")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    seen.judge()


def test_nobody_reads_the_statement_of_another(visit: Any) -> None:
    manager = visit("manager")
    manager.open(MONTH)
    assert "沈佳宁" in manager.main()
    manager.page.get_by_role("link", name="沈佳宁").first.click()
    manager.page.wait_for_load_state("networkidle")
    address = manager.page.url.removeprefix(manager.address)

    outsider = visit("outsider", "zh", 390)
    outsider.expected = ("404", "403")
    assert outsider.open(address).status in (403, 404)
    assert "5,000" not in outsider.page.content()


def test_finance_corrects_an_import_in_place_commits_and_takes_it_back(
    visit: Any, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(HEAD + "Z1,2026-08-03,E-1001,悦邻,10000.00\nZ2,2026-08-04,E-1001,满格,一千\n")
    seen = visit("finance")
    seen.open("/data/import")
    seen.page.set_input_files("input[type=file]", str(file))
    seen.page.select_option("select[name=dataset]", "orders")
    seen.press("读取文件")
    fix = seen.page.locator("input[name^='fix-']").first
    fix.wait_for()
    seen.judge()
    fix.fill("1000.00")
    fix.press("Enter")
    seen.page.get_by_role("button", name="入库2行").click()
    expect(seen.page.locator("main")).to_contain_text("已入库2行")
    seen.judge()

    seen.page.get_by_role("link", name="撤销导入").click()
    seen.page.wait_for_load_state("networkidle")
    seen.judge()
    seen.page.get_by_role("button", name="撤销导入").last.click()
    expect(seen.page.locator("body")).to_contain_text("已撤销")


def test_two_people_bring_a_run_to_its_readers(visit: Any) -> None:
    one = visit("finance")
    one.open("/runs/new?plan=commission&period=2026-09&kind=live")
    one.press("开始")
    one.page.get_by_role("button", name="准备发布").click(timeout=60_000)
    submit = one.page.get_by_role("button", name="提交").first
    submit.click(timeout=60_000)
    one.judge()
    one.page.locator("dialog[open] .at-button-primary").last.click()
    one.page.wait_for_load_state("networkidle")
    address = one.page.url.removeprefix(one.address)

    other = visit("finance2", "en")
    other.open(address)
    other.page.get_by_role("button", name="Publish").first.click()
    other.page.locator("dialog[open] .at-button-primary").last.click()

    expect(other.page.locator("main, h1").first).to_contain_text("Published")


def test_a_stranger_gets_from_an_own_file_to_an_explained_estimate(
    visit: Any, tmp_path: Path
) -> None:
    file = tmp_path / "我的合同.csv"
    file.write_text(OWN, encoding="utf-8-sig")
    seen = visit("stranger")
    seen.open("/data/import")
    seen.page.set_input_files("input[type=file]", str(file))
    seen.press("读取文件")
    seen.page.fill("input[name=name]", "contracts", timeout=60_000)
    assert seen.page.input_value("select[name=type-2]") == "key:people"
    seen.press("建好数据集并检查各行")
    expect(seen.page.locator("main")).to_contain_text("张伟")
    seen.press("把这2人加入人员名册")
    seen.press("入库2行")
    seen.press("用它算提成", role="link")
    seen.press("写好方案")
    seen.page.get_by_role("link", name="算一个预估").first.click()
    seen.press("开始")
    expect(seen.page.locator("main")).to_contain_text("¥360.00", timeout=60_000)

    seen.press("结算单", within="main", role="link")
    seen.page.get_by_role("link", name="张伟").first.click()
    seen.page.wait_for_load_state("networkidle")
    assert "预估" in seen.main()
    seen.page.locator("main .at-explained", has_text="¥360.00").last.click()
    expect(seen.page.locator("#why")).to_contain_text("XS1")
    seen.judge()
