"""People are told what happened: once, only if it happened, and in their language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from company import AT, login, small_company
from django.core import mail
from django.db import transaction
from django.urls import reverse

from attain.apps.notices import delivery, kinds, selectors, services
from attain.apps.notices.models import Mail, Notice, Preference
from attain.core.labels import labels

pytestmark = pytest.mark.django_db
KIND = "test.published"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", {})
    kinds.register(
        KIND,
        labels("{plan}的{period}结果已发布", "Results of {plan} for {period} are published"),
        title=labels("结果发布", "Results are published"),
    )
    kinds.register("test.locked", labels("账号已锁定", "Your account is locked"), is_fixed=True)


@pytest.fixture
def company():
    return small_company()


def tell(company, *names, key="", kind=KIND):
    values = {"plan": {"zh": "销售考核", "en": "Sales appraisal"}, "period": "2026-09"}
    return services.announce(
        kind,
        to=[company.user(name).pk for name in names],
        values=values,
        url="/statements/",
        at=AT,
        key=key,
    )


def test_each_reads_it_in_their_language(company):
    tell(company, "rep")

    notice = Notice.objects.get()
    assert selectors.say(notice, "zh-hans").text == "销售考核的2026-09结果已发布"
    assert (
        selectors.say(notice, "en").text == "Results of Sales appraisal for 2026-09 are published"
    )


def test_what_is_rolled_back_was_never_told(company):
    with transaction.atomic():
        tell(company, "rep")
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert delivery.deliver_due(at=AT) == 0


def test_nobody_is_told_twice_about_the_same_thing(company):
    tell(company, "rep", "peer", key="run-17")
    tell(company, "rep", "peer", "manager", key="run-17")

    assert sorted(Notice.objects.values_list("user__username", flat=True)) == [
        "manager",
        "peer",
        "rep",
    ]
    assert Mail.objects.count() == 3


def test_a_mail_is_sent_once_however_often_it_is_delivered(company):
    tell(company, "rep")

    counts = [delivery.deliver_due(at=AT + timedelta(minutes=n)) for n in range(5)]

    assert counts == [1, 0, 0, 0, 0]
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["rep@helan.example"], "销售考核的2026-09结果已发布")
    ]


def test_a_worker_that_was_killed_with_a_mail_in_its_hands_sends_it_not_again(company):
    tell(company, "rep")
    Mail.objects.update(state=Mail.State.taken, taken_at=AT)

    sent = delivery.deliver_due(at=AT + timedelta(hours=1))

    assert (sent, mail.outbox) == (0, [])
    assert Mail.objects.get().refusal == delivery.INTERRUPTED


def test_a_refused_mail_is_tried_again_later_and_given_up_in_the_end(company, monkeypatch):
    tell(company, "rep")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _refuse)

    # Waits of 5, 30 and 180 minutes, and one more try after each.
    at = AT
    for minutes in (0, 5, 30, 180):
        at += timedelta(minutes=minutes)
        assert delivery.deliver_due(at=at) == 0

    kept = Mail.objects.get()
    assert (kept.state, kept.attempts, kept.refusal) == (Mail.State.failed, 4, "no route")


def _refuse(self):
    raise OSError("no route")


def test_a_line_break_in_a_value_adds_no_header(company):
    services.announce(
        KIND,
        to=[company.user("rep").pk],
        values={"plan": "x\r\nBcc: a@b.example", "period": "p"},
        url="",
        at=AT,
    )

    delivery.deliver_due(at=AT)

    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["rep@helan.example"]


def test_a_value_with_braces_looks_into_nothing(company):
    services.announce(
        KIND,
        to=[company.user("rep").pk],
        values={"plan": "{period.__class__}", "period": "p"},
        url="",
        at=AT,
    )

    assert selectors.say(Notice.objects.get(), "zh-hans").text == "{period.__class__}的p结果已发布"


def test_who_turned_mails_off_gets_none_but_fixed_ones(company, client):
    login(client, "rep")
    client.post(reverse("notices:preferences"), {})

    tell(company, "rep")
    tell(company, "rep", kind="test.locked")

    assert list(Mail.objects.values_list("notice__kind", flat=True)) == ["test.locked"]
    assert Preference.objects.get().kind == KIND


def test_the_page_lists_my_notices_and_no_others(company, client):
    tell(company, "rep")
    login(client, "peer")

    page = client.get(reverse("notices:list")).content.decode()

    assert "销售考核" not in page
    assert "还没有通知" in page or "No notices yet" in page


def test_opening_a_notice_marks_it_read_and_leads_on(company, client):
    notice = tell(company, "rep")[0]
    login(client, "rep")

    answer = client.post(reverse("notices:open", args=[notice.pk]))

    assert answer["Location"] == "/statements/"
    assert selectors.unread_count(company.actor("rep")) == 0


def test_somebody_elses_notice_does_not_exist(company, client):
    notice = tell(company, "rep")[0]
    login(client, "peer")

    answer = client.post(reverse("notices:open", args=[notice.pk]))

    assert answer.status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize(
    "address", ["https:" + "//evil.example/", "//evil.example", "javascript:x"]
)
def test_a_notice_never_leads_out_of_the_product(company, client, address):
    notice = services.announce(
        KIND,
        to=[company.user("rep").pk],
        values={"plan": "x", "period": "p"},
        url=address,
        at=AT,
    )[0]
    login(client, "rep")

    answer = client.post(reverse("notices:open", args=[notice.pk]))

    assert answer["Location"] == reverse("notices:list")


def test_read_all_reads_only_mine(company, client):
    tell(company, "rep", "peer")
    login(client, "rep")

    client.post(reverse("notices:read-all"))

    assert Notice.objects.get(read_at=None).user.username == "peer"


def test_it_is_posted_not_fetched(company, client):
    login(client, "rep")

    assert client.get(reverse("notices:read-all")).status_code == 405


def test_nobody_without_an_account_comes_in(client):
    answer = client.get(reverse("notices:list"))

    assert answer.status_code in (302, 401, 403)
