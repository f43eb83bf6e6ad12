"""The sections of an explanation, in the order of the why panel.

Rule with its clause, values put in (or the condition that failed), band, rows with their
shares, file and line; then, for a missing value, where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from attain.core.units import Unit
from attain.engine.provenance.model import Cell, Kind, Node, Status
from attain.engine.provenance.rendering import decided, groups, reading, rows, sharing
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.rules import (
    hidden_input,
    is_nameless,
    is_step,
    name_of,
    names_of,
    rule_text,
    step_name,
    worked,
    written,
)
from attain.engine.provenance.rendering.values import priced, shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.engine.provenance.rendering.working import values

MOST_BEHIND: Final = 4
"""So many sums are shown with their rows; the others are asked for by themselves."""


def outline(node: Node, viewer: Viewer) -> Outline:
    """A whole explanation; what the reader may not see is an aggregate or not shown."""
    if not viewer.sees(node.subject):
        return Outline(say("not_shown", viewer.language), role="hidden")
    return Outline(title(node, viewer), tuple(_sections(node, viewer)), "title")


def title(node: Node, viewer: Viewer) -> str:
    """Why is it this number? With the name of the column, the period and whose it is."""
    match node.status:
        case Status.NO_DATA:
            asked = say("why_no_data", viewer.language)
        case Status.NOT_APPLICABLE:
            asked = say("why_not_applicable", viewer.language)
        case _:
            value = priced(node.value, node.type, viewer)
            is_answer = node.type.unit is Unit.boolean
            asked = say("why_answer" if is_answer else "why_value", viewer.language, value=value)
    whose = [name_of(node, viewer), node.period_labels.get(viewer.language)]
    own = {node.period}
    if node.subject is not None:
        whose.append(viewer.name(node.subject.key))
        own.add(node.subject.key)
    if row := tuple(one for one in node.called if one not in own):
        whose.append(decided.key_text(row, viewer))
    return f"{asked} {' · '.join(whose)}"


def _sections(node: Node, viewer: Viewer) -> Iterator[Outline]:
    for _, section in parts(node, viewer):
        yield section
    if node.unlisted is None:
        yield Outline(say("same", viewer.language), role="note")


def parts(node: Node, viewer: Viewer) -> Iterator[tuple[str, Outline]]:
    """The sections with what each is, so that a page may set one of them its own way."""
    yield "rule", _rule(node, viewer)
    if node.conditions:
        yield "conditions", decided.conditions(node.conditions, viewer)
    if lines := list(values(node, viewer)):
        yield "values", heading(say("values", viewer.language), lines)
    if node.others:
        yield "others", decided.others(node.others, viewer, _hidden_names(node, viewer))
    if node.expression is not None:
        for one in (node, *(step for step in worked(node) if is_step(step, node))):
            if one.expression is not None:
                yield from _each("table", reading.tables(one.expression, viewer))
    if node.order is not None:
        hidden = hidden_input(node, node.order.column)
        if hidden is not None and hidden.expression is not None:
            yield from _each("table", reading.tables(hidden.expression, viewer))
    yield from _each("match", _matches(node, viewer))
    if node.decisions:
        yield "decisions", decided.decisions(node, viewer)
    yield from _evidence(node, viewer)
    if node.status is Status.NO_DATA:
        yield from _each("missing", _missing(node, viewer))
    if node.status is Status.NOT_APPLICABLE and not (node.conditions or node.matches):
        reason = shown(node.value, node.type, viewer)
        yield "missing", Outline(say("reason", viewer.language, reason=reason), role="note")


def _matches(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """The rows that were looked up, also by the steps of an incentive, with what was read."""
    told: set[tuple[str, object]] = set()
    for one in (node, *(step for step in worked(node) if is_step(step, node))):
        new = [found for found in one.matches if (found.name, found.found) not in told]
        told |= {(found.name, found.found) for found in new}
        read = {found.name: rows.read_of(found, one.expression, viewer) for found in new}
        yield from decided.matches(new, viewer, read)


def _hidden_names(node: Node, viewer: Viewer) -> dict[Cell, str]:
    """What hidden steps are called by their own rules: a condition may be an input's, too."""
    found: dict[Cell, str] = {}
    for one in (*node.inputs, node):
        found |= names_of(one, viewer)
    return found


def _evidence(node: Node, viewer: Viewer) -> Iterator[tuple[str, Outline]]:
    """The rows behind a number, its place among others, and where it stands in a file."""
    if node.gathered is not None:
        yield from _each("rows", rows.gathered(node, viewer))
    elif node.unlisted is not None:
        yield "rows", rows.unlisted(node, viewer)
    for one in _behind(node)[:MOST_BEHIND]:
        if viewer.sees(one.subject):
            first = islice(rows.gathered(one, viewer), 1)
            named_by = named(one, node)
            yield from _each("behind", (_titled(named_by, said, viewer) for said in first))
    if node.order is not None:
        yield "order", rows.ordered(node, viewer)
    yield from _each("standing", sharing.standings(node, viewer))
    if node.raters:
        yield "raters", groups.raters(node.raters, viewer)
    yield from _each("files", rows.files(node, viewer))


def _behind(node: Node) -> list[Node]:
    """The sums of rows that a number and the steps above it were calculated from, each once."""
    found = {one.cell: one for one in _own_sums(node)}
    for whole in worked(node):
        read = [one for one in whole.inputs if one.gathered is not None and not one.is_hidden]
        # The months of which a target is the sum go by the name of the target.
        made = _own_sums(whole) if whole.is_hidden and not is_nameless(whole) else ()
        found |= {one.cell: one for one in (*read, *made) if one.cell.key == node.cell.key}
    return [one for one in found.values() if one.gathered is not None and one.gathered.all_rows]


def _own_sums(node: Node) -> Iterator[Node]:
    """The sums a rule reads itself, also those that are steps without a name."""
    for one in node.inputs:
        if is_check(one, node):
            continue
        if one.gathered is not None and one.cell.key == node.cell.key:
            yield one
        elif is_nameless(one):
            yield from _own_sums(one)


def is_check(step: Node, whole: Node) -> bool:
    """Whether a hidden sum is only looked at, as whether a quarter has targets of all its months.

    It is of another unit than the number, and nobody wrote it.
    """
    is_other = step.type.unit is not whole.type.unit
    return step.gathered is not None and is_nameless(step) and not step.text and is_other


def named(node: Node, whole: Node) -> Node:
    """The number whose name a sum goes by: its own, or of one without a name what it leads to."""
    if not is_nameless(node) or node.text:
        return node
    above = (one for one in whole.walk() if any(below.cell == node.cell for below in one.inputs))
    return next((one for one in above if not is_nameless(one)), node)


def _titled(node: Node, section: Outline, viewer: Viewer) -> Outline:
    return replace(section, text=f"{name_of(node, viewer)} · {section.text}")


def _each(name: str, found: Iterator[Outline]) -> Iterator[tuple[str, Outline]]:
    for one in found:
        yield name, one


def _rule(node: Node, viewer: Viewer) -> Outline:
    """The rule in the words of its columns, and the clause it comes from."""
    said = [rule_text(node, viewer)] if node.kind is not Kind.STORED else []
    steps = (f"{step_name(one, viewer)}: {rule_text(one, viewer)}" for one in written(node))
    said += dict.fromkeys(steps)
    plan = say("plan_only", viewer.language, plan=node.plan)
    if node.source:
        plan = say("clause", viewer.language, source=node.source, plan=node.plan)
    if node.line:
        plan = say("plan_line", viewer.language, said=plan, line=node.line)
    return heading(say("rule", viewer.language), [*said, plan])


def _missing(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """From a missing value down to what is missing."""
    said = [f"{name_of(node, viewer)}: {shown(node.value, node.type, viewer)}"]
    for one in node.blame:
        name = one.labels.get(viewer.language) if one.labels is not None else ""
        if not name and one.is_hidden:
            continue
        row = decided.key_text(one.called, viewer) if viewer.sees(one.subject) else ""
        text = " · ".join(filter(None, (name or one.cell.column, row)))
        said += [text] if text != said[-1] else []
    if node.blame and node.reason is not None:
        why = viewer.reason(node.reason)
        said += [
            say("match_none", viewer.language, relation=name, reason=why)
            for name in node.blame[-1].unmatched
        ]
    # The last on the way is what is missing itself: of rows, for which days.
    last = node.node_of(node.blame[-1].cell) if node.blame else node
    gathered = last.gathered if last is not None and viewer.sees(last.subject) else None
    if gathered is not None and gathered.window is not None and not gathered.window.is_covered:
        said.extend(rows.not_covered(gathered.window, viewer))
    yield heading(say("missing_way", viewer.language), said)
