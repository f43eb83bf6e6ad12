"""Packs are installed beside what is there, and upgraded without losing anybody's changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from company import AT, Company, login
from django.test import Client
from django.urls import reverse

from attain.apps.data.models import DatasetDeclaration
from attain.apps.data.selectors import schemas
from attain.apps.data.services import declare
from attain.apps.jobs.models import Job
from attain.apps.jobs.worker import run_until_empty
from attain.apps.plans import gallery, services
from attain.apps.plans.models import InstalledPack, Plan, PlanVersion
from attain.apps.plans.sampling import tried
from attain.cli.packs import packs
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


def install(company: Company, name: str) -> InstalledPack:
    return services.install_pack(name=name, actor=company.actor("planner"), at=AT)


def test_a_pack_brings_its_datasets_and_its_plans_as_drafts(company: Company) -> None:
    install(company, "flat-commission")

    assert Plan.objects.get(code="flat-commission").versions.get().state == "draft"
    assert schemas()["orders"].columns["amount"].currency == "CNY"
    assert DatasetDeclaration.objects.get(name="returns").source == "flat-commission"


@pytest.mark.parametrize("name", [pack.pack for pack in packs()])
def test_every_pack_of_the_gallery_shows_and_installs(
    company: Company, client: Client, name: str
) -> None:
    login(client, "planner")
    assert client.get(reverse("plans:pack", args=[name])).status_code == 200

    answer = client.post(reverse("plans:pack-install", args=[name]))

    assert answer.status_code == 302
    assert Plan.objects.filter(pack=name).count() == len(gallery.card(name).pack.plans)


def test_a_pack_shows_the_kinds_of_records_it_brings(client: Client, company: Company) -> None:
    login(client, "planner")
    page = reverse("plans:pack", args=["customers"])
    list_of_visits = reverse("records:list", args=["visit"])

    before = client.get(page).content.decode()
    install(company, "customers")
    after = client.get(page).content.decode()

    assert "拜访" in before
    assert list_of_visits not in before
    assert list_of_visits in after


def test_a_pack_calls_the_plans_it_brings_by_their_names(client: Client, company: Company) -> None:
    login(client, "planner")

    page = client.get(reverse("plans:pack", args=["commission-on-collections"])).content.decode()

    beside = page[page.index("at-side") :]
    assert "现代渠道回款提成" in beside
    assert "：commission-on-collections。" not in beside


def test_what_cannot_be_installed_is_taken_as_a_text_of_ones_own(
    client: Client, company: Company
) -> None:
    declare("dataset: orders\nkey: [no]\ncolumns: {no: {type: code}, signed_on: {type: text}}\n",
            actor=company.actor("planner"), at=AT)  # fmt: skip
    login(client, "planner")
    page = client.get(reverse("plans:pack", args=["appraisal-360"])).content.decode()
    begun = reverse("plans:new") + "?pack=appraisal-360&amp;plan=appraisal-360"
    assert f'href="{begun}"' in page

    editor = client.get(reverse("plans:new"), {"pack": "appraisal-360", "plan": "appraisal-360"})

    assert "plan: appraisal-360" in editor.content.decode()
    for pack, plan in (("appraisal-360", "no"), ("no", "appraisal-360"), ("../..", "x")):
        found = client.get(reverse("plans:new"), {"pack": pack, "plan": plan})
        assert found.status_code == 404


def test_a_second_pack_widens_the_datasets_of_the_first(company: Company) -> None:
    install(company, "flat-commission")

    install(company, "commission-on-collections")

    columns = schemas()["orders"].columns
    assert {"order_no", "signed_on", "seller", "amount", "invoiced"} <= set(columns)
    assert not columns["invoiced"].required


def test_a_dataset_that_means_something_else_keeps_a_pack_out(company: Company) -> None:
    columns = "{order_no: {type: code}, amount: {type: text}}"
    other = f"dataset: orders\nkey: [order_no]\ncolumns: {columns}\n"
    declare(other, actor=company.actor("planner"), at=AT)

    with pytest.raises(AttainError, match="PACK_PARTS_TAKEN"):
        install(company, "flat-commission")

    assert not Plan.objects.exists()
    assert not InstalledPack.objects.exists()


def test_a_pack_is_installed_once(company: Company) -> None:
    install(company, "flat-commission")

    with pytest.raises(AttainError, match="PACK_INSTALLED"):
        install(company, "flat-commission")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> str:
    """A gallery whose flat commission says 5 % where it said 4 %."""
    texts = dict(gallery.texts_of("flat-commission"))
    path = "plans/flat-commission.yaml"
    texts[path] = texts[path].replace("is: 4%", "is: 5%")

    def texts_of(name: str) -> Mapping[str, str]:
        assert name == "flat-commission"
        return texts

    def later() -> None:
        monkeypatch.setattr(gallery, "texts_of", texts_of)

    gallery_later.append(later)
    return texts[path]


gallery_later: list = []  # type: ignore[type-arg]


def upgrade(company: Company, **choices: str) -> list[PlanVersion]:
    gallery_later.pop()()
    return services.upgrade_pack(
        name="flat-commission",
        choices=choices,  # type: ignore[arg-type]
        actor=company.actor("planner"),
        at=AT,
    )


def test_an_unchanged_plan_gets_the_new_text_as_a_draft(company: Company, newer: str) -> None:
    install(company, "flat-commission")

    drafts = upgrade(company)

    assert [one.text for one in drafts] == [newer]
    assert [one.state for one in drafts] == ["draft"]
    assert Plan.objects.get().versions.count() == 2


def test_a_plan_that_was_changed_keeps_its_text_unless_somebody_chooses(
    company: Company, newer: str
) -> None:
    install(company, "flat-commission")
    version = PlanVersion.objects.get()
    own = version.text.replace("is: 3%", "is: 2%")
    services.save_text(
        version=version,
        text=own,
        expected=version.text_hash,
        actor=company.actor("planner"),
        at=AT,
    )

    assert upgrade(company) == []

    assert PlanVersion.objects.get().text == own
    assert not gallery.card("flat-commission").has_news


def test_samples_fill_only_datasets_that_files_may_fill(company: Company) -> None:
    install(company, "flat-commission")

    loaded = services.load_samples(name="flat-commission", actor=company.actor("planner"), at=AT)

    assert sorted(loaded) == ["orders", "returns"]


def test_who_loads_samples_is_told_what_they_do_not_fill(client: Client, company: Company) -> None:
    """Without people nobody is in a run, and nothing else would say why."""
    install(company, "flat-commission")
    login(client, "planner")

    answer = client.post(reverse("plans:pack-samples", args=["flat-commission"]), follow=True)

    assert "人员由系统维护，样例不写入。" in answer.content.decode()


@pytest.mark.parametrize("verb", ["upgrade", "samples"])
def test_a_pack_that_is_not_installed_says_so(client: Client, company: Company, verb: str) -> None:
    login(client, "planner")

    answer = client.post(reverse(f"plans:pack-{verb}", args=["flat-commission"]))

    assert answer.status_code == 409
    assert [one.code for one in answer.context["refused"]] == ["PACK_NOT_INSTALLED"]


def test_a_pack_shows_what_it_would_pay_on_its_sample_data(
    client: Client, company: Company
) -> None:
    login(client, "auditor")
    client.post(reverse("plans:pack-tried", args=["flat-commission"]))
    assert (
        client.get(reverse("plans:pack", args=["flat-commission"])).context["try_state"] == "live"
    )

    run_until_empty(Job.objects.get().run_after + timedelta(minutes=1))

    page = client.get(reverse("plans:pack", args=["flat-commission"]))
    amounts = {one["name"]: one["amount"] for one in page.context["tried"][0]["people"]}
    # The number of the pack's README.
    assert amounts["沈佳宁"] == "4700.00"
    assert "¥4,700.00" in page.content.decode()
    assert not Plan.objects.exists()


def test_a_plan_that_reads_another_is_tried_after_it() -> None:
    """April: 20,000 of four SR and 13,000 of the next generation at 5 % are 4,650, and 4,000 and
    2,000 for the two levels of a manager."""
    titles, trips = tried("direct-sales-titles", date(2026, 11, 22))

    assert (titles["code"], titles["period"]) == ("direct-sales-titles", "2014-04")
    assert titles["people"][0] == {"name": "沈佳宁", "currency": "CNY", "amount": "10650.00"}
    # Trips pay nothing.
    assert (trips["code"], trips["people"]) == ("direct-sales-trips", [])


def test_a_plan_that_pays_nothing_shows_what_it_scores() -> None:
    """Sales 105 × 50 % = 52.5, ability 80 × 10 % = 8, management 86 4/9 × 25 % = 21.6111,
    quality 86 4/9 × 15 % = 12.9667: 95.0778."""
    (plan,) = tried("appraisal-360", date(2026, 11, 22))

    assert plan["people"] == []
    assert plan["marks"][0] == {
        "name": "陆明远",
        "period": "2026",
        "score": "95.08",
        "grade": "优秀",
    }
