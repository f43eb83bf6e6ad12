"""Records by workbook: template, upload, preview, bringing in all or the good rows, correcting."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from attain.apps.accounts.requests import Request
from attain.apps.records import access, services, workbooks
from attain.apps.records.views.framing import kind_or_404
from attain.apps.records.workbooks import Sheet
from attain.core.errors import AttainError, Problem
from attain.kinds.records import Kind
from attain.lake.reading.limits import MIB
from attain.ui import formats
from attain.ui.uploads import Uploads

BYTES_MAX: Final = 10 * MIB
SHOWN: Final = 100
"""Problems a page lists; the file to correct has all."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UPLOADS: Final = Uploads("records")
_MEMORY: Final = "memory.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with what would come of it; nothing is written yet."""

    sheet: Sheet
    wrong: dict[int, list[Problem]] = field(default_factory=dict)
    """What is wrong, by row."""

    @property
    def good(self) -> list[workbooks.Line]:
        return [line for line in self.sheet.lines if line.line not in self.wrong]

    @property
    def problems(self) -> list[Problem]:
        return [*self.sheet.problems, *(one for each in self.wrong.values() for one in each)]


def _kind(request: Request, name: str) -> Kind:
    """
    :raises Http404: a kind the reader may not begin.
    """
    kind = kind_or_404(request, name)
    if not (access.may_create(request.actor, kind) or access.may_load(request.actor, kind)):
        raise Http404
    return kind


@require_safe
def template(request: Request, kind: str) -> HttpResponse:
    """A workbook to fill in."""
    found = _kind(request, kind)
    language = formats.language()
    standing = access.may_load(request.actor, found)
    body = workbooks.template(found, language, standing=standing)
    return _file(body, f"{found.type.plural_label.get(language)}.xlsx")


def _file(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=_XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request, kind: str) -> HttpResponse:
    """Choose a workbook; it is checked as a whole, and nothing is written."""
    found = _kind(request, kind)
    problems: tuple[Problem, ...] = ()
    is_missing = False
    if request.method == "POST":
        given = request.FILES.get("file")
        is_missing = given is None or not (given.size or 0) or (given.size or 0) > BYTES_MAX
        if given is not None and not is_missing:
            try:
                token = _taken(request, found, given)
                return redirect("records:import-check", kind, token)
            except AttainError as error:
                problems = error.problems
    context = _context(request, found) | {
        "problems": problems,
        "missing": is_missing,
        "limit": BYTES_MAX // MIB,
        "rows": workbooks.ROWS_MAX,
    }
    status = 422 if problems or is_missing else 200
    return render(request, "records/import.html", context, status=status)


def _context(request: Request, kind: Kind) -> dict[str, Any]:
    language = formats.language()
    return {
        "name": kind.name,
        "one": kind.label.get(language),
        "several": kind.type.plural_label.get(language),
    }


def _taken(request: Request, kind: Kind, given: UploadedFile) -> str:
    """Keep an uploaded file in a folder of its own, once it can be read at all.

    :raises AttainError: as `workbooks.read_sheet`.
    """
    user, at = request.actor.user_id, request.actor.at
    with _UPLOADS.taken(given, user, at, within=kind.name) as upload:
        _remember(upload.folder, {"file": upload.name, "upload": upload.path.name})
        _read(request, kind, upload.folder)
    return upload.token


def _folder(request: Request, kind: str, token: str) -> Path:
    return _UPLOADS.folder(request.actor.user_id, token, within=kind)


def _remember(folder: Path, known: dict[str, Any]) -> None:
    (folder / _MEMORY).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def _known(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
    except OSError:
        raise Http404 from None
    return found


def _read(request: Request, kind: Kind, folder: Path) -> Sheet:
    known = _known(folder)
    work = folder / "read"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    standing = access.may_load(request.actor, kind)
    return workbooks.read_sheet(
        folder / known["upload"], work, kind, name=known["file"], standing=standing
    )


def _checked(request: Request, kind: Kind, folder: Path) -> Checked:
    """Put every row to the test, as if it were brought in."""
    sheet = _read(request, kind, folder)
    wrong = {line.line: list(line.problems) for line in sheet.lines if line.problems}
    rows = [line for line in sheet.lines if line.line not in wrong]
    tried = services.load(
        kind.name,
        _rows(sheet, rows),
        actor=request.actor,
        at=request.actor.at,
        good_only=True,
        dry=True,
    )
    for problem in tried.problems:
        row = problem.where.row if problem.where and problem.where.row else 0
        wrong.setdefault(row, []).append(_placed(sheet, problem))
    return Checked(sheet, dict(sorted(wrong.items())))


def _rows(sheet: Sheet, lines: Sequence[workbooks.Line]) -> list[services.Row]:
    return [
        services.Row(line=one.line, values=one.values, sheet=sheet.sheet, file=sheet.file)
        for one in lines
    ]


def _placed(sheet: Sheet, problem: Problem) -> Problem:
    """The problem at its cell: the store knows row and field, the sheet knows the column."""
    where = problem.where
    named = where.field or where.column if where else None
    if where is None or not where.row or not named:
        return problem
    place = sheet.where(where.row, named.partition(".")[0])
    return Problem(problem.code, problem.values, place, problem.severity)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, kind: str, token: str) -> HttpResponse:
    """What the workbook would do; bringing in everything, or the good rows."""
    found = _kind(request, kind)
    folder = _folder(request, kind, token)
    known = _known(folder)
    if "loaded" in known:
        return redirect("records:list", kind)
    checked = _checked(request, found, folder)
    wanted = request.POST.get("step") if request.method == "POST" else None
    allowed = {"all": not checked.wrong, "good": bool(checked.wrong and checked.good)}
    if wanted and allowed.get(wanted):
        return _bring_in(request, found, token, checked)
    context = _context(request, found) | {
        "token": token,
        "checked": checked,
        "columns": [
            {"heading": heading, "field": _said(found, checked.sheet.columns.get(at, ""), request)}
            for at, heading in enumerate(checked.sheet.headings)
            if heading
        ],
        "total": len(checked.sheet.lines),
        "good": len(checked.good),
        "wrong": len(checked.wrong),
        "shown": checked.problems[:SHOWN],
        "more": max(0, len(checked.problems) - SHOWN),
    }
    return render(request, "records/import_check.html", context, status=409 if wanted else 200)


def _said(kind: Kind, name: str, request: Request) -> str:
    if name in workbooks.STANDING:
        return workbooks.STANDING[name].get(formats.language())
    return kind.fields[name].label.get(formats.language()) if name else ""


def _bring_in(request: Request, kind: Kind, token: str, checked: Checked) -> HttpResponse:
    """Write the good rows; all of them, or none if one turns out to be refused after all.

    :raises AttainError: what was changed by somebody else since the preview.
    """
    loaded = services.load(
        kind.name, _rows(checked.sheet, checked.good), actor=request.actor, at=request.actor.at
    )
    if loaded.problems:
        raise AttainError(list(loaded.problems))
    left = sorted(checked.wrong)
    folder = _folder(request, kind.name, token)
    _remember(folder, _known(folder) | {"loaded": len(loaded.records), "left": left})
    count = len(loaded.records)
    messages.success(
        request,
        ngettext("%(count)s record brought in.", "%(count)s records brought in.", count)
        % {"count": count},
    )
    if not checked.wrong:
        shutil.rmtree(folder, ignore_errors=True)
        return redirect("records:list", kind.name)
    context = _context(request, kind) | {"token": token, "wrong": len(checked.wrong)}
    return render(request, "records/import_done.html", context)


@require_safe
def correct(request: Request, kind: str, token: str) -> HttpResponse:
    """The rows that were not taken, each with what is wrong with it, as a workbook."""
    found = _kind(request, kind)
    folder = _folder(request, kind, token)
    checked = _checked(request, found, folder)
    # Rows that are in by now are no longer asked for, whatever a second try says of them.
    left = _known(folder).get("left", list(checked.wrong))
    wrong = {line: problems for line, problems in checked.wrong.items() if line in left}
    body = workbooks.to_correct(checked.sheet, wrong, formats.language())
    stem = Path(checked.sheet.file).stem
    return _file(body, _("%(name)s to correct.xlsx") % {"name": stem})
