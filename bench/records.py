"""Lists of records among a million: how long a filter, an order, a sum and a search take.

`python -m bench.records --data DIR` makes a database of `--rows` records, a tenth of them of the
type that is asked, and asks as lists do: how many, the sums, one page. Under `tools/postgres.sh`
the same runs on PostgreSQL. A folder that was filled before is asked again as it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from attain.apps.accounts.actors import Actor
    from attain.apps.records.models import Record
    from attain.kinds.records import Kind

AT: Final = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
LIMIT: Final = 200
"""Milliseconds a question may take."""
PEOPLE: Final = 500
TEAM: Final = 20

TYPE: Final = """
record: {name}
label: {{zh-Hans: 项目, en: Project}}
number: "P-{{n:7}}"
title: "{{name}}"
owner: keeper
fields:
  name: {{type: text, required: true, search: true}}
  keeper: {{type: person, default: author}}
  amount: {{type: money, currency: CNY}}
  source: {{type: choice, choices: {{a: A, b: B, c: C, d: D}}}}
  opens_on: {{type: date}}
states:
  open: {{}}
  won: {{}}
  lost: {{final: true}}
actions:
  win: {{from: [open], to: won, by: [owner]}}
  lose: {{from: [open, won], to: lost, by: [owner]}}
"""

Ask = Callable[[], Any]


def main() -> None:
    """Fill, ask, tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder for the database")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    _start(asked.data)
    from attain.apps.records.models import Record

    if not Record.objects.exists():
        fill(asked.rows)
    slow = 0
    for who, question, ask in questions():
        rounds = [_timed(ask) for _ in range(asked.rounds)]
        wall, busy = median(one[0] for one in rounds), median(one[1] for one in rounds)
        slow += wall >= LIMIT
        print(f"{who:15} {question:45} {wall:6.0f} ms   processor {busy:6.0f} ms", flush=True)
    sys.exit(1 if slow else 0)


def _start(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attain.config.settings")
    os.environ["ATTAIN_DATA"] = str(data)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _timed(ask: Ask) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process's processor time.

    SQLite works in this process, so the second says what an idle machine would take.
    """
    began, busy = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


# --- filling ---


def fill(rows: int) -> None:
    """Two types, their records written straight into the tables as the services leave them."""
    from django.db import connection, transaction

    from attain.apps.accounts.actors import SYSTEM
    from attain.apps.records import services
    from attain.apps.records.models import RecordType

    began = time.perf_counter()
    actor = SYSTEM(AT, via="command")
    _organisation(actor)
    texts = {f"{name}.yaml": TYPE.format(name=name) for name in ("project", "other")}
    services.install_types(texts, actor=actor, at=AT)
    types = {row.name: row for row in RecordType.objects.all()}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements(types["project"], types["other"], rows):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        # As autovacuum and the nightly upkeep leave it.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"filled with {rows:,} records in {time.perf_counter() - began:.0f} s")


def _organisation(actor: Actor) -> None:
    """A manager with a team, one of the team, and HR."""
    from attain.apps.accounts.roles import Role
    from attain.apps.accounts.services import create_user, grant_role
    from attain.apps.people import services as people

    since = date(2024, 1, 1)
    unit = people.found_unit(code="U", name="U", on=since, actor=actor, at=AT)
    boss = None
    for n in range(TEAM + 1):
        person = people.hire(
            code=f"P{n}", name=f"P{n}", unit=unit, manager=boss, on=since, actor=actor, at=AT
        )
        boss = boss or person
        if n < 2:
            role = (Role.manager, Role.representative)[n]
            user = create_user(
                username=str(role), name=str(role), person=person.key, actor=actor, at=AT
            )
            grant_role(user=user, role=role, effective_from=since, actor=actor, at=AT)
    user = create_user(username="hr", name="hr", actor=actor, at=AT)
    grant_role(user=user, role=Role.hr, effective_from=since, actor=actor, at=AT)


def _statements(project: Any, other: Any, rows: int) -> Iterator[str]:
    """A tenth of the records are projects, strewn among the others."""
    from django.db import connection

    is_postgresql = connection.vendor == "postgresql"
    yield from _people(is_postgresql)
    day = (
        "date '2024-01-01' + {}" if is_postgresql else "date('2024-01-01', '+' || ({}) || ' days')"
    )
    json = "::jsonb" if is_postgresql else ""
    type_ = f"CASE WHEN i % 10 = 0 THEN {project.pk} ELSE {other.pk} END"
    version = f"CASE WHEN i % 10 = 0 THEN {project.current_id} ELSE {other.current_id} END"
    prefix = "CASE WHEN i % 10 = 0 THEN 'project-' ELSE 'other-' END"
    name = "'客户' || ((i / 10 * 7919) % 100003) || '号'"
    state = "CASE i / 10 % 5 WHEN 0 THEN 'won' WHEN 1 THEN 'lost' ELSE 'open' END"
    number = (
        "'P-' || substr('0000000' || i, -7)"
        if not is_postgresql
        else "'P-' || lpad(i::text, 7, '0')"
    )
    amount = "(i * 37 % 1000003) || '.00"
    said = f"""'{{"name": "' || {name} || '", "amount": "' || {amount}", "remark": "' || """
    said += _padding() + """ || '"}'"""
    owner = f"(SELECT key FROM bench_people WHERE n = i / 10 % {PEOPLE})"
    yield (
        "INSERT INTO records_record (id, type_id, type_version_id, key, number, title, owner,"
        " author, subject, unit, business_date, entered_on, created_at,"
        " created_on, changed_at, is_final,"
        " data, search, token, happened, state, version)"
        f" WITH RECURSIVE many(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < {rows})"
        f" SELECT i, {type_}, {version}, {prefix} || i, {number}, {name},"
        f" {owner}, {owner}, {owner}, '',"
        f" {day.format('i / 10 % 1000')}, '2026-01-01', '2026-01-01 00:00:00+00',"
        " '2026-01-01', '2026-01-01 00:00:00+00',"
        f" {state} = 'lost', ({said}){json}, lower({number} || ' ' || {name}),"
        f" '', 1, {state}, 1 FROM many"
    )
    yield from _indexed(day)
    yield "DROP TABLE bench_people"


def _indexed(day: str) -> Iterator[str]:
    """The values of every record, and whom it concerns, as the index has them."""
    values = "INSERT INTO records_recordvalue (record_id, type_id, field, text, number, date) "
    yield f"{values} SELECT id, type_id, 'name', title, NULL, NULL FROM records_record"
    yield f"{values} SELECT id, type_id, 'keeper', owner, NULL, NULL FROM records_record"
    yield (
        f"{values} SELECT id, type_id, 'amount', NULL, id * 3701 % 100000300, NULL"
        " FROM records_record WHERE id / 10 % 20 <> 0"
    )
    choice = "substr('abcd', CAST(id / 10 % 4 + 1 AS int), 1)"
    yield f"{values} SELECT id, type_id, 'source', {choice}, NULL, NULL FROM records_record"
    opens = day.format("CAST(id * 7 / 10 % 900 AS int)")
    yield f"{values} SELECT id, type_id, 'opens_on', NULL, NULL, {opens} FROM records_record"
    parties = "INSERT INTO records_recordparty (record_id, type_id, person, why) "
    for why in ("owner", "subject", "author", "named"):
        yield f"{parties} SELECT id, type_id, owner, '{why}' FROM records_record"


def _people(is_postgresql: bool) -> Iterator[str]:
    from attain.core.keys import key_for

    rows = ", ".join(f"({n}, '{key_for('people', f'P{n}')}')" for n in range(PEOPLE))
    kind = "bigint" if is_postgresql else "integer"
    yield f"CREATE TABLE bench_people (n {kind} PRIMARY KEY, key varchar(64))"
    yield f"INSERT INTO bench_people VALUES {rows}"


def _padding() -> str:
    """Text as records have it besides: rows are wide, and lists must not read them."""
    return "'" + "记录里还有许多别的内容。" * 12 + "'"


# --- asking ---


def questions() -> Iterator[tuple[str, str, Ask]]:
    """Who asks, what, and the question as a list puts it."""
    from attain.apps.accounts.actors import actor_of
    from attain.apps.accounts.models import User
    from attain.apps.records.kinds import kind_named

    kind = kind_named("project")
    for who in ("hr", "manager", "representative"):
        actor = actor_of(User.objects.get(username=who), AT)
        for question, (filters, text, sort, start) in _WAYS.items():
            yield who, question, _asking(actor, kind, filters, text, sort, start)


_Filters = tuple[tuple[str, str, tuple[Any, ...]], ...]
_WAYS: Final[dict[str, tuple[_Filters, str, list[tuple[str, bool]], int]]] = {
    "all, newest first": ((), "", [("business_date", True)], 0),
    "all, by amount": ((), "", [("amount", True)], 0),
    "all, by amount, in the middle": ((), "", [("amount", False)], 50_000),
    "open ones by amount": ((("state", "eq", ("open",)),), "", [("amount", True)], 0),
    "one source and a large amount, by day": (
        (("source", "eq", ("b",)), ("amount", "ge", (Decimal(900_000),))),
        "",
        [("opens_on", False)],
        0,
    ),
    "a quarter of the days, by title": (
        (("opens_on", "ge", (date(2025, 6, 1),)), ("opens_on", "lt", (date(2026, 1, 1),))),
        "",
        [("title", False)],
        0,
    ),
    "search of three signs": ((), "81号", [("business_date", True)], 0),
    "search, filter and order": (
        (("state", "in", ("open", "won")), ("amount", "lt", (Decimal(500_000),))),
        "户12",
        [("amount", True)],
        0,
    ),
}


def _asking(
    actor: Actor,
    kind: Kind,
    filters: _Filters,
    text: str,
    sort: list[tuple[str, bool]],
    start: int,
) -> Ask:
    from attain.apps.records import narrowing, selectors

    def ask() -> tuple[int, dict[str, Any], list[Record]]:
        rows: QuerySet[Record] = selectors.visible(actor, kind.name)
        for name, operator, values in filters:
            rows = narrowing.narrow(rows, kind, name, operator, values)
        if text:
            rows = narrowing.search(rows, kind, text)
        total, sums = narrowing.count(rows), narrowing.sums(rows, kind, ["amount"])
        return total, sums, narrowing.page(rows, kind, sort, start, 50)

    return ask


if __name__ == "__main__":
    main()
