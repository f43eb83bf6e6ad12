"""What a check says: the preview somebody looks at before anything is committed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attain.core.errors import Problem, Severity
from attain.core.schemas import DatasetSchema, dump_dataset_schema, load_dataset_schema
from attain.lake.checking.existing import Changes
from attain.lake.checking.totals import ControlTotal
from attain.lake.coverage import Interval
from attain.lake.errors import rows as row_codes
from attain.lake.errors import tables as table_codes
from attain.lake.mapping import ColumnMapping

_MEMORY: Final = "checked.json"

ACCEPTED: Final = "accepted.parquet"
"""Rows to be stored, new and changed, with all columns of the declaration."""
WITHDRAWN: Final = "withdrawn.parquet"
ALIASES_FOUND: Final = "aliases.parquet"
REJECTED: Final = "rejected.parquet"
"""Rows with errors as they stand in the file, and what is wrong with them."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows of a file: in_file = accepted + rejected + skipped."""

    in_file: int
    accepted: int
    rejected: int
    skipped: Mapping[str, int]
    """By reason: `blank`, `total`, `same` for rows that are stored already, `repeated`, and
    `left_out` where somebody chose so."""

    @property
    def agrees(self) -> bool:
        return self.in_file == self.accepted + self.rejected + sum(self.skipped.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file. Its rows lie in a folder inside the staging folder until they are
    committed, or deleted with it.
    """

    file: str
    sha256: str
    folder: Path
    schema: DatasetSchema
    mapping: ColumnMapping
    base: str | None
    """The version it was compared with; a commit on top of another one is refused."""
    problems: tuple[Problem, ...]
    """At most a thousand, errors first; `counts_by_code` has them all."""
    counts_by_code: Mapping[str, int]
    file_errors: int
    """Errors of the file as a whole; while there are any nothing can be committed."""
    rows: RowCounts
    totals: tuple[ControlTotal, ...]
    changes: Changes
    covers: tuple[Interval, ...]
    """What the file covers, months with rejected rows left out."""
    spoiled: tuple[Interval, ...]
    """Months with rejected rows."""
    aliases: int = 0
    """Codes that are not known yet and become keys."""
    keyed: str = ""
    """The code column that is stored as a key because other datasets refer to it."""
    outdated: Mapping[str, str] = field(default_factory=dict)
    """Datasets whose stored codes have to become keys first, with the column."""
    corrected: int = 0
    """Cells that somebody wrote anew before they were checked."""

    @property
    def dataset(self) -> str:
        return self.schema.dataset

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity is Severity.error)

    @property
    def is_good(self) -> bool:
        """True when every row can be committed."""
        return not self.file_errors and not self.rows.rejected

    @property
    def needs_confirmation(self) -> bool:
        """True when something was guessed that somebody should look at in the preview."""
        guesses = (table_codes.ENCODING_GUESSED, table_codes.COLUMNS_BY_POSITION)
        return any(code in self.counts_by_code for code in guesses)

    @property
    def needs_reason(self) -> bool:
        """True when the file is so unusual that a commit has to say why it is right."""
        return row_codes.TOTAL_UNUSUAL in self.counts_by_code

    def save(self) -> None:
        """Leave a description in the staging folder, for the step after."""
        data = {
            "file": self.file,
            "sha256": self.sha256,
            "schema": dump_dataset_schema(self.schema),
            "mapping": self.mapping.model_dump(mode="json"),
            "base": self.base,
            "problems": [one.as_data() for one in self.problems],
            "counts_by_code": dict(self.counts_by_code),
            "file_errors": self.file_errors,
            "rows": asdict(self.rows),
            "totals": [_plain(asdict(total)) for total in self.totals],
            "changes": asdict(self.changes),
            "covers": _spans(self.covers),
            "spoiled": _spans(self.spoiled),
            "aliases": self.aliases,
            "keyed": self.keyed,
            "outdated": dict(self.outdated),
            "corrected": self.corrected,
        }
        text = json.dumps(data, ensure_ascii=False)
        (self.folder / _MEMORY).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Checked:
        """What `save` left."""
        data: dict[str, Any] = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
        return cls(
            **{
                **data,
                "folder": folder,
                "schema": load_dataset_schema(data["schema"]),
                "mapping": ColumnMapping.model_validate(data["mapping"]),
                "problems": tuple(Problem.from_data(one) for one in data["problems"]),
                "rows": RowCounts(**data["rows"]),
                "totals": tuple(_total(one) for one in data["totals"]),
                "changes": Changes(**data["changes"]),
                "covers": _intervals(data["covers"]),
                "spoiled": _intervals(data["spoiled"]),
            }
        )


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: format(value, "f") if isinstance(value, Decimal) else value
        for key, value in data.items()
    }


def _total(data: dict[str, Any]) -> ControlTotal:
    sums = {part: Decimal(data[part]) for part in ("in_file", "accepted", "rejected", "skipped")}
    return ControlTotal(column=data["column"], unread=data["unread"], **sums)


def _spans(intervals: tuple[Interval, ...]) -> list[list[str]]:
    return [[start.isoformat(), until.isoformat()] for start, until in intervals]


def _intervals(data: list[list[str]]) -> tuple[Interval, ...]:
    return tuple((date.fromisoformat(start), date.fromisoformat(until)) for start, until in data)
