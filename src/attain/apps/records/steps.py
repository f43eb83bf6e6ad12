"""Where a record stands on its way, and who is asked about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attain.apps.flow.models import SignOff, Transition
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Record
from attain.apps.records.showing import user_name
from attain.kinds.models import LifeCycle, Tone
from attain.kinds.records import Kind
from attain.kinds.signing import Party, Rule, Verdict
from attain.ui import formats

NOTED = 5
"""A longer way has no room for a note below its states."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the way: done, current, problem (current, and wrong), or coming."""

    label: str
    state: str
    note: str = ""

    @property
    def is_current(self) -> bool:
        return self.state in ("current", "problem")


def way(record: Record) -> list[Step]:
    """The states a record went through, the one it is in, and those that lead to the end."""
    kind = kind_of(record)
    cycle = kind.cycle
    behind = [name for name in _behind(record, cycle) if name != record.state]
    coming = [name for name in ahead(kind, record.state) if name not in behind]
    tone = cycle.state(record.state).tone
    now = "problem" if tone is Tone.problem else "current"
    is_short = len(behind) + len(coming) < NOTED
    return [
        *(Step(_state(cycle, name), "done") for name in behind),
        Step(_state(cycle, record.state), now, _since(record) if is_short else ""),
        *(Step(_state(cycle, name), "coming") for name in coming),
    ]


def _behind(record: Record, cycle: LifeCycle) -> list[str]:
    """States that were left, in the order of the declaration, as far as they lie before this."""
    order = [state.name for state in cycle.states]
    rows = Transition.objects.filter(kind=cycle.kind, object_id=str(record.pk))
    left = set(rows.exclude(from_state="").values_list("from_state", flat=True))
    here = order.index(record.state) if record.state in order else len(order)
    return [name for name in order[:here] if name in left]


def ahead(kind: Kind, state: str) -> list[str]:
    """The way on to the end: of every state the first action that leads down the declaration.

    A side way that turns back, such as a request for a change, gives way to one that arrives.
    """
    order = [one.name for one in kind.cycle.states]
    if state not in order:
        return []
    ways = []
    for action in kind.cycle.actions_from(state):
        if _is_forward(kind.cycle, order, state, action.to):
            ways.append([action.to, *ahead(kind, action.to)])
    arriving = [one for one in ways if not _turns_back(kind.cycle, order, one[-1])]
    return next(iter(arriving or ways), [])


def leads_to(kind: Kind, state: str) -> str:
    """The state that comes next; "" where nothing leads on."""
    return next(iter(ahead(kind, state)), "")


def _turns_back(cycle: LifeCycle, order: list[str], state: str) -> bool:
    earlier = order[: order.index(state)]
    return any(action.to in earlier for action in cycle.actions_from(state))


def _is_forward(cycle: LifeCycle, order: list[str], state: str, to: str) -> bool:
    later = to in order and order.index(to) > order.index(state)
    return later and cycle.state(to).tone is not Tone.problem


def _state(cycle: LifeCycle, name: str) -> str:
    return cycle.state(name).label.get(formats.language())


def _since(record: Record) -> str:
    return _("since %(day)s") % {"day": formats.day(record.entered_on, short=True)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A party of a consultation, and what it has said so far."""

    label: str
    state: str
    end: str
    note: str = ""


def parties(record: Record) -> list[Asked]:
    """The parties that are asked in the state at hand, with their voices."""
    state = kind_of(record).cycle.state(record.state)
    if state.consult is None:
        return []
    voices = _voices(record).filter(closed_at=None).select_related("user")
    by_party: dict[str, list[SignOff]] = {}
    for one in voices:
        by_party.setdefault(one.party, []).append(one)
    return [_asked(party, by_party.get(party.name, [])) for party in state.consult.parties]


def rule_words(record: Record) -> str:
    """What decides the consultation, in words."""
    consult = kind_of(record).cycle.state(record.state).consult
    if consult is None:
        return ""
    if consult.rule is Rule.all:
        return _("All must agree; silence is no consent")
    return _("%(needed)s of %(seats)s must agree; silence is no consent") % {
        "needed": consult.enough,
        "seats": consult.seats,
    }


def _voices(record: Record) -> QuerySet[SignOff]:
    kind = kind_of(record).cycle.kind
    return SignOff.objects.filter(kind=kind, object_id=str(record.pk)).order_by("pk")


def _asked(party: Party, voices: Sequence[SignOff]) -> Asked:
    label = party.label.get(formats.language())
    objected = [one for one in voices if one.verdict == Verdict.object]
    said = pgettext("list", ", ").join(
        f"{user_name(one.user)} {_verdict(one)} {formats.moment(one.at, short=True)}"
        for one in voices
    )
    if objected:
        return Asked(label, "failed", _("Objected"), said)
    if len(voices) >= party.seats:
        return Asked(label, "passed", _("Agreed"), said)
    open_seats = party.seats - len(voices)
    words = ngettext("%(count)s answer open", "%(count)s answers open", open_seats)
    return Asked(label, "waiting", words % {"count": open_seats}, said)


def _verdict(one: SignOff) -> str:
    return _("agreed") if one.verdict == Verdict.agree else _("objected")
