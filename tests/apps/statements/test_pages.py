"""Pages of statements. 沈佳宁 owns hers, 林知远 is her manager, 何敏 and 唐越 must see nothing.

沈佳宁 sold 100,000.00, exactly her target: 5 % is ¥5,000.00. 周亦凡 sold 99,999.99, a hair
below: 3 % is 2,999.9997, to the fen ¥3,000.00. 何敏 has no target and therefore no commission.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from company import AT, login
from django.test import Client
from pypdf import PdfReader
from world import PLAN, World, put_in_force, put_on

from attain.apps.runs.models import Run
from attain.apps.statements.models import PostedLine, PostingPeriod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("runs_once")]

MONTH = "/statements/2026-09/"
SECOND = (
    PLAN.replace("plan: commission", "plan: bonus")
    .replace("value(rates, attainment)", "2%")
    .replace("is: 5000.00", "is: 2000.00")
    .replace("commission: 5000.00", "commission: 2000.00")
)


def _page(client: Client, world: World, who: str, whose: str, tail: str = "") -> object:
    login(client, who)
    return client.get(f"{MONTH}{world.key(whose)}/{tail}")


@pytest.fixture
def published(world: World) -> World:
    world.published()
    return world


def test_a_representative_reads_what_they_earned_and_why_is_one_click_away(
    client: Client, published: World
) -> None:
    text = _page(client, published, "rep", "rep").content.decode()

    assert "¥5,000.00" in text
    assert "100.0%" in text
    assert "data-why" in text
    assert PostedLine.objects.get(participant=published.key("rep")).amount_minor == 5_000_00


def test_a_hair_below_the_target_is_not_shown_as_reached(client: Client, published: World) -> None:
    text = _page(client, published, "peer", "peer").content.decode()

    assert "¥3,000.00" in text
    assert "99.9%" in text
    assert "100.0%" not in text


@pytest.mark.parametrize("who", ["rep", "manager", "finance", "auditor"])
def test_those_whom_it_concerns_read_it(client: Client, published: World, who: str) -> None:
    assert _page(client, published, who, "rep").status_code == 200


@pytest.mark.parametrize("who", ["peer", "outsider", "other_manager"])
def test_for_colleagues_it_is_not_there(client: Client, published: World, who: str) -> None:
    for tail in ("", "pdf/"):
        answer = _page(client, published, who, "rep", tail)
        assert answer.status_code == 404
        assert "5,000.00" not in answer.content.decode()


@pytest.mark.parametrize("who", ["hr", "planner", "sysadmin"])
def test_those_without_business_in_pay_are_refused(
    client: Client, published: World, who: str
) -> None:
    answer = _page(client, published, who, "rep")

    assert answer.status_code in (403, 404)
    assert "5,000.00" not in answer.content.decode()


def test_nobody_reads_anything_before_logging_in(client: Client, published: World) -> None:
    answer = client.get(f"{MONTH}{published.key('rep')}/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")


def test_a_manager_lists_their_people_and_nobody_more(client: Client, published: World) -> None:
    login(client, "manager")

    text = client.get(MONTH).content.decode()

    assert "沈佳宁" in text
    assert "周亦凡" in text
    assert "何敏" not in text


def test_the_list_cannot_be_filtered_or_sorted_into_telling_of_others(
    client: Client, published: World
) -> None:
    login(client, "other_manager")

    assert "5,000.00" not in client.get(f"{MONTH}?amount_minor.ge=1").content.decode()
    assert client.get(f"{MONTH}?participant.eq=x").status_code == 422


def test_who_lacks_data_is_told_so_and_gets_no_zero(client: Client, published: World) -> None:
    text = _page(client, published, "outsider", "outsider").content.decode()

    assert "¥0.00" not in text
    assert not PostedLine.objects.filter(participant=published.key("outsider")).exists()


def test_an_estimate_is_labelled_and_never_posted(client: Client, world: World) -> None:
    world.run(kind=Run.PROVISIONAL)

    text = _page(client, world, "rep", "rep").content.decode()

    assert "预估" in text
    assert "¥5,000.00" in text
    assert not PostedLine.objects.exists()


def test_a_month_with_both_shows_what_is_published_and_on_request_what_is_estimated(
    client: Client, published: World
) -> None:
    # Of a second plan there is an estimate only, and only 何敏 is on it: 2 % of 30,000.00.
    version = put_in_force(SECOND, published.company, AT)
    put_on(version.plan, published.company, "outsider")
    published.run(kind=Run.PROVISIONAL, plan="bonus")
    login(client, "finance")

    listed = client.get(MONTH).content.decode()
    estimated = client.get(MONTH, {"shown": "estimates"}).content.decode()

    assert "?shown=estimates" in listed
    assert "¥600.00" not in listed
    assert "何敏" in estimated
    assert "¥600.00" in estimated
    assert "沈佳宁" not in estimated


def test_a_withdrawn_month_shows_nothing_posted(client: Client, world: World) -> None:
    from attain.apps.flow.services import take

    publication = world.published()
    take(
        publication, "withdraw", actor=world.actor("finance2"), at=world.actor("finance2").at,
        version=publication.version, reason="订单有误",
    )  # fmt: skip

    assert sum(PostedLine.objects.values_list("amount_minor", flat=True)) == 0
    assert "100.0%" not in _page(client, world, "rep", "rep").content.decode()


def test_the_document_says_the_same_in_the_reader_s_language(
    client: Client, published: World
) -> None:
    answer = _page(client, published, "rep", "rep", "pdf/")

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "5,000.00" in text
    assert "E-1001" in text


def test_text_in_a_document_is_never_markup(client: Client, published: World) -> None:
    person = published.company.person("rep")
    person.name = '#read("/etc/hostname") *x* $y$'
    person.save()

    answer = _page(client, published, "rep", "rep", "pdf/")

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert '#read("/etc/hostname")' in text.replace("“", '"').replace("”", '"')


def test_a_month_is_closed_from_its_dialog_by_finance(client: Client, published: World) -> None:
    login(client, "finance2")
    period = PostingPeriod.objects.get(code="2026-09")

    assert client.get(f"{MONTH}close/dialog/").status_code == 200
    client.post(f"{MONTH}close/", {"version": period.version})

    period.refresh_from_db()
    assert period.state == "closed"


def test_a_month_that_somebody_else_closed_meanwhile_is_told_so(
    client: Client, published: World
) -> None:
    login(client, "finance2")
    period = PostingPeriod.objects.get(code="2026-09")
    client.post(f"{MONTH}close/", {"version": period.version})

    assert client.post(f"{MONTH}close/", {"version": period.version}).status_code == 409
    assert client.post(f"{MONTH}close/", {}).status_code in (422, 428)


@pytest.mark.parametrize("address", ["2026-13/", "x/", "2026-Q3/", "2026-9/"])
def test_what_is_no_month_is_not_there(client: Client, world: World, address: str) -> None:
    login(client, "finance")

    assert client.get(f"/statements/{address}").status_code == 404


def test_every_page_speaks_both_languages(client: Client, published: World) -> None:
    login(client, "rep")
    address = f"{MONTH}{published.key('rep')}/"

    assert "结算单" in client.get(address).content.decode()
    client.cookies["language"] = "en"
    assert "Incentives of the month" in client.get(address).content.decode()
