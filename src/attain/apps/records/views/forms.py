"""Beginning a record, changing one, and what their forms ask meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.apps.accounts.requests import Request
from attain.apps.files import services as files
from attain.apps.records import access, picking, selectors, services
from attain.apps.records.forms import TYPED, RecordForm, said
from attain.apps.records.kinds import kind_named, kind_of, values_of
from attain.apps.records.models import Record
from attain.apps.records.services.checking import CONSENT
from attain.apps.records.services.filing import PURPOSE
from attain.apps.records.showing import address, size_of
from attain.apps.records.views.editing import (
    FormPage,
    changed_only,
    closed_fields,
    is_stale,
    refused,
    seen_text,
    set_against,
    show,
    token_of,
    trail_of,
)
from attain.apps.records.working import first_values, judge, read_text
from attain.core.errors import AttainError
from attain.kinds.records import FieldSpec, Kind
from attain.kinds.records.fields import FILES, KEYS, FieldType
from attain.ui import formats


@require_http_methods(["GET", "POST"])
def new(request: Request, kind: str) -> HttpResponseBase:
    """A new record; `?field=value` fills fields in, as links from other records do."""
    known = begun(request, kind)
    form = new_form(request, known)
    page = FormPage(
        title=_("New: %(kind)s") % {"kind": known.label.get(formats.language())},
        verb=_("Save"),
        back=_back(request, reverse("records:list", args=[kind])),
        trail=trail_of(known, (_("New"), "")),
        kind=known,
        line=known.type.help.get(formats.language()),
        token=token_of(request),
        draft=draft_name(request, f"new:{kind}"),
    )
    if request.method == "GET":
        return show(request, "records/form.html", form, page)
    record, status = begin(request, form, page.token)
    if record is None:
        return show(request, "records/form.html", form, page, status)
    messages.success(request, _("Saved: %(number)s") % {"number": record.number})
    return redirect(address(record))


def new_form(request: Request, kind: Kind) -> RecordForm:
    """The empty form with defaults, and what the address gives."""
    given = _given(request, kind)
    values = first_values(kind, request.actor, given)
    hidden = closed_fields(kind, request.actor)
    form = RecordForm(kind, request.actor, now=values, closed=hidden)
    if request.method == "POST":
        form.read(request.POST, request.FILES)
    return form


def begin(request: Request, form: RecordForm, token: str) -> tuple[Record | None, int]:
    """Begin the record of a form, or say what is wrong with it."""
    if form.has_errors:
        return None, 422
    values = {**form.values, **consents(form, request.POST)}
    actor = request.actor
    try:
        return services.create(form.kind.name, values, actor=actor, at=actor.at, token=token), 302
    except AttainError as error:
        return None, refused(form, error)


def consents(form: RecordForm, data: QueryDict) -> dict[str, bool]:
    """For confidential fields that were filled in: whether the person agreed."""
    return {
        f"{entry.spec.name}{CONSENT}": data.get(f"{entry.name}{TYPED}consent") == "true"
        for entry in form.entries
        if entry.needs_consent and form.values.get(entry.spec.name) is not None
    }


@require_http_methods(["GET", "POST"])
def edit(request: Request, kind: str, number: str) -> HttpResponseBase:
    """An existing record. Only what was changed is written, so that two may change two fields."""
    record = selectors.get(request.actor, kind, number)
    known = kind_of(record)
    if not access.may_edit(request.actor, record):
        raise _not_now(record, request)
    form = RecordForm(
        known,
        request.actor,
        now=values_of(record),
        record=record,
        closed=closed_fields(known, request.actor, record),
    )
    page = _edit_page(request, record, known)
    if request.method == "GET":
        return show(request, "records/form.html", form, page)
    form.read(request.POST, request.FILES)
    status = _changed(request, record, form, page)
    if status != 302:
        return show(request, "records/form.html", form, page, status)
    messages.success(request, _("Saved: %(number)s") % {"number": record.number})
    return redirect(address(record))


def _edit_page(request: Request, record: Record, kind: Kind) -> FormPage:
    seen = request.POST.get("seen", "") or seen_text(kind, values_of(record))
    return FormPage(
        title=_("Edit %(title)s") % {"title": record.title or record.number},
        verb=_("Save"),
        back=address(record),
        trail=trail_of(kind, (record.number, address(record)), (_("Edit"), "")),
        kind=kind,
        line=record.number,
        number=record.number,
        seen=seen,
        draft=draft_name(request, f"edit:{kind.name}:{record.number}"),
    )


def _changed(request: Request, record: Record, form: RecordForm, page: FormPage) -> int:
    if form.has_errors:
        return 422
    values = changed_only(form.kind, form.values, page.seen)
    values |= {name: one for name, one in consents(form, request.POST).items() if one}
    if not values:
        return 302
    version = int(form.version) if form.version.isdigit() else 0
    actor = request.actor
    try:
        services.change(record, values, actor=actor, at=actor.at, version=version)
    except AttainError as error:
        if is_stale(error):
            fresh = selectors.get(actor, form.kind.name, record.number)
            set_against(form, page, fresh, error.problems, request)
            return 409
        return refused(form, error)
    return 302


def _not_now(record: Record, request: Request) -> AttainError:
    """The reason why a record cannot be changed, as the service tells it."""
    try:
        actor = request.actor
        services.change(record, {}, actor=actor, at=actor.at, version=record.version)
    except AttainError as error:
        return error
    raise Http404


# ------------------------------------------------------------------------- while typing


@require_POST
def working(request: Request, kind: str) -> JsonResponse:
    """What follows from what stands in a form now: shown fields, computed ones. Writes nothing."""
    known = kind_named(kind)
    record = None
    number = request.GET.get("number")
    if number:
        record = selectors.get(request.actor, kind, number)
        known = kind_of(record)
    now = values_of(record) if record else {}
    form = RecordForm(known, request.actor, now=now, record=record)
    form.read(request.POST)
    told = judge(known, {**now, **form.read_values}, request.actor, record)
    return JsonResponse(
        {
            "shown": {name: name not in told.hidden for name in known.fields},
            "sections": {
                str(n): str(n) not in told.closed_sections
                for n in range(len(known.type.views.form))
            },
            "computed": _numbered(form, told.computed),
        }
    )


def _numbered(form: RecordForm, computed: Any) -> dict[str, str]:
    """Cells by the number of their row in the page, which has gaps where rows were removed."""
    found = {}
    for name, text in computed.items():
        table, _dot, rest = name.partition(".")
        entry = form.entry(table)
        row, _dot, column = rest.partition(".")
        if entry is not None and column and row.isdigit() and int(row) < len(entry.rows):
            name = f"{table}.{entry.rows[int(row)][0]}.{column}"
        found[name] = text
    return found


@require_GET
def options(request: Request, kind: str, field: str) -> HttpResponse:
    """The list under a field that names a person, a unit or a record."""
    spec = spec_at(kind_named(kind), field)
    words = request.GET.get("q", "")
    found = picking.options(request.actor, spec, words)
    return render(request, "records/_options.html", {"options": found, "words": words.strip()})


@require_POST
def upload(request: Request, kind: str) -> HttpResponse:
    """Take a file in before its record is saved; what nobody keeps is swept after a week."""
    known = _begun_or_seen(request, kind)
    field = request.GET.get("field", "")
    spec = spec_at(known, field)
    if spec.type not in FILES:
        raise Http404(field)
    context: dict[str, Any] = {"field": field}
    status = 200
    try:
        given = next((one for name in request.FILES for one in request.FILES.getlist(name)), None)
        if given is None:
            raise Http404(field)
        actor = request.actor
        taken = files.take_in(given, actor=actor, purpose=PURPOSE, at=actor.at)
        context |= {"file": taken, "size": size_of(taken.size)}
    except AttainError as error:
        context["said"] = " ".join(said(one) for one in error.problems)
        status = 422
    return render(request, "records/_uploaded.html", context, status=status)


def spec_at(kind: Kind, path: str) -> FieldSpec:
    """A field by its path: `account`, or `costs.person` for a column of a table.

    :raises Http404: no such field.
    """
    name, _dot, column = path.partition(".")
    spec = kind.fields.get(name)
    if spec is not None and column and spec.type is FieldType.table:
        spec = spec.fields.get(column)
    if spec is None:
        raise Http404(path)
    return spec


# ------------------------------------------------------------------------------ small things


def begun(request: Request, kind: str) -> Kind:
    """The kind, for somebody who may begin one.

    :raises AttainError: RECORD_BEGIN_REFUSED, RECORD_TYPE_OFF.
    """
    known = kind_named(kind)
    if not access.may_create(request.actor, known):
        services.create(kind, {}, actor=request.actor, at=request.actor.at)
    return known


def _begun_or_seen(request: Request, kind: str) -> Kind:
    known = kind_named(kind)
    # Whoever may change an existing one may add to it: they see one at least.
    if access.may_create(request.actor, known) or selectors.visible(request.actor, kind).exists():
        return known
    raise Http404(kind)


def _given(request: Request, kind: Kind) -> dict[str, Any]:
    """Fields that the address fills in, where the reader may name what stands there."""
    found: dict[str, Any] = {}
    for name in request.GET:
        spec = kind.fields.get(name)
        if spec is None or spec.is_computed or spec.confidential or not spec.is_scalar:
            continue
        value = _read(request, spec, request.GET.get(name, ""))
        if value is not None:
            found[name] = value
    return found


def _read(request: Request, spec: FieldSpec, text: str) -> Any:
    if spec.type in KEYS:
        return text if picking.may_name(request.actor, spec, text) else None
    try:
        return read_text(spec, text)
    except AttainError:
        return None


def _back(request: Request, otherwise: str) -> str:
    """Where to go when the form is left: the record it was begun from, if it is one of ours."""
    given = request.GET.get("from", "")
    return given if given.startswith("/records/") else otherwise


def draft_name(request: Request, what: str) -> str:
    """Under which name a browser keeps what was typed: one person's, one form's."""
    return f"{request.actor.user_id}:{what}"
