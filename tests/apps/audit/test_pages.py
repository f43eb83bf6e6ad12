"""Auditors read the whole trail, administrators that things happened, nobody else anything."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import create_user, grant_role
from attain.apps.audit.models import AuditEntry
from attain.apps.audit.services import record

pytestmark = pytest.mark.django_db


def reader(at: datetime, *roles: Role) -> Client:
    user = create_user(username="someone", name="某人", actor=SYSTEM(at), at=at)
    for role in roles:
        grant_role(
            user=user, role=role, actor=SYSTEM(at), at=at, effective_from=at.date().replace(month=1)
        )
    client = Client()
    client.force_login(user)
    return client


def entry(at: datetime) -> AuditEntry:
    return record(
        actor=SYSTEM(at),
        action="plans.approve",
        object=("plan", 7, "回款提成"),
        at=at,
        before={"rate": "0.10"},
        after={"rate": "0.12 <i>"},
    )


def test_an_auditor_reads_what_changed(at: datetime) -> None:
    client, found = reader(at, Role.auditor), entry(at)

    page = client.get(f"/audit/{found.pk}").content.decode()

    assert "回款提成" in page
    assert "0.12 &lt;i&gt;" in page


def test_an_administrator_reads_that_it_happened_but_not_what(at: datetime) -> None:
    client, found = reader(at, Role.system_admin), entry(at)

    page = client.get(f"/audit/{found.pk}").content.decode()

    assert "回款提成" in page
    assert "0.12" not in page


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.auditor, Role.system_admin)])
@pytest.mark.parametrize("address", ["/audit/", "/audit/{}", "/audit/?export=csv"])
def test_nobody_else_reads_it(at: datetime, role: Role, address: str) -> None:
    client, found = reader(at, role), entry(at)

    answer = client.get(address.format(found.pk))

    assert answer.status_code == 403
    assert "回款提成" not in answer.content.decode()


def test_a_stranger_is_sent_to_log_in(at: datetime) -> None:
    answer = Client().get("/audit/?q=x")

    assert answer.status_code == 302
    assert answer["Location"] == "/login?next=/audit/%3Fq%3Dx"


def test_the_list_is_found_by_what_and_whom(at: datetime) -> None:
    client = reader(at, Role.auditor)
    entry(at)

    found = client.get("/audit/", {"q": "回款"}).content.decode()
    not_found = client.get("/audit/", {"q": "没有这个"}).content.decode()

    assert "回款提成" in found
    assert "回款提成" not in not_found


def test_the_trail_is_exported_without_formulas(at: datetime) -> None:
    client = reader(at, Role.auditor)
    record(actor=SYSTEM(at), action="a.b", object=("x", 1, '=HYPERLINK("x")'), at=at)

    answer = client.get("/audit/?export=csv")

    text = b"".join(answer).decode("utf-8-sig")
    assert "HYPERLINK" in text
    assert ",=HYPERLINK" not in text
    assert ',"=HYPERLINK' not in text


def test_the_list_says_in_words_what_was_done_and_filters_by_it(at: datetime) -> None:
    client = reader(at, Role.auditor)
    record(actor=SYSTEM(at), action="plan_version.approve", object=("plan_version", 7, "提成 v1"),
           at=at, before={"state": "submitted"}, after={"state": "approved"})  # fmt: skip
    entry(at)

    page = client.get("/audit/?action.eq=plan_version.approve").content.decode()

    assert "方案版本：批准" in page
    assert "提成 v1" in page
    assert "回款提成" not in page
    found = AuditEntry.objects.get(action="plan_version.approve")
    one = client.get(f"/audit/{found.pk}").content.decode()
    assert "审批中" in one
    assert "submitted" not in one


def test_what_happened_to_one_thing_is_one_press_away(at: datetime) -> None:
    client = reader(at, Role.auditor)
    entry(at)
    record(actor=SYSTEM(at), action="plans.save", object=("plan", 8, "另一个"), at=at)

    page = client.get("/audit/?object_type.eq=plan&object_id.eq=7").content.decode()

    assert "方案 · 回款提成" in page
    assert "另一个" not in page


def test_every_action_that_is_written_down_has_words() -> None:
    """Codes are read from the source: a new one without words is told by its name."""
    import re
    from pathlib import Path

    from attain.apps.audit import words

    apps = Path(words.__file__).parents[1]
    codes = {
        code
        for path in apps.rglob("*.py")
        for code in re.findall(
            r"""(?:action=|_record\(\s*(?:actor, )?)"([a-z_]+\.[a-z_]+)\"""",
            path.read_text("utf-8"),
        )
    }
    assert len(codes) > 20
    assert [code for code in sorted(codes) if words.of(code, "en") == code] == []


def test_only_readers_of_the_trail_see_the_way_to_it(at: datetime) -> None:
    from django.template import Context, Template

    class Who:
        def __init__(self, *roles: str) -> None:
            self.roles = roles

        def has(self, *roles: str) -> bool:
            return bool(set(roles) & set(self.roles))

    class Asked:
        def __init__(self, *roles: str) -> None:
            self.actor = Who(*roles)

    shown = Template('{% load trail %}{% trail "run" 7 %}')

    assert "object_id.eq=7" in shown.render(Context({"request": Asked("auditor")}))
    assert "href" not in shown.render(Context({"request": Asked("finance")}))
