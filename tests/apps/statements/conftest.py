"""Publications with lines, as a run would have left them, without calculating anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import pytest
from company import Company, small_company
from world import kept_runs, make_world, runs_once, world

from attain.apps.accounts.actors import Actor
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.runs.models import Line, Publication, Run

__all__ = ["kept_runs", "make_world", "runs_once", "world"]

PLAN = "collection-commission"
Publish = Callable[..., Publication]


@pytest.fixture
def company(db: None) -> Company:
    return small_company()


@pytest.fixture
def finance(company: Company) -> Actor:
    return company.actor("finance")


@pytest.fixture
def publish(company: Company, at: datetime) -> Publish:
    """A publication of some amounts: `publish("2026-09", {"E-1001": 11_211_43})`."""
    plan = Plan.objects.create(code=PLAN, label_zh="回款提成", label_en="Commission", created_at=at)
    version = PlanVersion.objects.create(
        plan=plan, number=1, text="plan: x", text_hash="0" * 64, state="in_force", created_at=at,
        saved_at=at,
    )  # fmt: skip

    def made(
        period: str,
        amounts: Mapping[str, int],
        *,
        component: str = "commission",
        currency: str = "CNY",
        pay_on: date = date(2026, 11, 10),
    ) -> Publication:
        run = Run.objects.create(
            plan_version=version, plan_code=PLAN, period=period, kind=Run.LIVE, state=Run.DONE,
            digest=f"{Run.objects.count():064}", asked_at=at,
        )  # fmt: skip
        revision = Publication.objects.filter(plan_code=PLAN, period=period).count() + 1
        publication = Publication.objects.create(
            run=run, plan_code=PLAN, period=period, revision=revision, digest=run.digest,
            state=Publication.STAGING, prepared_at=at,
        )  # fmt: skip
        for code, minor in amounts.items():
            key = company.key(code)
            Line.objects.create(
                publication=publication, participant=key, component=component, earned=period,
                line_key=f"{PLAN}|{component}|{key}|{period}|{pay_on}|{currency}",
                amount_minor=minor, currency=currency, pay_on=pay_on,
            )  # fmt: skip
        # Rows come while it is staged, and never after.
        Publication.objects.filter(pk=publication.pk).update(state=Publication.SUPERSEDED)
        publication.refresh_from_db()
        return publication

    return made
