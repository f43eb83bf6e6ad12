"""Forms made from a declaration: what is shown, what was typed, and what is wrong with it.

Everything typed comes back as it was typed, whatever is wrong. Values are read once, by the
one parser of records; what is computed or hidden is never taken from the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from attain.apps.accounts.actors import Actor
from attain.apps.files import services as files
from attain.apps.files.models import StoredFile
from attain.apps.records import picking
from attain.apps.records.entries import Entry, Part
from attain.apps.records.services.filing import PURPOSE
from attain.apps.records.showing import listed
from attain.apps.records.working import judge, read_text, typed_text
from attain.core.errors import AttainError, Problem, render
from attain.kinds.records import Kind
from attain.kinds.records.fields import CHOOSING, FILES, KEYS, FieldType
from attain.ui import formats

TYPED: Final = "~"
"""Ends the name of what was typed into a field whose value is a key."""
ROWS_MAX: Final = 500
BLANK: Final = "__n__"
"""Stands for the number of a row in the empty one that a page copies."""

_ROW: Final = re.compile(r"(?P<table>\w+)\.(?P<n>\d{1,6})\.(?P<column>\w+)~?")


class RecordForm:
    """The form of a kind of record, for a new one, an existing one, or some of its fields."""

    def __init__(
        self,
        kind: Kind,
        actor: Actor,
        *,
        now: Mapping[str, Any],
        names: Sequence[str] | None = None,
        record: Any = None,
        closed: Iterable[str] = (),
    ) -> None:
        """`now` are the values to begin with; `names` the fields, all of them if not said;
        `closed` are confidential ones that the actor does not fill in."""
        self.kind, self.actor, self.record = kind, actor, record
        self.now = dict(now)
        self.values: dict[str, Any] = {}
        self.read_values: dict[str, Any] = {}
        self.general: list[Problem] = []
        self.version = str(record.version) if record else ""
        self.is_bound = False
        hidden = set(closed)
        wanted = [one for one in names or form_fields(kind) if one in kind.fields]
        self._entries = {
            name: Entry(kind.fields[name], name) for name in wanted if name not in hidden
        }
        for entry in self._entries.values():
            self._fill(entry, self.now.get(entry.spec.name))
        self._judge({**self.now})

    # ---- what stands in it

    @property
    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def entry(self, name: str) -> Entry | None:
        return self._entries.get(name)

    @property
    def parts(self) -> list[Part]:
        """The sections as declared; what they leave out comes last."""
        used: set[str] = set()
        found = []
        for index, section in enumerate(self.kind.type.views.form):
            entries = [self._entries[one] for one in section.fields if one in self._entries]
            used.update(section.fields)
            if entries:
                title = section.section.get(formats.language())
                is_shown = str(index) not in self._closed_sections
                found.append(Part(str(index), title, entries, is_shown))
        rest = [one for name, one in self._entries.items() if name not in used]
        return [*found, Part("rest", "", rest)] if rest else found

    @property
    def has_errors(self) -> bool:
        return bool(self.general) or any(True for _one in self._wrong())

    def _wrong(self) -> Iterator[Entry]:
        for entry in self._entries.values():
            cells = [cell for _n, row in entry.rows for cell in row]
            yield from (one for one in (entry, *cells) if one.errors)

    def _fill(self, entry: Entry, value: Any) -> None:
        spec = entry.spec
        if spec.type is FieldType.table:
            entry.blank = self._cells(entry, BLANK)
            rows: list[Mapping[str, Any]] = list(value or ())
            while len(rows) < max(1, spec.min_rows):
                rows.append({})
            entry.rows = [(n, self._cells(entry, str(n), row)) for n, row in enumerate(rows)]
        elif spec.type in FILES:
            entry.files = list(StoredFile.objects.filter(pk__in=listed(value)))
        elif spec.type in KEYS:
            entry.key = str(value or "")
            entry.text = picking.title_of(self.actor, spec, entry.key)
        elif spec.type in CHOOSING:
            entry.chosen = tuple(listed(value))
        else:
            entry.text = typed_text(spec, value)

    def _cells(self, table: Entry, n: str, row: Mapping[str, Any] | None = None) -> list[Entry]:
        found = []
        for spec in table.spec.fields.values():
            cell = Entry(spec, f"{table.name}.{n}.{spec.name}", is_plain=True)
            self._fill(cell, (row or {}).get(spec.name))
            found.append(cell)
        return found

    def _judge(self, values: Mapping[str, Any]) -> None:
        told = judge(self.kind, values, self.actor, self.record)
        self._closed_sections = told.closed_sections
        for name, entry in self._entries.items():
            entry.is_shown = name not in told.hidden
            entry.computed = told.computed.get(name, "")
            for index, (_n, row) in enumerate(entry.rows):
                for cell in row:
                    cell.computed = told.computed.get(f"{name}.{index}.{cell.spec.name}", "")
            for column in entry.spec.fields:
                entry.sums[column] = told.computed.get(f"sum({name}.{column})", "")

    # ---- what was sent

    def read(self, data: QueryDict, uploads: MultiValueDict | None = None) -> None:
        """Take what was sent; afterwards `values` holds what could be read."""
        self.is_bound = True
        self.version = data.get("version", self.version)
        for entry in self._entries.values():
            if entry.spec.is_computed:
                continue
            self.values[entry.spec.name] = self._take(entry, data, uploads)
        self.read_values = dict(self.values)
        self._judge({**self.now, **self.values})
        for name, entry in self._entries.items():
            if not entry.is_shown:
                # What a condition hides is not written; what was typed stays in the page.
                self.values.pop(name, None)
                entry.errors.clear()

    def _take(self, entry: Entry, data: QueryDict, uploads: MultiValueDict | None) -> Any:
        spec = entry.spec
        if spec.type is FieldType.table:
            return self._rows(entry, data)
        if spec.type in FILES:
            return self._files(entry, data, uploads)
        if spec.type in KEYS:
            return self._key(entry, data)
        if spec.type is FieldType.choices:
            entry.chosen = tuple(one for one in data.getlist(entry.name) if one in spec.choices)
            return list(entry.chosen) or None
        entry.text = data.get(entry.name, "")
        if spec.type is FieldType.choice:
            entry.chosen = (entry.text,)
        return self._read(entry)

    def _read(self, entry: Entry) -> Any:
        if not entry.text.strip():
            return None
        try:
            return read_text(entry.spec, entry.text)
        except AttainError as error:
            entry.errors += [said(one) for one in error.problems]
            return None

    def _key(self, entry: Entry, data: QueryDict) -> Any:
        entry.key = data.get(entry.name, "").strip()
        entry.text = data.get(entry.name + TYPED, "")
        if not entry.key:
            entry.key, wrong = picking.resolve(self.actor, entry.spec, entry.text)
            entry.errors += [wrong] if wrong else []
        elif not self._may_name(entry):
            entry.errors.append(_("This cannot be chosen here. Choose one from the list."))
            return None
        if entry.key:
            entry.text = picking.title_of(self.actor, entry.spec, entry.key)
        return entry.key or None

    def _may_name(self, entry: Entry) -> bool:
        """What stood there before may stay, also when it could not be chosen anew."""
        stood = entry.key in keys_of(self.now.get(entry.name.partition(".")[0]))
        return stood or picking.may_name(self.actor, entry.spec, entry.key)

    def _rows(self, entry: Entry, data: QueryDict) -> Any:
        numbers = sorted({int(one["n"]) for one in _matches(data) if one["table"] == entry.name})
        entry.rows = []
        found = []
        for n in numbers[:ROWS_MAX]:
            cells = self._cells(entry, str(n))
            row = {
                cell.spec.name: self._take(cell, data, None)
                for cell in cells
                if not cell.spec.is_computed
            }
            is_blank = not any(cell.text or cell.key or cell.chosen for cell in cells)
            if not is_blank:
                found.append(row)
                entry.rows.append((n, cells))
        if not entry.rows:
            entry.rows = [(0, self._cells(entry, "0"))]
        return found or None

    def _files(self, entry: Entry, data: QueryDict, uploads: MultiValueDict | None) -> Any:
        stood = set(listed(self.now.get(entry.spec.name)))
        wanted = [one for one in data.getlist(entry.name) if one]
        known = StoredFile.objects.filter(pk__in=[one for one in wanted if _is_uuid(one)])
        entry.files = [one for one in known if str(one.pk) in stood or _is_own(one, self.actor)]
        for upload in uploads.getlist(entry.name + TYPED) if uploads else ():
            try:
                taken = files.take_in(upload, actor=self.actor, purpose=PURPOSE, at=self.actor.at)
                entry.files.append(taken)
            except AttainError as error:
                entry.errors += [said(one) for one in error.problems]
        found = [str(one.pk) for one in entry.files]
        if entry.is_single:
            return found[-1] if found else None
        return found or None

    # ---- what is wrong with it

    def place(self, problems: Iterable[Problem]) -> None:
        """Say each problem at its field, the others above the form."""
        for problem in problems:
            entry = self._place_of(problem)
            if entry is None:
                self.general.append(problem)
            else:
                entry.errors.append(said(problem))

    def _place_of(self, problem: Problem) -> Entry | None:
        name, row, column = place_of(problem)
        entry = self._entries.get(name)
        if entry is None or not entry.is_shown:
            return None
        if row is None or not column or row >= len(entry.rows):
            return entry
        return next((one for one in entry.rows[row][1] if one.spec.name == column), entry)


def form_fields(kind: Kind) -> list[str]:
    """The fields of a form: those that somebody fills in, and the computed ones among them."""
    filled_in = frozenset(kind.form_fields)
    declared = {name for section in kind.type.views.form for name in section.fields}
    return [
        name
        for name, spec in kind.fields.items()
        if name in filled_in or (spec.is_computed and (not declared or name in declared))
    ]


def place_of(problem: Problem) -> tuple[str, int | None, str]:
    """What a problem is about: `budget`; of a table `costs.2.amount`, rows from 0."""
    named = problem.where.field if problem.where else None
    name, *rest = (named or "").split(".")
    if len(rest) == len(("row", "column")) and rest[0].isdigit():
        return name, int(rest[0]), rest[1]
    return name, None, ""


def said(problem: Problem) -> str:
    """A problem in one sentence for the reader."""
    return render(problem, formats.language()).message


def keys_of(value: Any) -> frozenset[str]:
    """All keys that a value names, in rows as well."""
    if isinstance(value, str):
        return frozenset([value])
    rows = value if isinstance(value, list | tuple) else ()
    found = (cell for row in rows if isinstance(row, Mapping) for cell in row.values())
    return frozenset(str(one) for one in found if one)


def _matches(data: QueryDict) -> Iterator[re.Match[str]]:
    for name in data:
        found = _ROW.fullmatch(name)
        if found:
            yield found


def _is_own(file: StoredFile, actor: Actor) -> bool:
    return file.purpose == PURPOSE and file.taken_by_id == actor.user_id and file.kept_at is None


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None
