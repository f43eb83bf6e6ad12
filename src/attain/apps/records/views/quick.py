"""Writing something down on the way: few fields, the last customers first, one thumb."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.requests import Request
from attain.apps.records import access, picking
from attain.apps.records.forms import RecordForm
from attain.apps.records.kinds import book, row_named
from attain.apps.records.showing import address
from attain.apps.records.views.editing import FormPage, show, token_of, trail_of
from attain.apps.records.views.forms import begin, begun, draft_name, new_form
from attain.kinds.records import Kind
from attain.ui import formats


@require_GET
def start(request: Request) -> HttpResponseBase:
    """What can be written down quickly; where there is one kind only, that one at once."""
    found = [kind for kind in book().kinds.values() if _offers(request, kind)]
    if len(found) == 1:
        return redirect("records:quick", kind=found[0].name)
    kinds = [
        {
            "label": kind.label.get(formats.language()),
            "note": kind.type.help.get(formats.language()),
            "icon": kind.type.icon,
            "url": reverse("records:quick", args=[kind.name]),
        }
        for kind in found
    ]
    trail = [(_("Records"), reverse("records:home")), (_("Write down"), "")]
    return render(request, "records/quick_start.html", {"kinds": kinds, "trail": trail})


def _offers(request: Request, kind: Kind) -> bool:
    is_active = row_named(kind.name).is_active
    return is_active and bool(kind.type.views.quick) and access.may_create(request.actor, kind)


@require_http_methods(["GET", "POST"])
def quick(request: Request, kind: str) -> HttpResponseBase:
    """The few fields of quick entry; the others take their defaults or wait behind a press."""
    known = begun(request, kind)
    form = new_form(request, known)
    page = _page(request, known, form)
    if request.method == "GET":
        return show(request, "records/quick.html", form, page)
    record, status = begin(request, form, page.token)
    if record is None:
        page.opens_further = any(entry.errors for entry in page.further)
        return show(request, "records/quick.html", form, page, status)
    messages.success(request, _("Saved: %(number)s") % {"number": record.number})
    return redirect(_next(request, address(record)))


def _page(request: Request, kind: Kind, form: RecordForm) -> FormPage:
    names = kind.type.views.quick or [one.spec.name for one in form.entries if one.is_required]
    for entry in form.entries:
        entry.is_quick = True
    first = [one for name in names if (one := form.entry(name)) is not None]
    for one in first:
        one.recent = picking.last_used(request.actor, one.spec, kind.name)
    return FormPage(
        title=kind.label.get(formats.language()),
        verb=_("Save"),
        back=reverse("records:list", args=[kind.name]),
        trail=trail_of(kind, (_("Write down"), "")),
        kind=kind,
        token=token_of(request),
        here=request.get_full_path(),
        draft=draft_name(request, f"quick:{kind.name}"),
        first=first,
        further=[one for one in form.entries if one not in first and one.kind != "computed"],
    )


def _next(request: Request, otherwise: str) -> str:
    """Back to the record it was begun from, else to the new one."""
    given = request.GET.get("from", "")
    return given if given.startswith("/records/") else otherwise
