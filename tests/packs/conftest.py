"""Every pack of the gallery, and every plan in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from opening import PACKS, PLANS, Opened

from attain.engine.plans.models.plan import PlanModel


@pytest.fixture(params=sorted(PACKS))
def pack(request: pytest.FixtureRequest) -> Opened:
    return PACKS[request.param]


@pytest.fixture(params=sorted(PLANS))
def plan_of_pack(request: pytest.FixtureRequest) -> tuple[Opened, PlanModel]:
    opened = PLANS[request.param]
    return opened, opened.plans[request.param]
