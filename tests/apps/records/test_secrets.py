"""Confidential fields: who writes and reads them, that it is noted, that they are nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from company import AT, Company, small_company
from django.apps import apps
from store_types import TYPES

from attain.apps.accounts.actors import SYSTEM
from attain.apps.audit.models import AuditEntry
from attain.apps.records import facts, narrowing, secrets, selectors, services
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record, RecordSecret, RecordSecretRead
from attain.apps.records.titles import shown
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db

CANARY = "离异一次绝密"


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    services.install_types(TYPES, actor=SYSTEM(AT, via="command"), at=AT)
    return found


@pytest.fixture
def card(company: Company) -> Record:
    values = {"name": "王总", "marriage": CANARY, "marriage.consent": True}
    return services.create("card", values, actor=company.actor("rep"), at=AT)


def refused(call: Any) -> set[str]:
    with pytest.raises(AttainError) as error:
        call()
    return {one.code for one in error.value.problems}


def test_without_consent_nothing_is_kept(company: Company) -> None:
    values = {"name": "王总", "marriage": CANARY}
    actor = company.actor("rep")
    assert refused(lambda: services.create("card", values, actor=actor, at=AT)) == {
        "SECRET_CONSENT_MISSING"
    }
    assert not RecordSecret.objects.exists()
    assert not Record.objects.exists()


def test_what_is_off_is_not_collected_until_hr_switches_it_on(company: Company) -> None:
    actor, values = company.actor("rep"), {"name": "王总", "faith": "佛教"}
    assert refused(lambda: services.create("card", values, actor=actor, at=AT)) == {"SECRET_OFF"}
    planner = company.actor("planner")
    assert refused(lambda: services.open_secret("card", ["faith"], actor=planner, at=AT)) == {
        "RECORD_TYPE_NOT_YOURS"
    }
    services.open_secret("card", ["faith"], actor=company.actor("hr"), at=AT)
    record = services.create("card", values, actor=actor, at=AT)
    assert RecordSecret.objects.get(record=record).value == "佛教"


def test_whoever_may_read_says_what_for_and_that_is_kept(company: Company, card: Record) -> None:
    rep = company.actor("rep")
    assert secrets.readable(card, rep) == ("marriage", "faith")
    assert secrets.filled(card, rep) == ("marriage",)
    found = services.reveal(card, ["marriage"], purpose="中秋问候", actor=rep, at=AT)
    assert found == {"marriage": CANARY}
    read = RecordSecretRead.objects.get()
    assert (read.reader_id, read.fields, read.purpose) == (
        company.user("rep").pk,
        ["marriage"],
        "中秋问候",
    )
    entry = AuditEntry.objects.get(action="record:card.reveal")
    assert entry.cause == "中秋问候"
    assert [one.purpose for one in secrets.reads(card, company.actor("auditor"))] == ["中秋问候"]
    assert secrets.reads(card, company.actor("manager")) == []


@pytest.mark.parametrize("purpose", ["", " ", "看"])
def test_no_purpose_no_reading(company: Company, card: Record, purpose: str) -> None:
    rep = company.actor("rep")
    call = lambda: services.reveal(card, ["marriage"], purpose=purpose, actor=rep, at=AT)  # noqa: E731
    assert refused(call) == {"SECRET_PURPOSE_MISSING"}
    assert not RecordSecretRead.objects.exists()


@pytest.mark.parametrize("who", ["manager", "hr", "auditor", "peer", "outsider", "sysadmin"])
def test_whoever_is_not_named_reads_nothing(company: Company, card: Record, who: str) -> None:
    actor = company.actor(who)
    assert secrets.readable(card, actor) == ()
    call = lambda: services.reveal(card, ["marriage"], purpose="想看看", actor=actor, at=AT)  # noqa: E731
    assert refused(call) == {"SECRET_REFUSED"}
    assert not RecordSecretRead.objects.exists()


def test_all_or_none_is_revealed(company: Company, card: Record) -> None:
    rep = company.actor("rep")
    call = lambda: services.reveal(card, ["marriage", "phone"], purpose="问候", actor=rep, at=AT)  # noqa: E731
    assert refused(call) == {"SECRET_REFUSED"}


def test_it_stands_in_no_other_table_and_behind_no_other_question(
    company: Company, card: Record
) -> None:
    rep = company.actor("rep")
    services.change(
        card,
        {"marriage": f"{CANARY}二", "marriage.consent": True, "name": "王总二"},
        actor=rep,
        at=AT,
        version=1,
    )
    services.reveal(card, ["marriage"], purpose="中秋问候", actor=rep, at=AT)
    fresh = selectors.get(rep, "card", card.number)
    kind = kind_named("card")
    for model in apps.get_models():
        if model is not RecordSecret:
            rows = json.dumps(
                list(model._default_manager.values()), default=str, ensure_ascii=False
            )
            assert CANARY not in rows, model.__name__
    assert CANARY not in str(shown(fresh, kind, fresh.data))
    assert CANARY not in str(list(facts.record_rows(kind)))
    assert "marriage" not in facts.schemas()["card"].columns
    rows = selectors.visible(rep, "card")
    assert not narrowing.search(rows, kind, CANARY).exists()
    with pytest.raises(KeyError):
        narrowing.narrow(rows, kind, "marriage", "eq", [CANARY])
    assert fresh.value("marriage") is None
    event = fresh.events.get(kind="changed")
    assert event.note == {"changed": {"name": ["王总", "王总二"]}, "kept_apart": ["marriage"]}


def test_the_trail_names_a_personal_field_without_its_value(company: Company, card: Record) -> None:
    services.change(card, {"phone": "13800000000"}, actor=company.actor("rep"), at=AT, version=1)
    entry = AuditEntry.objects.get(action="record:card.change")
    assert "13800000000" not in entry.before + entry.after
    assert "phone" in entry.after


def test_after_its_time_it_is_forgotten(company: Company, card: Record) -> None:
    # Kept on 12 October 2026 for 24 months: 12 October 2028 is its last day.
    last = AT.replace(year=2028)
    assert secrets.forget(at=last) == 0
    assert secrets.forget(at=last + timedelta(days=1)) == 1
    assert secrets.forget(at=last + timedelta(days=1)) == 0
    assert not RecordSecret.objects.exists()
    assert Record.objects.filter(pk=card.pk).exists()


def test_emptying_it_deletes_it(company: Company, card: Record) -> None:
    services.change(card, {"marriage": None}, actor=company.actor("rep"), at=AT, version=1)
    assert not RecordSecret.objects.exists()


def test_a_lent_role_opens_nothing_confidential(company: Company, card: Record) -> None:
    rep = company.user("rep")
    lent = tuple(replace(one, giver=rep.pk) for one in company.actor("rep").grants)
    peer = company.actor("peer")
    assert secrets.readable(card, replace(peer, grants=(*peer.grants, *lent))) == ()
