"""The tables a number was read from, as a panel shows them: every band, and the one that hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from attain.engine.provenance import Node, Viewer
from attain.engine.provenance.model import Axis, TableRead
from attain.engine.provenance.rendering import reading, worked
from attain.engine.provenance.rendering.values import shown

MOST_TABLES: Final = 4

Band = tuple[str, str, bool]
"""What a band asks, what it gives, and whether it matched."""
Told = tuple[str, str, str, tuple[Band, ...], str]
"""A part of the panel: its kind, its title, what was asked, the bands, a note."""


def tables_of(chain: Sequence[Node], viewer: Viewer) -> Iterator[Told]:
    """Every table that was read on the way, each once.

    A score of many rows reads many: each is shown with the row that it belongs to.
    """
    seen: list[TableRead] = []
    for node in chain:
        for one in node.expression.walk() if node.expression is not None else ():
            if one.table is not None and one.was_asked and one.table not in seen:
                seen.append(one.table)
    if len(seen) <= MOST_TABLES:
        yield from (_table(one, viewer) for one in seen)


def _table(read: TableRead, viewer: Viewer) -> Told:
    """One table: its name, what it was asked, its bands and what there is to note."""
    outline = reading.table(read, viewer)
    bands = []
    for band in read.bands:
        words = reading.band_words(read, band, viewer)
        value = shown(band.value, read.value_type, viewer)
        if band.part is not None and read.reading == "marginal":
            value = worked.sliced(read, band.part, band.value, viewer)
        bands.append((words, value, band.is_hit))
    rest = _otherwise(read, viewer)
    if rest is not None:
        bands.insert(0 if rest[1] else len(bands), rest[0])
    asked = ", ".join(shown(one.value, one.type, viewer) for one in read.inputs)
    notes = [one.text for one in outline.below[len(bands) :]]
    return "table", outline.text, asked, tuple(bands), " ".join(notes)


def _otherwise(read: TableRead, viewer: Viewer) -> tuple[tuple[str, str, bool], bool] | None:
    """What holds where no band fits; below the lowest edge it stands first."""
    if read.otherwise is None or read.reading == "curve":
        return None
    value = shown(read.otherwise, read.value_type, viewer)
    if read.reading == "marginal" and isinstance(read.inputs[0].value, Fraction):
        value = worked.left_over(read, viewer) or value
    lowers = [band.axes[0].lower for band in read.bands if len(band.axes) == 1]
    edges = [one for one in lowers if isinstance(one, Fraction)]
    if lowers and len(edges) == len(lowers):
        below = Axis(upper=min(edges))
        words = reading.axis_words(below, read.input_types[0], viewer)
        return (words, value, read.is_otherwise), True
    return (_("otherwise"), value, read.is_otherwise), False
