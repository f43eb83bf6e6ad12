"""Participants by workbook: the sheet to fill in, upload, check, bring in, undo."""

from __future__ import annotations

import shutil
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.audit import services as audit
from attain.apps.files import errors as files
from attain.apps.people.selectors import name_of
from attain.apps.plans import bringing, selectors
from attain.apps.plans.models import MemberImport, Plan
from attain.apps.plans.views.common import plan_or_404, said
from attain.core.errors import AttainError, Problem, problem
from attain.lake.reading.limits import MIB
from attain.ui import formats
from attain.ui.uploads import Uploads

SHOWN: Final = 200
_UPLOADS: Final = Uploads("participants")


@require_safe
def download(request: Request, code: str) -> HttpResponse:
    """Everybody on the plan as a sheet that can be changed and brought in again."""
    plan = _plan(request, code)
    audit.record(
        actor=request.actor,
        action="plans.members_export",
        object=("plan", plan.code, plan.code),
        at=request.actor.at,
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(bringing.workbook(plan, language_of_reader()), content_type=kind)
    name = f"participants-{plan.code}-{request.actor.today.isoformat()}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
def upload(request: Request, code: str) -> HttpResponse:
    """Choose a file; it is checked as a whole, and nothing is changed yet."""
    plan = _plan(request, code)
    problems: tuple[Problem, ...] = ()
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        try:
            return redirect("plans:members-check", plan.code, _checked(request, plan, file))
        except AttainError as error:
            problems = error.problems
    is_missing = request.method == "POST" and file is None
    context = {
        **_frame(plan),
        "problems": problems,
        "is_missing": is_missing,
        "limit": bringing.BYTES_MAX // MIB,
    }
    status = 422 if problems or is_missing else 200
    return render(request, "plans/members_import.html", context, status=status)


def _checked(request: Request, plan: Plan, file: UploadedFile) -> str:
    """
    :raises AttainError: a file that is too large or cannot be read.
    """
    if (file.size or 0) > bringing.BYTES_MAX:
        raise AttainError(
            problem(
                files.UPLOAD_TOO_LARGE,
                name=file.name,
                size=f"{(file.size or 0) // MIB} MB",
                limit=f"{bringing.BYTES_MAX // MIB} MB",
            )
        )
    user, at = request.actor.user_id, request.actor.at
    with _UPLOADS.taken(file, user, at, within=str(plan.pk)) as upload:
        bringing.check_file(
            upload.path, upload.folder, plan, name=upload.name, today=request.actor.today
        )
    return upload.token


@require_http_methods(["GET", "POST"])
def check(request: Request, code: str, token: str) -> HttpResponse:
    """What the file would change, and bringing it in."""
    plan = _plan(request, code)
    folder = _UPLOADS.folder(request.actor.user_id, token, within=str(plan.pk))
    found = bringing.load_preview(folder)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            bringing.bring_in(found, plan, actor=request.actor, at=request.actor.at)
            shutil.rmtree(folder, ignore_errors=True)
            messages.success(request, _("The participants are brought in. It can be undone here."))
            return redirect("plans:members", plan.code)
        except AttainError as error:
            problems = error.problems
    context = {
        **_frame(plan),
        "check": found,
        "problems": problems,
        "changes": _shown(found),
        "more": max(0, len(found.changes) - SHOWN),
    }
    status = 409 if problems else 200
    return render(request, "plans/members_check.html", context, status=status)


@require_POST
def undo(request: Request, code: str, pk: int) -> HttpResponse:
    """Take an import of participants back."""
    plan = _plan(request, code)
    made = MemberImport.objects.filter(plan=plan, pk=pk).first()
    if made is None:
        raise Http404
    bringing.undo(made, actor=request.actor, at=request.actor.at)
    messages.success(request, _("The import is undone."))
    return redirect("plans:members", plan.code)


def _plan(request: Request, code: str) -> Plan:
    """
    :raises Http404: no such plan for whoever reads all of them.
    """
    plan = plan_or_404(request, code)
    if not selectors.sees_all(request.actor):
        raise Http404
    return plan


def _frame(plan: Plan) -> dict[str, Any]:
    return {"plan": plan, "title": said(plan.label, plan.code)}


def _shown(found: bringing.Preview) -> list[dict[str, Any]]:
    """The first changes in words: who, from when, and what is another."""
    shown = found.changes[:SHOWN]
    names = name_of(one.subject for one in shown)
    return [
        {
            "name": names[one.subject].get(language_of_reader()) if one.subject in names else "",
            "code": names[one.subject].code if one.subject in names else "",
            "from": one.effective_from,
            "before": _part(one.before) if one.before else None,
            "after": _part(one.after),
        }
        for one in shown
    ]


def _part(part: tuple[str, str]) -> dict[str, str]:
    until, share = part
    return {"until": until, "share": formats.ratio(share, 2)}
