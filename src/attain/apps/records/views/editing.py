"""What the forms of new and of existing records share: their page, their errors, their address."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.requests import Request
from attain.apps.flow.errors import STATE_STALE
from attain.apps.records import secrets
from attain.apps.records.entries import Clash
from attain.apps.records.errors import FIELD_STALE
from attain.apps.records.forms import RecordForm, place_of
from attain.apps.records.kinds import row_named, values_of
from attain.apps.records.models import Record
from attain.apps.records.showing import Teller, keys_in, text_of
from attain.apps.records.working import typed_text
from attain.core.errors import AttainError, Problem, kind_of
from attain.kinds.records import Kind
from attain.kinds.records.fields import KEYS
from attain.kinds.records.values import to_json
from attain.ui import formats

TOKEN_MAX = 64
Trail = list[tuple[str, str]]


@dataclass
class FormPage:
    """The words and addresses of a form."""

    title: str
    verb: str
    back: str
    trail: Trail
    kind: Kind
    draft: str
    number: str = ""
    """Of an existing record."""
    line: str = ""
    token: str = ""
    here: str = ""
    seen: str = ""
    clashes: str = ""
    clash_by: str = ""
    first: list[Any] = field(default_factory=list)
    further: list[Any] = field(default_factory=list)
    opens_further: bool = False

    @property
    def working_url(self) -> str:
        address = reverse("records:working", args=[self.kind.name])
        return f"{address}?number={self.number}" if self.number else address

    @property
    def upload_url(self) -> str:
        return reverse("records:upload", args=[self.kind.name])

    @property
    def options_url(self) -> str:
        """Where choices of a field are asked; its path follows."""
        return reverse("records:options", args=[self.kind.name, "x"]).removesuffix("x/")


def token_of(request: Request) -> str:
    """What makes a form that arrives twice one record; a new one for a new form."""
    return request.POST.get("token", "")[:TOKEN_MAX] or uuid.uuid4().hex


def trail_of(kind: Kind, *further: tuple[str, str]) -> Trail:
    """The way to a page of a kind."""
    return [
        (_("Records"), reverse("records:home")),
        (kind.type.plural_label.get(formats.language()), reverse("records:list", args=[kind.name])),
        *further,
    ]


def closed_fields(kind: Kind, actor: Actor, record: Record | None = None) -> set[str]:
    """Confidential fields that a form does not ask for: those the company has not switched on,
    and of an existing record those the actor may not read. What stands there is never shown."""
    opened = set(row_named(kind.name).opened)
    readable = secrets.readable(record, actor) if record is not None else ()
    return {
        spec.name
        for spec in kind.secret_fields
        if (record is not None and spec.name not in readable)
        or (spec.confidential is not None and spec.confidential.off and spec.name not in opened)
    }


def show(
    request: Request, template: str, form: RecordForm, page: FormPage, status: int = 200
) -> HttpResponse:
    """The form; with mistakes as 422, so that nobody takes it for saved."""
    context = {"form": form, "page": page}
    return render(request, template, context, status=status)


def refused(form: RecordForm, error: AttainError) -> int:
    """Say what was refused at the fields; the status of the answer.

    :raises AttainError: a refusal that is about the person, not about what they wrote.
    """
    if kind_of(error.code).http == 403:
        raise error
    form.place(error.problems)
    return 422


# ------------------------------------------------------------------ two people at one record


def seen_text(kind: Kind, values: Mapping[str, Any]) -> str:
    """What stood in a form when it was opened, so that only what was changed is written."""
    open_values = {
        spec.name: to_json(spec, values.get(spec.name))
        for spec in kind.open_fields
        if values.get(spec.name) is not None
    }
    return json.dumps(open_values, ensure_ascii=False)


def changed_only(kind: Kind, values: Mapping[str, Any], seen: str) -> dict[str, Any]:
    """The values that differ from what stood there when the form was opened."""
    try:
        before = json.loads(seen or "{}")
    except json.JSONDecodeError:
        before = {}
    if not isinstance(before, dict):
        before = {}
    return {
        name: value
        for name, value in values.items()
        if _said(kind, name, value) != before.get(name)
    }


def _said(kind: Kind, name: str, value: Any) -> Any:
    """A value as it is kept; an empty confidential one says nothing, and so changes nothing."""
    found = to_json(kind.fields[name], value)
    return None if found in ("", []) else found


def is_stale(error: AttainError) -> bool:
    """Whether somebody else was faster."""
    return error.code == STATE_STALE


def set_against(
    form: RecordForm, page: FormPage, fresh: Record, problems: Iterable[Problem], request: Request
) -> None:
    """Show what somebody else wrote beside what the reader wrote; the next saving decides."""
    now = values_of(fresh)
    teller = Teller(request.actor, keys_in(form.kind.open_fields, now))
    for one in problems:
        if one.code != FIELD_STALE:
            page.clash_by = _who(one) or page.clash_by
            continue
        entry = form.entry(place_of(one)[0])
        if entry is None:
            continue
        value = now.get(entry.spec.name)
        words = text_of(entry.spec, value, teller) or _("Not filled in")
        is_key = entry.spec.type in KEYS
        raw = words if is_key and value else typed_text(entry.spec, value)
        entry.clash = Clash(words, raw, str(value or "") if is_key else "")
    form.version = str(fresh.version)
    page.seen = seen_text(form.kind, now)
    page.clashes = _(
        "%(name)s changed this record while you were writing. What you wrote is still here; "
        "compare the marked fields and save again."
    ) % {"name": page.clash_by}


def _who(problem: Problem) -> str:
    who = problem.values.get("who")
    return str(who.get(formats.language())) if hasattr(who, "get") else str(who or "")
