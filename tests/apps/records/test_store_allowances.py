"""Budgets: set aside, spent, given back; and never overspent, however many come at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from company import AT, Company, small_company
from django.db import DatabaseError, transaction
from racing import at_once
from store_types import TYPES

from attain.apps.accounts.actors import SYSTEM
from attain.apps.records import services
from attain.apps.records.models import Allowance, AllowanceEntry, Record
from attain.core.errors import AttainError


def prepared() -> Company:
    found = small_company()
    services.install_types(TYPES, actor=SYSTEM(AT, via="command"), at=AT)
    return found


def campaign(company: Company, budget: str) -> Record:
    values = {"purpose": "活动", "starts_on": date(2026, 11, 20), "budget": Decimal(budget)}
    return services.create("campaign", values, actor=company.actor("rep"), at=AT)


def expense(company: Company, of: Record, amount: str) -> Record:
    values = {"campaign": of.key, "amount": Decimal(amount)}
    return services.create("expense", values, actor=company.actor("rep"), at=AT)


def take(company: Company, record: Record, action: str, **further: Any) -> Record:
    actor = company.actor("rep")
    return services.take(record, action, actor=actor, at=AT, version=record.version, **further)


def standing(of: Record) -> tuple[int, int, int]:
    one = Allowance.objects.get(record=of, name="budget")
    return one.limit_minor, one.reserved_minor, one.spent_minor


@pytest.mark.django_db
def test_reserve_then_spend_less_keeps_the_rest_set_aside() -> None:
    company = prepared()
    budget = campaign(company, "1000.00")
    one = take(company, expense(company, budget, "300.00"), "apply")
    assert standing(budget) == (100_000, 30_000, 0)
    # 250.00 of the 300.00 are spent; 50.00 stay set aside for this expense.
    take(company, one, "pay", values={"actual": Decimal("250.00")})
    assert standing(budget) == (100_000, 5_000, 25_000)
    entries = AllowanceEntry.objects.exclude(kind="limit")
    assert [(e.kind, e.amount_minor, e.from_reserved_minor) for e in entries] == [
        ("reserve", 30_000, 0),
        ("spend", 25_000, 25_000),
    ]


@pytest.mark.django_db
def test_spending_more_than_was_set_aside_takes_the_rest_from_what_is_left() -> None:
    company = prepared()
    budget = campaign(company, "1000.00")
    one = take(company, expense(company, budget, "300.00"), "apply")
    take(company, expense(company, budget, "600.00"), "apply")
    # Left: 1000 - 300 - 600 = 100. 300 of its own and 100 more are 400; 400.01 is too much.
    with pytest.raises(AttainError) as error:
        take(company, one, "pay", values={"actual": Decimal("400.01")})
    assert error.value.code == "ALLOWANCE_EXCEEDED"
    assert error.value.problems[0].values["left"] == "100.00"
    assert Record.objects.get(pk=one.pk).state == "reserved"
    take(company, one, "pay", values={"actual": Decimal("400.00")})
    assert standing(budget) == (100_000, 60_000, 40_000)


@pytest.mark.django_db
def test_what_is_given_back_is_free_again() -> None:
    company = prepared()
    budget = campaign(company, "100.00")
    one = take(company, expense(company, budget, "100.00"), "apply")
    two = expense(company, budget, "0.01")
    with pytest.raises(AttainError):
        take(company, two, "apply")
    take(company, one, "give_back")
    take(company, two, "apply")
    assert standing(budget) == (10_000, 1, 0)


@pytest.mark.django_db
def test_a_limit_is_not_lowered_below_what_is_used() -> None:
    company = prepared()
    budget = campaign(company, "100.00")
    take(company, expense(company, budget, "60.00"), "apply")
    actor = company.actor("rep")
    with pytest.raises(AttainError) as error:
        services.change(budget, {"budget": Decimal("59.99")}, actor=actor, at=AT, version=1)
    assert error.value.code == "ALLOWANCE_BELOW_USED"
    assert Record.objects.get(pk=budget.pk).data["budget"] == "100.00"
    services.change(budget, {"budget": Decimal("60.00")}, actor=actor, at=AT, version=1)
    assert standing(budget) == (6_000, 6_000, 0)


@pytest.mark.django_db
def test_the_database_itself_refuses_what_is_overspent() -> None:
    budget = campaign(prepared(), "100.00")
    with pytest.raises(DatabaseError), transaction.atomic():
        Allowance.objects.filter(record=budget).update(spent_minor=10_001)


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_only_as_many_reserve_as_there_is_money() -> None:
    company = prepared()
    budget = campaign(company, "100.00")
    wanting = [expense(company, budget, "30.00") for _ in range(8)]

    def apply(one: Record) -> Callable[[], Any]:
        return lambda: take(company, one, "apply")

    outcomes = at_once([apply(one) for one in wanting])
    # Three times 30.00 are 90.00; a fourth would be 120.00.
    assert outcomes == ["ALLOWANCE_EXCEEDED"] * 5 + ["done"] * 3
    assert standing(budget) == (10_000, 9_000, 0)
    assert Record.objects.filter(type__name="expense", state="reserved").count() == 3
    assert AllowanceEntry.objects.filter(kind="reserve").count() == 3


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_have_no_gap_and_none_twice() -> None:
    company = prepared()
    actor = company.actor("rep")

    def begin(n: int) -> Callable[[], Any]:
        # Every third one is refused after its number was asked for: its expense is unknown.
        key = "campaign-aaaaaaaaaaaaaaaa" if n % 3 == 2 else None
        if key:
            return lambda: services.create(
                "expense", {"campaign": key, "amount": Decimal(1)}, actor=actor, at=AT
            )
        return lambda: services.create("card", {"name": f"客户{n}"}, actor=actor, at=AT)

    outcomes = at_once([begin(n) for n in range(9)])
    assert outcomes == ["REFERENCE_UNKNOWN"] * 3 + ["done"] * 6
    numbers = Record.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"KP-000{n}" for n in range(1, 7)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_unique_value_one_has_it() -> None:
    company = prepared()
    actor = company.actor("rep")
    values = {"purpose": "同名", "starts_on": date(2026, 11, 1), "budget": Decimal(1)}

    def begin() -> Record:
        return services.create("campaign", values, actor=actor, at=AT)

    assert at_once([begin, begin, begin]) == ["VALUE_TAKEN", "VALUE_TAKEN", "done"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_one_is_told_of_the_other() -> None:
    company = prepared()
    record = campaign(company, "10.00")
    rep, manager = company.actor("rep"), company.actor("manager")

    def change(actor: Any, budget: str) -> Callable[[], Any]:
        return lambda: services.change(
            record, {"budget": Decimal(budget)}, actor=actor, at=AT, version=1
        )

    assert at_once([change(rep, "11.00"), change(manager, "12.00")]) == ["STATE_STALE", "done"]
    now = Record.objects.get(pk=record.pk)
    assert (now.version, now.data["budget"] in ("11.00", "12.00")) == (2, True)
    assert now.events.filter(kind="changed").count() == 1
