"""`python making_records.py FOLDER`: the small company with its shops, visits and a promotion.

A process of its own, because a browser and Django's database do not share a thread.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

_APPS = Path(__file__).resolve().parents[2] / "apps"
sys.path[:0] = [str(_APPS), str(_APPS / "records")]


def make(folder: Path) -> None:
    """A shop that should have been contacted nine days ago, and one of a colleague."""
    from attain.config.starting import migrate, start

    start(folder)
    migrate()
    from company import PASSWORD, small_company
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone
    from page_types import TYPES

    from attain.apps.accounts.actors import SYSTEM
    from attain.apps.accounts.models import User
    from attain.apps.records import services

    now = timezone.now()
    company = small_company()
    services.install_types(TYPES, pack="", actor=SYSTEM(now, via="command"), at=now)

    def begin(kind: str, who: str, days: int, **values: Any) -> Any:
        actor = company.actor(who, now - timedelta(days=days))
        return services.create(kind, values, actor=actor, at=actor.at)

    items = [{"item": "冷柜", "pieces": Decimal(12), "price": Decimal("10.50")}]
    shop = begin(
        "shop", "rep", 30, name="鲜邻便利", margin=Decimal("0.134"), items=items,
        remark="来源：展会线索。", birthday=now.date(),
    )  # fmt: skip
    # 16 days ago, every 7 days: due 9 days ago.
    begin("stop", "rep", 16, shop=shop.key, said="对账期45天有顾虑。")
    begin("shop", "outsider", 2, name="别组的门店")
    begin("promotion", "rep", 3, purpose="开业促销", budget=Decimal("5000.00"))
    User.objects.update(password=make_password(PASSWORD))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
