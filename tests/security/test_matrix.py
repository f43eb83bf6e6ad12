"""The permission table is the specification: every address, method and role is tried (G23)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from addresses import BARE, ROLES, WHO, Address, addresses, client_of, is_refused, made, rows, tried
from building import NARROWED, Attacked
from company import AT
from django.db import transaction
from django.urls import NoReverseMatch

from attain.apps.accounts.actors import actor_of, anonymous
from attain.apps.accounts.models import User
from attain.apps.accounts.permissions import PUBLIC, Row, table
from attain.apps.accounts.roles import Role

pytestmark = pytest.mark.django_db

ALLOWED_OUTCOMES = {200, 204, 302, 304, 400, 409, 422}
"""Of a page that lets somebody in; what a page then lacks is another matter than who asks."""


@contextmanager
def undone() -> Iterator[None]:
    """What a request wrote is taken back, so that the next one finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_address_has_a_row() -> None:
    assert [each.name for each in addresses() if each.name not in table()] == []


def test_every_row_has_an_address() -> None:
    known = {each.name for each in addresses()}

    assert [name for name in table() if name not in known] == []


def test_only_writing_methods_write() -> None:
    safe = {"GET", "HEAD", "OPTIONS"}

    assert [
        f"{row.name} {row.method}" for _, row in rows() if row.writes and row.method in safe
    ] == []


def test_every_argument_can_be_made(attacked: Attacked) -> None:
    unmade = []
    for address in addresses():
        try:
            made(address, attacked)
        except (KeyError, NoReverseMatch) as error:
            unmade.append(str(error))

    assert unmade == []


@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_what_happens(attacked: Attacked, role: str) -> None:
    wrong = []
    for address, row, path in tried(attacked):
        with undone():
            answer = client_of(role).generic(row.method, path)
            found = _judged(row, role, answer)
            if answer.streaming:
                # Read to its end, which closes the file behind it.
                list(answer.streaming_content)
        if found:
            wrong.append(f"{row.method} {address.name}: {found} ({answer.status_code})")

    assert wrong == []


def _judged(row: Row, role: str, answer: Any) -> str:
    """What is wrong with an answer, "" if it is as the table says."""
    if answer.status_code >= 500:
        return "broke"
    if not _is_let_in(row, role):
        return "" if is_refused(answer) else "let in"
    if row.allow is PUBLIC:
        return ""
    if not answer.streaming and b"NOT_ALLOWED" in answer.content:
        return "kept out"
    if row.method != "GET" or row.subject or row.name in BARE:
        # What stands against it beyond the role belongs to the object, and is asked below.
        return ""
    is_in = answer.status_code in ALLOWED_OUTCOMES and not is_refused(answer)
    return "" if is_in else "kept out"


def _is_let_in(row: Row, role: str) -> bool:
    if role == "anonymous":
        return row.admits(anonymous(AT))
    user = User.objects.get(username=WHO[role])
    return row.allow is PUBLIC or (user.is_active and row.admits(actor_of(user, AT)))


def test_a_verb_without_a_row_does_nothing(attacked: Attacked) -> None:
    wrong = []
    for name, path in {address.name: path for address, _, path in tried(attacked)}.items():
        for verb in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} - set(table()[name])):
            with undone():
                answer = client_of("finance").generic(verb, path)
            if answer.status_code not in (403, 404, 405):
                wrong.append(f"{verb} {name}: {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("role", NARROWED)
def test_a_role_of_one_unit_opens_nothing_of_the_whole_company(
    attacked: Attacked, role: Role
) -> None:
    client, wrong, tried_rows = client_of(f"{role} of one unit"), [], 0
    for address, row, path in tried(attacked):
        if not row.whole or role not in row.allow:
            continue
        tried_rows += 1
        with undone():
            answer = client.generic(row.method, path)
        if not is_refused(answer):
            wrong.append(f"{row.method} {address.name}: {answer.status_code}")

    assert tried_rows
    assert wrong == []


def _about(word: str) -> list[tuple[Address, Row]]:
    return [
        (address, row)
        for address, row in rows()
        if row.method == "GET" and row.subject == word and word in address.arguments
    ]


# Who reads what is about 沈佳宁 herself, her peer, 何敏 of the other team, 陆远 who moved over.
READERS = {
    "rep": {"rep"},
    "peer": {"peer"},
    "outsider": {"outsider"},
    "manager": {"rep", "peer", "manager"},
    "other_manager": {"outsider", "moved", "other_manager"},
    "director": {"rep", "peer", "outsider", "moved", "manager", "other_manager", "director"},
}


@pytest.mark.parametrize("reader", READERS)
def test_a_person_is_shown_to_whom_they_concern_and_to_nobody_else(
    attacked: Attacked, reader: str
) -> None:
    wrong = []
    actor = actor_of(attacked.user(reader), AT)
    pages = [
        (address, word)
        for word in ("key", "person")
        for address, row in _about(word)
        if row.admits(actor) and "unit" not in address.name
    ]
    for subject in ("rep", "peer", "outsider", "manager", "hr"):
        for address, word in pages:
            page = made(address, attacked, **{word: attacked.key(subject)})
            answer = client_of(reader).get(page)
            if is_refused(answer) == (subject in READERS[reader]):
                wrong.append(f"{address.name} of {subject}: {answer.status_code}")

    assert len(pages) > 1
    assert wrong == []
