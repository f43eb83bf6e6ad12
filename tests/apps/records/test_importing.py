"""Workbooks of records: filled in, looked at, brought in, corrected; nothing half."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from company import AT, Company, login, small_company
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from listing import ACCOUNT, PROJECT, install

from attain.apps.records import services, workbooks
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record

pytestmark = pytest.mark.django_db

HEAD = ("名称", "客户", "预计金额", "规模", "开始", "加急")


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    found = small_company(at=AT)
    install(found, ACCOUNT, PROJECT)
    services.create("account", {"name": "鲜邻便利"}, actor=found.actor("rep"), at=AT)
    return found


def book(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """A workbook with the headings in its first row."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet("项目")
        for line, row in enumerate((head, *rows)):
            sheet.write_row(line, 0, row)
    return target.getvalue()


def upload(client: Client, content: bytes, name: str = "项目.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/records/project/import/", {"file": file}, follow=True)


def projects() -> list[str]:
    return sorted(Record.objects.filter(type__name="project").values_list("title", flat=True))


GOOD = ("北店", "KH-0001", 1860.5, "大", "2026-10-20", "是")
BAD = ("南店", "KH-9999", "许多", "中", "2026-02-30", "")


def test_the_template_can_be_filled_in_and_brought_back(
    client: Client, company: Company, tmp_path: Path
) -> None:
    login(client, "rep")

    answer = client.get("/records/project/import/template/")

    path, folder = tmp_path / "template.xlsx", tmp_path / "read"
    path.write_bytes(answer.content)
    folder.mkdir()
    sheet = workbooks.read_sheet(
        path, folder, kind_named("project"), name="template.xlsx", standing=False
    )
    # Every field people write in one cell, in its order; what is confidential is not asked for.
    assert [heading for heading in sheet.headings if heading] == [
        "名称", "客户", "预计金额", "毛利率", "规模", "话题",
        "开始", "结束", "加急", "备注", "负责人",
    ]  # fmt: skip
    assert sheet.problems == ()
    assert sheet.lines == ()


def test_good_rows_come_in_all_at_once(client: Client, company: Company) -> None:
    login(client, "rep")

    preview = upload(client, book(GOOD, ("东店", "", "", "small", "2026/10/21", "")))

    assert (preview.context["good"], preview.context["wrong"]) == (2, 0)
    assert projects() == []
    client.post(preview.request["PATH_INFO"], {"step": "all"})
    assert projects() == ["东店", "北店"]
    record = Record.objects.get(title="北店")
    assert Decimal(record.data["amount"]) == Decimal("1860.50")
    assert record.data["size"] == "big"
    assert record.owner == company.key("rep")


def test_each_fault_has_sheet_row_and_column(client: Client, company: Company) -> None:
    login(client, "rep")

    preview = upload(client, book(GOOD, BAD, ("", "", 1, "", "2026-10-22", "")))

    places = {
        (one.where.sheet, one.where.row, one.where.column, one.where.header): one.code
        for one in preview.context["shown"]
    }
    # Row 3 of the file: C3 is no number, E3 no day; in row 4 A4 is empty.
    assert ("项目", 4, "A", "名称") in places
    assert ("项目", 3, "C", "预计金额") in places
    assert ("项目", 3, "E", "开始") in places
    assert (preview.context["good"], preview.context["wrong"]) == (1, 2)


def test_all_or_nothing_unless_the_good_rows_are_asked_for(
    client: Client, company: Company
) -> None:
    login(client, "rep")
    path = upload(client, book(GOOD, BAD)).request["PATH_INFO"]

    assert client.post(path, {"step": "all"}).status_code == 409
    assert projects() == []
    client.post(path, {"step": "good"})

    assert projects() == ["北店"]
    # Pressed twice it is done once.
    client.post(path, {"step": "good"})
    assert projects() == ["北店"]


def test_the_rows_to_correct_come_back_with_what_is_wrong_and_can_be_sent_again(
    client: Client, company: Company, tmp_path: Path
) -> None:
    login(client, "rep")
    wrong = ("南店", "", "许多", "", "2026-10-22", "")
    path = upload(client, book(GOOD, wrong)).request["PATH_INFO"]
    client.post(path, {"step": "good"})

    answer = client.get(f"{path}rows/")

    (tmp_path / "rows.xlsx").write_bytes(answer.content)
    (tmp_path / "read").mkdir()
    sheet = workbooks.read_sheet(
        tmp_path / "rows.xlsx", tmp_path / "read", kind_named("project"), name="x", standing=False
    )
    (line,) = sheet.lines
    assert line.cells[:6] == wrong
    assert "预计金额" in line.cells[6]
    # Its last column is left out when it comes back.
    assert sheet.problems == ()


def test_unknown_columns_are_named_and_left_out(client: Client, company: Company) -> None:
    login(client, "rep")

    preview = upload(client, book(("北店", "2026-10-20", "四十万"), head=("名称", "开始", "债务")))

    # What is confidential has no column either.
    assert [one.code for one in preview.context["shown"]] == ["RECORD_IMPORT_COLUMN"]
    client.post(preview.request["PATH_INFO"], {"step": "all"})
    assert projects() == ["北店"]


def test_a_text_file_is_read_as_well(client: Client, company: Company) -> None:
    login(client, "rep")
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, GOOD])

    preview = upload(client, target.getvalue().encode("gb18030"), "项目.csv")

    assert preview.context["good"] == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (book(("北店",), head=("没有这样的列",)), "RECORD_IMPORT_SHEET"),
        (b"PK\x03\x04 no workbook", "FILE_"),
    ],
)
def test_what_is_no_file_of_records_is_refused_whole(
    client: Client, company: Company, content: bytes, code: str
) -> None:
    login(client, "rep")

    answer = upload(client, content)

    assert answer.status_code == 422
    assert answer.context["problems"][0].code.startswith(code)
    assert not list((Path(settings.DATA) / "staging" / "records").glob("*/*/*"))


def test_a_preview_is_nobody_elses(client: Client, company: Company) -> None:
    login(client, "rep")
    path = upload(client, book(GOOD)).request["PATH_INFO"]

    login(client, "peer")

    assert client.get(path).status_code == 404
    assert client.get(f"{path}rows/").status_code == 404
    assert client.post(path, {"step": "all"}).status_code == 404
    assert projects() == []


def test_only_who_may_load_says_what_was(client: Client, company: Company) -> None:
    head = ("名称", "开始", "单号", "状态", "负责人")
    row = ("老店", "2025-03-01", "XM-2025-0007", "成交", "E-1003")

    login(client, "rep")
    refused = upload(client, book(row, head=head))
    login(client, "hr")
    preview = upload(client, book(row, head=head))
    client.post(preview.request["PATH_INFO"], {"step": "all"})

    # For a representative there are no such columns.
    assert {one.code for one in refused.context["shown"]} >= {"RECORD_IMPORT_COLUMN"}
    record = Record.objects.get(title="老店")
    assert (record.number, record.state) == ("XM-2025-0007", "won")
    assert record.owner == company.key("outsider")


def test_looking_writes_nothing(client: Client, company: Company) -> None:
    login(client, "rep")
    path = upload(client, book(GOOD)).request["PATH_INFO"]

    client.get(path)
    client.get(f"{path}rows/")

    assert projects() == []
