"""A calculation with its numbers put in, one line for each step."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.reasons import is_no_data
from attain.core.units import Unit
from attain.engine.provenance.belonging import is_for_whom, is_row_of, is_step_of
from attain.engine.provenance.model import Cell, Earlier, Kind, Node, Status, Step
from attain.engine.provenance.rendering.decided import key_text
from attain.engine.provenance.rendering.expressions import (
    read_at,
    unrounded,
    with_values,
)
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.reasons import reasoned
from attain.engine.provenance.rendering.rows import less_before
from attain.engine.provenance.rendering.rules import (
    hidden_input,
    is_step,
    is_trued_up,
    name_of,
    rounding_of,
    step_name,
    worked,
)
from attain.engine.provenance.rendering.values import is_single, priced, shown, shown_within
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent


def values(node: Node, viewer: Viewer) -> Iterator[str]:
    """The calculation with numbers: first of the columns it reads, then its own."""
    if node.expression is not None and node.kind in (Kind.FORMULA, Kind.FOLD):
        yield from _calculated(node, node.expression, viewer)
    elif node.order is not None:
        hidden = hidden_input(node, node.order.column)
        if hidden is not None and hidden.expression is not None:
            yield from _steps_of(hidden, viewer)
            yield equation(hidden, viewer)
        if (difference := less_before(node, viewer)) is not None:
            yield f"{difference} = {shown(node.order.rows[-1].so_far, node.type, viewer)}"
    elif node.earlier is not None:
        yield _earlier(node.earlier, viewer)


def _steps_of(node: Node, viewer: Viewer) -> Iterator[str]:
    """The steps behind what an incentive increases, as of the deal that money came in for."""
    for one in worked(node):
        is_step_here = is_step_of(one.form, node.form) and viewer.sees(one.subject)
        if is_step_here and "=" in equation(one, viewer):
            yield _input(one, None, viewer)


def _calculated(node: Node, expression: Step, viewer: Viewer) -> Iterator[str]:
    before = list(_from_earlier(node, viewer))
    told = [
        one
        for one in worked(node)
        if viewer.sees(one.subject) and _says_more(one, viewer) and not is_for_whom(one.form)
    ]
    names = _told_apart(told, viewer)
    inputs = [
        said
        for one in told
        for said in _of_row(one, viewer) or [_input(one, names.get(one.cell), viewer)]
    ]
    # What was earned to date comes before what it was by the period before.
    yield from (*inputs, *before) if is_trued_up(node) else (*before, *inputs)
    rounding = rounding_of(expression, viewer) if node.status is Status.VALUE else ""
    is_said = bool(rounding and inputs) and "=" not in equation(node, viewer)
    if _says_more(node, viewer) and not is_said:
        yield _reasoned(line(node, name_of(node, viewer), viewer), node, viewer)
    if rounding:
        yield f"{rounding} = {priced(node.value, node.type, viewer)}"


def _told_apart(nodes: list[Node], viewer: Viewer) -> dict[Cell, str]:
    """Of inputs with one name from several rows, the name with whose each is: 团队比例（A）."""
    keys: dict[str, set[object]] = {}
    for one in nodes:
        keys.setdefault(step_name(one, viewer), set()).add((one.cell.relation, one.cell.key))
    found: dict[Cell, str] = {}
    for one in nodes:
        row = tuple(part for part in one.called if part != one.period)
        name = step_name(one, viewer)
        if len(keys[name]) > 1 and row:
            said = key_text(row, viewer)
            found[one.cell] = say("name_of_row", viewer.language, name=name, row=said)
    return found


def _input(one: Node, name: str | None, viewer: Viewer) -> str:
    return _reasoned(input_line(one, name or step_name(one, viewer), viewer), one, viewer)


def _of_row(counted: Node, viewer: Viewer) -> list[str]:
    """What counts of a scorecard's row, with the points worked out; before it the mean of its rows.

    Nothing where a row that does not count, or that is no calculation, gives no more to tell.
    """
    points = _handed_on(counted)
    if points is None or "=" not in equation(points, viewer):
        return []
    means = [one for one in worked(points) if is_row_of(one.form, points.form)]
    lines = [_input(one, None, viewer) for one in means if viewer.sees(one.subject)]
    return [*lines, input_line(points, step_name(counted, viewer), viewer)]


def _handed_on(counted: Node) -> Node | None:
    """The points or the score of the same row that is counted as it is."""
    step = counted.expression
    while step is not None and step.what != "reference":
        asked = [one for one in (*step.operands[1::2], *step.operands[-1:]) if one.was_asked]
        below = asked if step.what == "apply" and step.name == "if" else step.operands[:1]
        step = below[0] if below else None
    if step is None:
        return None
    found = (one for one in counted.inputs if one.cell == step.cell and one.expression is not None)
    return next((one for one in found if is_row_of(one.form, counted.form)), None)


def _from_earlier(node: Node, viewer: Viewer) -> Iterator[str]:
    """Values of the period before that a calculation starts from."""
    for one in node.inputs:
        if one.earlier is not None and viewer.sees(one.subject):
            said = f"{name_of(one, viewer)} = {shown(one.value, one.type, viewer)}"
            yield f"{said} · {_earlier(one.earlier, viewer)}"


def line(node: Node, name: str, viewer: Viewer) -> str:
    """A name with its calculation; of a yes or no, and of none of both, with what was asked."""
    said = equation(node, viewer)
    if node.type.unit is not Unit.boolean:
        return f"{name} = {said}"
    assert node.expression is not None
    answer = _comes_to(unrounded(node.expression), viewer)
    asked = said.removesuffix(answer).removesuffix(" = ")
    phrase = "answer" if asked else "answer_only"
    return say(phrase, viewer.language, name=name, what=asked, answer=answer)


def input_line(node: Node, name: str, viewer: Viewer) -> str:
    """The line of an input; of one that is rounded with what it is afterwards, if another."""
    assert node.expression is not None
    text = line(node, name, viewer)
    rounding = rounding_of(node.expression, viewer)
    if not rounding or unrounded(node.expression).value == node.value:
        return text
    value = shown(node.value, node.type, viewer)
    return say("then_rounded", viewer.language, line=text, rounding=rounding, value=value)


def _earlier(earlier: Earlier, viewer: Viewer) -> str:
    """Where a value of the period before comes from, or why its start value stands in."""
    phrase = "earlier_start" if earlier.is_start else "earlier"
    phrase = "earlier_again" if earlier.is_again else phrase
    return say(phrase, viewer.language, period=earlier.period.get(viewer.language))


def _reasoned(line: str, node: Node, viewer: Viewer) -> str:
    """A value that a condition chose, with the condition and its numbers."""
    assert node.expression is not None
    if is_trued_up(node):
        return line
    gates = {one.cell for one in node.inputs if is_step(one, node) and one.cell is not None}
    return reasoned(line, node.expression, viewer, gates)


def _says_more(node: Node, viewer: Viewer) -> bool:
    """False for a missing value without a calculation: its reason stands elsewhere."""
    return node.status is Status.VALUE or "=" in equation(node, viewer)


def equation(node: Node, viewer: Viewer) -> str:
    """862,417.60 ÷ 760,000.00 = 113.476%; of a rounded column before it is rounded."""
    assert node.expression is not None
    exact = unrounded(node.expression)
    left, right = with_values(exact, viewer), _comes_to(exact, viewer)
    left = right if left == f"“{right}”" else left
    if _is_read(exact):
        return right
    if left == right:
        left = read_at(exact, viewer) or right
    # A single value in another unit, as a target stands among others, is the same.
    return right if left == right or is_single(left) else f"{left} = {right}"


def _comes_to(step: Step, viewer: Viewer) -> str:
    """A value; why there is none, unless an operand handed that on: then it is told below."""
    value = step.value
    if isinstance(value, Absent) and is_no_data(value.reason):
        handed_on = any(one is not step and one.value == value for one in step.walk())
        return (shown_within if handed_on else shown)(value, step.type, viewer)
    return shown(value, step.type, viewer)


def _is_read(step: Step) -> bool:
    """Whether a step is somewhere else's value: it is the same there, in whatever unit."""
    return step.what == "reference" or (
        step.name == "-" and len(step.operands) == 1 and step.value == 0
    )
