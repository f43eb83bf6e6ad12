"""Outcomes in words, in both languages: what a component is called, why there is no value."""

from __future__ import annotations

from collections import Counter
from typing import Final

from attain.core.labels import Labels, labels
from attain.core.reasons import sentence
from attain.engine.primitives.model import Component, ComponentKind, ResolvedPlan

KINDS: Final = {
    ComponentKind.MEASURE: labels("业绩量", "measure"),
    ComponentKind.FORMULA: labels("公式", "formula"),
    ComponentKind.SCORE_ROW: labels("计分项", "scorecard row"),
    ComponentKind.SCORE: labels("得分", "score"),
    ComponentKind.GRADE: labels("等级", "grade"),
    ComponentKind.COUNTER: labels("累计", "counter"),
    ComponentKind.INCENTIVE: labels("激励", "incentive"),
}


def component_of(plan: ResolvedPlan, name: str) -> Component | None:
    """The component of an outcome; a further part of its grain stands in brackets."""
    known = {one.name: one for one in plan.components}
    return known.get(name) or known.get(name.partition("[")[0])


def component_label(plan: ResolvedPlan, name: str) -> Labels:
    """What an outcome is called, with the further parts of its grain.

    Where several components have one label, each is told with what it is.
    """
    found = component_of(plan, name)
    if found is None:
        return labels(name, name)
    own = _label(found)
    if Counter(_label(one) for one in plan.components)[own] > 1:
        kind = KINDS[found.kind]
        own = labels(f"{own.zh}（{kind.zh}）", f"{own.en} ({kind.en})")
    rest = "" if found.name == name else name[len(found.name) :]
    return labels(f"{own.zh}{rest}", f"{own.en}{rest}")


def _label(component: Component) -> Labels:
    named = component.labels
    zh = (named.get("zh-Hans") if named else "") or component.name
    return labels(zh, (named.get("en") if named else "") or component.name)


def reason_text(plan: ResolvedPlan, code: str) -> Labels:
    """A reason in words; the name of a column stands for its label."""
    name = code.partition(".")[2]
    for relation in plan.relations.values():
        column = relation.columns.get(name)
        if column is not None and column.labels:
            return column.labels
    return labels(sentence(code, "zh-Hans"), sentence(code, "en"))
