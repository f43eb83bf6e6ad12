"""Control totals: sums in whole fen, made beside the rows and without any engine.

They are what an import and later a calculation must come to, to the fen. By month they are
those of the whole company; by person, those of the people the story tells of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attain.demo.deals import OVERLAY
from attain.demo.money import Cents, in_words
from attain.demo.months import Month, month_of
from attain.demo.rows import (
    Customer,
    ExportOrder,
    Listing,
    Order,
    OrderSplit,
    Receipt,
    Return,
    Target,
    Visit,
)
from attain.demo.splitting import shared
from attain.demo.story import Story
from attain.demo.tables import Tables

FIRST_MONTH_BY_PERSON: Final = Month(2026, 1)

ByKey = dict[str, Cents]


class Totals:
    """Sums over the parts of a company, as they are made."""

    def __init__(self, story: Story) -> None:
        self._story = story
        told = {person.code for person in story.people.people}
        self._told = told | {promoter.code for promoter in story.community.promoters}
        self.by_month: dict[str, ByKey] = defaultdict(lambda: defaultdict(int))
        self.by_person: dict[str, dict[str, ByKey]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(int))
        )
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, tables: Tables) -> None:
        """Add one part; splits stand in the same part as their orders."""
        for order in tables.of(Order):
            if order.status == "signed":
                self._add("orders_signed", order.seller, month_of(order.signed_on), order.amount)
        for back in tables.of(Return):
            self._add("returns", back.seller, month_of(back.returned_on), back.amount)
        for receipt in tables.of(Receipt):
            month = month_of(receipt.received_on)
            self._add("collections", receipt.seller, month, receipt.amount)
        for export in tables.of(ExportOrder):
            self.by_month["export_orders_usd"][export.signed_on.isoformat()[:7]] += export.amount
        self._add_credited(tables.of(Receipt), tables.of(OrderSplit))
        self._add_counts(tables)

    def _add(self, name: str, person: str, month: Month, amount: Cents) -> None:
        self.by_month[name][month.label] += amount
        if person in self._told and month >= FIRST_MONTH_BY_PERSON:
            self.by_person[name][person][month.label] += amount

    def _add_credited(self, receipts: Iterable[Receipt], splits: Iterable[OrderSplit]) -> None:
        """Collections after splits; overlays come on top and are left out."""
        shares: dict[str, list[OrderSplit]] = defaultdict(list)
        for split in splits:
            if split.role != OVERLAY:
                shares[split.order_no].append(split)
        for receipt in receipts:
            own = shares.get(receipt.order_no or "")
            people = [split.person for split in own] if own else [receipt.seller]
            parts = shared(receipt.amount, [split.share for split in own]) if own else []
            month = month_of(receipt.received_on)
            for person, part in zip(people, parts or [receipt.amount], strict=True):
                if person in self._told and month >= FIRST_MONTH_BY_PERSON:
                    self.by_person["collections_credited"][person][month.label] += part

    def _add_counts(self, tables: Tables) -> None:
        for customer in tables.of(Customer):
            if customer.developed_by in self._told:
                self.counts["new_customers_2026_q3"][customer.developed_by or ""] += 1
        for visit in tables.of(Visit):
            if visit.is_qualified and visit.person in self._told:
                self.counts["qualified_displays_2026_09"][visit.person] += 1
        for listing in tables.of(Listing):
            if listing.listed_on.isoformat()[:7] == "2026-09" and listing.person in self._told:
                self.counts["listed_stores_2026_09"][listing.person] += 1
        for target in tables.of(Target):
            if target.indicator == "collections" and not target.subject.startswith("U-"):
                amount = int(target.value * 100)
                self.by_month["targets_of_collections"][target.period] += amount

    def as_document(self, row_counts: Mapping[str, int], factor: int, seed: int) -> dict[str, Any]:
        """The totals as they are written; amounts in yuan, months and people in order."""
        return {
            "factor": factor,
            "seed": seed,
            "rows": dict(row_counts),
            "by_month": {name: _amounts(sums) for name, sums in sorted(self.by_month.items())},
            "by_person": {
                name: {person: _amounts(sums) for person, sums in sorted(people.items())}
                for name, people in sorted(self.by_person.items())
            },
            "counts": {
                name: dict(sorted(people.items())) for name, people in sorted(self.counts.items())
            },
            "appraisal_2026_q3": self._appraisal(),
        }

    def _appraisal(self) -> dict[str, dict[str, str]]:
        """What the quarterly appraisal must come to: worked out by hand, told by the story."""
        told = self._story.appraisal
        grades = {person: grade for grade, people in told.grades.items() for person in people}
        return {
            person: {
                **dict(zip(told.weights, one.letters, strict=True)),
                "score": format(one.score, ".2f"),
                "grade": grades[person],
            }
            for person, one in told.people.items()
        }


def _amounts(sums: ByKey) -> dict[str, str]:
    return {label: in_words(amount) for label, amount in sorted(sums.items())}
