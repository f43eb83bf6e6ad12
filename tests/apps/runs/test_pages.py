"""Pages of runs: who sees what, what they say, and that the wrong people see nothing."""

from __future__ import annotations

import json
import re

import pytest
from company import AT, login
from django.test import Client
from django.urls import reverse
from world import LATE, PERIOD, PLAN, World, put_in_force

from attain.apps.data.services import undo_import
from attain.apps.jobs.worker import run_until_empty
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.pages import facts, results
from attain.apps.runs.pages.results import why_url

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, address: str, **headers: str) -> str:
    """A page as somebody sees it."""
    login(client, name)
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (name, address, answer.status_code)
    return answer.content.decode()


def test_finance_starts_a_run_and_sees_its_results_to_the_fen(world: World, client: Client) -> None:
    login(client, "finance")

    answer = client.post(
        reverse("runs:new"), {"plan": "commission", "period": PERIOD, "kind": "live"}
    )
    run = Run.objects.get()
    run_until_empty(run.asked_at)
    shown = page(client, "finance", reverse("runs:run", args=[run.pk]))

    assert answer.headers["Location"] == reverse("runs:run", args=[run.pk])
    assert "¥5,000.00" in shown
    assert "沈佳宁" in shown
    assert "没有下达目标" in shown


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_ratio_is_shown_as_its_author_writes_it(
    world: World, client: Client, language: str
) -> None:
    """E-1001 sold 100,000.00: a weight of 3.5, not 350 %, the others 0.8; rates 40 % and 20 %."""
    text = PLAN.replace("plan: commission", "plan: weights", 1).replace(
        "formulas:\n",
        "formulas:\n"
        '  weight: "if(sales >= 100000, 3.5, 0.8)"\n'
        '  rate: "if(sales >= 100000, 40%, 20%)"\n',
    )
    put_in_force(text, world.company, AT)
    run = world.run(plan="weights")

    shown = page(
        client, "finance", reverse("runs:run", args=[run.pk]), HTTP_ACCEPT_LANGUAGE=language
    )

    for told in ("3.5", "0.8", "40.0%", "20.0%"):
        assert f">{told}<" in shown


def test_a_refused_run_says_whose_row_it_is_about(world: World, client: Client) -> None:
    """Whoever sold less than 50,000.00 breaks the check; the first of them is named."""
    check = "- {name: enough, each: [seller, month], holds: sales >= 50000, stops: true}"
    text = PLAN.replace("plan: commission", "plan: checked", 1)
    put_in_force(f"{text}checks:\n  {check}\n", world.company, AT)
    run = world.run(plan="checked")

    shown = page(client, "finance", reverse("runs:run", args=[run.pk]))

    assert run.state == Run.FAILED
    assert re.search(r"E-\d{4} \w+/2026-09", shown)
    assert "people-" not in shown


def test_a_wrong_period_is_refused_in_words_and_starts_nothing(
    world: World, client: Client
) -> None:
    login(client, "finance")

    answer = client.post(
        reverse("runs:new"), {"plan": "commission", "period": "2026-Q3", "kind": "live"}
    )

    assert answer.status_code == 422
    assert "2026-07" in answer.content.decode()
    assert not Run.objects.exists()


def test_human_resources_and_planners_see_no_amount_of_pay(world: World, client: Client) -> None:
    run = world.run()

    for name in ("hr", "planner"):
        for address in (reverse("runs:home"), reverse("runs:run", args=[run.pk])):
            shown = page(client, name, address)
            assert "5,000.00" not in shown, (name, address)
            assert "8,000.00" not in shown, (name, address)


@pytest.mark.parametrize("name", ["rep", "manager", "outsider", "sysadmin"])
def test_others_open_no_page_of_runs(world: World, client: Client, name: str) -> None:
    run = world.run()
    login(client, name)

    for address in (
        reverse("runs:home"),
        reverse("runs:new"),
        reverse("runs:run", args=[run.pk]),
        f"{reverse('runs:compare')}?after={run.pk}",
    ):
        assert client.get(address).status_code in (403, 404), address


def test_why_shows_rule_values_band_and_rows(world: World, client: Client) -> None:
    run = world.published().run
    address = why_url(run.pk, "commission", world.key("rep"), PERIOD)

    shown = page(client, "rep", address, **{"HX-Request": "true"})

    for words in ("¥5,000.00", "第5条", "100,000.00 × 5%", "100%及以上", "A1", "orders.csv"):
        assert words in shown, words


def test_why_is_answered_to_oneself_and_ones_manager_only(world: World, client: Client) -> None:
    run = world.published().run
    address = why_url(run.pk, "commission", world.key("rep"), PERIOD)

    answered = {}
    for name in ("rep", "peer", "outsider", "manager", "other_manager", "hr", "planner",
                 "finance", "auditor", "sysadmin"):  # fmt: skip
        login(client, name)
        answered[name] = client.get(address).status_code

    assert {name for name, status in answered.items() if status == 200} == {
        "rep", "manager", "finance", "auditor",
    }  # fmt: skip


def test_nobody_asks_why_before_it_is_published(world: World, client: Client) -> None:
    publication = world.staged()
    address = why_url(publication.run_id, "attainment", world.key("rep"), PERIOD)

    login(client, "rep")

    assert client.get(address).status_code == 404


def test_whoever_is_withheld_asks_in_vain(world: World, client: Client) -> None:
    run = world.published().run
    login(client, "outsider")

    answer = client.get(why_url(run.pk, "attainment", world.key("outsider"), PERIOD))

    assert answer.status_code == 404


def test_a_missing_number_says_what_is_missing(world: World, client: Client) -> None:
    run = world.run()

    shown = page(
        client,
        "finance",
        why_url(run.pk, "commission", world.key("outsider"), PERIOD),
        **{"HX-Request": "true"},
    )

    assert "没有下达目标" in shown
    assert "缺在哪里" in shown


@pytest.mark.parametrize(
    "query",
    ["", "component=nothing&subject=x", "relation=orders&key=[&column=amount",
     'relation=orders&key=["A9"]&column=amount', "relation=zzz&key=[]&column=x"],
)  # fmt: skip
def test_a_question_without_a_number_is_not_found(world: World, client: Client, query: str) -> None:
    run = world.run()
    login(client, "finance")

    assert client.get(f"{reverse('runs:why', args=[run.pk])}?{query}").status_code == 404


def test_two_runs_are_compared_with_the_row_that_made_the_difference(
    world: World, client: Client
) -> None:
    before = world.run()
    world.bring("orders", LATE)
    after = world.run()

    shown = page(
        client, "finance", f"{reverse('runs:compare')}?before={before.pk}&after={after.pk}"
    )

    assert "+¥2,000.00" in shown
    assert "周亦凡" in shown
    assert "B2" in shown
    assert "沈佳宁" not in shown


def test_a_publication_goes_through_two_hands_on_its_page(world: World, client: Client) -> None:
    publication = world.staged()
    address = reverse("runs:publication", args=[publication.pk])

    def step(name: str, action: str) -> int:
        login(client, name)
        publication.refresh_from_db()
        return client.post(
            reverse("runs:step", args=[publication.pk]),
            {"action": action, "version": publication.version},
        ).status_code

    assert "¥8,000.00" in page(client, "finance", address)
    assert step("auditor", "submit") == 403
    assert step("finance", "submit") == 302
    assert step("finance", "publish") == 403
    assert step("finance2", "publish") == 302
    publication.refresh_from_db()
    assert publication.state == Publication.PUBLISHED


def test_a_publication_says_that_what_it_read_was_taken_back(world: World, client: Client) -> None:
    world.bring("orders", LATE)
    address = reverse("runs:publication", args=[world.staged().pk])
    before = page(client, "finance2", address)
    undo_import("orders", actor=world.actor("finance"), at=AT)

    after = page(client, "finance2", address)

    assert "已经撤销" not in before
    assert "它用过的一次导入已经撤销" in after
    assert "撤销了它" in after


def test_the_overview_tells_what_is_stale(world: World, client: Client) -> None:
    world.published()
    before = page(client, "auditor", reverse("runs:home"))
    world.bring("orders", LATE)

    after = page(client, "auditor", reverse("runs:home"))

    assert "已过时" not in before
    assert "已过时" in after


def test_only_what_the_run_found_missing_is_waived(world: World, client: Client) -> None:
    from attain.apps.runs.models import Intervention

    run = world.run()
    login(client, "finance")
    address = reverse("runs:waive", args=[run.pk])
    given = {"component": "attainment", "period": PERIOD, "reason": "新人"}

    others = client.post(address, {**given, "subject": world.key("rep")})
    theirs = client.post(address, {**given, "subject": world.key("outsider")})

    assert (others.status_code, theirs.status_code) == (404, 302)
    assert [one.subject for one in Intervention.objects.all()] == [world.key("outsider")]


def test_a_run_without_data_tells_the_reasons_and_the_first_people(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An estimate of a month of which nothing is complete would be about everybody, by name."""
    run = world.run()
    address = reverse("runs:run", args=[run.pk])
    whole = page(client, "finance", address)
    monkeypatch.setattr(facts, "SHOWN", 0)

    short = page(client, "finance2", address)

    assert "另有" not in whole
    assert 'id="waive-1"' in whole
    assert "另有1人暂无数据，全部人员见上表" in short
    assert "<dd>1人</dd>" in short
    assert 'id="waive-1"' not in short


def test_what_somebody_lacks_is_told_once_for_each_reason() -> None:
    lacks = [
        {"component": name, "label": name, "reason": why}
        for name, why in (("sales", "not covered"), ("pay", "not covered"), ("score", "no target"))
    ]

    told = facts.told_people([{"subject": "li", "lacks": lacks}])

    assert told["shown"][0]["reasons"] == [("sales、pay", "not covered"), ("score", "no target")]
    assert told["reasons"] == []


# --- the API ---


def test_the_api_starts_once_however_often_it_is_asked(world: World, client: Client) -> None:
    login(client, "finance")
    body = json.dumps({"plan": "commission", "period": PERIOD, "kind": "live"})

    answers = [
        client.post(
            "/api/v1/runs/",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": "k-1"},
        )
        for _ in range(3)
    ]

    assert [answer.status_code for answer in answers] == [202] * 3
    assert Run.objects.count() == 1


def test_the_api_gives_exact_texts_and_no_pay_to_planners(world: World, client: Client) -> None:
    run = world.run()

    def values(name: str) -> dict[str, str | None]:
        login(client, name)
        answer = client.get(f"/api/v1/runs/{run.pk}/results").json()
        return next(
            item["values"] for item in answer["items"] if item["subject"] == world.key("peer")
        )

    assert values("finance") == {
        "sales": "99999.99", "attainment": "0.9999999", "commission": "3000",
    }  # fmt: skip
    assert values("planner") == {"sales": "99999.99", "attainment": "0.9999999"}


def test_the_api_refuses_what_it_does_not_know(world: World, client: Client) -> None:
    login(client, "finance")

    answer = client.post(
        "/api/v1/runs/",
        json.dumps({"plan": "commission", "period": PERIOD, "kind": "live", "more": 1}),
        content_type="application/json",
        headers={"Idempotency-Key": "k-2"},
    )

    assert answer.status_code == 422
    assert not Run.objects.exists()


def test_a_number_of_a_month_leads_to_its_month_in_the_run_of_a_year() -> None:
    asked = results._why(Run(pk=7), results.Shown("sales", "c0", "money", is_pay=False))
    row = {"subject": "people-a", "period": "2026"}

    assert "period=2026-12" in str(asked({**row, "c0_period": "2026-12"}))
    assert asked(row) is None
