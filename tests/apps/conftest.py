"""What every test of the web product shares."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.middleware import csrf

from attain.config.guards import GUARDS

# `company.py` and other helpers of these tests are imported by their plain names.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def at() -> datetime:
    """The moment most tests happen at: a Monday morning in Shanghai."""
    return datetime(2026, 10, 12, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def _tokens_read_like_no_code() -> Iterator[None]:
    """A page's random token is of small letters: a page without A2 has none by chance either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.ascii_lowercase)
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """Tests with real transactions empty all tables after them, which the trail refuses.

    For the whole session: the tables are emptied when the fixtures of a test are gone already.
    """
    empty = BaseDatabaseOperations.execute_sql_flush

    def flush(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
        for guard in GUARDS:
            guard.remove(connection)
        empty(operations, sql_list)
        for guard in GUARDS:
            guard.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
        yield
