"""Filters and tags for every page: `{% load ui %}`."""

from __future__ import annotations

import json
import secrets
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from attain.core.errors import Severity, render
from attain.core.labels import Labels
from attain.ui import attaining, formats
from attain.ui.attaining import Thresholds
from attain.ui.code import CodeLine, code_lines
from attain.ui.diffs import DiffRow, diff_rows

register = template.Library()

_NAMED_ICON = (
    '<svg class="at-icon" width="{}" height="{}" role="img" aria-label="{}"><use href="{}"/></svg>'
)

register.filter("count", formats.count)
register.filter("day_table", formats.day_table)
register.filter("moment_table", formats.moment_table)
register.filter("period_name", formats.period_name)
register.filter("month_short", formats.month_short)
register.filter("person_name", formats.person_name)
register.filter("initials", formats.initials)
register.filter("ratio_difference", formats.ratio_difference)
register.simple_tag(formats.missing, name="missing")


@register.filter
def number(value: Any, places: Any = None) -> str:
    """{{ rows|number }} with all decimals, {{ share|number:2 }} with two."""
    return formats.number(value, None if places in (None, "") else int(places))


@register.filter
def money(value: Any, currency: str = "CNY") -> str:
    """{{ amount|money:"CNY" }} → ¥11,211.43"""
    return formats.money(value, currency or "CNY")


@register.filter
def money_signed(value: Any, currency: str = "CNY") -> str:
    """A change: +¥2,034.49, −¥203.45."""
    return formats.money(value, currency or "CNY", signed=True)


@register.filter
def money_coded(value: Any, currency: str = "CNY") -> str:
    """Where several currencies meet: CNY 11,211.43"""
    return formats.money(value, currency or "CNY", coded=True)


@register.filter
def amount_minor(value: Any, currency: str = "CNY") -> str:
    """{{ line.amount_minor|amount_minor:line.currency }} → ¥11,211.43"""
    return formats.money_minor(value, currency or "CNY")


@register.filter
def money_short(value: Any, currency: str = "CNY") -> str:
    """For overviews: ¥1,156.3万, ¥11.56M"""
    return formats.money_short(value, currency or "CNY")


@register.filter
def ratio(value: Any, places: Any = 1) -> str:
    """{{ 1.13476|ratio }} → 113.5%; {{ value|ratio:3 }} in a why panel."""
    return formats.ratio(value, int(places))


@register.filter
def points(value: Any, places: Any = 2) -> str:
    """A score with at most two decimals."""
    return formats.points(value, int(places))


@register.filter
def day(value: Any, style: str = "") -> str:
    """{{ date|day }} in full, {{ date|day:"short" }} without the year."""
    return formats.day(value, style == "short")


@register.filter
def named_day(value: Any, style: str = "") -> str:
    """{{ date|named_day }} with the day of the week; {{ date|named_day:"short" }}."""
    return formats.named_day(value, style == "short")


@register.filter
def moment(value: Any, style: str = "") -> str:
    """{{ at|moment }}, {{ at|moment:"short" }}"""
    return formats.moment(value, style == "short")


@register.filter
def label(value: Any) -> Any:
    """Names that come from data, in the reader's language."""
    return value.get(formats.language()) if isinstance(value, Labels) else value


@register.filter
def percent_of(value: Any, whole: Any = 1) -> str:
    """A share of a whole for the length of a bar: 0 to 100, cut there."""
    try:
        share = Decimal(str(value)) / Decimal(str(whole)) * 100
    except (InvalidOperation, ZeroDivisionError):
        return "0"
    # Down, so that a bar that is not full never looks full.
    shown = min(max(share, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"), ROUND_DOWN)
    return str(shown)


@register.filter
def get(value: Any, key: Any) -> Any:
    """A mapping's entry."""
    return value.get(key) if value else None


@register.simple_tag
def icon(name: str, size: int = 18, title: str = "") -> SafeString:
    """{% icon "search" %}: a picture of the sprite; hidden from readers unless it has a title."""
    address = f"{_sprite()}#{name}"
    if title:
        return format_html(_NAMED_ICON, size, size, title, address)
    return format_html(
        '<svg class="at-icon" width="{}" height="{}" aria-hidden="true"><use href="{}"/></svg>',
        size, size, address,
    )  # fmt: skip


def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
def json_text(value: Any) -> str:
    """Data for a module, escaped as any text; put it into a <template>, which shows nothing.

    Not into a script element: those are taken out of the fragments that HTMX brings.
    """
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


@register.simple_tag
def styled_input(field: Any) -> SafeString:
    """A bound field's input with our class, and marked where it is wrong."""
    kind = getattr(field, "widget_type", "")
    classes = ["at-input", *(["at-input-number"] if kind in ("number", "decimal") else [])]
    extra = {"class": " ".join([field.field.widget.attrs.get("class", ""), *classes]).strip()}
    if field.errors:
        extra["aria-invalid"] = "true"
        extra["aria-describedby"] = f"{field.auto_id}-error"
    return field.as_widget(attrs=extra)


@register.simple_tag
def unique_id(prefix: str = "u") -> str:
    """A name no other element has, neither of this page nor of a fragment that comes later."""
    return f"{prefix}-{secrets.token_hex(4)}"


@register.simple_tag
def diff_of(old: str, new: str, context: int = 3) -> tuple[DiffRow, ...]:
    """{% diff_of old new as rows %}"""
    return diff_rows(old or "", new or "", int(context))


@register.simple_tag
def lines_of(text: str, first: Any = 1, hits: Any = (), problems: Any = ()) -> tuple[CodeLine, ...]:
    """{% lines_of text as lines %}; hits and problems are line numbers."""
    return code_lines(text or "", int(first or 1), _numbers(hits), _numbers(problems))


def _numbers(given: Any) -> list[int]:
    if isinstance(given, str):
        return [int(part) for part in given.split(",") if part.strip()]
    return [given] if isinstance(given, int) else list(given or ())


@register.simple_tag
def tone_of(value: Any, thresholds: Thresholds | None = None) -> str:
    """{% tone_of ratio as tone %}: good, near, low or none."""
    return attaining.tone_of(value, thresholds or attaining.USUAL)


@register.simple_tag
def spark_bars(values: Any) -> list[dict[str, Any]]:
    """The bars of a sparkline in a field of 100 × 24; a missing value is a frame of its own."""
    found = [None if value is None else max(Decimal(str(value)), Decimal(0)) for value in values]
    top = max((value for value in found if value is not None), default=Decimal(0)) or Decimal(1)
    step = Decimal(100) / max(len(found), 1)
    bars = []
    for index, value in enumerate(found):
        height = Decimal(24) if value is None else max(value / top * 24, Decimal(1))
        bars.append(
            {
                "x": f"{step * index:.2f}",
                "width": f"{step * Decimal('0.74'):.2f}",
                "y": f"{24 - height:.2f}",
                "height": f"{height:.2f}",
                "none": value is None,
            }
        )
    return bars


@register.simple_tag
def told_problems(problems: Any) -> list[dict[str, Any]]:
    """Coded problems in the reader's words, the gravest first."""
    order = {Severity.error: 0, Severity.warning: 1, Severity.note: 2}
    found = []
    for each in sorted(problems or (), key=lambda one: order[one.severity]):
        said = render(each, formats.language())
        found.append(
            {
                "code": each.code,
                "severity": each.severity.value,
                "message": said.message,
                "why": said.why,
                "remedy": said.remedy,
                "place": said.place,
                "line": each.where.line if each.where else None,
            }
        )
    return found


@register.simple_tag
def chart_rows(data: Any, style: str = "number", currency: str = "") -> list[tuple[Any, list[str]]]:
    """The table twin of a chart: each category with its values in words."""
    series = (data or {}).get("series", ())
    categories = (data or {}).get("categories", ())
    return [
        (category, [_chart_value(each["values"], index, style, currency) for each in series])
        for index, category in enumerate(categories)
    ]


def _chart_value(values: Any, index: int, style: str, currency: str) -> str:
    value = values[index] if index < len(values) else None
    if value is None:
        return formats.missing()
    exact = Decimal(str(value))
    if style == "money":
        return formats.money(exact, currency or "CNY")
    return formats.ratio(exact) if style == "ratio" else formats.number(exact)
