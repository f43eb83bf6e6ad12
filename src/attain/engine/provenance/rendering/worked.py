"""The working of a table that was read: slices, filled bands, the way between two points."""

from __future__ import annotations

from fractions import Fraction

from attain.core.units import Type
from attain.engine.provenance.model import Band, TableRead
from attain.engine.provenance.rendering.values import shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Result


def worked(read: TableRead, viewer: Viewer) -> str | None:
    """What was added up, with its numbers; None where the value of one cell says it all.

    Slices: 10,000.00 × 1% + 5,000.00 × 2%. Filled: 1,000.00 + 2,000.00 × (30% − 25%) ÷ (50% − 25%).
    Between points: 70% + (100% − 70%) × (98% − 90%) ÷ (100% − 90%).
    """
    value = read.inputs[0].value
    if not isinstance(value, Fraction) or len(read.inputs) > 1:
        return None
    if read.reading == "curve":
        return _between(read, value, viewer)
    if read.reading == "marginal":
        return _added(read, value, viewer)
    if read.reading == "fill":
        return _filled(read, value, viewer)
    return None


def _between(read: TableRead, value: Fraction, viewer: Viewer) -> str | None:
    beside = [band for band in read.bands if band.is_hit]
    if len(beside) < 2:
        return None
    low, high = (shown(band.value, read.value_type, viewer) for band in beside)
    way = _way(value, beside[0].axes[0].lower, beside[1].axes[0].lower, read.input_types[0], viewer)
    return f"{low} + ({high} − {low}) × {way}"


def _way(
    value: Fraction, start: Result | None, end: Result | None, type_: Type, viewer: Viewer
) -> str:
    """How far a value lies between two others."""
    one, first, last = (shown(each, type_, viewer) for each in (value, start, end))
    return f"({one} − {first}) ÷ ({last} − {first})" if start else f"{one} ÷ {last}"


def _covered(read: TableRead) -> list[Band]:
    return [band for band in read.bands if isinstance(band.part, Fraction) and band.part]


def _added(read: TableRead, value: Fraction, viewer: Viewer) -> str | None:
    """The slices, unless the rest of the value is at the rate of `otherwise`."""
    covered = _covered(read)
    parts = [band.part for band in covered if isinstance(band.part, Fraction)]
    if not covered or sum(parts) != value:
        return None
    type_ = read.input_types[0]
    return " + ".join(
        f"{shown(band.part, type_, viewer)} × {shown(band.value, read.value_type, viewer)}"
        for band in covered
    )


def _filled(read: TableRead, value: Fraction, viewer: Viewer) -> str | None:
    """Full bands, and the share of the last one; an open band on top counts nothing."""
    terms = []
    for band in _covered(read):
        lower, upper = band.axes[0].lower or Fraction(0), band.axes[0].upper
        if not isinstance(upper, Fraction):
            continue
        worth = shown(band.value, read.value_type, viewer)
        if value < upper:
            worth += f" × {_way(value, lower, upper, read.input_types[0], viewer)}"
        terms.append(worth)
    return " + ".join(terms) or None
