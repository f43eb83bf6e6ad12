"""The words of declarations are those of the product."""

from __future__ import annotations

from attain.apps.accounts.roles import Role
from attain.kinds.records.who import ROLES


def test_a_declaration_may_name_every_role_and_no_other() -> None:
    assert set(ROLES) == {role.value for role in Role}
