"""Posting: whatever was posted before, afterwards a line key adds up to what is published."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest
from company import Company
from django.db import DatabaseError, transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit.models import AuditEntry
from attain.apps.flow.services import take
from attain.apps.runs.models import Publication
from attain.apps.statements.models import PostedLine, PostingPeriod
from attain.apps.statements.posting import post_publication, post_withdrawal
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


def _posted(period: str = "") -> dict[str, int]:
    """What was posted by line key, in one posting period or in all."""
    found: dict[str, int] = {}
    for row in PostedLine.objects.select_related("posting_period"):
        if period in ("", row.posting_period.code):
            found[row.participant] = found.get(row.participant, 0) + row.amount_minor
    return found


def _close(code: str, actor: Actor, at: datetime) -> PostingPeriod:
    period = PostingPeriod.objects.get(code=code)
    take(period, "close", actor=actor, at=at, version=period.version)
    return PostingPeriod.objects.get(code=code)


def test_a_first_publication_posts_every_line_into_the_month_it_was_earned(
    company: Company, publish, finance: Actor, at: datetime
) -> None:
    publication = publish("2026-09", {"E-1001": 11_211_43, "E-1002": 756_00})

    moved = post_publication(publication, actor=finance, at=at)

    assert moved == 2
    assert _posted("2026-09") == {company.key("E-1001"): 11_211_43, company.key("E-1002"): 756_00}
    assert set(PostedLine.objects.values_list("kind", flat=True)) == {"first"}


def test_posting_the_same_publication_again_moves_nothing(
    publish, finance: Actor, at: datetime
) -> None:
    publication = publish("2026-09", {"E-1001": 11_211_43})
    post_publication(publication, actor=finance, at=at)

    assert post_publication(publication, actor=finance, at=at) == 0
    assert PostedLine.objects.count() == 1


def test_a_quarter_is_posted_into_its_last_month(publish, finance: Actor, at: datetime) -> None:
    post_publication(publish("2026-Q3", {"E-1001": 100_00}), actor=finance, at=at)

    assert PostedLine.objects.get().posting_period.code == "2026-09"


def test_a_later_revision_posts_the_difference_only(
    company: Company, publish, finance: Actor, at: datetime
) -> None:
    post_publication(publish("2026-09", {"E-1001": 100_00, "E-1002": 50_00}), actor=finance, at=at)

    before = list(PostedLine.objects.values_list("pk", flat=True))

    # 100.00 became 112.50; the 50.00 of E-1002 fell away; E-1003 is new with 8.00.
    post_publication(publish("2026-09", {"E-1001": 112_50, "E-1003": 8_00}), actor=finance, at=at)

    last = PostedLine.objects.exclude(pk__in=before).order_by("amount_minor")
    assert [row.amount_minor for row in last] == [-50_00, 8_00, 12_50]
    assert [row.kind for row in last] == ["correction", "first", "correction"]
    assert _posted()[company.key("E-1002")] == 0


def test_a_correction_of_a_closed_month_goes_to_the_first_open_one(
    publish, finance: Actor, at: datetime
) -> None:
    post_publication(publish("2026-07", {"E-1001": 100_00}), actor=finance, at=at)
    _close("2026-07", finance, at)

    post_publication(publish("2026-07", {"E-1001": 286_00}), actor=finance, at=at)

    late = PostedLine.objects.get(kind="correction")
    assert (late.posting_period.code, late.earned, late.amount_minor) == (
        "2026-08",
        "2026-07",
        186_00,
    )
    assert _posted("2026-07") == {late.participant: 100_00}


def test_a_withdrawal_takes_back_all_that_was_posted(
    company: Company, publish, finance: Actor, at: datetime
) -> None:
    publication = publish("2026-09", {"E-1001": 100_00, "E-1002": -20_00})
    post_publication(publication, actor=finance, at=at)

    post_withdrawal(publication, actor=finance, at=at)

    assert _posted() == {company.key("E-1001"): 0, company.key("E-1002"): 0}
    assert PostedLine.objects.filter(kind="withdrawal").count() == 2


def test_publishing_again_after_a_withdrawal_posts_the_whole_amount(
    publish, finance: Actor, at: datetime
) -> None:
    first = publish("2026-09", {"E-1001": 100_00})
    post_publication(first, actor=finance, at=at)
    post_withdrawal(first, actor=finance, at=at)

    post_publication(publish("2026-09", {"E-1001": 90_00}), actor=finance, at=at)

    assert sum(_posted().values()) == 90_00


def test_currencies_never_mix(publish, finance: Actor, at: datetime) -> None:
    post_publication(publish("2026-09", {"E-1001": 100_00}), actor=finance, at=at)
    post_publication(publish("2026-09", {"E-1001": 100_00}, currency="USD"), actor=finance, at=at)

    by_currency = {
        currency: sum(
            PostedLine.objects.filter(currency=currency).values_list("amount_minor", flat=True)
        )
        for currency in ("CNY", "USD")
    }
    assert by_currency == {"CNY": 0, "USD": 100_00}


def test_a_line_without_a_currency_is_refused_and_posts_nothing(
    publish, finance: Actor, at: datetime
) -> None:
    publication = publish("2026-09", {"E-1001": 100_00}, currency="")

    with pytest.raises(AttainError) as refused:
        post_publication(publication, actor=finance, at=at)

    assert refused.value.problems[0].code == "POSTING_CURRENCY_UNKNOWN"
    assert not PostedLine.objects.exists()


def test_months_are_closed_in_order(publish, finance: Actor, at: datetime) -> None:
    post_publication(publish("2026-07", {"E-1001": 1_00}), actor=finance, at=at)
    post_publication(publish("2026-08", {"E-1001": 1_00}), actor=finance, at=at)

    with pytest.raises(AttainError) as refused:
        _close("2026-08", finance, at)

    assert refused.value.problems[0].code == "PERIODS_STAY_OPEN"
    assert PostingPeriod.objects.get(code="2026-08").state == "open"


def test_a_month_is_closed_by_finance_only(company: Company, publish, at: datetime) -> None:
    finance = company.actor("finance")
    post_publication(publish("2026-07", {"E-1001": 1_00}), actor=finance, at=at)

    for other in ("rep", "manager", "hr", "planner", "auditor", "sysadmin"):
        with pytest.raises(AttainError):
            _close("2026-07", company.actor(other), at)
    assert _close("2026-07", finance, at).closed_at == at


def test_posting_leaves_a_trace_without_amounts(publish, finance: Actor, at: datetime) -> None:
    post_publication(publish("2026-09", {"E-1001": 11_211_43}), actor=finance, at=at)

    entry = AuditEntry.objects.get(action="statements.post")
    assert "1121143" not in str(entry.after)
    assert "2026-09" in str(entry.after)


@pytest.mark.parametrize("seed", range(8))
def test_any_history_adds_up_to_what_is_published_last(
    seed: int, company: Company, publish, finance: Actor, at: datetime
) -> None:
    lots = random.Random(seed)
    published: dict[str, int] = {}
    frozen: dict[str, dict[str, int]] = {}
    for step in range(12):
        deed = lots.choice(["publish", "publish", "repeat", "withdraw", "close"])
        if deed == "close" and PostingPeriod.objects.filter(state="open").exists():
            earliest = PostingPeriod.objects.filter(state="open").order_by("from_date")[0]
            _close(earliest.code, finance, at)
            frozen[earliest.code] = _posted(earliest.code)
        elif deed == "withdraw" and step:
            last = Publication.objects.order_by("-pk").first()
            if last is not None:
                post_withdrawal(last, actor=finance, at=at)
                published = {}
        else:
            amounts = {
                code: lots.randint(-500_00, 900_00)
                for code in ("E-1001", "E-1002", "E-1003")
                if lots.random() < 0.7
            }
            day = date(2026, 11, lots.choice([5, 10]))
            publication = publish("2026-08", amounts, pay_on=day)
            for _ in range(2 if deed == "repeat" else 1):
                post_publication(publication, actor=finance, at=at)
            published = {company.key(code): minor for code, minor in amounts.items()}

    found = {person: minor for person, minor in _posted().items() if minor}
    assert found == {person: minor for person, minor in published.items() if minor}
    assert {code: _posted(code) for code in frozen} == frozen


@pytest.mark.parametrize("by", ["update", "delete"])
def test_the_database_lets_nobody_change_what_was_posted(
    publish, finance: Actor, at: datetime, by: str
) -> None:
    post_publication(publish("2026-09", {"E-1001": 10_000}), actor=finance, at=at)
    lines = PostedLine.objects.all()

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        lines.update(amount_minor=1) if by == "update" else lines._raw_delete(lines.db)

    assert [line.amount_minor for line in lines] == [10_000]
