"""The records of the sample company: lived through the services, once, and read by its ladder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from attain.apps.accounts.actors import actor_of
from attain.apps.accounts.models import User
from attain.apps.records import services
from attain.apps.records.allowances import balances
from attain.apps.records.facts import record_rows
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record, RecordEvent
from attain.config.demo import cast, keeping
from attain.config.demo.building import Building
from attain.core.errors import AttainError
from attain.core.keys import key_for
from attain.kinds.records import Balance

pytestmark = pytest.mark.django_db

COMPANY = Path(__file__).parents[3] / "examples/company"
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def building(django_db_setup: None, django_db_blocker: Any) -> Iterator[Building]:
    """The company with its people, logins and packs, and every life walked: once for all.

    What a test does to it is undone after the test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        found = Building(COMPANY, AT)
        for step in (found.declare, found.bring_in_people, found.create_accounts):
            step()
        found.install_packs()
        found.live()
        yield found
        transaction.set_rollback(True)


def states() -> dict[str, str]:
    rows = Record.objects.exclude(type__name="offence_type")
    return dict(rows.values_list("number", "state"))


def take(number: str, action: str, by: str, **more: Any) -> Record:
    record = Record.objects.get(number=number)
    actor = actor_of(User.objects.get(username=by), AT, via="command")
    return services.take(record, action, actor=actor, at=AT, version=record.version, **more)


def counting(person: str) -> list[tuple[str, str]]:
    """Sanction and month of the offences that the ladder counts for somebody."""
    key = key_for("people", person)
    return sorted(
        (str(row["sanction"]), str(row["confirmed_on"])[:7])
        for row in record_rows(kind_named("offence"))
        if row["subject"] == key and row["state"] in ("effective", "contested")
    )


def test_everybody_and_everything_told_of_is_there() -> None:
    logins = {login.username for login in cast.LOGINS}

    for life in keeping.lives():
        assert {life.by, *(deed.by for deed in life.steps)} <= logins
        days = [life.on, *(deed.on for deed in life.steps)]
        assert days == sorted(days), life.values


def test_the_lives_are_walked_once_and_reach_the_ladder(building: Building) -> None:
    before, events = states(), RecordEvent.objects.count()

    building.install_packs()
    building.live()

    assert (states(), RecordEvent.objects.count()) == (before, events)
    assert before["HD-2026-0001"] == "reported"
    assert before["HD-2026-0003"] == "consulting"  # one of three agreed; silence is no consent
    assert before["FY-202610-0002"] == "refused"
    # Of 6,180.50 and 14,400.00 reserved, 6,100.00 and 14,400.00 were paid: 80.50 went back.
    spent = balances(Record.objects.get(number="HD-2026-0001"))["budget"]
    assert spent == Balance(limit=Decimal("30000.00"), reserved=Decimal(0), spent=Decimal(20500))
    # 16,000.00 + 8,250.00 are set aside and not spent yet.
    kept = balances(Record.objects.get(number="HD-2026-0002"))["budget"]
    assert (kept.reserved, kept.spent) == (Decimal("24250.00"), Decimal(0))

    assert counting("E-1002") == [("demerit", "2026-09")]
    assert counting("E-1003") == [("complaint", "2026-09"), ("complaint", "2026-09")]
    assert counting("E-1004") == []  # revoked: it never was
    assert counting("E-1005") == []  # rejected


def test_a_revocation_takes_two_and_leaves_nothing_to_count(building: Building) -> None:
    with pytest.raises(AttainError, match="ACTION_NOT_NOW"):
        take("WG-202609-002", "revoke", "lin", reason="发票已补齐")
    take("WG-202609-002", "contest", "lin", reason="发票已补齐")
    assert counting("E-1002") == [("demerit", "2026-09")]  # asked for is not yet revoked

    with pytest.raises(AttainError, match="SELF_APPROVAL"):
        take("WG-202609-002", "revoke", "lin", reason="发票已补齐")
    take("WG-202609-002", "revoke", "qin", reason="发票已补齐")

    assert counting("E-1002") == []


def test_nobody_spends_what_is_not_left(building: Building) -> None:
    """45,000.00 less 24,250.00 leave 20,750.00: that fits, a cent more does not."""
    actor = actor_of(User.objects.get(username="zhou"), AT, via="command")
    campaign = Record.objects.get(number="HD-2026-0002")
    take("HD-2026-0002", "refuse_change", "lin", reason="按原方案执行")

    def applied(amount: str) -> Record:
        values = {
            "campaign": campaign.key,
            "purpose": "加场",
            "planned_on": AT.date(),
            "payee": "社区服务中心",
            "lines": ({"item": "场地", "amount": Decimal(amount)},),
        }
        return services.create("campaign_expense", values, actor=actor, at=AT)

    fits, over = applied("20750.00"), applied("20750.01")
    take(fits.number, "submit", "zhou")
    with pytest.raises(AttainError, match="GATE_CLOSED"):
        take(over.number, "submit", "zhou")
    take(fits.number, "approve", "qin")

    assert balances(campaign)["budget"].reserved == Decimal("45000.00")
