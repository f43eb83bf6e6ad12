"""What a factor adds: branches of a hundred people each, drawn by lot.

Branch 2 is the same whatever the factor, so a company of factor 3 holds that of factor 2. A
branch is a region with a manager, four teams with heads, and 88 representatives, each with
customers, orders, receipts, targets, visits and answers; and seven promoters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Final

from attain.demo import fieldwork, targets
from attain.demo.customers import COMMUNITY, Accounts, develop, names_of, open_customers
from attain.demo.deals import write_returns
from attain.demo.dice import Dice
from attain.demo.months import LAST, THIS_QUARTER, business_day, quarter
from attain.demo.orders import Book, trade, write_order
from attain.demo.products import Assortment
from attain.demo.rows import (
    Assignment,
    Customer,
    Edge,
    Person,
    PlanMember,
    Position,
    Territory,
    Unit,
)
from attain.demo.scripts import Script, free_script, season_of
from attain.demo.story import Story
from attain.demo.tables import Numbers, Tables

FIRST_BRANCH: Final = 2
TEAMS: Final = 4
REPRESENTATIVES: Final = 22
PROMOTERS: Final = 7
PEOPLE: Final = 1 + TEAMS * (1 + REPRESENTATIVES) + PROMOTERS
PLANS: Final = ("quarterly-sales-appraisal", "collection-commission")
PLANS_FROM: Final = date(2026, 1, 1)
FOUNDED: Final = date(2022, 1, 1)
DEPARTMENT: Final = "市场销售部"


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Chinese words, each with its pinyin behind it."""
    return tuple(re.findall(r"([^A-Za-z ]+)([A-Za-z]+)", words))


FAMILY: Final = _pairs(
    "赵Zhao 钱Qian 吴Wu 王Wang 冯Feng 陈Chen 卫Wei 蒋Jiang 韩Han 杨Yang 朱Zhu 许Xu 何He 吕Lyu "
    "张Zhang 孔Kong 曹Cao 金Jin 魏Wei 陶Tao 谢Xie 邹Zou 柏Bai 章Zhang 苏Su 潘Pan 范Fan 彭Peng "
    "鲁Lu 马Ma"
)
GIVEN: Final = _pairs(
    "安An 伯言Boyan 楚Chu 大川Dachuan 恩泽Enze 帆Fan 国栋Guodong 海燕Haiyan 佳怡Jiayi 凯Kai "
    "岚Lan 明哲Mingzhe 宁Ning 鹏Peng 清扬Qingyang 瑞Rui 思远Siyuan 天宇Tianyu 文涛Wentao 晓Xiao "
    "雅琴Yaqin 子衿Zijin"
)


class Branch:
    """One branch with its codes: U-B2, E-2001, KH-20001 and so on for branch 2."""

    def __init__(self, story: Story, number: int, seed: int) -> None:
        self.story = story
        self.number = number
        self.seed = seed
        self.dice = Dice(seed, "branch", number)
        self.region = f"U-B{number}"
        self.teams = [f"{self.region}-{team}" for team in range(1, TEAMS + 1)]
        self.name = f"第{number}分公司"
        self.districts = {team: self._districts(team) for team in self.teams}

    def _districts(self, team: str) -> dict[str, str]:
        place = self.teams.index(team) + 1
        return {
            f"{self.number}区{place}{street}街": f"District {self.number}.{place}{street}"
            for street in "甲乙丙丁"
        }

    def person(self, place: int) -> str:
        return f"E-{self.number * 1000 + place}"

    def tables(self, numbers: Numbers) -> Tables:
        """All rows of the branch."""
        scripts = list(self._scripts())
        accounts = Accounts()
        self._open_accounts(accounts, scripts)
        book = Book(accounts, Assortment(self.story), numbers)
        for script in scripts:
            trade(script, book, Dice(self.seed, "trade", script.person))
        write_returns(book, self.seed + self.number)
        self._promoters(book)
        book.tables.add(*self._organisation(), *accounts.rows())
        for script in scripts:
            self._fieldwork(script, book)
        book.tables.add(*targets.of_teams(scripts, ()))
        return book.tables

    def _scripts(self) -> Iterator[Script]:
        season = season_of(self.story)
        for team_place, team in enumerate(self.teams):
            for place in range(REPRESENTATIVES):
                person = self.person(101 + team_place * REPRESENTATIVES + place)
                dice = Dice(self.seed, "script", person)
                size = dice.between(60, 240) * 5_000_00
                yield free_script(season, person, team, size, _employed(self.seed, person), dice)

    def _open_accounts(self, accounts: Accounts, scripts: list[Script]) -> None:
        names = names_of(self.story)
        codes = (f"KH-{self.number * 10_000 + number}" for number in count(1))
        for place, script in enumerate(scripts):
            open_customers(
                accounts, script, place, codes, names, self.districts[script.team], self.seed
            )
        current = [one for one in scripts if one.left is None]
        develop(accounts, current, codes, names, self.districts, self.seed)

    def _fieldwork(self, script: Script, book: Book) -> None:
        growth = self.story.appraisal.target_growth
        change = self.story.appraisal.target_share_change
        tables = book.tables
        tables.add(*targets.of_person(script, growth, change))
        if script.left is None:
            told = targets.told_shelf_targets(self.story, script.person)
            tables.add(*targets.of_shelf(script, told))
            tables.add(*fieldwork.listings(script, book, 4, self.seed))
            tables.add(*fieldwork.visits(script, book, 6, self.seed))
            tables.add(*fieldwork.surveys(script, book, self.seed))
            tables.add(*fieldwork.market_shares(script, change, self.seed))

    def _organisation(
        self,
    ) -> Iterator[Unit | Position | Person | Assignment | Edge | PlanMember | Territory]:
        yield Unit(
            self.region, self.name, f"Branch {self.number}", "region", "profit_centre", "U-MS",
            self.person(1), FOUNDED, None,
        )  # fmt: skip
        yield Edge("org", self.region, "U-MS", FOUNDED, None)
        yield from self._seat(
            1, "region_manager", "大区经理", "Region manager", self.region, "E-0002"
        )
        for place, team in enumerate(self.teams, 1):
            head = self.person(1 + place)
            name, name_en = f"{self.name}{place}组", f"Branch {self.number} team {place}"
            yield Unit(
                team, name, name_en, "team", "profit_centre", self.region, head, FOUNDED, None
            )
            yield Edge("org", team, self.region, FOUNDED, None)
            for district, district_en in self.districts[team].items():
                yield Territory(district, district_en, team, FOUNDED, None)
            yield from self._seat(
                1 + place, "team_manager", "主管", "Team manager", team, self.person(1)
            )
            for number in range(REPRESENTATIVES):
                yield from self._seat(
                    101 + (place - 1) * REPRESENTATIVES + number, "representative", "客户代表",
                    "Account representative", team, head,
                )  # fmt: skip

    def _seat(
        self, place: int, role: str, title: str, title_en: str, unit: str, manager: str
    ) -> Iterator[Position | Person | Assignment | Edge | PlanMember]:
        """A seat, who holds it, and whom they report to."""
        person, seat = self.person(place), f"S-B{self.number}-{place}"
        is_seller = role == "representative"
        hired, left = _employed(self.seed, person) if is_seller else (FOUNDED, None)
        name, name_en = self._name()
        own = (person, name, name_en, role, DEPARTMENT, self.name, False)
        yield Position(seat, title, title_en, unit, FOUNDED, None)
        yield Person(*own, "active", hired, left, hired, left)
        if left is not None:
            yield Person(*own, "left", hired, left, left, None)
        yield Assignment(person, seat, unit, manager, Decimal(1), hired, left)
        yield Edge("reporting", person, manager, hired, left)
        member_from = max(hired, PLANS_FROM)
        if is_seller and (left is None or left > member_from):
            for plan in PLANS:
                yield PlanMember(plan, person, Decimal(1), member_from, left)

    def _name(self) -> tuple[str, str]:
        family, family_en = self.dice.one_of(FAMILY)
        given, given_en = self.dice.one_of(GIVEN)
        return f"{family}{given}", f"{family_en} {given_en}"

    def _promoters(self, book: Book) -> None:
        """A small sponsor tree under the first of them, each with sales in every month."""
        codes = [f"P-{self.number * 1000 + place}" for place in range(1, PROMOTERS + 1)]
        customer = Customer(COMMUNITY, "", "", "community", "", 0, FOUNDED, None, None)
        for place, code in enumerate(codes):
            dice = Dice(self.seed, "promoter", code)
            joined = date(2025, 1, 6) + timedelta(dice.below(300))
            name, name_en = self._name()
            book.tables.add(
                Person(
                    code, name, name_en, "promoter", "社区推广", None, False, "active", joined,
                    None, joined, None,
                ),
                PlanMember("community-commission", code, Decimal(1), PLANS_FROM, None),
            )  # fmt: skip
            if place:
                book.tables.add(Edge("sponsor", code, codes[(place - 1) // 2], joined, None))
            for one in quarter(THIS_QUARTER):
                day = business_day(one, dice)
                amount = dice.between(16, 52) * 500_00
                write_order(
                    book, book.numbers.next("SQ", day), customer, code, signed=day, invoiced=day,
                    amount=amount, products=[dice.one_of(book.assortment.on_sale(day))],
                    dice=dice, entered=day,
                )  # fmt: skip


def _employed(seed: int, person: str) -> tuple[date, date | None]:
    """When somebody was hired and, for a few, the first day on which they were gone."""
    dice = Dice(seed, "employed", person)
    hired = FOUNDED + timedelta(dice.below(900))
    if dice.happens(3):
        return hired, LAST.plus(-dice.between(3, 9)).first + timedelta(dice.between(7, 27))
    return hired, None
