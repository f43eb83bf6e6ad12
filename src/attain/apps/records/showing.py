"""What a record says, in the reader's words: one place for pages, prints, forms and its past.

Confidential values never come here: a field that is kept apart is told as closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.files.models import StoredFile
from attain.apps.people.selectors import Name, name_of
from attain.apps.records import selectors
from attain.apps.records.models import Record
from attain.kinds.records.fields import CHOOSING, FILES, KEYS, NUMBERS, FieldSpec, FieldType
from attain.ui import formats

WIDE: Final = frozenset({FieldType.long_text, FieldType.table, *FILES})
"""Fields that take the whole width of a page."""
_ADDABLE: Final = (FieldType.count, FieldType.days)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a value names: a record, a file."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table inside a record, in words."""

    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    """The totals below, "" where a column has none; empty where there are no numbers."""

    @property
    def titles(self) -> list[tuple[str, bool]]:
        """Heads, each with whether figures stand below it."""
        return list(zip(self.heads, self.numeric, strict=True))

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Rows of cells, each with whether it is a figure."""
        return [list(zip(row, self.numeric, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value as a page shows it."""

    name: str
    label: str
    type: str
    text: str = ""
    """"" where it says nothing."""
    parts: tuple[Part, ...] = ()
    rows: Rows | None = None
    is_wide: bool = False
    is_secret: bool = False
    purpose: str = ""
    """For a closed field: what it may be read for."""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.parts or self.rows or self.is_secret)


class Teller:
    """Names of people, units, records and files, asked once for everything on a page.

    A record that the reader may not see is told by its number, without title and link.
    """

    def __init__(self, actor: Actor, keys: Iterable[str], files: Iterable[str] = ()) -> None:
        wanted = {key for key in keys if key}
        self._names: Mapping[str, Name] = name_of(wanted)
        others = wanted - set(self._names)
        self._records = {one.key: one for one in _records(others)}
        self._visible = _visible(actor, self._records.values())
        self._files = {str(one.pk): one for one in StoredFile.objects.filter(pk__in=set(files))}

    def name(self, key: str) -> str:
        """A person or unit by its name; what is not known by its key."""
        found = self._names.get(key)
        return found.get(formats.language()) if found else key

    def code(self, key: str) -> str:
        """The code of a person or unit."""
        found = self._names.get(key)
        return found.code if found else ""

    def record(self, key: str) -> Part:
        """A record by its title, with its page; by number alone where it is not the reader's."""
        found = self._records.get(key)
        if found is None:
            return Part(key)
        if found.key not in self._visible:
            return Part(found.number)
        return Part(found.title or found.number, address(found), found.number)

    def file(self, key: str) -> Part:
        """A file by its name."""
        found = self._files.get(str(key))
        if found is None:
            return Part(pgettext("file", "Removed"))
        return Part(found.name, reverse("files:download", args=[found.pk]), size_of(found.size))


def address(record: Record) -> str:
    """The page of a record."""
    return reverse("records:record", args=[record.type.name, record.number])


def _records(keys: Iterable[str]) -> list[Record]:
    wanted = list(keys)
    return list(Record.objects.filter(key__in=wanted).select_related("type")) if wanted else []


def _visible(actor: Actor, records: Iterable[Record]) -> frozenset[str]:
    by_type: dict[str, list[str]] = {}
    for one in records:
        by_type.setdefault(one.type.name, []).append(one.key)
    found: set[str] = set()
    for kind, keys in by_type.items():
        seen = selectors.visible(actor, kind).filter(key__in=keys)
        found.update(seen.values_list("key", flat=True))
    return frozenset(found)


def user_name(user: User) -> str:
    """What a user is called in the reader's language."""
    own = user.name if formats.is_chinese() else user.name_en
    return own or user.name or user.username


def size_of(size: int) -> str:
    """How large a file is: 412 kB, 3.1 MB."""
    if size < 1_000_000:
        return f"{max(1, -(-size // 1000))} kB"
    return f"{formats.number(Decimal(size) / 1_000_000, 1)} MB"


# ------------------------------------------------------------------------------- what is named


def keys_in(fields: Iterable[FieldSpec], values: Mapping[str, Any]) -> set[str]:
    """The keys of all people, units and records that some values name."""
    return set(_keys(fields, values))


def _keys(fields: Iterable[FieldSpec], values: Mapping[str, Any]) -> Iterator[str]:
    for spec in fields:
        value = values.get(spec.name)
        if not value:
            continue
        if spec.type in KEYS:
            yield str(value)
        elif spec.type is FieldType.table:
            for row in value:
                yield from _keys(spec.fields.values(), row)


def files_in(fields: Iterable[FieldSpec], values: Mapping[str, Any]) -> set[str]:
    """The files that some values name."""
    found: set[str] = set()
    for spec in fields:
        if spec.type in FILES:
            found.update(listed(values.get(spec.name)))
    return found


def listed(value: Any) -> list[str]:
    """Several values, however they were kept: a list, one text, or parts joined by `;`."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [part for part in value.split(";") if part]
    return [str(part) for part in value] if isinstance(value, Iterable) else [str(value)]


# -------------------------------------------------------------------------------- in words


def text_of(spec: FieldSpec, value: Any, teller: Teller) -> str:
    """A value in one line of words; "" where it says nothing."""
    if value is None or value == "":
        return ""
    if spec.type in NUMBERS:
        return number_text(spec, value)
    if spec.type in CHOOSING:
        return pgettext("list", ", ").join(choice_text(spec, one) for one in listed(value))
    match spec.type:
        case FieldType.date:
            return formats.day(value) if isinstance(value, date) else str(value)
        case FieldType.boolean:
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        case FieldType.person | FieldType.unit:
            return teller.name(str(value))
        case FieldType.record:
            return teller.record(str(value)).text
        case FieldType.file | FieldType.files:
            return pgettext("list", ", ").join(teller.file(one).text for one in listed(value))
        case FieldType.table:
            return formats.count(len(value))
    return str(value)


def number_text(spec: FieldSpec, value: Any) -> str:
    """A figure with its unit."""
    if not isinstance(value, Decimal | int):
        return str(value)
    match spec.type:
        case FieldType.money:
            return formats.money(value, spec.currency or "CNY")
        case FieldType.ratio:
            return f"{formats.number(value * 100)}%"
        case FieldType.points:
            return formats.number(value)
        case FieldType.days:
            return pgettext("length", "%(days)s days") % {"days": formats.number(value)}
    return formats.number(value)


def choice_text(spec: FieldSpec, value: str) -> str:
    """The label of a choice; its id where it is declared no longer."""
    found = spec.choices.get(value)
    return found.get(formats.language()) if found else value


def label_of(spec: FieldSpec) -> str:
    """What a field is called for this reader."""
    return spec.label.get(formats.language())


def shown(spec: FieldSpec, value: Any, teller: Teller) -> Shown:
    """A field with its value for a page."""
    head = partial(Shown, spec.name, label_of(spec), spec.type.value)
    if spec.confidential:
        purpose = spec.confidential.purpose.get(formats.language())
        return head(is_secret=True, purpose=purpose)
    wide = spec.type in WIDE or (spec.type is FieldType.text and len(str(value or "")) > 60)
    if spec.type is FieldType.table:
        return head(rows=rows_of(spec, value, teller) if value else None, is_wide=True)
    if spec.type in FILES:
        return head(parts=tuple(teller.file(one) for one in listed(value)), is_wide=True)
    if spec.type is FieldType.record and value:
        return head(parts=(teller.record(str(value)),))
    return head(text=text_of(spec, value, teller), is_wide=wide)


def rows_of(spec: FieldSpec, value: Sequence[Mapping[str, Any]], teller: Teller) -> Rows:
    """The rows of a table, with the totals of its amounts and counts."""
    columns = [one for one in spec.fields.values() if not one.confidential]
    numeric = tuple(one.type in NUMBERS for one in columns)
    rows = tuple(tuple(text_of(one, row.get(one.name), teller) for one in columns) for row in value)
    added = summed(spec)
    sums = tuple(_sum(one, value) if one.name in added else "" for one in columns)
    return Rows(tuple(label_of(one) for one in columns), numeric, rows, sums if any(sums) else ())


def summed(table: FieldSpec) -> frozenset[str]:
    """The columns whose total means something: amounts that are worked out, else the only figure.

    Unit prices are not added up.
    """
    money = [one for one in table.fields.values() if one.type is FieldType.money]
    worked_out = frozenset(one.name for one in money if one.is_computed)
    if worked_out or len(money) > 1:
        return worked_out
    plain = [one for one in table.fields.values() if one.type in _ADDABLE]
    only = money or (plain if len(plain) == 1 else [])
    return frozenset(one.name for one in only)


def _sum(spec: FieldSpec, rows: Sequence[Mapping[str, Any]]) -> str:
    given = [row[spec.name] for row in rows if isinstance(row.get(spec.name), Decimal | int)]
    return number_text(spec, sum(given, Decimal(0))) if given else ""
