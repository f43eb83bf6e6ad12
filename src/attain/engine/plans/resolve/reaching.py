"""How a row reads another relation: by its key and its date, or over a link."""

from __future__ import annotations

from collections.abc import Sequence

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    FROM,
    PERIOD,
    Draft,
    Link,
    first_day,
)
from attain.engine.plans.resolve.periods import add_days
from attain.engine.plans.resolve.site import PERIOD_END, Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import KeyPart, Lookup, MemberRows, PairRows
from attain.expressions.compose import Composer
from attain.expressions.tree import Name, Span
from attain.expressions.typed import Node

Equal = tuple[tuple[str, Node], ...]


def by_key(site: Site, target: Draft, *, over_computed: bool = False) -> str | None:
    """The lookup of the one row of a coarser relation that this row belongs to.

    Subjects are found by the link to them, periods by the row's date, dimensions by name; with
    `over_computed` subjects also by a calculated column that is called as they are.
    None if this row does not determine one.

    :raises AttainError: PLAN_LINK_SEVERAL if two links lead to the subject.
    """
    equal: list[tuple[str, Node]] = []
    at: Node | None = version_date(site) if target.is_dated else None
    if target.identifies is not None and len(target.own_key) != 1:
        return None
    for part in target.own_key:
        if part.kind.startswith(PERIOD):
            if not _period_is_known(site, part.kind.removeprefix(PERIOD)):
                return None
            at = _day_within(site, target)
            continue
        column = key_column(site, part)
        if column is not None:
            equal.append((part.name, site.draft.read(column)))
            continue
        computed = computed_key(site, part) if over_computed else None
        if computed is None:
            return None
        equal.append((part.name, site.lift(computed)))
    return _lookup(site, target, target.name, tuple(equal), at)


def by_any_key(site: Site, target: Draft) -> str | None:
    """The lookup of the coarser row: by what is stored, else over a calculated column."""
    return by_key(site, target) or by_key(site, target, over_computed=True)


def computed_key(site: Site, part: KeyPart) -> Node | None:
    """A calculated column that is called as the key part, and says whose the row is.

    :raises Reported: its rule is wrong.
    """
    if part.name not in site.draft.declared:
        return None
    node = site.check(part.name)
    return node if node.type.kind == part.kind else None


def _period_is_known(site: Site, kind: str) -> bool:
    own = site.draft.period
    if own is None:
        return site.own_date() is not None
    return own == kind or site.work.kinds.is_coarser(kind, own)


def key_column(site: Site, part: KeyPart) -> str | None:
    """The column of this row that holds a key part of another relation.

    Rows that a dimension is taken from hold it in the column it names.

    :raises AttainError: PLAN_LINK_SEVERAL.
    """
    draft = site.draft
    dimension = site.work.plan.dimensions.get(part.name)
    is_taken = dimension is not None and dimension.from_ == draft.name
    if dimension is not None and is_taken and dimension.column in draft.stored:
        return dimension.column
    if part.kind == "text":
        return part.name if part.name in draft.stored else None
    links = {
        link.name: link.column for link in draft.links.values() if leads_to(site, link, part.kind)
    }
    if part.name in links:
        return links[part.name]
    if isinstance(draft.rows, MemberRows):
        # A seller's rows are the seller's; whoever else they name is read with a dot.
        links = {name: column for name, column in links.items() if name == draft.subject}
    if len(set(links.values())) > 1:
        raise AttainError(
            problem(
                errors.PLAN_LINK_SEVERAL,
                relation=draft.name,
                target=part.kind,
                candidates=list(links),
                part=part.name,
                example=next(iter(links)),
            )
        )
    return next(iter(links.values()), _own_key(draft, part.kind))


def _own_key(draft: Draft, kind: str) -> str | None:
    """The one key column of a dataset whose rows are somebody else's: a contract by its person.

    Of a pair, that of the one side which has such a key.
    """
    if isinstance(draft.rows, PairRows):
        sides = [(prefix, _own_key(base, kind)) for prefix, base in draft.bases]
        known = [prefix + found for prefix, found in sides if found is not None]
        return known[0] if len(known) == 1 else None
    if draft.identifies is None or len(draft.own_key) != 1:
        return None
    own = draft.own_key[0]
    is_led_away = own.kind != kind and draft.stored[own.name].type.kind == kind
    return own.name if is_led_away else None


def without_link(found: Draft, asking: Draft, name: str, expression: str) -> AttainError:
    """Why `link: {name: expression}` does not hold: the rows looked for have no such column.

    Both sides may have been turned around.
    """
    if name in asking.stored and expression in found.stored:
        return AttainError(
            problem(
                errors.PLAN_LINK_TURNED,
                relation=found.name,
                other=asking.name,
                name=name,
                expression=expression,
            )
        )
    known = nearest(name, found.stored)
    return AttainError(
        problem(errors.PLAN_COLUMN_UNKNOWN, relation=found.name, name=name, known=known)
    )


def leads_to(site: Site, link: Link, kind: str) -> bool:
    """Whether a link leads to rows of a dataset, under its own name or as a source."""
    if link.to == kind:
        return True
    return site.work.dataset_of(link.to) == kind


def row_at(
    site: Site, target: Draft, name: str, equal: Equal, on_the_way: Node | None = None
) -> str:
    """A lookup by key, of the version in force where the rows are dated.

    Rows without a date of their own read the version of the row that leads there.
    """
    at: Node | None = None
    if target.is_dated:
        has_date = site.at is not None or site.last_day() is not None
        at = version_date(site) if has_date or on_the_way is None else on_the_way
    return _lookup(site, target, name, equal, at)


def of_base(site: Site, base: Draft, prefix: str) -> str:
    """The lookup of the row that stands in this one, by its whole key."""
    equal = tuple((part.name, site.draft.read(prefix + part.name)) for part in base.key)
    return _lookup(site, base, base.name, equal, None)


def standing(site: Site, target: Draft, side: str) -> str | None:
    """The lookup of a row that stands in this one, as the sides of a pair do: of the named side,
    else of the first that has such rows."""
    for prefix, base in site.draft.bases:
        if (
            base is target
            and side in ("", prefix)
            and EFFECTIVE_FROM not in {part.name for part in base.key}
        ):
            return of_base(site, base, prefix)
    return None


def member_of(site: Site, target: Draft, value: Node, path: Sequence[str]) -> str:
    """The lookup of a subject's row in the period around this row's date."""
    subject = target.own_key[0].name
    at = _day_within(site, target, ".".join(path)) if target.period else None
    name = f"{'.'.join(path)}@{target.name}"
    return _lookup(site, target, name, ((subject, value),), at)


def _day_within(site: Site, target: Draft, link: str = "") -> Node:
    """The row's date, by which the period of a coarser row is found.

    :param link: the column that leads to the subject, where it is not called as the subject.
    :raises AttainError: PLAN_ROW_PERIOD for rows without a date.
    """
    day = site.own_date()
    if day is None:
        raise _undated(site, target, link)
    return day


def unreached(site: Site, target: Draft, name: str) -> AttainError:
    """Why a row determines no row of another grain: it has no date, or that grain is finer."""
    whose = [part for part in target.own_key if not part.kind.startswith(PERIOD)]
    is_undated = site.draft.period is None and site.own_date() is None
    if target.period and is_undated and all(key_column(site, part) for part in whose):
        return _undated(site, target)
    return AttainError(
        problem(errors.PLAN_GRAIN, name=name, finer=target.grain, grain=site.draft.grain)
    )


def _undated(site: Site, target: Draft, link: str = "") -> AttainError:
    whose = [part for part in target.own_key if not part.kind.startswith(PERIOD)]
    own = {part.name: link or key_column(site, part) or part.name for part in whose}
    return AttainError(
        problem(
            errors.PLAN_ROW_PERIOD,
            relation=site.draft.name,
            grain=", ".join(part.name for part in target.own_key),
            match=" and ".join(f"{name} = this.{column}" for name, column in own.items()),
        )
    )


def _lookup(site: Site, target: Draft, name: str, equal: Equal, at: Node | None) -> str:
    draft = site.draft
    name = _versioned(site, target, name)
    made = Lookup(name=name, relation=target.name, equal=equal, at=at)
    taken = draft.lookups.get(name)
    number = 1
    while taken is not None and taken != made:
        number += 1
        made = Lookup(name=f"{name}#{number}", relation=target.name, equal=equal, at=at)
        taken = draft.lookups.get(made.name)
    draft.lookups[made.name] = made
    draft.match_targets[made.name] = target
    return made.name


def _versioned(site: Site, target: Draft, name: str) -> str:
    """The same row read at another date has another name."""
    if target.is_dated and site.at:
        return f"{name}@{site.at.replace(' ', '_')}"
    return name


def version_date(site: Site) -> Node:
    """The date by which versions are read: what `at:` says, else the row's own.

    A row of a period reads the version of its last day.

    :raises AttainError: PLAN_DATE_NEEDED, PLAN_COLUMN_UNKNOWN.
    """
    said = site.at
    if said is None:
        return site.needed_date(site.last_day())
    if said == PERIOD_END:
        return period_end(site)
    return date_named(site, said)


def date_named(site: Site, said: str) -> Node:
    """A date of this row by name, over links too.

    :raises AttainError: PLAN_COLUMN_UNKNOWN.
    """
    plain = Site(site.work, site.draft)
    said = first_day(site.draft.stored, said)
    found = plain.scope().name(Name(tuple(said.split(".")), Span()), Composer())
    if found is None:
        raise AttainError(
            problem(
                errors.PLAN_COLUMN_UNKNOWN,
                relation=site.draft.name,
                name=said,
                known=nearest(said, site.draft.stored),
            )
        )
    return found


def period_start(site: Site) -> Node:
    """The first day of the row's period; without one, of the plan's period around its date."""
    if site.draft.period is not None:
        return site.draft.read(FROM)
    day = site.needed_date(site.own_date())
    return site.work.kinds.start(Composer(), site.work.plan.period, day)


def dated_for(site: Site, outer: Site | None, word: str) -> Node:
    """The date by which `period_end` and the like are those of a row.

    :raises AttainError: PLAN_DATE_NEEDED, PLAN_PERIOD_OF_ROW where the row that gathers has one.
    """
    found = site.own_date()
    if found is None and outer is not None and outer.draft.period is not None:
        raise AttainError(problem(errors.PLAN_PERIOD_OF_ROW, relation=site.draft.name, name=word))
    return site.needed_date(found)


def period_end(site: Site) -> Node:
    """The last day of the row's period; without one, of the plan's period around its date."""
    if site.draft.period is not None:
        return site.needed_date(site.last_day())
    kinds, kind, composer = site.work.kinds, site.work.plan.period, Composer()
    until = kinds.moved(composer, kind, period_start(site), 1, kind)
    return add_days(composer, until, -1)
