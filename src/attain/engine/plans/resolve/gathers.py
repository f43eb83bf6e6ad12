"""Gathers: finer rows into one coarser row, filtered, in a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import BOOLEAN, COUNT, Type, Unit
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve import formulas, own_rows, paths, reaching
from attain.engine.plans.resolve.drafts import PERIOD, Declared, Draft
from attain.engine.plans.resolve.naming import flat
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.windows import window_of
from attain.engine.plans.resolve.work import Work
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    CutRows,
    Gather,
    KeyPart,
    MemberRows,
    PeriodRows,
    ResultRows,
)
from attain.expressions.columns import as_column
from attain.expressions.typed import Node
from attain.expressions.units import settled, stored_scale

ROWS: Final = "rows"
"""`count: rows` counts the rows themselves."""

_NUMBERS: Final = frozenset({Aggregate.SUM, Aggregate.MEAN})
_CONDITIONS: Final = frozenset({Aggregate.COUNT, Aggregate.ANY, Aggregate.ALL})


def gather(work: Work, declared: Declared) -> Column:
    """A column made of finer rows.

    :raises Reported: an expression of it is wrong.
    """
    return _gathered(work, declared, declared.model)


def repeated(work: Work, declared: Declared) -> Column:
    """`{of: sales, shift: -1 year}`: the same gather in another window.

    :raises Reported: PLAN_OF_GATHER, or an expression is wrong.
    """
    model = declared.model
    original = work.declared.get(model.of or "")
    if original is None or original.model.aggregate is None:
        raise AttainError(problem(errors.PLAN_OF_GATHER, name=model.of))
    said = original.model
    wheres = [f"({text})" for text in (said.where, model.where) if text is not None]
    changed = said.model_copy(
        update={
            "in_": model.in_ or said.in_,
            "shift": model.shift or said.shift,
            "where": type(said.where)(" and ".join(wheres), said.where.place)
            if len(wheres) > 1 and said.where is not None
            else model.where or said.where,
            "round": model.round or said.round,
            "unit": model.unit or said.unit,
            "label": model.label,
            "source": model.source or said.source,
            "form": model.form,
        }
    )
    return _gathered(work, replace(declared, model=changed), changed)


def _gathered(work: Work, declared: Declared, model: ColumnModel) -> Column:
    draft = work.drafts[declared.relation]
    outer = Site(work, draft, declared)
    finer = source_of(work, model)
    if model.through is not None:
        finer, model = paths.through(outer, finer, model)
    inner = outer.on(finer)
    aggregate = Aggregate(model.aggregate or "")
    value = _value(inner, outer, aggregate, model)
    where = None
    if model.where is not None:
        where = inner.check(model.where, BOOLEAN, outer)
    window, reaches_back = window_of(outer, model, finer.period)
    has_period = finer.period is not None
    date = None if has_period else _date(inner, model, is_needed=window is not None)
    type_ = _type(aggregate, value)
    match = _match(outer, finer, model)
    is_earlier = _is_earlier(work, draft, finer, is_back=reaches_back and has_period)
    if is_earlier:
        # Rows of earlier results bring their own columns; what these look up now is not theirs.
        value, where = (flat(inner, one) if one is not None else None for one in (value, where))
        match = tuple((name, flat(inner, node)) for name, node in match)
    made = Gather(
        aggregate=aggregate,
        relation=finer.name,
        match=match,
        value=value,
        where=where,
        window=window,
        date=date,
        skip_missing=model.skip_missing,
        covered_by=finer.covered_by,
        earlier=is_earlier,
    )
    own_rows.refuse(draft, finer, declared.model, made)
    own_rows.refuse_days(draft, declared.model, made)
    work.earlier_results = work.earlier_results or made.earlier
    text = getattr(model, "aggregate", None) and f"{aggregate}: {_said(model)}"
    kept, kept_type = formulas.rounded_from(outer, made, type_, declared)
    return formulas.finished(work, declared, kept, kept_type, text)


def _said(model: ColumnModel) -> str:
    text = getattr(model, f"{model.aggregate}") if model.aggregate else ""
    return str(text) + (f" where {model.where}" if model.where else "")


def source_of(work: Work, model: ColumnModel) -> Draft:
    """The rows that are gathered; those of a plan's column if only that is named.

    :raises AttainError: PLAN_FROM_NEEDED, PLAN_DATASET_UNKNOWN, PLAN_GRAIN_UNKNOWN.
    """
    if model.from_:
        return work.rows(model.from_)
    text = str(getattr(model, model.aggregate or "is_")).strip()
    if text in work.declared:
        return work.drafts[work.declared[text].relation]
    raise AttainError(problem(errors.PLAN_FROM_NEEDED, remedy=_with_from(work, model, text)))


def _with_from(work: Work, model: ColumnModel, text: str) -> Labels:
    """What says where the rows come from; of a source in the place of its column, that line."""
    if text not in {*work.plan.sources, *work.plan.relations}:
        return labels(
            "写 from: 来源，或 from: [seller, month]。",
            "Write from: source, or from: [seller, month].",
        )
    if model.aggregate == "count":
        line = f"{{count: rows, from: {text}}}"
        return labels(
            f"要数“{text}”有几行，写 {line}。", f"To count the rows of {text}, write {line}."
        )
    return labels(
        f"“{text}”是来源，要汇总的是它的列：写 {{{model.aggregate}: 列, from: {text}}}。",
        f"“{text}” is rows, and what is gathered is one of their columns: write "
        f"{{{model.aggregate}: column, from: {text}}}.",
    )


def _value(inner: Site, outer: Site, aggregate: Aggregate, model: ColumnModel) -> Node | None:
    """What is gathered of each finer row, with finitely many decimals."""
    work = inner.work
    text = getattr(model, aggregate.value)
    if aggregate is Aggregate.COUNT and text.strip() == ROWS:
        return None
    if aggregate in _CONDITIONS:
        return inner.check(text, BOOLEAN, outer)
    node = inner.check(text, formulas.free_unit(work, model), outer)
    if aggregate in _NUMBERS and not node.type.is_number:
        node = inner.check(text, Type(Unit.ratio), outer)
    return as_column(node, hidden=True)


def _type(aggregate: Aggregate, value: Node | None) -> Type:
    """The type of the aggregate; a mean is narrowed to what its unit keeps."""
    if aggregate in (Aggregate.COUNT, Aggregate.DISTINCT):
        return COUNT.missing()
    if aggregate in (Aggregate.ANY, Aggregate.ALL):
        return BOOLEAN.missing()
    assert value is not None
    type_ = settled(value.type).missing()
    if not type_.is_number:
        return type_
    if aggregate is Aggregate.MEAN and type_.unit in (Unit.count, Unit.days):
        return replace(type_, scale=18)
    kept = stored_scale(type_)
    scale = kept if aggregate is Aggregate.MEAN or type_.scale is None else type_.scale
    return replace(type_, scale=min(scale, kept))


def _match(outer: Site, finer: Draft, model: ColumnModel) -> tuple[tuple[str, Node], ...]:
    """Each own key column with the value of the finer row that must equal it.

    :raises AttainError: PLAN_LINK_MISSING, PLAN_LINK_SEVERAL, PLAN_LINK_TURNED,
        PLAN_LINK_WHOSE, PLAN_COLUMN_UNKNOWN, PLAN_GATHER_ITSELF.
    :raises Reported: a link's expression is wrong.
    """
    draft = outer.draft
    inner = outer.on(finer)
    pairs: list[tuple[str, Node]] = []
    for name, text in model.link.items():
        own = outer.work.column(draft, name)
        if own is None:
            raise reaching.without_link(draft, finer, name, text)
        pairs.append((own.name, inner.check(text, own.type)))
    if model.link and not isinstance(draft.rows, MemberRows):
        return tuple(pairs)
    if _is_itself(draft, finer):
        if not _is_free(draft, model):
            raise AttainError(problem(errors.PLAN_GATHER_ITSELF, relation=draft.name))
        return ()
    for part in draft.own_key:
        if not (part.kind.startswith(PERIOD) or part.name in model.link or _is_cut(draft, part)):
            found = _own_of(outer, finer, part, model)
            pairs += [] if found is None else [(part.name, found)]
    return tuple(pairs)


def _own_of(outer: Site, finer: Draft, part: KeyPart, model: ColumnModel) -> Node | None:
    """What of the finer row says whose it is; None where it may be anybody's.

    :raises AttainError: PLAN_LINK_MISSING, PLAN_LINK_SEVERAL, PLAN_LINK_WHOSE.
    """
    draft, inner = outer.draft, outer.on(finer)
    column = reaching.key_column(inner, part)
    if column is not None:
        if part.name in inner.work.plan.subjects and _is_linked_otherwise(draft, model):
            raise _whose(outer, finer, f"{part.name}: {column}", column, model)
        return finer.read(column)
    if _is_free(draft, model) or _is_linked_otherwise(draft, model):
        return None
    computed = reaching.computed_key(inner, part)
    if computed is None:
        raise AttainError(
            problem(
                errors.PLAN_LINK_MISSING,
                relation=finer.name,
                target=part.kind,
                part=part.name,
                shared=_shared(outer, finer, part),
            )
        )
    return computed


def _whose(outer: Site, finer: Draft, own: str, column: str, model: ColumnModel) -> AttainError:
    """Rows that say whose they are, of which the link says nothing but something else."""
    keys = {part.name for part in outer.draft.own_key}
    linked = next(name for name in model.link if name not in keys)
    written = ", ".join([own, *(f"{name}: {text}" for name, text in model.link.items())])
    return AttainError(
        problem(
            errors.PLAN_LINK_WHOSE,
            relation=finer.name,
            column=column,
            linked=linked,
            period=outer.draft.period or outer.work.plan.period,
            example=f"{{{written}}}",
        )
    )


def _shared(outer: Site, finer: Draft, part: KeyPart) -> Labels:
    """What to write where the rows do say whose they are: by a key of the same name and kind on
    both sides, or in a column that is called like the subject and holds a text."""
    draft, named = outer.draft, finer.stored.get(part.name)
    is_subject = part.name in outer.work.plan.subjects
    if is_subject and named is not None and named.type.kind != part.kind:
        written = f"{part.name}: {part.kind}"
        return labels(
            f"“{part.name}”这一列是文字，不是名单的编号：在来源的 columns 里写 {written}。",
            f"The column “{part.name}” holds a text and no key: say {written} among the "
            "columns of the source. ",
        )
    found = next((name for name, own in draft.stored.items() if _is_on(finer, name, own)), None)
    if found is None:
        return labels("", "")
    link = f"link: {{{found}: {found}}}"
    return labels(
        f"两边都有“{found}”，按它对应的写 {link}。", f"Both have “{found}”: to go by it, {link}. "
    )


def _is_on(finer: Draft, name: str, own: Column) -> bool:
    other = finer.stored.get(name)
    return other is not None and own.type.unit is Unit.key and own.type.kind == other.type.kind


def _is_cut(draft: Draft, part: KeyPart) -> bool:
    """The day on which a stretch begins: what it gathers is found by its days."""
    return isinstance(draft.rows, CutRows) and part.name == "from"


def _is_itself(draft: Draft, finer: Draft) -> bool:
    """Facts gathered for each of them: their keys would find every row alone."""
    return finer.name == draft.name and not isinstance(draft.rows, MemberRows | PeriodRows)


def _is_free(draft: Draft, model: ColumnModel) -> bool:
    """A row of facts may gather whatever its condition says with `this.`."""
    is_fact = not isinstance(draft.rows, MemberRows | PeriodRows)
    return is_fact and model.where is not None and "this." in model.where


def _is_linked_otherwise(draft: Draft, model: ColumnModel) -> bool:
    """Rows that belong to nobody may be gathered by something else of the row that gathers.

    The results of a company are those of whoever says `link: {company: company}`.
    """
    keys = {part.name for part in draft.own_key}
    return bool(model.link.keys() - keys)


def _date(inner: Site, model: ColumnModel, *, is_needed: bool) -> str | None:
    """The date column that decides whether a finer row is in the window.

    :raises AttainError: PLAN_DATE_NEEDED, PLAN_COLUMN_UNKNOWN.
    """
    if model.dated is not None:
        return inner.lift(reaching.date_named(inner, model.dated)).column
    found = inner.draft.date or ("from" if "from" in inner.draft.stored else None)
    if found is None and is_needed:
        raise AttainError(problem(errors.PLAN_DATE_NEEDED, relation=inner.draft.name))
    return found


def _is_earlier(work: Work, draft: Draft, finer: Draft, *, is_back: bool) -> bool:
    """Whether rows of earlier periods are read, which only earlier results have.

    Those of another plan are all named themselves.
    """
    if finer.period is None or isinstance(finer.rows, ResultRows):
        return False
    own = draft.period
    is_longer = own is not None and work.kinds.is_coarser(own, work.plan.period)
    return is_back or is_longer
