"""Kinds of jobs for these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from attain.apps.accounts.models import RoleGrant, User
from attain.apps.jobs import handlers


@pytest.fixture
def kind() -> Iterator[Callable[..., str]]:
    """Registers a kind for one test: `kind(fn)` gives its name."""
    made: list[str] = []

    def make(run: Callable[..., Any], tries: int = 3) -> str:
        name = f"test.kind{len(made)}"
        handlers.handler(name, tries=tries)(run)
        made.append(name)
        return name

    yield make
    for name in made:
        handlers._KINDS.pop(name)


@pytest.fixture
def people(at: Any) -> Callable[..., User]:
    """Makes an account with roles."""

    def make(username: str, *roles: str) -> User:
        user = User.objects.create(username=username, name=username.title())
        for role in roles:
            RoleGrant.objects.create(
                user=user, role=role, scope="all", effective_from="2024-01-01", granted_at=at
            )
        return user

    return make
