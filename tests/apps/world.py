"""A month of orders, targets and one plan in force, for three representatives.

沈佳宁 sells exactly her target (5 %), 周亦凡 a hair below 100 % (3 %), 何敏 has no target.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from company import AT, Company, small_company

from attain.apps.accounts.actors import Actor
from attain.apps.data import services as data
from attain.apps.jobs.worker import run_until_empty
from attain.apps.plans.models import Membership, Plan, PlanVersion
from attain.apps.plans.services import create_plan
from attain.apps.runs import services
from attain.apps.runs.models import Publication, Run
from attain.core.manifests import Manifest, RunRequest
from attain.engine import api as engine
from attain.engine.folder import read_manifest

PERIOD = "2026-09"

ORDERS = """\
dataset: orders
label: {zh-Hans: 订单, en: Orders}
key: [order_no]
date: signed_on
columns:
  order_no: {type: code, label: {zh-Hans: 单号, en: Order no.}}
  signed_on: {type: date, label: {zh-Hans: 日期, en: Date}}
  seller: {type: key, of: people, required: true, label: {zh-Hans: 业务员, en: Seller}}
  customer: {type: text, label: {zh-Hans: 客户, en: Customer}}
  amount: {type: money, currency: CNY, required: true, label: {zh-Hans: 金额, en: Amount}}
"""

PLAN = """\
plan: commission
label: {zh-Hans: 销售提成, en: Sales commission}
source: 《提成办法》
period: month
currency: CNY
subjects:
  seller: {from: people, label: {zh-Hans: 业务员, en: Seller}}
measures:
  sales:
    sum: amount
    from: orders
    label: {zh-Hans: 销售额, en: Sales}
    source: 第2条
formulas:
  attainment: {is: "sales / target(sales)", label: {zh-Hans: 达成率, en: Attainment}}
tables:
  rates: {bands: [{from: 0%, is: 2%}, {from: 80%, is: 3%}, {from: 100%, is: 5%}]}
incentives:
  commission:
    label: {zh-Hans: 提成, en: Commission}
    source: 第5条
    steps:
      - {base: "sales * value(rates, attainment)"}
    pay:
      - {on: day 10 of month + 1}
examples:
  - name: exactly 100 % earns the higher rate
    given: {sales: {seller: li, is: 100000.00}, target(sales): {seller: li, is: 100000.00}}
    expect: {commission: 5000.00}
"""

HEAD = "单号,日期,业务员,客户,金额\n"
SALES = (
    HEAD
    + "A1,2026-09-01,E-1001,悦邻,60000.00\nA2,2026-09-20,E-1001,禾木,40000.00\n"
    + "B1,2026-09-05,E-1002,满格,99999.99\nC1,2026-09-06,E-1003,优选,30000.00\n"
)
LATE = SALES + "B2,2026-09-30,E-1002,满格,0.01\n"
TARGETS = "对象,指标,期间,目标值\nE-1001,sales,2026-09,100000\nE-1002,sales,2026-09,100000\n"


@dataclass
class World:
    """The company with its data and its plan."""

    company: Company
    version: PlanVersion
    folder: Path

    def actor(self, name: str, minutes: int = 0) -> Actor:
        return self.company.actor(name, AT + timedelta(minutes=minutes))

    def key(self, name: str) -> str:
        return self.company.key(name)

    def bring(self, dataset: str, text: str) -> None:
        """Import a file as finance does; orders are complete for September."""
        path = self.folder / f"{dataset}.csv"
        path.write_text(text, encoding="utf-8")
        covers = ((date(2026, 9, 1), date(2026, 10, 1)),) if dataset == "orders" else ()
        data.import_file(path, dataset, actor=self.actor("finance"), at=AT, covers=covers)

    def run(
        self,
        kind: str = Run.LIVE,
        by: str = "finance",
        period: str = PERIOD,
        plan: str = "commission",
    ) -> Run:
        """Start a run and let the worker finish it."""
        run = services.start(plan, period, kind, actor=self.actor(by), at=AT)
        run_until_empty(AT)
        run.refresh_from_db()
        return run

    def staged(self, run: Run | None = None) -> Publication:
        """A publication that is ready to be submitted."""
        found = services.prepare(run or self.run(), actor=self.actor("finance"), at=AT)
        run_until_empty(AT)
        found.refresh_from_db()
        return found

    def published(self, run: Run | None = None) -> Publication:
        """A publication that two people brought to its readers."""
        from attain.apps.flow.services import take

        found = self.staged(run)
        for who, action in (("finance", "submit"), ("finance2", "publish")):
            found = take(found, action, actor=self.actor(who), at=AT, version=found.version)  # type: ignore[assignment]
        run_until_empty(AT)
        return found


def put_in_force(text: str, company: Company, at: datetime) -> PlanVersion:
    """A plan that was approved, without its way through approval."""
    version = create_plan(text=text, actor=company.actor("planner"), at=at)
    PlanVersion.objects.filter(pk=version.pk).update(
        state="in_force", signed_hash=version.text_hash, effective_from=date(2026, 1, 1)
    )
    version.refresh_from_db()
    return version


def put_on(plan: Plan, company: Company, *names: str) -> None:
    """Let people take part in a plan."""
    for name in names:
        Membership.objects.create(
            plan=plan,
            subject=company.key(name),
            share="1",
            effective_from=date(2026, 1, 1),
            added_at=AT,
        )


@pytest.fixture(scope="session")
def kept_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where runs are kept that tests of this session calculated."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture
def runs_once(monkeypatch: pytest.MonkeyPatch, kept_runs: Path) -> None:
    """Calculate each request once a session: for tests of what comes after a calculation."""
    calculate = engine.run

    def run(plan: Any, request: RunRequest, store: Any, out: Path, **further: Any) -> Manifest:
        kept = kept_runs / f"{request.identity}-{request.kind}"
        if not kept.exists():
            calculate(plan, request, store, out, **further)
            shutil.copytree(out, kept)
        else:
            shutil.copytree(kept, out)
        manifest = read_manifest(out)
        assert manifest is not None
        return manifest

    monkeypatch.setattr(engine, "run", run)


@pytest.fixture
def make_world(settings, tmp_path: Path) -> Callable[[], World]:  # type: ignore[no-untyped-def]
    """Build the world when the database is at hand."""

    def make() -> World:
        settings.DATA = tmp_path / "data"
        company = small_company()
        data.declare(ORDERS, actor=company.actor("finance"), at=AT)
        version = put_in_force(PLAN, company, AT)
        put_on(version.plan, company, "rep", "peer", "outsider")
        world = World(company, version, tmp_path)
        world.bring("orders", SALES)
        world.bring("targets", TARGETS)
        return world

    return make


@pytest.fixture
def world(db: None, make_world: Callable[[], World]) -> World:
    return make_world()
