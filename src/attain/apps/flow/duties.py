"""Separation of duties: what one person may not do both of on one object.

The table is section 3.4 of the reliability goals. A person is counted with all accounts, and with
whoever they act for. Pairs are enforced as soon as both of their duties exist in the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.flow.models import DutyDone
from attain.apps.flow.registry import Reference
from attain.core.labels import Labels, labels


@dataclass(frozen=True, slots=True)
class Pair:
    """Two duties that clash, and whether the product has both by now."""

    number: int
    first: str
    second: str
    enforced: bool = False


PAIRS: Final[tuple[Pair, ...]] = (
    Pair(1, "write_plan", "approve_plan", enforced=True),
    Pair(2, "write_plan", "put_plan_in_force", enforced=True),
    Pair(3, "import_data", "approve_import", enforced=True),
    Pair(4, "edit_credit", "approve_credit"),
    Pair(5, "enter_adjustment", "approve_adjustment"),
    Pair(6, "run", "publish", enforced=True),
    Pair(7, "publish", "approve_payment", enforced=True),
    Pair(8, "approve_payment", "post_payment"),
    Pair(9, "post_payment", "release_file"),
    Pair(10, "release_file", "confirm_bank"),
    Pair(11, "place_hold", "release_hold"),
    Pair(12, "be_paid", "touch_pay", enforced=True),
    Pair(13, "be_graded", "grade"),
    Pair(14, "propose_grade", "approve_grades"),
    Pair(15, "raise_dispute", "decide_dispute"),
    Pair(16, "set_target", "approve_target"),
    Pair(17, "close_period", "reopen_period"),
    Pair(18, "reopen_period", "post_into_reopened"),
    Pair(19, "grant_roles", "approve_money", enforced=True),
    Pair(20, "change_bank_account", "release_file"),
    Pair(21, "configure_audit", "approve_money", enforced=True),
)
"""All clashing pairs, by the number of the list."""

DUTIES: Final[dict[str, Labels]] = {
    "write_plan": labels("方案的编写人", "who wrote the plan"),
    "approve_plan": labels("方案的批准人", "who approved the plan"),
    "put_plan_in_force": labels("让方案生效的人", "who put the plan in force"),
    "import_data": labels("数据的导入人", "who imported the data"),
    "approve_import": labels("导入的批准人", "who approved the import"),
    "edit_credit": labels("业绩归属的修改人", "who edited the credit"),
    "approve_credit": labels("业绩归属的批准人", "who approved the credit"),
    "enter_adjustment": labels("人工调整的录入人", "who entered the adjustment"),
    "approve_adjustment": labels("人工调整的批准人", "who approved the adjustment"),
    "run": labels("核算的发起人", "who started the run"),
    "publish": labels("结果的发布人", "who published the results"),
    "approve_payment": labels("发放的批准人", "who approved the payment"),
    "post_payment": labels("发放的入账人", "who posted the payment"),
    "release_file": labels("付款文件的放行人", "who released the payment file"),
    "confirm_bank": labels("银行回单的确认人", "who confirmed the bank's answer"),
    "place_hold": labels("暂缓发放的提出人", "who placed the hold"),
    "release_hold": labels("暂缓发放的解除人", "who released the hold"),
    "be_paid": labels("领取这笔激励的人", "who is paid by it"),
    "touch_pay": labels("经手这笔激励的人", "who handled this pay"),
    "be_graded": labels("被考核人", "who is graded"),
    "grade": labels("评定等级的人", "who sets the grade"),
    "propose_grade": labels("等级的提议人", "who proposed the grade"),
    "approve_grades": labels("等级的最终批准人", "who approved the grades"),
    "raise_dispute": labels("异议的提出人", "who raised the dispute"),
    "decide_dispute": labels("异议的裁定人", "who decided the dispute"),
    "set_target": labels("目标的下达人", "who set the target"),
    "approve_target": labels("目标的批准人", "who approved the target"),
    "close_period": labels("关账人", "who closed the period"),
    "reopen_period": labels("重新开账的人", "who reopened the period"),
    "post_into_reopened": labels("在重开期间入账的人", "who posted into the reopened period"),
    "grant_roles": labels("授予角色的人", "who grants roles"),
    "approve_money": labels("批准款项的人", "who approves money"),
    "change_bank_account": labels("修改银行账户的人", "who changed the bank account"),
    "configure_audit": labels("设置审计的人", "who configures the audit trail"),
}

TOUCHES_PAY: Final = frozenset(
    duty for pair in PAIRS if pair.number <= 11 for duty in (pair.first, pair.second)
)
"""The duties of pairs 1 to 11, which nobody has over their own pay (pair 12)."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Everybody behind one step: who acts, and for whom, by account and by person."""

    users: frozenset[int]
    people: frozenset[str]


def hands_of(actor: Actor, giver: User | None = None) -> Hands:
    """The hands behind a step, with every account of the people involved."""
    people = {key for key in (actor.person, giver.person if giver else "") if key}
    users = {found for found in (actor.user_id, giver.pk if giver else None) if found is not None}
    users |= set(User.objects.filter(person__in=people).values_list("pk", flat=True))
    return Hands(frozenset(users), frozenset(people))


def clashing(duty: str) -> frozenset[str]:
    """The duties that whoever has this one may not have had, as far as they are enforced."""
    return frozenset(
        other
        for pair in PAIRS
        if pair.enforced
        for one, other in ((pair.first, pair.second), (pair.second, pair.first))
        if one == duty
    )


def clashes(duty: str, about: Iterable[Reference], hands: Hands) -> Iterator[Labels]:
    """What these hands have done already that bars them from a duty, as names of duties."""
    others = clashing(duty)
    if not others:
        return
    objects = Q(pk__in=[])
    for kind, key in about:
        objects |= Q(kind=kind, object_id=str(key))
    done = (
        DutyDone.objects.filter(objects, _by(hands), duty__in=others)
        .values_list("duty", flat=True)
        .distinct()
    )
    for name in sorted(done):
        yield DUTIES[name]


def _by(hands: Hands) -> Q:
    return (
        Q(user__in=hands.users)
        | Q(giver__in=hands.users)
        | Q(person__in=hands.people)
        | Q(giver_person__in=hands.people)
    )


def note(
    duty: str, about: Reference, *, actor: Actor, at: datetime, giver: User | None = None
) -> DutyDone:
    """Keep that somebody did a duty on an object, also outside `take`: writing, importing, running.

    :raises KeyError: a duty that is not in the table.
    """
    if duty not in DUTIES:
        raise KeyError(duty)
    kind, key = about
    return DutyDone.objects.create(
        duty=duty,
        kind=kind,
        object_id=str(key),
        at=at,
        user_id=actor.user_id,
        person=actor.person,
        giver=giver,
        giver_person=giver.person if giver else "",
    )
