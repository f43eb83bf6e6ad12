"""Records of the sample company: packs installed, entries loaded, lives walked step by step.

Everything goes through the services that the pages use, by whoever may do it, on its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import Field

from attain.apps.accounts.actors import Actor
from attain.apps.plans import services as plans
from attain.apps.plans.models import InstalledPack
from attain.apps.records import services as records
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record, RecordEvent
from attain.apps.records.services.loading import typed
from attain.core.documents import Declared, check_document, read_yaml

PACKS: Final = ("customers", "discipline", "campaigns")
BEGUN: Final = date(2026, 1, 1)
"""The day from which the company keeps records here."""
ENTRIES: Final = (
    "account", "contact", "lead", "opportunity", "project", "visit", "call", "task", "complaint",
    "satisfaction", "order", "greeting", "month_plan", "visit_plan", "daily_plan",
    "weekly_report", "market_note", "sales_policy", "customer_file", "activity_sheet",
)  # fmt: skip
"""Types in the order in which their entries can be loaded: what is referred to comes first."""
LIVES: Final = Path(__file__).parent / "lives.yaml"

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_MORNING: Final = time(9)
ACTED: Final = RecordEvent.Kind.acted

Acting = Callable[[str, datetime], Actor]
"""Somebody of the cast by user name, with the roles of that moment."""


class Deed(Declared):
    """One step of a record's life."""

    on: date
    by: str
    take: str
    reason: str = ""
    values: dict[str, Any] = {}


class Life(Declared):
    """A record with everything that was done with it."""

    record: str
    on: date
    by: str
    values: dict[str, Any]
    steps: tuple[Deed, ...] = ()


class Lives(Declared):
    """All of them, in the order in which they happened."""

    lives: tuple[Life, ...] = Field(min_length=1)


def moment(day: date, minute: int = 0) -> datetime:
    """The moment of a day at which something of it was done."""
    return datetime.combine(day, _MORNING.replace(minute=minute), _ZONE)


def install_packs(actor: Actor, at: datetime) -> None:
    """Install the packs of records that are not there yet."""
    for name in PACKS:
        if not InstalledPack.objects.filter(pack=name).exists():
            plans.install_pack(name=name, actor=actor, at=at)


def load_entries(folder: Path, actor: Actor, at: datetime) -> None:
    """Load the entries of each type that has none yet."""
    for kind in ENTRIES:
        path = folder / "entries" / f"{kind}.yaml"
        if path.is_file() and not Record.objects.filter(type__name=kind).exists():
            records.load_file(path, kind, actor=actor, at=at)


def lives(path: Path = LIVES) -> Sequence[Life]:
    """The lives that are told.

    :raises AttainError: a file that is not well written, with its line.
    """
    document = read_yaml(f"lives:\n{path.read_text(encoding='utf-8')}", path.name)
    return check_document(Lives, document).lives


def live(told: Sequence[Life], acting: Acting) -> None:
    """Let everything happen in the order of its days; what happened already does so once."""
    begun: dict[int, int] = {}
    for day, number, step in sorted(_happenings(told)):
        life = told[number]
        if step == 0:
            begun[number] = _begin(life, f"life-{number}", acting(life.by, moment(day))).pk
        elif RecordEvent.objects.filter(record=begun[number], kind=ACTED).count() < step:
            record = Record.objects.get(pk=begun[number])
            _take(record, life.steps[step - 1], acting)


def _happenings(told: Sequence[Life]) -> Iterator[tuple[date, int, int]]:
    """The day, the number of the life, and the step in it: 0 is its beginning."""
    for number, life in enumerate(told):
        yield life.on, number, 0
        yield from ((deed.on, number, step) for step, deed in enumerate(life.steps, 1))


def _begin(life: Life, token: str, actor: Actor) -> Record:
    values = _exact(life.record, life.values)
    return records.create(life.record, values, actor=actor, at=moment(life.on), token=token)


def _take(record: Record, deed: Deed, acting: Acting) -> None:
    # Later than whatever was begun on the same morning.
    at = moment(deed.on, 30)
    records.take(
        record,
        deed.take,
        actor=acting(deed.by, at),
        at=at,
        version=record.version,
        reason=deed.reason,
        values=_exact(record.type.name, deed.values),
    )


def _exact(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return typed(kind_named(kind), values)
