"""The organisation by workbook: export, upload, preview, and bringing it in."""

from __future__ import annotations

import shutil
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
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
from attain.ui.uploads import Uploads

BYTES_MAX: Final = 50 * MIB
_UPLOADS: Final = Uploads("people")


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
    file = request.FILES.get("file")
    missing = request.method == "POST" and file is None
    if isinstance(file, UploadedFile):
        try:
            return redirect("people:import-check", token=_checked(request, file))
        except AttainError as error:
            problems = error.problems
    context = {"problems": problems, "missing": missing, "limit": BYTES_MAX // MIB}
    return render(
        request, "people/import.html", context, status=422 if problems or missing else 200
    )


def _checked(request: Request, file: UploadedFile) -> str:
    """Check an uploaded file in a folder of its own; says where."""
    with _UPLOADS.taken(file, request.actor.user_id, request.actor.at) as upload:
        importing.check_files(
            [(upload.path, upload.name)],
            upload.folder,
            schemas=columns.schemas(),
            today=request.actor.today,
        )
    return upload.token


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, token: str) -> HttpResponse:
    """What the workbook would do, and bringing it in."""
    folder = _UPLOADS.folder(request.actor.user_id, token)
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
