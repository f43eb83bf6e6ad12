"""What a pack would pay on its own sample data: calculated in a throw-away workspace.

Nothing of the company is read or written; it is what `attain packs install`, `import` and `run`
do at the command line, for the periods that the pack's README names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attain import lake
from attain.cli import packs as shelf
from attain.cli.packs import Pack
from attain.cli.planning import Plans
from attain.cli.runs.calculating import Calculator, Terms
from attain.cli.runs.folder import RunFolder
from attain.cli.runs.names import read_names
from attain.cli.workspace import Workspace
from attain.core.labels import ENGLISH
from attain.core.values import minor_digits
from attain.lake.checking.check import Conditions
from attain.lake.choosing import Candidate, in_order, tables_of

_RUN: Final = re.compile(
    r"^attain run (\S+)(?=.* --period (\S+))(?:.* --from (\S+))?", re.MULTILINE
)
MOST: Final = 50
"""People who are listed for a plan."""
_CENT: Final = Decimal("0.01")


def tried(name: str, today: date) -> list[dict[str, Any]]:
    """What each plan of a pack pays on its sample data, by person and currency, and its marks.

    :raises AttainError: what refuses the data or the run.
    """
    pack = shelf.find_pack(name)
    with TemporaryDirectory(prefix="attain-pack-") as folder:
        root = Path(folder) / "workspace"
        list(shelf.install(pack, root))
        workspace = Workspace.find(root)
        _import(pack, workspace, Path(folder), today)
        return list(_runs(pack, workspace))


def _import(pack: Pack, workspace: Workspace, folder: Path, today: date) -> None:
    catalog = lake.FileCatalog(workspace.lake)
    candidates: list[Candidate] = []
    for number, (dataset, path) in enumerate(pack.data.items()):
        file, staging = workspace.root / path, folder / f"file-{number}"
        staging.mkdir()
        detected = lake.detect(file, staging, name=file.name)
        candidates += tables_of(file, detected, workspace.schemas, dataset, None)[0]
    conditions = Conditions(schemas=workspace.schemas, today=today, again=True)
    for one in in_order(candidates):
        mapping = lake.propose_mapping(one.detected, one.schema, sheet=one.table.sheet)
        checked = lake.check(one.detected, mapping, one.schema, catalog, conditions)
        lake.commit(checked, catalog, reason="sample data of a pack")


def _runs(pack: Pack, workspace: Workspace) -> Iterator[dict[str, Any]]:
    book = Plans(workspace)
    done: dict[str, Path] = {}
    for code, until, start in _RUN.findall(shelf.readme(pack, ENGLISH)):
        calculator = Calculator(book, workspace, book.read(book.path(code)))
        names = read_names(calculator.lake, calculator.versions).people
        read = {code, *calculator.plan.results}
        for period in calculator.periods(until, start or None):
            out = workspace.root / "tried" / code / str(period).replace("/", "_")
            out.parent.mkdir(parents=True, exist_ok=True)
            results = {name: path for name, path in done.items() if name.partition("@")[0] in read}
            run = calculator.run(period, out, Terms(results=results), _quietly)
            done[f"{code}@{period}"] = out
        yield {
            "code": code,
            "label": calculator.read.sound_model().title().model_dump(),
            "period": until,
            "people": _people(run.rows("lines"), names),
            "marks": _marks(run, names),
        }


def _people(lines: list[dict[str, Any]], names: Mapping[str, str]) -> list[dict[str, str]]:
    """The sums of the lines by person and currency, as exact amounts in texts."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        totals[(line["participant"], line["currency"])] += int(line["amount_minor"])
    ranked = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"name": names.get(who, who), "currency": currency, "amount": _amount(total, currency)}
        for (who, currency), total in ranked[:MOST]
    ]


def _marks(run: RunFolder, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Scores of whole cards, in full points and two decimals, and grades, by person and period."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in run.rows("scores"):
        if row["component"] == row["card"] and row["points"] is not None:
            points = row["points"].quantize(_CENT, ROUND_HALF_UP)
            found[(row["period"], row["subject"])]["score"] = f"{points:f}"
    for row in run.rows("grades"):
        if row["grade"] is not None:
            found[(row["period"], row["subject"])]["grade"] = row["grade"]
    ranked = sorted(found.items(), key=lambda one: (one[0][0], _best_first(one[1]), one[0][1]))
    return [
        {"name": names.get(who, who), "period": period, **marks}
        for (period, who), marks in ranked[:MOST]
    ]


def _best_first(marks: Mapping[str, str]) -> Decimal:
    return -Decimal(marks.get("score", "0"))


def _amount(minor: int, currency: str) -> str:
    digits = minor_digits(currency)
    sign, text = ("-" if minor < 0 else ""), str(abs(minor)).zfill((digits or 0) + 1)
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"


def _quietly(text: str, done: int, total: int) -> None:
    """Nobody watches the single steps."""
