"""Tables as they were read: all bands, the one that matched, the distance to the next."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attain.core.units import Type
from attain.engine.provenance.model import Axis, Band, Step, TableRead
from attain.engine.provenance.rendering.expressions import in_words
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.values import priced, shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.engine.provenance.rendering.worked import left_over, sliced, slices
from attain.engine.provenance.tables import asks_for_part, said_inputs

_MOST_BANDS: Final = 20
"""So many bands of one table are told; a matrix or a price list may have thousands."""


def tables(step: Step, viewer: Viewer) -> Iterator[Outline]:
    """Every table an expression read, each once."""
    seen: list[TableRead] = []
    for one in step.walk():
        if one.table is not None and one.was_asked and one.table not in seen:
            seen.append(one.table)
            yield table(one.table, viewer)


def table(read: TableRead, viewer: Viewer) -> Outline:
    """One table as it was read."""
    phrase = "band_slices" if read.reading == "marginal" else "band"
    near = _near(read)
    said = [_band(read, band, viewer) for band in near]
    if unsaid := len(read.bands) - len(near):
        said.append(Outline(say("bands_more", viewer.language, count=unsaid)))
    if read.reading != "curve":
        said += _otherwise(read, viewer)
    name = viewer.tables.get(read.name, read.name)
    if read.chosen:
        keys = ", ".join(shown(one.value, one.type, viewer) for one in read.chosen)
        name = say("reading_value", viewer.language, table=name, input=keys)
    return heading(say(phrase, viewer.language, table=name), [*said, *_notes(read, viewer)])


def _near(read: TableRead) -> list[Band]:
    """The bands that are told: of a long table the one that was hit and those beside it.

    In a table of several inputs these are its row and its column: one condition is another.
    """
    bands = list(read.bands)
    if len(bands) <= _MOST_BANDS or read.reading not in ("value", "whole"):
        return bands
    hit = next((one for one in bands if one.is_hit), None)
    if hit is None:
        return bands[:_MOST_BANDS]
    is_grid = len(hit.axes) > 1
    beside = [one for one in bands if not is_grid or _differences(one, hit) < 2]
    first = max(0, min(beside.index(hit) - _MOST_BANDS // 2, len(beside) - _MOST_BANDS))
    return beside[first : first + _MOST_BANDS]


def _differences(one: Band, hit: Band) -> int:
    return sum(a != b for a, b in zip(one.axes, hit.axes, strict=True))


def band_words(read: TableRead, band: Band, viewer: Viewer) -> str:
    """What a band asks of each input; of a curve, where the point is."""
    said = _point if read.reading == "curve" else axis_words
    asked = zip(band.axes, read.input_types, read.inputs, strict=True)
    words = [
        in_words(one, viewer) if asks_for_part(one) else said(axis, type_, viewer)
        for axis, type_, one in asked
        if not asks_for_part(one) or axis.keys
    ]
    return ", ".join(words)


def _band(read: TableRead, band: Band, viewer: Viewer) -> Outline:
    words = band_words(read, band, viewer)
    text = f"{words}: {shown(band.value, read.value_type, viewer)}"
    if band.part is not None and read.reading == "marginal":
        text = f"{words}: {sliced(read, band.part, band.value, viewer)}"
    if not band.is_hit:
        return Outline(text)
    inputs = ", ".join(shown(one.value, one.type, viewer) for one in said_inputs(read))
    return Outline(f"{text}  ← {inputs}", role="hit")


def _otherwise(read: TableRead, viewer: Viewer) -> list[Outline]:
    """What the table gives where no band fits, last of all; that it gives nothing, if it was so."""
    if read.otherwise is None and not read.is_otherwise:
        return []
    text = say("no_otherwise", viewer.language)
    if read.otherwise is not None:
        is_sliced = read.reading == "marginal" and isinstance(read.inputs[0].value, Fraction)
        rest = left_over(read, viewer) if is_sliced else None
        value = rest or shown(read.otherwise, read.value_type, viewer)
        text = f"{say('otherwise', viewer.language)}: {value}"
    if not read.is_otherwise:
        return [Outline(text)]
    inputs = ", ".join(shown(one.value, one.type, viewer) for one in said_inputs(read))
    return [Outline(f"{text}  ← {inputs}", role="hit")]


def _point(axis: Axis, type_: Type, viewer: Viewer) -> str:
    """A point of a curve: it has no edges, only a place."""
    return shown(axis.lower, type_, viewer)


_BETWEEN: Final = {
    (True, False): "from_below",
    (False, True): "above_to",
    (True, True): "from_to",
    (False, False): "above_below",
}
"""Ranges by whether their lower and their upper edge are inside."""


def axis_words(axis: Axis, type_: Type, viewer: Viewer) -> str:
    """A range in words that leave no doubt to which band an edge belongs."""
    if axis.is_open:
        return say("any", viewer.language)
    if axis.keys:
        return "/".join(shown(one, type_, viewer) for one in axis.keys)
    lower = shown(axis.lower, type_, viewer) if axis.lower is not None else ""
    upper = shown(axis.upper, type_, viewer) if axis.upper is not None else ""
    if not lower:
        phrase = "up_to" if axis.upper_closed else "below"
    elif not upper:
        phrase = "from" if axis.lower_closed else "above"
    else:
        phrase = _BETWEEN[axis.lower_closed, axis.upper_closed]
    return say(phrase, viewer.language, lower=lower, upper=upper)


def _notes(read: TableRead, viewer: Viewer) -> Iterator[str]:
    if read.scale is not None:
        name, value = in_words(read.scale, viewer), shown(read.scale.value, read.scale.type, viewer)
        if name != value:
            yield say("scaled", viewer.language, scale=name, value=value)
    if read.reading == "marginal" and (rate := _blended(read)) is not None:
        yield say("blended", viewer.language, rate=priced(rate, read.value_type, viewer))
    note = say("unrounded", viewer.language) if _has_edges(read) else ""
    if read.next is not None:
        label = read.next.labels.get(viewer.language) if read.next.labels else read.next.column
        gap = " " if viewer.language == "en" else ""
        note += gap + say(
            _nearness(label) if read.next.missing else "to_next_beyond",
            viewer.language,
            edge=shown(read.next.edge, read.input_types[0], viewer),
            column=label,
            missing=priced(read.next.missing, read.next.type, viewer),
        )
    if note:
        yield note


def _has_edges(read: TableRead) -> bool:
    """Whether a number is compared with edges; single values and curves have none."""
    axes = (axis for band in read.bands for axis in band.axes)
    return read.reading != "curve" and any(
        axis.lower is not None or axis.upper is not None for axis in axes
    )


def _nearness(label: str) -> str:
    """A name of Latin letters stands in brackets, so that it does not grow into the words."""
    if not label:
        return "to_next_plain"
    return "to_next_named" if label.isascii() else "to_next"


def _blended(read: TableRead) -> Fraction | None:
    """All slices together as one rate of the whole."""
    total = read.inputs[0].value
    if not isinstance(total, Fraction) or not total:
        return None
    earned = [rate * part for part, rate in slices(read) if isinstance(rate, Fraction)]
    return sum(earned, Fraction(0)) / total if earned else None
