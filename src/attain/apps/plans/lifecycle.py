"""The life of a plan's version: who may take it from state to state, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attain.core.labels import labels
from attain.core.units import DATE
from attain.kinds import Action, Field, Gate, LifeCycle, Notify, State, Tone, Who
from attain.kinds.deadlines import Values
from attain.kinds.relations import relation

KIND: Final = "plan_version"

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
IN_FORCE, RETIRED, RETURNED = "in_force", "retired", "returned"

RETURNED_NOTICE: Final = "plans.returned"
APPROVED_NOTICE: Final = "plans.approved"
IN_FORCE_NOTICE: Final = "plans.in_force"

WRITERS: Final = (Who("role:plan_admin"), Who("role:hr"))
REVIEWERS: Final = (Who("role:hr"), Who("role:finance"), Who("role:plan_admin"))

relation("role:plan_admin", "方案管理员", "a plan administrator")


def _none_of(name: str) -> Callable[[Values], bool | None]:
    """A gate that holds when a count is zero; unknown while nothing was counted."""

    def holds(values: Values) -> bool | None:
        count = values.get(name)
        return None if count is None else count == 0

    return holds


SOUND: Final = (
    Gate(_none_of("errors"), labels("检查有{errors}处必须改", "the check found {errors} errors")),
    Gate(
        _none_of("examples_unrun"),
        labels("这份文本的示例还没有跑过", "the examples of this text were not run yet"),
    ),
    Gate(_none_of("examples_absent"), labels("一个示例也没有", "the plan has no example")),
    Gate(
        _none_of("examples_failed"),
        labels("{examples_failed}个示例未通过", "{examples_failed} examples fail"),
    ),
)
"""What a text must be before anybody is asked to approve it."""

CYCLE: Final = LifeCycle(
    kind=KIND,
    label=labels("方案版本", "Version of a plan"),
    states=(
        State(DRAFT, labels("草稿", "Draft")),
        State(SUBMITTED, labels("审批中", "In approval"), Tone.accent),
        State(APPROVED, labels("已批准", "Approved"), Tone.accent),
        State(IN_FORCE, labels("生效中", "In force")),
        State(RETIRED, labels("已退役", "Retired"), Tone.outline),
        State(RETURNED, labels("已退回", "Returned"), Tone.problem),
    ),
    actions=(
        Action(
            "submit",
            labels("提交审批", "Submit for approval"),
            (DRAFT, RETURNED),
            SUBMITTED,
            WRITERS,
            gates=SOUND,
        ),
        Action(
            "take_back",
            labels("收回修改", "Take back"),
            (SUBMITTED, APPROVED),
            DRAFT,
            WRITERS,
        ),
        Action(
            "approve",
            labels("批准", "Approve"),
            (SUBMITTED,),
            APPROVED,
            REVIEWERS,
            never=("submitter",),
            duty="approve_plan",
            effects=(Notify(APPROVED_NOTICE, ("author", "owner")),),
        ),
        Action(
            "return",
            labels("退回", "Return"),
            (SUBMITTED, APPROVED),
            RETURNED,
            REVIEWERS,
            needs=("reason",),
            effects=(Notify(RETURNED_NOTICE, ("author", "owner")),),
        ),
        Action(
            "put_in_force",
            labels("使其生效", "Put in force"),
            (APPROVED,),
            IN_FORCE,
            REVIEWERS,
            gates=SOUND,
            duty="put_plan_in_force",
            effects=(Notify(IN_FORCE_NOTICE, ("author", "owner")),),
        ),
        Action(
            "retire",
            labels("退役", "Retire"),
            (IN_FORCE,),
            RETIRED,
            REVIEWERS,
            needs=("reason",),
        ),
    ),
    fields={
        "effective_from": Field(labels("生效日期", "In force from"), DATE),
        "effective_until": Field(labels("失效日期", "In force until"), DATE),
    },
)
