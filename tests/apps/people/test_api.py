"""The organisation for programs: the same rights, versions, and words for what is refused."""

from __future__ import annotations

import json
from datetime import date

import pytest
from company import login, small_company

from attain.apps.people.models import Assignment, Person, PersonVersion

pytestmark = pytest.mark.django_db
BASE = "/api/v1/people/"


@pytest.fixture
def company():
    return small_company()


@pytest.fixture
def api(client):
    client.handler.enforce_csrf_checks = False
    return client


def send(client, method, path, data, key="", version=None):
    headers = {"Idempotency-Key": key} if key else {}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    send = getattr(client, method)
    return send(BASE + path, json.dumps(data), content_type="application/json", headers=headers)


def test_each_lists_whom_they_may_see(company, api):
    login(api, "manager")

    found = api.get(BASE).json()

    assert {one["code"] for one in found["items"]} == {"E-0101", "E-1001", "E-1002"}
    assert found["total"] == 3


def test_somebody_elses_person_is_not_there(company, api):
    login(api, "outsider")

    assert api.get(BASE + company.key("rep")).status_code == 404


def test_a_person_of_another_day(company, api):
    login(api, "hr")

    assert api.get(BASE + company.key("rep") + "?on=2023-12-31").status_code == 404
    answer = api.get(BASE + company.key("rep") + "?on=2024-01-01")
    assert answer.json()["name"] == "沈佳宁"
    assert answer["ETag"] == f'"{company.person("rep").version}"'


def test_a_change_needs_the_version_it_was_made_from(company, api):
    login(api, "hr")
    person = Person.objects.get(code="E-1001")
    change = {"on": "2026-09-01", "status": "on_leave"}

    assert send(api, "patch", person.pk, change, version=99).status_code == 409
    assert send(api, "patch", person.pk, change, version=person.version).status_code == 200

    row = PersonVersion.objects.get(person=person, effective_from=date(2026, 9, 1))
    assert row.status == "on_leave"


def test_hiring_twice_with_one_key_hires_once(company, api):
    login(api, "hr")
    person = {"code": "E-3001", "name": "陆远", "on": "2026-09-01", "unit": "U-SH1"}

    first = send(api, "post", "", person, key="k-1")
    again = send(api, "post", "", person, key="k-1")

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert Person.objects.filter(code="E-3001").count() == 1


def test_a_move_changes_only_what_is_given(company, api):
    login(api, "hr")
    person = Person.objects.get(code="E-1001")

    answer = send(
        api,
        "post",
        f"{person.pk}/moves",
        {"on": "2026-09-01", "manager": "E-0103"},
        key="k-2",
        version=person.version,
    )

    assert answer.status_code == 200
    row = Assignment.objects.get(person=person, effective_from=date(2026, 9, 1))
    assert (row.manager.code, row.unit.code, row.share) == ("E-0103", "U-SH1", "1")


def test_leaving_says_who_would_be_left_behind(company, api):
    login(api, "hr")
    person = Person.objects.get(code="E-0101")

    answer = send(
        api,
        "post",
        f"{person.pk}/leave",
        {"on": "2026-09-01", "reason": "离职"},
        key="k-3",
        version=person.version,
    )

    assert answer.status_code == 409
    assert "TEAM_LEFT_BEHIND" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"code": "E-1", "name": "x", "on": "2026-09-01", "salary": "1"},
        {"code": "E-1", "name": "x", "on": "01/09/2026"},
        {"code": "E-1", "name": "", "on": "2026-09-01"},
        {"code": "E-1", "name": "x", "on": "2026-09-01", "status": "left"},
        {"code": "E-1001", "name": "x", "on": "2026-09-01"},
        {"code": "E-1", "name": "x", "on": "2026-09-01", "unit": "U-NO"},
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(company, api, data):
    login(api, "hr")

    answer = send(api, "post", "", data, key="k-4")

    assert 400 <= answer.status_code < 500
    assert not Person.objects.filter(code="E-1").exists()


@pytest.mark.parametrize("who", ["rep", "manager", "finance", "auditor", "sysadmin"])
def test_nobody_but_hr_writes(company, api, who):
    login(api, who)
    person = Person.objects.get(code="E-1001")

    answer = send(
        api, "patch", person.pk, {"on": "2026-09-01", "name": "x"}, version=person.version
    )

    assert answer.status_code in (403, 404)


def test_units_and_places(company, api):
    login(api, "hr")

    units = {one["code"]: one for one in api.get(BASE + "units").json()}
    places = api.get(BASE + f"assignments?person={company.key('rep')}").json()

    assert (units["U-SH1"]["parent"], units["U-SH1"]["head"]) == ("U-E", "E-0101")
    assert [(one["unit"], one["manager"], one["share"]) for one in places] == [
        ("U-SH1", "E-0101", "1")
    ]
