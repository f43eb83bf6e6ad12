"""Every page of plans opens for whom it concerns, and for nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, Company, login
from django.test import Client
from django.urls import reverse
from plan_texts import SIMPLE, in_force

from attain.apps.plans import services
from attain.apps.plans.services.members import Stretch

pytestmark = pytest.mark.django_db


PAGES = ("booklet", "text", "examples", "approval")
OF_PLAN = ("versions", "members", "settings")


def test_every_page_of_a_draft_opens_for_who_writes_plans(client: Client, company: Company) -> None:
    services.create_plan(text=SIMPLE, actor=company.actor("planner"), at=AT)
    login(client, "planner")

    for name in PAGES:
        assert client.get(reverse(f"plans:{name}", args=["simple", 1])).status_code == 200, name
    for name in OF_PLAN:
        assert client.get(reverse(f"plans:{name}", args=["simple"])).status_code == 200, name
    for name in ("list", "new", "packs", "start"):
        assert client.get(reverse(f"plans:{name}")).status_code == 200, name


def test_a_representative_reads_the_booklet_of_the_plan_they_are_on(
    client: Client, company: Company
) -> None:
    version = in_force(company)
    stretch = Stretch(company.key("rep"), date(2026, 1, 1))
    services.add_members(
        plan=version.plan, stretches=[stretch], actor=company.actor("planner"), at=AT
    )
    login(client, "rep")

    page = client.get(reverse("plans:booklet", args=["simple", 1]))

    assert page.status_code == 200
    assert "提成" in page.content.decode()
    for name in ("text", "examples", "approval"):
        answer = client.get(reverse(f"plans:{name}", args=["simple", 1]))
        assert answer.status_code == 403, name


def test_a_colleague_of_another_team_does_not_even_learn_that_it_exists(
    client: Client, company: Company
) -> None:
    version = in_force(company)
    stretch = Stretch(company.key("rep"), date(2026, 1, 1))
    services.add_members(
        plan=version.plan, stretches=[stretch], actor=company.actor("planner"), at=AT
    )

    for name, status in (("rep", 200), ("manager", 200), ("outsider", 404), ("other_manager", 404)):
        login(client, name)
        answer = client.get(reverse("plans:booklet", args=["simple", 1]))
        assert answer.status_code == status, name
        listed = client.get(reverse("plans:list")).content.decode()
        assert ("simple" in listed) == (status == 200), name


def test_nobody_reads_the_draft_that_follows_a_plan_in_force(
    client: Client, company: Company
) -> None:
    version = in_force(company)
    services.create_draft(plan=version.plan, actor=company.actor("planner"), at=AT)
    login(client, "rep")

    assert client.get(reverse("plans:booklet", args=["simple", 1])).status_code == 200
    assert client.get(reverse("plans:booklet", args=["simple", 2])).status_code == 404


def test_of_very_many_participants_one_is_typed_and_not_picked(
    client: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from attain.apps.plans.views import members

    version = in_force(company)
    stretches = [Stretch(company.key(one), date(2026, 1, 1)) for one in ("rep", "peer")]
    planner = company.actor("planner")
    services.add_members(plan=version.plan, stretches=stretches, actor=planner, at=AT)
    monkeypatch.setattr(members, "CHOSEN", 1)
    login(client, "planner")
    page = client.get(reverse("plans:members", args=[version.plan.code])).content.decode()

    answer = client.post(
        reverse("plans:member-change", args=[version.plan.code, "end"]),
        {"code": "E-1002", "until": "2026-12-01"},
    )

    assert "沈佳宁" in page
    assert 'name="member"' not in page
    assert answer.status_code == 302
    ended = version.plan.members.exclude(effective_until=None).get()
    assert ended.subject == company.key("peer")
