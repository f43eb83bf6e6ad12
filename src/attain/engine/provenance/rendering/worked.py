"""The working of a table that was read: slices, filled bands, the way between two points."""

from __future__ import annotations

from fractions import Fraction

from attain.core.units import RATIO, Type
from attain.engine.provenance.model import Band, TableRead
from attain.engine.provenance.rendering.values import bracketed, shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent, Result


def worked(read: TableRead, viewer: Viewer) -> str | None:
    """What was added up, with its numbers; None where the value of one cell says it all.

    Slices: 10,000.00 × 1% + 5,000.00 × 2%. Filled: 1,000.00 + 2,000.00 × (30% − 25%) ÷ (50% − 25%).
    Between points: 70% + (100% − 70%) × (98% − 90%) ÷ (100% − 90%). Between four of two inputs each
    counts as far as it is near: (100% × 75% + 140% × 25%) × 50% + (130% × 75% + 200% × 25%) × 50%.
    """
    value = read.inputs[0].value
    if not isinstance(value, Fraction):
        return None
    if read.reading == "curve":
        return _between(read, viewer)
    if len(read.inputs) > 1:
        return None
    if read.reading == "marginal":
        return _added(read, value, viewer)
    if read.reading == "fill":
        return _filled(read, value, viewer)
    return None


def _between(read: TableRead, viewer: Viewer) -> str | None:
    """Between two points, or four."""
    beside = [band for band in read.bands if band.is_hit]
    ways = [
        place
        for place in range(len(read.inputs))
        if len({band.axes[place].lower for band in beside}) > 1
    ]
    if len(ways) > 1:
        return _among(read, beside, viewer)
    value = read.inputs[ways[0]].value if ways else None
    if not isinstance(value, Fraction):
        return None
    first, last = sorted(beside, key=lambda band: _place(band, ways[0]))
    low, high = (shown(band.value, read.value_type, viewer) for band in (first, last))
    edges = (_place(first, ways[0]), _place(last, ways[0]))
    rise = f"({high} − {bracketed(low)})"
    return f"{low} + {rise} × {_way(value, *edges, read.input_types[ways[0]], viewer)}"


def _place(band: Band, axis: int) -> Fraction:
    edge = band.axes[axis].lower
    return edge if isinstance(edge, Fraction) else Fraction(0)


def _among(read: TableRead, beside: list[Band], viewer: Viewer) -> str:
    """Four points, each by how near it is along both inputs."""
    rows = []
    for across in sorted({_place(band, 1) for band in beside}):
        row = [band for band in beside if _place(band, 1) == across]
        terms = []
        for band in sorted(row, key=lambda band: _place(band, 0)):
            near = _nearness(read, beside, band, 0, viewer)
            terms.append(f"{shown(band.value, read.value_type, viewer)} × {near}")
        rows.append(f"({_sum(terms)}) × {_nearness(read, beside, row[0], 1, viewer)}")
    return " + ".join(rows)


def _nearness(read: TableRead, beside: list[Band], band: Band, axis: int, viewer: Viewer) -> str:
    """How far away the point opposite is, of the whole way: what a point counts for."""
    value, own = read.inputs[axis].value, _place(band, axis)
    assert isinstance(value, Fraction), "points beside a value are only sought where there is one"
    [other] = {_place(one, axis) for one in beside} - {own}
    return shown((value - other) / (own - other), RATIO, viewer)


def _sum(terms: list[str]) -> str:
    """What is added up; a negative one after the first stands in brackets."""
    return " + ".join([*terms[:1], *(bracketed(term) for term in terms[1:])])


def _way(
    value: Fraction, start: Result | None, end: Result | None, type_: Type, viewer: Viewer
) -> str:
    """How far a value lies between two others."""
    one, first, last = (shown(each, type_, viewer) for each in (value, start, end))
    if not start:
        return f"{one} ÷ {bracketed(last)}"
    first = bracketed(first)
    return f"({one} − {first}) ÷ ({last} − {first})"


def _covered(read: TableRead) -> list[Band]:
    return [band for band in read.bands if isinstance(band.part, Fraction) and band.part]


def slices(read: TableRead) -> list[tuple[Fraction, Result]]:
    """The slices with their rates; what lies in no band is at the rate of `otherwise`."""
    found = [
        (band.part, band.value)
        for band in read.bands
        if isinstance(band.part, Fraction) and band.part
    ]
    rest = _rest(read)
    return [*found, (rest, read.otherwise)] if rest and read.otherwise is not None else found


def _rest(read: TableRead) -> Fraction:
    """What lies in no band; nothing where nobody knows the edges."""
    if read.scale is not None and isinstance(read.scale.value, Absent):
        return Fraction(0)
    value = read.inputs[0].value
    parts = (band.part for band in read.bands)
    covered = sum((part for part in parts if isinstance(part, Fraction)), Fraction(0))
    return value - covered if isinstance(value, Fraction) else Fraction(0)


def left_over(read: TableRead, viewer: Viewer) -> str | None:
    """What is paid for what lies in no band: 1,500.00 × 10%; None where nobody knows the edges."""
    if read.otherwise is None or (read.scale is not None and isinstance(read.scale.value, Absent)):
        return None
    return sliced(read, _rest(read), read.otherwise, viewer)


def _added(read: TableRead, value: Fraction, viewer: Viewer) -> str | None:
    """The slices, unless some of the value is in none."""
    found = slices(read)
    if not found or sum(part for part, _ in found) != value:
        return None
    return " + ".join(sliced(read, *one, viewer) for one in found)


def sliced(read: TableRead, part: Result, rate: Result, viewer: Viewer) -> str:
    """A slice at its rate."""
    one = shown(part, read.input_types[0], viewer)
    return f"{one} × {bracketed(shown(rate, read.value_type, viewer))}"


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
    return _sum(terms) or None
