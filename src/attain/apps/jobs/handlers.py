"""What jobs do: functions registered by kind, and what each is given when it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from attain.apps.accounts.actors import Actor
from attain.apps.jobs.labels import label
from attain.core.labels import Labels


class JobContext(Protocol):
    """The job at hand, as its handler sees it."""

    @property
    def id(self) -> int:
        """Of the job, to note who did something."""

    @property
    def actor(self) -> Actor:
        """Who asked for it, with the rights they have now; without roles if nobody did."""

    @property
    def at(self) -> datetime:
        """When this attempt began; handlers read the clock here."""

    @property
    def attempt(self) -> int:
        """1 the first time."""

    def now(self) -> datetime:
        """The clock, for steps that come later than the beginning."""

    def progress(self, done: int, total: int, label: str = "", /, **values: object) -> None:
        """Say how far it is; `label` is a code registered with `jobs.labels.label`."""

    def check_cancelled(self) -> None:
        """Leave here if somebody stopped the job or another worker has taken it.

        :raises Stopped: leave at once; the worker writes the end.
        """

    def is_stopped(self) -> bool:
        """The same as a question, for a loop around a child process. To leave, raise: what
        returns has done its work."""


Handler = Callable[..., Mapping[str, Any] | None]
"""Called with the context and the arguments; what it returns is kept as the result."""


class Stopped(Exception):
    """The job was cancelled or taken over: its handler leaves."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job."""

    name: str
    run: Handler
    label: Labels | None
    tries: int


_KINDS: Final[dict[str, Kind]] = {}


def handler(
    kind: str, *, zh: str = "", en: str = "", tries: int = 3
) -> Callable[[Handler], Handler]:
    """Register what a kind of job does.

    The function may be called again after a crash or a failure, also when it had all but
    finished, and has one effect all the same. It ends by itself within its lease or reports
    progress, which renews nothing but shows that it lives; the worker renews the lease.

    :raises ValueError: a kind that is registered by another function.
    """

    def register(function: Handler) -> Handler:
        name = Labels(zh=zh, en=en) if zh else None
        if zh:
            label(kind, zh, en)
        known = _KINDS.get(kind)
        if known and known.run.__qualname__ != function.__qualname__:
            raise ValueError(f"{kind} is handled already")
        _KINDS[kind] = Kind(kind, function, name, tries)
        return function

    return register


def kind_of(name: str) -> Kind | None:
    """A registered kind."""
    return _KINDS.get(name)


def kinds() -> tuple[Kind, ...]:
    """Every registered kind, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
