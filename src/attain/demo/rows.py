"""What one row of each dataset holds; the fields are the columns of its file, in their order.

Amounts are whole fen and become yuan when they are written. Names of people and places are
codes: opaque keys are made from them on import.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from attain.demo.money import Cents

Day: TypeAlias = date | None
Date: TypeAlias = date  # for rows with a column of this name


class Person(NamedTuple):
    person: str
    name: str
    name_en: str
    role: str
    department: str | None
    region: str | None
    is_head: bool
    status: str
    hired_on: date
    left_on: Day
    effective_from: date
    effective_until: Day


class Unit(NamedTuple):
    unit: str
    name: str
    name_en: str
    kind: str
    responsibility: str
    parent: str | None
    head: str | None
    effective_from: date
    effective_until: Day


class Position(NamedTuple):
    position: str
    title: str
    title_en: str
    unit: str
    effective_from: date
    effective_until: Day


class Assignment(NamedTuple):
    person: str
    position: str
    unit: str
    manager: str | None
    share: Decimal
    effective_from: date
    effective_until: Day


class Edge(NamedTuple):
    hierarchy: str
    child: str
    parent: str
    effective_from: date
    effective_until: Day


class PlanMember(NamedTuple):
    plan: str
    subject: str
    share: Decimal
    effective_from: date
    effective_until: Day


class Customer(NamedTuple):
    customer: str
    name: str
    name_en: str
    channel: str
    district: str
    credit_days: int
    opened_on: date
    developed_by: str | None
    developed_on: Day


class CustomerOwner(NamedTuple):
    customer: str
    person: str
    effective_from: date
    effective_until: Day


class Territory(NamedTuple):
    district: str
    name_en: str
    unit: str
    effective_from: date
    effective_until: Day


class Product(NamedTuple):
    product: str
    name: str
    name_en: str
    line: str
    line_name: str
    list_price: Cents
    launched_on: Day


class Order(NamedTuple):
    order_no: str
    line_no: int
    signed_on: date
    invoiced_on: Day
    invoice_no: str | None
    customer: str
    seller: str
    product: str
    quantity: int
    unit_price: Cents
    discount: Cents
    amount: Cents
    status: str
    channel: str
    entered_on: date


class OrderSplit(NamedTuple):
    order_no: str
    person: str
    role: str
    share: Decimal
    is_overlay: bool
    approved_by: str
    approved_on: date


class ExportOrder(NamedTuple):
    invoice_no: str
    signed_on: date
    customer: str
    seller: str
    amount: Cents


class Receipt(NamedTuple):
    receipt_no: str
    received_on: date
    customer: str
    seller: str
    order_no: str | None
    invoice_no: str | None
    amount: Cents
    entered_on: date


class Return(NamedTuple):
    return_no: str
    returned_on: date
    order_no: str
    line_no: int
    customer: str
    seller: str
    product: str
    quantity: int
    amount: Cents
    reason: str
    entered_on: date


class Visit(NamedTuple):
    visit_no: str
    visited_on: date
    person: str
    customer: str
    store: str
    shelf_rows: int
    photos_on: date
    is_qualified: bool
    reason: str | None


class Listing(NamedTuple):
    listing_no: str
    listed_on: date
    person: str
    customer: str
    store: str
    product: str


class Survey(NamedTuple):
    survey_no: str
    answered_on: date
    customer: str
    person: str
    score: int


class MarketShare(NamedTuple):
    person: str
    period: str
    share: Decimal


class Complaint(NamedTuple):
    complaint_no: str
    received_on: date
    customer: str
    person: str
    status: str
    decided_on: Day


class Offence(NamedTuple):
    offence_no: str
    occurred_on: date
    person: str
    sanction: str
    offence: str
    status: str
    decided_on: Day
    revoked_on: Day


class Target(NamedTuple):
    subject: str
    indicator: str
    period: str
    dimension: str | None
    value: Decimal


class Parameter(NamedTuple):
    name: str
    subject: str | None
    value: Decimal
    effective_from: date
    effective_until: Day


class Rate(NamedTuple):
    kind: str
    currency: str
    to_currency: str
    date: Date
    rate: Decimal


class CalendarPeriod(NamedTuple):
    calendar: str
    kind: str
    label: str
    from_: date
    until: date
    parent: str | None


class WorkingDay(NamedTuple):
    calendar: str
    date: Date
    is_working: bool


class Rating(NamedTuple):
    subject: str
    item: str
    rater: str
    rater_group: str
    period: str
    score: int
    choice: str | None
    comment: str | None


class Intervention(NamedTuple):
    id: str
    kind: str
    subject: str
    component: str
    period: str
    value: Decimal | None
    text_value: str | None
    reason: str
    by: str
    approved_by: str


class Balance(NamedTuple):
    subject: str
    account: str
    as_of: date
    amount: Cents
    currency: str


Row = (
    Person | Unit | Position | Assignment | Edge | PlanMember | Customer | CustomerOwner | Territory
    | Product | Order | OrderSplit | ExportOrder | Receipt | Return | Visit | Listing | Survey
    | MarketShare | Complaint | Offence | Target | Parameter | Rate | CalendarPeriod | WorkingDay
    | Rating | Intervention | Balance
)  # fmt: skip

DATASETS: Final[dict[type[Row], str]] = {
    Person: "people",
    Unit: "units",
    Position: "positions",
    Assignment: "assignments",
    Edge: "edges",
    PlanMember: "plan_members",
    Customer: "customers",
    CustomerOwner: "customer_owners",
    Territory: "territories",
    Product: "products",
    Order: "orders",
    OrderSplit: "order_splits",
    ExportOrder: "export_orders",
    Receipt: "collections",
    Return: "returns",
    Visit: "visits",
    Listing: "listings",
    Survey: "surveys",
    MarketShare: "market_shares",
    Complaint: "complaints",
    Offence: "offences",
    Target: "targets",
    Parameter: "parameters",
    Rate: "rates",
    CalendarPeriod: "calendars",
    WorkingDay: "days",
    Rating: "ratings",
    Intervention: "interventions",
    Balance: "balances",
}
"""The dataset each kind of row belongs to, in the order in which they are made and loaded."""


def columns(kind: type[Row]) -> tuple[str, ...]:
    """The columns of a dataset's file."""
    return tuple(name.rstrip("_") for name in kind._fields)
