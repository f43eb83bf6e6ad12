"""The sections of an explanation, in the order of the why panel.

Rule with its clause, values put in (or the condition that failed), band, rows with their
shares, file and line; then, for a missing value, where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from attain.core.units import Unit
from attain.engine.provenance.model import Cell, Earlier, Kind, Node, Status, Step, is_step_of
from attain.engine.provenance.rendering import decided, groups, reading, rows
from attain.engine.provenance.rendering.expressions import in_words, read_at, with_values
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.values import priced, shown
from attain.engine.provenance.rendering.viewing import Viewer


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
            asked = say("why_value", viewer.language, value=value)
    whose = [name_of(node, viewer), node.period_labels.get(viewer.language)]
    if node.subject is not None:
        whose.append(viewer.name(node.subject.key))
    elif row := tuple(one for one in node.called if one != node.period):
        whose.append(decided.key_text(row, viewer))
    return f"{asked} {' · '.join(whose)}"


def name_of(node: Node, viewer: Viewer) -> str:
    """What a column is called; a hidden step by its rule."""
    if node.labels:
        return node.labels.get(viewer.language)
    return rule_text(node, viewer) if _is_nameless(node) else node.cell.column


def _sections(node: Node, viewer: Viewer) -> Iterator[Outline]:
    for _, section in parts(node, viewer):
        yield section
    yield Outline(say("same", viewer.language), role="note")


def parts(node: Node, viewer: Viewer) -> Iterator[tuple[str, Outline]]:
    """The sections with what each is, so that a page may set one of them its own way."""
    yield "rule", _rule(node, viewer)
    if node.conditions:
        yield "conditions", decided.conditions(node.conditions, viewer)
    if values := list(_values(node, viewer)):
        yield "values", heading(say("values", viewer.language), values)
    if node.others:
        yield "others", decided.others(node.others, viewer)
    if node.expression is not None:
        for one in (node, *(step for step in _worked(node) if _is_step(step, node))):
            if one.expression is not None:
                yield from _each("table", reading.tables(one.expression, viewer))
    if node.order is not None:
        hidden = _hidden_input(node, node.order.column)
        if hidden is not None and hidden.expression is not None:
            yield from _each("table", reading.tables(hidden.expression, viewer))
    yield from _each("match", decided.matches(node.matches, viewer))
    if node.decisions:
        yield "decisions", decided.decisions(node, viewer)
    yield from _evidence(node, viewer)
    if node.status is Status.NO_DATA:
        yield from _each("missing", _missing(node, viewer))


def _evidence(node: Node, viewer: Viewer) -> Iterator[tuple[str, Outline]]:
    """The rows behind a number, its place among others, and where it stands in a file."""
    if node.gathered is not None:
        yield from _each("rows", rows.gathered(node, viewer))
    for one in _behind(node):
        if viewer.sees(one.subject):
            yield from _each(
                "behind", (_titled(one, said, viewer) for said in rows.gathered(one, viewer))
            )
    if node.order is not None:
        yield "order", rows.ordered(node, viewer)
    yield from _each("standing", rows.standings(node, viewer))
    if node.raters:
        yield "raters", groups.raters(node.raters, viewer)
    yield from _each("files", rows.files(node, viewer))


def _behind(node: Node) -> Iterator[Node]:
    """The sums a number reads that are steps of its own rule, with no page of their own."""
    for one in node.inputs:
        if one.gathered is not None and one.is_step and one.cell.key == node.cell.key:
            yield one
        elif _is_nameless(one):
            yield from _behind(one)


def _titled(node: Node, section: Outline, viewer: Viewer) -> Outline:
    return replace(section, text=f"{name_of(node, viewer)} · {section.text}")


def _each(name: str, found: Iterator[Outline]) -> Iterator[tuple[str, Outline]]:
    for one in found:
        yield name, one


def _rule(node: Node, viewer: Viewer) -> Outline:
    """The rule in the words of its columns, and the clause it comes from."""
    said = [rule_text(node, viewer)] if node.kind is not Kind.STORED else []
    said += [f"{_step_name(one, viewer)}: {rule_text(one, viewer)}" for one in _written(node)]
    plan = say("plan_only", viewer.language, plan=node.plan)
    if node.source:
        plan = say("clause", viewer.language, source=node.source, plan=node.plan)
    if node.line:
        plan = say("plan_line", viewer.language, said=plan, line=node.line)
    return heading(say("rule", viewer.language), [*said, plan])


def rule_text(node: Node, viewer: Viewer) -> str:
    """A rule in one line."""
    rounding = _rounding(node.expression, viewer) if node.expression is not None else ""
    text = _own_rule(node, viewer)
    return f"{text}, {rounding}" if rounding else text


def _own_rule(node: Node, viewer: Viewer) -> str:
    if node.gathered is not None and (node.form or "").startswith("counters/"):
        return say("rule_counter", viewer.language)
    if node.gathered is not None:
        aggregate = say(f"aggregate_{node.gathered.aggregate}", viewer.language)
        return f"{aggregate}: {rows.gathered_column(node, viewer)}"
    if node.order is not None and node.order.column is None:
        is_place = node.order.function == "position"
        return say("order_position" if is_place else "order_rows", viewer.language)
    if node.order is not None:
        column = _told(node, node.order.column, viewer)
        return say(f"order_{node.order.function}", viewer.language, column=column)
    if node.group is not None:
        columns = ", ".join(_told(node, one, viewer) for one in node.group.columns)
        return say(f"group_{node.group.function}", viewer.language, column=columns)
    if node.raters:
        return say("rule_raters", viewer.language)
    if node.kind is Kind.GATHER:
        # What raters gave is told with their groups.
        return name_of(node, viewer)
    if node.share is not None and len(node.inputs) > 1:
        pot, by = (name_of(one, viewer) for one in node.inputs[:2])
        phrase = "rule_share" if node.share.capacity is None else "rule_fill"
        return say(phrase, viewer.language, pot=pot, by=by)
    if node.expression is not None and _is_grade(node):
        return say("rule_grade", viewer.language)
    if node.expression is not None and _is_trued_up(node):
        to_date = next(one for one in _worked(node) if one.form == node.form)
        return say("rule_true_up", viewer.language, column=_step_name(to_date, viewer))
    if node.expression is not None:
        return in_words(node.expression, viewer, _names(node, viewer))
    return node.text or node.cell.column


def _is_grade(node: Node) -> bool:
    """A grade with quotas or gates: its form's conditions are told one by one beneath."""
    if node.is_step or node.type.unit is not Unit.text or not _of_grades(node):
        return False
    return any(_of_grades(one) for one in node.inputs)


def _of_grades(node: Node) -> bool:
    return (node.form or "").startswith("grades/")


def _is_trued_up(node: Node) -> bool:
    """The increase of what was earned to date, whose formula only its form needs."""
    is_form = (node.form or "").startswith("incentives/") and (node.form or "").endswith("/true_up")
    return is_form and any(one.form == node.form for one in _worked(node))


def _told(node: Node, column: str | None, viewer: Viewer) -> str:
    """What an input is called; of a hidden step without a text of its own, its rule."""
    hidden = _hidden_input(node, column)
    if hidden is None:
        return rows.input_name(node, column, viewer)
    rule = rule_text(hidden, viewer)
    return f"({rule})" if any(sign in rule for sign in (" + ", " − ")) else rule


def _hidden_input(node: Node, column: str | None) -> Node | None:
    """The hidden step a row is compared by, where the author gave it neither text nor name."""
    found = (one for one in node.inputs if one.cell.column == column)
    return next((one for one in found if _is_nameless(one) and not one.text), None)


def _names(node: Node, viewer: Viewer) -> dict[Cell, str]:
    """What hidden steps among the inputs are called: by their own rule."""
    return {one.cell: rule_text(one, viewer) for one in node.inputs if _is_nameless(one)}


def _is_nameless(node: Node) -> bool:
    return node.is_hidden and node.labels is None


def _values(node: Node, viewer: Viewer) -> Iterator[str]:
    """The calculation with numbers: first of the columns it reads, then its own."""
    if node.expression is not None and node.kind in (Kind.FORMULA, Kind.FOLD):
        for one in node.inputs:
            if one.earlier is not None and viewer.sees(one.subject):
                said = f"{name_of(one, viewer)} = {shown(one.value, one.type, viewer)}"
                yield f"{said} · {_earlier(one.earlier, viewer)}"
        for one in _worked(node):
            if viewer.sees(one.subject) and _says_more(one, viewer):
                yield _reasoned(f"{_step_name(one, viewer)} = {equation(one, viewer)}", one, viewer)
        if _says_more(node, viewer):
            yield _reasoned(f"{name_of(node, viewer)} = {equation(node, viewer)}", node, viewer)
        rounding = _rounding(node.expression, viewer)
        if rounding and node.status is Status.VALUE:
            yield f"{rounding} = {priced(node.value, node.type, viewer)}"
    elif node.order is not None:
        hidden = _hidden_input(node, node.order.column)
        if hidden is not None and hidden.expression is not None:
            yield equation(hidden, viewer)
    elif node.earlier is not None:
        yield _earlier(node.earlier, viewer)


def _earlier(earlier: Earlier, viewer: Viewer) -> str:
    """Where a value of the period before comes from, or why its start value stands in."""
    phrase = "earlier_start" if earlier.is_start else "earlier"
    phrase = "earlier_again" if earlier.is_again else phrase
    return say(phrase, viewer.language, period=earlier.period.get(viewer.language))


def _reasoned(line: str, node: Node, viewer: Viewer) -> str:
    """A value that a condition chose, with the condition and its numbers."""
    assert node.expression is not None
    step = _unrounded(node.expression)
    if step.what != "apply" or step.name != "if":
        return line
    gates = {one.cell for one in node.inputs if _is_step(one, node)}
    for condition in step.operands[:-1:2]:
        is_formal = condition.name == "is_applicable" or _names_key(condition)
        if condition.value is True and condition.cell not in gates and not is_formal:
            told = _condition(condition, viewer)
            return say("because", viewer.language, line=line, condition=told)
    return line


def _names_key(step: Step) -> bool:
    """Whether a condition asks who it is: its numbers say nothing."""
    return any(one.what == "reference" and one.type.unit is Unit.key for one in step.walk())


def _condition(step: Step, viewer: Viewer) -> str:
    """110% > 95%; by the names where it asks for what is true or false already."""
    is_asking = any(
        one.what == "reference" and one.type.unit is Unit.boolean for one in step.walk()
    )
    return in_words(step, viewer) if is_asking else with_values(step, viewer)


def _worked(node: Node) -> list[Node]:
    """The formulas among the inputs, each once; before an incentive's step what it is made of."""
    found: dict[Cell, Node] = {}
    for one in node.inputs:
        if one.expression is None or one.kind is not Kind.FORMULA:
            continue
        if is_step_of(one.form, node.form):
            found |= {step.cell: step for step in _worked(one) if _is_step(step, node)}
        found.setdefault(one.cell, one)
    return sorted(found.values(), key=_number)


def _number(node: Node) -> int:
    """Which step of an incentive it belongs to; what is no step comes first."""
    said = (node.form or "").split("/")
    return int(said[3]) if said[0] == "incentives" and said[2:3] == ["steps"] else -1


def _step_name(node: Node, viewer: Viewer) -> str:
    """What a step is called; a gate's name says that it was not met, which it may have been."""
    is_gate = node.type.unit is Unit.boolean and is_step_of(node.form, node.form)
    return say("condition", viewer.language) if is_gate else name_of(node, viewer)


def _is_step(one: Node, whole: Node) -> bool:
    return is_step_of(one.form, whole.form)


def _written(node: Node) -> list[Node]:
    """The steps of an incentive whose rule its author wrote: all that read no other step."""
    return [
        one
        for one in _worked(node)
        if _is_step(one, node) and not any(_is_step(below, one) for below in one.inputs)
    ]


def _says_more(node: Node, viewer: Viewer) -> bool:
    """False for a missing value without a calculation: its reason stands elsewhere."""
    return node.status is Status.VALUE or "=" in equation(node, viewer)


def equation(node: Node, viewer: Viewer) -> str:
    """862,417.60 ÷ 760,000.00 = 113.476%; of a rounded column before it is rounded."""
    assert node.expression is not None
    exact = _unrounded(node.expression)
    left, right = with_values(exact, viewer), shown(exact.value, exact.type, viewer)
    if left == f"“{right}”":
        return right
    if left == right:
        left = read_at(exact, viewer) or right
    return right if left == right else f"{left} = {right}"


def _unrounded(step: Step) -> Step:
    while step.what in ("round", "narrow"):
        step = step.operands[0]
    return step


def _rounding(step: Step, viewer: Viewer) -> str:
    while step.what == "narrow":
        step = step.operands[0]
    return say(f"round_{step.mode}", viewer.language, step=step.name) if step.mode else ""


def _missing(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """From a missing value down to what is missing."""
    said = [f"{name_of(node, viewer)}: {shown(node.value, node.type, viewer)}"]
    for one in node.blame:
        if one.labels is not None:
            said.append(one.labels.get(viewer.language))
        elif not one.is_hidden:
            said.append(one.cell.column)
    window = node.gathered.window if node.gathered is not None else None
    if window is not None and not window.is_covered:
        said.extend(rows.not_covered(window, viewer))
    yield heading(say("missing_way", viewer.language), said)
