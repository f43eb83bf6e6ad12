"""A genealogy of direct sellers: titles from the leaves up, compressed generations, legs, a pool.

A deep and uneven tree of 6,851 members with a public number on each, taken as its orders. Worked
out a second time by walking the tree in plain Python, in whole cents.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from trial_company import Results

from attain.core.keys import key_for

ROOT = 30358
"""The meaning `act`, with all that hangs under it."""
SHARES = ((4000, 15), (2400, 12), (1200, 9), (400, 6), (100, 3), (0, 0))
POINTS = {3: 1, 4: 3, 5: 10}


@dataclass
class Member:
    """One node of the tree, and what the rules make of it, in cents."""

    number: int
    own: int
    parent: Member | None = field(default=None, repr=False)
    below: list[Member] = field(default_factory=list, repr=False)
    group: int = 0
    rank: int = 0
    unilevel: int = 0

    @property
    def of_group(self) -> int:
        return self.group * next(share for edge, share in SHARES if self.group >= edge)

    @property
    def weaker(self) -> int:
        widest = max((one.group for one in self.below), default=0)
        return cents(Fraction(self.group - self.own - widest) * 3 / 200)

    @property
    def differential(self) -> int:
        return self.of_group - sum(one.of_group for one in self.below)

    @property
    def matching(self) -> int:
        return cents(Fraction(sum(one.unilevel for one in self.below), 1000))

    def judge(self) -> None:
        """Its group and its title, when all below have theirs."""
        self.group = self.own + sum(one.group for one in self.below)
        at_least = [sum(one.rank >= rank for one in self.below) for rank in (4, 3, 2, 1)]
        earned = next((5 - n for n, count in enumerate(at_least) if count >= 2), 0)
        self.rank = earned or int(self.group >= 2)

    def pay_those_above(self) -> None:
        """5, 4, 3 and 2 % of its order to the four nearest above who are active."""
        above, percent = self.parent, 5
        while above is not None and percent > 1:
            if above.own >= 2:
                above.unilevel += self.own * percent
                percent -= 1
            above = above.parent


def cents(dollars: Fraction) -> int:
    return int(dollars * 100 + Fraction(1, 2))


def members_of(file: Path) -> list[Member]:
    """Everybody under the root, the root first and nobody before whom they stand under."""
    select = "SELECT node_id, parent_id, tagged_count FROM read_parquet(?)"
    rows = duckdb.connect().execute(select, [str(file)])
    known: dict[int | None, list[Member]] = {}
    for node, parent, count in rows.fetchall():
        one = Member(node, count)
        known.setdefault(ROOT if node == ROOT else parent, []).append(one)
    [root] = [one for one in known[ROOT] if one.number == ROOT]
    known[ROOT].remove(root)
    found = [root]
    for one in found:
        one.below = known.get(one.number, [])
        for other in one.below:
            other.parent = one
        found += one.below
    return found


@pytest.fixture(scope="module")
def members(trial_data) -> list[Member]:
    found = members_of(trial_data("wordnet_tree") / "wordnet_noun_tree.parquet")
    for one in reversed(found):
        one.judge()
        one.pay_those_above()
    return found


@pytest.fixture(scope="module")
def company(company_of, members, tmp_path_factory):
    folder = tmp_path_factory.mktemp("genealogy")
    made = company_of("genealogy")
    people = [[one.number, "2026-01-01"] for one in members]
    edges = [edge(one, one.parent) for one in members if one.parent]
    orders = [[f"o{one.number}", "2026-01-15", one.number, one.own] for one in members if one.own]
    for dataset, head, rows in (
        ("people", ["person", "effective_from"], people),
        ("edges", ["hierarchy", "child", "parent", "effective_from"], edges),
        ("orders", ["order_id", "ordered_on", "member", "volume"], orders),
    ):
        made.bring_in(written(folder / f"{dataset}.csv", head, rows), dataset)
    return made


def edge(one: Member, parent: Member) -> list[object]:
    return ["sponsor", one.number, parent.number, "2026-01-01"]


def written(path: Path, head: list[str], rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def month(company) -> Results:
    return company.calculate("genealogy", "2026-01")


@pytest.fixture(scope="module")
def found(month) -> dict[str, dict[str, Any]]:
    components: dict[str, dict[str, Any]] = {}
    for row in month.rows("outcomes"):
        components.setdefault(row["component"], {})[row["subject"]] = row["value"]
    return components


def by_member(members, value) -> dict[str, Any]:
    return {key_for("people", str(one.number)): value(one) for one in members}


def test_groups_and_titles_come_from_the_leaves_up(found, members):
    assert len(members) == 6851
    assert {one.rank for one in members} == {0, 1, 2, 3, 4, 5}
    assert found["group"] == by_member(members, lambda one: one.group)
    assert found["rank_of"] == by_member(members, lambda one: one.rank)


@pytest.mark.parametrize(
    ("component", "in_cents"),
    [
        ("differential", lambda one: one.differential),
        ("weaker_bonus", lambda one: one.weaker),
        ("unilevel", lambda one: one.unilevel),
        ("matching", lambda one: one.matching),
    ],
)
def test_every_bonus_to_the_cent(found, members, component, in_cents):
    paid = {member: value * 100 for member, value in found[component].items()}

    assert paid == by_member(members, in_cents)
    assert any(paid.values())


def test_the_pool_goes_out_whole_by_points(found, members):
    pot = cents(Fraction(sum(one.own for one in members) * 2, 100))
    points = by_member(members, lambda one: POINTS.get(one.rank, 0))
    exact = {member: Fraction(pot * own, sum(points.values())) for member, own in points.items()}
    paid = {member: value * 100 for member, value in found["pool"].items()}

    assert sum(paid.values()) == pot
    assert all(paid[member] - int(share) in (0, 1) for member, share in exact.items())
    assert all(not paid[member] for member, own in points.items() if not own)


def test_nobody_stands_under_their_own_downline(company, members, tmp_path):
    head = ["hierarchy", "child", "parent", "effective_from"]
    circle = written(tmp_path / "edges.csv", head, [edge(members[0], members[-1])])

    with pytest.raises(AssertionError, match="ROWS_REJECTED"):
        company.bring_in(circle, "edges")
