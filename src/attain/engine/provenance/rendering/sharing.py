"""Somebody's place among others, and the part of a pot, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from attain.core.labels import ENGLISH
from attain.core.units import Unit
from attain.engine.provenance.model import Node
from attain.engine.provenance.places import InGroup, InShare
from attain.engine.provenance.rendering.decided import key_text
from attain.engine.provenance.rendering.outline import Outline, heading
from attain.engine.provenance.rendering.phrases import about, ordinal, say
from attain.engine.provenance.rendering.rows import input_name
from attain.engine.provenance.rendering.values import shown
from attain.engine.provenance.rendering.viewing import Viewer
from attain.engine.provenance.whole import counted


def standings(node: Node, viewer: Viewer) -> Iterator[Outline]:
    """The place in a population, or the part of a pot."""
    if node.group is not None and (node.group.members or node.group.lacking):
        yield _group(node, viewer)
    if node.share is not None:
        yield _shared(node, viewer)


def _group(node: Node, viewer: Viewer) -> Outline:
    group = node.group
    assert group is not None
    if group.place is not None and isinstance(group.place, Fraction):
        place = ordinal(int(group.place), viewer.language)
        text = say(
            about("group_place", of_people=group.of_people),
            viewer.language,
            members=group.members,
            place=place,
        )
    else:
        text = say(
            about("group_size", of_people=group.of_people), viewer.language, members=group.members
        )
    said = []
    own = {one.cell.column: one for one in node.inputs}
    between = ", " if viewer.language == ENGLISH else "、"
    values = between.join(
        f"{input_name(node, name, viewer)} {shown(own[name].value, own[name].type, viewer)}".strip()
        for name in group.columns
        if name in own and viewer.sees(own[name].subject)
    )
    if values:
        said.append(say("group_own", viewer.language, values=values))
    said += _ties(node, group, viewer)
    if group.partition:
        values = between.join(key_text((value,), viewer) for _, value in group.partition)
        said.append(say("group_by", viewer.language, partition=values))
    if group.lacking:
        said.append(say("group_lacking", viewer.language, count=group.lacking))
    return heading(text, said)


def _ties(node: Node, group: InGroup, viewer: Viewer) -> Iterator[str]:
    """Who else is equal, and which column came to decide between them."""
    names = [input_name(node, one, viewer) or one for one in group.columns]
    between = ", " if viewer.language == ENGLISH else "、"
    for place, (count, left) in enumerate(pairwise(group.equal), start=1):
        if count > left:
            equal = between.join(names[:place])
            yield say(
                "group_decided", viewer.language, equal=equal, count=count, column=names[place]
            )
    if group.equal and group.equal[-1]:
        yield say("group_tied", viewer.language, count=group.equal[-1])


def _shared(node: Node, viewer: Viewer) -> Outline:
    share = node.share
    assert share is not None
    if share.capacity is not None:
        pot, before, capacity = (
            shown(one, node.type, viewer) for one in (share.pot, share.before, share.capacity)
        )
        text = say("share_capacity", viewer.language, pot=pot, before=before, capacity=capacity)
        return Outline(text)
    if not share.all_weights:
        return Outline(say("share_empty", viewer.language, pot=shown(share.pot, node.type, viewer)))
    weight_type = next((one.type for one in node.inputs if one.value == share.weight), node.type)
    if weight_type.unit is Unit.ratio and share.all_weights != 1:
        # 3.3 of 7.2 parts, and not 330 % of 720 %.
        weight_type = counted(weight_type)
    text = say(
        "share",
        viewer.language,
        pot=shown(share.pot, node.type, viewer),
        weight=shown(share.weight, weight_type, viewer),
        all=shown(share.all_weights, weight_type, viewer),
        exact=shown(share.exact, node.type, viewer),
        sharers=share.sharers,
    )
    return heading(text, _whole_steps(node, share, viewer))


def _whole_steps(node: Node, share: InShare, viewer: Viewer) -> list[str]:
    """How the exact part becomes whole steps, and what of the rest went to it."""
    if not isinstance(share.cut, Fraction) or not isinstance(node.value, Fraction):
        return []
    lines = []
    if share.cut != share.exact:
        cut = shown(share.cut, node.type, viewer)
        lines.append(say("share_cut", viewer.language, step=share.step, cut=cut))
    if node.value != share.cut:
        rule = say(f"residue_{share.residue}", viewer.language)
        left = shown(node.value - share.cut, node.type, viewer)
        lines.append(say("share_residue", viewer.language, rule=rule, left=left))
    return lines
