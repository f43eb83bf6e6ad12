"""The same done to several records at once; each has an outcome of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from attain.apps.accounts.requests import Request
from attain.apps.flow import selectors as flow
from attain.apps.records import access, selectors, services
from attain.apps.records.forms import RecordForm
from attain.apps.records.models import Record
from attain.apps.records.views import errors
from attain.apps.records.views.framing import kind_or_404
from attain.core.errors import AttainError, Problem, problem
from attain.kinds.models import REASON
from attain.kinds.records import FieldSpec, Kind
from attain.kinds.records.fields import FieldType
from attain.ui import formats

MOST: Final = 200
REASON_MAX: Final = 2000
_NOT_AT_ONCE: Final = frozenset({FieldType.table, FieldType.file, FieldType.files})


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that was ticked, in the version that was seen."""

    record: Record
    version: int
    row: str


@dataclass(frozen=True, slots=True)
class Line:
    """A record with what may be done, or what came of it."""

    number: str
    title: str
    url: str
    row: str
    state: str
    is_possible: bool
    problems: tuple[Problem, ...] = ()


@require_POST
def several(request: Request, kind: str) -> HttpResponse:
    """First what would happen to each; with `step=take` it is done, one by one.

    :raises AttainError: RECORDS_NOT_CHOSEN, RECORDS_CHOSEN_MANY, RECORD_ACTION_UNKNOWN,
        RECORD_FIELD_UNKNOWN.
    """
    found = kind_or_404(request, kind)
    chosen = _chosen(request, found)
    field = request.POST.get("field", "")
    if request.POST.get("change") or field:
        return _change(request, found, chosen, field)
    return _act(request, found, chosen, request.POST.get("action", ""))


def _chosen(request: Request, kind: Kind) -> list[Chosen]:
    rows = list(dict.fromkeys(request.POST.getlist("row")))
    if not rows:
        raise AttainError(problem(errors.RECORDS_NOT_CHOSEN))
    if len(rows) > MOST:
        raise AttainError(problem(errors.RECORDS_CHOSEN_MANY, count=len(rows), limit=MOST))
    seen: dict[str, tuple[int, str]] = {}
    for row in rows:
        number, _at, version = row.rpartition("@")
        if version.isascii() and version.isdigit() and len(version) < 10:
            seen[number] = (int(version), row)
    visible = selectors.visible(request.actor, kind.name).filter(number__in=seen)
    found = [
        Chosen(record, *seen[record.number])
        for record in visible.select_related("type").order_by("number")
    ]
    if not found:
        raise AttainError(problem(errors.RECORDS_NOT_CHOSEN))
    return found


# --- an action ---


def _act(request: Request, kind: Kind, chosen: list[Chosen], name: str) -> HttpResponse:
    action = kind.cycle.action(name)
    if action is None:
        raise AttainError(
            problem(errors.RECORD_ACTION_UNKNOWN, kind=kind.type.plural_label, action=name)
        )
    asks = kind.type.actions[name].asks
    form = RecordForm(kind, request.actor, now={}, names=asks) if asks else None
    context = {
        "verb": action.label.get(formats.language()),
        "action": name,
        "needs_reason": REASON in action.needs,
    }
    reason = request.POST.get("reason", "")[:REASON_MAX].strip()
    if request.POST.get("step") == "take" and _is_complete(request, form):
        outcomes = services.bulk_take(
            [(one.record.pk, one.version) for one in chosen],
            name,
            actor=request.actor,
            at=request.actor.at,
            reason=reason,
            values=form.values if form else None,
        )
        return _done(request, kind, chosen, outcomes, context)
    lines = [_possible(request, kind, one, name) for one in chosen]
    return _ask(request, kind, lines, form, context | {"reason": reason})


def _possible(request: Request, kind: Kind, one: Chosen, name: str) -> Line:
    offered = {each.action: each for each in flow.actions(one.record, request.actor)}
    found = offered.get(name)
    if found is None:
        # The state it stands in does not know the action: its word beside it says so.
        return _line(request, kind, one, False, ())
    return _line(request, kind, one, found.allowed, found.reasons)


# --- a field ---


def changeable(kind: Kind) -> list[FieldSpec]:
    """The fields that can be given one value in several records."""
    return [
        spec
        for spec in kind.open_fields
        if not spec.is_computed
        and not spec.unique
        and spec.type not in _NOT_AT_ONCE
        and spec.name not in kind.protected_fields
    ]


def _change(request: Request, kind: Kind, chosen: list[Chosen], field: str) -> HttpResponse:
    language = formats.language()
    offered = changeable(kind)
    if field and field not in {spec.name for spec in offered}:
        accepted = "、".join(spec.name for spec in offered)
        raise AttainError(
            problem(
                errors.RECORD_FIELD_UNKNOWN,
                kind=kind.type.plural_label,
                field=field,
                accepted=accepted,
            )
        )
    context: dict[str, Any] = {
        "verb": pgettext("several records", "Change"),
        "fields": [(spec.name, spec.label.get(language)) for spec in offered],
        "field": field,
    }
    form = RecordForm(kind, request.actor, now={}, names=[field]) if field else None
    if request.POST.get("step") == "take" and form and _is_complete(request, form):
        outcomes = services.bulk_change(
            [(one.record.pk, one.version) for one in chosen],
            {field: form.values.get(field)},
            actor=request.actor,
            at=request.actor.at,
        )
        return _done(request, kind, chosen, outcomes, context)
    lines = [
        _line(request, kind, one, access.may_edit(request.actor, one.record), ()) for one in chosen
    ]
    return _ask(request, kind, lines, form, context)


# --- both ---


def _is_complete(request: Request, form: RecordForm | None) -> bool:
    if form is None:
        return True
    form.read(request.POST)
    return not form.has_errors


def _line(
    request: Request, kind: Kind, one: Chosen, possible: bool, problems: tuple[Problem, ...]
) -> Line:
    record = one.record
    return Line(
        number=record.number,
        title=record.title or record.number,
        url=reverse("records:record", args=[kind.name, record.number]),
        row=one.row,
        state=kind.cycle.state(record.state).label.get(formats.language()),
        is_possible=possible,
        problems=problems,
    )


def _ask(
    request: Request,
    kind: Kind,
    lines: list[Line],
    form: RecordForm | None,
    context: dict[str, Any],
) -> HttpResponse:
    possible = sum(line.is_possible for line in lines)
    return _page(request, kind, lines, {**context, "form": form, "possible": possible})


def _done(
    request: Request,
    kind: Kind,
    chosen: list[Chosen],
    outcomes: list[Any],
    context: dict[str, Any],
) -> HttpResponse:
    by_pk = {one.record.pk: one for one in chosen}
    lines = []
    for outcome in outcomes:
        one = by_pk[outcome.record.pk]
        fresh = Chosen(outcome.record, one.version, one.row)
        problems = tuple(outcome.problems)
        lines.append(_line(request, kind, fresh, not problems, problems))
    failed = sum(not line.is_possible for line in lines)
    counted = {"done": len(lines) - failed, "failed": failed, "is_done": True}
    return _page(request, kind, lines, {**context, **counted})


def _page(request: Request, kind: Kind, lines: list[Line], context: dict[str, Any]) -> HttpResponse:
    back = request.POST.get("back", "")
    context |= {
        "name": kind.name,
        "several": kind.type.plural_label.get(formats.language()),
        "lines": lines,
        "total": len(lines),
        # Only the question of the list: never an address from elsewhere.
        "back": back if back.startswith("?") else "",
    }
    return render(request, "records/several.html", context)
