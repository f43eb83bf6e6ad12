"""`under(catalogue, category, 'Tools')`: whether a key stands in a part of a tree.

Where one tree alone has such keys, `category under 'Tools'` says the same. The top of the part
belongs to it. Conditions use it, and tables whose keys cover subtrees.
"""

from __future__ import annotations

from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.units import BOOLEAN, COUNT, TEXT
from attain.engine import errors
from attain.engine.plans.resolve import made, reaching
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Column, Formula, Lookup
from attain.expressions import units
from attain.expressions.compose import Composer
from attain.expressions.tree import Span, Text
from attain.expressions.typed import Constant, Node, Reference

SIGNATURE: Final = "under(path, key, top)"
NOT_UNDER: Final = "not_applicable.not_under"


def under(reading: Reading) -> Node:
    """A key of the row, or the key a text names, is the top or stands below it.

    :raises AttainError: PLAN_PATH_UNKNOWN, PLAN_DATE_NEEDED.
    """
    if not reading.has(2, 3, SIGNATURE):
        return reading.faulty()
    *first, asked, last = reading.arguments
    key = reading.check(asked)
    name = reading.word(0) if first else _only_path(reading.site, key)
    path = path_of(reading.site, name or "?")
    kind = path.key[0].type
    if isinstance(last, Text):
        return stands_under(reading.site, reading.composer, path, key, last.value)
    top = reading.composer.fit(reading.check(last), kind)
    return is_under(reading.site, reading.composer, path, key, top)


def _only_path(site: Site, key: Node) -> str | None:
    """The one tree that has such keys."""
    paths = site.work.plan.paths
    found = [one for one in paths if path_of(site, one).key[0].kind == key.type.kind]
    return found[0] if len(found) == 1 else None


def path_of(site: Site, name: str) -> Draft:
    """The tree as these rows read it: in their period, or on their date.

    :raises AttainError: PLAN_PATH_UNKNOWN.
    """
    paths = site.work.plan.paths
    if name not in paths:
        raise AttainError(problem(errors.PLAN_PATH_UNKNOWN, name=name, known=nearest(name, paths)))
    return made.path_for(site.work, name, site.draft)


def stands_under(site: Site, composer: Composer, path: Draft, key: Node, code: str) -> Node:
    """As `is_under`, with a top that is written: a step with a name for readers.

    :raises AttainError: PLAN_DATE_NEEDED.
    """
    kind = path.key[0].type
    found = is_under(site, composer, path, key, composer.fit(Constant(code, TEXT), kind))
    if composer.problems or units.is_faulty(found.type):
        return found
    identity = (site.draft.name, f"under {path.name} {code} {key!r}")
    known = site.work.lifted.get(identity)
    if known is None:
        known = site.step_name()
        tree = path.name.partition("__")[0]
        named = labels(f"属于“{code}”（{tree}）", f"under “{code}” in {tree}")
        made = Column(known, found.type, Formula(found), labels=named, hidden=True)
        site.work.add(site.draft, made)
        site.work.lifted[identity] = known
    return site.draft.read(known)


def is_under(site: Site, composer: Composer, path: Draft, key: Node, top: Node) -> Node:
    """Whether a key is the top, or has it among its ancestors on the row's date.

    :raises AttainError: PLAN_DATE_NEEDED.
    """
    key = composer.fit(key, path.key[0].type)
    if units.is_faulty(key.type) or units.is_faulty(top.type):
        return composer.faulty(key.span)
    at = reaching.version_date(site) if path.period is None else reaching.period_end(site)
    name = _looked_up(site, path, key, top, at)
    distance = Reference("distance", COUNT.missing(), name)
    is_below = composer.operate("not", (called(composer, "is_missing", distance),), Span())
    is_top = composer.operate("=", (key, top), Span())
    found = composer.operate("or", (is_top, is_below), Span())
    if not at.type.may_be_missing:
        return found
    # Without a date nobody knows which tree is meant.
    is_dated = composer.operate("=", (at, at), Span())
    return called(composer, "if", is_dated, found, Constant(False, BOOLEAN))


def _looked_up(site: Site, path: Draft, key: Node, top: Node, at: Node) -> str:
    """The way from the key up to the top, if there is one."""
    draft = site.draft
    number = 1
    while True:
        name = f"under@{path.name}#{number}"
        wanted = Lookup(
            name=name,
            relation=path.name,
            equal=(("member", key), ("ancestor", top)),
            at=at,
            absent=NOT_UNDER,
        )
        if draft.lookups.setdefault(name, wanted) == wanted:
            draft.match_targets[name] = path
            return name
        number += 1
