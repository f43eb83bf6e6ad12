"""A plan's version lives from draft to in force, through the hands of different people."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, Company
from django.db import Error, connection, transaction
from plan_texts import (
    BROKEN,
    FAILING,
    FIVE,
    SIMPLE,
    approve,
    approved,
    in_force,
    put_in_force,
)

from attain.apps.audit.models import AuditEntry
from attain.apps.flow import selectors as flow
from attain.apps.notices.models import Notice
from attain.apps.plans import publications, selectors, services, triggers
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.reading import read_plan
from attain.apps.plans.services.members import Stretch
from attain.core.errors import AttainError
from attain.core.periods import parse_period

pytestmark = pytest.mark.django_db


def refused(codes: str | tuple[str, ...], verb, **given) -> AttainError:  # type: ignore[no-untyped-def]
    """The refusal of a verb, with these codes among its reasons."""
    with pytest.raises(AttainError) as caught:
        verb(at=AT, **given)
    wanted = (codes,) if isinstance(codes, str) else codes
    assert set(wanted) <= set(caught.value.codes)
    return caught.value


def submitted(company: Company, text: str = SIMPLE) -> PlanVersion:
    version = services.create_plan(text=text, actor=company.actor("planner"), at=AT)
    return services.submit(
        version=version, seen=version.version, actor=company.actor("planner"), at=AT
    )


def test_a_version_goes_from_draft_to_in_force(company: Company) -> None:
    version = in_force(company)

    assert version.state == "in_force"
    assert selectors.version_for("simple", parse_period("2026-03")) == version
    assert selectors.version_for("simple", parse_period("2025-12")) is None
    actions = [event.action for event in flow.history(version)]
    assert actions == ["create", "submit", "approve", "put_in_force"]
    assert AuditEntry.objects.filter(action="plan_version.approve").count() == 1


def test_a_text_with_errors_is_not_submitted(company: Company) -> None:
    version = services.create_plan(text=BROKEN, actor=company.actor("planner"), at=AT)

    error = refused("GATE_CLOSED", services.submit, version=version, seen=version.version,
                    actor=company.actor("planner"))  # fmt: skip

    assert "1" in str(error)
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_failing_example_keeps_a_text_from_being_submitted(company: Company) -> None:
    version = services.create_plan(text=FAILING, actor=company.actor("planner"), at=AT)

    refused("GATE_CLOSED", services.submit, version=version, seen=version.version,
            actor=company.actor("planner"))  # fmt: skip


def test_a_text_without_examples_is_not_submitted(company: Company) -> None:
    text = SIMPLE[: SIMPLE.index("examples:")]
    version = services.create_plan(text=text, actor=company.actor("planner"), at=AT)

    refused("GATE_CLOSED", services.submit, version=version, seen=version.version,
            actor=company.actor("planner"))  # fmt: skip


def test_whoever_wrote_a_plan_neither_approves_it_nor_puts_it_in_force(company: Company) -> None:
    version = submitted(company)
    writer = company.actor("planner")
    refused("SELF_APPROVAL", services.approve, version=version, seen=version.version,
            reviewed=version.text_hash, actor=writer)  # fmt: skip

    version = services.approve(
        version=version,
        seen=version.version,
        reviewed=version.text_hash,
        actor=company.actor("hr"),
        at=AT,
    )

    refused("SELF_APPROVAL", services.put_in_force, version=version, seen=version.version,
            effective_from=date(2026, 1, 1), actor=writer)  # fmt: skip


def test_whoever_wrote_an_earlier_draft_does_not_approve_its_copy(company: Company) -> None:
    first = services.create_plan(text=SIMPLE, actor=company.actor("planner"), at=AT)
    copy = services.create_draft(plan=first.plan, actor=company.actor("planner2"), at=AT)
    copy = services.submit(version=copy, seen=copy.version, actor=company.actor("planner2"), at=AT)

    refused("SELF_APPROVAL", services.approve, version=copy, seen=copy.version,
            reviewed=copy.text_hash, actor=company.actor("planner"))  # fmt: skip


def test_whoever_is_paid_by_a_plan_does_not_approve_it(company: Company) -> None:
    version = submitted(company)
    services.add_members(
        plan=version.plan,
        stretches=[Stretch(company.key("hr"), date(2026, 1, 1))],
        actor=company.actor("planner"),
        at=AT,
    )

    refused("SELF_APPROVAL", services.approve, version=version, seen=version.version,
            reviewed=version.text_hash, actor=company.actor("hr"))  # fmt: skip


@pytest.mark.parametrize("name", ["rep", "manager", "auditor", "sysadmin"])
def test_nobody_else_approves(company: Company, name: str) -> None:
    version = submitted(company)

    refused("ACTION_NOT_YOURS", services.approve, version=version, seen=version.version,
            reviewed=version.text_hash, actor=company.actor(name))  # fmt: skip


def test_an_approval_is_for_the_text_that_was_reviewed(company: Company) -> None:
    version = submitted(company)

    refused("CHANGED_SINCE_REVIEW", services.approve, version=version, seen=version.version,
            reviewed="another text", actor=company.actor("hr"))  # fmt: skip

    version.refresh_from_db()
    assert version.state == "submitted"


def test_a_text_taken_back_and_changed_is_approved_anew(company: Company) -> None:
    version = approved(company)
    signed = version.text_hash
    version = services.take_back(
        version=version, seen=version.version, actor=company.actor("planner"), at=AT
    )
    version = services.save_text(
        version=version, text=FIVE, expected=signed, actor=company.actor("planner"), at=AT
    )

    assert version.signed_hash == ""
    refused("ACTION_NOT_NOW", services.put_in_force, version=version, seen=version.version,
            effective_from=date(2026, 1, 1), actor=company.actor("planner2"))  # fmt: skip


def test_a_text_changed_behind_the_back_of_its_approval_is_refused(company: Company) -> None:
    version = approved(company)

    triggers.remove(connection)
    PlanVersion.objects.filter(pk=version.pk).update(text=FIVE)
    triggers.install(connection)

    refused("CHANGED_SINCE_REVIEW", services.put_in_force, version=version, seen=version.version,
            effective_from=date(2026, 1, 1), actor=company.actor("planner2"))  # fmt: skip
    with pytest.raises(AttainError, match="PLAN_TEXT_DAMAGED"):
        read_plan(PlanVersion.objects.get(pk=version.pk))


def test_the_database_itself_keeps_an_approved_text(company: Company) -> None:

    version = approved(company)

    with pytest.raises(Error), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(text=FIVE)


def test_a_submitted_text_cannot_be_saved_over(company: Company) -> None:
    version = submitted(company)

    refused("PLAN_NOT_EDITABLE", services.save_text, version=version, text=FIVE,
            expected=version.text_hash, actor=company.actor("planner2"))  # fmt: skip


def test_the_second_of_two_savers_is_told(company: Company) -> None:
    version = services.create_plan(text=SIMPLE, actor=company.actor("planner"), at=AT)
    seen = version.text_hash
    services.save_text(
        version=version, text=FIVE, expected=seen, actor=company.actor("planner"), at=AT
    )

    refused("PLAN_SAVED_ELSEWHERE", services.save_text, version=version,
            text=SIMPLE + "# other\n", expected=seen, actor=company.actor("planner2"))  # fmt: skip


def test_the_code_of_a_plan_never_changes(company: Company) -> None:
    version = services.create_plan(text=SIMPLE, actor=company.actor("planner"), at=AT)
    other = SIMPLE.replace("plan: simple", "plan: other")

    refused("PLAN_CODE_CHANGED", services.save_text, version=version, text=other,
            expected=version.text_hash, actor=company.actor("planner"))  # fmt: skip


def test_versions_follow_each_other_without_overlap(company: Company) -> None:
    first = in_force(company)
    second = services.create_draft(
        plan=first.plan, text=FIVE, actor=company.actor("planner"), at=AT
    )
    second = approve(company, second)
    refused("PLAN_VERSIONS_OVERLAP", services.put_in_force, version=second, seen=second.version,
            effective_from=date(2026, 1, 1), actor=company.actor("planner2"))  # fmt: skip

    put_in_force(company, second, date(2026, 11, 1))

    first.refresh_from_db()
    assert first.effective_until == date(2026, 11, 1)
    assert selectors.version_for("simple", parse_period("2026-10")) == first
    assert selectors.version_for("simple", parse_period("2026-11")) == second


def test_a_version_begins_with_a_period(company: Company) -> None:
    version = approved(company)

    error = refused("PLAN_FROM_INSIDE", services.put_in_force, version=version,
                    seen=version.version, effective_from=date(2026, 3, 15),
                    actor=company.actor("planner2"))  # fmt: skip

    assert "2026-04-01" in str(error)


def test_a_published_period_keeps_its_rules(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(publications._TELLERS, "test", lambda code: [parse_period("2026-09")])
    version = approved(company)

    error = refused("PLAN_PERIOD_PUBLISHED", services.put_in_force, version=version,
                    seen=version.version, effective_from=date(2026, 9, 1),
                    actor=company.actor("planner2"))  # fmt: skip

    assert "2026-10-01" in str(error)
    put_in_force(company, version, date(2026, 10, 1))


def test_a_retired_plan_holds_no_longer(company: Company) -> None:
    version = in_force(company)

    services.retire(version=version, seen=version.version, effective_until=date(2026, 11, 1),
                    reason="制度到期", actor=company.actor("hr"), at=AT)  # fmt: skip

    assert selectors.version_for("simple", parse_period("2026-10")) is not None
    assert selectors.version_for("simple", parse_period("2026-11")) is None


def test_reviewers_have_it_on_their_list_and_the_author_is_told(
    company: Company,
) -> None:
    version = submitted(company)
    waiting = {
        name: [one.action for one in flow.todos(company.actor(name)) if one.kind == "plan_version"]
        for name in ("hr", "finance", "planner", "planner2", "rep")
    }
    assert waiting == {
        "hr": ["approve"],
        "finance": ["approve"],
        "planner": [],
        "planner2": ["approve"],
        "rep": [],
    }

    services.return_version(version=version, seen=version.version, reason="比例写错了",
                            actor=company.actor("hr"), at=AT)  # fmt: skip

    assert Notice.objects.filter(user=company.user("planner"), kind="plans.returned").exists()
    assert not [one for one in flow.todos(company.actor("hr")) if one.kind == "plan_version"]
