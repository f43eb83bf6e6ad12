"""A record type as it is declared in `records/<name>.yaml`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from pydantic import AliasChoices, Field, PrivateAttr, field_validator, model_validator

from attain.core.documents import Document, ExactNumber, refused
from attain.core.errors import Where, codes, problem
from attain.core.labels import Labels, labels
from attain.core.systems import SYSTEM_DATASETS
from attain.kinds.records import errors
from attain.kinds.records.cycle import ActionSpec, GateSpec, StateSpec
from attain.kinds.records.declared import Part
from attain.kinds.records.fields import FieldSpec, checked_name, named
from attain.kinds.records.timing import CadenceSpec, ExpectedSpec, ReminderSpec
from attain.kinds.records.views import Views

KEPT: Final = "kept"
"""The one state of a record whose type declares none."""

MAX_TYPE_NAME: Final = 40
"""Characters of the name of a type: it is the kind of the keys of its records."""

TAKEN_NAMES: Final = frozenset(
    {"quick", "due", "missing", "types", "people", "of", "new", "import"}
)
"""Words that stand for pages where the name of a type would stand."""

_TYPE: Final = re.compile(r"[a-z][a-z0-9_]*")
CREATORS: Final = ("role:representative", "role:manager", "role:hr")
EDITORS: Final = ("owner", "author", "manager")


class AllowanceSpec(Part):
    """An amount that can be reserved and spent, and never overspent."""

    label: Labels = Labels()
    """How it is called."""
    limit: str
    """An expression: how much there is."""
    currency: str
    """The currency of its amounts."""


class AllowanceGiven(Part):
    """Where an allowance stands in an example."""

    limit: ExactNumber
    """How much there is."""
    reserved: ExactNumber = Decimal(0)
    """How much is set aside."""
    spent: ExactNumber = Decimal(0)
    """How much is spent."""


class ExpectSpec(Part):
    """What an example expects; what it does not name is not compared."""

    state: str | None = None
    """The state afterwards."""
    due: dict[str, dt.date | None] | None = None
    """Everything that is due and when: each cadence by name, `state` for the state."""
    overdue: tuple[str, ...] | None = None
    """Everything whose day has passed, `state` for the state."""
    values: dict[str, Any] = {}
    """Values of fields after the action, computed ones among them."""
    shown: dict[str, bool] = {}
    """Whether a field is shown."""
    problems: tuple[str, ...] | None = None
    """The codes of what is wrong with the values."""
    reminders: tuple[str, ...] | None = None
    """The reminders whose day it is."""
    creates: tuple[str, ...] | None = None
    """The types of the records that the action begins."""
    reserves: dict[str, ExactNumber] | None = None
    """What the action sets aside, by allowance."""
    spends: dict[str, ExactNumber] | None = None
    """What the action takes out, by allowance."""
    releases: dict[str, ExactNumber] | None = None
    """What the action gives back, by allowance."""


class ExampleSpec(Part):
    """Given these values on this day, expect this. Run by `attain test`."""

    name: str
    """What it shows, in a few words."""
    given: dict[str, Any] = {}
    """Values of fields; also what every record has (author, owner), and dotted names of a record
    referred to (`campaign.state`)."""
    in_: str | None = Field(default=None, alias="in")
    """The state it is in; the first one if not said."""
    entered: dt.date | None = None
    """The day it came into that state."""
    created: dt.date | None = None
    """The day it was begun."""
    as_: tuple[str, ...] = Field(default=(), alias="as")
    """Who somebody is to the record, in the words for who."""
    on: dt.date | None = None
    """The day it happens."""
    take: str | None = None
    """The action that is taken."""
    reason: str = ""
    """What is written as the reason."""
    values: dict[str, Any] = {}
    """What is filled in with the action."""
    last: dict[str, dt.date] = {}
    """The last day for each cadence."""
    related: dict[str, dict[str, Any]] = {}
    """What the records referred to hold, by the field that refers."""
    allowances: dict[str, AllowanceGiven] = {}
    """Where allowances stand, also `<record field>.<allowance>`."""
    signed: dict[str, str] = {}
    """What parties have said so far: agree or object."""
    expect: ExpectSpec = ExpectSpec()
    """What comes out."""
    refused: str | None = None
    """A code with which the action, or without one the values, are refused."""


class RecordType(Part):
    """A kind of record that a department keeps."""

    record: str
    """Its name: small ASCII letters, digits and underscores; also the name of its dataset."""
    version: int = Field(default=1, ge=1)
    """Goes up with every change that is installed."""
    labels: Labels = Field(
        default=Labels(),
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    """How one is called."""
    plural: Labels = Labels()
    """How several are called: the name of the tab and the list."""
    off: bool = False
    """True if it is installed switched off: nobody sees or begins one until HR switches it on."""
    group: Labels = Labels()
    """Types of one group stand together."""
    icon: str = "notebook"
    """The name of an icon."""
    help: Labels = Labels()
    """What it is for, in a sentence."""
    source: str = ""
    """The document and clause it comes from."""
    number: str | None = None
    """The pattern of its numbers: text with {year} {month} {day} {n:width}. It counts anew with
    the finest part of the date."""
    title: str | None = None
    """The pattern of its title: text with {field}; the number if not said."""
    owner: str | None = None
    """The person field that owns it; whoever made it if not said."""
    subject: str | None = None
    """The person field whose record it is; the owner if not said."""
    date: str | None = None
    """The date field with its business date; the day it was made if not said."""
    create: tuple[str, ...] = CREATORS
    """Who may begin one."""
    edit: tuple[str, ...] = EDITORS
    """Who may change fields while the state is not locked."""
    see: tuple[str, ...] = ()
    """Who sees all of them, besides those it concerns; `everyone` is every role with records."""
    fields: dict[str, FieldSpec] = Field(min_length=1)
    """What it holds."""
    checks: tuple[GateSpec, ...] = ()
    """Conditions its fields must fulfil together whenever they are written."""
    states: dict[str, StateSpec] = {}
    """Where it can stand; the first is where it begins. None: it is simply kept."""
    actions: dict[str, ActionSpec] = {}
    """The steps from state to state."""
    allowances: dict[str, AllowanceSpec] = {}
    """Amounts that are reserved and spent, and never overspent."""
    cadences: dict[str, CadenceSpec] = {}
    """What has to be done again and again."""
    reminders: dict[str, ReminderSpec] = {}
    """Who is told of a date, and when."""
    expected: dict[str, ExpectedSpec] = {}
    """Who has to hand one in for each period."""
    views: Views = Views()
    """How they are shown."""
    examples: tuple[ExampleSpec, ...] = ()
    """Cases with their result, run by `attain test`."""

    _document: Document | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _name_parts(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        states = given.get("states")
        if isinstance(states, dict):
            # A state about which there is nothing more to say: `planned:`.
            given = {**given, "states": {name: one or {} for name, one in states.items()}}
        return {**given, "fields": named(given["fields"])} if "fields" in given else given

    @field_validator("record")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not _TYPE.fullmatch(name) or len(name) > MAX_TYPE_NAME:
            raise refused(problem(codes.NAME_INVALID, value=name, limit=MAX_TYPE_NAME))
        if name in TAKEN_NAMES or name in SYSTEM_DATASETS:
            raise refused(problem(errors.RECORD_NAME_TAKEN, name=name))
        return name

    @field_validator("states")
    @classmethod
    def _one_at_least(cls, states: dict[str, StateSpec]) -> dict[str, StateSpec]:
        for name in states:
            checked_name(name)
        return states

    @field_validator("actions", "allowances", "cadences", "reminders", "expected")
    @classmethod
    def _have_names(cls, parts: dict[str, Any]) -> dict[str, Any]:
        for name in parts:
            checked_name(name)
        return parts

    def __eq__(self, other: object) -> bool:
        """Two declarations are equal if they say the same, wherever they were written."""
        return isinstance(other, RecordType) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # mappings inside

    @property
    def name(self) -> str:
        return self.record

    @property
    def label(self) -> Labels:
        """How one is called."""
        return self.labels or labels(self.record, self.record)

    @property
    def plural_label(self) -> Labels:
        """How several are called."""
        return self.plural or self.label

    @property
    def life(self) -> dict[str, StateSpec]:
        """Its states, also where none are declared."""
        return self.states or {KEPT: StateSpec(label=labels("在册", "Kept"))}

    @property
    def number_pattern(self) -> str:
        return self.number or f"{self.record.upper()}-{{year}}-{{n:4}}"

    def where(self, *path: str | int) -> Where | None:
        """The place of a part in the file it was read from."""
        return None if self._document is None else self._document.where(path)
