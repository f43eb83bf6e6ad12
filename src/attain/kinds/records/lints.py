"""Advice on record types: each rule is one function, with the smallest type that provokes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from attain.core.errors import Problem, problem
from attain.kinds.effects import Release, Reserve, SetField, Spend
from attain.kinds.models import Action
from attain.kinds.records import advice
from attain.kinds.records.book import Book
from attain.kinds.records.fields import FieldType
from attain.kinds.records.kind import Kind
from attain.kinds.records.who import EVERYONE

Rule = Callable[[Kind, Book], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Lint:
    """A rule with its code and the smallest type that provokes it."""

    code: str
    rule: Rule
    example: str

    @property
    def description(self) -> str:
        """What it looks for and why, as its author wrote it."""
        return (self.rule.__doc__ or "").strip()


_LINTS: Final[dict[str, Lint]] = {}


def _lint(code: str, example: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        _LINTS[code] = Lint(code, rule, example)
        return rule

    return register


def lints() -> tuple[Lint, ...]:
    """Every rule, by its code: the source of the reference page."""
    return tuple(_LINTS[code] for code in sorted(_LINTS))


def lint(book: Book) -> list[Problem]:
    """Everything unwise about the types of a book, type by type."""
    return [
        found for kind in book.kinds.values() for each in lints() for found in each.rule(kind, book)
    ]


@_lint(
    advice.LINT_RECORD_UNREACHED,
    """
record: visit
fields: {note: {type: text}}
states: {planned: {}, done: {final: true}}
""",
)
def states_nobody_reaches(kind: Kind, book: Book) -> Iterator[Problem]:
    """A state, other than the first, to which no action leads: no record will ever stand in it."""
    reached = {action.to for action in kind.cycle.actions}
    for name in list(kind.type.life)[1:]:
        if name not in reached:
            where = kind.type.where("states", name)
            yield problem(advice.LINT_RECORD_UNREACHED, where, state=kind.cycle.state(name).label)


@_lint(
    advice.LINT_RECORD_STUCK,
    """
record: visit
fields: {note: {type: text}}
states: {planned: {}, done: {}}
actions: {finish: {from: planned, to: done, by: [owner]}}
""",
)
def states_without_a_way_out(kind: Kind, book: Book) -> Iterator[Problem]:
    """A state that is not final and that nothing leads out of: its records stay open for ever."""
    if len(kind.type.life) < 2:
        return
    for name, state in kind.type.life.items():
        leads_on = any(action.to not in ("", name) for action in kind.cycle.actions_from(name))
        if not state.final and not leads_on:
            where = kind.type.where("states", name)
            yield problem(advice.LINT_RECORD_STUCK, where, state=kind.cycle.state(name).label)


@_lint(
    advice.LINT_RECORD_DUE_SILENT,
    """
record: visit
fields: {note: {type: text}}
states: {planned: {due: entered + 2 days}, done: {final: true}}
actions: {finish: {from: planned, to: done, by: [owner]}}
""",
)
def last_days_nobody_hears_of(kind: Kind, book: Book) -> Iterator[Problem]:
    """A state with a last day but without anybody who is told: it will pass unnoticed."""
    for name, state in kind.type.life.items():
        if state.due is not None and state.escalate is None:
            where = kind.type.where("states", name, "due")
            yield problem(advice.LINT_RECORD_DUE_SILENT, where, state=kind.cycle.state(name).label)


@_lint(
    advice.LINT_RECORD_PERSONAL_OPEN,
    """
record: contact
see: [everyone]
fields: {telephone: {type: text, personal: true}}
""",
)
def personal_fields_everybody_sees(kind: Kind, book: Book) -> Iterator[Problem]:
    """A field about a person in records that everybody may see: it concerns only a few."""
    if EVERYONE not in kind.type.see:
        return
    for spec in kind.open_fields:
        if spec.personal:
            where = kind.type.where("fields", spec.name)
            yield problem(advice.LINT_RECORD_PERSONAL_OPEN, where, field=spec.label)


@_lint(
    advice.LINT_RECORD_SECRET_ON,
    """
record: contact
fields:
  health: {type: text, sensitive: true, confidential: {purpose: care, read: [owner], keep: 1 month}}
""",
)
def sensitive_fields_that_are_on(kind: Kind, book: Book) -> Iterator[Problem]:
    """A sensitive field that is on from the start: a company should decide to collect such data."""
    for spec in kind.secret_fields:
        if spec.sensitive and spec.confidential is not None and not spec.confidential.off:
            where = kind.type.where("fields", spec.name)
            yield problem(advice.LINT_RECORD_SECRET_ON, where, field=spec.label)


@_lint(
    advice.LINT_RECORD_SECRET_KEPT,
    """
record: contact
fields: {hobby: {type: text, confidential: {purpose: gifts, read: [owner], off: true}}}
""",
)
def secrets_kept_for_ever(kind: Kind, book: Book) -> Iterator[Problem]:
    """A confidential field without a time after which it is deleted: what is kept can be lost."""
    for spec in kind.secret_fields:
        if spec.confidential is not None and spec.confidential.keep is None:
            where = kind.type.where("fields", spec.name, "confidential")
            yield problem(advice.LINT_RECORD_SECRET_KEPT, where, field=spec.label)


@_lint(
    advice.LINT_RECORD_MONEY_ALONE,
    """
record: expense
fields: {amount: {type: money, currency: CNY}}
states: {draft: {}, approved: {final: true}}
actions:
  approve:
    {from: draft, to: approved, by: [role:manager], effects: [{spend: cash, amount: amount}]}
allowances: {cash: {limit: "1000", currency: CNY}}
""",
)
def money_moved_by_one_person(kind: Kind, book: Book) -> Iterator[Problem]:
    """An action that reserves, spends or writes an amount without a second pair of eyes: one
    person could prepare a payment and approve it."""
    for action in kind.cycle.actions:
        if _moves_money(kind, action) and not action.never and action.verdict is None:
            where = kind.type.where("actions", action.name)
            yield problem(advice.LINT_RECORD_MONEY_ALONE, where, action=action.label)


def _moves_money(kind: Kind, action: Action) -> bool:
    return any(
        isinstance(effect, Reserve | Spend)
        or (isinstance(effect, SetField) and kind.field(effect.field).type is FieldType.money)
        for effect in action.effects
    )


@_lint(advice.LINT_RECORD_NO_EXAMPLES, "{record: visit, fields: {note: {type: text}}}")
def types_without_examples(kind: Kind, book: Book) -> Iterator[Problem]:
    """A type with actions, cadences or computed fields but without examples: nobody has shown
    that it does what was meant."""
    if not kind.type.examples:
        where = kind.type.where("record")
        yield problem(advice.LINT_RECORD_NO_EXAMPLES, where, type=kind.label)


@_lint(advice.LINT_RECORD_UNLABELLED, "{record: visit, fields: {note: {type: text}}}")
def parts_without_a_label(kind: Kind, book: Book) -> Iterator[Problem]:
    """A field, state or action without a label: readers would see its identifier."""
    for section in ("fields", "states", "actions", "cadences", "allowances"):
        for name, one in getattr(kind.type, section).items():
            label = one.labels if section == "fields" else one.label
            if not label:
                where = kind.type.where(section, name)
                yield problem(advice.LINT_RECORD_UNLABELLED, where, part=f"{section}.{name}")


@_lint(
    advice.LINT_RECORD_CLOCK_UNTIMED,
    """
record: visit
fields: {note: {type: text}}
states: {planned: {}, expired: {final: true}}
actions: {expire: {from: planned, to: expired, by: [clock]}}
""",
)
def clocks_without_a_day(kind: Kind, book: Book) -> Iterator[Problem]:
    """An action of the clock without a day after which it is taken: it never is."""
    for name in kind.type.life:
        for action in kind.clock_actions(name):
            if action.after is None:
                where = kind.type.where("actions", action.name)
                yield problem(advice.LINT_RECORD_CLOCK_UNTIMED, where, action=action.label)


@_lint(
    advice.LINT_RECORD_RESERVED_EVER,
    """
record: campaign
fields: {cost: {type: money, currency: CNY}}
states: {draft: {}, approved: {final: true}}
actions:
  approve:
    {from: draft, to: approved, by: [owner], never: [author], effects: [{reserve: b, amount: cost}]}
allowances: {b: {limit: "1000", currency: CNY}}
""",
)
def reservations_that_never_end(kind: Kind, book: Book) -> Iterator[Problem]:
    """A reservation of an allowance that no action of any type spends or releases."""
    ended = {
        effect.allowance.rpartition(".")[2]
        for other in book.kinds.values()
        for action in other.cycle.actions
        for effect in action.effects
        if isinstance(effect, Spend | Release)
    }
    for action in kind.cycle.actions:
        for effect in action.effects:
            name = effect.allowance if isinstance(effect, Reserve) else ""
            if name and name.rpartition(".")[2] not in ended:
                yield problem(
                    advice.LINT_RECORD_RESERVED_EVER,
                    kind.type.where("actions", action.name),
                    action=action.label,
                    allowance=name,
                )


@_lint(
    advice.LINT_RECORD_LAST_AWAITED,
    """
record: shop
fields: {name: {type: text}}
cadences: {check: {every: 14 days, last: [shop_check.shop]}}
""",
)
def cadences_that_wait_for_a_type(kind: Kind, book: Book) -> Iterator[Problem]:
    """A cadence that looks at a type of records that is not there: a slip of the pen, or a type
    that is installed next, since it refers to this one."""
    for name, cadence in kind.type.cadences.items():
        for n, last in enumerate(cadence.last):
            if last.partition(".")[0] not in book.types:
                where = kind.type.where("cadences", name, "last", n)
                label = cadence.label or name
                yield problem(advice.LINT_RECORD_LAST_AWAITED, where, cadence=label, last=last)


@_lint(
    advice.LINT_RECORD_FORM_GAP,
    """
record: visit
fields: {note: {type: text, required: true}, place: {type: text}}
views: {quick: [place]}
""",
)
def forms_that_cannot_be_sent(kind: Kind, book: Book) -> Iterator[Problem]:
    """A form or quick entry without a field that is always required and has no default: nobody
    could ever save it."""
    views = kind.type.views
    in_form = {field for section in views.form for field in section.fields}
    forms = {"views.quick": set(views.quick), "views.form": in_form}
    for view, shown in forms.items():
        for spec in kind.type.fields.values():
            is_asked = spec.required or spec.min_rows > 0
            if shown and is_asked and not (spec.when or spec.default) and spec.name not in shown:
                where = kind.type.where("views")
                label = spec.label
                yield problem(advice.LINT_RECORD_FORM_GAP, where, field=label, view=view)


@_lint(
    advice.LINT_RECORD_UNTRIED_DAY,
    """
record: visit
fields: {note: {type: text}}
states: {planned: {}, done: {final: true}}
actions: {finish: {from: planned, to: done, by: [owner], until: entered + 2 days}}
examples: [{name: nothing, expect: {state: planned}}]
""",
)
def last_days_nobody_tried(kind: Kind, book: Book) -> Iterator[Problem]:
    """An action with a last day that no example takes: an edge is where rules go wrong."""
    if not kind.type.examples:
        return
    tried = {example.take for example in kind.type.examples}
    for action in kind.cycle.actions:
        if (action.until or action.after) and action.name not in tried:
            where = kind.type.where("actions", action.name)
            yield problem(advice.LINT_RECORD_UNTRIED_DAY, where, action=action.label)
