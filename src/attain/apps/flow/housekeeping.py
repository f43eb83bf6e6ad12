"""What the apps below do every minute and every night; they cannot ask for jobs themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attain.apps.files import services as files
from attain.apps.jobs import services as jobs
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.schedules import every
from attain.apps.notices import delivery
from attain.apps.notices.models import Mail


def schedule() -> None:
    """Register handlers and times."""
    every("notices.deliver", "* * * * *", wanted=_mail_is_due)
    every("files.sweep", "15 3 * * *")
    every("jobs.forget", "45 3 * * *")


def _mail_is_due(at: datetime) -> bool:
    return Mail.objects.filter(state=Mail.State.waiting, due_at__lte=at).exists()


@handler("notices.deliver", zh="发送通知邮件", en="Send notices by mail")
def deliver(job: JobContext) -> Mapping[str, int]:
    """Send the mails that are due, in batches, until none is left."""
    sent = 0
    while _mail_is_due(job.now()):
        job.check_cancelled()
        count = delivery.deliver_due(at=job.now())
        sent += count
        if not count:
            # What is left was refused just now and waits for its next time.
            break
    return {"sent": sent}


@handler("files.sweep", zh="清理没有用到的上传文件", en="Remove uploads nobody used")
def sweep(job: JobContext) -> Mapping[str, int]:
    """Delete files that nothing refers to after a week."""
    return {"removed": files.sweep(at=job.at)}


@handler("jobs.forget", zh="清理很早以前的任务记录", en="Remove records of old jobs")
def forget(job: JobContext) -> Mapping[str, int]:
    """Remove jobs that ended long ago."""
    return {"removed": jobs.forget_old(at=job.at)}
