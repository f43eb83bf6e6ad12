"""Where a record stands on its way, and who is asked about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attain.apps.flow.models import SignOff, Transition
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Record
from attain.apps.records.showing import user_name
from attain.kinds.models import LifeCycle, Tone
from attain.kinds.signing import Party, Rule, Verdict
from attain.ui import formats


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
    cycle = kind_of(record).cycle
    behind = [name for name in _behind(record, cycle) if name != record.state]
    ahead = list(_ahead(cycle, record.state, {record.state, *behind}))
    tone = cycle.state(record.state).tone
    now = "problem" if tone is Tone.problem else "current"
    return [
        *(Step(_state(cycle, name), "done") for name in behind),
        Step(_state(cycle, record.state), now, _since(record)),
        *(Step(_state(cycle, name), "coming") for name in ahead),
    ]


def _behind(record: Record, cycle: LifeCycle) -> list[str]:
    """States that were left, in the order of the declaration, as far as they lie before this."""
    order = [state.name for state in cycle.states]
    rows = Transition.objects.filter(kind=cycle.kind, object_id=str(record.pk))
    left = set(rows.exclude(from_state="").values_list("from_state", flat=True))
    here = order.index(record.state) if record.state in order else len(order)
    return [name for name in order[:here] if name in left]


def _ahead(cycle: LifeCycle, state: str, seen: set[str]) -> Iterator[str]:
    """The way on: of every state the first action that leads further down the declaration."""
    order = [one.name for one in cycle.states]
    while True:
        later = [
            action.to
            for action in cycle.actions_from(state)
            if action.to in order
            and order.index(action.to) > order.index(state)
            and action.to not in seen
            and cycle.state(action.to).tone is not Tone.problem
        ]
        if not later:
            return
        state = later[0]
        seen.add(state)
        yield state


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
