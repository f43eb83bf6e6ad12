"""First plans for a stranger: standard schemes written for the data they have.

A starter is filled with the names of the company's own dataset and columns, so the text that
comes out is theirs from the first day. Its examples are worked out here, without the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from attain.core.documents import write_yaml
from attain.core.labels import Labels, labels
from attain.core.schemas import ColumnSchema, DatasetSchema

FEN: Final = Decimal("0.01")
SALE: Final = Decimal("100000.00")
TARGET: Final = Decimal("1000000.00")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the company's data are called: which rows, whose, how much."""

    dataset: str
    amount: str
    seller: str
    label: Labels
    """What the amount is: 销售额, 回款."""
    currency: str
    where: tuple[str, str] | None = None
    """Only rows in which a column has this text."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Where targets come from: the list of targets, or a dataset of the company's own."""

    dataset: str = ""
    amount: str = ""
    seller: str = ""
    period: str = ""
    """The column that says which period a target is for, where it is no date."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is paid: rates by attainment (the lowest edge first), how often, and when."""

    code: str
    label: Labels
    rates: tuple[tuple[Decimal, Decimal], ...]
    period: str = "month"
    pay_day: int = 10
    pay_months: int = 1
    targets: Targets | None = None


@dataclass(frozen=True, slots=True)
class Starter:
    """One standard scheme."""

    name: str
    label: Labels
    summary: Labels
    needs_targets: bool
    write: Callable[[Facts, Terms], dict[str, Any]]
    rates: tuple[tuple[str, str], ...]
    """What is proposed: `(from which attainment, which rate)`."""


def write_plan(starter: Starter, facts: Facts, terms: Terms) -> str:
    """The text of a plan for a company's own data."""
    return write_yaml({**_head(facts, terms), **starter.write(facts, terms)})


# --- what may be chosen ---


def fact_datasets(
    schemas: Mapping[str, DatasetSchema], system: Mapping[str, Any]
) -> list[DatasetSchema]:
    """Datasets of the company that can be paid on: dated rows with an amount and a person."""
    return [
        schema
        for name, schema in schemas.items()
        if name not in system and schema.date and amounts(schema) and sellers(schema)
    ]


def amounts(schema: DatasetSchema) -> list[ColumnSchema]:
    """Columns of money."""
    return [column for column in schema if column.type == "money" and column.currency]


def sellers(schema: DatasetSchema) -> list[ColumnSchema]:
    """Columns that name a person."""
    return [column for column in schema if column.of == "people"]


def target_lists(
    known: Mapping[str, DatasetSchema], systems: Mapping[str, Any]
) -> list[DatasetSchema]:
    """Datasets that can hold targets: whose, how much, and for which period or from which day."""
    return [
        schema
        for name, schema in known.items()
        if name not in systems
        and amounts(schema)
        and sellers(schema)
        and (schema.date or target_period(schema))
    ]


def target_period(schema: DatasetSchema) -> str:
    """The column of periods, if rows have no date."""
    periods = [column.name for column in schema if column.type == "period"]
    return "" if schema.date or not periods else periods[0]


def filters(schema: DatasetSchema) -> list[ColumnSchema]:
    """Columns by which rows can be left out: texts such as a status."""
    return [column for column in schema if column.type == "text" and not column.personal]


# --- writing ---


def _head(facts: Facts, terms: Terms) -> dict[str, Any]:
    return {
        "plan": terms.code,
        "language": 1,
        "label": _said(terms.label),
        "period": terms.period,
        "currency": facts.currency,
        "subjects": {"seller": {"from": "people", "label": _said(labels("业务员", "Seller"))}},
    }


def _flat(facts: Facts, terms: Terms) -> dict[str, Any]:
    """One rate on everything."""
    rate = terms.rates[0][1]
    earned = (SALE * rate).quantize(FEN, ROUND_HALF_UP)
    return {
        "parameters": {"rate": {"label": _said(labels("提成比例", "Rate")), "is": percent(rate)}},
        "measures": _measures(facts, terms),
        "incentives": _commission(terms, "sales * rate"),
        "examples": [
            {
                "name": f"{SALE} × {percent(rate)} = {earned}",
                "period": _example_period(terms),
                "given": {"sales": {"seller": "a", "is": SALE}},
                "expect": {"commission": {"seller": "a", "is": earned}},
            },
        ],
    }


def _by_band(facts: Facts, terms: Terms) -> dict[str, Any]:
    """The rate of the band that the attainment reaches, on the whole amount."""

    def earned(sales: Decimal) -> Decimal:
        return sales * _rate_at(terms, sales / TARGET)

    table = {"label": _said(labels("提成比例", "Rates")), "bands": _bands(terms, "otherwise")}
    return {
        "tables": {"rates": table},
        "measures": _measures(facts, terms),
        "formulas": _attainment(terms),
        "incentives": _commission(terms, "sales * value(rates, attainment)"),
        "examples": [_edges(terms, earned)],
    }


def _in_slices(facts: Facts, terms: Terms) -> dict[str, Any]:
    """Each slice of the amount at its own rate: what is above the target earns more."""

    def earned(sales: Decimal) -> Decimal:
        return sum((part * rate for part, rate in _slices(terms, sales)), Decimal(0))

    table = {
        "label": _said(labels("加速档", "Accelerator")),
        "scale": _target(terms),
        "bands": _bands(terms, "lowest"),
    }
    return {
        "tables": {"accelerator": table},
        "measures": _measures(facts, terms),
        "formulas": _attainment(terms),
        "incentives": _commission(terms, "marginal(accelerator, max(0, sales))"),
        "examples": [_edges(terms, earned)],
    }


def _measures(facts: Facts, terms: Terms) -> dict[str, Any]:
    sales: dict[str, Any] = {
        "label": _said(facts.label),
        "sum": facts.amount,
        "from": facts.dataset,
        "link": {"seller": facts.seller},
    }
    if facts.where:
        column, text = facts.where
        sales["where"] = f"{column} = '{text}'"
    found = {"sales": sales}
    own = terms.targets
    if own and own.dataset:
        found["quota"] = {
            "label": _said(labels("目标", "Target")),
            "sum": own.amount,
            "from": own.dataset,
            "link": {"seller": own.seller},
            **_in_period(own.period),
        }
    return found


def _in_period(column: str) -> dict[str, str]:
    """Targets of whole periods, such as a column of months; those inside the period count."""
    if not column:
        return {}
    begins, ends = f"{column}_from >= this.period_from", f"{column}_until <= this.period_until"
    return {"in": "all", "where": f"{begins} and {ends}"}


def _target(terms: Terms) -> str:
    return "quota" if terms.targets and terms.targets.dataset else "target(sales)"


def _attainment(terms: Terms) -> dict[str, Any]:
    target = _target(terms)
    return {
        "attainment": {
            "label": _said(labels("达成率", "Attainment")),
            # Without a target, or with one of zero, there is no attainment; and it says why.
            "is": f"if({target} <= 0, no_data('target_not_positive'), sales / {target})",
        }
    }


def _commission(terms: Terms, base: str) -> dict[str, Any]:
    months = f" + {terms.pay_months}" if terms.pay_months else ""
    return {
        "commission": {
            "label": _said(labels("提成", "Commission")),
            "steps": [{"base": base}],
            "pay": [{"on": f"day {terms.pay_day} of month{months}"}],
        }
    }


def _bands(terms: Terms, lowest: str) -> list[dict[str, Any]]:
    """Bands by their lower edge; below the first one nothing is paid."""
    bands = [{"from": percent(edge), "is": percent(rate)} for edge, rate in terms.rates]
    if lowest == "otherwise":
        return [*bands, {"otherwise": "0%"}]
    return bands if terms.rates[0][0] == 0 else [{"from": "0%", "is": "0%"}, *bands]


def _edges(terms: Terms, earned: Callable[[Decimal], Decimal]) -> dict[str, Any]:
    """An example of every edge, exactly on it and one fen below."""
    sold = list(_on_edges(terms))
    names = [f"p{number:02}" for number in range(1, len(sold) + 1)]
    pairs = list(zip(names, sold, strict=True))
    return {
        "name": "每一档的边界 · The edges of the bands",
        "period": _example_period(terms),
        "given": {
            "sales": [{"seller": name, "is": amount} for name, amount in pairs],
            _target(terms): [{"seller": name, "is": TARGET} for name, _ in pairs],
        },
        "expect": {
            "commission": [
                {"seller": name, "is": earned(amount).quantize(FEN, ROUND_HALF_UP)}
                for name, amount in pairs
            ]
        },
    }


def _on_edges(terms: Terms) -> Iterator[Decimal]:
    for edge, _ in terms.rates:
        on_it = (TARGET * edge).quantize(FEN)
        if on_it > 0:
            yield on_it - FEN
        yield on_it
    yield on_it + SALE


def _rate_at(terms: Terms, attainment: Decimal) -> Decimal:
    reached = [rate for edge, rate in terms.rates if attainment >= edge]
    return reached[-1] if reached else Decimal(0)


def _slices(terms: Terms, sales: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    edges = [(TARGET * edge, rate) for edge, rate in terms.rates]
    for number, (lower, rate) in enumerate(edges):
        upper = edges[number + 1][0] if number + 1 < len(edges) else sales
        yield max(Decimal(0), min(sales, upper) - lower), rate


def _example_period(terms: Terms) -> str:
    return {"quarter": "2026-Q1", "year": "2026"}.get(terms.period, "2026-03")


def percent(ratio: Decimal) -> str:
    """0.035 → 3.5%"""
    text = format(ratio * 100, "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _said(label: Labels) -> dict[str, str]:
    return {"zh-Hans": label.zh or label.en, "en": label.en or label.zh}


STARTERS: Final[dict[str, Starter]] = {
    one.name: one
    for one in (
        Starter(
            "flat",
            labels("固定比例提成", "Flat commission"),
            labels("每一笔都按同一个比例。", "Every amount at one rate."),
            False,
            _flat,
            (("0%", "3%"),),
        ),
        Starter(
            "bands",
            labels("按达成率分档提成", "Commission by attainment"),
            labels(
                "达成率落在哪一档，全部金额就按那一档的比例。适合按回款或销售额考核。",
                "The band that the attainment reaches gives the rate for the whole amount.",
            ),
            True,
            _by_band,
            (("80%", "2%"), ("100%", "3%"), ("120%", "4%")),
        ),
        Starter(
            "slices",
            labels("超额累进提成", "Accelerated commission"),
            labels(
                "目标以内按基本比例，超出的部分比例更高。",
                "A base rate up to the target, and more for what lies above it.",
            ),
            True,
            _in_slices,
            (("0%", "2%"), ("100%", "4%"), ("120%", "6%")),
        ),
    )
}
