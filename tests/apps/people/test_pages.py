"""The pages of the organisation: what each may see, and what is done on them."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, SINCE, login, small_company
from django.urls import reverse

from attain.apps.people import services
from attain.apps.people.models import Assignment, Change, Edge, Person, PersonVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return small_company()


def page(client, name, *args, **params):
    return client.get(reverse(f"people:{name}", args=args), params)


def text(answer):
    return answer.content.decode()


# --- who sees what ---

NAMES = ("沈佳宁", "周亦凡", "何敏", "林知远")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("rep", {"沈佳宁"}),
        ("manager", {"沈佳宁", "周亦凡", "林知远"}),
        ("other_manager", {"何敏"}),
        ("hr", set(NAMES)),
        ("auditor", set(NAMES)),
        ("sysadmin", set(NAMES)),
    ],
)
def test_the_list_shows_whom_the_reader_may_see(company, client, who, seen):
    login(client, who)

    shown = text(page(client, "list"))

    rows = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    # A manager of somebody else stands in no cell that concerns only them.
    assert {name for name in NAMES if f">{name}</a>" in rows} == seen


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("rep", 200),
        ("manager", 200),
        ("hr", 200),
        ("peer", 404),
        ("outsider", 404),
        ("other_manager", 404),
    ],
)
def test_a_person_is_there_only_for_whom_they_concern(company, client, who, status):
    login(client, who)

    assert page(client, "person", company.key("rep")).status_code == status


STRUCTURE = ("units", "positions", "edges", "changes", "export", "import", "hire", "unit-new")


@pytest.mark.parametrize("name", STRUCTURE)
def test_a_representative_opens_nothing_of_the_structure(company, client, name):
    login(client, "rep")

    assert page(client, name).status_code in (403, 404)


@pytest.mark.parametrize("name", ["change", "move", "assign", "leave", "rehire"])
@pytest.mark.parametrize("who", ["rep", "manager", "finance", "auditor", "sysadmin"])
def test_nobody_but_hr_changes_the_organisation(company, client, name, who):
    login(client, who)
    before = Change.objects.count()

    answer = client.post(
        reverse(f"people:{name}", args=[company.key("rep")]), {"on": "2026-11-01", "confirm": "1"}
    )

    assert answer.status_code in (403, 404)
    assert Change.objects.count() == before


def test_the_chart_of_a_manager_has_nobody_from_other_teams(company, client):
    login(client, "manager")

    shown = text(page(client, "chart"))

    assert "沈佳宁" in shown
    assert "何敏" not in shown
    assert "唐越" not in shown


def test_each_manager_sees_somebody_who_moved_for_their_own_days_only(company, client):
    hr = company.actor("hr")
    services.move(
        person=company.person("rep"),
        on=date(2026, 7, 1),
        values={"unit": company.units["U-SH2"], "manager": company.people["E-0103"]},
        reason="换组",
        actor=hr,
        at=AT,
    )
    before, after = date(2026, 6, 30).isoformat(), date(2026, 7, 1).isoformat()
    key = company.key("rep")

    login(client, "manager")
    assert page(client, "person", key, on=before).status_code == 200
    assert page(client, "person", key, on=after).status_code == 404
    shown = text(page(client, "person", key, on=before))
    assert "上海一组" in shown
    assert "上海二组" not in shown

    login(client, "other_manager")
    assert page(client, "person", key, on=before).status_code == 404
    shown = text(page(client, "person", key, on=after))
    assert "上海二组" in shown
    assert "上海一组" not in shown


def test_reasons_of_changes_are_not_for_managers(company, client):
    services.change(
        person=company.person("rep"),
        on=date(2026, 9, 1),
        values={"status": "on_leave"},
        reason="家中有事",
        actor=company.actor("hr"),
        at=AT,
    )

    login(client, "manager")
    assert "家中有事" not in text(page(client, "person", company.key("rep")))

    login(client, "hr")
    assert "家中有事" in text(page(client, "person", company.key("rep")))


# --- doing something ---


def post(client, address, /, *args, confirm=False, **values):
    data = {**values, **({"confirm": "1"} if confirm else {})}
    return client.post(reverse(f"people:{address}", args=args), data)


def test_a_move_is_shown_before_it_is_done(company, client):
    login(client, "hr")
    key = company.key("rep")
    values = {
        "on": "2026-12-01",
        "unit": company.units["U-SH2"].pk,
        "manager": "E-0103",
        "share": "100%",
        "reason": "换组",
    }
    before = list(Assignment.objects.values_list("pk", flat=True))

    preview = post(client, "move", key, **values)

    assert "唐越 E-0103" in text(preview)
    assert "林知远 E-0101" in text(preview)
    assert list(Assignment.objects.values_list("pk", flat=True)) == before

    done = post(client, "move", key, confirm=True, **values)

    assert done["Location"] == reverse("people:person", args=[key])
    places = company.person("rep").assignments.order_by("effective_from")
    assert [(row.manager.code, row.effective_from, row.effective_until) for row in places] == [
        ("E-0101", SINCE, date(2026, 12, 1)),
        ("E-0103", date(2026, 12, 1), None),
    ]


def test_back_from_the_preview_the_form_is_as_it_was_filled(company, client):
    login(client, "hr")
    key = company.key("rep")
    before = Change.objects.count()

    answer = post(client, "move", key, on="2026-12-01", manager="E-0103", reason="换组", edit="1")

    assert 'value="2026-12-01"' in text(answer)
    assert 'value="换组"' in text(answer)
    assert Change.objects.count() == before


def test_a_form_that_was_opened_before_somebody_elses_change_is_refused(company, client):
    login(client, "hr")
    person = company.person("rep")
    stale = Person.objects.get(pk=person.pk).version
    services.change(
        person=person,
        on=date(2026, 9, 1),
        values={"name_en": "Shen J."},
        actor=company.actor("hr"),
        at=AT,
    )

    answer = post(
        client,
        "change",
        person.pk,
        confirm=True,
        on="2026-10-01",
        name="沈佳宁",
        status="on_leave",
        version=str(stale),
    )

    assert answer.status_code == 422
    assert not PersonVersion.objects.filter(status="on_leave").exists()


def test_what_a_verb_refuses_stands_on_the_form(company, client):
    login(client, "hr")

    answer = post(
        client,
        "leave",
        company.key("manager"),
        confirm=True,
        on="2026-11-01",
        reason="另有发展",
    )

    assert answer.status_code == 422
    assert "2" in text(answer)
    assert "接替人" in text(answer)


def test_a_whole_working_life(company, client):
    login(client, "hr")

    post(
        client,
        "hire",
        confirm=True,
        code="E-2001",
        name="谢安然",
        name_en="Xie Anran",
        on="2026-03-01",
        status="probation",
        unit=company.units["U-SH1"].pk,
        manager="林知远",
        share="100%",
    )
    key = Person.objects.get(code="E-2001").pk
    post(client, "change", key, confirm=True, on="2026-06-01", name="谢安然", status="active")
    post(client, "leave", key, confirm=True, on="2026-09-01", reason="合同到期")
    post(
        client,
        "rehire",
        key,
        confirm=True,
        on="2026-11-01",
        status="active",
        unit=company.units["U-SH2"].pk,
        manager="E-0103",
        share="60%",
    )

    versions = PersonVersion.objects.filter(person=key).order_by("effective_from")
    assert [(row.status, row.effective_from, row.effective_until) for row in versions] == [
        ("probation", date(2026, 3, 1), date(2026, 6, 1)),
        ("active", date(2026, 6, 1), date(2026, 9, 1)),
        ("left", date(2026, 9, 1), date(2026, 11, 1)),
        ("active", date(2026, 11, 1), None),
    ]
    places = Assignment.objects.filter(person=key).order_by("effective_from")
    assert [(row.unit.code, row.effective_until, row.share) for row in places] == [
        ("U-SH1", date(2026, 9, 1), "1"),
        ("U-SH2", None, "0.6"),
    ]


def test_a_unit_is_created_changed_and_closed(company, client):
    login(client, "hr")

    post(
        client,
        "unit-new",
        confirm=True,
        code="U-SH3",
        name="上海三组",
        on="2026-01-01",
        parent=company.units["U-E"].pk,
        head="E-0101",
    )
    from attain.apps.people.models import Unit

    key = Unit.objects.get(code="U-SH3").pk
    post(
        client,
        "unit-change",
        key,
        confirm=True,
        on="2026-05-01",
        name="浦东组",
        parent=company.units["U-E"].pk,
        reason="改名",
    )
    post(client, "unit-close", key, confirm=True, on="2026-09-01", reason="并组")

    story = Unit.objects.get(pk=key).versions.order_by("effective_from")
    assert [(row.name, row.effective_from, row.effective_until) for row in story] == [
        ("上海三组", date(2026, 1, 1), date(2026, 5, 1)),
        ("浦东组", date(2026, 5, 1), date(2026, 9, 1)),
    ]
    assert page(client, "unit", key, on="2026-06-01").status_code == 200
    assert "浦东组" in text(page(client, "units", on="2026-06-01"))
    assert "浦东组" not in text(page(client, "units", on="2026-10-01"))


def test_a_position_is_created_changed_and_closed(company, client):
    login(client, "hr")
    unit = company.units["U-SH1"].pk

    post(client, "position-new", confirm=True, code="S-9", title="讲师", on="2026-01-01", unit=unit)
    from attain.apps.people.models import Position

    key = Position.objects.get(code="S-9").pk
    post(
        client,
        "position-change",
        key,
        confirm=True,
        on="2026-02-01",
        title="高级讲师",
        unit=unit,
        duties="带教新人",
        reason="升级",
    )
    assert "带教新人" in text(page(client, "position", key, on="2026-03-01"))
    post(client, "position-close", key, confirm=True, on="2026-06-01", reason="取消")

    assert Position.objects.get(pk=key).versions.filter(effective_until=None).count() == 0


def test_a_sponsor_is_set_and_ended(company, client):
    login(client, "hr")

    post(
        client,
        "edge-new",
        confirm=True,
        hierarchy="sponsor",
        child="沈佳宁",
        parent="E-1002",
        on="2026-01-01",
    )
    edge = Edge.objects.get()
    assert "周亦凡" in text(page(client, "edges"))
    post(client, "edge-end", edge.pk, confirm=True, on="2026-06-01")

    assert Edge.objects.get().effective_until == date(2026, 6, 1)


def test_a_change_is_undone_on_its_page(company, client):
    login(client, "hr")
    services.change(
        person=company.person("rep"),
        on=date(2026, 9, 1),
        values={"name": "沈嘉宁"},
        actor=company.actor("hr"),
        at=AT,
    )
    change = Change.objects.first()

    page(client, "change-page", change.pk)
    client.post(reverse("people:change-page", args=[change.pk]), {"reason": "写错了"})

    assert Person.objects.get(code="E-1001").name == "沈佳宁"
    assert Change.objects.first().undoes == change


@pytest.mark.parametrize("day", ["2026-13-01", "x", "2026-02-30", "99999-01-01"])
def test_a_day_that_is_none_is_refused_in_words(company, client, day):
    login(client, "hr")

    assert page(client, "list", on=day).status_code == 422


def test_pages_stand_in_english_too(company, client):
    login(client, "hr")
    client.cookies["language"] = "en"

    for name in ("list", "units", "chart", "positions", "edges", "changes", "import", "hire"):
        answer = client.get(reverse(f"people:{name}"), headers={"accept-language": "en"})
        assert answer.status_code == 200, name


# --- hostile names ---

HOSTILE = (
    "'; DROP TABLE people_person; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "a\u202eb\u200bc",
    "SELECT",
    "沈佳宁",
    "\x00null",
    "x" * 200,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(company, client, name):
    login(client, "hr")
    services.change(
        person=company.person("peer"),
        on=date(2026, 9, 1),
        values={"name": name, "name_en": name},
        actor=company.actor("hr"),
        at=AT,
    )
    key = company.key("peer")

    answers = [
        page(client, "list"),
        page(client, "person", key),
        page(client, "chart"),
        page(client, "unit", company.units["U-SH1"].key),
        page(client, "list", q=name[:80].replace("\x00", "")),
        client.get(reverse("people:list"), {"export": "xlsx"}),
        client.get(reverse("people:export")),
    ]

    assert [answer.status_code for answer in answers] == [200] * 7
    assert "<script>alert(1)</script>" not in text(answers[1])
    assert Person.objects.count() == 12
