"""An expense application: drafted, submitted, approved by finance, or consulted on, or returned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from attain.apps.flow import Task, register
from attain.apps.flow.models import Stateful, Transition
from attain.apps.notices import kinds as notice_kinds
from attain.core.labels import labels
from attain.kinds import (
    Action,
    Consultation,
    Gate,
    LifeCycle,
    Notify,
    Party,
    SetField,
    State,
    Tone,
    Verdict,
    Who,
)


class Application(Stateful):
    """Somebody applies for money."""

    title = models.CharField(max_length=80, default="差旅")
    owner_id = models.BigIntegerField()
    amount_minor = models.BigIntegerField(default=100)
    payee = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=80, blank=True)
    effects = models.PositiveIntegerField(default=0)
    run_id = models.BigIntegerField(default=0)

    class Meta:
        app_label = "flow_tests"


CYCLE = LifeCycle(
    kind="application",
    label=labels("费用申请", "Application"),
    states=(
        State("draft", labels("草稿", "Draft")),
        State("submitted", labels("待批准", "To approve"), Tone.accent),
        State(
            "consulted",
            labels("会签中", "In consultation"),
            Tone.accent,
            consult=Consultation(
                (
                    Party("hr", labels("人事", "HR"), "role:hr"),
                    Party("audit", labels("审计", "Audit"), "role:auditor"),
                )
            ),
        ),
        State("approved", labels("已批准", "Approved")),
        State("rejected", labels("已驳回", "Rejected"), Tone.problem),
    ),
    actions=(
        Action("submit", labels("提交", "Submit"), ("draft",), "submitted", (Who("owner"),)),
        Action("consult", labels("会签", "Consult"), ("draft",), "consulted", (Who("owner"),)),
        Action(
            "approve",
            labels("批准", "Approve"),
            ("submitted",),
            "approved",
            (Who("role:finance"),),
            never=("owner",),
            gates=(
                Gate(
                    lambda values: values["amount_minor"] <= 500,
                    labels("金额{amount_minor}超过500", "the amount {amount_minor} is over 500"),
                ),
            ),
            effects=(
                Notify("application.approved", ("owner",)),
                SetField("note", lambda values: f"批准{values['amount_minor']}"),
            ),
            duty="approve_plan",
        ),
        Action(
            "reject",
            labels("驳回", "Reject"),
            ("submitted",),
            "rejected",
            (Who("role:finance"),),
            needs=("reason",),
        ),
        Action(
            "publish",
            labels("发布", "Publish"),
            ("submitted",),
            "approved",
            (Who("role:finance"),),
            duty="publish",
        ),
        Action("expire", labels("作废", "Expire"), ("submitted",), "rejected", (Who("clock"),)),
        Action(
            "agree",
            labels("同意", "Agree"),
            ("consulted",),
            "approved",
            (Who("role:hr"), Who("role:auditor")),
            verdict=Verdict.agree,
        ),
        Action(
            "object",
            labels("不同意", "Object"),
            ("consulted",),
            "rejected",
            (Who("role:hr"), Who("role:auditor")),
            verdict=Verdict.object,
        ),
    ),
)


def _relations(application: Application, actor: Any) -> set[str]:
    return {"owner"} if application.owner_id == actor.user_id else set()


def _tasks(application: Application) -> Iterable[Task]:
    if application.state == "submitted":
        return [
            Task(
                "approve",
                role="finance",
                excluded=(application.owner_id,),
                due_on=date(2026, 10, 9),
            )
        ]
    if application.state == "rejected":
        return [Task("submit", users=(application.owner_id,))]
    return []


def _count(application: Application, **_: Any) -> None:
    Application.objects.filter(pk=application.pk).update(effects=models.F("effects") + 1)


def _refuse(application: Application, *, values: Any, **_: Any) -> None:
    _count(application)
    if values.get("break"):
        raise RuntimeError("the action breaks off after it wrote something")


def _recipients(application: Application, word: str) -> Iterable[int]:
    if word == "owner":
        return [application.owner_id]
    submitted = Transition.objects.filter(object_id=str(application.pk), action="submit")
    return [row.user_id for row in submitted if row.user_id is not None]


def register_application() -> None:
    """As an app does in `ready`."""
    if notice_kinds.known("application.approved") is None:
        notice_kinds.register(
            "application.approved", labels("{label}已由{by}批准", "{label} was approved by {by}")
        )
    register(
        CYCLE.kind,
        Application,
        CYCLE,
        relations=_relations,
        label=lambda application: application.title,
        url=lambda application: f"/applications/{application.pk}",
        apply={"approve": _count, "publish": _refuse, "reject": _count},
        todo=_tasks,
        values=lambda application: {"amount_minor": application.amount_minor},
        about=lambda application: [("run", application.run_id)],
        payees=lambda application, people: application.payee in people,
        recipients=_recipients,
    )
