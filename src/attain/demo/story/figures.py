"""What people collected and how they were appraised, as the story tells it."""

from __future__ import annotations

from decimal import Decimal

from attain.core.documents import Declared
from attain.demo.story.words import Amount, ExactFigure, InMonth, Ratio


class Collected(Declared):
    """One person's targets and collections of 2026."""

    size: Amount
    """The target of January; the other months follow by the season's weights."""
    attained: list[Decimal | None]
    """January to September in percent, as pages show it; None is a month without a target."""
    total: int | None = None
    """What came in from January to September, to the yuan, where the pictures say it."""
    exact: dict[InMonth, ExactFigure] = {}
    no_target: list[InMonth] = []
    starts: InMonth | None = None
    """The first month with a target of this person; earlier ones belong to the vacant seat."""
    vacant: str | None = None


class OtherMonth(Declared):
    person: str
    month: InMonth
    sales: Amount | None = None
    collections: Amount | None = None


class Collections(Declared):
    weights: list[int]
    growth: Decimal
    people: dict[str, Collected]
    november_2025: dict[str, Amount]
    others: dict[str, Amount]
    former: dict[str, Amount]
    other_months: list[OtherMonth]


class Appraised(Declared):
    """One person's five figures, and what must come out."""

    sales: ExactFigure
    sales_target: Amount | None = None
    growth: Ratio
    satisfaction: list[int]
    share: Ratio
    new_customers: tuple[int, int]
    letters: str
    score: Decimal


class Appraisal(Declared):
    weights: dict[str, int]
    points: dict[str, int]
    target_growth: Decimal
    target_share_change: Decimal
    people: dict[str, Appraised]
    grades: dict[str, list[str]]
