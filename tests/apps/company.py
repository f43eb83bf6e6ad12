"""The small cast of every test of the web product: one company, made by its own services.

    总部 U-HQ > 市场销售部 U-MS > 华东大区 U-E > 上海一组 U-SH1, 上海二组 U-SH2

林知远 E-0101 manages 上海一组 with 沈佳宁 E-1001 and 周亦凡 E-1002; 唐越 E-0103 manages 上海二组
with 何敏 E-1003. In every test of a page 沈佳宁 owns it, 林知远 is her manager, and 何敏 or
her manager must see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from attain.apps.accounts.actors import SYSTEM, Actor, actor_of
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import create_user, grant_role
from attain.apps.people import services
from attain.apps.people.models import Person, Position, Unit

AT: Final = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
"""The moment most tests happen at: a Monday morning in Shanghai."""
SINCE: Final = date(2024, 1, 1)
"""Since when everybody has been in their place."""
PASSWORD: Final = "harvest-lantern-42"

# user name, code of the person, roles
_USERS: Final[tuple[tuple[str, str, str, Role], ...]] = (
    ("rep", "E-1001", "沈佳宁", Role.representative),
    ("peer", "E-1002", "周亦凡", Role.representative),
    ("outsider", "E-1003", "何敏", Role.representative),
    ("manager", "E-0101", "林知远", Role.manager),
    ("other_manager", "E-0103", "唐越", Role.manager),
    ("hr", "E-0501", "苏晴", Role.hr),
    ("finance", "E-0601", "罗文", Role.finance),
    ("finance2", "E-0602", "顾明", Role.finance),
    ("planner", "E-0701", "方圆", Role.plan_admin),
    ("planner2", "E-0702", "石磊", Role.plan_admin),
    ("auditor", "E-0801", "严正", Role.auditor),
    ("sysadmin", "E-0901", "田野", Role.system_admin),
)
_ENGLISH: Final = {
    "E-1001": "Shen Jianing",
    "E-1002": "Zhou Yifan",
    "E-1003": "He Min",
    "E-0101": "Lin Zhiyuan",
    "E-0103": "Tang Yue",
    "E-0501": "Su Qing",
    "E-0601": "Luo Wen",
    "E-0602": "Gu Ming",
    "E-0701": "Fang Yuan",
    "E-0702": "Shi Lei",
    "E-0801": "Yan Zheng",
    "E-0901": "Tian Ye",
}
# code, name, English name, kind, what its head answers for, parent
_UNITS: Final = (
    ("U-HQ", "总部", "Headquarters", "company", "profit_centre", ""),
    ("U-MS", "市场销售部", "Marketing and Sales", "department", "profit_centre", "U-HQ"),
    ("U-E", "华东大区", "East", "region", "profit_centre", "U-MS"),
    ("U-SH1", "上海一组", "Shanghai 1", "team", "profit_centre", "U-E"),
    ("U-SH2", "上海二组", "Shanghai 2", "team", "profit_centre", "U-E"),
    ("U-FI", "财务部", "Finance", "department", "cost_centre", "U-HQ"),
)
# person, unit, position, title, manager
_SEATS: Final = (
    ("E-0101", "U-SH1", "S-SH1-0", "主管", "Team manager", ""),
    ("E-0103", "U-SH2", "S-SH2-0", "主管", "Team manager", ""),
    ("E-1001", "U-SH1", "S-SH1-1", "销售专员", "Sales representative", "E-0101"),
    ("E-1002", "U-SH1", "S-SH1-2", "销售专员", "Sales representative", "E-0101"),
    ("E-1003", "U-SH2", "S-SH2-1", "销售专员", "Sales representative", "E-0103"),
    ("E-0501", "U-HQ", "S-HR-1", "人事专员", "HR specialist", ""),
    ("E-0601", "U-FI", "S-FI-1", "会计", "Accountant", ""),
    ("E-0602", "U-FI", "S-FI-2", "会计", "Accountant", ""),
    ("E-0701", "U-HQ", "S-PL-1", "方案管理员", "Plan administrator", ""),
    ("E-0702", "U-HQ", "S-PL-2", "方案管理员", "Plan administrator", ""),
    ("E-0801", "U-HQ", "S-AU-1", "审计专员", "Auditor", ""),
    ("E-0901", "U-HQ", "S-IT-1", "系统管理员", "System administrator", ""),
)
_HEADS: Final = {"U-SH1": "E-0101", "U-SH2": "E-0103"}


@dataclass
class Company:
    """Everybody and everything of the cast, by code and by user name."""

    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """The person of a code or of a user name: `person("E-1001")` is `person("rep")`."""
        user = self.users.get(name)
        return self.people[name] if user is None else self._of_key(user.person)

    def key(self, name: str) -> str:
        """The key of a person, by code or user name."""
        return self.person(name).key

    def user(self, name: str) -> User:
        """The user of a name such as `manager`."""
        return self.users[name]

    def actor(self, name: str, at: datetime = AT) -> Actor:
        """Who a user is at a moment, with fresh rights."""
        return actor_of(User.objects.get(pk=self.users[name].pk), at)

    def _of_key(self, key: str) -> Person:
        return next(person for person in self.people.values() if person.key == key)


def small_company(*, at: datetime = AT) -> Company:
    """Build the cast through the services, as the product would."""
    company = Company()
    actor = SYSTEM(at, via="command")
    _found(company, actor)
    _hire(company, actor)
    for code, head in _HEADS.items():
        services.change_unit(
            unit=company.units[code],
            on=SINCE,
            values={"head": company.people[head]},
            actor=actor,
            at=at,
        )
    _give_accounts(company, actor)
    return company


def _found(company: Company, actor: Actor) -> None:
    for code, name, name_en, kind, responsibility, parent in _UNITS:
        company.units[code] = services.found_unit(
            code=code,
            name=name,
            name_en=name_en,
            kind=kind,
            responsibility=responsibility,
            parent=company.units.get(parent),
            on=SINCE,
            actor=actor,
            at=actor.at,
        )
    for _, unit, code, title, title_en, _ in _SEATS:
        company.positions[code] = services.found_position(
            code=code,
            title=title,
            title_en=title_en,
            unit=company.units[unit],
            on=SINCE,
            actor=actor,
            at=actor.at,
        )


def _hire(company: Company, actor: Actor) -> None:
    names = {code: name for _, code, name, _ in _USERS}
    for code, unit, position, _, _, manager in _SEATS:
        company.people[code] = services.hire(
            code=code,
            name=names[code],
            name_en=_ENGLISH[code],
            unit=company.units[unit],
            position=company.positions[position],
            manager=company.people.get(manager),
            on=SINCE,
            actor=actor,
            at=actor.at,
        )


def _give_accounts(company: Company, actor: Actor) -> None:
    for username, code, name, role in _USERS:
        user = create_user(
            username=username,
            name=name,
            name_en=_ENGLISH[code],
            email=f"{username}@helan.example",
            person=company.people[code].key,
            language="zh-hans",
            actor=actor,
            at=actor.at,
        )
        grant_role(user=user, role=role, effective_from=SINCE, actor=actor, at=actor.at)
        company.users[username] = user


def login(client, name: str) -> User:  # type: ignore[no-untyped-def]
    """Let a test client be somebody of the cast, without going through the form."""
    user = User.objects.get(username=name)
    client.force_login(user)
    return user
