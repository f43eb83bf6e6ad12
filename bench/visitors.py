"""Who visits, and the server they visit."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "load-"
"""Names of accounts made for this; a second measurement finds them there."""
SHARES: Final = (
    ("representative", 0.6),
    ("manager", 0.16),
    ("hr", 0.1),
    ("finance", 0.08),
    ("plan_admin", 0.04),
    ("auditor", 0.02),
)
CHANGED: Final = 8
"""So few people are changed by so many that forms do go stale."""
MONTH: Final = "2026-09"
_START_SECONDS: Final = 300
_PROGRAM: Final = str(Path(sys.executable).with_name("attain"))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in."""

    role: str
    sees: list[str]
    """Keys of the people whose statements they may read; none: everybody's."""
    cookie: str


@dataclass(frozen=True)
class Cast:
    """Everybody who visits, and what they read and change."""

    visitors: list[Visitor]
    people: list[str]
    """Keys of people with a statement."""
    changed: list[str]
    """Keys of the people whose details are changed."""
    run: int
    plan: str


def make_cast(data: Path, count: int) -> Cast:
    """Accounts and sessions for as many visitors, in the database itself.

    Not by the log-in page, which lets one address try sixty times a minute.
    """
    from attain.config.starting import migrate, start

    start(data)
    migrate()
    from attain.apps.people.models import Person
    from attain.apps.runs.models import Run
    from attain.apps.statements.models import PostedLine

    paid = PostedLine.objects.filter(posting_period__code=MONTH).order_by("participant")
    people = list(paid.values_list("participant", flat=True).distinct()[:1000])
    run = Run.objects.filter(state=Run.DONE).order_by("pk").first()
    if not people or run is None:
        raise SystemExit(f"{data} has no published results of {MONTH}: build the company first")
    known = Person.objects.filter(code__startswith="E-1").order_by("-code")
    return Cast(
        visitors=[_visitor(number, role, people) for number, role in enumerate(_roles(count))],
        people=people,
        changed=list(known.values_list("pk", flat=True)[:CHANGED]),
        run=run.pk,
        plan=run.plan_code,
    )


def _roles(count: int) -> list[str]:
    found = [role for role, share in SHARES for _ in range(max(1, round(share * count)))]
    return found[:count] + ["representative"] * (count - len(found))


def _visitor(number: int, role: str, people: list[str]) -> Visitor:
    from django.conf import settings
    from django.test import Client

    from attain.apps.accounts.models import User

    name = f"{PREFIX}{number:03}-{role}"
    user = User.objects.filter(username=name).first()
    if user is None:
        user = _account(name, role, _person_for(number, role, people))
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    return Visitor(role, _seen(role, user.person or "", people), cookie)


def _seen(role: str, person: str, people: list[str]) -> list[str]:
    if role == "representative":
        return [person]
    if role != "manager":
        return []
    from attain.apps.people.models import Assignment

    team = Assignment.objects.filter(manager=person, person__in=people)
    return sorted(set(team.values_list("person", flat=True)))


def _account(name: str, role: str, person: str) -> Any:
    from attain.apps.accounts.actors import SYSTEM
    from attain.apps.accounts.roles import Role
    from attain.apps.accounts.services import create_user, grant_role

    at = datetime.now(UTC)
    system = SYSTEM(at, via="command")
    user = create_user(
        username=name, name=name, name_en=name, email="", person=person,
        password=os.urandom(18).hex(), actor=system, at=at,
    )  # fmt: skip
    since = date(2024, 1, 1)
    grant_role(user=user, role=Role(role), effective_from=since, actor=system, at=at)
    return user


def _person_for(number: int, role: str, people: list[str]) -> str:
    if role == "representative":
        return people[number * 7 % len(people)]
    if role != "manager":
        return ""
    from django.db.models import Count

    from attain.apps.people.models import Assignment

    managed = Assignment.objects.filter(person__in=people).exclude(manager=None)
    counted = managed.order_by().values("manager").annotate(size=Count("pk"))
    leaders = [row["manager"] for row in counted.order_by("-size", "manager")[:100]]
    return str(leaders[number % len(leaders)])


def reasons_kept() -> frozenset[str]:
    """The words that changes of visitors left in the history."""
    from attain.apps.people.models import Change

    made = Change.objects.filter(reason__startswith=PREFIX)
    return frozenset(made.values_list("reason", flat=True))


# --- the server ---


class Children:
    """The server's processes, asked for the processor time they took."""

    def __init__(self, root: int) -> None:
        self.root = root

    def cpu(self) -> float:
        """Seconds of all processes below the server, and its own; 0 where there is no /proc."""
        return sum(_seconds(one) for one in _family(self.root))


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    except OSError:
        return
    for child in listed.split():
        yield from _family(int(child))


def _seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return 0.0
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(data: Path, processes: int) -> Iterator[tuple[int, Children]]:
    """`attain serve` with its worker, on a free port, until the visit is over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ("serve", "--data", str(data), "--port", str(port), "--processes", str(processes))
    log = (data / "load.log").open("w", encoding="utf-8")
    server = subprocess.Popen([_PROGRAM, *words], stdout=log, stderr=log)
    try:
        _wait(port, server)
        yield port, Children(server.pid)
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")
