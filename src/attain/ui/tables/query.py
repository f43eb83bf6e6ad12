"""The question put to a list, read from an address: filters, order, search and page.

Everything is checked against the columns the reader may read; what is not among them is
refused in the same words whether it exists or not, so nothing can be guessed from answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from attain.core.errors import AttainError, problem
from attain.ui import errors
from attain.ui.tables.columns import NUMERIC, Column

DEFAULT_SIZE: Final = 50
LARGEST_SIZE: Final = 200
MOST_SORTS: Final = 3
MOST_VALUES: Final = 50
LARGEST_PAGE: Final = 10**6
LONGEST_VALUE: Final = 200

_COMPARING: Final = ("eq", "ne", "ge", "gt", "le", "lt", "in", "is")
_OPERATORS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("text", "code", "person", "link"), ("eq", "ne", "in", "has", "is")),
    **dict.fromkeys((*NUMERIC, "date", "datetime"), _COMPARING),
    **dict.fromkeys(("choice", "status"), ("eq", "ne", "in", "is")),
    "boolean": ("eq", "is"),
}
_RESERVED: Final = frozenset({"q", "sort", "page", "size", "export", "columns"})


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: column, operator and values as read; `text` is how it was written."""

    column: Column
    operator: str
    values: tuple[Any, ...]
    text: str

    @property
    def key(self) -> str:
        return f"{self.column.name}.{self.operator}"


@dataclass(frozen=True, slots=True)
class Query:
    """A question that was found to be allowed."""

    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[Column, bool], ...] = ()
    """Column, and whether it descends."""
    search: str = ""
    page: int = 1
    size: int = DEFAULT_SIZE
    kept: tuple[tuple[str, str], ...] = field(default=())
    """Parameters of the page itself that every link of the list carries on."""

    def pairs(self, **changes: Any) -> tuple[tuple[str, str], ...]:
        """This question, with changes, as parameters of an address or fields of a form."""
        changed = replace(self, **changes)
        pairs: list[tuple[str, str]] = [*changed.kept]
        pairs += [(condition.key, condition.text) for condition in changed.filters]
        if changed.search:
            pairs.append(("q", changed.search))
        if changed.sort:
            written = (f"-{column.name}" if down else column.name for column, down in changed.sort)
            pairs.append(("sort", ",".join(written)))
        if changed.page != 1:
            pairs.append(("page", str(changed.page)))
        if changed.size != DEFAULT_SIZE:
            pairs.append(("size", str(changed.size)))
        return tuple(pairs)

    def address(self, **changes: Any) -> str:
        """The query part of an address for this question, with changes: `page=2`."""
        return "?" + urlencode(self.pairs(**changes))


def parse_query(params: QueryDict, columns: Sequence[Column], keep: Sequence[str] = ()) -> Query:
    """Read a question from the parameters of an address.

    `keep` names parameters that belong to the page around the list.

    :raises AttainError: FILTER_NOT_ALLOWED, FILTER_VALUE_INVALID, FILTER_REPEATED,
        SORT_NOT_ALLOWED, PAGE_INVALID; all that is wrong is said at once.
    """
    problems = [
        problem(errors.FILTER_REPEATED, name=name)
        for name in params
        if len(params.getlist(name)) > 1
    ]
    if problems:
        raise AttainError(problems)
    known = {column.name: column for column in columns}
    filters = []
    for name, text in params.items():
        if name in _RESERVED or name in keep:
            continue
        try:
            filters.append(_filter(name, str(text), known))
        except AttainError as refused:
            problems.extend(refused.problems)
    if problems:
        raise AttainError(problems)
    return Query(
        filters=tuple(filters),
        sort=_sort(str(params.get("sort", "")), known),
        search=_search(str(params.get("q", "")), columns),
        page=_whole(str(params.get("page", "1")), LARGEST_PAGE),
        size=_whole(str(params.get("size", DEFAULT_SIZE)), LARGEST_SIZE),
        kept=tuple((name, str(params[name])) for name in keep if params.get(name)),
    )


def operators(column: Column) -> tuple[str, ...]:
    """How a column may be compared."""
    return _OPERATORS[column.type]


def _filter(name: str, text: str, known: dict[str, Column]) -> Filter:
    field_name, dot, operator = name.partition(".")
    column = known.get(field_name)
    if column is None or not column.filterable or column.path is None:
        raise AttainError(problem(errors.FILTER_NOT_ALLOWED, name=name))
    operator = operator if dot else "eq"
    if operator not in operators(column):
        raise AttainError(problem(errors.FILTER_NOT_ALLOWED, name=name))
    if operator == "is":
        if text not in ("missing", "present"):
            raise _unreadable(name, text)
        return Filter(column, operator, (text,), text)
    parts = text.split(",") if operator == "in" else [text]
    if len(parts) > MOST_VALUES:
        raise _unreadable(name, text)
    return Filter(column, operator, tuple(_value(column, name, part) for part in parts), text)


def _value(column: Column, name: str, text: str) -> Any:
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST_VALUE or "\0" in stripped:
        raise _unreadable(name, text)
    try:
        return _READERS.get(column.type, _as_text)(column, stripped)
    except (ValueError, InvalidOperation, OverflowError) as unread:
        raise _unreadable(name, text) from unread


def _as_text(column: Column, text: str) -> str:
    return text


def _as_number(column: Column, text: str) -> Decimal:
    percent = text.endswith(("%", "％"))
    number = Decimal(text.rstrip("%％").replace(",", ""))
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(text)
    return number / 100 if percent else number


def _as_moment(column: Column, text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _as_boolean(column: Column, text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _as_choice(column: Column, text: str) -> Any:
    for value, *_ in column.choices:
        if str(value) == text:
            return value
    raise ValueError(text)


_READERS: Final = {
    **dict.fromkeys(NUMERIC, _as_number),
    "date": lambda column, text: date.fromisoformat(text),
    "datetime": _as_moment,
    "boolean": _as_boolean,
    "choice": _as_choice,
    "status": _as_choice,
}


def _sort(text: str, known: dict[str, Column]) -> tuple[tuple[Column, bool], ...]:
    names = [name for name in text.split(",") if name]
    found: list[tuple[Column, bool]] = []
    for name in names:
        column = known.get(name.removeprefix("-"))
        if column is None or not column.sortable or column.path is None:
            raise AttainError(problem(errors.SORT_NOT_ALLOWED, name=name))
        if column in (other for other, _ in found):
            raise AttainError(problem(errors.FILTER_REPEATED, name=name))
        found.append((column, name.startswith("-")))
    if len(found) > MOST_SORTS:
        raise AttainError(problem(errors.SORT_NOT_ALLOWED, name=text))
    return tuple(found)


def _search(text: str, columns: Sequence[Column]) -> str:
    wanted = text.strip()
    if not wanted:
        return ""
    if len(wanted) > LONGEST_VALUE or "\0" in wanted:
        raise _unreadable("q", text)
    if not any(column.searchable for column in columns):
        raise AttainError(problem(errors.FILTER_NOT_ALLOWED, name="q"))
    return wanted


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= most):
        raise AttainError(problem(errors.PAGE_INVALID, value=text))
    return int(text)


def _unreadable(name: str, text: str) -> AttainError:
    return AttainError(problem(errors.FILTER_VALUE_INVALID, name=name, value=text))
