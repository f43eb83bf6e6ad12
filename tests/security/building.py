"""Everything that has an owner, with values by which a leak is told.

Beside the cast of `company.py` there are 秦岚, head of the region above both teams; 陆远, who moved
from 上海一组 to 上海二组 on 15 September; and an account that is disabled. Every representative has
orders of their own, whose amounts, customers and results occur nowhere else: canaries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import world as world_of_runs
from company import AT, SINCE, Company, small_company
from django.core.files.uploadedfile import SimpleUploadedFile

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import GrantScope, Role
from attain.apps.accounts.services import (
    create_user,
    delegate,
    disable_user,
    grant_role,
    make_token,
)
from attain.apps.data import services as data
from attain.apps.data.services.starting import start_imports
from attain.apps.jobs import services as jobs
from attain.apps.jobs.worker import run_until_empty
from attain.apps.notices import services as notices
from attain.apps.people import services as people
from attain.apps.records import services as records
from attain.apps.records.models import SavedFilter

MOVED: Final = date(2026, 9, 15)

HEADINGS: Final = "单号,日期,业务员,客户,金额\n"
CUSTOMER_IN_A_BATCH: Final = "青金石酒店"

# Amounts of business whose digits occur nowhere else, and customers likewise.
SALES: Final = {
    "rep": ("61237.41", "翡翠川商行"),
    "peer": ("52819.63", "琥珀岭超市"),
    "outsider": ("47391.87", "玛瑙湾便利"),
    "moved": ("38573.29", "珊瑚屿百货"),
}

# Projects, one of each representative: names and amounts that occur nowhere else.
PROJECTS: Final = {
    "rep": ("茉莉坞项目", "71432.19"),
    "peer": ("丁香里项目", "63518.47"),
    "outsider": ("木棉港项目", "84926.53"),
    "moved": ("紫薇巷项目", "92174.38"),
}
# What stands in the confidential field of everybody's project: only a purpose opens it.
SECRETS: Final = {
    "rep": "欠款孔雀石", "peer": "欠款橄榄石", "outsider": "欠款月光石", "moved": "欠款日光石",
}  # fmt: skip
PROJECT: Final = """
record: project
label: {zh-Hans: 项目, en: Project}
title: "{name}"
date: starts_on
fields:
  name: {type: text, label: {zh-Hans: 名称, en: Name}, required: true, search: true}
  amount: {type: money, currency: CNY, label: {zh-Hans: 金额, en: Amount}}
  starts_on: {type: date, label: {zh-Hans: 开始, en: Starts on}, required: true}
  account: {type: record, of: project, label: {zh-Hans: 前一项目, en: Project before}}
  debts: {type: text, label: {zh-Hans: 债务, en: Debts},
    confidential: {purpose: {zh-Hans: 授信, en: Credit}, read: [owner]}}
states:
  talk: {label: {zh-Hans: 洽谈, en: Talking}, due: "entered + 3 days"}
  won: {label: {zh-Hans: 成交, en: Won}, final: true}
actions:
  offer: {label: {zh-Hans: 成交, en: Win}, from: [talk], to: won, by: [owner]}
views:
  board: {card: [amount], sum: amount}
  charts: [{by: owner, sum: amount}]
"""


@dataclass
class Attacked:
    """The world, and what in it must be seen by whom."""

    world: world_of_runs.World
    company: Company
    objects: dict[str, Any] = field(default_factory=dict)
    """Things with an owner, by a word: the job of `rep`, the batch of `finance`."""

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def key(self, name: str) -> str:
        return self.company.key(name)


def build(folder: Path) -> Attacked:
    """Make the company, publish a month for it, and let everybody own something."""
    company = small_company()
    _more_people(company)
    data.declare(world_of_runs.ORDERS, actor=company.actor("finance"), at=AT)
    version = world_of_runs.put_in_force(world_of_runs.PLAN, company, AT)
    world_of_runs.put_on(version.plan, company, *SALES)
    world = world_of_runs.World(company, version, folder)
    world.bring("orders", world_of_runs.HEAD + "".join(_orders(company)))
    world.bring(
        "targets", world_of_runs.TARGETS.splitlines()[0] + "\n" + "".join(_targets(company))
    )
    found = Attacked(world, company)
    found.objects["publication"] = world.published()
    found.objects["provisional"] = world.run("provisional")
    _own_things(found)
    _keep_records(found)
    return found


def _orders(company: Company) -> list[str]:
    return [
        f"{name}-1,2026-09-20,{company.person(name).code},{customer},{amount}\n"
        for name, (amount, customer) in SALES.items()
    ]


def _targets(company: Company) -> list[str]:
    # Half of the sales: everybody is far above 100 %, so all are paid.
    return [
        f"{company.person(name).code},sales,2026-09,{Decimal(amount) / 2:.2f}\n"
        for name, (amount, _) in SALES.items()
    ]


def _more_people(company: Company) -> None:
    actor = SYSTEM(AT, via="command")
    for code, name, name_en, unit in (
        ("E-0010", "秦岚", "Qin Lan", "U-E"),
        ("E-1004", "陆远", "Lu Yuan", "U-SH1"),
        ("E-1009", "旧人", "Gone Away", "U-SH1"),
    ):
        company.people[code] = people.hire(
            code=code,
            name=name,
            name_en=name_en,
            unit=company.units[unit],
            manager=company.people["E-0101"] if unit == "U-SH1" else None,
            on=SINCE,
            actor=actor,
            at=AT,
        )
    people.change_unit(
        unit=company.units["U-E"],
        on=SINCE,
        values={"head": company.people["E-0010"]},
        actor=actor,
        at=AT,
    )
    people.move(
        person=company.people["E-1004"],
        on=MOVED,
        values={"unit": company.units["U-SH2"], "manager": company.people["E-0103"]},
        actor=actor,
        at=AT,
        reason="调组",
    )
    for username, code, role in (
        ("director", "E-0010", Role.manager),
        ("moved", "E-1004", Role.representative),
        ("disabled", "E-1009", Role.finance),
    ):
        person = company.people[code]
        user = create_user(
            username=username, name=person.name, person=person.key, actor=actor, at=AT
        )
        grant_role(user=user, role=role, effective_from=SINCE, actor=actor, at=AT)
        company.users[username] = user
    disable_user(user=company.users["disabled"], actor=actor, at=AT)
    _narrowed(company)


NARROWED: Final = (Role.hr, Role.finance, Role.plan_admin, Role.auditor)


def _narrowed(company: Company) -> None:
    """Accounts whose role reaches 上海一组 only: `hr of one unit`, `finance of one unit` …"""
    actor = SYSTEM(AT, via="command")
    for role in NARROWED:
        name = f"{role} of one unit"
        user = create_user(username=name, name=name, actor=actor, at=AT)
        unit = company.units["U-SH1"].key
        grant_role(
            user=user, role=role, scope=GrantScope.unit, unit=unit, effective_from=SINCE,
            actor=actor, at=AT,
        )  # fmt: skip
        company.users[name] = user


def _keep_records(found: Attacked) -> None:
    """A project of everybody who sells, a word said about that of 沈佳宁, a filter of hers."""
    company = found.company
    records.install_types({"project.yaml": PROJECT}, actor=company.actor("planner"), at=AT)
    for name, (title, amount) in PROJECTS.items():
        owner = company.actor(name)
        record = records.create(
            "project",
            {"name": title, "amount": Decimal(amount), "starts_on": AT.date(),
             "debts": SECRETS[name]},
            actor=owner,
            at=AT,
        )  # fmt: skip
        found.objects[f"record of {name}"] = record
    rep = company.actor("rep")
    first = found.objects["record of rep"]
    found.objects["comment of rep"] = records.comment(first, "月底前回复", actor=rep, at=AT)
    found.objects["filter of rep"] = SavedFilter.objects.create(
        user=found.user("rep"), type=first.type, name="珍珠海筛选", query="?amount.ge=1"
    )


def _own_things(found: Attacked) -> None:
    """Something of everything that has an owner or is named by a number in an address."""
    company, finance = found.company, found.company.actor("finance")
    for name in ("rep", "finance", "planner"):
        found.objects[f"job of {name}"] = jobs.enqueue(
            "files.sweep", key=f"of-{name}", actor=company.actor(name), at=AT
        )
    rows = f"{HEADINGS}Z-9,2026-10-01,E-1001,{CUSTOMER_IN_A_BATCH},10.00\n"
    upload = SimpleUploadedFile("十月订单.csv", rows.encode(), content_type="text/csv")
    (found.objects["batch"],) = start_imports([upload], actor=finance, at=AT, dataset="orders")
    run_until_empty(AT)
    found.objects["token"], _ = make_token(
        user=found.user("finance"), name="报表", actor=finance, at=AT
    )
    found.objects["delegation"] = delegate(
        giver=found.user("finance"),
        taker=found.user("hr"),
        roles=frozenset({Role.finance}),
        effective_from=date(2026, 1, 1),
        effective_until=date(2026, 2, 1),
        actor=finance,
        at=AT,
    )
    found.objects["edge"] = people.set_edge(
        hierarchy="sponsor",
        child=found.key("rep"),
        parent=found.key("peer"),
        on=SINCE,
        actor=company.actor("hr"),
        at=AT,
    )
    found.objects["notice"] = notices.announce(
        "plans.returned",
        to=[found.user("finance").pk],
        values={"label": "提成", "by": "方圆"},
        url="/plans/",
        at=AT,
    )[0]
