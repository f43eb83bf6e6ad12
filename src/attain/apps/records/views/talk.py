"""What is said about a record: comments with names called, files, and confidential details."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.requests import Request
from attain.apps.people.selectors import name_of
from attain.apps.records import picking, selectors, services
from attain.apps.records.forms import said
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Comment, Record
from attain.apps.records.page import RecordPage
from attain.apps.records.showing import Teller, text_of
from attain.apps.records.views.editing import token_of
from attain.apps.records.views.pages import answer, done
from attain.core.errors import AttainError
from attain.core.errors import kind_of as error_kind
from attain.kinds.records import FieldSpec, FieldType

FILES_MAX = 10
_PERSON = FieldSpec(name="person", type=FieldType.person)


@require_POST
def comment(request: Request, kind: str, number: str) -> HttpResponseBase:
    """Say something about a record; whoever is called by name is told."""
    found = selectors.get(request.actor, kind, number)
    text = request.POST.get("text", "")
    try:
        services.comment(
            found,
            text,
            actor=request.actor,
            at=request.actor.at,
            mentions=_mentioned(request, text),
            token=token_of(request),
        )
    except AttainError as error:
        if error_kind(error.code).http == 403:
            raise
        page = RecordPage(found, request.actor)
        page.comment_text = text
        page.comment_error = " ".join(said(one) for one in error.problems)
        return answer(request, page, 422)
    return done(request, _again(request, found), _("Comment sent"))


@require_POST
def change(request: Request, kind: str, number: str, pk: int) -> HttpResponseBase:
    """Say one's own comment in other words, or take it back."""
    found = selectors.get(request.actor, kind, number)
    one = get_object_or_404(Comment, pk=pk, record=found)
    actor = request.actor
    if "delete" in request.POST:
        services.delete_comment(one, actor=actor, at=actor.at)
        return done(request, _again(request, found), _("Comment taken back"))
    text = request.POST.get("text", "")
    kept = [key for key in one.mentions if _names(key, text)]
    services.edit_comment(one, text, actor=actor, at=actor.at, mentions=kept)
    return done(request, _again(request, found), _("Comment changed"))


def _mentioned(request: Request, text: str) -> list[str]:
    """The people chosen from the list whose names still stand in the text."""
    wanted = dict.fromkeys(request.POST.getlist("mention"))
    offered = (key for key in wanted if picking.may_name(request.actor, _PERSON, key))
    return [key for key in offered if _names(key, text)]


def _names(key: str, text: str) -> bool:
    found = name_of([key]).get(key)
    return found is not None and any(f"@{name}" in text for name in (found.zh, found.en) if name)


def _again(request: Request, found: Record) -> Record:
    return selectors.get(request.actor, kind_of(found).name, found.number)


@require_GET
def people(request: Request) -> HttpResponse:
    """The people who can be called in a comment."""
    words = request.GET.get("q", "")
    found = picking.people(request.actor, words)
    return render(request, "records/_options.html", {"options": found, "words": ""})


@require_POST
def attach(request: Request, kind: str, number: str) -> HttpResponseBase:
    """Add files to a record."""
    found = selectors.get(request.actor, kind, number)
    uploads = request.FILES.getlist("file")[:FILES_MAX]
    wrong = [] if uploads else [_("Choose a file first.")]
    for upload in uploads:
        try:
            services.attach(found, upload, actor=request.actor, at=request.actor.at)
        except AttainError as error:
            if error_kind(error.code).http == 403:
                raise
            wrong += [said(one) for one in error.problems]
    if wrong:
        page = RecordPage(_again(request, found), request.actor, attach_errors=wrong)
        return answer(request, page, 422)
    return done(request, _again(request, found), _("Attached"))


@require_POST
def reveal(request: Request, kind: str, number: str) -> HttpResponse:
    """Show confidential details to whoever may read them and says what for.

    They stand in this one answer, which no browser keeps; the next page does not have them.
    """
    found = selectors.get(request.actor, kind, number)
    actor = request.actor
    if not request.POST.getlist("field"):
        raise Http404
    try:
        values = services.reveal(
            found,
            request.POST.getlist("field"),
            purpose=request.POST.get("purpose", ""),
            actor=actor,
            at=actor.at,
        )
    except AttainError as error:
        if error_kind(error.code).http == 403:
            raise
        page = RecordPage(found, actor, reveal_errors=[said(one) for one in error.problems])
        return answer(request, page, 422)
    fields = kind_of(found).fields
    teller = Teller(actor, [str(one) for one in values.values()])
    words = {name: text_of(fields[name], one, teller) for name, one in values.items()}
    return answer(request, RecordPage(_again(request, found), actor, revealed=words))
