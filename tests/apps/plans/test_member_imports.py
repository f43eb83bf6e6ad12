"""Participants by workbook: every fault at its cell, what would change, all or nothing, undo."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from company import AT, Company, login, small_company
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from attain.apps.audit.models import AuditEntry
from attain.apps.plans import bringing, services
from attain.apps.plans.models import MemberImport, Membership, Plan
from attain.apps.plans.services.members import Stretch
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db

HEAD = "工号,姓名,比例,开始日期,失效日期\n"
JANUARY = date(2026, 1, 1)


@pytest.fixture
def company(settings, tmp_path: Path) -> Company:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path / "data"
    return small_company()


@pytest.fixture
def plan(company: Company) -> Plan:
    made = Plan.objects.create(
        code="commission", label_zh="提成", label_en="Commission", created_at=AT
    )
    services.add_members(
        plan=made,
        stretches=[Stretch(company.key("rep"), JANUARY)],
        actor=company.actor("planner"),
        at=AT,
    )
    from attain.apps.plans.models import PlanVersion

    PlanVersion.objects.create(
        plan=made, number=1, text="plan: commission\n", text_hash="0" * 64,
        created_at=AT, saved_at=AT, state="draft",
    )  # fmt: skip
    return made


def checked(plan: Plan, folder: Path, rows: str) -> bringing.Preview:
    place = folder / f"check-{len(list(folder.iterdir()))}"
    place.mkdir()
    path = place / "upload.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return bringing.check_file(path, place, plan, name="people.csv", today=AT.date())


def standing(plan: Plan) -> set[tuple[str, str, str, str]]:
    return {
        (one.subject, str(one.effective_from), str(one.effective_until or ""), one.share)
        for one in Membership.objects.filter(plan=plan)
    }


def test_new_changed_and_same_rows_are_told_apart_and_brought_in(
    plan: Plan, company: Company, tmp_path: Path
) -> None:
    preview = checked(
        plan,
        tmp_path,
        "E-1001,沈佳宁,100%,2026-01-01,2026-07-01\n"
        "E-1002,周亦凡,50%,2026-03-01,\n"
        "U-SH2,上海二组,,2026-03-01,\n",
    )

    assert (preview.errors, preview.new, preview.changed, preview.same) == (0, 2, 1, 0)
    bringing.bring_in(preview, plan, actor=company.actor("planner"), at=AT)
    unit = company.units["U-SH2"].key
    assert standing(plan) == {
        (company.key("rep"), "2026-01-01", "2026-07-01", "1"),
        (company.key("peer"), "2026-03-01", "", "0.5"),
        (unit, "2026-03-01", "", "1"),
    }
    assert AuditEntry.objects.filter(action="plans.members_import").exists()
    again = checked(plan, tmp_path, "E-1002,,0.5,2026-03-01,\n")
    assert (again.same, again.changes) == (1, ())


def test_an_import_is_taken_back_whole(plan: Plan, company: Company, tmp_path: Path) -> None:
    before = standing(plan)
    preview = checked(plan, tmp_path, "E-1001,,80%,2026-01-01,\nE-1002,,50%,2026-03-01,\n")
    made = bringing.bring_in(preview, plan, actor=company.actor("planner"), at=AT)
    assert standing(plan) != before

    bringing.undo(made, actor=company.actor("planner2"), at=AT)

    assert standing(plan) == before
    with pytest.raises(AttainError) as refused:
        bringing.undo(made, actor=company.actor("planner2"), at=AT)
    assert refused.value.code == "MEMBER_IMPORT_UNDONE"


def test_what_was_changed_since_is_not_overruled(
    plan: Plan, company: Company, tmp_path: Path
) -> None:
    preview = checked(plan, tmp_path, "E-1001,,80%,2026-01-01,\nE-1002,,50%,2026-03-01,\n")
    Membership.objects.update(share="0.7")

    with pytest.raises(AttainError) as refused:
        bringing.bring_in(preview, plan, actor=company.actor("planner"), at=AT)

    assert refused.value.code == "MEMBER_IMPORT_OUTDATED"
    assert {one[3] for one in standing(plan)} == {"0.7"}
    assert not MemberImport.objects.exists()


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        ("E-1002,,50%,2026-03-01,\nE-9999,,50%,2026-03-01,\n", "MEMBER_UNKNOWN", 3),
        # From February she would be on the plan twice: since January without end.
        ("E-1001,,50%,2026-02-01,\n", "MEMBER_OVERLAPS", 2),
        ("E-1002,,150%,2026-03-01,\n", "MEMBER_SHARE", 2),
        ("E-1002,,many,2026-03-01,\n", "", 2),
        ("E-1002,,50%,2026-13-01,\n", "DATE", 2),
        ("E-1002,,50%,2026-03-01,2026-02-01\n", "", 2),
    ],
)
def test_every_fault_is_told_at_its_line_and_nothing_is_changed(
    plan: Plan, company: Company, tmp_path: Path, rows: str, code: str, line: int
) -> None:
    before = standing(plan)

    preview = checked(plan, tmp_path, rows)

    faults = [(one.code, one.where.row if one.where else None) for one in preview.problems]
    assert any(code in found and row == line for found, row in faults), faults
    assert preview.errors
    with pytest.raises(AttainError) as refused:
        bringing.bring_in(preview, plan, actor=company.actor("planner"), at=AT)
    assert refused.value.code == "MEMBER_IMPORT_NOT_READY"
    assert standing(plan) == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sheet_that_is_downloaded_changes_nothing(
    plan: Plan, company: Company, tmp_path: Path, language: str
) -> None:
    Membership.objects.update(share="0.333", effective_until=date(2026, 12, 1))
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(bringing.workbook(plan, language))
    folder = tmp_path / "again"
    folder.mkdir()

    preview = bringing.check_file(path, folder, plan, name="sheet.xlsx", today=AT.date())

    assert (preview.problems, preview.rows, preview.same) == ((), 1, 1)


def test_the_way_through_the_pages_and_back(client: Client, plan: Plan, company: Company) -> None:
    login(client, "planner")
    page = f"/plans/of/{plan.code}/participants"
    file = SimpleUploadedFile("参与人.csv", (HEAD + "E-1002,,50%,2026-03-01,\n").encode())

    check = client.post(f"{page}/import", {"file": file}, follow=True)
    text = check.content.decode()
    assert "新增1条，修改0条" in text
    assert "周亦凡" in text
    assert Membership.objects.count() == 1

    done = client.post(check.request["PATH_INFO"], follow=True).content.decode()
    assert "参与人.csv" in done
    assert Membership.objects.count() == 2

    made = MemberImport.objects.get()
    client.post(f"{page}/imports/{made.pk}/undo")
    assert Membership.objects.count() == 1
    assert "已撤销" in client.get(page).content.decode()


def test_without_a_file_the_page_says_so(client: Client, plan: Plan) -> None:
    login(client, "planner")

    answer = client.post(f"/plans/of/{plan.code}/participants/import")

    assert answer.status_code == 422
    assert "还没有选择文件" in answer.content.decode()


def test_nobody_opens_the_check_of_another(client: Client, plan: Plan, company: Company) -> None:
    login(client, "planner")
    file = SimpleUploadedFile("p.csv", (HEAD + "E-1002,,50%,2026-03-01,\n").encode())
    page = f"/plans/of/{plan.code}/participants/import"
    check = client.post(page, {"file": file}).url

    login(client, "planner2")

    assert client.get(check).status_code == 404
    login(client, "finance")
    assert client.get(page).status_code == 403


def test_a_book_is_a_real_workbook(plan: Plan) -> None:
    assert io.BytesIO(bringing.workbook(plan, "en")).read(2) == b"PK"
