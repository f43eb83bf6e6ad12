"""What follows from values that are not saved yet: what is shown, what is computed, what is first.

A form asks here while somebody types, and again when it is sent: one judge for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.records.framing import frame_of, scope_of
from attain.apps.records.models import Record
from attain.apps.records.showing import Teller, keys_in, number_text, summed, text_of
from attain.kinds.records import Kind
from attain.kinds.records import values as exact
from attain.kinds.records.fields import NUMBERS, FieldSpec, FieldType


@dataclass(frozen=True, slots=True)
class Judged:
    """What a form looks like with the values that stand in it."""

    hidden: frozenset[str] = frozenset()
    """Fields whose condition does not hold."""
    closed_sections: frozenset[str] = frozenset()
    """Sections, by their number, that are not asked for."""
    computed: Mapping[str, str] = field(default_factory=dict)
    """Computed fields in words, cells as `costs.2.share`, totals as `sum(costs.amount)`."""


def judge(
    kind: Kind, values: Mapping[str, Any], actor: Actor, record: Record | None = None
) -> Judged:
    """Judge conditions and work out computed fields as if these values were saved."""
    given = {name: one for name, one in values.items() if name in kind.fields}
    scope = scope_of_values(kind, given, actor, record)
    hidden = {name for name in kind.fields if not kind.is_shown(name, scope)}
    closed = set()
    for number, section in enumerate(kind.type.views.form):
        if not kind.is_section_shown(number, scope):
            closed.add(str(number))
            hidden.update(section.fields)
    return Judged(frozenset(hidden), frozenset(closed), dict(_computed(kind, scope, actor)))


def scope_of_values(
    kind: Kind, values: Mapping[str, Any], actor: Actor, record: Record | None
) -> dict[str, Any]:
    """Everything the expressions of a type speak of, for values that are not saved."""
    about = record or _unwritten(kind, actor)
    return scope_of(about, actor.today, kind=kind, values=values)


def first_values(kind: Kind, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values a new record begins with: what is given, and the defaults."""
    about = _unwritten(kind, actor)
    frame = frame_of(about, actor.today, kind=kind, values=given)
    return kind.complete(given, frame.known())


def _unwritten(kind: Kind, actor: Actor) -> Record:
    """A record as it would begin now, not saved."""
    own = dict.fromkeys(("owner", "author", "subject"), actor.person)
    days = dict.fromkeys(("business_date", "entered_on", "created_on"), actor.today)
    return Record(state=kind.cycle.start, **own, **days)


def _computed(kind: Kind, scope: Mapping[str, Any], actor: Actor) -> Iterator[tuple[str, str]]:
    teller = Teller(actor, keys_in((one for one in kind.open_fields if one.is_computed), scope))
    for spec in kind.open_fields:
        if spec.is_computed:
            yield spec.name, text_of(spec, scope.get(spec.name), teller)
        elif spec.type is FieldType.table:
            yield from _cells(spec, scope.get(spec.name) or (), teller)


def _cells(spec: FieldSpec, rows: Any, teller: Teller) -> Iterator[tuple[str, str]]:
    for n, row in enumerate(rows):
        for column in spec.fields.values():
            if column.is_computed:
                yield (
                    f"{spec.name}.{n}.{column.name}",
                    text_of(column, row.get(column.name), teller),
                )
    for name in summed(spec):
        column = spec.fields[name]
        cells = [row.get(name) for row in rows]
        given = [one for one in cells if isinstance(one, Decimal)]
        total = number_text(column, sum(given, Decimal(0))) if given else ""
        yield f"sum({spec.name}.{name})", total


# ------------------------------------------------------------------- between text and value


def read_text(spec: FieldSpec, text: str) -> Any:
    """The value of what was typed into a field of a form.

    :raises AttainError: the codes of numbers, dates and choices.
    """
    if spec.type is FieldType.ratio and text.strip() and not text.strip().endswith(("%", "‰")):
        # The form shows and takes percent: its sign stands behind the field.
        text = f"{text.strip()}%"
    return exact.read(spec, text)


def typed_text(spec: FieldSpec, value: Any) -> str:
    """A value as it would be typed into a form."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if spec.type is FieldType.ratio and isinstance(value, Decimal):
        return plain(value * 100)
    if spec.type in NUMBERS and isinstance(value, Decimal):
        return format(value, "f") if spec.type is FieldType.money else plain(value)
    return str(value)


def plain(value: Decimal) -> str:
    """A figure without needless zeros: 13.40 → 13.4, 100 → 100."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
