"""Examples: they pass where they are right, and say what differs where they are wrong."""

from __future__ import annotations

import pytest
from record_texts import CAMPAIGN, EVALUATION, book

from attain.kinds.records.examples import Outcome, run_all

GOOD = """
examples:
  - name: on the last day
    given:
      purpose: x
      starts_on: 2026-10-15
      budget: 100.00
      costs: [{item: a, quantity: 2, price: 1.10}]
    as: [owner]
    on: 2026-09-15
    take: submit
    expect: {state: submitted, reserves: {budget: 2.20}, values: {cost_total: 2.20}}
  - name: a day late
    given: {purpose: x, starts_on: 2026-10-15, budget: 100.00}
    values: {costs: [{item: a, quantity: 1, price: 1.00}]}
    as: [owner]
    on: 2026-09-16
    take: submit
    refused: ACTION_TOO_LATE
  - name: the second voice carries it
    given: {budget: 100.00, ends_on: 2026-10-20, costs: [{item: a, quantity: 1, price: 5.00}]}
    in: consulted
    signed: {finance: agree}
    as: [unit_head:U-LAW]
    take: agree
    expect: {state: done, spends: {budget: 5.00}, creates: [evaluation], due: {}}
  - name: the contact is due
    in: draft
    last: {contact: 2026-10-06}
    on: 2026-10-14
    expect: {due: {contact: 2026-10-13}, overdue: [contact], reminders: []}
  - name: reminded a week before
    given: {starts_on: 2026-10-15}
    entered: 2026-10-08
    on: 2026-10-08
    expect: {reminders: [start], shown: {motive: false}}
  - name: what is wrong
    given: {purpose: x, starts_on: null, budget: 0.00, costs: [{item: a}]}
    expect: {problems: [VALUE_REQUIRED, VALUE_TOO_SMALL]}
  - name: refused without an action
    given: {purpose: x, starts_on: 2026-10-15, budget: 1.00}
    refused: ROWS_TOO_FEW
"""


def outcomes(text: str = GOOD) -> dict[str, Outcome]:
    kind = book(CAMPAIGN + text, EVALUATION).kind("campaign")
    return {one.name: one for one in run_all(kind)}


def test_right_examples_pass() -> None:
    found = outcomes()

    assert len(found) == 7
    assert [name for name, one in found.items() if not one.passed] == []


@pytest.mark.parametrize(
    ("old", "new", "name", "what", "expected", "got"),
    [
        ("{state: submitted", "{state: draft", "on the last day", "state", "draft", "submitted"),
        ("budget: 2.20}, values", "budget: 2.21}, values", "on the last day", "reserves",
         "budget: 2.21", "budget: 2.20"),
        ("{cost_total: 2.20}", "{cost_total: 2.2}", "on the last day", "", "", ""),
        ("{cost_total: 2.20}", "{cost_total: 2.30}", "on the last day", "values.cost_total",
         "2.30", "2.20"),
        ("on: 2026-09-16", "on: 2026-09-15", "a day late", "refused", "ACTION_TOO_LATE",
         "submitted"),
        ("refused: ACTION_TOO_LATE", "refused: SELF_APPROVAL", "a day late", "refused",
         "SELF_APPROVAL", "ACTION_TOO_LATE"),
        ("creates: [evaluation]", "creates: []", "the second voice carries it", "creates", "-",
         "evaluation"),
        ("signed: {finance: agree}", "signed: {}", "the second voice carries it", "state", "done",
         "consulted"),
        ("due: {contact: 2026-10-13}", "due: {contact: 2026-10-12}", "the contact is due", "due",
         "contact: 2026-10-12", "contact: 2026-10-13"),
        ("overdue: [contact]", "overdue: []", "the contact is due", "overdue", "-", "contact"),
        ("reminders: [start]", "reminders: []", "reminded a week before", "reminders", "-",
         "start"),
        ("{motive: false}", "{motive: true}", "reminded a week before", "shown.motive", "True",
         "False"),
        ("problems: [VALUE_REQUIRED, ", "problems: [", "what is wrong", "problems",
         "VALUE_TOO_SMALL", "VALUE_REQUIRED, VALUE_TOO_SMALL"),
    ],
)  # fmt: skip
def test_a_wrong_example_says_what_differs(
    old: str, new: str, name: str, what: str, expected: str, got: str
) -> None:
    assert old in GOOD
    found = outcomes(GOOD.replace(old, new, 1))[name]

    first = found.failures[0] if found.failures else None
    shown = (first.what, first.expected, first.got) if first else ("", "", "")
    assert shown == (what, expected, got)


def test_an_unexpected_refusal_is_told() -> None:
    found = outcomes(GOOD.replace("as: [owner]", "as: [subject]", 1))["on the last day"]

    assert [one.code for one in found.problems] == ["ACTION_NOT_YOURS"]


def test_a_value_that_cannot_be_read_is_told() -> None:
    found = outcomes(GOOD.replace("budget: 100.00", "budget: much", 1))["on the last day"]

    assert [one.code for one in found.problems] == ["NUMBER_FORMAT"]
    assert not found.passed


def test_a_record_referred_to_is_given_by_its_dotted_name() -> None:
    more = """
examples:
  - name: dotted
    given: {campaign.budget: 1000.01}
    expect: {values: {campaign_is_big: true, score: 2}}
  - name: related
    related: {campaign: {budget: 1000}}
    expect: {values: {campaign_is_big: false, score: 1}}
"""
    kind = book(CAMPAIGN, EVALUATION + more).kind("evaluation")

    # 1,000.01 is above 1,000, and 1,000 is not.
    assert [(one.name, one.passed) for one in run_all(kind)] == [
        ("dotted", True),
        ("related", True),
    ]
