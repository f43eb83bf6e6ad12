"""Handing files out: as attachments only, to those whom their purpose lets read them."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from attain.apps.accounts.requests import Request
from attain.apps.audit import services as audit
from attain.apps.files import errors, registry
from attain.apps.files.accepted import ACCEPTED
from attain.apps.files.models import StoredFile
from attain.core.errors import AttainError, problem

_EXTENSION = {kind.media_type: kind.extensions[0] for kind in ACCEPTED}


@require_safe
def download(request: Request, pk: UUID) -> HttpResponseBase:
    """A file as an attachment under a name of our making; not there and not yours look alike."""
    file = StoredFile.objects.filter(pk=pk).first()
    if file is None or not registry.may_read(request.actor, file):
        raise Http404
    try:
        content = file.path.open("rb")
    except FileNotFoundError:
        raise AttainError(problem(errors.FILE_LOST, name=file.name)) from None
    audit.record(
        actor=request.actor,
        action="files.download",
        object=("file", file.pk, file.name),
        at=request.actor.at,
    )
    response = FileResponse(
        content,
        as_attachment=True,
        # Made up: a name somebody gave may mislead whoever opens it later.
        filename=f"attain-{str(file.pk)[:8]}{_EXTENSION.get(file.media_type, '.bin')}",
        content_type=file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
