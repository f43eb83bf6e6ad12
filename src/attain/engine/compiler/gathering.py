"""Compiling gathers: a pass over the finer rows, then the sums hung on the coarser ones."""

from __future__ import annotations

from collections.abc import Sequence

from attain.engine.compiler.earlier import with_earlier
from attain.engine.compiler.making import Making, read_names
from attain.engine.compiler.out_of_days import missed
from attain.engine.compiler.staging import Batch, gather_groups
from attain.engine.primitives.aggregate import scale_added
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.gather import Summed, hang
from attain.engine.primitives.model import Aggregate, Column, Gather
from attain.engine.primitives.passes import Group, pass_over
from attain.engine.primitives.windows import Span, fixed_spans, outer


def gather(making: Making, batch: Batch, columns: Sequence[Column]) -> None:
    """Every gather of a batch: one pass per source and window, one step that hangs them."""
    own = making.head(batch.relation)
    by_name = {column.name: column for column in columns}
    hung: list[Summed] = []
    number = making.next_name(batch.relation)
    for items in gather_groups(making.plan, batch):
        together = tuple(by_name[item.column] for item in items)
        group = _group(making, own, together)
        hung.append(_summed(making, own, group, number, len(hung)))
    made = hang(own, hung, making.cover)
    note = f"Gathered: {', '.join(by_name)}. No row is zero where data covers the window."
    later = own.with_cells(number, made.cells)
    making.add(later, made.query, note, making.usual(own.relation))
    making.frames[batch.relation].append(later)


def _group(making: Making, own: Frame, columns: tuple[Column, ...]) -> Group:
    first = columns[0].made
    assert isinstance(first, Gather)
    periods = making.periods_of(own.relation)
    if periods == ():
        # No period of this kind ends with the run: there are no rows to gather for.
        return Group(columns, ())
    spans = fixed_spans(first.window, periods or ())
    own_periods = tuple(Span(one.label, one.from_, one.until) for one in periods or ())
    lost = tuple(span for span in spans or () if span.why is not None)
    there = None if spans is None else tuple(span for span in spans if span.why is None)
    return Group(columns, there, spans == own_periods, lost)


def _summed(making: Making, own: Frame, group: Group, number: str, count: int) -> Summed:
    finer = _source(making, group)
    # `in: all` asks for no days, so a provisional run has none to leave out.
    is_bounded = group.first.window is not None
    clip = making.cover.clip(group.first.covered_by) if is_bounded else None
    over = pass_over(group, own, finer, clip)
    sums = over.sums()
    name = f"{number}.{finer.relation.name}" + (f".{count + 1}" if count else "")
    note = f"One pass over {finer.relation.name} for {own.relation.name}."
    making.aside(name, own.relation.name, sums.cells, sums.query, note)
    if not group.needs_gathering_row:
        missed(making, own, name, over.keys, group)
    reasons = over.reasons(name)
    scales = {
        column.name: scale_added(made, finer)
        for column, made in group.gathers
        if made.aggregate is Aggregate.MEAN
    }
    if reasons is None:
        return Summed(group, name, None, frozenset(), scales)
    why = f"{name}.why"
    note = f"Why there is no data, where a sum over {finer.relation.name} is unsure."
    cells, query = reasons.made.cells, reasons.made.query
    making.aside(why, own.relation.name, cells, query, note, only_if=reasons.asked)
    return Summed(group, name, why, frozenset(cells), scales)


def _source(making: Making, group: Group) -> Frame:
    """The finer rows, as early as they have all that is read of them."""
    nodes = [node for _, g in group.gathers for node in (g.value, g.where)]
    nodes += [node for _, node in group.first.match]
    names = read_names(*nodes)
    if group.first.date is not None:
        names.append(group.first.date)
    finer = making.reading(group.first.relation, names)
    if not group.first.earlier:
        return finer
    since = outer(group.spans).from_ if group.spans else None
    return with_earlier(making, finer, names, since)
