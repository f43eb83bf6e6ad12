"""The relations every run has besides its own: their shape, the same for every plan."""

from __future__ import annotations

from typing import Final

from attain.core.labels import labels
from attain.core.schemas.relations import LINES, OUTCOMES, RelationColumn, RelationSchema
from attain.core.units import POINTS, RATIO, TEXT, Type, Unit

_SUBJECT: Final = Type(Unit.key)


def _column(name: str, type_: Type, zh: str, en: str) -> RelationColumn:
    return RelationColumn(name=name, type=type_, labels=labels(zh, en))


_WHO_AND_WHEN: Final = (
    _column("subject", _SUBJECT, "对象", "Subject"),
    _column("period", TEXT, "期间", "Period"),
    _column("component", TEXT, "项目", "Component"),
)
_WHAT_BECAME: Final = (
    _column("status", TEXT, "状态", "Status"),
    _column("reason", TEXT, "原因", "Reason"),
)

SCORES: Final = RelationSchema(
    name="scores",
    labels=labels("得分", "Scores"),
    grain=("subject", "period", "component"),
    subject="subject",
    period="period",
    columns=(
        *_WHO_AND_WHEN,
        _column("card", TEXT, "计分卡", "Scorecard"),
        _column("row", TEXT, "行", "Row"),
        _column("parent", TEXT, "上级行", "Parent row"),
        _column("weight", RATIO, "权重", "Weight"),
        _column("score", POINTS, "得分", "Score"),
        _column("points", POINTS, "加权得分", "Weighted points"),
        *_WHAT_BECAME,
    ),
)
"""One row per row of a scorecard and per score: weight, score before it, points after it."""

GRADES: Final = RelationSchema(
    name="grades",
    labels=labels("等级", "Grades"),
    grain=("subject", "period", "component"),
    subject="subject",
    period="period",
    columns=(*_WHO_AND_WHEN, _column("grade", TEXT, "等级", "Grade"), *_WHAT_BECAME),
)
"""One row per member and grade."""

ISSUES: Final = RelationSchema(
    name="issues",
    labels=labels("问题", "Issues"),
    grain=("code", "name", "relation", "key"),
    subject="subject",
    period="period",
    columns=(
        _column("code", TEXT, "代码", "Code"),
        _column("name", TEXT, "名称", "Name"),
        _column("relation", TEXT, "表", "Relation"),
        _column("key", TEXT, "行", "Row"),
        _column("subject", _SUBJECT, "对象", "Subject"),
        _column("period", TEXT, "期间", "Period"),
        _column("value", RATIO, "数值", "Value"),
    ),
)
"""What does not hold, row by row: checks of the plan that failed, lines that cannot be paid, facts
that count for nobody. `value` is the amount at stake, at 18 decimals of any unit."""

STANDARD: Final = {one.name: one for one in (OUTCOMES, LINES, SCORES, GRADES, ISSUES)}
"""Every run has all five, empty where the plan says nothing of the kind."""
