"""The state of one resolution: relations, problems, and the order in which columns are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from attain.core.errors import AttainError, Problem, Severity, Where, problem
from attain.core.schemas import DatasetSchema
from attain.core.units import Type
from attain.engine import errors
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.drafts import Declared, Draft
from attain.engine.plans.resolve.periods import Kinds
from attain.engine.plans.texts import Expression, Place
from attain.engine.primitives.model import Column, ResolvedPlan, Stored
from attain.expressions.check import Checked, Scope, check
from attain.expressions.errors import PLAN_SIGNS_NORMALISED, PLAN_STILL_MONEY
from attain.expressions.tree import Span
from attain.expressions.typed import Missing, Node
from attain.expressions.units import FAULTY

if TYPE_CHECKING:
    from attain.engine.plans.resolve.site import Site

ColumnId = tuple[str, str]
"""A column: its relation and its name."""

Maker = Callable[["Work", Declared], Column | None]
"""Makes a declared column, or the lookup of a match; what it reads is resolved on the way."""

Finder = Callable[["Work", Sequence[str]], Draft]
"""Finds the relation of a grain or a name, made when it is first asked for."""


KEYS: Final[Mapping[str, Sequence[str]]] = {
    errors.PLAN_WINDOW: ("in",),
    errors.PLAN_WINDOW_GRAIN: ("in",),
    errors.PLAN_SHIFT: ("shift",),
    errors.PLAN_OF_GATHER: ("of",),
    errors.PLAN_PATH_UNKNOWN: ("through",),
    errors.PLAN_UNIT: ("unit",),
    errors.PLAN_UNIT_DIFFERS: ("unit", "is"),
    PLAN_STILL_MONEY: ("unit", "is"),
    errors.PLAN_DATASET_UNKNOWN: ("from", "match", "each"),
    errors.PLAN_GRAIN_UNKNOWN: ("from", "each"),
    errors.PLAN_GRAIN_SHAPE: ("from", "each"),
    errors.PLAN_LINK_MISSING: ("link", "from"),
    errors.PLAN_LINK_SEVERAL: ("link", "from"),
    errors.PLAN_LINK_TURNED: ("link",),
    errors.PLAN_OWN_LINK: ("where",),
    errors.PLAN_OWN_ALONE: ("where", "count"),
    errors.PLAN_OWN_DAYS: ("where",),
    errors.PLAN_COLUMN_UNKNOWN: ("dated", "at", "link", "decided"),
    errors.PLAN_ORDER_UNKNOWN: ("along",),
    errors.PLAN_ORDER_NOT_TOTAL: ("along",),
    errors.PLAN_SHARE: ("share_out",),
    errors.PLAN_DECIDED: ("decided",),
}
"""The keys of a column that a problem is about, by its code."""


Named = Callable[["Work", str], Draft]
"""Finds the relation of a source or dataset, which a subject may be called like, too."""


class Scopes(Protocol):
    """Who knows what names mean on the rows of a site."""

    def row(self, site: Site, outer: Site | None, right: Draft | None) -> Scope: ...

    def stored(self, site: Site, *, in_period: bool = False) -> Scope: ...


class Reported(Exception):
    """Something is wrong and has been noted; whoever depends on it stays silent."""


@dataclass(slots=True)
class Work:
    """What is known so far about a plan that is being resolved.

    `assumed` are the types of columns that are read at an earlier row before they are made.
    In a `sketch` such columns are typed by their start value: it tells which columns depend
    on each other, and of which unit they are.
    """

    plan: PlanModel
    schemas: Mapping[str, DatasetSchema]
    results: Mapping[str, ResolvedPlan]
    kinds: Kinds
    make: Maker
    find: Finder
    named: Named
    scopes: Scopes
    is_sketch: bool = False
    assumed: Mapping[ColumnId, Type] = field(default_factory=dict)
    recursive: Mapping[ColumnId, frozenset[ColumnId]] = field(default_factory=dict)
    folded: Mapping[ColumnId, frozenset[ColumnId]] = field(default_factory=dict)
    """Columns that read themselves at an earlier row of an ordering, with their circle."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    making: list[str] = field(default_factory=list)
    """Relations that are being made from others."""
    declared: dict[str, Declared] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    order: list[ColumnId] = field(default_factory=list)
    reads: dict[ColumnId, set[ColumnId]] = field(default_factory=dict)
    earlier: dict[ColumnId, set[ColumnId]] = field(default_factory=dict)
    """Columns read at an earlier row, of an ordering or of the periods."""
    earlier_along: dict[ColumnId, set[ColumnId]] = field(default_factory=dict)
    """Those of an ordering: what is of an earlier period stands before the run begins."""
    imported: frozenset[str] = frozenset()
    """Columns of indicator documents: resolved only where something reads them."""
    of_targets: set[ColumnId] = field(default_factory=set)
    """Columns whose unit a target was asked for before it was known."""
    by_target: set[ColumnId] = field(default_factory=set)
    """Those of them that turned out to be made of that target."""
    assumed_for_targets: frozenset[ColumnId] = frozenset()
    """Those known to be, of which the unit is assumed."""
    used: set[str] = field(default_factory=set)
    """Parameters and tables that some rule reads."""
    unsound: set[str] = field(default_factory=set)
    """Parameters and tables that are wrong themselves; what reads them stays silent."""
    earlier_results: bool = False
    """True once a column reads the plan's own earlier periods."""
    steps: dict[ColumnId, int] = field(default_factory=dict)
    """How many hidden steps each column has."""
    lifted: dict[tuple[str, str], str] = field(default_factory=dict)
    """Hidden steps by relation and what they are, so that equal ones are made once."""
    _open: list[ColumnId] = field(default_factory=list)
    _failed: set[ColumnId] = field(default_factory=set)
    _failed_texts: set[str] = field(default_factory=set)
    """Texts of forms that are wrong: of all columns made of one, the first tells it."""

    # ------------------------------------------------------------------------------- problems

    def note(self, found: Problem | Iterable[Problem], place: Where | None = None) -> None:
        """Keep problems; the place stands in for those that name none."""
        for one in [found] if isinstance(found, Problem) else found:
            placed = one.at(place) if place is not None else one
            if placed not in self.problems:
                self.problems.append(placed)

    def refuse(self, code: str, place: Where | None = None, **values: Any) -> Reported:
        """Note a problem; raise what is returned."""
        self.note(problem(code, place, **values))
        return Reported(code)

    # ---------------------------------------------------------------------------- expressions

    def check(
        self, text: str, scope: Scope, expected: Type | None = None, *, with_notes: bool = True
    ) -> Node:
        """An expression of the plan as a typed node; without `expected` a bare number stays one.

        Without notes of what nobody wrote: of what a form made there is nothing to reconsider.

        :raises Reported: it is wrong; every problem is noted at its place in the file.
        """
        checked = check(text, scope, expected)
        if not with_notes:
            kept = (one for one in checked.problems if one.severity is not Severity.note)
            checked = replace(checked, problems=tuple(kept))
        return self.sound(checked, text)

    def sound(self, checked: Checked, text: str) -> Node:
        """The node of a checked text.

        :raises Reported: it is wrong; every problem is noted at its place in the file.
        """
        place = place_of(text)
        signs = PLAN_SIGNS_NORMALISED
        is_told = any(one.code == signs for one in self.problems)
        self.note(
            replace(one, where=place.of(one.where, text))
            for one in checked.problems
            if one.code != signs or not is_told
        )
        if not checked.is_sound or checked.node.type.kind == FAULTY.kind:
            raise Reported(text)
        return checked.node

    # -------------------------------------------------------------------------------- columns

    def column(self, draft: Draft, name: str) -> Column | None:
        """A column of a relation, resolved now if it was not yet; None if there is none.

        Asked for a match, it makes the lookup, which is no column.

        :raises Reported: it is wrong, or depends on itself.
        """
        self._read((draft.name, name))
        found = draft.column(name)
        if found is not None:
            return found
        declared = draft.declared.get(name) or draft.matches.get(name)
        if declared is None:
            return self._carried(draft, name)
        if name in draft.lookups and name in draft.matches:
            return None
        column = self._made(draft, declared)
        if column is not None and name not in draft.computed:
            self.add(draft, column)
        return draft.computed.get(name)

    def _made(self, draft: Draft, declared: Declared) -> Column | None:
        which = (draft.name, declared.name)
        form = declared.model.form
        if which in self._failed or form in self._failed_texts:
            raise Reported(declared.name)
        if which in self._open:
            raise self._cycle(which)
        self._open.append(which)
        try:
            return self.make(self, declared)
        except Reported:
            self._fail(which, form)
            raise
        except AttainError as error:
            self._fail(which, form)
            for one in error.problems:
                self.note(one, self.where(declared, KEYS.get(one.code, ())))
            raise Reported(declared.name) from None
        finally:
            self._open.pop()

    def _fail(self, which: ColumnId, form: str | None) -> None:
        self._failed.add(which)
        if form is not None:
            self._failed_texts.add(form)

    def _carried(self, draft: Draft, name: str) -> Column | None:
        """A column of a relation whose rows stand in this one's."""
        found = draft.base_column(name)
        if found is None:
            return None
        own, base, there = found
        if own not in draft.stored:
            column = self.column(base, there)
            if column is None:
                return None
            draft.stored[own] = replace(column, name=own, made=Stored())
        return draft.stored[own]

    def add(self, draft: Draft, column: Column) -> None:
        """A computed column, after all that it reads."""
        draft.computed[column.name] = column
        self.order.append((draft.name, column.name))

    def _read(self, which: ColumnId) -> None:
        if self._open:
            self.reads.setdefault(self._open[-1], set()).add(which)

    def read_earlier(self, which: ColumnId, *, is_along: bool) -> None:
        """Note that the column being made reads an earlier row of another, or of itself."""
        for earlier in (self.earlier, self.earlier_along) if is_along else (self.earlier,):
            if self._open:
                earlier.setdefault(self._open[-1], set()).add(which)

    def _cycle(self, which: ColumnId) -> Reported:
        circle = self._open[self._open.index(which) :]
        self._failed.update(circle)
        self.by_target |= self.of_targets.intersection(circle)
        path = " → ".join([*(name for _, name in circle), which[1]])
        draft = self.drafts[which[0]]
        declared = draft.declared.get(which[1]) or draft.matches[which[1]]
        return self.refuse(errors.PLAN_CYCLE, self.where(declared), path=path)

    def where(self, declared: Declared, keys: Sequence[str] = ()) -> Where:
        """Where a column stands in the plan's file; a form's column where the form stands.

        Of the keys a problem may be about, the first that its author wrote is shown.
        """
        if declared.model.form:
            parts = [
                int(part) if part.isdigit() else part for part in declared.model.form.split("/")
            ]
            return self.plan.where(tuple(parts))
        path = self._path(declared)
        document = self.plan.document
        for key in keys:
            if document is not None and document.value((*path, key)) is not None:
                return self.plan.where((*path, key))
        if document is not None and document.value(path) is None:
            # Nobody wrote the column, yet somebody wrote the text it was made from.
            texts = (text for _, text in declared.model if isinstance(text, Expression))
            if made := next((text for text in texts if text.place.line), None):
                return made.place.where()
        return self.plan.where(path)

    def _path(self, declared: Declared) -> tuple[str, ...]:
        """Where its author wrote it: an expansion puts all columns in one section."""
        document = self.plan.document
        for section in ("columns", "measures", "formulas"):
            path = (section, declared.name)
            if document is not None and document.value(path) is not None:
                return path
        return declared.path

    # ------------------------------------------------------------------------------ relations

    def rows(self, names: Sequence[str]) -> Draft:
        """The relation of a grain or a name.

        :raises AttainError: PLAN_GRAIN_UNKNOWN, PLAN_GRAIN_SHAPE, PLAN_DATASET_UNKNOWN.
        """
        return self.find(self, names)

    def draft(self, name: str) -> Draft:
        """The relation of a source or dataset.

        :raises AttainError: PLAN_DATASET_UNKNOWN.
        """
        return self.named(self, name)

    def default_grain(self, name: str) -> tuple[str, ...]:
        """The first subject and the plan's period.

        :raises AttainError: PLAN_NO_SUBJECT.
        """
        subject = next(iter(self.plan.subjects), None)
        if subject is None:
            raise AttainError(problem(errors.PLAN_NO_SUBJECT, name=name))
        return (subject, self.plan.period)

    def relation_of_name(self, name: str) -> tuple[str, ...] | None:
        """The grain whose relation is called so, `seller_quarter`."""
        for subject in self.plan.subjects:
            for kind in self.kinds.names:
                if name == f"{subject}_{kind}":
                    return (subject, kind)
        for model in self.plan.all_columns().values():
            if len(model.each) > 1 and name == "_".join(model.each):
                return model.each
        return None

    def known_draft(self, name: str) -> Draft | None:
        """A relation that was made already, for suggestions."""
        return self.drafts.get(name)

    def period(self, kind: str) -> Draft:
        """The rows of the periods of a kind."""
        return self.find(self, (kind,))

    def dataset_of(self, name: str) -> str:
        """The dataset behind a source; a name that is none stands for itself."""
        source = self.plan.sources.get(name)
        return (source.from_ or name) if source is not None else name

    def dimension_of(self, name: str) -> str | None:
        """The source whose column gives the values of a dimension that no section declares."""
        for model in self.plan.all_columns().values():
            if name in model.each and len(model.from_) == 1:
                source = self.plan.sources.get(model.from_[0])
                schema = self.schemas.get(self.dataset_of(model.from_[0]))
                columns = {*(source.columns if source else ()), *(schema.columns if schema else ())}
                if name in columns:
                    return model.from_[0]
        return None

    def names(self) -> Sequence[str]:
        """The names of columns, parameters and tables."""
        columns = (name for name, one in self.declared.items() if not one.is_inner)
        return [*columns, *self.plan.parameters, *self.plan.tables]


def faulty() -> Node:
    """A node for a part that is wrong and has been reported."""
    return Missing("no_data.faulty", FAULTY, Span())


def place_of(text: str) -> Place:
    """Where a text of the plan stands."""
    return text.place if isinstance(text, Expression) else Place()
