"""Resolving a plan: from its models to relations and columns in the order they are made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from attain.core.errors import AttainError, Problem, Severity, problem
from attain.core.labels import labels
from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema, with_own_keys
from attain.core.systems import SYSTEM_DATASETS
from attain.core.units import MONEY_SCALE, Type, Unit
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve import (
    decisions,
    folds,
    formulas,
    gathers,
    matches,
    members,
    rows,
    shares,
)
from attain.engine.plans.resolve.assembling import assembled
from attain.engine.plans.resolve.constants import check_constants
from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.resolve.importing import with_uses
from attain.engine.plans.resolve.kind_words import unknown_kind
from attain.engine.plans.resolve.labels import called_by_label, prefixes
from attain.engine.plans.resolve.naming_rules import refuse_misspelt_types, refuse_taken_names
from attain.engine.plans.resolve.own_names import in_own_names
from attain.engine.plans.resolve.periods import Kinds
from attain.engine.plans.resolve.reading_order import reading_order
from attain.engine.plans.resolve.recursion import recursive_sets
from attain.engine.plans.resolve.scope import SCOPES
from attain.engine.plans.resolve.work import ColumnId, Reported, Work
from attain.engine.primitives.model import Column, ResolvedPlan
from attain.expressions import units

MAX_DEPENDENT = 50
"""Columns of one circle or other tangle that cannot be put in order beforehand."""

MAX_ROUNDS = 6
"""Rounds until the types of columns that read their own earlier values agree."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of a plan: resolved if nothing is wrong, and everything there is to say."""

    resolved: ResolvedPlan | None
    problems: tuple[Problem, ...]
    used: frozenset[str] = frozenset()
    """Parameters, tables, orderings and groups that some rule reads."""
    read: frozenset[ColumnId] = frozenset()
    """Columns that some other column reads."""

    def required(self) -> ResolvedPlan:
        """The resolved plan.

        :raises AttainError: every error that was found.
        """
        if self.resolved is None:
            raise AttainError(self.problems)
        return self.resolved


def resolve(
    plan: PlanModel,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
    documents: Mapping[str, PlanModel] | None = None,
    results: Mapping[str, ResolvedPlan] | None = None,
) -> ResolvedPlan:
    """A plan with every name resolved and every type known.

    `schemas` are the workspace's datasets (the system's are there anyway), `documents` the
    indicator documents that `uses` names, `results` the plans whose results sources read. The
    plan's forms have been expanded before.

    :raises AttainError: everything that is wrong, each with its place in the file.
    """
    return examine(plan, schemas, calendars, documents, results).required()


def examine(
    plan: PlanModel,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
    documents: Mapping[str, PlanModel] | None = None,
    results: Mapping[str, ResolvedPlan] | None = None,
) -> Examined:
    """As `resolve`, with notes and warnings, and without raising."""
    try:
        whole = with_uses(plan, documents or {})
        kinds = _kinds(whole, calendars)
        refuse_taken_names(whole)
        refuse_misspelt_types(whole, {**SYSTEM_DATASETS, **(schemas or {})})
    except AttainError as error:
        return Examined(None, error.problems)
    known = with_own_keys({**SYSTEM_DATASETS, **(schemas or {})})
    imported = frozenset(whole.all_columns()) - frozenset(plan.all_columns())
    work = _agreed(whole, known, kinds, results or {}, imported)
    if any(found.severity is Severity.error for found in work.problems):
        return Examined(None, in_own_names(work.problems, whole.all_columns()))
    before = prefixes(kinds.calendar, calendars)
    resolved = called_by_label(assembled(work, text_hash(whole)), before)
    if any(found.severity is Severity.error for found in work.problems):
        return Examined(None, in_own_names(work.problems, whole.all_columns()))
    read = frozenset(which for others in work.reads.values() for which in others)
    return Examined(resolved, tuple(work.problems), frozenset(work.used), read)


def _kinds(plan: PlanModel, calendars: Calendars) -> Kinds:
    """
    :raises AttainError: CALENDAR_UNKNOWN, PLAN_PERIOD_KIND.
    """
    try:
        kinds = Kinds(calendars[plan.calendar])
    except AttainError as error:
        raise error.at(plan.where(("calendar",))) from None
    if plan.period not in kinds:
        raise unknown_kind(kinds, plan.calendar, plan.period).at(plan.where(("period",)))
    return kinds


def _agreed(
    plan: PlanModel,
    schemas: Mapping[str, DatasetSchema],
    kinds: Kinds,
    results: Mapping[str, ResolvedPlan],
    imported: frozenset[str],
) -> Work:
    """Resolved until the types that were assumed of earlier values are the ones found."""

    given = (plan, schemas, results, kinds, make, rows.of, rows.named, SCOPES)
    fresh = partial(Work, *given, imported=imported)
    amount = Type(Unit.money, currency=plan.currency, scale=MONEY_SCALE, may_be_missing=True)
    sketch = fresh(is_sketch=True)
    _run(sketch)
    # A target has the unit of its indicator, which may be made of that very target.
    by_target = dict.fromkeys(sketch.by_target, amount)
    if by_target:
        fresh = partial(fresh, assumed_for_targets=frozenset(by_target))
        sketch = fresh(is_sketch=True, assumed=by_target)
        _run(sketch)
    recursive = recursive_sets(sketch.reads, sketch.earlier)
    # What a state meets may be the earlier value of another column, whose unit is known by now.
    others = set[ColumnId]().union(*sketch.earlier.values()) - recursive.keys()
    if recursive and others:
        known = {which: type_ for which in others if (type_ := _type_of(sketch, which))}
        sketch = fresh(is_sketch=True, assumed={**by_target, **known})
        _run(sketch)
    guessed = {which: type_ for which in recursive if (type_ := _type_of(sketch, which))}
    assumed = {**by_target, **{which: units.settled(type_) for which, type_ in guessed.items()}}

    folded = recursive_sets(sketch.reads, sketch.earlier_along)
    again = partial(fresh, recursive=recursive, folded=folded)
    work = _in_rounds(again, assumed)
    unknown = recursive.keys() - guessed.keys()
    if unknown and _has_errors(work):
        # What begins with a bare 0 and is carried on is nearly always an amount.
        second = _in_rounds(again, {**assumed, **dict.fromkeys(unknown, amount)})
        if not _has_errors(second):
            return second
    _tell_what_is_behind(work, sketch)
    return work


def _in_rounds(again: Callable[..., Work], assumed: Mapping[ColumnId, Type]) -> Work:
    """Resolved until what is found is what was assumed, or the rounds are used up."""
    for _ in range(MAX_ROUNDS):
        work = again(assumed=assumed)
        _run(work)
        found = {which: _type_of(work, which) or type_ for which, type_ in assumed.items()}
        if found == assumed:
            break
        assumed = found
    return work


def _has_errors(work: Work) -> bool:
    return any(one.severity is Severity.error for one in work.problems)


def _tell_what_is_behind(work: Work, sketch: Work) -> None:
    """A rule that is wrong has no type to be assumed, and then looks like a circle."""
    wrong = _wrong_columns(work)
    work.problems = [one for one in work.problems if not _is_circle_through(one, wrong)]
    behind = [one for one in sketch.problems if one.code != errors.PLAN_CYCLE]
    is_error = any(one.severity is Severity.error for one in behind)
    circles = [one for one in work.problems if one.code == errors.PLAN_CYCLE]
    if not is_error or not circles or any(one in sketch.problems for one in circles):
        return
    work.problems = [one for one in work.problems if one not in circles]
    work.note(behind)


def _wrong_columns(work: Work) -> frozenset[str]:
    """The columns of whose own rules something is said that is no circle."""
    said = (one for one in work.problems if one.severity is Severity.error)
    places = (one.where for one in said if one.code != errors.PLAN_CYCLE)
    pointers = ((place.pointer or "").split("/") for place in places if place is not None)
    return frozenset(parts[2] for parts in pointers if len(parts) > 2)


def _is_circle_through(one: Problem, columns: frozenset[str]) -> bool:
    if one.code != errors.PLAN_CYCLE:
        return False
    return not columns.isdisjoint(str(one.values["path"]).split(" → "))


def _type_of(work: Work, which: ColumnId) -> Type | None:
    relation, name = which
    column = work.drafts[relation].computed.get(name) if relation in work.drafts else None
    return column.type if column is not None else None


def _run(work: Work) -> None:
    """Every column of the plan, each with all that it reads."""
    check_constants(work)
    _place(work)
    for name in reading_order(work.declared):
        declared = work.declared[name]
        if name in work.imported:
            continue
        try:
            work.column(work.drafts[declared.relation], declared.name)
        except Reported:
            continue
        except RecursionError:
            what = labels("互相依赖的列", "columns that depend on each other")
            size = len(work.declared)
            work.note(problem(errors.PLAN_TOO_MANY, what=what, size=size, limit=MAX_DEPENDENT))
    members.check_stays(work)


def _place(work: Work) -> None:
    """Put every declared column on the relation of its grain.

    Columns on a relation made from others come after the columns of those others: its rows may
    read them, as a counter's events read the amounts of the offences they come from.
    """
    declared = [
        (section, name, model)
        for section in ("columns", "measures", "formulas")
        for name, model in getattr(work.plan, section).items()
    ]
    for section, name, model in sorted(
        declared, key=lambda one: _height(work.plan, one[2].each, frozenset())
    ):
        _place_column(work, section, name, model)


def _height(plan: PlanModel, grain: Sequence[str], above: frozenset[str]) -> int:
    """How many relations made from others stand under a grain, one on the other."""
    name = grain[0] if len(grain) == 1 else ""
    if name not in plan.relations or name in above:
        return 0
    made = plan.relations[name]
    under = [*made.pair, tuple(made.cut), *(part.from_ for part in made.stack)]
    return 1 + max(_height(plan, one, above | {name}) for one in under)


def _place_column(work: Work, section: str, name: str, model: ColumnModel) -> None:
    try:
        grain = model.each or work.default_grain(name)
        draft = work.rows(grain)
    except Reported:
        return
    except AttainError as error:
        declared = Declared(name, model, section, "")
        work.note(error.problems, work.where(declared, ("each",)))
        return
    if name in draft.stored:
        where = work.plan.where((section, name))
        work.note(problem(errors.PLAN_COLUMN_THERE, where, name=name, rows=draft.name))
        return
    declared = Declared(name, model, section, draft.name)
    work.declared[name] = declared
    (draft.matches if model.match else draft.declared)[name] = declared


def make(work: Work, declared: Declared) -> Column | None:
    """A declared column by what makes it; a match makes a lookup instead.

    :raises AttainError: what is wrong with it.
    :raises Reported: what is wrong has been noted.
    """
    model = declared.model
    if model.aggregate is not None:
        return gathers.gather(work, declared)
    match model.maker:
        case "of":
            return gathers.repeated(work, declared)
        case "match":
            matches.match(work, declared)
            return None
        case "share_out":
            return shares.shared(work, declared)
        case "decided":
            return decisions.decided(work, declared)
    if (declared.relation, declared.name) in work.folded:
        return folds.fold(work, declared)
    return formulas.formula(work, declared)


def text_hash(plan: PlanModel) -> str:
    """The hash of a plan's text without what does not change a number: labels and examples."""
    data = plan.model_dump_json(
        by_alias=True, exclude_defaults=True, exclude={"examples", "label", "document"}
    )
    return hashlib.sha256(data.encode("utf-8")).hexdigest()
