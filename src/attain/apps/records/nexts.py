"""The step that leads on: what is met, what is missing, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.apps.accounts.actors import Actor
from attain.apps.flow.registry import flow_of
from attain.apps.flow.selectors import Possible
from attain.apps.records.deeds import EMPTY, Deed
from attain.apps.records.forms import said
from attain.apps.records.kinds import kind_of, values_of, working_days
from attain.apps.records.models import Record
from attain.apps.records.showing import Teller, label_of, text_of
from attain.apps.records.steps import leads_to
from attain.core.labels import Labels
from attain.kinds import errors
from attain.kinds.deadlines import Deadline
from attain.kinds.models import Action
from attain.kinds.records import Kind
from attain.kinds.relations import one_of
from attain.ui import formats

_TOLD_OTHERWISE = {
    errors.ACTION_NOT_YOURS,
    errors.GATE_CLOSED,
    errors.GATE_NO_DATA,
    errors.ACTION_TOO_LATE,
    errors.ACTION_TOO_EARLY,
}


@dataclass(frozen=True, slots=True)
class GateRow:
    """One condition of the next step: passed, failed or waiting."""

    state: str
    words: str
    end: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """The next step with its conditions."""

    title: str
    rows: Sequence[GateRow]
    deed: Deed | None
    words: str = ""


def next_step(
    record: Record,
    actor: Actor,
    every: Sequence[Possible],
    made: Sequence[Deed],
    teller: Teller,
) -> Next | None:
    """What the step that leads on needs: met, missing, and whose it is."""
    kind = kind_of(record)
    action = _leading(kind, record.state)
    if action is None:
        return None
    possible = next(one for one in every if one.action == action.name)
    rows = list(_rows(record, action, possible, actor, teller))
    missing = sum(row.state == "failed" for row in rows)
    to = kind.cycle.state(action.to).label.get(formats.language())
    if missing:
        title = ngettext(
            "%(count)s condition left before “%(state)s”",
            "%(count)s conditions left before “%(state)s”",
            missing,
        ) % {"count": missing, "state": to}
    else:
        title = _("Next: %(state)s") % {"state": to}
    mine = next((one for one in made if one.action == action.name), None)
    words = _("Nothing stands in the way.")
    return Next(title, rows, mine, words)


def _leading(kind: Kind, state: str) -> Action | None:
    """The action that leads on from a state; a consultation is told by its parties."""
    to = leads_to(kind, state)
    for action in kind.cycle.actions_from(state):
        if action.to == to and not action.verdict:
            return action
    return None


def _rows(
    record: Record, action: Action, possible: Possible, actor: Actor, teller: Teller
) -> Iterator[GateRow]:
    scope = dict(flow_of(record).values(record))
    yield from _needed(record, action, teller)
    yield from _conditions(action, possible, scope)
    yield from _days(action, scope, record, actor.today)
    yield from _whose(action, possible, kind_of(record).cycle.words)


def _needed(record: Record, action: Action, teller: Teller) -> Iterator[GateRow]:
    kind, values = kind_of(record), values_of(record)
    asks = kind.type.actions[action.name].asks
    specs = [kind.fields[one] for one in action.needs if one in kind.fields and one not in asks]
    for spec in specs:
        if spec.confidential:
            continue
        is_there = values.get(spec.name) not in EMPTY
        end = text_of(spec, values.get(spec.name), teller) if is_there else _("Not filled in")
        yield GateRow("passed" if is_there else "failed", label_of(spec), _short(end))


def _conditions(action: Action, possible: Possible, scope: Mapping[str, Any]) -> Iterator[GateRow]:
    barring = [
        one for one in possible.reasons if one.code in (errors.GATE_CLOSED, errors.GATE_NO_DATA)
    ]
    met = 0
    for gate in action.gates:
        holds = gate.holds(scope)
        if not holds and barring:
            told = barring.pop(0).values.get("gate")
            words = told.get(formats.language()) if isinstance(told, Labels) else str(told)
            yield GateRow("waiting" if holds is None else "failed", words)
        elif gate.label:
            yield GateRow("passed", gate.label.get(formats.language()))
        else:
            met += 1
    if met:
        yield GateRow(
            "passed",
            ngettext("%(count)s condition is met", "%(count)s conditions are met", met)
            % {"count": met},
        )


def _days(
    action: Action, scope: Mapping[str, Any], record: Record, today: date
) -> Iterator[GateRow]:
    last = _day(action.until, scope, record)
    if last:
        state = "passed" if today <= last else "failed"
        yield GateRow(state, _("By %(day)s") % {"day": formats.day(last)}, _left(today, last))
    first = _day(action.after, scope, record)
    if first:
        state = "passed" if today > first else "waiting"
        yield GateRow(state, _("After %(day)s") % {"day": formats.day(first)})


def _day(deadline: Deadline | None, scope: Mapping[str, Any], record: Record) -> date | None:
    return deadline.day(scope, record.entered_on, working_days()) if deadline else None


def _left(today: date, last: date) -> str:
    days = (last - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _whose(action: Action, possible: Possible, words: Mapping[str, Labels]) -> Iterator[GateRow]:
    """Who takes the step, where it is not the reader; and why the reader may not."""
    if any(one.code == errors.ACTION_NOT_YOURS for one in possible.reasons):
        who = one_of(each.label(words) for each in action.by).get(formats.language())
        yield GateRow("waiting", _("To be done by %(who)s") % {"who": who})
    for one in possible.reasons:
        if one.code not in _TOLD_OTHERWISE:
            yield GateRow("failed", said(one))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
