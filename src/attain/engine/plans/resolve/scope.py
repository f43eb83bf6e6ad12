"""What names mean on a row: its own columns, coarser ones, those over links, and constants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.units import DATE, Unit
from attain.engine import errors
from attain.engine.plans.resolve import calls, constants, reaching, unknown
from attain.engine.plans.resolve.drafts import EFFECTIVE_FROM, FROM, UNTIL, Draft, Link
from attain.engine.plans.resolve.periods import add_days
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Reported, faulty
from attain.engine.primitives.model import PeriodRows
from attain.expressions.check import Check
from attain.expressions.compose import Composer
from attain.expressions.spelling import name_of
from attain.expressions.tree import Call, Name, Span
from attain.expressions.typed import Constant, Node, Reference

THIS: Final = "this"
PERIOD_WORDS: Final = ("period_start", "period_end", "period_label")


@dataclass(frozen=True, slots=True)
class RowScope:
    """The words an expression may use on the rows of a site.

    `outer` is the row that gathers or matches, read with `this.`; `right` is the right row of
    a pair.
    """

    site: Site
    outer: Site | None = None
    right: Draft | None = None

    # ---------------------------------------------------------------------------------- names

    def name(self, name: Name, composer: Composer | None = None) -> Node | None:
        """What a name stands for, None if nothing here is called so.

        :raises AttainError: PLAN_AMBIGUOUS_NAME, PLAN_GRAIN, PLAN_UNFINISHED_PERIOD and others.
        """
        parts = tuple(name_of(part) for part in name.parts)
        try:
            found = self._found(parts)
        except Reported:
            return faulty()
        if found is not None:
            return replace(found, span=name.span)
        return self._unknown(parts)

    def _unknown(self, parts: tuple[str, ...]) -> Node | None:
        """A column whose own mistake was told already stays silent; a table says how it is read."""
        work = self.site.work
        if parts[0] in work.plan.all_columns() and parts[0] not in work.declared:
            return faulty()
        error = unknown.over_link(work, self.site.draft, parts)
        error = error or unknown.explained(work, parts)
        if error is not None:
            raise error
        return None

    def _found(self, parts: tuple[str, ...]) -> Node | None:
        if parts[0] == THIS:
            return self._of_outer(parts[1:])
        if self.right is not None and parts[0] == "right" and len(parts) == 2:
            return self._of_right(parts[1])
        if len(parts) > 1:
            return (
                self._own(".".join(parts)) or self._dotted(parts) or self._matched_elsewhere(parts)
            )
        return self._own(parts[0]) or self._constant(parts[0]) or self._elsewhere(parts[0])

    def _own(self, name: str) -> Node | None:
        draft = self.site.draft
        if self.site.fold is not None and self.site.fold.has(name):
            return self.site.fold.read(name)
        made_of = self._of_base(name)
        if made_of is not None:
            return made_of
        column = self.site.work.column(draft, name)
        if column is not None:
            return Reference(column.name, column.type)
        if name in draft.links:
            return draft.read(draft.links[name].column)
        if name in draft.matches:
            row, target = self._match(name)
            return self._of_row(row, target, target.own_key[0].name)
        if name in PERIOD_WORDS:
            return self._period_word(name)
        return None

    def _of_base(self, name: str) -> Node | None:
        """A calculated column of a relation whose rows stand in this one's, read by its key.

        It is not copied, so that rows never wait for values that are made from them.
        """
        draft, work = self.site.draft, self.site.work
        found = None if draft.is_taken(name) else draft.base_column(name)
        if found is None:
            return None
        own, base, there = found
        if there not in base.declared or EFFECTIVE_FROM in {part.name for part in base.key}:
            return None
        column = work.column(base, there)
        if column is None:
            return None
        row = reaching.of_base(self.site, base, own.removesuffix(there))
        return Reference(there, column.type, row)

    def _constant(self, name: str) -> Node | None:
        if name not in self.site.work.plan.parameters:
            return None
        return constants.parameter(self, name)

    def _elsewhere(self, name: str) -> Node | None:
        """A column of the plan at a coarser grain."""
        work = self.site.work
        declared = work.declared.get(name)
        if declared is None:
            return None
        target = work.drafts[declared.relation]
        if declared.model.match:
            return None
        row = self._reached(name, target)
        if row is None:
            raise reaching.unreached(self.site, target, name)
        self._refuse_unfinished(name, target)
        return self._of_row(row, target, name)

    def _matched_elsewhere(self, parts: tuple[str, ...]) -> Node | None:
        """`result.revenue` where a coarser grain, or a side of a pair, finds the row `result`."""
        work, draft = self.site.work, self.site.draft
        side = f"{parts[0]}." if len(parts) > 2 else ""
        side = side if side in (prefix for prefix, _ in draft.bases) else ""
        parts = parts[1:] if side else parts
        declared = work.declared.get(parts[0])
        if declared is None or not declared.model.match or declared.relation == draft.name:
            return None
        target = work.drafts[declared.relation]
        row = reaching.standing(self.site, target, side) or self._reached(parts[0], target)
        if row is None:
            raise reaching.unreached(self.site, target, parts[0])
        self._refuse_unfinished(parts[0], target)
        there = self.site.on(target)
        found = RowScope(there)._dotted(parts)
        return None if found is None else self._of_row(row, target, there.lift(found).column)

    def _reached(self, name: str, target: Draft) -> str | None:
        """The lookup of the coarser row; with two ways there, its author has to say which."""
        try:
            return reaching.by_any_key(self.site, target)
        except AttainError as error:
            if error.code != errors.PLAN_LINK_SEVERAL:
                raise
            links = error.problems[0].values["candidates"]
            ways = [f"{link}.{name}" for link in links]  # type: ignore[attr-defined]
            raise AttainError(
                problem(errors.PLAN_AMBIGUOUS_NAME, name=name, candidates=ways, example=ways[0])
            ) from None

    def _refuse_unfinished(self, name: str, target: Draft) -> None:
        """A period coarser than the plan's is not finished when the plan is calculated."""
        work, own = self.site.work, self.site.draft.period
        if target.period is None or target.period == own:
            return
        if work.kinds.is_coarser(target.period, work.plan.period):
            raise AttainError(
                problem(
                    errors.PLAN_UNFINISHED_PERIOD,
                    name=name,
                    coarser=target.period,
                    kind=own or work.plan.period,
                )
            )

    # ---------------------------------------------------------------------------- other rows

    def _dotted(self, parts: tuple[str, ...]) -> Node | None:
        """`customer.region`: the link's row, and what is asked of it.

        What stands in a row under another's prefix leads on as well: `by.territory.quota`.
        """
        if len(parts) > 2 and ".".join(parts[:2]) in self.site.draft.stored:
            parts = (".".join(parts[:2]), *parts[2:])
        row, at = "", self.site
        for depth, part in enumerate(parts[:-1], start=1):
            step = self._step(row, at, part, parts[:depth], parts[depth])
            if step is None:
                return None
            row, target = step
            at = self.site.on(target)
        return self._of_row(row, at.draft, parts[-1])

    def _step(
        self, row: str, at: Site, part: str, path: tuple[str, ...], wanted: str
    ) -> tuple[str, Draft] | None:
        draft = at.draft
        if row == "" and part in draft.matches:
            return self._match(part)
        link = draft.links.get(part) or self._link_of_column(draft, part)
        if link is None:
            return None
        value = self._of_row(row, draft, link.column)
        if value is None:
            return None
        if row == "" and part == draft.subject != wanted and wanted in draft.stored:
            return "", draft
        return self._linked(link, value, path, wanted, self._date_of(row, draft))

    def _date_of(self, row: str, draft: Draft) -> Node | None:
        """The date of a row on the way."""
        if row == "" or draft.date is None:
            return None
        return self._of_row(row, draft, draft.date)

    def _linked(
        self, link: Link, value: Node, path: tuple[str, ...], wanted: str, date: Node | None
    ) -> tuple[str, Draft] | None:
        """The row a link leads to: of the dataset, or of the subject in this row's period."""
        work = self.site.work
        target = work.draft(link.to)
        if not target.is_taken(wanted) and wanted not in target.links:
            declared = work.declared.get(wanted)
            member = work.drafts[declared.relation] if declared else None
            if member is not None and reaching.leads_to(self.site, link, member.key[0].kind):
                self._refuse_unfinished(wanted, member)
                return reaching.member_of(self.site, member, value, path), member
            return None
        if len(target.own_key) != 1:
            return None
        equal = ((target.own_key[0].name, value),)
        return reaching.row_at(self.site, target, ".".join(path), equal, date), target

    def _link_of_column(self, draft: Draft, name: str) -> Link | None:
        """A calculated column that is a key leads to the row it names."""
        column = self.site.work.column(draft, name)
        if column is None or column.type.unit is not Unit.key or column.type.kind is None:
            return None
        return Link(name, name, column.type.kind)

    def _match(self, name: str) -> tuple[str, Draft]:
        """The lookup of a match, made now if it was not yet."""
        work, draft = self.site.work, self.site.draft
        if name not in draft.lookups:
            work.column(draft, name)
        return name, draft.match_targets[name]

    def _of_row(self, row: str, target: Draft, name: str) -> Node | None:
        """A column of another row; without a row to be found, it is missing."""
        if row != "" and name in target.links and name not in target.stored:
            name = target.links[name].column
        column = self.site.work.column(target, name)
        if column is None:
            return None
        is_there = row == "" or (
            self.site.draft.period is not None and isinstance(target.rows, PeriodRows)
        )
        type_ = column.type if is_there else column.type.missing()
        return Reference(name, type_, row)

    def _of_right(self, name: str) -> Node | None:
        if self.right is None:
            return None
        column = self.right.column(name)
        if column is None and name == "period_start":
            column = self.right.column(FROM)
        if column is None:
            raise unknown.of_right(self.site.work, name, self.right)
        return Reference(column.name, column.type, "right")

    def _of_outer(self, parts: tuple[str, ...]) -> Node | None:
        """`this.zip`: the gathering row; what it must look up becomes a hidden column of it."""
        if self.outer is None or not parts:
            raise AttainError(problem(errors.PLAN_THIS))
        node = RowScope(self.outer).name(Name(parts, Span()))
        if node is None or isinstance(node, Constant):
            return node
        found = self.outer.lift(node)
        return replace(found, row=THIS)

    # --------------------------------------------------------------------------------- periods

    def _period_word(self, name: str) -> Node | None:
        """The first or last day of the row's period, or how it is called; rows need a date."""
        site = self.site
        kind = site.draft.period or site.work.plan.period
        plain = replace(site, declared=None)
        reaching.dated_for(site, self.outer, name)
        if name == "period_end":
            return reaching.period_end(plain)
        if name == "period_start":
            return reaching.period_start(plain)
        if site.draft.period is not None:
            return site.draft.read(kind)
        target = site.work.period(kind)
        row = reaching.by_key(site, target)
        return self._of_row(row, target, kind) if row else None

    # ----------------------------------------------------------------------------------- calls

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        """A reading of a table, a target, earlier rows or a group.

        :raises AttainError: the codes of that reading.
        """
        word = calls.ALIASES.get(call.name, call.name)
        handler = calls.HANDLERS.get(word)
        if handler is None:
            error = unknown.of_call(self.site.work, call.name)
            if error is not None:
                raise error
            return None
        try:
            return handler(Reading(self, replace(call, name=word), check, composer))
        except Reported:
            return faulty()

    # ----------------------------------------------------------------------------- suggestions

    def known(self) -> Iterable[str]:
        """Every name that could stand here."""
        draft, work = self.site.draft, self.site.work
        yield from draft.stored
        yield from (name for name, one in draft.declared.items() if not one.is_inner)
        yield from draft.matches
        yield from work.names()
        if self.site.own_date() is not None:
            yield from PERIOD_WORDS
        for link in draft.links.values():
            target = work.known_draft(link.to)
            yield from (f"{link.name}.{column}" for column in (target.stored if target else ()))
        if self.outer is not None:
            yield from (f"this.{column}" for column in self.outer.draft.stored)

    def known_calls(self) -> Iterable[str]:
        """Every special call, under its name and its Chinese one."""
        return (*calls.HANDLERS, *calls.ALIASES)


_BOUNDS: Final = {"period_start": FROM, FROM: FROM, UNTIL: UNTIL}


@dataclass(frozen=True, slots=True)
class StoredScope:
    """The words of a source's or a subject's filter: stored columns and undated parameters.

    Who takes part is asked for a period: its days are known then.
    """

    site: Site
    in_period: bool = False

    def name(self, name: Name, composer: Composer | None = None) -> Node | None:
        word = name_of(name.parts[0])
        if len(name.parts) > 1:
            return None
        if self.in_period and word == "period_end":
            return add_days(composer or Composer(), Reference(UNTIL, DATE, span=name.span), -1)
        if self.in_period and word in _BOUNDS:
            return Reference(_BOUNDS[word], DATE, span=name.span)
        column = self.site.draft.stored.get(word)
        if column is not None:
            return Reference(word, column.type, span=name.span)
        if word in self.site.work.plan.parameters:
            return constants.undated(self.site.work, word)
        return None

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        return None

    def known(self) -> Iterable[str]:
        yield from self.site.draft.stored
        yield from self.site.work.plan.parameters
        yield from (*_BOUNDS, "period_end") if self.in_period else ()

    def known_calls(self) -> Iterable[str]:
        return ()


@dataclass(frozen=True, slots=True)
class _Scopes:
    """The scopes of a plan, for those who only know that there are some."""

    def row(self, site: Site, outer: Site | None, right: Draft | None) -> RowScope:
        return RowScope(site, outer, right)

    def stored(self, site: Site, *, in_period: bool = False) -> StoredScope:
        return StoredScope(site, in_period)


SCOPES: Final = _Scopes()
