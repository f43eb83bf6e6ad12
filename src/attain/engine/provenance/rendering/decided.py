"""Conditions, matches and people's decisions in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attain.core.labels import Labels
from attain.core.reasons import NO_MATCH, NO_PARAMETER
from attain.core.units import COUNT
from attain.engine.provenance.model import (
    Cell,
    Condition,
    Considered,
    Match,
    Node,
    NotTaken,
    Step,
)
from attain.engine.provenance.places import InGroup, Named
from attain.engine.provenance.rendering.expressions import in_words, with_values
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import about, ordinal, say
from attain.engine.provenance.rendering.values import priced, priced_gap, shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent, Result

_AT_LEAST = (">=", ">")
_AT_MOST = ("<=", "<")
_STRICT = (">", "<")


def conditions(asked: Sequence[Condition], viewer: Viewer) -> Outline:
    """The conditions in their order: met, failed, not asked any more."""
    answered = [one for one in asked if one.answer is not None]
    # Of conditions that were asked one after the other the last one decided.
    fails = not answered or answered[-1].answer is not True
    phrase = "failed" if fails else "decided_by"
    return heading(say(phrase, viewer.language), [_condition(one, viewer) for one in asked])


def _condition(one: Condition, viewer: Viewer) -> Outline:
    words = condition_words(one, viewer)
    if one.answer is None:
        return Outline(f"– {words} · {say('not_asked', viewer.language)}", role="not_asked")
    if one.answer is True:
        return Outline(f"✓ {words}{compared(one.own, viewer, failed=False)}", role="met")
    if isinstance(one.answer, Absent):
        why = viewer.reason(one.answer.reason)
        return Outline(f"✗ {words} · {say('unknown', viewer.language, reason=why)}", role="failed")
    return Outline(f"✗ {words}{compared(one.own, viewer, failed=True)}", role="failed")


def condition_words(one: Condition, viewer: Viewer) -> str:
    """A condition by its label, or as the rule has it."""
    if one.labels is None:
        return in_words(one.own, viewer)
    label = one.labels.get(viewer.language)
    if not one.is_gate:
        return label
    return say("named", viewer.language, name=label, what=in_words(one.own, viewer))


def others(found: Sequence[NotTaken], viewer: Viewer, names: Mapping[Cell, str]) -> Outline:
    """Why not A: of each result that was passed by, the condition it failed.

    `names` are those of hidden steps that its conditions read.
    """
    told = [_not_taken(one, viewer, names) for one in found]
    return heading(say("why_not", viewer.language), told)


def _not_taken(one: NotTaken, viewer: Viewer, names: Mapping[Cell, str]) -> Outline:
    words = in_words(one.failed.own, viewer, names)
    said = {"result": in_words(one.result, viewer), "condition": words}
    text = say("not_taken", viewer.language, **said)
    if one.inside is not None:
        text = say("not_inside", viewer.language, inside=in_words(one.inside, viewer), **said)
    if one.place is not None and isinstance(one.place.place, Fraction):
        return Outline(f"{text} · {_place(one.place, one.failed.own, viewer)}", role="failed")
    return Outline(f"{text}{compared(one.failed.own, viewer, failed=True)}", role="failed")


def _place(group: InGroup, asked: Step, viewer: Viewer) -> str:
    """The place among how many, and how many places there are: 3rd of 12, among the first 2."""
    assert isinstance(group.place, Fraction)
    place = ordinal(int(group.place), viewer.language)
    text = say(
        about("group_place", of_people=group.of_people),
        viewer.language,
        members=group.members,
        place=place,
    )
    most = asked.operands[1].value
    if asked.name != "<=" or not isinstance(most, Fraction):
        return text
    phrase = {0: "place_none", 1: "place_first"}.get(int(most), "place_most")
    return say(phrase, viewer.language, place=text, most=shown(most, COUNT, viewer))


def compared(step: Step, viewer: Viewer, *, failed: bool) -> str:
    """What the compared value is, and by how much it misses what is asked for."""
    if step.what != "operate" or len(step.operands) < 2:
        return ""
    if step.name in ("and", "or"):
        return f" · {with_values(step, viewer, alone=True)}"
    left, right = step.operands[:2]
    if left.value is None or isinstance(left.value, Absent) or left.what == "constant":
        return ""
    value = priced(left.value, left.type, viewer)
    is_number = isinstance(left.value, Fraction) and isinstance(right.value, Fraction)
    if failed and is_number and step.name in (*_AT_LEAST, *_AT_MOST):
        return " · " + _missed(step, value, viewer)
    if _is_written(right) or isinstance(right.value, Absent | None):
        return " · " + say("is", viewer.language, value=value)
    other = priced(right.value, right.type, viewer)
    return " · " + say("is_beside", viewer.language, value=value, other=other)


def _missed(step: Step, value: str, viewer: Viewer) -> str:
    """By how much a number is too small or too large; what is asked for, where it is calculated."""
    left, right = step.operands
    assert isinstance(left.value, Fraction)
    assert isinstance(right.value, Fraction)
    phrase = "short" if step.name in _AT_LEAST else "over"
    gap = abs(right.value - left.value)
    if not gap:
        return say(f"{phrase}_equal", viewer.language, value=value)
    missing = priced_gap(gap, left.type, viewer)
    limit = priced(right.value, left.type, viewer)
    if not _is_written(right):
        phrase += "_strict" if step.name in _STRICT else "_of"
    return say(phrase, viewer.language, value=value, missing=missing, limit=limit)


def _is_written(step: Step) -> bool:
    """Whether a number stands in the rule, where everybody reads it."""
    while step.what == "narrow":
        step = step.operands[0]
    return step.what == "constant" and step.labels is None


def matches(
    found: Sequence[Match], viewer: Viewer, read: Mapping[str, Sequence[str]]
) -> Iterator[Outline]:
    """Which row was found, and why not another one; `read` is what was read of each."""
    for one in found:
        if is_by_key(one, viewer):
            continue
        if _is_beyond_run(one, viewer):
            of_each = viewer.rows[one.relation]
            said = say("match_beyond_run", viewer.language, relation=of_each, at=one.at)
            yield Outline(said, role="match")
            continue
        if isinstance(one.found, Absent):
            # Without a value of one's own the one in the plan holds, which is nobody's mistake.
            is_own = one.found.reason == NO_PARAMETER and "(" in one.name
            own = say("no_own_value", viewer.language)
            why = own if is_own else viewer.reason(one.found.reason)
            text = say("match_none", viewer.language, relation=_row(one), reason=why)
        else:
            key = key_text(one.found, viewer)
            text = say("match", viewer.language, relation=_row(one), key=key)
        at = [say("match_at", viewer.language, at=one.at)] if one.at is not None else []
        others = [_considered(other, viewer) for other in one.considered if other.why_not]
        yield heading(text, [*read.get(one.name, ()), *at, *others], "match")


def _row(found: Match) -> str:
    """What a row that is looked for is called; by which day it is read is told beside it."""
    return found.name.partition("@")[0]


def _is_beyond_run(one: Match, viewer: Viewer) -> bool:
    """Whether a result of a period is asked for that the run does not calculate."""
    is_missing = isinstance(one.found, Absent) and one.found.reason == NO_MATCH
    is_grain = one.relation in viewer.rows and one.at is not None
    return is_missing and is_grain and all(other.why_not == "date" for other in one.considered)


def is_by_key(one: Match, viewer: Viewer) -> bool:
    """Whether a row is read of the same month, of the unit somebody is in, or where a column of
    keys leads, of whatever day: no other could be."""
    is_one = one.relation in viewer.rows or one.at is None
    is_found = is_one and not isinstance(one.found, Absent)
    return is_found and one.name.rpartition("@")[2] == one.relation


def _considered(other: Considered, viewer: Viewer) -> str:
    key = key_text(other.key, viewer)
    dates = interval(other.effective_from, other.effective_until, viewer)
    return say(f"not_{other.why_not}", viewer.language, key=key, interval=dates)


def interval(start: dt.date | None, until: dt.date | None, viewer: Viewer) -> str:
    """Days from the first to the last that belongs to it."""
    last = until - dt.timedelta(days=1) if until is not None else None
    if start is None and last is None:
        return say("all_time", viewer.language)
    if start is None:
        return say("until", viewer.language, last=last)
    if last is None:
        return say("since", viewer.language, start=start)
    return say("window", viewer.language, start=start, last=last)


def key_text(key: Named, viewer: Viewer) -> str:
    """A row's key with the names its reader knows."""
    return " · ".join(_part(one, viewer) for one in key if not isinstance(one, Absent))


def _part(one: Result | Labels, viewer: Viewer) -> str:
    if isinstance(one, Labels):
        return one.get(viewer.language)
    return viewer.name(one) if isinstance(one, str) else str(one)


def decisions(node: Node, viewer: Viewer) -> Outline:
    """What was decided, by whom and why."""
    said = [
        say(
            one.kind,
            viewer.language,
            value=shown(one.value, node.type, viewer),
            reason=one.reason,
            by=viewer.name(one.by),
        )
        .removesuffix("（）")
        .removesuffix(" ()")
        for one in node.decisions
    ]
    return heading(say("decisions", viewer.language), said)
