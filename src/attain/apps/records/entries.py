"""The inputs of a form that is made from a declaration, each with what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import pgettext

from attain.apps.files.models import StoredFile
from attain.apps.records.picking import Option
from attain.apps.records.showing import choice_text, label_of, summed
from attain.kinds.records.fields import KEYS, NUMBERS, FieldSpec, FieldType
from attain.ui import formats

CHIPS: Final = 6
"""So many choices are offered side by side in quick entry; more are a list."""


@dataclass(slots=True)
class Clash:
    """What somebody else wrote meanwhile into a field that the reader has changed, too."""

    text: str
    raw: str
    key: str = ""


@dataclass(slots=True)
class Entry:
    """One input with what stands in it."""

    spec: FieldSpec
    name: str
    text: str = ""
    """As typed; of a key its title."""
    key: str = ""
    chosen: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)
    is_shown: bool = True
    computed: str = ""
    rows: list[tuple[int, list[Entry]]] = field(default_factory=list)
    blank: list[Entry] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    recent: Sequence[Option] = ()
    clash: Clash | None = None
    is_plain: bool = False
    """Without its label: a cell of a table."""
    is_quick: bool = False
    """Large, for a thumb: a choice of few is a row of chips."""
    sums: dict[str, str] = field(default_factory=dict)
    """Of a table: the totals below its columns."""

    @property
    def label(self) -> str:
        return label_of(self.spec)

    @property
    def help(self) -> str:
        return self.spec.help.get(formats.language())

    @property
    def kind(self) -> str:
        """Which input it is: pick, number, choose, chips, area, date, yes_no, files, rows …"""
        if self.spec.is_computed:
            return "computed"
        if self.spec.type in KEYS:
            return "pick"
        if self.spec.type in NUMBERS:
            return "number"
        if self.is_quick and self.spec.type is FieldType.choice and len(self.spec.choices) <= CHIPS:
            return "chips"
        return _INPUTS.get(self.spec.type, "text")

    @property
    def added(self) -> list[tuple[str, str]]:
        """Of a table: each column, with the name of its total or "" where there is none."""
        known = summed(self.spec)
        return [
            (cell.spec.name, f"sum({cell.path})" if cell.spec.name in known else "")
            for cell in self.blank
        ]

    @property
    def has_sums(self) -> bool:
        return bool(summed(self.spec))

    @property
    def is_group(self) -> bool:
        """Several inputs under one name."""
        return self.kind in ("choose_many", "chips", "yes_no", "rows", "files")

    @property
    def is_required(self) -> bool:
        return self.spec.required and not self.spec.is_computed

    @property
    def is_wide(self) -> bool:
        return self.kind in ("area", "rows", "files")

    @property
    def unit(self) -> str:
        """What stands behind a figure."""
        if self.spec.type is FieldType.money:
            return self.spec.currency or ""
        return {FieldType.ratio: "%", FieldType.days: pgettext("unit", "days")}.get(
            self.spec.type, ""
        )

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Identifier, label, and whether it is chosen."""
        return [(one, choice_text(self.spec, one), one in self.chosen) for one in self.spec.choices]

    @property
    def is_secret(self) -> bool:
        return self.spec.confidential is not None

    @property
    def purpose(self) -> str:
        kept = self.spec.confidential
        return kept.purpose.get(formats.language()) if kept else ""

    @property
    def needs_consent(self) -> bool:
        return self.spec.confidential is not None and self.spec.confidential.consent

    @property
    def is_single(self) -> bool:
        return self.spec.type is FieldType.file

    @property
    def path(self) -> str:
        """The field as the list of its choices is asked for: `account`, `costs.person`."""
        table, _dot, rest = self.name.partition(".")
        return f"{table}.{rest.rpartition('.')[2]}" if rest else table

    @property
    def max_length(self) -> int:
        return self.spec.max_length


_INPUTS: Final[Mapping[FieldType, str]] = {
    FieldType.long_text: "area",
    FieldType.date: "date",
    FieldType.boolean: "yes_no",
    FieldType.choice: "choose",
    FieldType.choices: "choose_many",
    FieldType.table: "rows",
    FieldType.file: "files",
    FieldType.files: "files",
}


@dataclass(slots=True)
class Part:
    """A section of a form."""

    name: str
    title: str
    entries: list[Entry]
    is_shown: bool = True
