"""The organisation by workbook: every error by row and column, all or nothing, and undone."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from company import AT, SINCE, login, small_company
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attain.apps.people import columns, importing, providers, services
from attain.apps.people.models import Assignment, Change, Edge, Person, PersonVersion
from attain.core.errors import AttainError
from attain.core.systems import SYSTEM_DATASETS, load_dataset

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)

DECLARED = {
    **SYSTEM_DATASETS,
    "people": load_dataset(
        """
dataset: people
key: [person, effective_from]
dated: true
columns:
  name_en: {type: text, label: {zh-Hans: 英文名, en: English name}}
  status: {type: text, label: {zh-Hans: 在职状态, en: Status}}
  hired_on: {type: date, label: {zh-Hans: 入职日期, en: Hired on}}
  left_on: {type: date, label: {zh-Hans: 离职日期, en: Left on}}
  level: {type: count, label: {zh-Hans: 职级, en: Level}}
  is_key: {type: boolean, label: {zh-Hans: 骨干, en: Key person}}
"""
    ),
    "units": load_dataset(
        """
dataset: units
key: [unit, effective_from]
dated: true
columns:
  name_en: {type: text, label: {zh-Hans: 英文名称, en: English name}}
  responsibility: {type: text, label: {zh-Hans: 责任中心, en: Responsibility}}
"""
    ),
    "positions": load_dataset(
        """
dataset: positions
key: [position, effective_from]
dated: true
columns:
  title_en: {type: text, label: {zh-Hans: 岗位英文名, en: English title}}
  duties: {type: text, label: {zh-Hans: 职责, en: Duties}}
"""
    ),
}


@pytest.fixture
def company():
    return small_company()


@pytest.fixture(autouse=True)
def _declared(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(columns, "_declared", lambda: DECLARED)
    settings.DATA = tmp_path


def workbook(**sheets):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for at, value in enumerate(row):
                sheet.write_string(line, at, value)
    book.close()
    return target.getvalue()


def check(tmp_path, content, name="组织.xlsx"):
    path, folder = tmp_path / "upload.xlsx", tmp_path / "staging"
    path.write_bytes(content)
    folder.mkdir()
    return importing.check_files(
        [(path, name)], folder, schemas=columns.schemas(), today=date(2026, 10, 12)
    )


def bring_in(company, checked):
    return importing.bring_in(checked, actor=company.actor("hr"), at=AT, reason="年度调整")


def everything():
    return {name: list(providers.rows(name)) for name in columns.KEPT}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_export_imports_as_exactly_the_same(company, tmp_path, language):
    hr = {"actor": company.actor("hr"), "at": AT}
    services.change(
        person=company.person("rep"),
        on=JULY,
        values={"attributes": {"level": "7", "is_key": True}},
        **hr,
    )
    services.move(person=company.person("peer"), on=JULY, values={"share": "33.333333%"}, **hr)
    services.change(person=company.person("outsider"), on=JULY, values={"name": "=1+1"}, **hr)
    services.set_edge(
        hierarchy="sponsor", child=company.key("rep"), parent=company.key("peer"), on=JULY, **hr
    )

    checked = check(tmp_path, importing.export_workbook(language))

    assert (checked.errors, checked.changes) == (0, 0)
    assert {sheet.dataset for sheet in checked.sheets} == set(columns.KEPT)
    with pytest.raises(AttainError) as refused:
        bring_in(company, checked)
    assert refused.value.code == "ORGANISATION_IMPORT_CHANGES_NOTHING"


PEOPLE = ("工号", "姓名", "在职状态", "生效日", "失效日")
PLACES = ("工号", "部门编号", "直接上级", "比例", "生效日", "失效日")
GOOD = {
    "people": [PEOPLE, ("E-5001", "孟浩", "在职", "2026-07-01", "")],
    "assignments": [PLACES, ("E-5001", "U-SH2", "E-0103", "60%", "2026-07-01", "")],
}


def test_people_who_are_not_said_to_begin_some_day_are_refused(company, tmp_path):
    people = [("工号", "姓名"), ("E-5001", "孟浩"), ("E-5002", "白露")]

    checked = check(tmp_path, workbook(people=people))

    assert [one.code for sheet in checked.sheets for one in sheet.problems] == ["MISSING_COLUMN"]


def test_new_people_come_in_with_their_places(company, tmp_path):
    change = bring_in(company, check(tmp_path, workbook(**GOOD)))

    row = PersonVersion.objects.get(person__code="E-5001")
    place = Assignment.objects.get(person__code="E-5001")
    assert (row.status, row.effective_from, row.change) == ("active", JULY, change)
    assert (place.unit.code, place.manager.code, place.share) == ("U-SH2", "E-0103", "0.6")
    # The others stay: these datasets are not declared as replaced by each file.
    assert PersonVersion.objects.filter(effective_from=SINCE).count() == 12
    assert change.values["rows"]["people"] == {"written": 1, "gone": 0}


def test_every_error_has_its_sheet_row_and_column_and_nothing_comes_in(company, tmp_path):
    sheets = {
        "people": [*GOOD["people"], ("E-5002", "胡岚", "在职", "2026-02-30", "")],
        "assignments": [*GOOD["assignments"], ("E-5001", "U-NO", "E-5001", "1", "2026-09-01", "")],
    }
    checked = check(tmp_path, workbook(**sheets))

    places = {
        (one.code, one.where.sheet, one.where.row)
        for sheet in checked.sheets
        for one in sheet.problems
        if one.severity == "error"
    }
    assert ("DATE_INVALID", "people", 3) in places
    assert any(sheet == "assignments" and row == 3 for _, sheet, row in places)
    with pytest.raises(AttainError) as refused:
        bring_in(company, checked)
    assert refused.value.code == "ORGANISATION_IMPORT_NOT_READY"
    assert not Person.objects.filter(code__startswith="E-500").exists()


def test_a_circle_of_managers_is_refused_by_its_rows(company, tmp_path):
    rows = [PLACES, ("E-0101", "U-SH1", "E-1001", "1", "2026-07-01", "")]

    checked = check(tmp_path, workbook(assignments=rows))

    found = {one.code for sheet in checked.sheets for one in sheet.problems}
    assert "HIERARCHY_CYCLE" in found
    assert checked.errors


def test_a_word_nobody_knows_is_refused_with_its_row(company, tmp_path):
    rows = [PEOPLE, ("E-5001", "孟浩", "度假", "2026-07-01", "")]
    checked = check(tmp_path, workbook(people=rows))

    with pytest.raises(AttainError) as refused:
        bring_in(company, checked)

    one = refused.value.problems[0]
    assert (one.code, one.where.sheet, one.where.row) == ("ORGANISATION_WORD_UNKNOWN", "people", 2)
    assert not Person.objects.filter(code="E-5001").exists()


def test_an_import_is_undone_as_a_whole(company, tmp_path):
    before = everything()
    change = bring_in(company, check(tmp_path, workbook(**GOOD)))

    services.undo(change=change, actor=company.actor("hr"), at=AT)

    assert everything() == before


def test_a_preview_that_somebody_has_overtaken_is_refused(company, tmp_path):
    checked = check(tmp_path, workbook(**GOOD))
    services.change(
        person=company.person("rep"),
        on=JULY,
        values={"status": "on_leave"},
        actor=company.actor("hr"),
        at=AT,
    )

    with pytest.raises(AttainError) as refused:
        bring_in(company, checked)

    assert refused.value.code == "ORGANISATION_IMPORT_OUTDATED"


@pytest.mark.parametrize(("word", "status"), [("长期休假", "on_leave"), ("在岗", "active")])
def test_a_status_is_read_as_companies_write_it(company, tmp_path, word, status):
    rows = [PEOPLE, ("E-5001", "孟浩", word, "2026-07-01", "")]

    bring_in(company, check(tmp_path, workbook(people=rows)))

    assert Person.objects.get(code="E-5001").versions.get().status == status


def test_a_file_without_any_of_the_sheets_is_refused(company, tmp_path):
    with pytest.raises(AttainError):
        check(tmp_path, workbook(orders=[("订单号", "金额"), ("1", "2")]))


# --- pages ---


def upload(client, content, name="组织.xlsx"):
    return client.post(reverse("people:import"), {"file": SimpleUploadedFile(name, content)})


def test_a_workbook_is_looked_at_before_it_comes_in(company, client):
    login(client, "hr")

    answer = upload(client, workbook(**GOOD))
    preview = client.get(answer["Location"])
    assert "people" in preview.content.decode()
    assert not Person.objects.filter(code="E-5001").exists()
    done = client.post(answer["Location"], {"reason": "新人"})

    assert done["Location"] == reverse("people:change-page", args=[Change.objects.first().pk])
    assert Person.objects.filter(code="E-5001").exists()
    assert client.get(done["Location"]).status_code == 200
    # The preview is gone with it.
    assert client.post(answer["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"MZ not a workbook"),
        ("a.xlsx", b""),
        ("a.csv", b"\x00\x01\x02"),
        ("a.exe", b"MZ"),
        ("../../a.xlsx", workbook(orders=[("x",)])),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(company, client, name, content):
    login(client, "hr")

    answer = upload(client, content, name)

    assert answer.status_code == 422
    assert "Traceback" not in answer.content.decode()


def test_nobody_opens_anothers_preview(company, client):
    login(client, "hr")
    address = upload(client, workbook(**GOOD))["Location"]

    for who in ("auditor", "manager", "sysadmin"):
        login(client, who)
        assert client.get(address).status_code in (403, 404)
    assert client.get("/people/import/..%2f..%2fx").status_code in (403, 404)


def test_edges_come_in_by_codes(company, tmp_path):
    rows = [("层级", "下级", "上级", "生效日"), ("sponsor", "E-1001", "E-1002", "2026-01-01")]

    bring_in(company, check(tmp_path, workbook(edges=rows)))

    edge = Edge.objects.get()
    assert (edge.child, edge.parent, edge.child_kind) == (
        company.key("rep"),
        company.key("peer"),
        "people",
    )
