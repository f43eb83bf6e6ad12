"""Beginning records, changing them, taking their actions: what holds and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from company import AT, Company, small_company
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from store_types import TYPES

from attain.apps.accounts.actors import SYSTEM
from attain.apps.audit.models import AuditEntry
from attain.apps.flow.models import ToDo, Transition
from attain.apps.notices.models import Notice
from attain.apps.records import access, selectors, services
from attain.apps.records.models import Record, RecordEvent, RecordParty, RecordType
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    services.install_types(TYPES, actor=SYSTEM(AT, via="command"), at=AT)
    return found


def campaign(company: Company, by: str = "rep", **values: Any) -> Record:
    given = {"purpose": "新客体验", "starts_on": date(2026, 11, 20), "budget": Decimal("1000.00")}
    return services.create("campaign", {**given, **values}, actor=company.actor(by), at=AT)


def codes(error: pytest.ExceptionInfo[AttainError]) -> set[str]:
    return {one.code for one in error.value.problems}


def test_a_record_begins_with_its_number_title_and_people(company: Company) -> None:
    record = campaign(company)
    assert record.number == "HD-2026-0001"
    assert record.title == "新客体验 · 2026-11-20"
    assert record.owner == record.author == record.subject == company.key("rep")
    assert record.unit == company.units["U-SH1"].key
    assert record.business_date == date(2026, 11, 20)
    assert record.data["group"] == "new"
    assert record.value("cost_total") == Decimal("0.00")
    assert [e.kind for e in record.events.all()] == ["created"]
    assert AuditEntry.objects.filter(action="record:campaign.create").count() == 1


def test_numbers_follow_one_another_and_what_is_refused_takes_none(company: Company) -> None:
    campaign(company)
    with pytest.raises(AttainError):
        campaign(company, purpose="", budget=Decimal(0))
    assert campaign(company, purpose="第二个").number == "HD-2026-0002"


def test_the_same_form_twice_begins_one_record(company: Company) -> None:
    actor = company.actor("rep")
    values = {"purpose": "一次", "starts_on": date(2026, 11, 1), "budget": Decimal(1)}
    one = services.create("campaign", values, actor=actor, at=AT, token="t1")
    again = services.create("campaign", values, actor=actor, at=AT, token="t1")
    assert one.pk == again.pk
    assert Record.objects.count() == 1


def test_every_problem_is_told_at_once(company: Company) -> None:
    with pytest.raises(AttainError) as error:
        services.create("campaign", {"budget": Decimal(0)}, actor=company.actor("rep"), at=AT)
    assert codes(error) == {"VALUE_REQUIRED", "VALUE_TOO_SMALL"}
    assert not Record.objects.exists()


def test_what_is_no_field_or_computed_is_refused(company: Company) -> None:
    with pytest.raises(AttainError) as error:
        campaign(company, cost_total=Decimal(5), nothing=1)
    assert codes(error) == {"VALUE_COMPUTED", "VALUE_UNKNOWN"}


def test_what_only_actions_write_nobody_writes_by_hand(company: Company) -> None:
    with pytest.raises(AttainError) as error:
        campaign(company, decided_by="自己")
    assert codes(error) == {"VALUE_BY_ACTION"}
    record = campaign(company)
    with pytest.raises(AttainError) as error:
        services.change(
            record, {"decided_by": "自己"}, actor=company.actor("rep"), at=AT, version=1
        )
    assert codes(error) == {"VALUE_BY_ACTION"}


def test_a_field_whose_condition_does_not_hold_keeps_nothing_new(company: Company) -> None:
    record = campaign(company, why_old="老客户续约")
    assert "why_old" not in record.data
    actor = company.actor("rep")
    changed = services.change(
        record, {"group": "old", "why_old": "老客户续约"}, actor=actor, at=AT, version=1
    )
    assert changed.data["why_old"] == "老客户续约"
    # What was written while it was asked for stays when the condition ceases to hold.
    back = services.change(
        changed, {"group": "new", "why_old": "改口"}, actor=actor, at=AT, version=2
    )
    assert (back.data["group"], back.data["why_old"]) == ("new", "老客户续约")


def test_a_value_that_must_be_unique_is_taken_once(company: Company) -> None:
    campaign(company)
    with pytest.raises(AttainError) as error:
        campaign(company)
    assert codes(error) == {"VALUE_TAKEN"}


def test_sums_are_worked_out_of_the_rows(company: Company) -> None:
    rows = ({"item": "场地", "amount": Decimal("1.10")}, {"item": "餐", "amount": Decimal("2.20")})
    # 1.10 + 2.20 = 3.30
    assert campaign(company, costs=rows).value("cost_total") == Decimal("3.30")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("rep", True), ("manager", True), ("hr", True), ("auditor", True), ("finance", True),
        ("peer", False), ("outsider", False), ("other_manager", False), ("planner", False),
        ("sysadmin", False),
    ],
)  # fmt: skip
def test_who_sees_a_record(company: Company, who: str, sees: bool) -> None:
    record = campaign(company)
    actor = company.actor(who)
    assert access.may_see(actor, record) is sees
    assert selectors.visible(actor, "campaign").exists() is sees
    if not sees:
        with pytest.raises(Http404):
            selectors.get(actor, "campaign", record.number)


def test_who_is_named_in_a_field_sees_it(company: Company) -> None:
    record = campaign(company, lead=company.key("peer"))
    assert access.may_see(company.actor("peer"), record)
    assert record.owner == company.key("peer")
    assert access.may_see(company.actor("rep"), record), "the author still sees it"


def test_a_record_of_others_cannot_be_named(company: Company) -> None:
    record = campaign(company)
    with pytest.raises(AttainError) as error:
        services.create(
            "expense",
            {"campaign": record.key, "amount": Decimal(1)},
            actor=company.actor("outsider"),
            at=AT,
        )
    assert codes(error) == {"REFERENCE_UNKNOWN"}


def test_who_may_not_begin_is_told_who_may(company: Company) -> None:
    with pytest.raises(AttainError) as error:
        campaign(company, by="finance")
    assert codes(error) == {"RECORD_BEGIN_REFUSED"}


def test_a_change_keeps_before_and_after_and_raises_the_version(company: Company) -> None:
    record = campaign(company)
    changed = services.change(
        record, {"budget": Decimal("1200.50")}, actor=company.actor("rep"), at=AT, version=1
    )
    assert changed.version == 2
    event = changed.events.get(kind="changed")
    assert event.note == {"changed": {"budget": ["1000.00", "1200.50"]}}
    assert changed.allowances.get().limit_minor == 120_050


def test_who_comes_second_is_told_what_both_wanted(company: Company) -> None:
    record = campaign(company)
    services.change(
        record, {"budget": Decimal(5)}, actor=company.actor("manager"), at=AT, version=1
    )
    with pytest.raises(AttainError) as error:
        services.change(
            record, {"budget": Decimal(7)}, actor=company.actor("rep"), at=AT, version=1
        )
    assert codes(error) == {"STATE_STALE", "FIELD_STALE"}
    assert error.value.problems[0].values["who"] == "林知远"
    assert (error.value.problems[1].values["theirs"], error.value.problems[1].values["mine"]) == (
        "5",
        "7",
    )


def test_only_those_whom_edit_names_may_change(company: Company) -> None:
    record = campaign(company)
    with pytest.raises(AttainError) as error:
        services.change(record, {"guests": Decimal(3)}, actor=company.actor("hr"), at=AT, version=1)
    assert codes(error) == {"RECORD_CHANGE_REFUSED"}


def submitted(company: Company) -> Record:
    record = campaign(company)
    return services.take(
        record, "submit", actor=company.actor("rep"), at=AT, version=1, reason="旺季前"
    )


def test_an_action_moves_locks_and_waits_for_the_manager(company: Company) -> None:
    record = submitted(company)
    assert (record.state, record.version) == ("submitted", 2)
    # Monday 12 October; two working days later is Wednesday the 14th.
    assert record.due_on == date(2026, 10, 14)
    todo = ToDo.objects.get(kind="record:campaign", closed_at=None)
    assert (todo.user_id, todo.action) == (company.user("manager").pk, "approve")
    with pytest.raises(AttainError) as error:
        services.change(
            record, {"guests": Decimal(1)}, actor=company.actor("rep"), at=AT, version=2
        )
    assert codes(error) == {"RECORD_LOCKED"}


def test_approving_begins_the_report_and_tells_the_owner(company: Company) -> None:
    record = submitted(company)
    done = services.take(
        record,
        "approve",
        actor=company.actor("manager"),
        at=AT,
        version=2,
        values={"decided_by": "例会"},
    )
    assert done.state == "running"
    assert done.value("decided_by") == "例会"
    report = Record.objects.get(type__name="report")
    assert report.data["campaign"] == record.key
    # 20 November and seven days.
    assert report.value("due_on") == date(2026, 11, 27)
    notice = Notice.objects.get(kind="records.told")
    assert notice.user_id == company.user("rep").pk
    assert notice.values["text"]["zh-Hans"] == "HD-2026-0001批准了"
    assert not ToDo.objects.filter(kind="record:campaign", closed_at=None).exists()


def test_a_field_that_the_action_does_not_ask_for_is_refused(company: Company) -> None:
    record = submitted(company)
    with pytest.raises(AttainError) as error:
        services.take(
            record,
            "approve",
            actor=company.actor("manager"),
            at=AT,
            version=2,
            values={"budget": Decimal("1000000")},
        )
    assert codes(error) == {"ACTION_ASKS_NOT"}
    assert Record.objects.get(pk=record.pk).state == "submitted"


def test_a_refused_action_leaves_what_it_asked_for_unwritten(company: Company) -> None:
    record = submitted(company)
    with pytest.raises(AttainError) as error:
        services.take(
            record,
            "approve",
            actor=company.actor("peer"),
            at=AT,
            version=2,
            values={"decided_by": "我"},
        )
    assert "ACTION_NOT_YOURS" in codes(error)
    assert Record.objects.get(pk=record.pk).data.get("decided_by") is None


def test_the_owner_cannot_approve_and_nobody_skips_a_state(company: Company) -> None:
    record = campaign(company)
    with pytest.raises(AttainError) as error:
        services.take(record, "approve", actor=company.actor("manager"), at=AT, version=1)
    assert codes(error) == {"ACTION_NOT_NOW"}


def test_events_are_numbered_and_never_change(company: Company) -> None:
    record = submitted(company)
    assert [(e.n, e.kind, e.to_state) for e in record.events.all()] == [
        (1, "created", "draft"),
        (2, "acted", "submitted"),
    ]
    assert record.events.get(n=2).note == {"reason": "旺季前"}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_recordevent SET note = '{}'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_recordevent")
    assert RecordEvent.objects.count() == 2


def test_a_comment_calls_somebody_who_sees_it_from_then_on(company: Company) -> None:
    record = campaign(company)
    outsider = company.actor("outsider")
    assert not access.may_see(outsider, record)
    services.comment(
        record,
        "看一下 @何敏",
        actor=company.actor("rep"),
        at=AT,
        mentions=[company.key("outsider")],
    )
    assert access.may_see(outsider, record)
    assert Notice.objects.get(user=company.user("outsider")).url.endswith("HD-2026-0001/")
    with pytest.raises(AttainError):
        services.comment(record, " ", actor=company.actor("rep"), at=AT)
    with pytest.raises(AttainError):
        services.comment(record, "审计意见", actor=company.actor("auditor"), at=AT)


def test_only_its_author_changes_a_comment(company: Company) -> None:
    record = campaign(company)
    one = services.comment(record, "好", actor=company.actor("rep"), at=AT)
    with pytest.raises(AttainError) as error:
        services.edit_comment(one, "坏", actor=company.actor("manager"), at=AT)
    assert codes(error) == {"COMMENT_NOT_YOURS"}
    services.delete_comment(one, actor=company.actor("rep"), at=AT)
    one.refresh_from_db()
    assert (one.text, one.deleted_at) == ("", AT)


def test_each_of_many_has_its_own_outcome(company: Company) -> None:
    one = campaign(company)
    two = campaign(company, purpose="另一个", by="peer")
    foreign = campaign(company, purpose="外组", by="outsider")
    outcomes = services.bulk_take(
        [(one.pk, 1), (two.pk, 1), (foreign.pk, 1)],
        "submit",
        actor=company.actor("rep"),
        at=AT,
        reason="一起",
    )
    # Those of others are neither touched nor told of.
    assert [(o.record.number, o.is_done) for o in outcomes] == [("HD-2026-0001", True)]
    assert Record.objects.get(pk=foreign.pk).state == "draft"


def test_a_lent_role_is_used_in_the_name_of_its_giver(company: Company) -> None:
    record = submitted(company)
    manager, hr = company.user("manager"), company.actor("hr")
    lent = replace(company.actor("manager").grants[0], giver=manager.pk)
    actor = replace(hr, grants=(*hr.grants, lent))
    services.take(record, "approve", actor=actor, at=AT, version=2)
    step = Transition.objects.filter(kind="record:campaign").latest("pk")
    assert (step.user_id, step.on_behalf_of_id) == (company.user("hr").pk, manager.pk)


def test_a_switched_off_type_begins_nothing_and_stays_readable(company: Company) -> None:
    record = campaign(company)
    services.switch("campaign", active=False, actor=company.actor("hr"), at=AT)
    with pytest.raises(AttainError) as error:
        campaign(company, purpose="新的")
    assert codes(error) == {"RECORD_TYPE_OFF"}
    assert selectors.get(company.actor("rep"), "campaign", record.number).pk == record.pk
    assert not RecordType.objects.get(name="campaign").is_active


def test_deadlines_follow_the_records_they_rest_on(company: Company) -> None:
    actor = company.actor("rep")
    card = services.create("card", {"name": "王总"}, actor=actor, at=AT)
    # Made on 12 October, contact every seven days: the 19th.
    assert card.due_on == date(2026, 10, 19)
    later = replace(actor, today=date(2026, 10, 16), at=AT + timedelta(days=4))
    services.create(
        "visit", {"card": card.key, "visited_on": date(2026, 10, 15)}, actor=later, at=later.at
    )
    card.refresh_from_db()
    assert card.due_on == date(2026, 10, 22)
    # A visit that is only planned is no contact yet.
    services.create(
        "visit", {"card": card.key, "visited_on": date(2026, 10, 30)}, actor=later, at=later.at
    )
    card.refresh_from_db()
    assert card.due_on == date(2026, 10, 22)
    found = selectors.due_list(replace(later, today=date(2026, 10, 23)))
    assert [(d.what, d.on, d.overdue) for d in found] == [("contact", date(2026, 10, 22), True)]


def test_parties_say_whom_a_record_concerns(company: Company) -> None:
    record = submitted(company)
    found = RecordParty.objects.filter(record=record).values_list("person", "why")
    assert (company.key("manager"), "consulted") in set(found)
