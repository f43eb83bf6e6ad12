"""Credits, grades and counters as an author uses them."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import run_examples
from attain.engine.forms.contexts import context_of, expand
from attain.engine.plans.api import load_plan, resolve

HEAD = """
plan: others
label: {zh-Hans: 其他, en: Others}
period: month
subjects: {seller: people}
sources:
  deals:
    key: [deal]
    date: on_day
    columns: {deal: deals, on_day: date, seller: people, amount: money}
  parts:
    key: [deal, person]
    columns: {deal: deals, person: people, share: {type: ratio, required: true}}
  cases:
    key: [case]
    date: on_day
    columns: {case: code, on_day: date, seller: people, kind: {type: text, required: true}}
"""


def hold(text: str) -> None:
    plan = load_plan(HEAD + text)
    results = run_examples(plan, resolve(expand(plan)))
    assert [str(one) for one in results if one.failures or one.problems] == []
    assert all(one.checked for one in results)


def codes(text: str) -> list[str]:
    with pytest.raises(AttainError) as refused:
        expand(load_plan(HEAD + text))
    return [one.code for one in refused.value.problems]


def test_the_context_knows_keys_and_dates_of_sources_and_credits() -> None:
    plan = load_plan(
        HEAD
        + "credits: {credited: {from: deals, amount: amount,"
        + " rules: [{rule: direct, participant: seller}]}}"
    )

    context = context_of(plan, {})

    assert context.source_keys["deals"] == "deal"
    assert context.source_keys["people"] == "person"
    assert "parts" not in context.source_keys
    assert context.row_keys["parts"] == ("deal", "person")
    assert context.row_keys["credited"] == ("part", "fact")
    assert context.source_dates["credited"] == "credited_on"


def test_a_plan_without_forms_is_left_alone() -> None:
    plan = load_plan(HEAD)

    assert expand(plan) is plan


def test_unless_names_a_split() -> None:
    rules = "[{rule: direct, participant: seller, unless: nobody}]"

    assert codes(f"credits: {{credited: {{from: deals, amount: amount, rules: {rules}}}}}") == [
        "CREDIT_UNLESS"
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("from: parts, fact: deal, participant: person, along: reporting", "CREDIT_ORIGINS"),
        ("from: parts, participant: person", "CREDIT_SPLIT_FACT"),
    ],
)
def test_a_rule_says_in_one_way_whom_it_credits(rule: str, code: str) -> None:
    text = f"{{from: deals, amount: amount, rules: [{{rule: one, {rule}}}]}}"

    with pytest.raises(AttainError) as caught:
        load_plan(f"{HEAD}\ncredits: {{credited: {text}}}")

    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("dael", "there is no such dataset or source"),
        ("parts", "its key has several columns"),
        ("first", "its key has several columns"),
    ],
)
def test_credits_say_why_they_cannot_be_made_of_these_facts(source: str, fault: str) -> None:
    rules = "rules: [{rule: direct, participant: seller}]"
    first = f"first: {{from: deals, amount: amount, {rules}}}"
    second = f"second: {{from: {source}, amount: amount, {rules}}}"

    with pytest.raises(AttainError) as caught:
        expand(load_plan(f"{HEAD}\ncredits: {{{first}, {second}}}"))

    (told,) = caught.value.problems
    assert told.code == "CREDIT_SOURCE_KEY"
    assert fault in str(caught.value)
    # what the plan reads, and not every dataset there is
    known = told.values["known"]
    assert isinstance(known, list)
    assert "deals" in known
    assert "calendars" not in known


def test_a_counter_says_where_its_events_come_from() -> None:
    with pytest.raises(AttainError) as caught:
        load_plan(f"{HEAD}\ncounters: {{stars: {{events: [{{from: deals, every: 3}}]}}}}")

    assert [one.code for one in caught.value.problems] == ["COUNTER_ORIGIN"]


def test_a_split_belongs_to_the_facts_themselves() -> None:
    rules = "[{rule: split, from: parts, fact: person, participant: person, share: share}]"

    assert codes(f"credits: {{credited: {{from: deals, amount: amount, rules: {rules}}}}}") == [
        "CREDIT_FACT"
    ]


def test_two_credits_of_one_person_are_two_lines() -> None:
    """9.99 at 60 to 40 is 5.99 and 4.00; 10 % of each is 0.60 and 0.40; li's own deal 10.00."""
    hold(
        """
credits:
  credited:
    from: deals
    amount: amount
    rules:
      - {rule: split, from: parts, fact: deal, participant: person, share: share}
      - {rule: direct, participant: seller, unless: split}
incentives:
  bonus:
    each: credited
    participant: participant
    steps: [{base: "amount * 10%"}]
examples:
  - name: a split and a deal of one's own
    period: 2026-01
    given:
      deals:
        - {deal: 1, on_day: 2026-01-10, seller: li, amount: 9.99}
        - {deal: 2, on_day: 2026-01-11, seller: li, amount: 100.00}
      parts: [{deal: 1, person: li, share: 60%}, {deal: 1, person: wu, share: 40%}]
    expect:
      bonus: [{seller: li, is: 10.60}, {seller: wu, is: 0.40}]
      lines: [{participant: li, amount_minor: 60}, {participant: li, amount_minor: 1000}]
"""
    )


def test_grades_that_no_band_gives_are_refused() -> None:
    grade = "{of: x, bands: [{from: 90, is: A}, {otherwise: B}], quotas: {S: 10%}}"

    assert codes(f"grades: {{grade: {grade}}}") == ["GRADE_UNKNOWN"]


def test_every_second_case_is_another_counters_event() -> None:
    """Three complaints make one warning, on the day of the second; the fourth makes the next."""
    hold(
        """
counters:
  complaints: {events: [{from: cases, where: "kind = '投诉'"}]}
  warnings: {events: [{every: 2, of: complaints}]}
examples:
  - name: two and two
    period: 2026-02
    given:
      cases:
        - {case: 1, on_day: 2026-01-05, seller: li, kind: 投诉}
        - {case: 2, on_day: 2026-01-20, seller: li, kind: 投诉}
        - {case: 3, on_day: 2026-02-01, seller: li, kind: 投诉}
        - {case: 4, on_day: 2026-02-02, seller: li, kind: 表扬}
        - {case: 5, on_day: 2026-02-28, seller: li, kind: 投诉}
    expect:
      complaints: {seller: li, is: 2}
      complaints_to_date: {seller: li, is: 4}
      warnings: {seller: li, is: 1}
      warnings_to_date: {seller: li, is: 2}
"""
    )


def test_counters_convert_what_is_there() -> None:
    assert codes("counters: {warnings: {events: [{every: 2, of: nothing}]}}") == ["COUNTER_UNKNOWN"]


def test_decisions_name_a_column() -> None:
    assert codes("interventions: {nothing: [set]}") == ["DECISION_UNKNOWN"]


def test_apportioned_places_are_told_in_steps_with_names() -> None:
    plan = load_plan(
        HEAD
        + """
columns:
  points: {sum: amount, from: deals}
grades:
  grade:
    of: points
    bands: [{is: A}, {is: B}, {is: C}, {otherwise: D}]
    quotas: {A: 10%, B: 30%, C: 50%, D: 10%}
    head_count: apportion
"""
    )

    columns = expand(plan).columns

    # Largest fractions; of equal ones the better grade goes first.
    assert columns["grade_places_B"].is_ == "grade_seats_B + if(grade_ahead_B < grade_left, 1, 0)"
    assert columns["grade_ahead_B"].is_ == (
        "if(grade_rest_A >= grade_rest_B, 1, 0) + if(grade_rest_C > grade_rest_B, 1, 0)"
        " + if(grade_rest_D > grade_rest_B, 1, 0)"
    )
    unlabelled = [name for name, one in columns.items() if one.form and one.label is None]
    assert unlabelled == ["grade"]


def test_a_fault_of_the_bands_of_a_grade_stands_where_they_do() -> None:
    text = HEAD + (
        "tables: {rates: {keys: {A: 1%}}}\n"
        "measures: {sold: {sum: amount, from: deals}}\n"
        "grades:\n"
        "  grade:\n"
        "    of: sold\n"
        "    bands: [{from: 60, is: A}, {from: 60, is: B}, {otherwise: C}]\n"
    )
    with pytest.raises(AttainError) as refused:
        resolve(expand(load_plan(text)))

    [found] = refused.value.problems
    assert (found.code, found.values["name"]) == ("TIER_EDGE_EQUAL", "grade")
    assert found.where is not None
    assert text.splitlines()[found.where.line - 1].strip().startswith("bands:")
