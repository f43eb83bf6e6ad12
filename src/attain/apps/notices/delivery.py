"""Sending the mails that wait: each once, however often and by however many workers it is tried."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from attain.apps.notices import selectors
from attain.apps.notices.models import Mail, Notice

BATCH: Final = 100
WAITS: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
"""How long to wait after each refusal of the mail server; after the last one it is given up."""
ABANDONED: Final = timedelta(minutes=15)
"""A mail that was taken so long ago was taken by a worker that is gone."""
INTERRUPTED: Final = "interrupted"

_log: Final = logging.getLogger(__name__)


def deliver_due(*, at: datetime) -> int:
    """Send what is due; says how many mails were sent.

    Each mail is taken by a conditional update first, outside any transaction, so that two workers
    never send it both. Whether a worker that was killed had sent the one in its hands cannot be
    known; it is not sent again, since its notice stands in the product anyway.
    """
    _give_up_abandoned(at)
    waiting = Mail.objects.filter(state=Mail.State.waiting, due_at__lte=at)
    sent = 0
    for pk in list(waiting.values_list("pk", flat=True)[:BATCH]):
        taken = Mail.objects.filter(pk=pk, state=Mail.State.waiting).update(
            state=Mail.State.taken, taken_at=at, attempts=F("attempts") + 1
        )
        if taken:
            sent += _send(Mail.objects.select_related("notice__user").get(pk=pk), at)
    return sent


def _give_up_abandoned(at: datetime) -> None:
    Mail.objects.filter(state=Mail.State.taken, taken_at__lt=at - ABANDONED).update(
        state=Mail.State.failed, refusal=INTERRUPTED
    )


def _send(mail: Mail, at: datetime) -> bool:
    if not mail.notice.user.is_active or not mail.notice.user.email:
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.failed, refusal="no address")
        return False
    try:
        _message(mail.notice).send()
    except (SMTPException, OSError, ValueError) as error:
        _refused(mail, at, error)
        return False
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.sent, sent_at=at, refusal="")
    return True


def _message(notice: Notice) -> EmailMessage:
    """The mail of a notice in its reader's language, with a number that mail servers know again."""
    language = notice.user.language or settings.LANGUAGE_CODE
    text = selectors.say(notice, language).text
    site = getattr(settings, "SITE_ADDRESS", "").rstrip("/")
    body = f"{text}\n\n{site}{notice.url}\n" if site and notice.url else f"{text}\n"
    # A line break in a subject would let a value add headers.
    subject = " ".join(text.split())[:150]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "attain"
    headers = {"Message-ID": f"<notice-{notice.pk}@{host}>"}
    return EmailMessage(subject=subject, body=body, to=[notice.user.email], headers=headers)


def _refused(mail: Mail, at: datetime, error: Exception) -> None:
    """Try again later, or give up after the last wait."""
    _log.warning("mail %s was refused: %s", mail.pk, error)
    again = mail.attempts <= len(WAITS)
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.waiting if again else Mail.State.failed,
        due_at=at + WAITS[mail.attempts - 1] if again else mail.due_at,
        refusal=str(error)[:300],
    )
