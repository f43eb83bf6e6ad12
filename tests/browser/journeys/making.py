"""`python making.py FOLDER`: the small company of the tests of apps, in a folder to be served.

A process of its own, because a browser and Django's database do not share a thread.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "apps"))

STRANGER = "stranger"


def make(folder: Path) -> None:
    """People, data, a plan in force, September published; and somebody who knows nothing yet."""
    from attain.config.starting import migrate, start

    start(folder)
    migrate()
    from company import PASSWORD, small_company
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone
    from world import LATE, ORDERS, PLAN, SALES, TARGETS, World, put_in_force, put_on

    from attain.apps.accounts.actors import SYSTEM
    from attain.apps.accounts.models import User
    from attain.apps.accounts.roles import Role
    from attain.apps.accounts.services import create_user, grant_role
    from attain.apps.data import services as data

    at = timezone.now() - timedelta(hours=1)
    company = small_company()
    data.declare(ORDERS, actor=company.actor("finance", at), at=at)
    version = put_in_force(PLAN, company, at)
    put_on(version.plan, company, "rep", "peer")
    world = World(company, version, folder)
    world.bring("orders", SALES)
    world.bring("targets", TARGETS)
    world.published()
    # What comes after the publication makes the next revision another one.
    world.bring("orders", LATE)
    stranger = create_user(
        username=STRANGER, name="王掌柜", email="", actor=SYSTEM(at, via="command"), at=at
    )
    for role in (Role.plan_admin, Role.finance, Role.hr):
        grant_role(
            user=stranger, role=role, effective_from=date(2024, 1, 1),
            actor=SYSTEM(at, via="command"), at=at,
        )  # fmt: skip
    User.objects.update(password=make_password(PASSWORD))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
