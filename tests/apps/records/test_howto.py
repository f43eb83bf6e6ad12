"""The how-to page in the product: what it declares is installed, lived through and counted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from company import AT, Company, small_company

from attain.apps.records import facts, selectors, services
from attain.apps.records.kinds import kind_named
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs/how-to/declare-records.md"
BLOCKS = re.compile(r"^```yaml\n(record: (\S+)\n.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    # One after the other, as somebody pastes them.
    for text, name in BLOCKS.findall(PAGE.read_text(encoding="utf-8")):
        done = services.install_types({f"{name}.yaml": text}, actor=found.actor("hr"), at=AT)
        assert done.installed == (name,)
    return found


def test_a_check_fails_and_is_counted_and_the_next_is_due(company: Company) -> None:
    rep, manager = company.actor("rep"), company.actor("manager")
    shop = services.create(
        "shop", {"name": "南京路店", "keeper": company.key("rep")}, actor=manager, at=AT
    )
    check = services.create(
        "shop_check",
        {"shop": shop.key, "shelf": Decimal(30), "stock": Decimal(20), "plan": "周五前补齐"},
        actor=rep,
        at=AT,
    )
    assert check.number == "XD-202610-001"
    sent = services.take(check, "submit", actor=rep, at=AT, version=1)

    # Whoever wrote it does not judge it, and 50 points do not pass.
    with pytest.raises(AttainError) as told:
        services.take(sent, "fail", actor=rep, at=AT, version=2, reason="x")
    assert "ACTION_NOT_YOURS" in told.value.codes
    with pytest.raises(AttainError) as told:
        services.take(sent, "pass", actor=manager, at=AT, version=2)
    assert told.value.codes == ("GATE_CLOSED",)
    services.take(sent, "fail", actor=manager, at=AT, version=2, reason="缺货")

    (row,) = facts.record_rows(kind_named("shop_check"))
    assert (row["state"], row["failed_on"], row["score"]) == (
        "failed",
        date(2026, 10, 12),
        Decimal(50),
    )
    assert row["checker"] == row["owner"] == company.key("rep")
    # Checked on 12 October: the next is due fourteen days later, overdue from the 27th.
    for days, overdue in ((14, False), (15, True)):
        later = company.actor("rep", AT + timedelta(days=days))
        (due,) = [one for one in selectors.due_list(later) if one.record.pk == shop.pk]
        assert (due.on, due.overdue) == (date(2026, 10, 26), overdue)


def test_a_bad_score_needs_a_plan(company: Company) -> None:
    rep, manager = company.actor("rep"), company.actor("manager")
    shop = services.create(
        "shop", {"name": "南京路店", "keeper": company.key("rep")}, actor=manager, at=AT
    )
    values = {"shop": shop.key, "shelf": Decimal(40), "stock": Decimal(19)}

    with pytest.raises(AttainError) as told:
        services.create("shop_check", values, actor=rep, at=AT)
    assert told.value.codes == ("VALUE_REQUIRED",)
    # One point more, and nobody asks for a plan.
    values["stock"] = Decimal(20)
    assert services.create("shop_check", values, actor=rep, at=AT).state == "draft"


ROUND = """
record: round_trip
fields:
  shop: {type: record, of: shop, required: true}
  keeper: {type: person, default: shop.keeper}
"""


def test_a_default_is_taken_from_the_record_referred_to(company: Company) -> None:
    manager = company.actor("manager")
    services.install_types({"round_trip.yaml": ROUND}, actor=company.actor("hr"), at=AT)
    shop = services.create(
        "shop", {"name": "南京路店", "keeper": company.key("peer")}, actor=manager, at=AT
    )

    made = services.create("round_trip", {"shop": shop.key}, actor=manager, at=AT)

    assert made.value("keeper") == company.key("peer")
