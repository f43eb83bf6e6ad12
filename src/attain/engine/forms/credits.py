"""Credits: who gets which share of a fact (language.md 44, S09.3).

A set of credits is a relation with one row per fact and participant: `fact`, `participant`,
`share`, `amount`, `overlay` and `credited_on`. Shares of the rules that conserve are split
exactly, to the cent; what is credited above 100 % must be marked as overlay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Self

from pydantic import Field, model_validator

from attain.core.documents import refused
from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine.forms import errors
from attain.engine.forms.expansion import Entry, Expansion, FormContext, Paths, entry
from attain.engine.forms.models import (
    Described,
    Expression,
    Flag,
    Name,
    PlainText,
    refuse_beside,
)
from attain.engine.forms.reading import fault_of
from attain.engine.forms.wording import RULES, both, step_label
from attain.engine.plans.texts import ExactNumber


class CreditRule(Described):
    """One rule of a set: who it credits, with which share."""

    rule: Name
    """The rule's name; it stands on each credit as its `part`."""
    participant: PlainText
    """The column that names the credited person: of the fact, of its split, or of the dated row."""
    share: Expression = Expression("100%")
    """The share of the fact that is credited."""
    from_: PlainText | None = Field(default=None, alias="from")
    """A dataset with a row per fact and person (a split); `fact` is its link to the fact."""
    fact: PlainText | None = None
    """The split's link to the fact."""
    by: PlainText | None = None
    """A dated dataset of who is responsible (territories, customer owners), valid on the fact's
    day; `on` says which columns must be equal."""
    on: dict[Name, PlainText] = {}
    """For `by`: a column of the fact and the column that must equal it."""
    along: PlainText | None = None
    """A hierarchy, or a path of the plan: the credit goes to those above `participant`, as of the
    fact's day."""
    levels: PlainText = "1"
    """For `along`: how many levels up, or `all`."""
    where: Expression | None = None
    """Which facts the rule is for."""
    unless: Name | None = None
    """A rule with `from` or `by` that comes first: facts of which it has rows are left to it."""
    overlay: Flag = False
    """True for credit beside the full amount: it may exceed 100 % and is reported apart."""

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        origins = {"from": self.from_, "by": self.by, "along": self.along}
        said = [word for word, origin in origins.items() if origin is not None]
        if len(said) > 1:
            raise refused(problem(errors.CREDIT_ORIGINS, name=self.rule, said=said))
        if self.from_ is not None and self.fact is None:
            raise refused(problem(errors.CREDIT_SPLIT_FACT, name=self.rule, split=self.from_))
        for origin, option in (("from", "fact"), ("by", "on"), ("along", "levels")):
            if origin not in said:
                refuse_beside(next(iter(said), "rule"), self, (option,))
        return self


class Credits(Described):
    """A set of credits over the facts of one source."""

    from_: PlainText = Field(alias="from")
    """The facts."""
    amount: Expression
    """What is credited of a fact."""
    unit: PlainText = "money"
    """What is credited, if it is not money: `points`, or `count` where each counts for a part."""
    rules: tuple[CreditRule, ...] = Field(min_length=1)
    """The rules; each adds its rows."""
    residue: PlainText = "largest"
    """Who gets what rounding leaves of a split: `largest`, `first` or `last`."""
    step: ExactNumber | None = None
    """The smallest part of a split, 0.01 by default."""
    dated: PlainText | None = None
    """The fact's day of credit, if it is not its business date."""


def rule_label(rule: CreditRule) -> Labels | None:
    """What readers are told instead of the name of a rule that is one of the usual words.

    >>> rule_label(CreditRule(rule="overlay", participant="specialist", overlay=True)).zh
    '叠加业绩'
    """
    usual = RULES.get(rule.rule)
    # What rows of a split give to several is nobody's own.
    is_split = rule.from_ is not None and rule.rule in ("direct", "own")
    return rule.label or (RULES["split"] if is_split else usual)


def expand_credits(
    name: str, form: Credits, context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """Write one set of credits as a relation of its own name."""
    fault = fault_of(name, form.from_, context, day=form.dated, keyed=True)
    if fault is not None:
        known = sorted(context.datasets.keys() & context.source_keys.keys() - {name})
        values = {**fault.values, "known": known or fault.values["known"]}
        return Expansion(), [replace(fault, code=errors.CREDIT_KEY, values=values)]
    if astray := [*_astray(name, form, context)]:
        return Expansion(), astray
    day = form.dated or context.source_dates[form.from_]
    writer = _Writer(name, form, context.source_keys[form.from_], day, context.paths)
    writer.write()
    return writer.out, writer.problems


def _astray(name: str, form: Credits, context: FormContext) -> Iterator[Problem]:
    """Splits whose rows lead to something else than the facts, such as to the facts' contract."""
    facts = {form.from_, context.datasets.get(form.from_, form.from_)}
    for rule in form.rules:
        to = context.leads.get(rule.from_ or "", {}).get(rule.fact or "")
        if to is not None and not {to, context.datasets.get(to, to)} & facts:
            yield problem(
                errors.CREDIT_FACT,
                name=name,
                split=rule.from_,
                link=rule.fact,
                to=to,
                source=form.from_,
            )


_NONE: Final = labels("无", "none")
_WORDS: Final = {"share": "credit_share", "shares": "credited_share"}
"""The words of steps whose columns end otherwise."""


class _Writer:
    """One set of credits: a part of the stack per rule."""

    def __init__(self, name: str, form: Credits, key: str, day: str, paths: Paths) -> None:
        self.name, self.form, self.key, self.day, self.paths = name, form, key, day, paths
        self.step = str(form.step) if form.step is not None else "0.01"
        self.out = Expansion()
        self.problems: list[Problem] = []
        self.amount = f"{name}_of_fact"
        self.called = form.label or labels(name, name)
        self.firsts = {rule.rule: rule for rule in form.rules if rule.from_ or rule.by}

    def write(self) -> None:
        self._column(self.form.from_, self.amount, self.form.amount, "amount", unit=self.form.unit)
        named = {rule.unless for rule in self.form.rules}
        for rule in self.firsts.values():
            if rule.from_ is not None or rule.rule in named:
                self._count_rows(rule)
        parts = [
            {**self._part(number, rule), **entry(label=rule_label(rule))}
            for number, rule in enumerate(self.form.rules)
        ]
        self.out.relations[self.name] = entry(
            stack=parts,
            key=["fact", "participant"],
            date="credited_on",
            links={"fact": {"to": self.form.from_}},
            label=self.form.label,
        )
        self._check_shares()

    def _column(self, grain: str, name: str, is_: str, path: str, **more: object) -> str:
        self.out.columns[name] = entry(
            each=grain,
            is_=is_,
            show=False,
            form=f"credits/{self.name}/{path}",
            label=self._told(name),
            **more,
        )
        return name

    def _told(self, name: str) -> Labels | None:
        """A set of credits by its label or name, and with it the rule whose step it is."""
        if name == self.amount:
            return step_label(self.called, "of_fact")
        said, _, word = name.removeprefix(f"{self.name}_").rpartition("_")
        rule = next((one for one in self.form.rules if one.rule == said), None)
        told = (rule_label(rule) if rule else None) or labels(said, said)
        (zh, en), (own_zh, own_en) = both(self.called), both(told)
        return step_label(labels(f"{zh}·{own_zh}", f"{en}: {own_en}"), _WORDS.get(word, word))

    def _part(self, number: int, rule: CreditRule) -> Entry:
        if rule.from_ is not None:
            return self._split_part(number, rule)
        if rule.by is not None:
            return self._paired_part(number, rule)
        if rule.along is not None:
            return self._path_part(number, rule)
        return self._direct_part(number, rule)

    def _give(
        self, rule: CreditRule, fact: str, participant: str, share: str, amount: str, day: str
    ) -> dict[str, str]:
        return {
            "fact": fact,
            "participant": participant,
            "share": share,
            "amount": amount,
            "overlay": "true" if rule.overlay else "false",
            "credited_on": day,
        }

    def _where(self, rule: CreditRule, *more: str, fact: str = "") -> str | None:
        """The rule's own condition, and that no split comes first; `fact.` leads to the fact."""
        tests = [*more]
        if rule.unless is not None:
            if rule.unless not in self.firsts:
                known = sorted(self.firsts) or _NONE
                self.problems.append(
                    problem(errors.CREDIT_UNLESS, name=rule.rule, unless=rule.unless, known=known)
                )
            tests.append(f"{fact}{self.name}_{rule.unless}_rows = 0")
        if not tests:
            return rule.where
        if rule.where is not None:
            tests.insert(0, f"({rule.where})")
        return Expression.like(" and ".join(tests), rule.where or rule.share)

    def _direct_part(self, number: int, rule: CreditRule) -> Entry:
        """A column of the fact names the person."""
        source, path = self.form.from_, f"rules/{number}"
        share = self._column(
            source, f"{self.name}_{rule.rule}_share", rule.share, f"{path}/share", unit="ratio"
        )
        amount = self._column(
            source,
            f"{self.name}_{rule.rule}_amount",
            f"{self.amount} * {share}",
            path,
            round=self.step,
        )
        where = self._where(rule, f"not is_missing({rule.participant})")
        give = self._give(rule, self.key, rule.participant, share, amount, self.day)
        return entry(name=rule.rule, from_=source, where=where, give=give)

    def _count_rows(self, rule: CreditRule) -> None:
        """How many rows a rule has of a fact; pairs are only those that fit its condition."""
        self.out.columns[f"{self.name}_{rule.rule}_rows"] = entry(
            each=self.form.from_,
            count="rows",
            from_=rule.from_ or f"{self.name}_{rule.rule}_pairs",
            where=rule.where if rule.from_ else None,
            in_="all",
            show=False,
            link={self.key: rule.fact or self.key},
            form=f"credits/{self.name}",
            label=self._told(f"{self.name}_{rule.rule}_rows"),
        )

    def _sum_shares(self, rule: CreditRule, source: str, share: str, fact: str) -> str:
        """The shares of a fact together: 80 and 70 % credit 150 %, to whom they name, and the
        check says so; nobody is paid out of another's missing share."""
        name = f"{self.name}_{rule.rule}_shares"
        self.out.columns[name] = entry(
            each=self.form.from_,
            sum=share,
            from_=source,
            in_="all",
            show=False,
            link={self.key: fact},
            form=f"credits/{self.name}",
            label=self._told(name),
        )
        return name

    def _split_part(self, number: int, rule: CreditRule) -> Entry:
        """Rows of a split share the fact's amount exactly."""
        source, path = rule.from_ or "", f"rules/{number}"
        where = self._where(rule, fact=f"{rule.fact}.")
        said = rule.share
        if where is not None:
            # Who is left out has no part in what the others share, nor in what rounding leaves.
            said = Expression.like(f"if({where}, {said}, not_applicable('left_out'))", said)
        share = self._column(
            source, f"{self.name}_{rule.rule}_share", said, f"{path}/share", unit="ratio"
        )
        shares = self._sum_shares(rule, source, share, rule.fact or "")
        whole = f"{rule.fact}.{self.amount}"
        pot = self._column(
            source, f"{self.name}_{rule.rule}_pot", f"{whole} * {rule.fact}.{shares}", path
        )
        amount = f"{self.name}_{rule.rule}_amount"
        if rule.overlay:
            self._column(source, amount, f"{whole} * {share}", path, round=self.step)
        else:
            self.out.columns[amount] = entry(
                each=source,
                share_out=pot,
                by=share,
                within=[rule.fact],
                show=False,
                residue=self.form.residue,
                step=self.step,
                form=f"credits/{self.name}/{path}",
                label=self._told(amount),
            )
        give = self._give(
            rule, f"{rule.fact}", rule.participant, share, amount, f"{rule.fact}.{self.day}"
        )
        return entry(name=rule.rule, from_=source, where=where, give=give)

    def _paired_part(self, number: int, rule: CreditRule) -> Entry:
        """Dated rows that fit the fact on its day name the persons."""
        pairs, path = f"{self.name}_{rule.rule}_pairs", f"rules/{number}"
        where = self._where(rule)
        self.out.relations[pairs] = entry(
            pair=[self.form.from_, rule.by], on=dict(rule.on), at=self.day, where=where
        )
        share = self._column(
            pairs, f"{self.name}_{rule.rule}_share", rule.share, f"{path}/share", unit="ratio"
        )
        amount = f"{self.name}_{rule.rule}_amount"
        if rule.overlay:
            self._column(pairs, amount, f"{self.amount} * {share}", path, round=self.step)
        else:
            shares = self._sum_shares(rule, pairs, share, self.key)
            self.out.columns[amount] = entry(
                each=pairs,
                share_out=f"{self.amount} * {shares}",
                by=share,
                within=[self.key],
                show=False,
                residue=self.form.residue,
                step=self.step,
                form=f"credits/{self.name}/{path}",
                label=self._told(amount),
            )
        give = self._give(rule, self.key, f"right.{rule.participant}", share, amount, self.day)
        return entry(name=rule.rule, from_=pairs, give=give)

    def _path_part(self, number: int, rule: CreditRule) -> Entry:
        """Those above the person, on the fact's day, as far up as the rule says."""
        tree, pairs = f"{self.name}_{rule.rule}_tree", f"{self.name}_{rule.rule}_pairs"
        along = rule.along or ""
        self.out.paths[tree] = entry(**self.paths.get(along, {"over": along}), at="row")
        where = self._where(rule)
        if rule.levels != "all":
            near = f"right.distance <= {rule.levels}"
            where = f"({where}) and {near}" if where else near
        self.out.relations[pairs] = entry(
            pair=[self.form.from_, tree], on={rule.participant: "member"}, at=self.day, where=where
        )
        path = f"rules/{number}"
        share = self._column(
            pairs, f"{self.name}_{rule.rule}_share", rule.share, f"{path}/share", unit="ratio"
        )
        amount = self._column(
            pairs,
            f"{self.name}_{rule.rule}_amount",
            f"{self.amount} * {share}",
            path,
            round=self.step,
        )
        give = self._give(rule, self.key, "right.ancestor", share, amount, self.day)
        return entry(name=rule.rule, from_=pairs, give=give)

    def _check_shares(self) -> None:
        """What is credited of a fact without overlay is exactly its whole."""
        total = f"{self.name}_credited_share"
        self.out.columns[total] = entry(
            each=self.form.from_,
            sum="share",
            from_=self.name,
            where="not overlay",
            in_="all",
            link={self.key: "fact"},
            show=False,
            form=f"credits/{self.name}",
            label=step_label(self.called, "credited_share"),
        )
        self.out.checks.append(
            entry(
                name=f"{self.name}_is_whole",
                each=self.form.from_,
                holds=f"{total} = 100% or {total} = 0%",
                code="SPLIT_NOT_100",
            )
        )
