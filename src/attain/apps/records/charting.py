"""The charts a type declares above its list: counts and sums by state, month, person or choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.people.selectors import name_of
from attain.apps.records.models import Record
from attain.kinds.records import Kind
from attain.kinds.records.fields import NUMBERS, FieldSpec, FieldType
from attain.kinds.records.views import Chart as Declared
from attain.ui import formats

BARS_MAX: Final = 12
"""Bars of people, units and choices; the others are left out and said so."""
_FORMATS: Final = {FieldType.money: "money", FieldType.ratio: "ratio"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as its template draws it."""

    title: str
    """Its finding."""
    label: str
    unit: str
    format: str
    currency: str
    data: dict[str, Any]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One category with its figure."""

    name: str
    value: Decimal


def charts(kind: Kind, rows: QuerySet[Record], actor: Actor) -> list[Drawn]:
    """Every chart of a kind over some of its records; charts of closed fields there are none."""
    drawable = [one for one in kind.type.views.charts if _is_open(kind, one)]
    return [_drawn(kind, one, rows, actor) for one in drawable]


def _is_open(kind: Kind, chart: Declared) -> bool:
    named = [kind.fields.get(name) for name in (chart.by, chart.sum) if name]
    return all(spec is None or spec.confidential is None for spec in named)


def _drawn(kind: Kind, chart: Declared, rows: QuerySet[Record], actor: Actor) -> Drawn:
    spec = kind.fields.get(chart.sum) if chart.sum else None
    bars = _bars(kind, chart, spec, rows, actor)
    shown = bars[-BARS_MAX:] if chart.by == "month" else bars[:BARS_MAX]
    label = chart.label.get(formats.language()) or _usual_label(
        kind, chart, spec, formats.language()
    )
    return Drawn(
        title=_finding(shown, spec) or label,
        label=label,
        unit=_unit(spec),
        format=_FORMATS.get(spec.type, "number") if spec else "number",
        currency=(spec.currency or "") if spec else "",
        data={
            "categories": [one.name for one in shown],
            "series": [
                {"name": label, "values": [str(one.value) for one in shown], "role": "subject"}
            ],
        },
        left_out=len(bars) - len(shown),
    )


def _unit(spec: FieldSpec | None) -> str:
    return (spec.currency or "") if spec else pgettext("unit of a chart", "records")


def _usual_label(kind: Kind, chart: Declared, spec: FieldSpec | None, language: str) -> str:
    what = spec.label.get(language) if spec else kind.type.plural_label.get(language)
    by = {
        "state": pgettext("chart", "by state"),
        "month": pgettext("chart", "by month"),
        "owner": pgettext("chart", "by owner"),
        "unit": pgettext("chart", "by unit"),
    }.get(chart.by)
    if by is None:
        by = pgettext("chart", "by %s") % kind.fields[chart.by].label.get(language)
    return f"{what} · {by}"


def _finding(bars: list[Bar], spec: FieldSpec | None) -> str:
    """The largest one, said with its figure; nothing where none stands out."""
    if not bars:
        return ""
    top = max(bars, key=lambda one: one.value)
    if not top.value or sum(one.value == top.value for one in bars) > 1:
        return ""
    return _("%(name)s leads with %(figure)s") % {
        "name": top.name,
        "figure": short(top.value, spec),
    }


def figure(value: Decimal | int, spec: FieldSpec | None) -> str:
    """A sum or a count in words."""
    if spec is not None and spec.type is FieldType.money:
        return formats.money(Decimal(value), spec.currency or "CNY")
    return formats.number(Decimal(value))


def short(value: Decimal | int, spec: FieldSpec | None) -> str:
    """A sum or a count as an overview says it: ¥2,116.9万."""
    if spec is not None and spec.type is FieldType.money:
        return formats.money_short(Decimal(value), spec.currency or "CNY")
    said = figure(value, spec)
    return said if spec else f"{said} {pgettext('unit of a chart', 'records')}"


def _bars(
    kind: Kind, chart: Declared, spec: FieldSpec | None, rows: QuerySet[Record], actor: Actor
) -> list[Bar]:
    category, key = _category(kind, chart.by)
    found = category(rows.order_by())
    if spec is None or spec.type not in NUMBERS:
        counted = found.values(key).annotate(figure=Count("pk", distinct=True))
        scale = 0
    else:
        of_field = FilteredRelation("values", condition=Q(values__field=spec.name))
        counted = found.annotate(summed=of_field).values(key)
        counted = counted.annotate(figure=Sum("summed__number"))
        scale = spec.accepted_scale
    bars = {
        row[key]: Decimal(row["figure"] or 0).scaleb(-scale)
        for row in counted.order_by(key)
        if row[key] not in (None, "")
    }
    names = _names(kind, chart.by, list(bars), actor)
    listed = [Bar(names[value], amount) for value, amount in bars.items()]
    if chart.by == "state":
        order = {one.name: place for place, one in enumerate(kind.cycle.states)}
        return [
            Bar(names[value], bars[value])
            for value in sorted(bars, key=lambda value: order.get(value, len(order)))
        ]
    return listed if chart.by == "month" else sorted(listed, key=lambda one: -one.value)


def _category(kind: Kind, by: str) -> tuple[Callable[[QuerySet[Record]], QuerySet[Record]], str]:
    """How rows get their category, and by which name it is then asked for."""
    if by == "month":
        return lambda rows: rows.annotate(category=TruncMonth("business_date")), "category"
    if by in kind.fields:
        relation = FilteredRelation("values", condition=Q(values__field=by))
        return (
            lambda rows: rows.annotate(chosen=relation).annotate(category=F("chosen__text")),
            "category",
        )
    return lambda rows: rows, by


def _names(kind: Kind, by: str, values: list[Any], actor: Actor) -> dict[Any, str]:
    language = formats.language()
    if by == "month":
        return {value: formats.period_name(f"{value:%Y-%m}") for value in values}
    if by == "state":
        known = {one.name: one.label.get(language) for one in kind.cycle.states}
    elif by in kind.fields:
        known = {key: words.get(language) for key, words in kind.fields[by].choices.items()}
    else:
        known = {key: name.get(language) for key, name in name_of(values).items()}
    return {value: known.get(value, str(value)) for value in values}
