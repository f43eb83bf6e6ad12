"""An incentive as columns: one per step, the amount itself, then its pay parts and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from attain.core.errors import Problem, Where, problem
from attain.core.labels import Labels, labels
from attain.core.values import minor_digits
from attain.engine.errors import NAME_TAKEN
from attain.engine.forms import errors
from attain.engine.forms.expansion import Expansion, FormContext, entry
from attain.engine.forms.incentives.models import ByCash, Incentive, PayPart, Step
from attain.engine.forms.incentives.paydates import meant, pay_date
from attain.engine.forms.incentives.true_ups import increase_of, to_date_of
from attain.engine.forms.reading import fault_of
from attain.engine.forms.wording import numbered, step_label
from attain.engine.plans.texts import Expression

ACTIONS = ("base", "gate", "veto", "multiply", "add", "cap", "floor", "round")


@dataclass(slots=True)
class _Writing:
    """An incentive being expanded."""

    name: str
    form: Incentive
    context: FormContext
    out: Expansion = field(default_factory=Expansion)
    problems: list[Problem] = field(default_factory=list)

    @property
    def grain(self) -> str | list[str]:
        each = self.form.each
        if not each:
            return self.context.grain
        return each[0] if len(each) == 1 else list(each)

    @property
    def by_row(self) -> bool:
        """True where the rule stands on rows of a source, not on a subject's period."""
        return isinstance(self.grain, str)

    @property
    def participant(self) -> str:
        if self.form.participant:
            return self.form.participant
        return self.context.subject if self.by_row else self.grain[0]

    @property
    def cent(self) -> str:
        """The smallest amount that is paid in the incentive's currency."""
        digits = minor_digits(self.form.currency or self.context.currency) or 0
        return f"{Decimal(1).scaleb(-digits):f}"

    def told(self, word: str, detail: str = "") -> Labels | None:
        """What readers are shown for a step."""
        return step_label(self.form.label or labels(self.name, self.name), word, detail)

    def told_step(self, step: Step, action: str, word: str = "") -> Labels | None:
        """What the amount after a step is called: the step's own name says what was done to it."""
        told = self.told(word or action)
        if step.label is None or told is None or action in ("base", "round"):
            return step.label or numbered(told, self.form.place_of(step, action))
        zh, en = step.label.zh or step.label.en, step.label.en or step.label.zh
        return labels(f"{told.zh}（{zh}）", f"{told.en} ({en})")

    def write(self, name: str, is_: str, path: str = "", **more: object) -> str:
        base = f"incentives/{self.name}"
        if more.get("unit") == "money" and path != "pay/invoiced":
            more["currency"] = self.form.currency
        made = entry(each=self.grain, is_=is_, form=f"{base}/{path}" if path else base, **more)
        self.out.columns[name] = made
        return name


def expand_incentive(
    name: str, form: Incentive, context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """Write an incentive's steps, its amount under its own name, its pay parts and its lines."""
    writing = _Writing(name, form, context)
    amount = _write_steps(writing)
    if writing.problems:
        return writing.out, writing.problems
    _write_amount(writing, amount)
    if isinstance(form.pay, ByCash):
        _write_receipts(writing, form.pay)
    else:
        _write_parts(writing, form.pay or (PayPart(),))
    _write_component(writing)
    return writing.out, writing.problems


def _write_steps(writing: _Writing) -> str:
    """The columns of all steps; the last one's name."""
    amount = ""
    for number, step in enumerate(writing.form.steps, start=1):
        said = [action for action in ACTIONS if getattr(step, action) is not None]
        if len(said) != 1:
            writing.problems.append(
                problem(
                    errors.STEP_KIND,
                    name=writing.name,
                    number=number,
                    count=len(said),
                    known=ACTIONS,
                )
            )
            continue
        if (number == 1) != (said[0] == "base"):
            writing.problems.append(problem(errors.FIRST_STEP, name=writing.name))
            continue
        amount = _write_step(writing, number, step, said[0], amount)
    return amount


def _write_step(writing: _Writing, number: int, step: Step, action: str, amount: str) -> str:
    """One step as a column `<incentive>_<number>_<action>`, made of the step before."""
    name = f"{writing.name}_{number}_{action}"
    about = entry(label=writing.told_step(step, action), source=step.source, show=False)
    path = f"steps/{number - 1}/{action}"
    text = getattr(step, action)
    if action == "base":
        return writing.write(name, text, path, unit="money", working=True, **about)
    if action == "round":
        return writing.write(name, amount, path, round=text, **about)
    given = f"{writing.name}_{number}_{_GIVEN[action]}"
    asked = {**about, **entry(label=step.label or writing.told_step(step, action, _GIVEN[action]))}
    unit = _UNITS[action]
    working = True if unit == "money" else None
    writing.write(given, text, path, unit=unit, **entry(working=working), **asked)
    if action == "cap":
        _write_cut(writing, number, f"max(0, {amount} - {given})", path)
    made = _applied(action, step, amount, f"({step.multiply})" if step.divides else given)
    if _may_be_refused(writing.form.steps[: number - 1]):
        made = f"if(is_applicable({amount}), {made}, {amount})"
    return writing.write(name, made, path, working=True, **about)


def _may_be_refused(before: Sequence[Step]) -> bool:
    """Whether a step before may say that nothing is earned: then no later one is asked."""
    return any((one.gate or one.veto) and one.else_ is None for one in before)


def _write_cut(writing: _Writing, number: int, cut: str, path: str) -> None:
    """What a cap cuts is kept, for whoever asks why it is not more."""
    name = f"{writing.name}_cut_{number}"
    writing.write(name, cut, path, working=True, show=False, label=writing.told("cut"))


_GIVEN = {
    "gate": "met",
    "veto": "vetoed",
    "multiply": "factor",
    "add": "added",
    "cap": "most",
    "floor": "least",
}
_UNITS = {
    "gate": "boolean",
    "veto": "boolean",
    "multiply": "ratio",
    "add": "money",
    "cap": "money",
    "floor": "money",
}


def _applied(action: str, step: Step, amount: str, given: str) -> str:
    refused = step.else_ if step.else_ is not None else f"not_applicable('{given}')"
    return {
        "gate": f"if({given}, {amount}, {refused})",
        "veto": f"if({given}, {refused}, {amount})",
        "multiply": f"{amount} * {given}",
        "add": f"{amount} + {given}",
        "cap": f"min({amount}, {given})",
        "floor": f"max({amount}, {given})",
    }[action]


def _write_amount(writing: _Writing, last: str) -> None:
    """The amount: the last step, rounded to the cent unless a step rounded it already."""
    form = writing.form
    rounded = last.endswith("_round")
    about = entry(label=form.label, source=form.source)
    step = None if rounded else writing.cent
    name = f"{writing.name}_line" if writing.by_row else writing.name
    if form.true_up is None:
        if writing.by_row:
            about = entry(label=writing.told("line"), source=form.source, show=False)
        writing.write(name, last, round=step, **about)
        return
    to_date, restart = f"{writing.name}_to_date", form.true_up.restart
    told = entry(round=step, show=False, label=writing.told("to_date"))
    writing.write(to_date, to_date_of(last, to_date, restart), "true_up", **told)
    writing.write(name, increase_of(last, to_date, restart), "true_up", **about)


def _write_parts(writing: _Writing, parts: tuple[PayPart, ...]) -> None:
    """Each part's amount and day; what rounding leaves goes to one declared part."""
    amount = f"{writing.name}_line" if writing.by_row else writing.name
    _check_shares(writing, parts)
    _check_names(writing, parts)
    rest = _residue_part(writing, parts)
    names = {}
    for number, part in enumerate(parts):
        if part is not rest:
            share = _write_share(writing, number, part)
            names[part.part] = _write_part(writing, part, f"{amount} * {share}")
    others = "".join(f" - {name}" for name in names.values())
    names[rest.part] = _write_part(writing, rest, f"{amount}{others}")
    for number, part in enumerate(parts):
        _write_line(writing, names[part.part], part.part, part.on, f"pay/{number}/on")


def _write_share(writing: _Writing, number: int, part: PayPart) -> str:
    return writing.write(
        f"{writing.name}_{part.part}_share",
        part.share,
        f"pay/{number}/share",
        unit="ratio",
        show=False,
        label=writing.told("share", f"（{part.part}）"),
    )


def _write_part(writing: _Writing, part: PayPart, is_: str) -> str:
    return writing.write(
        f"{writing.name}_{part.part}",
        is_,
        round=writing.cent,
        show=False,
        label=part.label or writing.told("part", f"（{part.part}）"),
    )


def _residue_part(writing: _Writing, parts: tuple[PayPart, ...]) -> PayPart:
    residue = writing.form.residue
    if residue == "first":
        return parts[0]
    return next((part for part in parts if part.part == residue), parts[-1])


def _check_shares(writing: _Writing, parts: tuple[PayPart, ...]) -> None:
    """Constant shares add up to exactly 100 %."""
    try:
        total = sum(_percent(part.share) for part in parts)
    except InvalidOperation:
        return
    if total != 100:
        writing.problems.append(problem(errors.PAY_SHARES, name=writing.name, total=total))


def _check_names(writing: _Writing, parts: tuple[PayPart, ...]) -> None:
    """Each part has a name of its own."""
    what = labels("付款的一部分", "a part of the payment")
    for number, part in enumerate(parts):
        if any(part.part == one.part for one in parts[:number]):
            writing.problems.append(problem(NAME_TAKEN, name=part.part, first=what, second=what))


def _percent(text: str) -> Decimal:
    if text.endswith("%"):
        return Decimal(text.removesuffix("%"))
    return Decimal(text) * 100


def _write_line(writing: _Writing, amount: str, part: str, on: str, path: str) -> None:
    day = pay_date(on)
    if day is None:
        writing.problems.append(_unread(on))
        return
    told = writing.told("pay_on", f"（{part}）")
    pay_on = writing.write(
        f"{writing.name}_{part}_pay_on", day, path, unit="date", show=False, label=told
    )
    own_key: list[str] = []
    if isinstance(writing.grain, str):
        own_key = [*writing.context.row_keys.get(writing.grain, ())]
    writing.out.lines.append(
        entry(
            component=writing.name,
            part=part,
            column=amount,
            participant=writing.participant,
            pay_on=pay_on,
            currency=writing.form.currency,
            key=own_key,
        )
    )


def _place(text: str) -> Where | None:
    """Where the author wrote it; a day that nobody wrote has no place."""
    return text.place.where() if isinstance(text, Expression) else None


def _write_receipts(writing: _Writing, cash: ByCash) -> None:
    """A line per receipt: the increase of what the money received so far has paid for."""
    fault = fault_of(writing.name, cash.receipts, writing.context, day=None, keyed=False)
    if fault:
        writing.problems.append(fault)
        return
    name, form = writing.name, f"incentives/{writing.name}/pay"
    invoiced = writing.write(
        f"{name}_invoiced",
        cash.invoiced,
        "pay/invoiced",
        unit="money",
        show=False,
        label=writing.told("invoiced"),
    )
    ordering = f"{name}_receipts"
    writing.out.orderings[ordering] = entry(of=cash.receipts, per=[cash.deal], by=cash.by)
    received = f"{name}_received"
    writing.out.columns[received] = entry(
        each=cash.receipts,
        is_=cash.amount,
        unit="money",
        show=False,
        form=f"{form}/amount",
        label=writing.told("received"),
    )
    earned = f"{cash.deal}.{name}_line * min(1, total({received}) / {cash.deal}.{invoiced})"
    paid = f"{name}_paid"
    writing.out.columns[paid] = entry(
        each=cash.receipts,
        along=ordering,
        is_=f"increase(round({earned}, {writing.cent}))",
        round=writing.cent,
        show=False,
        form=form,
        label=writing.told("paid"),
    )
    _write_receipt_line(writing, cash, paid)


def _unread(on: str) -> Problem:
    written = meant(on)
    told = labels(f"这里应写 {written}。", f"Here it is {written}. ") if written else ""
    return problem(errors.PAY_DATE, _place(on), value=on, meant=told)


def _write_receipt_line(writing: _Writing, cash: ByCash, paid: str) -> None:
    """When the receipt's part is paid, and to whom: who earned the deal."""
    name, context = writing.name, writing.context
    day = pay_date(cash.on)
    if day is None:
        writing.problems.append(_unread(cash.on))
        return
    pay_on, payee = f"{name}_paid_on", f"{name}_payee"
    on = {"each": cash.receipts, "show": False, "form": f"incentives/{name}/pay"}
    pays = entry(is_=day, unit="date", label=writing.told("pay_on"))
    paid_to = entry(is_=f"{cash.deal}.{writing.participant}", label=writing.told("payee"))
    writing.out.columns[pay_on] = {**on, **pays}
    writing.out.columns[payee] = {**on, **paid_to}
    writing.out.lines.append(
        entry(
            component=name,
            part="cash",
            column=paid,
            participant=payee,
            pay_on=pay_on,
            currency=writing.form.currency,
            key=[*context.row_keys.get(cash.receipts, ())],
        )
    )


def _write_component(writing: _Writing) -> None:
    """Rules that stand on rows show their sum for the person and period."""
    form = writing.form
    if writing.by_row:
        cash = isinstance(form.pay, ByCash)
        column, source = (
            (f"{writing.name}_paid", form.pay.receipts)
            if isinstance(form.pay, ByCash)
            else (f"{writing.name}_line", writing.grain)
        )
        payee = f"{writing.name}_payee" if cash else writing.participant
        writing.out.columns[writing.name] = entry(
            each=writing.context.grain,
            sum=column,
            from_=source,
            link={writing.context.subject: payee},
            label=form.label,
            source=form.source,
            form=f"incentives/{writing.name}",
            skip_missing=True if form.missing == "skip" else None,
        )
    writing.out.components.append(
        entry(name=writing.name, kind="incentive", column=writing.name, label=form.label)
    )
