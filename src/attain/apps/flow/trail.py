"""Steps, things and states of life cycles, as the audit trail says them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain.apps.audit import words
from attain.apps.flow.registry import flow_named, flows
from attain.core.labels import Labels, labels

VERBS: Final = {
    "create": labels("新建", "Created"),
    "change": labels("修改", "Changed"),
    "reveal": labels("查看保密内容", "Read something confidential"),
    "comment": labels("写评论", "Commented"),
    "attach": labels("上传附件", "Attached a file"),
    "load": labels("装入结果", "Loaded results"),
    "prepare": labels("准备发布", "Prepared"),
}
"""What happens to things with a life cycle beside their declared steps."""
FIELDS: Final = {
    "state": labels("状态", "State"),
    "version": labels("版本", "Version"),
    "reason": labels("理由", "Reason"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name({}, fields=FIELDS)
    words.ask(action=_action, thing=_thing, value=_value, every_action=_actions)


def _action(code: str) -> Labels | None:
    """`plan_version.approve` is “方案版本：批准”."""
    kind, _, verb = code.rpartition(".")
    flow = flow_named(kind) if kind else None
    if flow is None:
        return None
    declared = flow.cycle.action(verb)
    step = declared.label if declared is not None else VERBS.get(verb)
    if step is None:
        return flow.cycle.label
    thing = flow.cycle.label
    return labels(f"{thing.zh}：{step.zh}", f"{thing.en}: {step.en}")


def _thing(kind: str) -> Labels | None:
    flow = flow_named(kind)
    return flow.cycle.label if flow else None


def _value(kind: str, field: str, written: str) -> Labels | None:
    flow = flow_named(kind) if field == "state" else None
    if flow is None:
        return None
    return next((one.label for one in flow.cycle.states if one.name == written), None)


def _actions() -> Iterator[str]:
    for flow in flows():
        yield f"{flow.kind}.create"
        for action in flow.cycle.actions:
            yield f"{flow.kind}.{action.name}"
