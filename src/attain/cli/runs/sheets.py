"""The standard relations of a run as tables for people: codes, labels, words for statuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from attain.cli.language import language, said, say
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.outcomes import Wording, status_word
from attain.cli.runs.tables import Row
from attain.core.errors import kind_of
from attain.core.schemas import RelationSchema, Status
from attain.core.units import Unit
from attain.core.values import from_minor
from attain.engine.primitives.model import ComponentKind
from attain.engine.standard import STANDARD

Cell = Any
"""What stands in a cell: a number, a date, a text, or None."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table for people."""

    title: str
    value: Callable[[Row], Cell]
    unit: Callable[[Row], Unit | None] = lambda _: None
    """The unit of a number, which says how a spreadsheet shows it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A relation as a table for people."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


_NUMBERS: Final[dict[str, Unit]] = {
    "weight": Unit.ratio,
    "score": Unit.points,
    "points": Unit.points,
}


def sheets(run: OpenRun) -> Iterator[Sheet]:
    """Every standard relation that the run has."""
    wording = Wording(run.plan, run.names)
    for name, schema in STANDARD.items():
        if run.folder.relation(name) is not None:
            columns = tuple(_columns(schema, wording))
            rows = _in_order(run.folder.rows(name), schema.grain)
            yield Sheet(name, said(schema.labels, name), columns, rows)


def _in_order(rows: Sequence[Row], grain: tuple[str, ...]) -> list[Row]:
    return sorted(rows, key=lambda row: [str(row.get(name)) for name in grain])


def _columns(schema: RelationSchema, wording: Wording) -> Iterator[Column]:
    for column in schema.columns:
        name, title = column.name, said(column.labels, column.name)
        match name:
            case "subject" | "participant":
                yield Column(title, _code(name, wording))
                yield Column(say("姓名", "Name"), _person(name, wording))
            case "component":
                yield Column(title, _plain(name))
                yield Column(say("名称", "Label"), _label(wording))
                yield Column(say("类别", "Kind"), _kind(wording))
            case "status":
                yield Column(title, lambda row: status_word(row["status"]))
            case "reason":
                yield Column(title, _reason(wording))
            case "value":
                yield Column(title, _plain(name), lambda row: wording.told(row).unit)
            case "text_value":
                yield Column(title, _text(wording))
            case "unit":
                yield Column(title, lambda row: unit_word(Unit(row["unit"])))
            case "line_key" | "key":
                yield Column(title, _keys_as_codes(name, wording))
            case "amount_minor":
                yield Column(say("金额", "Amount"), _amount, lambda _: Unit.money)
            case "code":
                yield Column(title, _plain(name))
                yield Column(say("说明", "Meaning"), _meaning)
            case _:
                yield Column(title, _plain(name), _unit_of(name))


def unit_word(unit: Unit) -> str:
    """A unit in the reader's language."""
    words = {
        Unit.money: say("金额", "money"),
        Unit.ratio: say("比率", "ratio"),
        Unit.count: say("数量", "count"),
        Unit.points: say("分", "points"),
        Unit.days: say("天", "days"),
        Unit.text: say("文字", "text"),
        Unit.date: say("日期", "date"),
        Unit.boolean: say("是否", "yes or no"),
        Unit.key: say("编号", "code"),
    }
    return words[unit]


def _unit_of(name: str) -> Callable[[Row], Unit | None]:
    return lambda _: _NUMBERS.get(name)


def _plain(name: str) -> Callable[[Row], Cell]:
    return lambda row: row.get(name)


def _keys_as_codes(name: str, wording: Wording) -> Callable[[Row], Cell]:
    """A text of several parts, opaque keys among them, with the codes of these."""
    return lambda row: "/".join(
        wording.names.code(part) for part in str(row[name] or "").split("/")
    )


def _code(name: str, wording: Wording) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else wording.names.code(row[name])


def _person(name: str, wording: Wording) -> Callable[[Row], Cell]:
    return lambda row: wording.names.people.get(row[name])


def _label(wording: Wording) -> Callable[[Row], Cell]:
    return lambda row: wording.label(row["component"])


def _kind(wording: Wording) -> Callable[[Row], Cell]:
    from attain.cli.runs.outcomes import kind_word

    def kind(row: Row) -> str:
        found = wording.component(row["component"])
        return kind_word(found.kind if found else ComponentKind.FORMULA)

    return kind


def _reason(wording: Wording) -> Callable[[Row], Cell]:
    return lambda row: wording.reason(row["reason"]) if row.get("reason") else None


def _text(wording: Wording) -> Callable[[Row], Cell]:
    def text(row: Row) -> str | None:
        shown = row["status"] == Status.value and row["value"] is None
        return wording.value(row) if shown else None

    return text


def _amount(row: Row) -> Decimal:
    return from_minor(row["amount_minor"], row["currency"])


def _meaning(row: Mapping[str, Any]) -> str:
    """The sentence of an issue's code, without values it does not have."""
    try:
        message = kind_of(str(row["code"])).message.get(language())
    except KeyError:
        return ""
    return message.replace("{", "").replace("}", "")
