"""What is done to jobs, as the audit trail says it."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "jobs.cancel": labels("停止任务", "Stopped a job"),
    "jobs.retry": labels("重试任务", "Tried a job again"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, {"job": labels("任务", "Job")})
