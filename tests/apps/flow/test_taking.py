"""The one function that changes states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from applications import Application

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import Delegation, RoleGrant, User
from attain.apps.audit.models import AuditEntry
from attain.apps.flow import duties
from attain.apps.flow.models import DutyDone, SignOff, ToDo, Transition
from attain.apps.flow.selectors import actions, history, todo_count, todos
from attain.apps.flow.services import begin, take
from attain.apps.notices.models import Notice
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db

Actors = Callable[[User], Any]
People = Callable[..., User]


def applied(owner: User, actor: Any, at: datetime, **fields: Any) -> Application:
    """A submitted application."""
    made = Application.objects.create(owner_id=owner.pk, state="draft", **fields)
    begin(made, actor=actor, at=at)
    return take(made, "submit", actor=actor, at=at, version=1)


def everything() -> list[int]:
    """How many rows there are of all that a step writes."""
    models = (Transition, DutyDone, SignOff, ToDo, AuditEntry, Notice)
    return [model._default_manager.count() for model in models]


def test_a_step_changes_the_state_and_keeps_all_that_follows(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang = people("li"), people("wang", "finance", person="people-wang")
    application = applied(li, actor(li), at)

    done = take(application, "approve", actor=actor(wang), at=at, version=2, reason=" 同意 ")

    assert (done.state, done.version, done.effects) == ("approved", 3, 1)
    assert done.note == "批准100"
    last = Transition.objects.get(version=3)
    assert (last.from_state, last.to_state, last.user, last.reason) == (
        "submitted", "approved", wang, "同意",
    )  # fmt: skip
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.object_type, entry.object_id) == (
        "application.approve", "application", str(application.pk),
    )  # fmt: skip
    assert entry.before == '{"state": "submitted", "version": 2}'
    assert entry.after == '{"reason": "同意", "state": "approved", "version": 3}'
    assert [(row.duty, row.person) for row in DutyDone.objects.all()] == [
        ("approve_plan", "people-wang")
    ]
    assert [(notice.user, notice.kind) for notice in Notice.objects.all()] == [
        (li, "application.approved")
    ]
    assert not ToDo.objects.filter(closed_at=None).exists()


def test_whoever_saw_an_older_version_is_told_what_is_there_now(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang, qian = people("li"), people("wang", "finance"), people("qian", "finance")
    application = applied(li, actor(li), at)
    take(application, "approve", actor=actor(wang), at=at, version=2)
    before = everything()

    with pytest.raises(AttainError) as told:
        take(application, "reject", actor=actor(qian), at=at, version=2, reason="超支")

    assert told.value.codes == ("STATE_STALE",)
    assert told.value.problems[0].values["who"] == "Wang"
    assert "已批准" in str(told.value.problems[0].values["state"])
    assert everything() == before
    assert Application.objects.get().state == "approved"


def test_nobody_acts_without_saying_what_they_saw(
    people: People, actor: Actors, at: datetime
) -> None:
    li = people("li")
    application = Application.objects.create(owner_id=li.pk, state="draft")

    with pytest.raises(AttainError) as told:
        take(application, "submit", actor=actor(li), at=at, version=None)

    assert told.value.code == "VERSION_MISSING"


@pytest.mark.parametrize(
    ("roles", "action", "reason", "fields", "codes"),
    [
        ((), "approve", "", {}, ("ACTION_NOT_YOURS",)),
        (("hr", "manager", "system_admin"), "reject", "好", {}, ("ACTION_NOT_YOURS",)),
        (("finance",), "reject", " ", {}, ("REASON_MISSING",)),
        (("finance",), "approve", "", {"amount_minor": 501}, ("GATE_CLOSED",)),
        (("finance",), "submit", "", {}, ("ACTION_NOT_NOW",)),
        (("finance",), "expire", "", {}, ("ACTION_NOT_YOURS",)),
        (("finance",), "delete", "", {}, ("ACTION_UNKNOWN",)),
        (("finance",), "__class__", "", {}, ("ACTION_UNKNOWN",)),
    ],
)
def test_a_refused_step_leaves_nothing_behind(
    people: People, actor: Actors, at: datetime,
    roles: tuple[str, ...], action: str, reason: str, fields: dict[str, Any], codes: tuple[str],
) -> None:  # fmt: skip
    li, wang = people("li"), people("wang", *roles)
    application = applied(li, actor(li), at, **fields)
    before = everything()

    with pytest.raises(AttainError) as told:
        take(application, action, actor=actor(wang), at=at, version=2, reason=reason)

    assert told.value.codes == codes
    assert everything() == before
    assert Application.objects.get().version == 2


def test_an_action_that_breaks_off_undoes_everything(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang = people("li"), people("wang", "finance")
    application = applied(li, actor(li), at)
    before = everything()

    with pytest.raises(RuntimeError):
        take(application, "publish", actor=actor(wang), at=at, version=2, values={"break": True})

    found = Application.objects.get()
    assert (found.state, found.version, found.effects) == ("submitted", 2, 0)
    assert everything() == before


def test_the_owner_approves_nothing_of_their_own(
    people: People, actor: Actors, at: datetime
) -> None:
    li = people("li", "finance")
    application = applied(li, actor(li), at)

    with pytest.raises(AttainError) as told:
        take(application, "approve", actor=actor(li), at=at, version=2)

    assert told.value.codes == ("SELF_APPROVAL",)


def test_a_disabled_user_can_do_nothing(people: People, actor: Actors, at: datetime) -> None:
    li, wang = people("li"), people("wang", "finance")
    application = applied(li, actor(li), at)
    User.objects.filter(pk=wang.pk).update(is_active=False)

    with pytest.raises(AttainError) as told:
        take(application, "approve", actor=actor(wang), at=at, version=2)

    assert told.value.codes == ("ACTION_NOT_YOURS",)


def test_what_is_due_is_done_by_the_installation_and_by_nobody_else(
    people: People, actor: Actors, at: datetime
) -> None:
    li = people("li")
    application = applied(li, actor(li), at)

    done = take(application, "expire", actor=SYSTEM(at), at=at, version=2)

    assert done.state == "rejected"
    assert Transition.objects.get(version=3).user is None
    with pytest.raises(AttainError):
        take(application, "submit", actor=SYSTEM(at), at=at, version=3)


def lend(giver: User, taker: User, role: str, at: datetime) -> Delegation:
    return Delegation.objects.create(
        giver=giver,
        taker=taker,
        roles=[role],
        effective_from=at.date() - timedelta(days=1),
        effective_until=at.date() + timedelta(days=5),
        created_at=at,
    )


def test_a_substitute_acts_in_the_right_of_whom_they_stand_in_for(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang, zhao = people("li"), people("wang", "finance"), people("zhao")
    lend(wang, zhao, "finance", at)
    application = applied(li, actor(li), at)

    take(application, "approve", actor=actor(zhao), at=at, version=2)

    last = history(application)[-1]
    assert (last.who, last.on_behalf_of) == ("Zhao", "Wang")
    assert f'"on_behalf_of": {wang.pk}' in AuditEntry.objects.latest("pk").after


def test_nobody_says_they_stand_in_for_somebody_who_lent_them_nothing(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang, qian = people("li"), people("wang", "finance"), people("qian", "finance")
    application = applied(li, actor(li), at)

    with pytest.raises(AttainError) as told:
        take(application, "approve", actor=actor(qian), at=at, version=2, on_behalf_of=wang.pk)

    assert told.value.codes == ("ACTION_NOT_YOURS",)


def test_standing_in_for_the_owner_does_not_make_one_the_owner_without_a_role(
    people: People, actor: Actors, at: datetime
) -> None:
    li, zhao = people("li", "hr"), people("zhao", "finance")
    lend(li, zhao, "hr", at)
    application = applied(li, actor(li), at)

    # Zhao may approve as finance, but not while standing in for the owner.
    with pytest.raises(AttainError) as told:
        take(application, "approve", actor=actor(zhao), at=at, version=2, on_behalf_of=li.pk)

    assert set(told.value.codes) == {"ACTION_NOT_YOURS", "SELF_APPROVAL"}


def test_a_delegation_that_ended_lends_nothing(people: People, actor: Actors, at: datetime) -> None:
    li, wang, zhao = people("li"), people("wang", "finance"), people("zhao")
    delegation = lend(wang, zhao, "finance", at)
    application = applied(li, actor(li), at)
    delegation.ended_at = at
    delegation.save()

    with pytest.raises(AttainError) as told:
        take(application, "approve", actor=actor(zhao), at=at, version=2)

    assert told.value.codes == ("ACTION_NOT_YOURS",)


def test_a_consultation_waits_for_every_department(
    people: People, actor: Actors, at: datetime
) -> None:
    li, su, yan = people("li"), people("su", "hr"), people("yan", "auditor")
    application = Application.objects.create(owner_id=li.pk, state="draft")
    begin(application, actor=actor(li), at=at)
    take(application, "consult", actor=actor(li), at=at, version=1)

    half = take(application, "agree", actor=actor(su), at=at, version=2)
    with pytest.raises(AttainError) as told:
        take(application, "agree", actor=actor(su), at=at, version=3)
    whole = take(application, "agree", actor=actor(yan), at=at, version=3)

    assert (half.state, half.version) == ("consulted", 3)
    assert told.value.codes == ("ALREADY_SIGNED",)
    assert (whole.state, whole.version) == ("approved", 4)
    assert not SignOff.objects.filter(closed_at=None).exists()


def test_a_consultation_that_begins_again_asks_everybody_again(
    people: People, actor: Actors, at: datetime
) -> None:
    li, su, yan = people("li"), people("su", "hr"), people("yan", "auditor")
    application = Application.objects.create(owner_id=li.pk, state="draft")
    begin(application, actor=actor(li), at=at)
    take(application, "consult", actor=actor(li), at=at, version=1)
    take(application, "agree", actor=actor(su), at=at, version=2)
    lost = take(application, "object", actor=actor(yan), at=at, version=3)
    Application.objects.filter(pk=lost.pk).update(state="draft")

    take(lost, "consult", actor=actor(li), at=at, version=4)
    half = take(lost, "agree", actor=actor(yan), at=at, version=5)

    assert half.state == "consulted"


def test_a_button_says_why_not(people: People, actor: Actors, at: datetime) -> None:
    li, wang = people("li", "finance"), people("wang", "finance")
    application = applied(li, actor(li), at, amount_minor=900)

    shown = {each.action: each for each in actions(application, actor(wang))}
    own = {each.action: each for each in actions(application, actor(li))}

    assert [each.code for each in shown["approve"].reasons] == ["GATE_CLOSED"]
    assert shown["reject"].allowed
    assert shown["reject"].needs_reason
    assert not shown["expire"].concerns
    assert [each.code for each in own["approve"].reasons] == ["SELF_APPROVAL", "GATE_CLOSED"]


def test_a_to_do_waits_for_whoever_has_the_role_but_not_for_the_owner(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang, su = people("li", "finance"), people("wang", "finance"), people("su", "hr")
    applied(li, actor(li), at)

    assert [each.title for each in todos(actor(wang))] == ["差旅"]
    assert todos(actor(wang))[0].is_overdue
    assert todo_count(actor(wang)) == 1
    assert todos(actor(li)) == []
    assert todos(actor(su)) == []


def test_a_to_do_waits_for_a_substitute_in_the_name_of_the_absent(
    people: People, actor: Actors, at: datetime
) -> None:
    li, wang, zhao = people("li", "hr"), people("wang", "finance"), people("zhao")
    lend(wang, zhao, "finance", at)
    lend(li, zhao, "hr", at)
    application = applied(li, actor(li), at)

    assert [each.for_whom for each in todos(actor(zhao))] == ["Wang"]

    take(application, "reject", actor=actor(wang), at=at, version=2, reason="超支")

    assert [(each.action, each.for_whom) for each in todos(actor(zhao))] == [("submit", "Li")]


def test_to_dos_of_a_unit_wait_only_for_roles_that_reach_it(
    people: People, actor: Actors, at: datetime
) -> None:
    wang, qian = people("wang", "finance"), people("qian")
    RoleGrant.objects.create(
        user=qian, role="finance", scope="unit", unit="units-east",
        effective_from="2024-01-01", granted_at=at,
    )  # fmt: skip
    for unit in ("units-east", "units-west"):
        ToDo.objects.create(
            kind="application", object_id="1", action="approve", role="finance", unit=unit,
            title=unit, opened_at=at,
        )  # fmt: skip

    assert [each.title for each in todos(actor(qian))] == ["units-east"]
    assert todo_count(actor(wang)) == 2


def test_the_work_on_a_related_object_counts(people: People, actor: Actors, at: datetime) -> None:
    li, wang, qian = people("li"), people("wang", "finance"), people("qian", "finance")
    duties.note("run", ("run", 17), actor=actor(wang), at=at)
    application = applied(li, actor(li), at, run_id=17)

    with pytest.raises(AttainError) as told:
        take(application, "publish", actor=actor(wang), at=at, version=2)
    done = take(application, "publish", actor=actor(qian), at=at, version=2)

    assert told.value.codes == ("SELF_APPROVAL",)
    assert "核算的发起人" in str(told.value.problems[0].values["relation"])
    assert done.state == "approved"


def test_nobody_touches_what_pays_them(people: People, actor: Actors, at: datetime) -> None:
    li, wang = people("li"), people("wang", "finance", person="people-wang")
    application = applied(li, actor(li), at, payee="people-wang")

    with pytest.raises(AttainError) as told:
        take(application, "publish", actor=actor(wang), at=at, version=2)

    assert told.value.codes == ("SELF_APPROVAL",)
