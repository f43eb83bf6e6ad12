"""What belongs to a record: its budgets, linked records, counters, and what can be begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.records import access, selectors
from attain.apps.records.counting import Count
from attain.apps.records.kinds import book, kind_of
from attain.apps.records.models import Record, RecordLink
from attain.apps.records.showing import address
from attain.kinds.records import Kind
from attain.ui import formats

LINKED = 8
"""Records of one type that stand beside a record; the rest is in the list."""
OFFERED = 3
"""Kinds that can be begun with one press; more would fill the line."""


@dataclass(frozen=True, slots=True)
class Budget:
    """An allowance in words, with the shares of its bar."""

    label: str
    limit: str
    reserved: str
    spent: str
    left: str
    spent_share: str
    reserved_share: str

    @property
    def words(self) -> str:
        return _(
            "%(label)s: %(spent)s spent, %(reserved)s set aside, %(left)s left of %(limit)s"
        ) % {
            "label": self.label,
            "spent": self.spent,
            "reserved": self.reserved,
            "left": self.left,
            "limit": self.limit,
        }


@dataclass(frozen=True, slots=True)
class Linked:
    """A record at the other end of a link."""

    title: str
    url: str
    note: str
    state: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Linked records of one type."""

    label: str
    rows: Sequence[Linked]
    count: int
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    """A record that can be begun from here."""

    label: str
    icon: str
    url: str


def budget(kind: Kind, one: Any) -> Budget:
    declared = kind.type.allowances[one.name]
    amounts = {
        name: formats.money_minor(getattr(one, f"{name}_minor"), one.currency)
        for name in ("limit", "reserved", "spent", "left")
    }
    whole = max(one.limit_minor, one.reserved_minor + one.spent_minor, 1)

    def share(minor: int) -> str:
        return f"{Decimal(minor) * 100 / whole:.2f}"

    return Budget(
        label=declared.label.get(formats.language()) or one.name,
        spent_share=share(one.spent_minor),
        reserved_share=share(one.reserved_minor),
        **amounts,
    )


def counted(one: Count) -> dict[str, str]:
    value = one.value
    if value is None:
        text = formats.missing()
    elif one.currency:
        text = formats.money(value, one.currency)  # type: ignore[arg-type]
    elif one.unit == "ratio":
        text = formats.ratio(value)  # type: ignore[arg-type]
    elif isinstance(value, bool):
        text = pgettext("answer", "Yes") if value else pgettext("answer", "No")
    else:
        text = formats.number(value) if isinstance(value, Decimal) else str(value)
    return {
        "label": one.label.get(formats.language()),
        "value": text,
        "note": formats.period_name(one.period) if one.period else "",
        "url": one.url,
        "source": one.source.get(formats.language()),
    }


def links(record: Record, actor: Actor) -> list[LinkGroup]:
    """Records that name this one and that it names, by type, as far as the reader sees them."""
    linked = {
        *RecordLink.objects.filter(target=record).values_list("source_id", flat=True),
        *RecordLink.objects.filter(source=record).values_list("target_id", flat=True),
    } - {record.pk}
    there = Record.objects.filter(pk__in=linked).order_by()
    named = set(there.values_list("type__name", flat=True).distinct())
    found = []
    for name, kind in book().kinds.items():
        rows = selectors.visible(actor, name).filter(pk__in=linked) if name in named else None
        count = rows.count() if rows is not None else 0
        if rows is None or not count:
            continue
        label = (kind.type.plural_label if count > 1 else kind.label).get(formats.language())
        first = rows.select_related("type").order_by("-business_date", "-pk")[:LINKED]
        found.append(LinkGroup(label, [_linked(one) for one in first], count))
    return found


def _linked(one: Record) -> Linked:
    kind = kind_of(one)
    state = kind.cycle.state(one.state) if kind.type.states else None
    return Linked(
        title=one.title or one.number,
        url=address(one),
        note=f"{one.number} · {formats.day(one.business_date)}",
        state=state.label.get(formats.language()) if state else "",
        tone=state.tone.value if state else "neutral",
    )


def begin(record: Record, actor: Actor) -> list[Begin]:
    """Types whose records name this one by a field: a visit of this customer, a call."""
    own = kind_of(record).name
    found = []
    for name, kind in book().kinds.items():
        fields = [spec.name for spec in kind.open_fields if own in spec.of and not spec.is_computed]
        if not fields or name == own or not access.may_create(actor, kind):
            continue
        there = "quick" if fields[0] in kind.type.views.quick else "new"
        url = f"{reverse(f'records:{there}', args=[name])}?{fields[0]}={record.key}"
        label = kind.label.get(formats.language())
        found.append(Begin(label, kind.type.icon, f"{url}&from={address(record)}"))
    # What is written down on the way comes first.
    return sorted(found, key=lambda one: "quick" not in one.url)[:OFFERED]
