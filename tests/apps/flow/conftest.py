"""A kind of object for these tests, with a table of its own, and people who act on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent))

# A model is declared once: the search for examples in docstrings must not import it again.
collect_ignore = ["applications.py"]

from applications import CYCLE, Application, register_application  # noqa: E402

from attain.apps.accounts.models import RoleGrant, User  # noqa: E402
from attain.apps.flow import registry  # noqa: E402


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The table of the test's own model, beside those of the product."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Application)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Application)


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    register_application()
    yield
    registry._FLOWS.pop(CYCLE.kind)


@pytest.fixture
def people(at: Any) -> Callable[..., User]:
    """Makes an account: `people("li", "finance", person="people-li")`."""

    def make(username: str, *roles: str, person: str = "") -> User:
        user = User.objects.create(username=username, name=username.title(), person=person)
        for role in roles:
            RoleGrant.objects.create(
                user=user, role=role, scope="all", effective_from="2024-01-01", granted_at=at
            )
        return user

    return make


@pytest.fixture
def actor(at: Any) -> Callable[[User], Any]:
    """Somebody as an actor, with the rights of this moment."""
    from attain.apps.accounts.actors import actor_of

    return lambda user: actor_of(User.objects.get(pk=user.pk), at)
