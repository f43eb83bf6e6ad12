"""Customers, products, deals, promoters and decisions, as the story tells them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import Field

from attain.core.documents import Declared
from attain.demo.story.words import Amount, InMonth


class ToldCustomer(Declared):
    code: str
    name: str
    en: str
    district: str
    owner: str | None = None
    channel: str = "modern_trade"
    opened: date = date(2023, 9, 18)


class Shop(Declared):
    name: str
    en: str
    channel: str


class Transfer(Declared):
    """Customers of one person go to another on a day, all of them or only some."""

    from_person: str
    to_person: str
    on: date
    back_on: date | None = None
    first: int | None = None
    """Only so many of them."""
    once_of: str | None = None
    """Only those that once belonged to this person."""


class Customers(Declared):
    customers: list[ToldCustomer]
    brands: dict[str, str]
    shops: list[Shop]
    districts: dict[str, dict[str, str]]
    transfers: list[Transfer]


class Line(Declared):
    """A product line, and its part of the sales targets in percent."""

    name: str
    en: str
    weight: int


class ToldProduct(Declared):
    code: str
    name: str
    en: str
    line: str
    price: Amount
    launched: date | None = None


class Products(Declared):
    lines: dict[str, Line]
    products: list[ToldProduct]


class ToldReceipt(NamedTuple):
    number: str
    day: date
    amount: Amount
    entered: date | None = None


class ToldSplit(NamedTuple):
    person: str
    role: str
    share: Decimal


class ToldReturn(Declared):
    number: str
    on: date
    amount: Amount
    reason: str
    entered: date | None = None


class Deal(Declared):
    """An order with everything that follows from it. A person's code as customer means
    the first customer of that person."""

    order: str
    customer: str
    seller: str
    amount: Amount
    invoiced: date | None = None
    entered: date | None = None
    product: str | None = None
    receipts: list[ToldReceipt] = []
    splits: list[ToldSplit] = []
    approved_by: str | None = None
    approved_on: date | None = None
    returned: ToldReturn | None = None

    @property
    def signed(self) -> date:
        """The day is part of the order number: SO-260821-033."""
        return date.fromisoformat(f"20{self.order[3:9]}")


class Export(Declared):
    customer: str
    seller: str
    first: InMonth
    amounts: list[Amount]
    rates: list[Decimal]


class Deals(Declared):
    deals: list[Deal]
    cancelled: list[Deal]
    export: Export


class Sale(NamedTuple):
    day: int
    amount: Amount


class Promoter(Declared):
    code: str
    name: str
    en: str
    joined: date
    trained_by: str | None
    months: list[list[Sale]]


class Community(Declared):
    promoters: list[Promoter]


class ToldParameter(Declared):
    name: str
    value: Decimal
    subject: str | None = None
    start: date = Field(alias="from")
    until: date | None = None


class ToldIntervention(Declared):
    id: str
    kind: str
    subject: str
    component: str
    period: str
    reason: str
    by: str
    approved_by: str


class ToldBalance(Declared):
    subject: str
    account: str
    as_of: date
    amount: Amount


class Membership(Declared):
    """One member of a plan, or everybody of a role but some."""

    plan: str
    role: str | None = None
    subject: str | None = None
    share: Decimal = Decimal(1)
    start: date = Field(alias="from")
    until: date | None = None
    but: list[str] = Field(default=[], alias="except")


class ToldComplaint(NamedTuple):
    received: date
    person: str
    status: str
    decided: date | None


class ToldOffence(NamedTuple):
    occurred: date
    person: str
    sanction: str
    offence: str
    status: str
    decided: date | None
    revoked: date | None


class AllRound(NamedTuple):
    """What the raters of one group said of a person, rater by rater."""

    subject: str
    group: str
    raters: list[str]
    scores: list[int]


class Unqualified(Declared):
    on: date
    customer: str
    photos: date
    reason: str


class Displays(Declared):
    person: str
    visits: int
    unqualified: list[Unqualified]
    target: int


class Listed(Declared):
    person: str
    stores: int
    target: int


class Decisions(Declared):
    parameters: list[ToldParameter]
    interventions: list[ToldIntervention]
    balances: list[ToldBalance]
    members: list[Membership]
    complaints: list[ToldComplaint]
    offences: list[ToldOffence]
    choices: list[str]
    rated_items: dict[str, list[int]]
    rater: str
    not_rated: list[tuple[str, str]]
    all_round: list[AllRound]
    displays: Displays
    listings: Listed
    return_ratio_target: Decimal
    no_team_target: list[tuple[str, str]]
