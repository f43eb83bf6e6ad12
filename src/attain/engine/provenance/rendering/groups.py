"""Groups of raters in words, none of which says who gave what."""

from __future__ import annotations

from collections.abc import Sequence

from attain.core.units import Type, Unit
from attain.engine.provenance.places import RaterGroup
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.values import shown
from attain.engine.provenance.rendering.viewing import Viewer


def raters(found: Sequence[RaterGroup], viewer: Viewer) -> Outline:
    """Each group with its raters, their mean, and its weight."""
    count = found[0].of
    text = say("raters", viewer.language, count=count, groups=sum(one.raters > 0 for one in found))
    return heading(text, [_group(one, viewer) for one in found])


def _group(one: RaterGroup, viewer: Viewer) -> str:
    weight = shown(one.weight, Type(Unit.ratio), viewer)
    if one.counts != one.weight and one.raters:
        counts = shown(one.counts, Type(Unit.ratio), viewer)
        weight = say("weight_counts", viewer.language, weight=weight, counts=counts)
    phrase = "rater_group" if one.mean is not None else "rater_group_few"
    return say(
        phrase if one.raters else "rater_group_none",
        viewer.language,
        group=one.name,
        raters=one.raters,
        of=one.of,
        mean=shown(one.mean, one.type, viewer),
        weight=weight,
    )
