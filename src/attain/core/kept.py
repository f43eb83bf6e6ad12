"""Results at hand: the newest answers to questions that are dear to answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Kept(Generic[_Key, _Value]):
    """The answers used last, each under a key that names everything it was made of.

    Nothing in it ever becomes wrong: what another version, run or text says has another key.
    Threads may ask at the same time; two that miss together both make the answer.
    """

    def __init__(self, most: int) -> None:
        """`most` answers stay; the one not used for longest goes first."""
        self._most = most
        self._known: OrderedDict[_Key, _Value] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def __len__(self) -> int:
        return len(self._known)

    def of(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """The answer of a key, made if it is not at hand; what fails is not kept."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made
