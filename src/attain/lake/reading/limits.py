"""How much of a file is read before it is refused (S: reliability F7, G33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file and of the process that reads it.

    The defaults hold a full sheet of a workbook and ten million rows of text, and refuse
    every known bomb before it is unpacked.
    """

    packed_bytes: int = 50 * MIB
    """A workbook as it lies on disk."""
    unpacked_bytes: int = 500 * MIB
    """All parts of a workbook together, unpacked."""
    ratio: int = 100
    """Unpacked over packed size of a part; text of a real sheet stays below 30."""
    ratio_free_bytes: int = MIB
    """Parts smaller than this, unpacked, may have any ratio."""
    entries: int = 200
    """Parts of a workbook."""
    text_bytes: int = 4096 * MIB
    """A csv or Parquet file."""
    rows: int = 10_000_000
    columns: int = 1_000
    cell_characters: int = 32_767
    """What a cell of a spreadsheet holds at most."""
    line_characters: int = MIB
    shared_strings: int = 5_000_000
    styles: int = 65_536
    """More formats than any spreadsheet program can write."""
    memory_bytes: int = 2048 * MIB
    """Address space of the child; its resident memory stays below a quarter of this."""
    cpu_seconds: int = 180
    wall_seconds: int = 300

    def as_data(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, int]) -> Limits:
        return cls(**data)
