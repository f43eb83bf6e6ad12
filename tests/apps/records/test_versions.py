"""Types change: records are brought along, stay readable, or the change is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from company import AT, Company, small_company
from django.db import DatabaseError, transaction

from attain.apps.accounts.actors import SYSTEM
from attain.apps.records import kinds, narrowing, selectors, services
from attain.apps.records.models import Record, RecordType, RecordTypeVersion
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db

ONE = """
record: task
version: 1
label: {zh-Hans: 任务, en: Task}
number: "RW-{n:4}"
title: "{name}"
fields:
  name: {type: text, required: true, search: true}
  size: {type: text}
  hours: {type: count}
states:
  open: {}
  done: {locked: true, final: true}
actions:
  finish: {from: [open], to: done, by: [owner]}
"""


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    install(ONE)
    return found


def install(text: str) -> services.Installed:
    return services.install_types({"task.yaml": text}, actor=SYSTEM(AT, via="command"), at=AT)


def two(*pairs: tuple[str, str]) -> str:
    text = ONE.replace("version: 1", "version: 2")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def task(company: Company, **values: Any) -> Record:
    given = {"name": "清点", "size": "12.50", "hours": Decimal(3), **values}
    return services.create("task", given, actor=company.actor("rep"), at=AT)


def refused(text: str) -> AttainError:
    with pytest.raises(AttainError) as error:
        install(text)
    return error.value


def test_the_same_text_again_changes_nothing(company: Company) -> None:
    found = install(ONE)
    assert (found.installed, found.unchanged) == ((), ("task",))
    assert RecordTypeVersion.objects.count() == 1


def test_another_text_needs_a_higher_version(company: Company) -> None:
    error = refused(ONE.replace("任务", "工作"))
    assert error.code == "RECORD_TYPE_VERSION_LOW"
    assert error.problems[0].values["next"] == 2


def test_only_those_who_may_install_types(company: Company) -> None:
    for name in ("rep", "manager", "finance", "auditor", "sysadmin"):
        with pytest.raises(AttainError) as error:
            services.install_types({"t.yaml": two()}, actor=company.actor(name), at=AT)
        assert error.value.code == "RECORD_TYPE_NOT_YOURS"
    services.install_types({"t.yaml": two()}, actor=company.actor("planner"), at=AT)


def test_a_renamed_field_and_state_take_their_records_along(company: Company) -> None:
    record = task(company)
    found = install(
        two(
            ("  hours: {type: count}", "  effort: {type: count, was: hours}"),
            ("  open: {}", "  started: {was: open}"),
            ("from: [open]", "from: [started]"),
        )
    )
    assert found.installed == ("task",)
    now = selectors.get(company.actor("rep"), "task", record.number)
    assert (now.state, now.value("effort"), now.type_version.version) == ("started", Decimal(3), 2)
    assert "hours" not in now.data
    event = now.events.get(kind="migrated")
    assert (event.from_state, event.to_state, event.note) == ("open", "started", {"version": 2})
    rows = selectors.visible(company.actor("rep"), "task")
    kind = kinds.kind_named("task")
    assert narrowing.narrow(rows, kind, "effort", "eq", [Decimal(3)]).get() == now


def test_a_text_becomes_a_number_where_it_is_one(company: Company) -> None:
    record = task(company)
    install(two(("  size: {type: text}", "  size: {type: money, currency: CNY}")))
    assert Record.objects.get(pk=record.pk).value("size") == Decimal("12.50")


def test_what_an_open_record_says_stands_in_the_way(company: Company) -> None:
    task(company, size="很大")
    text = two(("  size: {type: text}", "  size: {type: money, currency: CNY}"))
    plan = services.plan_change({"task.yaml": text})["task"]
    assert len(plan.obstacles) == 1
    assert "size" in plan.obstacles[0].zh
    assert "1" in plan.obstacles[0].zh
    error = refused(text)
    assert error.code == "RECORD_TYPE_CHANGE_REFUSED"
    assert RecordType.objects.get().current.version == 1  # type: ignore[union-attr]


def test_a_finished_record_stays_as_it_was_written(company: Company) -> None:
    record = task(company, size="很大")
    services.take(record, "finish", actor=company.actor("rep"), at=AT, version=1)
    open_one = task(company, name="搬运", size="7")
    found = install(two(("  size: {type: text}", "  size: {type: count}")))
    assert found.installed == ("task",)
    old = selectors.get(company.actor("rep"), "task", record.number)
    assert (old.type_version.version, old.value("size")) == (1, "很大")
    assert kinds.kind_of(old).fields["size"].type == "text"
    assert Record.objects.get(pk=open_one.pk).value("size") == Decimal(7)


def test_a_field_that_goes_with_what_was_said_in_it_is_refused(company: Company) -> None:
    task(company)
    text = two(("  hours: {type: count}\n", ""))
    assert refused(text).code == "RECORD_TYPE_CHANGE_REFUSED"


def test_a_field_nobody_filled_in_may_go(company: Company) -> None:
    services.create("task", {"name": "清点"}, actor=company.actor("rep"), at=AT)
    assert install(two(("  hours: {type: count}\n", ""))).installed == ("task",)


def test_a_field_that_becomes_confidential_has_left_its_past(company: Company) -> None:
    task(company)
    secret = (
        "  size: {type: text, confidential: {purpose: {zh-Hans: 核对, en: Check}, read: [owner]}}"
    )
    assert refused(two(("  size: {type: text}", secret))).code == "RECORD_TYPE_CHANGE_REFUSED"


def test_a_wrong_text_installs_nothing_and_says_where(company: Company) -> None:
    error = refused(two(("to: done", "to: gone")))
    assert error.code == "RECORD_WORD_UNKNOWN"
    assert error.problems[0].where is not None
    assert error.problems[0].where.file == "task.yaml"
    assert RecordTypeVersion.objects.count() == 1


def test_the_text_of_a_version_never_changes(company: Company) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordTypeVersion.objects.update(text="record: other")


def test_one_type_that_can_no_longer_be_read_leaves_the_others(company: Company) -> None:
    services.install_types(
        {"note.yaml": ONE.replace("record: task", "record: note")},
        actor=SYSTEM(AT, via="command"),
        at=AT,
    )
    row = RecordType.objects.get(name="note")
    broken = RecordTypeVersion.objects.create(
        type=row, version=2, text="record: note\nfields: 7\n", hash="broken", installed_at=AT
    )
    RecordType.objects.filter(pk=row.pk).update(current=broken)
    assert set(kinds.book().kinds) == {"task"}
    assert set(kinds.faults()) == {"note"}
    assert task(company).number == "RW-0001"


def test_rows_of_a_file_are_kept_all_or_none(company: Company) -> None:
    hr = company.actor("hr")
    rows = [
        services.Row(2, {"name": "一", "hours": "4", "_author": "E-1001", "_state": "done",
                         "_number": "RW-0100", "_created": "2026-09-01"}, file="t.csv"),
        services.Row(3, {"name": "", "hours": "四"}, file="t.csv"),
    ]  # fmt: skip
    found = services.load("task", rows, actor=hr, at=AT)
    assert not Record.objects.exists()
    assert found.rejected == (3,)
    assert [(p.code, p.where.row, p.where.field) for p in found.problems if p.where] == [
        ("NUMBER_FORMAT", 3, "hours")
    ]
    kept = services.load("task", rows, actor=hr, at=AT, good_only=True)
    (record,) = kept.records
    assert (record.number, record.state, record.created_on) == (
        "RW-0100", "done", date(2026, 9, 1)
    )  # fmt: skip
    assert record.owner == company.key("rep")
    rep = company.actor("rep")
    with pytest.raises(AttainError) as error:
        services.load("task", rows, actor=rep, at=AT)
    assert error.value.code == "RECORD_LOAD_REFUSED"
    again = services.load("task", rows[:1], actor=hr, at=AT)
    assert [one.code for one in again.problems] == ["NUMBER_TAKEN"]
