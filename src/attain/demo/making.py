"""Making a company: its files, its control totals and its READMEs, in one folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from attain.core.documents import read_yaml, write_yaml
from attain.core.errors import AttainError, problem
from attain.demo import errors
from attain.demo.branches import FIRST_BRANCH, Branch
from attain.demo.company import story_company
from attain.demo.deals import numbers_told
from attain.demo.declared import told_files
from attain.demo.files import INBOX, Format, Inbox, write_texts
from attain.demo.readme import readmes
from attain.demo.story import story
from attain.demo.tables import Numbers, Tables
from attain.demo.totals import Totals

SEED: Final = 2026
CONTROL_TOTALS: Final = "control_totals.yaml"
_HEAD: Final = """\
# Control totals of the sample company, in yuan: what an import and a calculation must come to.
# Made beside the rows from whole fen, by no engine. Sales are signed orders, the cancelled left
# out; `collections` are by who received them, `collections_credited` after the splits of the
# order without overlays; people's months begin with 2026. The appraisal is worked out by hand.
"""


@dataclass(frozen=True)
class Made:
    """What was made, and where."""

    folder: Path
    company: Tables
    """The rows of the story's company, without the branches."""
    row_counts: dict[str, int]


def make(folder: Path, factor: int, seed: int, step: Callable[[], None] = lambda: None) -> Made:
    """Write the company into a folder; `step` is called after each of its `factor` parts.

    The numbers in documents go on from part to part, and no part changes an earlier one.
    """
    told = story()
    numbers, totals = Numbers(numbers_told(told)), Totals(told)
    company = story_company(told, seed, numbers)
    with Inbox(folder / INBOX) as inbox:
        inbox.write(company)
        totals.add(company)
        step()
        for number in range(FIRST_BRANCH, factor + 1):
            part = Branch(told, number, seed).tables(numbers)
            inbox.write(part)
            totals.add(part)
            step()
    document = totals.as_document(inbox.row_counts, factor, seed)
    write_texts(folder, told_files())
    write_texts(folder, readmes(company, inbox.row_counts))
    write_texts(folder, [(CONTROL_TOTALS, _HEAD + write_yaml(document))])
    return Made(folder, company, inbox.row_counts)


def check_folder(folder: Path) -> None:
    """Only a new or empty folder, or that of an earlier sample company, is written to.

    :raises AttainError: SAMPLE_FOLDER.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / CONTROL_TOTALS).is_file():
        raise AttainError(problem(errors.SAMPLE_FOLDER, folder=str(folder)))


def clear_inbox(folder: Path, as_format: Format) -> None:
    """Remove files of the other format that an earlier company left."""
    for path in (folder / INBOX).glob("*.parquet" if as_format is Format.csv else "*.csv"):
        path.unlink()


def read_totals(folder: Path) -> dict[str, Any]:
    """The control totals as they stand in a folder."""
    path = folder / CONTROL_TOTALS
    found: dict[str, Any] = read_yaml(path.read_text("utf-8"), str(path)).data
    return found
