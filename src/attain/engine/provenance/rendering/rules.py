"""What a number is called, and its rule in one line."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attain.core.labels import ENGLISH, Labels
from attain.core.units import Unit
from attain.engine.provenance.belonging import is_for_whom, is_step_of
from attain.engine.provenance.model import Cell, Kind, Node, Step
from attain.engine.provenance.rendering import rows
from attain.engine.provenance.rendering.expressions import in_words
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.viewing import Viewer

_LAST: Final = 1_000
"""After every step of an incentive."""


def name_of(node: Node, viewer: Viewer) -> str:
    """What a column is called; a hidden step by its rule."""
    if node.labels:
        return _label(node, node.labels, viewer)
    return rule_text(node, viewer) if is_nameless(node) else node.cell.column


def _label(node: Node, labels: Labels, viewer: Viewer) -> str:
    """A label; a gate's says that it was not met, and the number is whether it was."""
    label = labels.get(viewer.language)
    is_gate = node.type.unit is Unit.boolean and (node.form or "").startswith("incentives/")
    return say("gate_of", viewer.language, name=label) if is_gate else label


def rule_text(node: Node, viewer: Viewer) -> str:
    """A rule in one line."""
    rounding = rounding_of(node.expression, viewer) if node.expression is not None else ""
    text = _own_rule(node, viewer)
    if not rounding:
        return text
    return say("rule_rounded", viewer.language, rule=text, rounding=rounding)


def _own_rule(node: Node, viewer: Viewer) -> str:
    if (hidden := _hidden_state(node, viewer)) is not None:
        return hidden
    if node.gathered is not None:
        return _gathering(node, viewer)
    if node.order is not None and node.order.column is None:
        is_place = node.order.function == "position"
        return say("order_position" if is_place else "order_rows", viewer.language)
    if node.order is not None:
        column = _told(node, node.order.column, viewer)
        return say(f"order_{node.order.function}", viewer.language, column=column)
    if node.group is not None:
        between = ", " if viewer.language == ENGLISH else "、"
        columns = between.join(_told(node, one, viewer) for one in node.group.columns)
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
    if node.share is not None:
        # The last level that is explained: what it is made of is not asked about.
        pot = (node.text or node.cell.column).removeprefix("share_out: ")
        return say("rule_part", viewer.language, pot=pot)
    if node.expression is not None:
        return _formula(node, node.expression, viewer)
    return _untold(node, viewer)


def _untold(node: Node, viewer: Viewer) -> str:
    """A rule of which the parts are not told; a form's own name for one says nothing to anybody."""
    text = node.text or node.cell.column
    is_inner = node.form is not None and text.isidentifier()
    return _label(node, node.labels, viewer) if is_inner and node.labels else text


def _formula(node: Node, expression: Step, viewer: Viewer) -> str:
    """A formula in words; of a form that is known by its name what the form does."""
    if _is_grade(node):
        return say("rule_grade", viewer.language)
    if is_trued_up(node):
        to_date = next(one for one in worked(node) if one.form == node.form)
        return say("rule_true_up", viewer.language, column=step_name(to_date, viewer))
    return in_words(expression, viewer, names_of(node, viewer))


def _hidden_state(node: Node, viewer: Viewer) -> str | None:
    """What a state is called that the author never named."""
    if node.kind is Kind.PRIOR and "__" in (node.text or ""):
        return say("prior_hidden", viewer.language)
    summed = _running(node) if node.kind is Kind.FOLD else None
    return None if summed is None else say("order_before", viewer.language, column=summed)


def _running(node: Node) -> str | None:
    """Of a hidden state that only adds up a column of the rows before, that column."""
    step = node.expression
    while step is not None and step.what == "narrow":
        step = step.operands[0]
    if step is None or step.what != "operate" or step.name != "+" or not is_nameless(node):
        return None
    names = [one.name for one in step.operands if one.row == "previous"]
    others = [name for name in names if name != node.cell.column]
    return others[0] if len(names) == 2 and len(others) == 1 else None


def _gathering(node: Node, viewer: Viewer) -> str:
    """What is added up or counted, from which rows, and what is asked of them."""
    gathered = node.gathered
    assert gathered is not None
    if (node.form or "").startswith("counters/"):
        return say("rule_counter", viewer.language)
    aggregate = say(f"aggregate_{gathered.aggregate}", viewer.language)
    text = f"{aggregate}: {rows.gathered_column(node, viewer)}"
    step = next((one.step for one in gathered.rows if one.step is not None), None)
    if step is not None and step.what != "constant":
        text = f"{aggregate}: {in_words(step, viewer)}"
        of_each = {**viewer.sources, **viewer.rows}.get(gathered.relation, gathered.relation)
        text = say("rule_of_rows", viewer.language, rule=text, relation=of_each)
    if gathered.where is None or gathered.untold:
        return text
    condition = in_words(gathered.where, viewer)
    return say("rule_where", viewer.language, rule=text, condition=condition)


def _is_grade(node: Node) -> bool:
    """A grade with quotas or gates: its form's conditions are told one by one beneath."""
    if node.is_step or node.type.unit is not Unit.text or not _of_grades(node):
        return False
    return any(_of_grades(one) for one in node.inputs)


def _of_grades(node: Node) -> bool:
    return (node.form or "").startswith("grades/")


def is_trued_up(node: Node) -> bool:
    """The increase of what was earned to date, whose formula only its form needs."""
    is_form = (node.form or "").startswith("incentives/") and (node.form or "").endswith("/true_up")
    return is_form and any(one.form == node.form for one in worked(node))


def _told(node: Node, column: str | None, viewer: Viewer) -> str:
    """What an input is called; of a hidden step without a text of its own, its rule."""
    hidden = hidden_input(node, column)
    if hidden is None:
        return rows.input_name(node, column, viewer)
    rule = rule_text(hidden, viewer)
    is_long = any(sign in rule for sign in (" + ", " − ", " × ", " ÷ ", ", ", "，"))
    return f"({rule})" if is_long and node.order is not None else rule


def hidden_input(node: Node, column: str | None) -> Node | None:
    """The hidden step a row is compared by, where the author gave it neither text nor name."""
    found = (one for one in node.inputs if one.cell.column == column)
    return next((one for one in found if is_nameless(one) and not rows.own_text(one)), None)


def names_of(node: Node, viewer: Viewer) -> dict[Cell, str]:
    """What hidden steps among the inputs are called: by their own rule.

    So is what says to whom a card applies: its name is what the others are told.
    """
    by_rule = (one for one in node.inputs if is_nameless(one) or is_for_whom(one.form))
    return {one.cell: rule_text(one, viewer) for one in by_rule}


def is_nameless(node: Node) -> bool:
    return node.is_hidden and node.labels is None


def worked(node: Node) -> list[Node]:
    """The formulas among the inputs, each once; before an incentive's step what it is made of."""
    found: dict[Cell, Node] = {}
    for one in node.inputs:
        if one.expression is None or one.kind is not Kind.FORMULA:
            continue
        if is_step_of(one.form, node.form):
            found |= {step.cell: step for step in worked(one) if is_step(step, node)}
        found.setdefault(one.cell, one)
    return sorted(found.values(), key=_number)


def _number(node: Node) -> int:
    """Which step of an incentive it belongs to; what is no step comes first."""
    said = (node.form or "").split("/")
    if said[0] == "incentives" and said[2:3] == ["true_up"]:
        return _LAST
    return int(said[3]) if said[0] == "incentives" and said[2:3] == ["steps"] else -1


def step_name(node: Node, viewer: Viewer) -> str:
    """What a step is called; a gate's name says that it was not met, which it may have been."""
    is_gate = node.type.unit is Unit.boolean and is_step_of(node.form, node.form)
    return say("condition", viewer.language) if is_gate else name_of(node, viewer)


def is_step(one: Node, whole: Node) -> bool:
    return is_step_of(one.form, whole.form)


def written(node: Node) -> list[Node]:
    """The steps of an incentive whose rule its author wrote: all that read no other step."""
    return [
        one
        for one in worked(node)
        if is_step(one, node)
        and not any(is_step(below, one) and not below.is_hidden for below in one.inputs)
    ]


def rounding_of(step: Step, viewer: Viewer) -> str:
    while step.what == "narrow":
        step = step.operands[0]
    if not step.mode:
        return ""
    to = step.name
    if step.type.unit is Unit.ratio and Decimal(to) < 1:
        # As the ratio itself is shown: 4.2857%, to 0.0001%.
        to = f"{(Decimal(to) * 100).normalize():f}%"
    return say(f"round_{step.mode}", viewer.language, step=to)
