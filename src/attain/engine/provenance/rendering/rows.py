"""Rows behind a number: what each brought, which do not count, and where they stand in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attain.core.units import Type, Unit
from attain.engine.primitives.model.results import plan_of_results, since_it_began
from attain.engine.provenance.gathers import natural
from attain.engine.provenance.model import Cell, FactRef, Match, Node, RowShare, Step, Window
from attain.engine.provenance.places import OrderRow
from attain.engine.provenance.rendering.decided import (
    compared,
    condition_words,
    interval,
    key_text,
)
from attain.engine.provenance.rendering.expressions import with_values
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.reasons import coarsely, each_rounded, reasoned
from attain.engine.provenance.rendering.values import bracketed, decides, is_single, priced, shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent, Result

_ADDED = ("sum", "count")
_OF_ALL = ("mean", "min", "max", "distinct")


def gathered(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """The rows that count with their parts, then those that do not with the reason."""
    assert node.gathered is not None
    if node.unlisted is not None:
        yield unlisted(node, viewer)
        return
    if node.gathered.untold:
        yield Outline(say("untold", viewer.language, count=node.gathered.untold), role="note")
        return
    own = _seen(node, viewer)
    others = [one for one in node.gathered.rows if not viewer.sees(one.subject)]
    lines = [_share(one, node, viewer) for one in own[: viewer.most]]
    lines += _rest(own[viewer.most :], node, "rest", viewer)
    lines += _rest(others, node, "others", viewer)
    if rounding := each_rounded((_step(one, node) for one in own[: viewer.most]), viewer):
        lines.insert(0, Outline(rounding, role="note"))
    window = node.gathered.window
    if window is not None:
        days = interval(window.start, window.until, viewer)
        if node.gathered.date:
            date = viewer.columns.get(node.gathered.date, node.gathered.date)
            days = say("dated_by", viewer.language, date=date, days=days)
        lines.insert(0, Outline(days, role="note"))
    count = len(node.gathered.rows)
    together = _together(node)
    if node.gathered.aggregate in _ADDED and isinstance(together, Fraction):
        total = priced(together, node.type, viewer)
        yield heading(say("sources_sum", viewer.language, count=count, total=total), lines)
    elif node.gathered.aggregate in _OF_ALL and isinstance(together, Fraction):
        how = say(f"aggregate_{node.gathered.aggregate}", viewer.language)
        total = priced(together, node.type, viewer)
        yield heading(
            say("sources_of_all", viewer.language, count=count, how=how, total=total), lines
        )
    else:
        yield heading(say("sources", viewer.language, count=count), lines)
    yield from _left_out(node.gathered.left_out, viewer)


def _seen(node: Node, viewer: Viewer) -> list[RowShare]:
    """The rows a reader may see; of many those first that decide."""
    assert node.gathered is not None
    own = [one for one in in_order(node.gathered.rows, viewer) if viewer.sees(one.subject)]
    return sorted(own, key=lambda one: len(own) > viewer.most and not decides(one.part, node))


def beyond(node: Node, viewer: Viewer) -> frozenset[Cell]:
    """The cells of rows that are not told one by one: nobody is told how each was made, either."""
    own = _seen(node, viewer) if node.gathered is not None else []
    told = {cell for one in own[: viewer.most] for cell in (one.cell, one.source)}
    return frozenset(cell for one in own[viewer.most :] for cell in (one.cell, one.source)) - told


def unlisted(node: Node, viewer: Viewer) -> Outline:
    """That the rows are too many to be told one by one, and where they are to be had."""
    assert node.unlisted is not None
    count = f"{node.unlisted.rows:,}"
    relation = viewer.sources.get(node.unlisted.relation, node.unlisted.relation)
    said = say("unlisted", viewer.language, relation=relation, count=count)
    how = viewer.whole_rows(node.unlisted.relation) if viewer.whole_rows else ""
    how = how or say("unlisted_how", viewer.language, plan=node.plan, period=node.period)
    return heading(said, [Outline(how, role="note")])


def in_order(rows: Sequence[RowShare], viewer: Viewer) -> list[RowShare]:
    """By date, and by the names readers know: keys are opaque and in an order nobody sees."""

    def place(one: RowShare) -> tuple[dt.date, object]:
        return one.date or one.begins or dt.date.max, natural(row_text(one, viewer))

    return sorted(rows, key=place)


def _together(node: Node) -> Result | None:
    """What the rows come to; a column that rounds does so afterwards, in a step of its own."""
    step = node.expression
    return step.operands[0].value if step is not None and step.what == "round" else node.value


def _share(one: RowShare, node: Node, viewer: Viewer) -> Outline:
    """A row with what it brought, and how that was calculated."""
    below, step = node.node_of(one.source), _step(one, node)
    part = shown(one.part, node.type, viewer)
    calculated = with_values(step, viewer) if step is not None else part
    if step is not None and step.type.unit is not node.type.unit and is_single(calculated):
        # A stored ratio that is counted as points is the same, 0.5 and not 50%.
        calculated = part
    events = list(made_by(below, viewer))
    if below is not None and calculated == part and not events:
        calculated = less_before(below, viewer) or part
    called = row_text(one, viewer)
    text = f"{called}: {part}"
    if calculated not in (part, f"“{part}”"):
        is_asked = step is not None and step.type.unit is Unit.boolean
        comes_to = "→" if is_asked else "="
        text = f"{called}: {calculated} {comes_to} {part}{coarsely(step, viewer)}"
    elif node.gathered is not None and node.gathered.aggregate == "count" and one.part is True:
        text = called
    if step is not None and not events:
        text = reasoned(text, step, viewer)
    if one.failed is not None and isinstance(one.failed.answer, Absent):
        why = say("unknown", viewer.language, reason=viewer.reason(one.failed.answer.reason))
        text = f"{called}: ? {condition_words(one.failed, viewer)} · {why}"
    origins = [Outline(line) for line in _origins(one.facts, viewer)]
    return Outline(text, (*events, *origins), "row")


def _step(one: RowShare, node: Node) -> Step | None:
    """How what a row brought was calculated, where that is told."""
    below = node.node_of(one.source)
    return one.step or (below.expression if below is not None else None)


def made_by(below: Node | None, viewer: Viewer) -> Iterator[Outline]:
    """Of what was counted every third time: the three events, up to the one that completed it."""
    if below is None or below.order is None or not (below.form or "").startswith("counters/"):
        return
    made = list(below.order.rows[-1:])
    for one in reversed(below.order.rows[:-1]):
        if isinstance(one.so_far, Fraction) and one.so_far:
            break
        made.insert(0, one)
    lines = [Outline(row_text(one, viewer)) for one in made[-2 * viewer.most :]]
    yield heading(say("made_by", viewer.language, count=len(made)), lines, "row")


def _rest(rest: Sequence[RowShare], node: Node, phrase: str, viewer: Viewer) -> list[Outline]:
    """Rows that are not shown one by one, as one line with their sum."""
    if not rest:
        return []
    assert node.gathered is not None
    parts = [one.part for one in rest]
    if node.gathered.aggregate in _ADDED and all(isinstance(one, Fraction) for one in parts):
        total = sum((one for one in parts if isinstance(one, Fraction)), Fraction(0))
        amount = shown(total, node.type, viewer)
        return [Outline(say(phrase, viewer.language, count=len(rest), total=amount), role="rest")]
    counted = "others_count" if phrase == "others" else "rest"
    return [Outline(say(counted, viewer.language, count=len(rest), total="").strip(), role="rest")]


def _left_out(rows: Sequence[RowShare], viewer: Viewer) -> Iterator[Outline]:
    own = [one for one in in_order(rows, viewer) if viewer.sees(one.subject)]
    if not own:
        return
    lines = []
    for one in own[: viewer.most]:
        why = ""
        if one.failed is not None:
            why = condition_words(one.failed, viewer)
            why += compared(one.failed.own, viewer, failed=True)
        lines.append(Outline(f"{row_text(one, viewer)}: ✗ {why}", role="left_out"))
    lines += [
        Outline(say("rest", viewer.language, count=len(own) - viewer.most, total="").strip())
    ] * (len(own) > viewer.most)
    yield heading(say("left_out", viewer.language, count=len(rows)), lines)


def row_text(one: RowShare | OrderRow, viewer: Viewer, whose: Node | None = None) -> str:
    """A row by its date and its key, or by its stable number in the data.

    Where it says `whose` number it is behind, the key does not say it once more.
    """
    parts = [one.date.isoformat()] if one.date is not None else []
    own = whose.subject.key if whose is not None and whose.subject is not None else None
    called = tuple(part for part in one.called if part != own)
    parts.append(key_text(called or one.called, viewer))
    return " ".join(dict.fromkeys(parts))


def _origins(facts: Sequence[FactRef], viewer: Viewer) -> Iterator[str]:
    for fact in facts:
        place = file_place(fact, viewer)
        if place:
            yield place


def file_place(fact: FactRef, viewer: Viewer) -> str:
    """Where a row came from: file, sheet, line."""
    if fact.file is None:
        return ""
    phrase = "file_line" if fact.sheet else "file_only"
    return say(phrase, viewer.language, file=fact.file, sheet=fact.sheet, line=fact.line)


def read_of(found: Match, expression: Step | None, viewer: Viewer) -> list[str]:
    """What a rule read of a row that it looked up: the columns, and where the row came from."""
    if isinstance(found.found, Absent):
        return []
    steps = expression.walk() if expression is not None else ()
    values = [
        f"{one.labels.get(viewer.language) if one.labels else one.name} = "
        f"{shown(one.value, one.type, viewer)}"
        for one in steps
        if one.what == "reference" and one.row == found.name and one.value is not None
        if not one.is_hidden and not isinstance(one.value, Absent)
    ]
    return [*dict.fromkeys(values), *_origins(found.facts, viewer)]


def files(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """The file and line of a stored value."""
    if not node.facts:
        return
    lines = []
    for fact in node.facts:
        place = file_place(fact, viewer)
        if fact.version:
            version = say(
                "version",
                viewer.language,
                dataset=fact.dataset,
                row=fact.row or "",
                version=fact.version[:12],
            )
        else:
            version = say("no_file", viewer.language, dataset=fact.dataset, row=fact.row or "")
        lines += [place] * bool(place) + [version.strip()]
    yield heading(say("files", viewer.language), lines)


def ordered(node: Node, viewer: Viewer) -> Outline:
    """The rows of an order up to this one, with the running result."""
    assert node.order is not None
    last = node.order.rows[-viewer.most :]
    lines = [*_columns_of_order(node, viewer), *_earlier_rows(node.order.rows, node, viewer)]
    lines += [
        Outline(
            say(
                "order_row",
                viewer.language,
                what=row_text(one, viewer),
                own=shown(one.own, _own_type(node), viewer),
                so_far=shown(one.so_far, node.type, viewer),
            ),
            role="row",
        )
        for one in last
    ]
    return heading(say("order", viewer.language, position=node.order.position), lines)


def _columns_of_order(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """What the two numbers of each row are."""
    assert node.order is not None
    if node.order.column is None:
        return
    own = input_name(node, node.order.column, viewer) or say("order_own", viewer.language)
    name = node.labels.get(viewer.language) if node.labels else _readers(node.cell.column)
    name = name or say("order_result", viewer.language)
    yield Outline(say("order_columns", viewer.language, own=own, name=name), role="note")


def _earlier_rows(rows: Sequence[OrderRow], node: Node, viewer: Viewer) -> Iterator[Outline]:
    """The first rows, which are not shown one by one, as one line with what they came to."""
    if len(rows) <= viewer.most:
        return
    before = rows[: -viewer.most]
    so_far = shown(before[-1].so_far, node.type, viewer)
    yield Outline(
        say("order_before_these", viewer.language, count=len(before), so_far=so_far), role="rest"
    )


def _own_type(node: Node) -> Type:
    """The type of the column an order goes over."""
    assert node.order is not None
    own = next((one for one in node.inputs if one.cell.column == node.order.column), None)
    return own.type if own is not None else node.type


def less_before(node: Node, viewer: Viewer) -> str | None:
    """What an increase is the difference of, 1,600.00 − 600.00; None on the first row."""
    order = node.order
    if order is None or order.function != "increase" or len(order.rows) < 2:
        return None
    before, last = order.rows[-2:]
    if not isinstance(before.own, Fraction) or not isinstance(last.own, Fraction):
        return None
    now, then = (shown(one, node.type, viewer) for one in (last.own, before.own))
    return f"{now} − {bracketed(then)}"


def gathered_column(node: Node, viewer: Viewer) -> str:
    """What is gathered, and from which rows."""
    assert node.gathered is not None
    columns = {one.cell.column or one.source.column for one in node.gathered.all_rows} - {""}
    columns = columns or ({node.gathered.column} - {""})
    names = ", ".join(filter(None, (input_name(node, one, viewer) for one in sorted(columns))))
    relation = node.gathered.relation
    of_each = viewer.rows.get(relation) or viewer.sources.get(relation) or relation
    return say("rule_of_rows", viewer.language, rule=names, relation=of_each) if names else of_each


def input_name(node: Node, column: str | None, viewer: Viewer) -> str:
    """What a column among the inputs is called; of a hidden one, its rule."""
    if column is None:
        return ""
    for one in node.inputs:
        if one.cell.column == column:
            if one.is_hidden and (text := own_text(one)):
                return text
            return one.labels.get(viewer.language) if one.labels else _readers(column)
    return viewer.columns.get(column) or _readers(column)


def own_text(step: Node) -> str | None:
    """A hidden step's text; of a place in an order or a group its rule says it in words."""
    return None if step.order is not None or step.group is not None else step.text


def _readers(column: str) -> str:
    """A column's own name; what an expansion made has none that says anything."""
    return "" if "__" in column else column


def not_covered(window: Window, viewer: Viewer) -> Iterator[str]:
    """Which dataset is not complete for the days asked for."""
    for name, covered in window.covered:
        if covered is None:
            continue
        called = viewer.sources.get(name, name)
        if not covered:
            yield say("never_covered", viewer.language, dataset=called)
            continue
        plan = plan_of_results(name)
        if plan is not None:
            covered = since_it_began(name, covered)
        phrase = "not_covered" if plan is None else "results_unnamed"
        complete = "; ".join(interval(start, until, viewer) for start, until in covered)
        asked = interval(window.start, window.until, viewer)
        yield say(phrase, viewer.language, dataset=plan or called, complete=complete, asked=asked)
