"""What may change between two runs of the company that is measured on, as new dataset versions.

Unchanged months keep their files, as after an import. Nothing of the company itself changes:
the new parts lie beside it, and its HEADs stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Final

import duckdb

from attain.core.manifests import DatasetVersion, Part
from attain.lake import FileCatalog
from bench.layout import BUILD, MONTHS, PLAN

_ROWS_IN_GROUP: Final = 122_880

# One transaction in a thousand is ten percent dearer; which, its number decides.
_DEARER: Final = (
    "SELECT * REPLACE (CASE WHEN {which} THEN amount * 1.1 ELSE amount END "
    "::DECIMAL(24, 6) AS amount) FROM rows"
)
_A_THOUSANDTH: Final = "hash(order_id) % 1000 = 0"
_THE_FIRST: Final = "order_id = (SELECT min(order_id) FROM rows)"

# The tenth seller, who has eight people, gets the manager's manager's neighbour on 1 July.
_MOVED: Final = """
WITH chosen AS (
    SELECT e.child, e.parent, (SELECT min(o.parent) FROM rows AS o
        WHERE o.parent <> e.parent AND o.parent <> e.child AND o.parent NOT IN
            (SELECT b.child FROM rows AS b WHERE b.parent = e.child)) AS other
    FROM rows AS e WHERE e.child IN (SELECT parent FROM rows)
        AND e.child NOT IN (SELECT parent FROM rows WHERE child IN (SELECT parent FROM rows))
    ORDER BY e.child LIMIT 1)
SELECT r.* REPLACE (CASE WHEN c.child IS NULL THEN r.effective_until ELSE DATE '2026-07-01' END
    AS effective_until)
FROM rows AS r LEFT JOIN chosen AS c USING (child)
UNION ALL
SELECT r.* REPLACE (c.other AS parent, DATE '2026-07-01' AS effective_from,
    r._row || 'm' AS _row) FROM rows AS r JOIN chosen AS c USING (child)
"""


@dataclass(frozen=True)
class Change:
    """One kind of change: of which months of which dataset, and how; or of the plan."""

    said: str
    dataset: str = "orders"
    months: tuple[str, ...] = ()
    query: str = ""
    order: str = "seller, signed_on, order_id"
    plan: Callable[[str], str] = str


CHANGES: Final[dict[str, Change]] = {
    "nothing": Change("nothing"),
    "newest": Change(
        "0.1 % of the orders of the newest month",
        months=MONTHS[-1:],
        query=_DEARER.format(which=_A_THOUSANDTH),
    ),
    "scattered": Change(
        "0.1 % of the orders of every month",
        months=MONTHS,
        query=_DEARER.format(which=_A_THOUSANDTH),
    ),
    "one": Change(
        "one order of the newest month",
        months=MONTHS[-1:],
        query=_DEARER.format(which=_THE_FIRST),
    ),
    "rate": Change(
        "a rate of the commission",
        plan=lambda text: text.replace("{from: 120%, is: 5%}", "{from: 120%, is: 5.5%}"),
    ),
    "move": Change(
        "a manager with a team moves in July",
        dataset="edges",
        months=("",),
        query=_MOVED,
        order="child, effective_from",
    ),
}


class ChangedLake:
    """The company's datasets after a change, as an engine reads them."""

    def __init__(self, company: Path, kind: str) -> None:
        self.change = CHANGES[kind]
        self.lake = FileCatalog(company / "lake")
        self.folder = BUILD / f"changed-{company.name}" / kind
        heads = {name: self.lake.head(name) for name in ("orders", "people", "edges", "targets")}
        self.heads = {name: head for name, head in heads.items() if head is not None}
        if self.change.months:
            own = self.heads[self.change.dataset]
            parts = tuple(self._part(part) for part in own.parts)
            self.heads[self.change.dataset] = own.model_copy(update={"parts": parts})

    def _part(self, part: Part) -> Part:
        if part.month not in self.change.months:
            return part
        path = self.folder / f"{part.month or 'all'}.parquet"
        if not path.exists():
            self._write(part, path)
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
        rows = duckdb.execute(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()[0][0]
        return Part(month=part.month, file=str(path), rows=rows, sha256=sha256)

    def _write(self, part: Part, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        source = self.lake.folder / self.change.dataset / "parts" / part.file
        making = path.with_suffix(".making")
        with duckdb.connect() as connection:
            connection.execute(f"CREATE VIEW rows AS SELECT * FROM read_parquet('{source}')")
            connection.execute(
                f"COPY (SELECT * FROM ({self.change.query}) ORDER BY {self.change.order}) "
                f"TO '{making}' "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_IN_GROUP})"
            )
        making.rename(path)

    def plan(self) -> str:
        """The plan's text after the change."""
        return self.change.plan(PLAN.read_text(encoding="utf-8"))

    # --- the door the engine knows ---

    def version(self, name: str, hash: str) -> DatasetVersion:
        """The version of a dataset, which must be the one asked for."""
        assert self.heads[name].hash == hash
        return self.heads[name]

    def part_paths(self, version: DatasetVersion) -> list[Path]:
        """Files in the order of the parts: changed ones under their whole path."""
        folder = self.lake.folder / version.dataset / "parts"
        return [folder / part.file for part in version.parts]
