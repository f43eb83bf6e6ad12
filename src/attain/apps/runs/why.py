"""The panel that answers why a number is what it is, made from an explanation.

Always in this order: the rule with its clause, the values put in, what decided, the band that
matched, the rows behind it, the file and the line. Every input leads one level deeper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from attain.apps.runs import bands
from attain.apps.runs.asking import is_pay
from attain.apps.runs.reading import Explanation
from attain.apps.runs.viewing import Names
from attain.apps.runs.words import plan_labels
from attain.core import reasons
from attain.core.labels import ENGLISH
from attain.engine.provenance import Cell, FactRef, Kind, Node, Outline, Status, Viewer
from attain.engine.provenance.model import RowShare
from attain.engine.provenance.rendering import rows, rules, sections, working
from attain.engine.provenance.rendering.decided import interval
from attain.engine.provenance.rendering.values import priced, shown
from attain.expressions.results import Absent
from attain.ui import formats

DEPTH = 3
"""Levels explained at once: a commission, its base, its attainment, the rows of that."""
MOST_SOURCES = 2
SHOWN_ROWS = 6
MOST_ROWS = 500


@dataclass(frozen=True)
class Step:
    """One part of the panel. `kind` tells the template how to set it."""

    kind: str
    title: str
    aside: str = ""
    lines: tuple[Any, ...] = ()
    note: str = ""
    more: int = 0


@dataclass(frozen=True)
class Panel:
    """Everything the template needs."""

    number: str
    line: str
    is_missing: bool
    is_recomputed: bool | None
    """None where too much lies behind it to be calculated again."""
    steps: tuple[Step, ...]
    inputs: tuple[dict[str, Any], ...] = ()
    plan: str = ""
    digest: str = ""
    texts: tuple[str, ...] = field(default=())
    """The same as plain lines, for copying and for programs."""


def panel(told: Explanation, *, every_row: bool = False) -> Panel:
    """The panel of an explanation."""
    node, viewer = told.node, told.viewer
    whose = viewer.name(node.subject.key) if node.subject else ""
    line = [rules.name_of(node, viewer), node.period_labels.get(viewer.language), whose]
    return Panel(
        number=_number(told),
        line=" · ".join(part for part in line if part),
        is_missing=node.status is not Status.VALUE,
        is_recomputed=True if node.unlisted is None else None,
        steps=tuple(_steps(told, every_row)),
        inputs=tuple(_inputs(told)),
        plan=node.plan,
        digest=told.run.digest[:16],
        texts=tuple(told.outline.lines()),
    )


def _number(told: Explanation) -> str:
    node, viewer = told.node, told.viewer
    if node.status is Status.NO_DATA:
        return _("no data")
    if node.status is Status.NOT_APPLICABLE:
        return _("nothing")
    value = priced(node.value, node.type, viewer)
    # A yes or no in quotes, that it does not grow into the question: 为什么是“是”？
    return f"“{value}”" if isinstance(node.value, bool) else value


def _steps(told: Explanation, every_row: bool) -> Iterator[Step]:
    """The parts of the panel; those of steps in between stand with the number they lead to."""
    levels = _levels(told)
    chain = [one for level in levels for one in level]
    gathered = [one for one in chain if one.gathered is not None]
    called = replace(told.node, plan=_plan_called(told.node.plan))
    for name, outline in sections.parts(called, told.viewer):
        if name == "rule":
            yield Step("rule", outline.text, lines=tuple(_rule(told, chain, outline)))
        elif name == "values":
            yield Step("values", outline.text, lines=tuple(_workings(told, levels, outline)))
            yield from (Step(*one) for one in bands.tables_of(chain, told.viewer))
        elif name in ("table", "rows", "behind"):
            continue
        elif name == "files":
            yield _files(told, outline)
        else:
            yield Step(name, outline.text, lines=outline.below)
    for one in gathered[:MOST_SOURCES]:
        yield from _rows(told, one, every_row)


def _plan_called(code: str) -> str:
    """The plan as people call it: its code says nothing to them."""
    label = plan_labels(code).get(formats.language())
    return f"“{label}”" if label else code


def _levels(told: Explanation) -> list[list[Node]]:
    """The number, what it is calculated from by itself, and so on down to the sums of rows."""
    levels = [[told.node]]
    seen = {told.node.cell}
    while levels[-1]:
        levels.append([])
        for one in levels[-2]:
            if one.gathered is not None:
                continue
            for below in one.inputs:
                may_see = told.viewer.sees(below.subject) and (
                    below.subject is None or below.subject == told.node.subject
                )
                is_told = below.kind is not Kind.STORED and not sections.is_check(below, one)
                if below.cell not in seen and may_see and is_told:
                    seen.add(below.cell)
                    levels[-1].append(below)
    return levels[:-1]


def _rule(told: Explanation, chain: list[Node], outline: Outline) -> Iterator[Outline]:
    """The rule; of a number that is only rounded that of what it rounds, too."""
    words = [rules.rule_text(one, told.viewer) for one in _renamed(chain)]
    yield from (Outline(text) for text in words)
    own = list(outline.below)
    if words and len(own) > 1:
        # It only names what was said; what is left of it is how it is rounded.
        comma = ", " if told.viewer.language == ENGLISH else "，"
        _name, comma, rounding = own.pop(0).text.partition(comma)
        if comma:
            yield Outline(rounding)
    # A step whose rule stands above already is not told again under its own name.
    yield from (one for one in own if not (words and one.text.endswith(tuple(words))))


def _renamed(chain: list[Node]) -> Iterator[Node]:
    """The steps that the number only names, the first one first."""
    one = chain[0]
    while one.expression is not None:
        step = one.expression
        while step.what in ("round", "narrow"):
            step = step.operands[0]
        if step.what != "reference" or step.cell is None:
            return
        named = one.node_of(step.cell)
        if named is None or named.kind is Kind.STORED:
            return
        yield named
        one = named


def _workings(
    told: Explanation, levels: list[list[Node]], outline: Outline
) -> Iterator[tuple[str, str, str]]:
    """Label, terms, result of every line of the calculation, the deepest first."""
    chain = [one for level in levels for one in level]
    said = {one.text for one in outline.below}
    steps = rules.worked(told.node)
    names = {rules.step_name(one, told.viewer) for one in (*chain, *steps)}
    names |= {rules.name_of(one, told.viewer) for one in chain}
    for one in (one for level in reversed(levels[1:]) for one in level):
        if (difference := rows.less_before(one, told.viewer)) is not None:
            value = shown(one.value, one.type, told.viewer)
            yield rules.step_name(one, told.viewer), difference, value
        if one.expression is not None and one.kind is Kind.FORMULA:
            text = working.input_line(one, rules.step_name(one, told.viewer), told.viewer)
            if text not in said and _split(text, names)[1]:
                yield _split(text, names)
    last = ""
    for below in outline.below:
        label, terms, result = _split(below.text, names)
        # A name for the number just shown says nothing new.
        if terms or result != last:
            yield label, terms, result
        last = result


def _split(text: str, names: Iterable[str]) -> tuple[str, str, str]:
    """What a line is about, its terms, its result; labels may have colons of their own."""
    if " → " in text or " = " not in text:
        asked, _arrow, answer = text.rpartition(" → ") if " → " in text else (text, "", "")
        known = [one for one in names if asked.startswith((f"{one}: ", f"{one}："))]
        label = max(known, key=len, default="")
        rest = asked[len(label) :].lstrip(":： ")
        return (label, rest, answer) if answer or not label else (label, "", rest)
    label, _sign, rest = text.partition(" = ")
    terms, _equal, result = rest.rpartition(" = ")
    return label, terms, result


def _rows(told: Explanation, node: Node, every_row: bool) -> Iterator[Step]:
    """The rows that count, then those that do not with the reason, as tables."""
    gathered, viewer = node.gathered, told.viewer
    assert gathered is not None
    own = [one for one in rows.in_order(gathered.rows, viewer) if viewer.sees(one.subject)]
    limit = MOST_ROWS if every_row else SHOWN_ROWS
    window = gathered.window
    heading = [one for name, one in sections.parts(node, viewer) if name == "rows"]
    rest = [one.text for one in heading[0].below if one.role == "rest"]
    if node.unlisted is not None:
        rest = [one.text for one in heading[0].below]
    title = heading[0].text
    named = sections.named(node, told.node)
    if named.cell != told.cell:
        title = f"{rules.name_of(named, viewer)} · {title}"
    yield Step(
        "rows",
        title,
        aside=interval(window.start, window.until, viewer) if window is not None else "",
        lines=tuple(_row(one, node, told) for one in own[:limit]),
        note=rest[-1] if rest and (node.unlisted or len(own) < len(gathered.rows)) else "",
        more=max(0, len(own) - limit),
    )
    for one in heading[1:] if named is node else ():
        yield Step("left_out", one.text, lines=one.below)


def _row(one: RowShare, node: Node, told: Explanation) -> dict[str, Any]:
    viewer = told.viewer
    place = [text for fact in one.facts if (text := place_of(fact))]
    return {
        "date": one.date.isoformat() if one.date is not None else "",
        "what": rows.row_text(one, viewer, node).removeprefix(
            one.date.isoformat() if one.date else ""
        ),
        "part": _part(one, node, viewer),
        "made": tuple(_made(one, node, viewer)),
        "place": " · ".join(place),
        "facts": [_fact(fact, told) for fact in one.facts],
        "page": next((page for fact in one.facts if (page := _page(fact, viewer))), ""),
        "url": cell_url(told, one.source) if one.source.column else "",
    }


def _part(one: RowShare, node: Node, viewer: Viewer) -> str:
    """What a row brought; one that is counted brings 1."""
    is_counted = node.gathered is not None and node.gathered.aggregate == "count"
    if is_counted and one.part is True:
        return "1"
    if isinstance(one.part, str):
        return viewer.name(one.part)
    return shown(one.part, node.type, viewer)


def _made(one: RowShare, node: Node, viewer: Viewer) -> Iterator[str]:
    """The events that completed what a counter counted, one by one."""
    for made in rows.made_by(node.node_of(one.source), viewer):
        yield made.text
        yield from (line.text for line in made.below)


def _page(fact: FactRef, viewer: Viewer) -> str:
    """The page of the record that a row was, for who may see it."""
    key = dict(fact.values).get("record")
    names = viewer.names
    return names.page(key) if isinstance(names, Names) and isinstance(key, str) else ""


def place_of(fact: FactRef) -> str:
    """File, sheet and line of a row, as far as they are known."""
    parts = [fact.file or "", fact.sheet or ""]
    if fact.line is not None:
        parts.append(_("line %(line)s") % {"line": fact.line})
    return " · ".join(part for part in parts if part)


def _fact(fact: FactRef, told: Explanation) -> dict[str, Any]:
    viewer = told.viewer
    pairs = []
    for name, value in fact.values:
        if isinstance(value, Absent):
            text = reasons.sentence(value.reason, viewer.language)
        else:
            text = viewer.name(value) if isinstance(value, str) else _plain(value)
        pairs.append((viewer.columns.get(name, name), text))
    return {
        "file": fact.file or fact.dataset,
        "place": place_of(fact),
        "head": [name for name, _text in pairs],
        "rows": [(fact.line or "", [text for _name, text in pairs], True)],
        "version": (fact.version or "")[:12],
    }


def _plain(value: Any) -> str:
    from attain.core.formats import show_number

    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return show_number(value) if isinstance(value, Fraction | int) else str(value)


def _files(told: Explanation, outline: Outline) -> Step:
    return Step("files", outline.text, lines=tuple(_fact(one, told) for one in told.node.facts))


def _inputs(told: Explanation) -> Iterator[dict[str, Any]]:
    """What the number was made from, each with its own why; hidden steps give theirs."""
    seen: set[Cell] = set()
    for one in _visible(told.node):
        if one.cell in seen or not told.viewer.sees(one.subject):
            continue
        seen.add(one.cell)
        yield {
            "label": rules.name_of(one, told.viewer),
            "value": priced(one.value, one.type, told.viewer),
            "url": cell_url(told, one.cell),
            "is_pay": is_pay(told.plan, one.cell),
        }


def _visible(node: Node) -> Iterator[Node]:
    if node.gathered is not None:
        # Its rows are shown one by one.
        return
    for one in node.inputs:
        if one.is_hidden and one.labels is None:
            yield from _visible(one)
        else:
            yield one


def cell_url(told: Explanation, cell: Cell) -> str:
    """The address of the panel of any cell of the run."""
    key = json.dumps([str(part) for part in cell.key], ensure_ascii=False)
    query = urlencode({"relation": cell.relation, "key": key, "column": cell.column})
    return f"{reverse('runs:why', kwargs={'run': told.run.pk})}?{query}"
