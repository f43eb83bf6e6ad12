"""The editor: what is typed is checked, never lost, and cannot exhaust the machine."""

from __future__ import annotations

import time
from datetime import date

import pytest
from company import AT, Company, login
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from plan_texts import BROKEN, FAILING, FIVE, SIMPLE, in_force

from attain.apps.data import selectors as data
from attain.apps.data.services import declare
from attain.apps.plans import checking, examinations, services
from attain.apps.plans.models import Membership, Plan, PlanVersion
from attain.apps.plans.surroundings import surroundings

pytestmark = pytest.mark.django_db


def draft(company: Company, text: str = SIMPLE) -> PlanVersion:
    return services.create_plan(text=text, actor=company.actor("planner"), at=AT)


def address(name: str, number: int = 1) -> str:
    return reverse(f"plans:{name}", args=["simple", number])


def test_a_mistake_is_told_at_its_line(client: Client, company: Company) -> None:
    draft(company)
    login(client, "planner")

    found = client.post(address("check"), {"text": BROKEN}).json()["problems"]

    assert [one["severity"] for one in found] == ["error"]
    assert found[0]["line"] == BROKEN.splitlines().index('    steps: [{base: "sales * rat"}]') + 1
    assert "rat" in found[0]["message"]


def test_the_same_mistake_is_told_in_english(client: Client, company: Company) -> None:
    draft(company)
    login(client, "planner")

    answer = client.post(address("check"), {"text": BROKEN}, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.json()["problems"][0]["remedy"] == "Is “rate” meant?"


@pytest.mark.parametrize(
    "text",
    [
        SIMPLE.replace("sales * rate", "(" * 20_000 + "sales" + ")" * 20_000),
        SIMPLE.replace("sales * rate", "sales * 9 ^ 999999999"),
        SIMPLE.replace("sales * rate", "sales + " * 20_000 + "sales"),
        "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(50)),
        "plan: simple\nlabel: " + "[" * 5_000 + "]" * 5_000,
        "x" * (checking.TEXT_LIMIT + 1),
        SIMPLE
        + "columns:\n"
        + "".join(f"  c{n}: {{is: 'sales * rate', label: c}}\n" for n in range(400)),
    ],
)
def test_an_exploding_plan_is_refused_by_limits(
    client: Client, company: Company, text: str
) -> None:
    draft(company)
    login(client, "planner")

    answer = client.post(address("check"), {"text": text})

    assert answer.status_code == 200
    assert any(one["severity"] == "error" for one in answer.json()["problems"])


def test_work_that_takes_too_long_is_stopped(company: Company) -> None:
    from attain.core.errors import AttainError

    with pytest.raises(AttainError, match="EXAMPLES_TOO_SLOW"):
        examinations.in_child(time.sleep, 60, seconds=1, too_slow="EXAMPLES_TOO_SLOW")


def test_what_was_typed_survives_that_somebody_else_saved(client: Client, company: Company) -> None:
    version = draft(company)
    seen = version.text_hash
    services.save_text(
        version=version, text=FIVE, expected=seen, actor=company.actor("planner2"), at=AT
    )
    login(client, "planner")
    mine = SIMPLE.replace("is: 3%", "is: 7%")

    answer = client.post(address("text"), {"text": mine, "expected": seen})

    assert answer.status_code == 409
    assert answer.context["text"] == mine
    assert answer.context["theirs"] == FIVE
    assert PlanVersion.objects.get().text == FIVE


def test_saving_runs_the_examples(client: Client, company: Company) -> None:
    version = draft(company)
    login(client, "planner")

    client.post(address("text"), {"text": FAILING, "expected": version.text_hash})

    found = examinations.findings(FAILING, surroundings())
    assert found is not None
    assert (found.passed, found.failed) == (0, 1)
    page = client.get(address("examples")).content.decode()
    assert "31.00" in page
    assert "30" in page


def test_a_file_in_another_encoding_is_refused_in_words(client: Client, company: Company) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    login(client, "planner")
    file = SimpleUploadedFile("plan.yaml", SIMPLE.encode("gbk"))

    answer = client.post(reverse("plans:new"), {"file": file})

    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()
    assert not Plan.objects.exists()


def test_another_dataset_leaves_what_was_found_alone(company: Company) -> None:
    version = draft(company)
    examinations.run(version.text, surroundings(), AT)

    declare("dataset: visits\nkey: [no]\ncolumns: {no: {type: code}}\n",
            actor=company.actor("planner"), at=AT)  # fmt: skip
    assert examinations.findings(version.text, surroundings()) is not None

    declare("dataset: sales_lines\nkey: [no]\ncolumns: {no: {type: code}}\n",
            actor=company.actor("planner"), at=AT)  # fmt: skip
    assert examinations.findings(version.text, surroundings()) is None


def test_a_number_of_an_example_says_why(client: Client, company: Company) -> None:
    draft(company)
    login(client, "auditor")
    place = {"example": 0, "run": 0, "column": "commission", "row": 0}

    panel = client.get(address("example-why"), place, HTTP_HX_REQUEST="true")

    assert panel.status_code == 200
    assert "1,000.00 × 3%" in panel.content.decode()
    # Sales are given by the example: nothing more can be told of them.
    assert panel.content.decode().count("at-step-title") == 3
    assert client.get(address("example-why"), {**place, "row": 7}).status_code == 404
    assert client.get(address("example-why"), {"example": "x"}).status_code == 404


def test_approval_by_pages(client: Client, company: Company) -> None:
    version = draft(company)
    steps = [
        ("planner", "submit", {"effective_from": "2026-11-01"}),
        ("hr", "approve", {"reviewed": version.text_hash}),
        ("finance", "put_in_force", {"effective_from": "2026-11-01"}),
    ]
    for name, action, values in steps:
        login(client, name)
        if action == "submit":
            # A text that was never examined is examined at a press, not at a look.
            assert 'id="do-submit"' not in client.get(address("approval")).content.decode()
            assert client.post(address("approval")).status_code == 302
        page = client.get(address("approval")).content.decode()
        assert f'id="do-{action}"' in page, (name, action)
        version.refresh_from_db()
        answer = client.post(
            reverse("plans:act", args=["simple", 1, action]),
            {"version": version.version, **values},
        )
        assert answer.status_code == 302, (name, action, answer.context)

    version.refresh_from_db()
    assert version.state == "in_force"
    assert version.effective_from == date(2026, 11, 1)


def test_a_refused_step_says_why_on_the_page(client: Client, company: Company) -> None:
    version = draft(company, BROKEN)
    login(client, "planner")

    page = client.get(address("approval"))
    assert 'id="do-submit"' not in page.content.decode()
    assert page.context["possible"][0]["reason"]
    answer = client.post(
        reverse("plans:act", args=["simple", 1, "submit"]), {"version": version.version}
    )

    assert answer.status_code == 409
    assert answer.context["refused"]


def test_a_stale_page_changes_nothing(client: Client, company: Company) -> None:
    draft(company)
    login(client, "planner")

    answer = client.post(reverse("plans:act", args=["simple", 1, "submit"]), {"version": 99})

    assert answer.status_code == 409
    assert [one.code for one in answer.context["refused"]] == ["STATE_STALE"]


def test_participants_are_added_by_code_and_by_unit(client: Client, company: Company) -> None:
    in_force(company)
    login(client, "planner")
    add = reverse("plans:member-change", args=["simple", "add"])

    client.post(add, {"codes": "E-1001\nE-1003", "from": "2026-01-01", "share": "50%"})
    client.post(
        add, {"unit": company.units["U-SH1"].key, "from": "2026-06-01", "until": "2026-06-02"}
    )

    shares = dict(Membership.objects.values_list("subject", "share"))
    assert shares[company.key("rep")] == "0.5"
    # 沈佳宁 is on it already: nobody of the unit was added.
    assert company.key("peer") not in shares
    client.post(add, {"codes": "E-1002", "from": "2026-06-01"})
    assert Membership.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"codes": "nobody", "from": "2026-01-01"}, "MEMBER_UNKNOWN"),
        ({"codes": "E-1001", "from": ""}, "DATE_MISSING"),
        ({"codes": "E-1001", "from": "2026-13-01"}, "DATE_FORMAT"),
        ({"codes": "E-1001", "from": "2026-02-01", "until": "2026-01-01"}, "MEMBER_DATES"),
        ({"codes": "E-1001", "from": "2026-01-01", "share": "150%"}, "MEMBER_SHARE"),
    ],
)
def test_what_is_wrong_with_a_participant_is_said(
    client: Client, company: Company, values: dict[str, str], code: str
) -> None:
    draft(company)
    login(client, "planner")

    answer = client.post(reverse("plans:member-change", args=["simple", "add"]), values)

    assert answer.status_code == 422
    assert [one.code for one in answer.context["refused"]] == [code]
    assert not Membership.objects.exists()


def test_a_share_changes_from_a_day_on(client: Client, company: Company) -> None:
    draft(company)
    login(client, "planner")
    client.post(
        reverse("plans:member-change", args=["simple", "add"]),
        {"codes": "E-1001", "from": "2026-01-01"},
    )
    member = Membership.objects.get()

    client.post(
        reverse("plans:member-change", args=["simple", "share"]),
        {"member": member.pk, "share": "40%", "from": "2026-07-01"},
    )

    rows = Membership.objects.values_list("share", "effective_from", "effective_until")
    assert list(rows) == [
        ("1", date(2026, 1, 1), date(2026, 7, 1)),
        ("0.4", date(2026, 7, 1), None),
    ]


def test_two_versions_are_compared_in_words(client: Client, company: Company) -> None:
    version = in_force(company)
    services.create_draft(plan=version.plan, text=FIVE, actor=company.actor("planner"), at=AT)
    login(client, "auditor")

    changes = client.get(reverse("plans:versions", args=["simple"])).context["changes"]

    assert [(one.label, one.before, one.after) for one in changes] == [("提成比例", "3%", "5%")]


def test_programs_take_the_same_steps(client: Client, company: Company) -> None:
    url = "/api/v1/plans/"

    def send(path: str, body: dict[str, object], key: str) -> HttpResponse:
        return client.post(
            f"{url}{path}", body, content_type="application/json", headers={"Idempotency-Key": key}
        )

    login(client, "planner")
    made = send("", {"text": SIMPLE}, "make-it").json()
    assert (made["number"], made["state"]) == (1, "draft")
    assert send("", {"text": SIMPLE}, "make-it").json() == made
    tried = send("simple/versions/1/examples", {}, "try-it").json()
    assert (tried["passed"], tried["failed"], tried["errors"]) == (1, 0, 0)
    seen = {"version": made["version"]}

    taken = send("simple/versions/1/submit", seen, "submit-it").json()
    assert taken["state"] == "submitted"
    assert send("simple/versions/1/submit", seen, "submit-again").status_code == 409
    own = {"version": taken["version"], "reviewed": made["text_hash"]}
    assert send("simple/versions/1/approve", own, "approve-own").status_code == 403

    login(client, "rep")
    assert client.get(f"{url}simple/versions/1").status_code == 403
    assert client.get(url).json() == []


def test_a_draft_may_change_the_dataset_it_declares(company: Company) -> None:
    version = in_force(company)
    wider = FIVE.replace("line_no: code,", "line_no: code, kind: text,").replace(
        "sum: amount, from", "sum: amount, where: \"kind = 'signed'\", from"
    )
    services.create_draft(plan=version.plan, text=wider, actor=company.actor("planner"), at=AT)

    found = examinations.run(wider, surroundings(), AT)

    assert (found.errors, found.failed) == (0, 0)
    assert "sales_lines" in data.schemas()
