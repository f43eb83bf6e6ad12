"""What a file of participants would change: every fault at its cell, before anything is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attain import lake
from attain.apps.people import providers
from attain.apps.people.importing.applying import place_of, stored_rows
from attain.apps.people.selectors import name_of
from attain.apps.plans import errors
from attain.apps.plans.bringing.workbook import SCHEMA
from attain.apps.plans.models import Membership, Plan
from attain.apps.plans.services.members import OPEN_END, WHOLE, format_share
from attain.core.errors import AttainError, Problem, Severity, problem
from attain.core.systems import system_schema
from attain.lake.checking.check import Conditions, check
from attain.lake.choosing import tables_of
from attain.lake.publishing import publish

PROBLEMS_SHOWN: Final = 200
_MEMORY: Final = "participants.json"
Row = dict[str, Any]
Part = tuple[date | None, str]
"""Until when, and which share."""


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch that would be another one, or that would be new."""

    subject: str
    effective_from: str
    before: tuple[str, str] | None
    """Until and share as they are, None for a new one; "" is open."""
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do."""

    file: str
    rows: int
    same: int
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    more_problems: int

    @property
    def new(self) -> int:
        """How many stretches would begin to exist."""
        return sum(1 for one in self.changes if one.before is None)

    @property
    def changed(self) -> int:
        """How many would get another end or share."""
        return len(self.changes) - self.new

    @property
    def errors(self) -> int:
        """What stops it."""
        listed = sum(1 for one in self.problems if one.severity is Severity.error)
        return listed + (self.more_problems if listed else 0)


def check_file(path: Path, folder: Path, plan: Plan, *, name: str, today: date) -> Preview:
    """Check a file in an empty folder and leave there what it would do.

    :raises AttainError: a file that cannot be read as a whole, or has no sheet of participants.
    """
    place = folder / "read"
    place.mkdir(parents=True)
    detected = lake.detect(path, place, name=name)
    (candidate, *_), _left_out = tables_of(path, detected, {SCHEMA.dataset: SCHEMA}, None, None)
    staged = lake.FileCatalog(folder / "lake")
    aliases = list(providers.aliases())
    if aliases:
        publish(staged, system_schema("aliases"), aliases)
    mapping = lake.propose_mapping(detected, SCHEMA, sheet=candidate.table.sheet)
    known = {SCHEMA.dataset: SCHEMA, "aliases": system_schema("aliases")}
    checked = check(
        detected, mapping, SCHEMA, staged, Conditions(schemas=known, today=today, again=True)
    )
    found = [one for one in checked.problems if one.severity is not Severity.note]
    changes: tuple[Change, ...] = ()
    same = 0
    if checked.is_good:
        lake.commit(checked, staged, reason="checked before it is brought in")
        rows = list(stored_rows(staged, SCHEMA))
        codes = {row["key"]: row["code"] for row in stored_rows(staged, system_schema("aliases"))}
        found += [*unknown(rows, codes), *faults(plan, rows)]
        changes, same = differences(plan, rows)
    total = max(len(found), sum(checked.counts_by_code.values()))
    preview = Preview(
        name,
        checked.rows.in_file,
        same,
        changes,
        tuple(found[:PROBLEMS_SHOWN]),
        max(0, total - PROBLEMS_SHOWN),
    )
    _save(folder, preview)
    return preview


def differences(plan: Plan, rows: Iterable[Row]) -> tuple[tuple[Change, ...], int]:
    """What differs from the participants there are, and how many rows say the same."""
    known = _known(plan)
    changes: list[Change] = []
    same = 0
    for row in rows:
        key = (row["subject"], row["effective_from"])
        part = _part(row)
        if known.get(key) == part:
            same += 1
            continue
        before = known.get(key)
        changes.append(
            Change(key[0], key[1].isoformat(), said(before) if before else None, said(part))
        )
    return tuple(changes), same


def faults(plan: Plan, rows: Iterable[Row]) -> Iterator[Problem]:
    """Shares beyond the whole, and stretches of one participant that overlap, by their line."""
    stretches: dict[str, dict[date, Part]] = defaultdict(dict)
    for (subject, begins), part in _known(plan).items():
        stretches[subject][begins] = part
    written = list(rows)
    for row in written:
        stretches[row["subject"]][row["effective_from"]] = _part(row)
        share = Decimal(_part(row)[1])
        if not 0 < share <= WHOLE:
            yield problem(errors.MEMBER_SHARE, place_of(row), share=format_share(share))
    names = name_of({row["subject"] for row in written})
    for row in written:
        yield from _overlaps(row, stretches[row["subject"]], names)


def unknown(rows: Iterable[Row], codes: Mapping[str, str]) -> Iterator[Problem]:
    """Codes that are nobody's: here nobody joins the company by being on a plan."""
    written = list(rows)
    known = name_of({row["subject"] for row in written})
    for row in written:
        if row["subject"] not in known:
            code = codes.get(row["subject"], "")
            yield problem(errors.MEMBER_UNKNOWN, place_of(row), code=code)


def _overlaps(row: Row, own: Mapping[date, Part], names: Mapping[str, Any]) -> Iterator[Problem]:
    """The stretch before or after it, of the same participant, on a day of this one."""
    begins, until = row["effective_from"], row.get("effective_until")
    for other, (ends, _share) in own.items():
        if other == begins:
            continue
        if (until is None or other < until) and (ends is None or begins < ends):
            yield problem(
                errors.MEMBER_OVERLAPS,
                place_of(row),
                subject=names[row["subject"]].labels if row["subject"] in names else "",
                from_date=other,
                until_date=ends or OPEN_END,
            )


def _known(plan: Plan) -> dict[tuple[str, date], Part]:
    rows = Membership.objects.filter(plan=plan)
    return {(one.subject, one.effective_from): (one.effective_until, one.share) for one in rows}


def _part(row: Row) -> Part:
    """A blank share is the whole."""
    share = row.get("share")
    return row.get("effective_until"), format_share(WHOLE if share is None else share)


def said(part: Part) -> tuple[str, str]:
    """As it is kept: until ("" is open) and share."""
    until, share = part
    return (until.isoformat() if until else ""), share


# --- between two requests ---


def _save(folder: Path, preview: Preview) -> None:
    data = {name: getattr(preview, name) for name in ("file", "rows", "same", "more_problems")}
    data["problems"] = [one.as_data() for one in preview.problems]
    data["changes"] = [
        [one.subject, one.effective_from, one.before, one.after] for one in preview.changes
    ]
    (folder / _MEMORY).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def load_preview(folder: Path) -> Preview:
    """What `check_file` left in a folder.

    :raises AttainError: MEMBER_IMPORT_GONE.
    """
    try:
        data = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AttainError(problem(errors.MEMBER_IMPORT_GONE)) from None
    changes = tuple(
        Change(subject, begins, tuple(before) if before else None, (after[0], after[1]))
        for subject, begins, before, after in data["changes"]
    )
    problems = tuple(Problem.from_data(one) for one in data["problems"])
    return Preview(
        data["file"], data["rows"], data["same"], changes, problems, data["more_problems"]
    )
