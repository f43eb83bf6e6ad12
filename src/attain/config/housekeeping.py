"""What the house tidies at night: seals a crash left out, answers and sessions that are over."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore

from attain.apps.accounts.idempotency import forget_answers
from attain.apps.audit import sealing
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.schedules import every


@handler("config.tidy", zh="清理过期的会话与应答", en="Tidy up what is over")
def tidy(job: JobContext) -> None:
    """Nothing that was audited, and nothing that anybody still uses, is removed."""
    sealing.seal(everything=True)
    forget_answers(job.at)
    SessionStore.clear_expired()


def schedule() -> None:
    """Every night at a time of little work."""
    every("config.tidy", "40 3 * * *")
