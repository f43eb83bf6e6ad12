"""Whatever happens to the trail behind the program's back is found, at the first bad entry."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from attain.apps.accounts.actors import SYSTEM
from attain.apps.audit import anchors, sealing, triggers
from attain.apps.audit.models import AuditEntry, AuditSeal
from attain.apps.audit.services import record
from attain.apps.audit.verifying import Break, verify

pytestmark = pytest.mark.django_db

COUNT = 30
TEXTS = [name for name in sealing.FIELDS if name != "actor"]


@pytest.fixture(autouse=True)
def _fresh_anchor() -> Iterator[None]:
    anchors.path().unlink(missing_ok=True)
    yield
    anchors.path().unlink(missing_ok=True)


def write(at: datetime, count: int, first: int = 0) -> None:
    for index in range(first, first + count):
        record(
            actor=SYSTEM(at),
            action="plans.approve",
            object=("plan", index, f"方案 {index}"),
            at=at + timedelta(microseconds=index),
            before={"rate": Decimal("0.10")},
            after={"rate": Decimal("0.125"), "who": "沈佳宁"},
            cause=f"because {index}",
        )
    sealing.seal()


@pytest.fixture
def trail(at: datetime) -> None:
    write(at, COUNT)


@contextmanager
def unguarded() -> Iterator[Any]:
    """Somebody who may do everything in the database, but has no key."""
    triggers.GUARD.remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield cursor
    triggers.GUARD.install(connection)


def test_a_trail_that_nobody_touched_is_whole(trail: None) -> None:
    verdict = verify()

    assert verdict.is_whole
    assert (verdict.count, verdict.pending) == (COUNT, 0)


def test_numbers_are_kept_exactly_and_seals_fit_what_is_read_back(trail: None) -> None:
    entry = AuditEntry.objects.first()

    assert entry is not None
    assert json.loads(entry.after)["rate"] == "0.125"


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_the_database_refuses_changes(trail: None, verb: str, model: Any) -> None:
    column = "cause" if model is AuditEntry else "digest"
    rows = model.objects.filter(pk=model.objects.first().pk)
    act = {
        "update": lambda: rows.update(**{column: "x"}),
        "delete": lambda: rows._raw_delete("default"),
    }

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act[verb]()


@pytest.mark.parametrize("seed", range(60))
def test_any_changed_byte_is_found(trail: None, seed: int) -> None:
    chance = random.Random(seed)
    number, column = chance.randint(1, COUNT), chance.choice(TEXTS)
    entry = AuditSeal.objects.get(number=number).entry
    text = getattr(entry, column)
    place = chance.randrange(len(text) or 1)
    sign = chance.choice([one for one in "x0 ”é" if one != text[place : place + 1]])
    changed = text[:place] + sign + text[place + 1 :]

    with unguarded() as cursor:
        sql = f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s"
        cursor.execute(sql, [changed, entry.pk])

    verdict = verify()
    assert (verdict.broken_at, verdict.reason) == (number, Break.changed)


@pytest.mark.parametrize(
    ("column", "value"),
    [("at", "2026-01-01 00:00:00+00:00"), ("actor", 7), ("mark", "0" * 64)],
)
def test_a_changed_date_actor_or_mark_is_found(trail: None, column: str, value: object) -> None:
    entry = AuditSeal.objects.get(number=9).entry

    with unguarded() as cursor:
        cursor.execute(
            f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", [value, entry.pk]
        )

    assert verify().broken_at == 9


@pytest.mark.parametrize("number", [1, 2, 15, COUNT - 1, COUNT])
def test_a_removed_entry_is_found(trail: None, number: int) -> None:
    seal = AuditSeal.objects.get(number=number)

    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE number = %s", [number])
        cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [seal.entry_id])

    verdict = verify()
    assert verdict.broken_at == number
    assert verdict.reason is (Break.cut if number == COUNT else Break.missing)


@pytest.mark.parametrize("seed", range(10))
def test_two_entries_that_changed_places_are_found(trail: None, seed: int) -> None:
    one, other = random.Random(seed).sample(range(1, COUNT + 1), 2)
    first, second = (AuditSeal.objects.get(number=number) for number in (one, other))

    with unguarded() as cursor:
        for column in ("cause", "object_id", "nonce"):
            swap = f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s"
            cursor.execute(swap, [getattr(second.entry, column), first.entry_id])
            cursor.execute(swap, [getattr(first.entry, column), second.entry_id])

    assert verify().broken_at == min(one, other)


def test_an_entry_slipped_in_is_found_before_and_after_it_is_sealed(
    trail: None, at: datetime
) -> None:
    columns = ["at", *sealing.FIELDS, "mark"]
    forged = AuditEntry.objects.values_list(*columns).first()
    assert forged is not None
    values = [*forged[:-1], "f" * 64]

    with unguarded() as cursor:
        places = ", ".join(["%s"] * len(columns))
        cursor.execute(
            f"INSERT INTO audit_auditentry ({', '.join(columns)}) VALUES ({places})", values
        )

    assert verify().reason is Break.inserted
    write(at, 1, first=COUNT)
    assert (verify().broken_at, verify().reason) == (COUNT + 1, Break.inserted)


@pytest.mark.parametrize("cut", [1, 2, 10, COUNT])
def test_a_cut_end_is_found(trail: None, cut: int) -> None:
    with unguarded() as cursor:
        gone = list(
            AuditSeal.objects.filter(number__gt=COUNT - cut).values_list("entry_id", flat=True)
        )
        cursor.execute("DELETE FROM audit_auditseal WHERE number > %s", [COUNT - cut])
        for entry in gone:
            cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [entry])

    verdict = verify()
    assert (verdict.broken_at, verdict.reason) == (COUNT - cut + 1, Break.cut)


def test_a_chain_cut_and_grown_again_is_found(trail: None, at: datetime) -> None:
    with unguarded() as cursor:
        gone = list(AuditSeal.objects.filter(number__gt=20).values_list("entry_id", flat=True))
        cursor.execute("DELETE FROM audit_auditseal WHERE number > 20")
        for entry in gone:
            cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [entry])

    write(at, 15, first=100)

    assert verify().reason is Break.cut


def test_a_chain_rewritten_with_another_key_is_found(
    trail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = settings.SECRET_KEY
    monkeypatch.setattr(settings, "SECRET_KEY", "another key that somebody made up themselves")
    digest = sealing.START
    with unguarded() as cursor:
        for seal in AuditSeal.objects.select_related("entry").order_by("number"):
            digest = sealing.digest_of(seal.number, seal.entry, digest)
            sql = "UPDATE audit_auditseal SET digest = %s WHERE number = %s"
            cursor.execute(sql, [digest, seal.number])
    monkeypatch.setattr(settings, "SECRET_KEY", own)

    assert (verify().broken_at, verify().reason) == (1, Break.changed)


def test_a_missing_or_forged_head_is_found(trail: None) -> None:
    anchors.path().write_text('{"number": 1, "digest": "x", "signature": "y"}', encoding="ascii")

    assert verify().reason is Break.anchor


def test_what_is_not_sealed_yet_is_pending_and_sealed_later(at: datetime) -> None:
    record(actor=SYSTEM(at), action="a.b", object=("x", 1, ""), at=at)
    assert verify().pending == 1

    assert sealing.seal(everything=True) == 1

    assert verify().count == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_sealed_once_its_transaction_is_committed(at: datetime) -> None:
    with transaction.atomic():
        record(actor=SYSTEM(at), action="a.b", object=("x", 1, ""), at=at)
        assert not AuditSeal.objects.exists()

    assert AuditSeal.objects.count() == 1
    assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_leaves_no_trace(at: datetime) -> None:
    with transaction.atomic():
        record(actor=SYSTEM(at), action="a.b", object=("x", 1, ""), at=at)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()
    assert verify().is_whole


def test_whose_role_was_lent_is_sealed_as_well(trail: None, at: datetime) -> None:
    lent = record(actor=SYSTEM(at), action="a.b", object=("x", 1, ""), at=at, on_behalf_of=7)
    sealing.seal()
    assert verify().is_whole

    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditentry SET on_behalf_of = NULL WHERE id = %s", [lent.pk])

    assert verify().broken_at == COUNT + 1


def test_nobody_is_made_to_have_lent_a_role(trail: None) -> None:
    entry = AuditSeal.objects.get(number=3).entry

    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditentry SET on_behalf_of = 7 WHERE id = %s", [entry.pk])

    assert verify().broken_at == 3
