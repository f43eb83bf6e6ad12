"""Customers, and who looks after them when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

from attain.demo.dice import Dice
from attain.demo.months import THIS_QUARTER, business_day, in_force, quarter
from attain.demo.rows import Customer, CustomerOwner, Territory
from attain.demo.scripts import Script
from attain.demo.story import Story
from attain.demo.story.trade import Shop, ToldCustomer, Transfer

CREDIT_DAYS: Final = (30, 30, 45, 60)
EARLIEST: Final = date(2022, 1, 3)
COMMUNITY: Final = "KH-0800"
"""The account of all consumers who buy from promoters."""


@dataclass(frozen=True)
class Names:
    """The words from which names of customers are put together."""

    brands: tuple[tuple[str, str], ...]
    shops: tuple[Shop, ...]

    def of(self, number: int, district: str, district_en: str) -> tuple[str, str, str]:
        """A customer's name in Chinese and English, and its channel; different for each number."""
        brand, brand_en = self.brands[number % len(self.brands)]
        shop = self.shops[number // len(self.brands) % len(self.shops)]
        round_ = number // (len(self.brands) * len(self.shops))
        branch, branch_en = (f"{round_ + 1}店", f" {round_ + 1}") if round_ else ("", "")
        name = f"{brand}{shop.name}（{district}）{branch}"
        return name, f"{brand_en} {shop.en}, {district_en}{branch_en}", shop.channel


class Accounts:
    """Every customer with its owners over time, and each owner's customers."""

    def __init__(self) -> None:
        self.customers: dict[str, Customer] = {}
        self.owners: dict[str, list[CustomerOwner]] = {}
        self._of_person: dict[str, list[CustomerOwner]] = defaultdict(list)
        self.newly_developed: dict[str, list[Customer]] = defaultdict(list)
        """New customers of the third quarter by who developed them."""

    def open(self, customer: Customer, owner: str | None) -> None:
        self.customers[customer.customer] = customer
        self.owners[customer.customer] = []
        if owner is not None:
            self._add(CustomerOwner(customer.customer, owner, customer.opened_on, None))
        if customer.developed_by is not None:
            self.newly_developed[customer.developed_by].append(customer)

    def _add(self, owned: CustomerOwner) -> None:
        self.owners[owned.customer].append(owned)
        self._of_person[owned.person].append(owned)

    def transfer(self, told: Transfer) -> None:
        """Hand customers over on a day, and back again where that is said."""
        owned = [one for one in self._of_person[told.from_person] if one.effective_until is None]
        if told.once_of is not None:
            owned = [one for one in owned if self.owners[one.customer][0].person == told.once_of]
        for one in owned[: told.first]:
            self._end(one, told.on)
            given = CustomerOwner(one.customer, told.to_person, told.on, told.back_on)
            self._add(given)
            if told.back_on is not None:
                self._add(CustomerOwner(one.customer, told.from_person, told.back_on, None))

    def _end(self, owned: CustomerOwner, until: date) -> None:
        ended = owned._replace(effective_until=until)
        for owners in (self.owners[owned.customer], self._of_person[owned.person]):
            owners[owners.index(owned)] = ended

    def of(self, person: str, day: date) -> list[str]:
        """The customers somebody looks after on a day."""
        return [
            one.customer
            for one in self._of_person[person]
            if in_force(day, one.effective_from, one.effective_until)
        ]

    def first_of(self, person: str) -> str:
        """The customer somebody has had longest."""
        return self._of_person[person][0].customer

    def rows(self) -> Iterator[Customer | CustomerOwner]:
        for customer in sorted(self.customers):
            yield self.customers[customer]
            yield from sorted(self.owners[customer], key=lambda one: one.effective_from)


def told_accounts(story: Story, scripts: Iterable[Script], seed: int) -> Accounts:
    """The story's customers, three more for each seller, and those newly developed."""
    accounts = Accounts()
    for told in story.customers.customers:
        accounts.open(_told(told), told.owner)
    names = names_of(story)
    codes = (f"KH-{number:04d}" for number in count(1))
    free = (code for code in codes if code not in accounts.customers)
    districts = story.customers.districts
    sellers = [script for script in scripts if script.predecessor is None]
    for place, script in enumerate(sellers):
        open_customers(accounts, script, place, free, names, districts[script.team], seed)
    for told_transfer in story.customers.transfers:
        accounts.transfer(told_transfer)
    return accounts


def open_customers(
    accounts: Accounts,
    script: Script,
    place: int,
    codes: Iterator[str],
    names: Names,
    districts: Mapping[str, str],
    seed: int,
) -> None:
    """Three customers that a seller has had from the start."""
    dice = Dice(seed, "customers", script.person)
    places = tuple(districts.items())
    for number in range(3):
        district = places[(place + number) % len(places)]
        name = names.of(place + 31 * number, *district)
        customer = _named(next(codes), name, district[0], _opened(script, dice), dice)
        accounts.open(customer, script.person)


def develop(
    accounts: Accounts,
    scripts: Sequence[Script],
    codes: Iterator[str],
    names: Names,
    districts: Mapping[str, Mapping[str, str]],
    seed: int,
) -> None:
    """New customers of the third quarter, each with the day of its first order."""
    for place, script in enumerate(scripts):
        dice = Dice(seed, "developed", script.person)
        places = tuple(districts[script.team].items())
        for number in range(script.new_customers[0]):
            district = places[(place + 2 * number) % len(places)]
            developed = _developed_on(script, number, dice)
            name = names.of(97 + place + 37 * number, *district)
            customer = _named(next(codes), name, district[0], developed, dice)
            accounts.open(
                customer._replace(developed_by=script.person, developed_on=developed),
                script.person,
            )


def names_of(story: Story) -> Names:
    return Names(tuple(story.customers.brands.items()), tuple(story.customers.shops))


def territories(story: Story) -> Iterator[Territory]:
    """Which unit each district belongs to, and since when."""
    split, founded = date(2026, 1, 1), date(2019, 1, 1)
    for unit, places in story.customers.districts.items():
        for name, name_en in places.items():
            if unit in ("U-E1", "U-E2"):
                yield Territory(name, name_en, "U-E0", founded, split)
                yield Territory(name, name_en, unit, split, None)
            else:
                yield Territory(name, name_en, unit, founded, None)


def _told(told: ToldCustomer) -> Customer:
    return Customer(
        told.code, told.name, told.en, told.channel, told.district, 30, told.opened, None, None
    )


def _named(
    code: str, name: tuple[str, str, str], district: str, opened: date, dice: Dice
) -> Customer:
    zh, en, channel = name
    credit = dice.one_of(CREDIT_DAYS)
    return Customer(code, zh, en, channel, district, credit, opened, None, None)


def _opened(script: Script, dice: Dice) -> date:
    """After the seller was hired, and before the facts begin if that is possible."""
    start = max(EARLIEST, script.hired)
    room = max(1, min((date(2024, 9, 1) - start).days, 700))
    return start + timedelta(dice.below(room))


def _developed_on(script: Script, number: int, dice: Dice) -> date:
    """One after another through the months of the quarter in which anything was sold."""
    selling = [one for one in quarter(THIS_QUARTER) if script.sales.get(one)]
    one = selling[number % len(selling)]
    return business_day(one, dice, start=script.hired, end=script.last_day)
