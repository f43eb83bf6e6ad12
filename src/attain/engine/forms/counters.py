"""Counters: events that are counted, and convert into events of another counter (S04, D11).

Each counter is a relation of its events (subject, day, amount) and a column of how many fall
into a period. `every: 3, of: warnings` makes one event of each third warning, dated by the one
that completes it: increase(floor(total / n)) along the events (language.md 48). A revoked event
is filtered out before counting, so it never was.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from attain.core.documents import refused
from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine.forms import errors
from attain.engine.forms.expansion import Entry, Expansion, FormContext, entry
from attain.engine.forms.models import (
    Described,
    Expression,
    Grain,
    PlainText,
    WholeNumber,
    refuse_beside,
)
from attain.engine.forms.reading import fault_of
from attain.engine.forms.wording import step_label


class Events(Described):
    """Events of a dataset, or conversions of another counter."""

    from_: PlainText | None = Field(default=None, alias="from")
    """The dataset of the events."""
    where: Expression | None = None
    """Which of its rows are events; a revoked one is filtered out here."""
    date: PlainText | None = None
    """The day an event counts on, such as the day it was confirmed."""
    subject: PlainText | None = None
    """The column that says whose event it is; by default the plan's first subject."""
    amount: Expression = Expression("1")
    """How much an event counts."""

    every: WholeNumber | None = Field(default=None, ge=1)
    """One event for each so many of the counter named by `of`."""
    of: PlainText | None = None
    """The counter that is converted."""
    restart: Literal["month", "quarter", "half_year", "year"] | None = None
    """Counting for a conversion starts again with each such period; without it never."""

    @model_validator(mode="after")
    def _one_origin(self) -> Events:
        if (self.from_ is None) == (self.every is None) or (self.every is None) != (
            self.of is None
        ):
            raise refused(problem(errors.COUNTER_ORIGIN))
        if self.from_ is not None:
            refuse_beside("from", self, ("restart",))
        else:
            refuse_beside("every", self, ("where", "date", "subject", "amount"))
        return self


class Counter(Described):
    """A counter of events: warnings, demerits, qualifying months."""

    each: Grain = ()
    """Whose count, for which period; by default the plan's first subject and period."""
    events: tuple[Events, ...] = Field(min_length=1)
    """Where its events come from."""


def expand_counters(
    counters: dict[str, Counter], context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """Write the events, conversions and period counts of all counters of a plan."""
    out, problems = Expansion(), []
    for name, counter in counters.items():
        parts: list[Entry] = []
        whole = counter.label or labels(name, name)
        for number, events in enumerate(counter.events):
            path = f"counters/{name}/events/{number}"
            source = events.from_ or ""
            if events.of is None and (
                fault := fault_of(name, source, context, day=events.date, keyed=True)
            ):
                problems.append(fault)
            elif events.of is None:
                part = _source_part(name, number, events, path, context, out)
                parts.append({**part, "label": _called(name, counter, events)})
                told = step_label(whole, "event_amount")
                out.columns[f"{name}_amount_{number + 1}"].update(entry(label=told))
            elif events.of in counters:
                part = _conversion_part(name, number, events, path, out)
                other = counters[events.of].label or labels(events.of, events.of)
                parts.append({**part, "label": events.label or _converted(events, other)})
                told = step_label(whole, "completed")
                out.columns[f"{name}_completed_{number + 1}"].update(entry(label=told))
            else:
                problems.append(
                    problem(errors.COUNTER_UNKNOWN, name=name, of=events.of, known=sorted(counters))
                )
        out.relations[f"{name}_events"] = entry(stack=parts, key=["event"], date="on", label=whole)
        _write_counts(name, counter, context, out)
    return out, problems


def _called(name: str, counter: Counter, events: Events) -> Labels:
    """What an event of a dataset is called: as its author says, or as what it counts for."""
    return events.label or counter.label or labels(name, name)


def _converted(events: Events, of: Labels) -> Labels:
    zh, en = of.zh or of.en, of.en or of.zh
    return labels(f"{zh}每满{events.every}次", f"every {events.every} of “{en}”")


def _source_part(
    name: str, number: int, events: Events, path: str, context: FormContext, out: Expansion
) -> Entry:
    source = events.from_ or ""
    amount = f"{name}_amount_{number + 1}"
    out.columns[amount] = entry(
        each=source, is_=events.amount, unit="count", show=False, form=f"{path}/amount"
    )
    day = events.date or context.source_dates[source]
    give = {
        "subject": events.subject or context.subject,
        "on": day,
        "amount": amount,
        "event": context.source_keys[source],
    }
    return entry(name=f"{name}_{number + 1}", from_=source, where=events.where, give=give)


def _conversion_part(name: str, number: int, events: Events, path: str, out: Expansion) -> Entry:
    """Each n-th event of the other counter, on the day it happened."""
    other = f"{events.of}_events"
    ordering = f"{other}_in_time" if events.restart is None else f"{other}_by_{events.restart}"
    per = ["subject", *([events.restart] if events.restart else [])]
    out.orderings[ordering] = entry(of=other, per=per, by=["on", "part", "event"])
    completed = f"{name}_completed_{number + 1}"
    out.columns[completed] = entry(
        each=other,
        along=ordering,
        is_=f"increase(floor(total(amount) / {events.every}))",
        unit="count",
        show=False,
        form=f"{path}/every",
    )
    give = {"subject": "subject", "on": "on", "amount": completed, "event": "event"}
    return entry(name=f"{name}_{number + 1}", from_=other, where=f"{completed} > 0", give=give)


def _write_counts(name: str, counter: Counter, context: FormContext, out: Expansion) -> None:
    """How many in the period, and how many in all up to its end."""
    grain = list(counter.each) or context.grain
    about = entry(label=counter.label, source=counter.source, form=f"counters/{name}")
    gathered = {
        "each": grain,
        "sum": "amount",
        "from": f"{name}_events",
        "dated": "on",
        "link": {grain[0]: "subject"},
    }
    out.columns[name] = {**gathered, **about}
    whole = counter.label or labels(name, name)
    to_date = {**about, **entry(label=step_label(whole, "count_to_date"))}
    out.columns[f"{name}_to_date"] = {**gathered, "in": "life to date", "show": False, **to_date}
    out.components.append(entry(name=name, kind="counter", column=name, label=counter.label))
