"""Forms from a declaration: what is asked for, what comes back, and two people at one record."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from company import login, small_company
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from attain.apps.accounts.actors import SYSTEM
from attain.apps.files.models import StoredFile
from attain.apps.records import services
from attain.apps.records.models import Record, RecordSecret

sys.path.insert(0, str(Path(__file__).parent))
from page_types import TYPES

pytestmark = pytest.mark.django_db
NEW = "/records/shop/new/"
FILLED = {"name": "鲜邻便利", "origin": "fair"}


@pytest.fixture(autouse=True)
def company():
    found = small_company()
    at = timezone.now()
    services.install_types(TYPES, pack="", actor=SYSTEM(at, via="command"), at=at)
    return found


@pytest.fixture
def shop(company):
    actor = company.actor("rep", timezone.now())
    return services.create("shop", {"name": "鲜邻便利"}, actor=actor, at=actor.at)


def text(answer):
    return answer.content.decode()


def post(client, **values):
    return client.post(NEW, {**FILLED, **values})


def the_shop():
    return Record.objects.get(type__name="shop")


# --- beginning one ---


def test_the_form_has_every_field_with_its_default(client, company):
    login(client, "rep")
    form = text(client.get(NEW))

    for said in ("门店", "负责人", "来源", "渠道", "毛利率", "报价", "备注", "资料"):
        assert said in form
    assert f'name="keeper" value="{company.key("rep")}"' in form
    assert '<option value="fair" selected>' in form


def test_what_only_an_action_writes_is_in_no_form_and_taken_from_none(client, company):
    login(client, "rep")
    assert "批准人" not in text(client.get(NEW))

    post(client, approved_by=company.key("rep"))

    assert the_shop().value("approved_by") is None


def test_what_is_saved_is_what_was_typed(client, company):
    login(client, "rep")
    answer = post(
        client,
        margin="13.4",
        opens_on="2027-01-04",
        is_chain="true",
        channels=["shelf", "cold"],
        unit_in_charge=company.units["U-E"].key,
        keeper=company.key("rep"),
        remark="第一行\r\n第二行",
        **{"items.0.item": "冷柜", "items.0.pieces": "12", "items.0.price": "10.50"},
        **{"items.3.item": "货架", "items.3.pieces": "2", "items.3.price": "1,000"},
    )

    assert answer.status_code == 302
    found = the_shop()
    assert found.value("margin") == Decimal("0.134")
    assert found.value("opens_on") == date(2027, 1, 4)
    assert found.value("is_chain") is True
    assert found.value("channels") == ("shelf", "cold")
    assert found.value("unit_in_charge") == company.units["U-E"].key
    assert found.value("remark") == "第一行\n第二行"
    # 12 × 10.50 = 126.00 and 2 × 1,000.00 = 2,000.00: 2,126.00 together.
    assert [row["amount"] for row in found.value("items")] == [Decimal(126), Decimal(2000)]
    assert found.value("total") == Decimal("2126.00")


def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(client):
    login(client, "rep")
    answer = post(
        client,
        name="",
        margin="十三",
        remark="谈了三次",
        **{"items.0.item": "冷柜", "items.0.price": "1O.50"},
    )

    shown = text(answer)
    assert answer.status_code == 422
    for typed in ("十三", "谈了三次", "1O.50", "冷柜"):
        assert typed in shown
    assert shown.count('aria-invalid="true"') >= 2
    assert not Record.objects.exists()


def test_a_missing_value_is_said_at_its_field(client):
    login(client, "rep")
    shown = text(post(client, name=""))

    _before, after = shown.split('name="name"')
    assert 'aria-invalid="true"' in after[:400]


def test_what_a_condition_hides_is_neither_asked_for_nor_kept(client):
    login(client, "rep")
    assert post(client, referrer="周女士").status_code == 302

    assert the_shop().value("referrer") is None


def test_what_a_condition_shows_is_asked_for(client):
    login(client, "rep")

    assert post(client, origin="referral").status_code == 422
    assert post(client, origin="referral", referrer="周女士").status_code == 302


def test_a_form_that_arrives_twice_begins_one_record(client):
    login(client, "rep")
    for _ in range(2):
        assert post(client, token="0f3c").status_code == 302

    assert Record.objects.count() == 1


def test_a_code_typed_without_choosing_is_understood(client, company):
    login(client, "manager")
    answer = post(client, **{"keeper": "", "keeper~": "E-1001"})

    assert answer.status_code == 302
    assert the_shop().owner == company.key("rep")


def test_a_name_that_nobody_has_is_refused_at_its_field(client):
    login(client, "rep")
    answer = post(client, **{"keeper": "", "keeper~": "周杰轮"})

    assert answer.status_code == 422
    assert "周杰轮" in text(answer)


def test_nobody_names_a_record_they_do_not_see(client, shop):
    login(client, "outsider")
    answer = client.post("/records/stop/new/", {"shop": shop.key, "visited_on": "2026-10-12"})

    assert answer.status_code == 422
    assert "鲜邻便利" not in text(answer)
    assert not Record.objects.filter(type__name="stop").exists()


@pytest.mark.parametrize(("who", "status"), [("finance", 403), ("auditor", 404), ("rep", 200)])
def test_who_may_not_begin_one_gets_no_form(client, who, status):
    login(client, who)

    assert client.get(NEW).status_code == status


# --- while typing ---


def test_conditions_and_sums_are_told_before_saving(client):
    login(client, "rep")
    told = client.post(
        "/records/shop/working/",
        {
            **FILLED,
            "origin": "referral",
            "items.0.item": "冷柜",
            "items.0.pieces": "12",
            "items.0.price": "10.50",
            "items.4.item": "货架",
            "items.4.pieces": "1",
            "items.4.price": "0.10",
        },
    ).json()

    assert told["shown"]["referrer"] is True
    # 12 × 10.50 = 126.00; 1 × 0.10 = 0.10; together 126.10. Rows keep their numbers of the page.
    assert told["computed"]["items.0.amount"] == "¥126.00"
    assert told["computed"]["items.4.amount"] == "¥0.10"
    assert told["computed"]["total"] == "¥126.10"
    assert not Record.objects.exists()


def test_half_typed_figures_do_no_harm(client):
    login(client, "rep")
    told = client.post("/records/shop/working/", {"name": "", "margin": "1.", "origin": "x"})

    assert told.status_code == 200
    assert told.json()["shown"]["referrer"] is False


def test_lists_under_a_field_offer_what_may_be_named(client, shop):
    login(client, "rep")
    people = text(client.get("/records/shop/options/keeper/", {"q": "周"}))
    assert "周亦凡" in people
    strangers = text(client.get("/records/shop/options/keeper/", {"q": "何敏"}))
    assert "E-1003" not in strangers
    shops = text(client.get("/records/stop/options/shop/", {"q": "鲜邻"}))
    assert shop.key in shops

    login(client, "outsider")
    others = text(client.get("/records/stop/options/shop/", {"q": "鲜邻"}))
    assert shop.key not in others


def test_a_file_comes_in_before_its_record_and_belongs_to_it_afterwards(client):
    login(client, "rep")
    file = SimpleUploadedFile("报价.csv", "品项,价\n冷柜,10\n".encode())
    row = client.post("/records/shop/upload/?field=papers", {"papers~": file})
    stored = StoredFile.objects.get()
    assert str(stored.pk) in text(row)

    assert post(client, papers=[str(stored.pk)]).status_code == 302
    assert the_shop().value("papers") == (str(stored.pk),)
    stored.refresh_from_db()
    assert stored.kept_at is not None


def test_nobody_takes_the_file_of_another_into_a_record(client, shop):
    login(client, "rep")
    file = SimpleUploadedFile("报价.csv", "品项,价\n冷柜,10\n".encode())
    client.post("/records/shop/upload/?field=papers", {"papers~": file})
    stored = StoredFile.objects.get()

    login(client, "outsider")
    assert post(client, papers=[str(stored.pk)]).status_code == 302
    assert Record.objects.get(author=outsider()).value("papers") is None


def outsider():
    from attain.apps.accounts.models import User

    return User.objects.get(username="outsider").person


# --- changing one ---


def edit(client, shop, seen, **values):
    address = reverse("records:edit", args=["shop", shop.number])
    return client.post(address, {**FILLED, **values, **seen})


def opened(client, shop):
    """The version and the values a form was opened with."""
    form = client.get(reverse("records:edit", args=["shop", shop.number]))
    context = form.context
    return {"version": context["form"].version, "seen": context["page"].seen}


def test_two_people_change_two_fields_one_after_the_other(client, shop, company):
    login(client, "rep")
    seen = opened(client, shop)
    edit(client, shop, seen, margin="13.4")

    # The form of the manager was opened before and does not know the margin.
    login(client, "manager")
    second = edit(client, shop, seen, remark="看过", margin="")

    assert second.status_code == 409
    again = second.context
    now = {"version": again["form"].version, "seen": again["page"].seen}
    saved = edit(client, shop, now, remark="看过", margin="13.4")
    assert saved.status_code == 302
    found = the_shop()
    assert (found.value("margin"), found.value("remark")) == (Decimal("0.134"), "看过")


def test_a_stale_form_shows_both_values(client, shop):
    login(client, "rep")
    seen = opened(client, shop)
    edit(client, shop, seen, name="鲜邻便利（静安）")

    login(client, "manager")
    second = edit(client, shop, seen, name="鲜邻便利店")

    shown = text(second)
    assert second.status_code == 409
    assert "鲜邻便利（静安）" in shown
    assert 'value="鲜邻便利店"' in shown
    assert the_shop().value("name") == "鲜邻便利（静安）"


def test_saving_without_a_change_writes_nothing(client, shop):
    login(client, "rep")
    seen = opened(client, shop)
    values = {"keeper": the_shop().value("keeper")}

    assert edit(client, shop, seen, **values).status_code == 302
    assert the_shop().version == shop.version


def test_a_locked_record_has_no_form(client, shop):
    login(client, "rep")
    client.post(
        reverse("records:act", args=["shop", shop.number, "drop"]),
        {"version": the_shop().version, "reason": "不做了"},
    )

    answer = client.get(reverse("records:edit", args=["shop", shop.number]))

    assert answer.status_code == 409
    assert "已放弃" in text(answer)


def test_an_empty_confidential_field_keeps_what_stands_there(client, company):
    login(client, "rep")
    post(client, birthday="1988-03-07")
    shop = the_shop()
    assert RecordSecret.objects.get().value == "1988-03-07"
    seen = opened(client, shop)
    keeper = {"keeper": shop.value("keeper") or ""}

    edit(client, shop, seen, birthday="", remark="改了备注", **keeper)
    assert RecordSecret.objects.get().value == "1988-03-07"

    edit(client, shop, opened(client, shop), birthday="1989-03-07", remark="改了备注", **keeper)
    assert RecordSecret.objects.get().value == "1989-03-07"
