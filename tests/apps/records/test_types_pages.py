"""Types declared in the browser: tried first, installed by whom it is given, refused in words."""

from __future__ import annotations

import pytest
from company import AT, Company, login, small_company
from django.test import Client
from listing import ACCOUNT, PROJECT, install, project

from attain.apps.records.models import Record, RecordType
from attain.apps.records.views.types import BLANK

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    found = small_company(at=AT)
    install(found, ACCOUNT, PROJECT)
    return found


def test_the_example_of_the_page_can_be_installed_and_used_at_once(
    client: Client, company: Company
) -> None:
    login(client, "planner")

    tried = client.post("/records/types/new/", {"text": BLANK, "step": "try"})

    assert tried.context["examined"].is_sound
    assert (tried.context["examined"].passed, tried.context["examined"].fails) == (1, 0)
    assert not RecordType.objects.filter(name="meeting").exists()
    client.post("/records/types/new/", {"text": BLANK, "step": "install"})
    login(client, "rep")
    assert client.get("/records/meeting/").status_code == 200


def test_what_is_wrong_is_told_with_its_line(client: Client, company: Company) -> None:
    login(client, "hr")
    text = BLANK.replace("to: held", "to: hold")

    answer = client.post("/records/types/new/", {"text": text, "step": "install"})

    assert answer.status_code == 422
    wrong = [one for one in answer.context["problems"] if one["severity"] == "error"]
    # record version label fields topic held_on date title states planned held actions: 12 lines.
    assert [one["line"] for one in wrong] == [13]
    assert not RecordType.objects.filter(name="meeting").exists()


def test_a_version_that_loses_records_is_shown_and_not_installed(
    client: Client, company: Company
) -> None:
    project(company, "北店")
    login(client, "hr")
    # 洽谈, in which one record stands, is called 初谈 by a state of another name.
    text = PROJECT.replace("record: project", "record: project\nversion: 2")
    text = text.replace("talk:", "first:").replace("[talk", "[first").replace("'talk'", "'first'")

    answer = client.post("/records/types/project/text/", {"text": text, "step": "install"})

    assert len(answer.context["examined"].obstacles) == 1
    assert "1" in answer.context["examined"].obstacles[0].zh
    assert RecordType.objects.get(name="project").current.version == 1
    assert Record.objects.get(title="北店").state == "talk"


def test_a_type_that_is_off_is_begun_by_nobody(client: Client, company: Company) -> None:
    record = project(company, "北店")
    login(client, "hr")

    client.post("/records/types/project/switch/", {"active": "false"})

    login(client, "rep")
    assert client.get("/records/project/").context["may_create"] is False
    assert client.get(f"/records/project/{record.number}/").status_code == 200


@pytest.mark.parametrize("who", ["rep", "manager", "finance", "sysadmin"])
def test_types_are_for_who_writes_plans_and_for_hr(
    client: Client, company: Company, who: str
) -> None:
    login(client, who)

    assert client.get("/records/types/").status_code == 403
    given = {"text": BLANK, "step": "install"}
    assert client.post("/records/types/new/", given).status_code == 403
    assert not RecordType.objects.filter(name="meeting").exists()
