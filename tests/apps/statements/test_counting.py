"""What plans count of records, told on the page of a record to whoever may know it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from company import AT, Company, small_company
from world import put_in_force, put_on

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs.worker import run_until_empty
from attain.apps.records import selectors
from attain.apps.records import services as records
from attain.apps.records.models import Record
from attain.apps.runs import services
from attain.apps.runs.models import Run

pytestmark = pytest.mark.django_db

OFFENCE = """
record: offence
label: {zh-Hans: 违纪, en: Offence}
number: "WJ-{year}-{n:4}"
subject: offender
date: happened_on
create: [role:hr]
fields:
  offender: {type: person, required: true}
  happened_on: {type: date, required: true}
  fine: {type: money, currency: CNY}
"""
PLAN = """\
plan: conduct
label: {zh-Hans: 奖惩, en: Conduct}
period: month
currency: CNY
subjects:
  member: {from: people, label: {zh-Hans: 成员, en: Member}}
measures:
  offences:
    {count: rows, from: offence, link: {member: offender}, label: {zh-Hans: 违纪次数, en: Offences}}
  fines: {sum: fine, from: offence, link: {member: offender}, label: {zh-Hans: 罚款, en: Fines}}
formulas:
  factor: {is: "if(offences > 1, 80%, 100%)", label: {zh-Hans: 系数, en: Factor}}
incentives:
  held_back:
    label: {zh-Hans: 扣款, en: Held back}
    steps:
      - {base: "0 - fines"}
    pay:
      - {on: day 10 of month + 1}
"""


@pytest.fixture
def company(settings, tmp_path, db: None) -> Company:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path / "data"
    found = small_company()
    records.install_types({"offence.yaml": OFFENCE}, actor=SYSTEM(AT, via="command"), at=AT)
    version = put_in_force(PLAN, found, AT)
    put_on(version.plan, found, "rep", "peer")
    return found


def offence(company: Company, day: int, fine: str) -> Record:
    values = {
        "offender": company.key("rep"),
        "happened_on": date(2026, 10, day),
        "fine": Decimal(fine),
    }
    return records.create("offence", values, actor=company.actor("hr"), at=AT)


def told(company: Company, record: Record, name: str) -> list[tuple[str, Decimal | None, str]]:
    return [
        (one.label.zh, one.value, one.source.zh)  # type: ignore[misc]
        for standing in selectors.standings(record, company.actor(name))
        for one in standing.counts
    ]


def test_the_record_tells_where_its_person_stands(company: Company) -> None:
    offence(company, 1, "50.00")
    record = offence(company, 8, "100.00")
    assert told(company, record, "manager") == []
    services.start("conduct", "2026-10", Run.PROVISIONAL, actor=company.actor("finance"), at=AT)
    run_until_empty(AT)
    # Two offences, 50.00 + 100.00 = 150.00; neither the factor nor the pay is a count.
    expected = [
        ("违纪次数", Decimal(2), "奖惩（预估）"),
        ("罚款", Decimal("150.00"), "奖惩（预估）"),
    ]
    assert told(company, record, "manager") == expected
    assert told(company, record, "rep") == expected
    # Whoever may not see her results is not told, not even where they see the record.
    assert told(company, record, "peer") == []
    (standing,) = selectors.standings(record, company.actor("manager"))
    assert standing.why == "subject"
    assert standing.counts[0].url.startswith("/runs/")
