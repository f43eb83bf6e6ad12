"""Requests that are sent again because an answer was lost: done once, answered alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from ninja.decorators import decorate_view

from attain.apps.accounts import errors
from attain.apps.accounts.forging import refuse_forged
from attain.apps.accounts.models import IdempotencyKey
from attain.apps.accounts.refusals import answer
from attain.apps.accounts.requests import Request
from attain.core.digests import canonical_json
from attain.core.errors import AttainError, problem

KEPT: Final = timedelta(hours=48)
"""How long an answer is remembered; natural unique keys guard the effect for ever."""

GIVEN_UP_AFTER: Final = timedelta(minutes=2)
"""A request that is unanswered so long died with its process, and had no effect."""

_KEY: Final = re.compile(r"[\x21-\x7e]{1,100}")
_Run = Callable[..., HttpResponse]


def _once(run: _Run) -> _Run:
    @wraps(run)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            # A request of another site takes no key: nothing is written for it.
            refuse_forged(request)
            kept = _claim(request)
            if kept.status is not None:
                return _again(kept)
            return _do(run, kept, request, *args, **kwargs)
        except AttainError as refusal:
            return answer(request, refusal)

    return answered


idempotent = decorate_view(_once)
"""Decorates an operation of the API, below `@router.post`: the header Idempotency-Key is needed.

The same key with the same request is answered as the first time and has no further effect;
with another request it is refused, and while the first is under way it answers 409.
"""


def _claim(request: Request) -> IdempotencyKey:
    """Take the key for this request, or find what it was answered.

    :raises AttainError: IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS.
    """
    actor = request.actor
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key) or actor.user_id is None:
        raise AttainError(problem(errors.IDEMPOTENCY_KEY_MISSING))
    fingerprint = _fingerprint(request)
    wanted = {"user_id": actor.user_id, "key": key}
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                **wanted, fingerprint=fingerprint, created_at=actor.at
            )
    except IntegrityError:
        kept = IdempotencyKey.objects.get(**wanted)
    if kept.fingerprint != fingerprint:
        raise AttainError(problem(errors.IDEMPOTENCY_KEY_REUSED, key=key))
    if kept.status is None and not _take_over(kept, actor.at):
        raise AttainError(problem(errors.IDEMPOTENCY_IN_PROGRESS, key=key))
    return kept


def _take_over(kept: IdempotencyKey, at: datetime) -> bool:
    died = Q(pk=kept.pk, status=None, created_at__lt=at - GIVEN_UP_AFTER)
    found = IdempotencyKey.objects.filter(died).update(created_at=at) == 1
    kept.created_at = at
    return found


def _held(kept: IdempotencyKey) -> QuerySet[IdempotencyKey]:
    """The key while it is this request's: one that was given up is another's by now."""
    return IdempotencyKey.objects.filter(pk=kept.pk, status=None, created_at=kept.created_at)


def _do(
    run: _Run, kept: IdempotencyKey, request: Request, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Answer, and remember the answer in the transaction of the effect."""
    is_done = False
    try:
        with transaction.atomic():
            response = run(request, *args, **kwargs)
            is_done = 200 <= response.status_code < 300 and _keep(kept, response)
            if not is_done:
                transaction.set_rollback(True)
    finally:
        if not is_done:
            # Refused or broken: nothing was done, and the same key may try again.
            _held(kept).delete()
    if 200 <= response.status_code < 300 and not is_done:
        raise AttainError(problem(errors.IDEMPOTENCY_IN_PROGRESS, key=kept.key))
    return response


def _keep(kept: IdempotencyKey, response: HttpResponse) -> bool:
    """Remember an answer; False if the request took so long that another took its key over."""
    body = response.content.decode(response.charset or "utf-8")
    return _held(kept).update(status=response.status_code, body=body) == 1


def _again(kept: IdempotencyKey) -> HttpResponse:
    return HttpResponse(
        kept.body,
        status=kept.status,
        content_type="application/json; charset=utf-8",
        headers={"Idempotent-Replayed": "true"},
    )


def _fingerprint(request: Request) -> str:
    """What a request says; of a form with files its parts, because each time it is sent another
    line stands between them, and because a file may be larger than a body that is held at once.
    """
    told = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    parts = _parts(request) if request.content_type == "multipart/form-data" else [request.body]
    for part in parts:
        told.update(part)
    return told.hexdigest()


def _parts(request: Request) -> Iterator[bytes]:
    for name, values in sorted(request.POST.lists()):
        yield canonical_json([name, values])
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield canonical_json([name, file.name, content.hexdigest()])


def forget_answers(at: datetime) -> int:
    """Remove answers that are older than they are kept; how many they were."""
    removed, _ = IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()
    return removed
