"""What a plan shows to the world: components, money lines, checks, and facts that nobody got."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attain.core.labels import Labels


class ComponentKind(StrEnum):
    """What a component is, for statements and boards."""

    MEASURE = "measure"
    FORMULA = "formula"
    SCORE_ROW = "score_row"
    SCORE = "score"
    GRADE = "grade"
    COUNTER = "counter"
    INCENTIVE = "incentive"


@dataclass(frozen=True, slots=True)
class Component:
    """A column that every member gets exactly one outcome for (value, or why not).

    A row of a scorecard names besides the columns of its weight (a ratio) and of its score
    (0 to 100 before weighting), its card, and the row it stands under.
    """

    name: str
    kind: ComponentKind
    relation: str
    column: str
    labels: Labels | None = None
    weight: str | None = None
    score: str | None = None
    card: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A money line: the pay part of an incentive, with its payee and pay date.

    `amount` and `pay_on` are columns of `relation`; `own_key` are further key columns when the
    line is finer than the period (an order's own number).
    """

    component: str
    part: str
    relation: str
    amount: str
    participant: str
    pay_on: str
    currency: str
    own_key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold on every row of a relation; a breach becomes an issue, or stops the run.

    What stops it is the error `refused_as`, which is told the check's name and code and the row's
    key.
    """

    name: str
    relation: str
    column: str
    code: str
    stops: bool
    refused_as: str = "CHECK_FAILED"


@dataclass(frozen=True, slots=True)
class ByWhomTheyName:
    """A column that gathers facts by whoever they name, for rows of subjects and periods.

    A fact is told of as an issue if its day lies in a period in which that subject has no row,
    because nothing of them is in force: it counts for nobody there.
    """

    relation: str
    column: str
