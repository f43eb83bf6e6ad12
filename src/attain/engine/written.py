"""A resolved plan, and the frame of a run, as plain JSON: what is handed to the child process.

Only the classes listed here can be read back, so a file can say nothing but a plan.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from attain.core.labels import Labels
from attain.core.periods import FiscalYear, FourFourFive, Period, TableCalendar
from attain.core.periods.tables import CalendarRow
from attain.core.rounding import Mode
from attain.core.units import Type, Unit
from attain.engine.primitives import model
from attain.expressions import typed
from attain.expressions.tree import Span

_T = TypeVar("_T")

_CLASSES: Final[dict[str, type]] = {
    cls.__name__: cls
    for module in (model, typed)
    for cls in vars(module).values()
    if isinstance(cls, type) and is_dataclass(cls) and cls.__module__.startswith(module.__name__)
} | {cls.__name__: cls for cls in (Type, Span, Period, CalendarRow, FiscalYear, FourFourFive)}

_WORDS: Final[dict[str, type[StrEnum]]] = {
    cls.__name__: cls
    for cls in vars(model).values()
    if isinstance(cls, type)
    and issubclass(cls, StrEnum)
    and cls.__module__.startswith(model.__name__)
} | {"Mode": Mode, "Unit": Unit}

_KIND: Final = "is"


def to_json(thing: object) -> str:
    """A plan or a calendar as JSON text."""
    return json.dumps(_plain(thing), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, wanted: type[_T]) -> _T:
    """What `to_json` wrote.

    :raises TypeError: something else than a `wanted`.
    """
    found = _read(json.loads(text))
    if not isinstance(found, wanted):
        raise TypeError(f"{type(found).__name__} is no {wanted.__name__}")
    return found


def _plain(thing: object) -> Any:
    if thing is None or isinstance(thing, bool | int):
        return thing
    if isinstance(thing, StrEnum):
        return {_KIND: type(thing).__name__, "word": thing.value}
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Decimal):
        return {_KIND: "Decimal", "text": str(thing)}
    if isinstance(thing, dt.date):
        return {_KIND: "date", "text": thing.isoformat()}
    if isinstance(thing, tuple | list):
        return [_plain(one) for one in thing]
    if isinstance(thing, Mapping):
        return {_KIND: "map", "pairs": [[_plain(k), _plain(v)] for k, v in thing.items()]}
    if isinstance(thing, Labels):
        return {_KIND: "Labels", "zh": thing.zh, "en": thing.en}
    if isinstance(thing, TableCalendar):
        return {_KIND: "TableCalendar", "name": thing.name, "rows": _plain(thing._rows)}
    return _of_class(thing)


def _of_class(thing: object) -> dict[str, Any]:
    name = type(thing).__name__
    if _CLASSES.get(name) is not type(thing) or not is_dataclass(thing):
        raise TypeError(f"{name} cannot be written")
    # Places in a text are many and say nothing about the result, unless they are set.
    told = ((each.name, getattr(thing, each.name)) for each in fields(thing))
    kept = {name: _plain(value) for name, value in told if value != Span()}
    return {_KIND: name, **kept}


def _read(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_read(one) for one in data)
    if not isinstance(data, dict):
        return data
    kind = data[_KIND]
    if kind in _READERS:
        return _READERS[kind](data)
    if kind in _WORDS:
        return _WORDS[kind](data["word"])
    return _CLASSES[kind](**{name: _read(one) for name, one in data.items() if name != _KIND})


_READERS: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "Decimal": lambda data: Decimal(data["text"]),
    "date": lambda data: dt.date.fromisoformat(data["text"]),
    "map": lambda data: {_read(key): _read(value) for key, value in data["pairs"]},
    "Labels": lambda data: Labels(zh=data["zh"], en=data["en"]),
    "TableCalendar": lambda data: TableCalendar(data["name"], _read(data["rows"])),
}
