"""Outcomes in words: what a component is called, what its value is, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from attain.cli.language import language, said, say
from attain.cli.runs.names import Names
from attain.core import reasons
from attain.core.formats import show_number, show_value
from attain.core.schemas import Status
from attain.core.units import Type, Unit
from attain.core.values import from_minor
from attain.engine.primitives.model import Component, ComponentKind, ResolvedPlan
from attain.engine.provenance import Readers

MINUS: Final = "−"
"""The sign of negative amounts in documents."""


def status_word(status: str) -> str:
    """A status in the reader's language."""
    words = {
        Status.value: say("有数值", "value"),
        Status.no_data: say("暂无数据", "no data"),
        Status.not_applicable: say("不适用", "not applicable"),
        Status.not_eligible: say("不满足条件", "not eligible"),
        Status.withheld: say("暂缓", "withheld"),
    }
    return words[Status(status)]


def kind_word(kind: ComponentKind) -> str:
    """What a component is."""
    words = {
        ComponentKind.MEASURE: say("业绩量", "measure"),
        ComponentKind.FORMULA: say("公式", "formula"),
        ComponentKind.SCORE_ROW: say("计分项", "scorecard row"),
        ComponentKind.SCORE: say("得分", "score"),
        ComponentKind.GRADE: say("等级", "grade"),
        ComponentKind.COUNTER: say("累计", "counter"),
        ComponentKind.INCENTIVE: say("激励", "incentive"),
    }
    return words[kind]


class Wording:
    """How the outcomes of one plan are said."""

    def __init__(self, plan: ResolvedPlan, names: Names) -> None:
        self.plan = plan
        self.names = names
        self.components = {one.name: one for one in plan.components}
        labels = Counter(said(one.labels, one.name) for one in plan.components)
        self._readers = Readers(plan)
        self._shared = {label for label, count in labels.items() if count > 1}

    def component(self, name: str) -> Component | None:
        """The component of an outcome; a further part of its grain stands in brackets."""
        return self.components.get(name) or self.components.get(name.partition("[")[0])

    def label(self, name: str) -> str:
        """What a component is called, with the further parts of its grain."""
        if name in self.components:
            return self._own_label(self.components[name])
        bare, bracket, rest = name.partition("[")
        found = self.components.get(bare)
        return f"{self._own_label(found)}{bracket}{rest}" if found else name

    def _own_label(self, component: Component) -> str:
        """The label; where several have the same one, with what each of them is."""
        label = said(component.labels, component.name)
        if label not in self._shared:
            return label
        return say(
            "{label}（{kind}）", "{label} ({kind})", label=label, kind=kind_word(component.kind)
        )

    def type_of(self, name: str) -> Type | None:
        """The type of a component's values."""
        found = self.component(name)
        if found is None:
            return None
        return self.plan.relations[found.relation].columns[found.column].type

    def told(self, row: Mapping[str, Any]) -> Type:
        """The type by which readers are told an outcome: 3.5 and not 350 % where 3.5 is meant."""
        found = self.component(row["component"])
        if found is None:
            return Type(Unit(row["unit"]))
        return self._readers.type_of(found, row["value"])

    def value(self, row: Mapping[str, Any]) -> str:
        """The value of an outcome: ¥11,211.43, 113.5%, A; blank if there is none."""
        if row["status"] != Status.value:
            return ""
        type_ = self.told(row)
        if row["value"] is not None:
            return amount(row["value"], type_)
        text = row["text_value"] or ""
        if type_.unit is Unit.key:
            return self.names.code(text)
        if type_.unit is Unit.boolean:
            return show_value(text == "true", type_, language())
        return str(text)

    def state(self, row: Mapping[str, Any]) -> str:
        """Why there is no value; blank where there is one."""
        if row["status"] == Status.value:
            return ""
        word = status_word(row["status"])
        why = self.reason(row["reason"]) if row["reason"] else ""
        return f"{word}{say('：', ': ')}{why}" if why and why != word else word

    def reason(self, code: str) -> str:
        """A reason in words; the name of a column stands for its label."""
        name = code.partition(".")[2]
        for relation in self.plan.relations.values():
            column = relation.columns.get(name)
            if column is not None and column.labels:
                return said(column.labels)
        return reasons.sentence(code, language())


def amount(value: Decimal | Fraction | int, type_: Type) -> str:
    """A number in its unit, money with its currency: ¥11,211.43, −USD 5.00, 113.5%."""
    if type_.unit is not Unit.money:
        return show_value(value, type_, language()).replace("-", MINUS)
    return money(value, type_.currency or "CNY")


def money(value: Decimal | Fraction | int, currency: str) -> str:
    """An amount with its currency."""
    size = -value if value < 0 else value
    shown = show_value(size, Type(Unit.money, currency), language())
    sign = MINUS if value < 0 else ""
    return f"{sign}¥{shown}" if currency == "CNY" else f"{sign}{currency} {shown}"


def minor_money(minor: int, currency: str) -> str:
    """An amount in smallest units with its currency."""
    return money(from_minor(minor, currency), currency)


def figure(value: Decimal | Fraction | int) -> str:
    """A bare number."""
    return show_number(value).replace("-", MINUS)
