"""What is done with runs, as the audit trail says it; publications have the steps of their life."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "runs.start": labels("开始核算", "Started a run"),
    "runs.cancel": labels("停止核算", "Stopped a run"),
    "runs.waive": labels("豁免缺数据", "Waived missing data"),
    "runs.revoke_waiver": labels("收回豁免", "Revoked a waiver"),
    "runs.schedule_create": labels("新建定时", "Made a schedule"),
    "runs.schedule_change": labels("修改定时", "Changed a schedule"),
    "runs.schedule_pause": labels("暂停定时", "Paused a schedule"),
    "runs.schedule_resume": labels("恢复定时", "Resumed a schedule"),
    "runs.schedule_remove": labels("删除定时", "Removed a schedule"),
    "runs.schedule_run": labels("立即执行定时", "Ran a schedule now"),
}
THINGS = {
    "run": labels("核算", "Run"),
    "schedule": labels("定时", "Schedule"),
    "intervention": labels("人工干预", "Intervention"),
}
FIELDS = {
    "kind": labels("种类", "Kind"),
    "plan": labels("方案", "Plan"),
    "rhythm": labels("何时", "When"),
    "at_time": labels("时刻", "Time"),
    "weekday": labels("星期", "Weekday"),
    "span": labels("期间", "Periods"),
    "told": labels("通知谁", "Told"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, THINGS, FIELDS)
