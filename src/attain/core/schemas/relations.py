"""Relations: what a run writes, with the standard ones that every run has."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attain.core.documents import Declared
from attain.core.labels import Labels, labels
from attain.core.units import COUNT, DATE, TEXT, Type, Unit


def why_column(name: str) -> str:
    """The companion of a column that may be missing: NULL for a value, else a reason code."""
    return f"{name}__why"


class RelationColumn(Declared):
    """One calculated column."""

    name: str
    type: Type
    labels: Labels = Labels()


class RelationSchema(Declared):
    """One calculated relation: its grain (the columns that tell rows apart) and its columns."""

    name: str
    grain: tuple[str, ...]
    columns: tuple[RelationColumn, ...]
    labels: Labels = Labels()
    subject: str | None = None
    """The column with whose numbers these are; rows are read by people only through it."""
    period: str | None = None
    """The column that tells in which period a row lies; rows are written and digested by it."""

    def column(self, name: str) -> RelationColumn:
        """
        :raises KeyError: a column it does not have.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def stored(self) -> tuple[tuple[str, Type], ...]:
        """Names and types as written: each column that may be missing with its reason."""
        pairs: list[tuple[str, Type]] = []
        for column in self.columns:
            pairs.append((column.name, column.type))
            if column.type.may_be_missing:
                pairs.append((why_column(column.name), TEXT.missing()))
        return tuple(pairs)


class Status(StrEnum):
    """What became of one component of one member; everyone has exactly one."""

    value = "value"
    not_applicable = "not_applicable"
    not_eligible = "not_eligible"
    no_data = "no_data"
    withheld = "withheld"


def _column(name: str, type_: Type, zh: str, en: str) -> RelationColumn:
    return RelationColumn(name=name, type=type_, labels=labels(zh, en))


OUTCOMES: Final = RelationSchema(
    name="outcomes",
    labels=labels("结果", "Outcomes"),
    grain=("subject", "period", "component", "subject_kind"),
    subject="subject",
    period="period",
    columns=(
        _column("subject_kind", TEXT, "对象类型", "Kind of subject"),
        _column("subject", Type(Unit.key), "对象", "Subject"),
        _column("component", TEXT, "项目", "Component"),
        _column("period", TEXT, "期间", "Period"),
        _column("status", TEXT, "状态", "Status"),
        _column("value", Type(Unit.ratio), "数值", "Value"),
        _column("text_value", TEXT, "文字", "Text"),
        _column("unit", TEXT, "单位", "Unit"),
        _column("reason", TEXT, "原因", "Reason"),
    ),
)
"""One row per member and component. `value` keeps 18 decimals of any unit; here the status
and the reason say what is missing, so no companion column does."""

LINES: Final = RelationSchema(
    name="lines",
    labels=labels("激励明细", "Incentive lines"),
    grain=("line_key",),
    subject="participant",
    period="earned",
    columns=(
        _column("line_key", TEXT, "明细编号", "Line key"),
        _column("participant", Type(Unit.key, kind="people"), "参与人", "Participant"),
        _column("component", TEXT, "项目", "Component"),
        _column("earned", TEXT, "归属期间", "Earned in"),
        _column("amount_minor", COUNT, "金额（最小单位）", "Amount in minor units"),
        _column("currency", TEXT, "币种", "Currency"),
        _column("pay_on", DATE, "支付日", "Pay on"),
    ),
)
"""What is to be paid, in whole smallest units; the key never names the run."""

STANDARD_RELATIONS: Final = {relation.name: relation for relation in (OUTCOMES, LINES)}
