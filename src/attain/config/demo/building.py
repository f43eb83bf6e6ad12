"""Building the sample company through the product's own services, each verb by who may take it.

Every step looks first at what is there already: a build that was interrupted goes on where it
stopped, and a second one changes nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from attain.apps.accounts.actors import SYSTEM, Actor, actor_of
from attain.apps.accounts.models import User
from attain.apps.accounts.services import create_user, grant_role
from attain.apps.data import services as data
from attain.apps.data.selectors import schemas
from attain.apps.flow.services import take
from attain.apps.jobs.worker import run_until_empty
from attain.apps.people import services as people
from attain.apps.people.columns import KEPT
from attain.apps.people.models import Person
from attain.apps.plans import services as plans
from attain.apps.plans.models import Membership, Plan, PlanVersion
from attain.apps.plans.services.members import Stretch
from attain.apps.runs import services as runs
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.selectors import current
from attain.apps.statements.models import PostingPeriod
from attain.config.demo import cast, keeping
from attain.core.keys import key_for
from attain.core.labels import Labels, labels

COMMISSION: Final = "collection-commission"
APPRAISAL: Final = "quarterly-sales-appraisal"
LADDER: Final = "discipline-ladder"
FIRST_TEXT: Final = Path(__file__).parent / "collection-commission-1.yaml"
"""The commission as it was until August, before the awards for shelves."""
LADDER_TEXT: Final = Path(__file__).parent / "discipline-ladder.yaml"
"""The ladder of the pack, as the company changed it to read its own commission."""
MONTHS: Final = tuple(f"2026-{month:02}" for month in range(1, 10))
CLOSED: Final = MONTHS[:-2]
"""Months whose statements do not change any more."""

NEXT_YEAR: Final = ("{from: 120%, is: 1.6%}", "{from: 120%, is: 1.7%}")
NEXT_YEAR_NOTE: Final = "达成120%及以上，比例由1.6%提到1.7%"

_OTHERS_KEEP: Final = (*KEPT, "plan_members", "aliases", "interventions")
"""Files that are no datasets of the lake: people, plans and runs keep them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the build, and what it is called."""

    name: Labels
    take: Callable[[], None]


class Building:
    """The sample company in the making: where its files lie, and the moment it is made at."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self.folder = folder
        self.at = at

    def steps(self) -> Iterator[Step]:
        """Every step in order."""
        yield Step(labels("声明数据集", "Declare datasets"), self.declare)
        yield Step(labels("载入组织和人员", "Bring in the organisation"), self.bring_in_people)
        yield Step(labels("建立账号", "Create accounts"), self.create_accounts)
        for path in self.files():
            name = labels(f"导入{path.name}", f"Import {path.name}")
            yield Step(name, lambda path=path: self.bring_in(path))  # type: ignore[misc]
        yield Step(
            labels("方案：编写、批准、生效", "Plans: write, approve, put in force"), self.plans
        )
        yield Step(labels("安装记录方案包", "Install packs of records"), self.install_packs)
        yield Step(labels("载入记录", "Bring in records"), self.load_records)
        yield Step(labels("违规、奖励、活动与费用", "Offences, rewards, campaigns"), self.live)
        yield Step(labels("奖惩方案生效", "Put the ladder in force"), self.ladder)
        for period in MONTHS:
            name = labels(f"核算并发布{period}提成", f"Calculate and publish {period}")
            yield Step(name, lambda period=period: self.publish(COMMISSION, period))  # type: ignore[misc]
        yield Step(
            labels("核算并发布三季度考核", "Calculate and publish the third quarter"),
            lambda: self.publish(APPRAISAL, "2026-Q3"),
        )
        yield Step(
            labels("核算并发布九月记过扣减", "Calculate and publish what demerits take away"),
            lambda: self.publish(LADDER, MONTHS[-1]),
        )
        yield Step(labels("关账", "Close months"), self.close_months)
        yield Step(labels("提交明年的方案", "Submit next year's plan"), self.submit_next_year)

    # --- data and people ---

    def declare(self) -> None:
        """The company's own datasets, and its columns of the system's."""
        for path in sorted((self.folder / "datasets").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            data.declare(text, actor=self._system, at=self.at, file=path.name)

    def bring_in_people(self) -> None:
        """Units, positions, people, assignments and hierarchies."""
        if not Person.objects.exists():
            people.load_company(
                self.folder / "inbox", actor=self._system, at=self.at, declared=schemas()
            )

    def create_accounts(self) -> None:
        """A login for every role."""
        for login in cast.LOGINS:
            if User.objects.filter(username=login.username).exists():
                continue
            user = create_user(
                username=login.username,
                name=login.name,
                name_en=login.name_en,
                email=f"{login.username}@helan.example.com",
                person=key_for("people", login.person),
                password=cast.PASSWORD,
                actor=self._system,
                at=self.at,
            )
            grant_role(
                user=user, role=login.role, effective_from=date(2024, 1, 1), actor=self._system,
                at=self.at,
            )  # fmt: skip

    def files(self) -> list[Path]:
        """The files that become datasets of the lake."""
        inbox = sorted((self.folder / "inbox").glob("*.csv"))
        return [path for path in inbox if path.stem not in _OTHERS_KEEP]

    def bring_in(self, path: Path) -> None:
        """One file of facts or values; one that is stored already is no change."""
        data.import_file(path, path.stem, actor=self.actor(cast.IMPORTER), at=self.at)

    # --- plans ---

    def plans(self) -> None:
        """Two plans in force, the commission in its second version since September."""
        folder = self.folder / "plans"
        self._put_in_force(COMMISSION, 1, FIRST_TEXT, date(2026, 1, 1))
        self._put_in_force(COMMISSION, 2, folder / f"{COMMISSION}.yaml", date(2026, 9, 1))
        self._put_in_force(APPRAISAL, 1, folder / f"{APPRAISAL}.yaml", date(2026, 1, 1))
        for plan in Plan.objects.filter(code__in=(COMMISSION, APPRAISAL)):
            self._add_members(plan)

    def _put_in_force(self, code: str, number: int, path: Path, since: date) -> None:
        author, approver = self.actor(cast.AUTHOR), self.actor(cast.APPROVER)
        version = PlanVersion.objects.filter(plan__code=code, number=number).first()
        if version is None:
            version = self._draft(code, path.read_text(encoding="utf-8"), author)
        if version.state == "draft":
            version = plans.submit(
                version=version, seen=version.version, actor=author, at=self.at,
                effective_from=since,
            )  # fmt: skip
        if version.state == "submitted":
            version = plans.approve(
                version=version, seen=version.version, reviewed=version.text_hash, actor=approver,
                at=self.at,
            )  # fmt: skip
        if version.state == "approved":
            plans.put_in_force(
                version=version, seen=version.version, effective_from=since, actor=approver,
                at=self.at,
            )  # fmt: skip

    def _draft(self, code: str, text: str, author: Actor) -> PlanVersion:
        plan = Plan.objects.filter(code=code).first()
        if plan is None:
            return plans.create_plan(text=text, actor=author, at=self.at)
        return plans.create_draft(plan=plan, text=text, actor=author, at=self.at)

    def _add_members(self, plan: Plan, like: str = "") -> None:
        """Those whom the file names for the plan, or for one like it."""
        if Membership.objects.filter(plan=plan).exists():
            return
        with (self.folder / "inbox" / "plan_members.csv").open(encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))[1:]
        stretches = [
            Stretch(
                key_for("people", subject), _day(since), _day(until) if until else None,
                Decimal(share),
            )
            for code, subject, share, since, until in rows
            if code == (like or plan.code)
        ]  # fmt: skip
        plans.add_members(plan=plan, stretches=stretches, actor=self.actor(cast.AUTHOR), at=self.at)

    # --- records ---

    def install_packs(self) -> None:
        """The packs with what the company keeps records of."""
        at = keeping.moment(keeping.BEGUN)
        keeping.install_packs(self._acting(cast.AUTHOR, at), at)

    def load_records(self) -> None:
        """Records from before, as they stand."""
        keeping.load_entries(self.folder, self.actor(cast.AUTHOR), self.at)

    def live(self) -> None:
        """Records that go through their life step by step."""
        keeping.live(keeping.lives(), self._acting)

    def ladder(self) -> None:
        """The ladder of the pack with the company's own text, in force since September."""
        author = self.actor(cast.AUTHOR)
        version = PlanVersion.objects.get(plan__code=LADDER, number=1)
        text = LADDER_TEXT.read_text(encoding="utf-8")
        if version.state == "draft" and version.text != text:
            plans.save_text(
                version=version, text=text, expected=version.text_hash, actor=author, at=self.at
            )
        self._put_in_force(LADDER, 1, LADDER_TEXT, date(2026, 9, 1))
        self._add_members(Plan.objects.get(code=LADDER), COMMISSION)

    # --- results ---

    def publish(self, code: str, period: str) -> None:
        """Calculate a plan for a period; one prepares, another publishes."""
        if current(code, period) is not None:
            return
        preparer, publisher = self.actor(cast.PREPARER), self.actor(cast.PUBLISHER)
        publication = self._prepared(code, period, preparer)
        if publication.state == Publication.READY:
            take(publication, "submit", actor=preparer, at=self.at, version=publication.version)
            publication.refresh_from_db()
        take(publication, "publish", actor=publisher, at=self.at, version=publication.version)
        run_until_empty(self.at)

    def _prepared(self, code: str, period: str, preparer: Actor) -> Publication:
        """The revision on its way, or a new one from a new run."""
        on_its_way = Publication.objects.filter(
            plan_code=code, period=period, state__in=Publication.OPEN
        )
        publication = on_its_way.first()
        if publication is None:
            run = runs.start(code, period, Run.LIVE, actor=preparer, at=self.at)
            run_until_empty(self.at)
            run.refresh_from_db()
            publication = runs.prepare(run, actor=preparer, at=self.at)
        run_until_empty(self.at)
        publication.refresh_from_db()
        return publication

    def close_months(self) -> None:
        """Months whose statements are final."""
        for period in PostingPeriod.objects.filter(
            code__in=CLOSED, state=PostingPeriod.OPEN
        ).order_by("from_date"):
            take(
                period, "close", actor=self.actor(cast.PUBLISHER), at=self.at,
                version=period.version,
            )  # fmt: skip

    def submit_next_year(self) -> None:
        """A third version of the commission, waiting for somebody to approve it."""
        plan = Plan.objects.get(code=COMMISSION)
        if plan.versions.filter(number=3).exists():
            return
        text = (self.folder / "plans" / f"{COMMISSION}.yaml").read_text(encoding="utf-8")
        author = self.actor(cast.AUTHOR)
        version = plans.create_draft(
            plan=plan, text=text.replace(*NEXT_YEAR), note=NEXT_YEAR_NOTE, actor=author, at=self.at
        )
        plans.submit(
            version=version, seen=version.version, actor=author, at=self.at,
            effective_from=date(2027, 1, 1), note=NEXT_YEAR_NOTE,
        )  # fmt: skip

    # --- who acts ---

    @property
    def _system(self) -> Actor:
        return SYSTEM(self.at, via="command")

    def actor(self, username: str) -> Actor:
        """Somebody of the cast, with the roles they have now."""
        return self._acting(username, self.at)

    def _acting(self, username: str, at: datetime) -> Actor:
        return actor_of(User.objects.get(username=username), at, via="command")


def _day(text: str) -> date:
    return date.fromisoformat(text)
