"""Types of records: which are installed, their text with its check and examples, new versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.records import examining, services
from attain.apps.records.examining import Examined
from attain.apps.records.kinds import faults, kind_named, row_named
from attain.apps.records.models import Record, RecordType
from attain.apps.records.tabs import label_of
from attain.apps.records.views import errors
from attain.core.errors import AttainError, Problem, problem
from attain.core.errors import render as in_words
from attain.kinds.models import Action
from attain.kinds.records import Kind
from attain.ui import formats
from attain.ui.tables import Column, RowsTable, table_response

TEXT_LIMIT: Final = 200_000
"""Characters of one declaration."""
BLANK: Final = """record: meeting
version: 1
label: {zh-Hans: 会议, en: Meeting}
fields:
  topic:   {type: text, label: {zh-Hans: 议题, en: Topic}, required: true}
  held_on: {type: date, label: {zh-Hans: 日期, en: Held on}, required: true, default: today}
date: held_on
title: "{topic}"
states:
  planned: {label: {zh-Hans: 计划中, en: Planned}, tone: accent}
  held:    {label: {zh-Hans: 已召开, en: Held}, locked: true, final: true}
actions:
  hold: {label: {zh-Hans: 已召开, en: Hold}, from: [planned], to: held, by: [owner]}
examples:
  - {name: 开完会, in: planned, as: [owner], given: {topic: 周例会, held_on: 2026-10-12},
     take: hold, on: 2026-10-12, expect: {state: held}}
"""


@require_GET
def types(request: Request) -> HttpResponseBase:
    """Every installed type, with its version and how many records there are of it."""
    rows = _rows(request.actor)
    table = RowsTable(
        "record-types", _("Types of records"), _columns(), lambda actor: rows, ("group", "label")
    )
    context = {"may_declare": may(request.actor, "records:type-new")}
    empty = _("Install a pack that brings record types, or declare one of your own.")
    return table_response(request, table, "records/types.html", context, empty=empty)


def _rows(actor: Actor) -> list[dict[str, Any]]:
    counted = dict(Record.objects.values_list("type").annotate(n=Count("pk")).order_by())
    installed = RecordType.objects.filter(current__isnull=False).select_related("current")
    return [
        {
            "label": label_of(one.label, formats.language()),
            "name": one.name,
            "group": label_of(one.group, formats.language()),
            "version": one.current.version,
            "pack": one.current.pack,
            "records": counted.get(one.pk, 0),
            "state": _state(one),
            "url": reverse("records:type", args=[one.name]),
        }
        for one in installed
        if one.current
    ]


def _state(row: RecordType) -> str:
    if row.name in faults():
        return "fault"
    return "on" if row.is_active else "off"


def _columns() -> list[Column]:
    states = [
        ("fault", pgettext_lazy("type of record", "Cannot be read"), "problem"),
        ("on", pgettext_lazy("type of record", "In use"), "neutral"),
        ("off", pgettext_lazy("type of record", "Switched off"), "outline"),
    ]
    return [
        Column("label", pgettext_lazy("type of record", "Type"), "link", primary=True,
               searchable=True, url=lambda row: str(row["url"]), subtitle=lambda row: row["name"]),
        Column("group", pgettext_lazy("type of record", "Group")),
        Column("state", gettext_lazy("State"), "status", choices=states),
        Column("version", gettext_lazy("Version"), "number"),
        Column("pack", pgettext_lazy("type of record", "Pack"), "code"),
        Column("records", pgettext_lazy("type of record", "Records"), "number", key_figure=True),
    ]  # fmt: skip


@require_GET
def one(request: Request, kind: str) -> HttpResponse:
    """A type with its text, what the check found, its examples and versions."""
    if kind in faults():
        # Its text has to be mended first: the editor says where.
        return redirect("records:type-text", kind)
    row = row_named(kind)
    found = kind_named(kind)
    current = row.current
    if current is None:
        raise Http404
    examined = examining.examine(current.text, kind)
    context = {
        "row": row,
        "kind": found,
        "label": found.label.get(formats.language()),
        "text": current.text,
        "current": current,
        "examined": examined,
        "problems": told(examined.problems, formats.language()),
        "fields": list(found.fields.values()),
        "versions": row.versions.select_related("installed_by").order_by("-version"),
        "records": Record.objects.filter(type=row).count(),
        "life": [_step(found, one, formats.language()) for one in found.cycle.actions],
        "closed": _closed(found, row, formats.language()),
        "may_open": may(request.actor, "records:type-open", "POST"),
        "may_declare": may(request.actor, "records:type-text", "POST"),
    }
    return render(request, "records/type.html", context)


def _step(kind: Kind, action: Action, language: str) -> dict[str, str]:
    """An action in words: from where, to where, by whom."""
    between = pgettext("between things chosen", ", ")
    from_ = between.join(kind.cycle.state(name).label.get(language) for name in action.from_)
    return {
        "label": action.label.get(language),
        "from": from_,
        "to": kind.cycle.state(action.to).label.get(language) if action.to else from_,
        "by": between.join(who.label(kind.cycle.words).get(language) for who in action.by),
    }


def _closed(kind: Kind, row: RecordType, language: str) -> list[dict[str, Any]]:
    """Confidential fields that nobody fills in until HR opens them."""
    return [
        {
            "name": spec.name,
            "label": spec.label.get(language),
            "purpose": spec.confidential.purpose.get(language),
            "is_open": spec.name in row.opened,
        }
        for spec in kind.secret_fields
        if spec.confidential and spec.confidential.off
    ]


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Declare a type: try the text, then install it."""
    return _editing(request, None, BLANK)


@require_http_methods(["GET", "POST"])
def text(request: Request, kind: str) -> HttpResponse:
    """A new version of a type: what would change is shown before it is installed."""
    row = RecordType.objects.filter(name=kind).select_related("current").first()
    if row is None or row.current is None:
        raise Http404
    return _editing(request, row, row.current.text)


def _editing(request: Request, row: RecordType | None, written: str) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "label": label_of(row.label, formats.language()) if row else "",
        "check_url": reverse("records:type-check"),
    }
    status = 200
    if request.method == "POST":
        try:
            written = text_given(request)
            examined = examining.examine(written, row.name if row else "")
            if request.POST.get("step") == "install" and not examined.obstacles:
                return _install(request, written, examined)
            context["examined"] = examined
            status = 200 if examined.is_sound else 422
        except AttainError as error:
            context["examined"] = Examined(problems=tuple(error.problems))
            status = 422
    elif row is not None and row.name in faults():
        context["examined"] = Examined(row.name, faults()[row.name])
    context["text"] = written
    found: Examined | None = context.get("examined")
    context["problems"] = told(found.problems if found else (), formats.language())
    return render(request, "records/type_text.html", context, status=status)


def _install(request: Request, written: str, examined: Examined) -> HttpResponse:
    """
    :raises AttainError: the text is not sound, or RECORD_TYPE_CHANGE_REFUSED.
    """
    name = examined.name or "record"
    services.install_types({f"{name}.yaml": written}, actor=request.actor, at=request.actor.at)
    messages.success(request, _("Installed. New records are kept by this version."))
    return redirect("records:type", name)


@require_POST
def check(request: Request) -> JsonResponse:
    """What is wrong with a text that is being typed, each fault at its line."""
    try:
        found = examining.examine(text_given(request), "").problems
    except AttainError as error:
        found = tuple(error.problems)
    return JsonResponse({"problems": told(found, formats.language())})


@require_POST
def open_fields(request: Request, kind: str) -> HttpResponse:
    """Decide which confidential fields, closed at first, may be filled in."""
    row_named(kind)
    wanted = request.POST.getlist("field")
    services.open_secret(kind, wanted, actor=request.actor, at=request.actor.at)
    messages.success(request, _("Kept. Everybody who reads such a field says what for."))
    return redirect("records:type", kind)


@require_POST
def switch(request: Request, kind: str) -> HttpResponse:
    """Switch a type off, so that nobody begins one, or on again."""
    row_named(kind)
    active = request.POST.get("active") == "true"
    services.switch(kind, active=active, actor=request.actor, at=request.actor.at)
    said = _("Switched on.") if active else _("Switched off. What there is stays readable.")
    messages.success(request, said)
    return redirect("records:type", kind)


def text_given(request: Request) -> str:
    """The text of a form: typed, or a file in UTF-8.

    :raises AttainError: RECORD_TEXT_LONG, RECORD_TEXT_NOT_UTF8.
    """
    file = request.FILES.get("file")
    if file is None:
        written = str(request.POST.get("text", "")).replace("\r\n", "\n")
    else:
        try:
            written = file.read(TEXT_LIMIT * 4 + 1).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise AttainError(problem(errors.RECORD_TEXT_NOT_UTF8, position=error.start)) from None
    if len(written) > TEXT_LIMIT:
        raise AttainError(problem(errors.RECORD_TEXT_LONG, length=len(written), limit=TEXT_LIMIT))
    return written


def told(problems: Iterable[Problem], language: str) -> list[dict[str, Any]]:
    """Problems in words with their line, for the editor and beside it."""
    found = []
    for each in problems:
        words = in_words(each, language)  # type: ignore[arg-type]
        where = each.where
        found.append(
            {
                "severity": each.severity.value,
                "code": each.code,
                "line": where.line if where else None,
                "end_line": where.end_line if where else None,
                "position": where.position if where else None,
                "message": words.message,
                "remedy": words.remedy,
            }
        )
    return found
