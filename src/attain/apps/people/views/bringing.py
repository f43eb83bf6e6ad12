"""The organisation by workbook: export, upload, preview, and bringing it in."""

from __future__ import annotations

import re
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attain.apps.accounts.requests import Request
from attain.apps.audit import services as audit
from attain.apps.people import columns, importing
from attain.apps.people.importing.checking import Check
from attain.apps.people.views.person import language
from attain.core.errors import AttainError, Problem
from attain.lake.reading.limits import MIB

BYTES_MAX = 50 * MIB
KEPT = timedelta(days=1)
_TOKEN = re.compile(r"[0-9a-f]{32}")
_SUFFIXES = (".xlsx", ".csv")


@require_safe
def export(request: Request) -> HttpResponse:
    """Everybody and everything, of all times, as one workbook."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    actor = request.actor
    audit.record(
        actor=actor, action="people.export", object=("list", "organisation", ""), at=actor.at
    )
    answer = HttpResponse(importing.export_workbook(language()), content_type=kind)
    name = f"organisation-{request.actor.today.isoformat()}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """Choose a workbook; it is checked as a whole, and nothing is changed yet."""
    problems: tuple[Problem, ...] = ()
    missing = False
    if request.method == "POST":
        file = request.FILES.get("file")
        missing = file is None
        if file is not None:
            try:
                return redirect("people:import-check", token=_checked(request))
            except AttainError as error:
                problems = error.problems
    context = {"problems": problems, "missing": missing, "limit": BYTES_MAX // MIB}
    return render(
        request, "people/import.html", context, status=422 if problems or missing else 200
    )


def _checked(request: Request) -> str:
    """Check an uploaded file in a folder of its own; says where."""
    file = request.FILES["file"]
    assert isinstance(file, UploadedFile)  # The view has looked.
    _sweep(request.actor.at)
    token = secrets.token_hex(16)
    folder = _folder(request, token)
    folder.mkdir(parents=True)
    # Only the extension of the given name is used: it says how the file is meant to be read.
    suffix = Path(file.name or "").suffix.lower()
    path = folder / f"upload{suffix if suffix in _SUFFIXES else ''}"
    try:
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        importing.check_files(
            [(path, (file.name or "")[:200])],
            folder,
            schemas=columns.schemas(),
            today=request.actor.today,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return token


def _folder(request: Request, token: str) -> Path:
    """Where a preview lies: nobody opens another's.

    :raises Http404: a token of another shape.
    """
    if not _TOKEN.fullmatch(token):
        raise Http404
    return _staging() / str(request.actor.user_id) / token


def _staging() -> Path:
    return Path(settings.DATA) / "staging" / "people"


def _sweep(at: datetime) -> None:
    """Delete previews of yesterday."""
    limit = (at - KEPT).timestamp()
    for folder in _staging().glob("*/*"):
        if folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, token: str) -> HttpResponse:
    """What the workbook would do, and bringing it in."""
    folder = _folder(request, token)
    found = importing.load_check(folder)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _bring_in(request, found)
        except AttainError as error:
            problems = error.problems
    context = {"check": found, "token": token, "problems": problems}
    return render(request, "people/check.html", context, status=409 if problems else 200)


def _bring_in(request: Request, found: Check) -> HttpResponse:
    reason = request.POST.get("reason", "")[:1000]
    change = importing.bring_in(found, actor=request.actor, at=request.actor.at, reason=reason)
    shutil.rmtree(found.folder, ignore_errors=True)
    messages.success(request, _("The organisation is brought in. It can be undone here."))
    return redirect("people:change-page", pk=change.pk)
