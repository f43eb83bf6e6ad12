"""Records of a kind as a list: the one filter grammar over what its type declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Person, Unit
from attain.apps.people.selectors import EVERYONE, Scope
from attain.apps.records import narrowing, selectors
from attain.apps.records.columns import OVERDUE, SOON, columns_of, spans_of
from attain.apps.records.kinds import book
from attain.apps.records.models import Record, RecordValue
from attain.apps.records.naming import Naming
from attain.kinds.records import Kind
from attain.kinds.records.fields import FieldType
from attain.ui import formats
from attain.ui.tables.columns import Column
from attain.ui.tables.query import Filter, Query
from attain.ui.tables.sources import Page

ME: Final = "me"
"""Stands for the reader in conditions on people: a shared filter means whoever uses it."""
_KEYED: Final = {"owner": Person, "subject": Person, "author": Person, "unit": Unit}
_BATCH: Final = 2000


class RecordTable:
    """The records of a kind that an actor may see, as `attain.ui.tables` asks for them."""

    def __init__(
        self,
        kind: Kind,
        actor: Actor,
        rows: QuerySet[Record] | None = None,
        within: Scope = EVERYONE,
    ) -> None:
        """`rows` instead of all the actor may see; `within` narrows them to some people."""
        self.kind = kind
        self.within = within
        self.actor = actor
        self.name = f"records-{kind.name}"
        self.label = kind.type.plural_label.get(formats.language())
        self._rows = rows
        self._naming = Naming(actor)
        self._columns = columns_of(kind, actor, self._naming)

    def key(self, row: Record) -> str:
        """What a form gets when a row is chosen: the record and its version that was seen."""
        return f"{row.number}@{row.version}"

    def columns(self, actor: Any) -> tuple[Column, ...]:
        """The columns there are for the reader."""
        return self._columns

    def page(self, actor: Any, query: Query) -> Page:
        """One page, with the number of all rows and their sums; only its rows are loaded."""
        found = self.matching(query)
        rows = narrowing.page(
            found, self.kind, self._sort(query), (query.page - 1) * query.size, query.size
        )
        self.learn(rows)
        return Page(rows, narrowing.count(found), self._sums(found), query)

    def every(self, actor: Any, query: Query) -> tuple[int, Iterable[Record]]:
        """All matching rows in order, read piece by piece, for an export."""
        found = self.matching(query)
        return narrowing.count(found), self._pieces(
            narrowing.every(found, self.kind, self._sort(query))
        )

    def _pieces(self, rows: Iterable[Record]) -> Iterator[Record]:
        piece: list[Record] = []
        for row in rows:
            piece.append(row)
            if len(piece) == _BATCH:
                yield from self._learned(piece)
                piece = []
        yield from self._learned(piece)

    def _learned(self, piece: list[Record]) -> list[Record]:
        self.learn(piece)
        return piece

    def learn(self, rows: Sequence[Record]) -> None:
        """Ask for the names of everything these rows mean."""
        self._naming.learn(rows, self.kind.fields)

    def matching(self, query: Query) -> QuerySet[Record]:
        """What a question finds among what the actor may see."""
        found = self._rows
        if found is None:
            found = self._visible()
        for condition in query.filters:
            found = self._narrowed(found, condition)
        return narrowing.search(found, self.kind, query.search) if query.search else found

    def overdue(self) -> QuerySet[Record]:
        """Open records whose earliest day has passed."""
        return self._visible().filter(self._deadline(OVERDUE))

    def _visible(self) -> QuerySet[Record]:
        rows = selectors.visible(self.actor, self.kind.name)
        return selectors.concerning(rows, self.within)

    def _sort(self, query: Query) -> list[tuple[str, bool]]:
        if query.sort:
            return [(column.name, down) for column, down in query.sort]
        known = {column.name for column in self._columns if column.sortable}
        declared = self.kind.type.views.list.sort
        name = declared.removeprefix("-")
        return [(name, declared.startswith("-"))] if name in known else [("business_date", True)]

    def _sums(self, found: QuerySet[Record]) -> dict[str, Decimal | None]:
        names = [column.name for column in self._columns if column.total]
        return narrowing.sums(found, self.kind, names) if names else {}

    def _narrowed(self, rows: QuerySet[Record], condition: Filter) -> QuerySet[Record]:
        name, operator = condition.column.name, condition.operator
        if name == "deadline":
            return _by(rows, condition, self._deadline)
        if name == "dated":
            return _by(rows, condition, self._dated)
        spec = self.kind.fields.get(name)
        keyed = name in _KEYED or (spec is not None and spec.type in _LOOKED_UP)
        if keyed and operator != "is":
            return self._by_key(rows, condition)
        return narrowing.narrow(rows, self.kind, name, operator, condition.values)

    def _deadline(self, word: str) -> Q:
        today = self.actor.today
        day = {
            OVERDUE: Q(due_on__lt=today),
            "today": Q(due_on=today),
            "soon": Q(due_on__gt=today, due_on__lte=today + SOON),
            "later": Q(due_on__gt=today + SOON),
        }[word]
        return day & Q(is_final=False)

    def _dated(self, word: str) -> Q:
        start, end = spans_of(self.actor.today)[word]
        return Q(business_date__gte=start, business_date__lt=end)

    def _by_key(self, rows: QuerySet[Record], condition: Filter) -> QuerySet[Record]:
        """People, units and records are asked for by code, name or number."""
        name = condition.column.name
        keys = self._keys(name, condition)
        if name in _KEYED:
            fitting = Q(**{f"{name}__in": keys})
        else:
            values = RecordValue.objects.filter(
                type__name=self.kind.name, field=name, text__in=keys
            )
            fitting = Q(pk__in=values.values("record"))
        return rows.exclude(fitting) if condition.operator == "ne" else rows.filter(fitting)

    def _keys(self, name: str, condition: Filter) -> Any:
        """The keys that a condition means, as a question of its own."""
        words = [str(word).strip() for word in condition.values]
        spec = self.kind.fields.get(name)
        if name not in _KEYED and spec is not None and spec.type is FieldType.record:
            return self._records(spec.of, words, part=condition.operator == "has")
        is_unit = name == "unit" or (spec is not None and spec.type is FieldType.unit)
        model: Any = Unit if is_unit else Person
        meant = Q(pk__in=words) | Q(code__in=words) | Q(name__in=words) | Q(name_en__in=words)
        if condition.operator == "has":
            meant = Q(search__contains=words[0].lower())
        elif ME in words and not is_unit:
            meant |= Q(pk=self.actor.person)
        return model.objects.filter(meant).values("pk")

    def _records(self, of: Sequence[str], words: list[str], *, part: bool) -> QuerySet[Any]:
        """Records a field may mean, among those the actor may see: others cannot be guessed."""
        meant = Q(search__contains=words[0].lower())
        if not part:
            meant = Q(number__in=words) | Q(key__in=words) | Q(title__in=words)
        seen = Q(pk__in=())
        for name in of:
            if name in book().kinds:
                fitting = selectors.visible(self.actor, name).filter(meant)
                seen |= Q(pk__in=fitting.order_by().values("pk"))
        return Record.objects.filter(seen).values("key")


_LOOKED_UP: Final = frozenset({FieldType.person, FieldType.unit, FieldType.record})


def _by(rows: QuerySet[Record], condition: Filter, meaning: Any) -> QuerySet[Record]:
    """Narrow by words that stand for days; every record has a date, not every one is due."""
    is_due = condition.column.name == "deadline"
    if condition.operator == "is":
        there = Q(due_on__isnull=False, is_final=False) if is_due else Q()
        return rows.exclude(there) if condition.values[0] == "missing" else rows.filter(there)
    fitting = Q(pk__in=())
    for word in condition.values:
        fitting |= meaning(word)
    return rows.exclude(fitting) if condition.operator == "ne" else rows.filter(fitting)
