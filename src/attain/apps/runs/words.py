"""Words of runs in both languages: kinds and states, with the tone they are shown in."""

from __future__ import annotations

from typing import Final

from attain.apps.plans.models import Plan
from attain.apps.runs.models import Run
from attain.core.labels import Labels, labels

KINDS: Final = {
    Run.LIVE: labels("正式", "Live"),
    Run.PROVISIONAL: labels("预估", "Estimate"),
    Run.TRIAL: labels("试算", "Trial"),
}

STATES: Final = {
    Run.QUEUED: (labels("排队中", "Waiting"), "accent"),
    Run.CALCULATING: (labels("计算中", "Calculating"), "accent"),
    Run.DONE: (labels("已完成", "Done"), "neutral"),
    Run.FAILED: (labels("未完成", "Failed"), "problem"),
    Run.CANCELLED: (labels("已停止", "Stopped"), "outline"),
}


def kind_labels(kind: str) -> Labels:
    """What a run is for."""
    return KINDS.get(kind) or Labels.model_validate(kind)


def state_labels(state: str) -> Labels:
    """How far a run is."""
    return STATES[state][0]


def state_tone(state: str) -> str:
    """How its state is shown."""
    return STATES[state][1]


def plan_labels(code: str) -> Labels:
    """What a plan is called; its code where it has no name."""
    plan = Plan.objects.filter(code=code).first()
    return plan.label if plan is not None else Labels.model_validate(code)
