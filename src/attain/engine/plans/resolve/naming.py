"""Columns that an author names where a column has to stand: orders, partitions, choices."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.resolve.drafts import FROM
from attain.engine.plans.resolve.replacing import replaced
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.windows import START
from attain.expressions.typed import Node, Reference


def ordered_by(site: Site, said: str, owner: str) -> tuple[str, bool]:
    """`signed_on` or `priority desc`, as a column and whether it is descending.

    An expression, or a name over a link, becomes a hidden column.

    :raises Reported: it is wrong.
    """
    text, is_descending = said, False
    for word, down in ((" desc", True), (" asc", False)):
        if said.endswith(word):
            text, is_descending = said.removesuffix(word).strip(), down
    return column_of(site, text, owner), is_descending


def partition_column(site: Site, said: str, owner: str) -> str:
    """A column whose equal values hold rows together; a kind of period is that of the row's date.

    :raises AttainError: PLAN_DATE_NEEDED for a period of rows without a date.
    :raises Reported: it is wrong.
    """
    draft = site.draft
    is_period = said in site.work.kinds and not draft.is_taken(said)
    if not is_period:
        return column_of(site, said, owner)
    day = draft.date or (FROM if draft.period else "from")
    if not draft.is_taken(day):
        raise AttainError(problem(errors.PLAN_DATE_NEEDED, relation=draft.name))
    return column_of(site, f"{START}('{said}', {day})", owner)


def column_of(site: Site, text: str, owner: str) -> str:
    """The column an expression is, hidden where it is none yet.

    :raises Reported: it is wrong.
    """
    node = site.check(text)
    return site.named(owner).lift(node, text).column


def flat(site: Site, node: Node) -> Node:
    """The node over plain columns of its rows: what it looks up becomes hidden columns."""

    def plain(reference: Reference) -> Node:
        return reference if reference.row in ("", "this") else site.lift(reference)

    return replaced(node, plain)
