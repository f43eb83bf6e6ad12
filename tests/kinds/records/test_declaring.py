"""What can be wrong with a declaration: each mistake told with its code and its line."""

from __future__ import annotations

import pytest
from record_texts import CAMPAIGN, EVALUATION

from attain.core.errors import AttainError, render
from attain.kinds.records import assemble, dump_record_type, examine, load_record_type


def mistakes(text: str, *others: str) -> list[tuple[str, int | None]]:
    """The codes and lines of what is wrong."""
    try:
        assemble([load_record_type(text, "a.yaml"), *map(load_record_type, others)])
    except AttainError as error:
        for one in error.problems:
            for language in ("zh-Hans", "en"):
                assert render(one, language).message
        return [(one.code, one.where.line if one.where else None) for one in error.problems]
    return []


@pytest.mark.parametrize("text", [CAMPAIGN, EVALUATION])
def test_what_is_written_is_read_as_the_same(text: str) -> None:
    declared = load_record_type(text)

    again = load_record_type(dump_record_type(declared))
    assert again == declared
    assert dump_record_type(again) == dump_record_type(declared)


def test_types_that_say_something_else_are_not_equal() -> None:
    assert load_record_type(EVALUATION) != load_record_type(EVALUATION.replace("2, 1", "3, 1"))


VISIT = """record: visit
fields:
  note: {type: text}
  on: {type: date}
  amount: {type: money, currency: CNY}
  who: {type: person}
  secret: {type: text, confidential: {purpose: care, read: [owner]}}
  lines: {type: table, fields: {n: {type: count}}}
states: {planned: {}, asked: {}, done: {final: true}}
actions:
  ask: {from: planned, to: asked, by: [owner]}
  finish: {from: [asked], to: done, by: [owner]}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        # names
        ("record: visit", "record: Visit", "NAME_INVALID", 1),
        ("record: visit", "record: people", "RECORD_NAME_TAKEN", 1),
        ("record: visit", "record: due", "RECORD_NAME_TAKEN", 1),
        ("  note:", "  state:", "RECORD_NAME_RESERVED", 3),
        ("  note:", "  a-b:", "NAME_INVALID", 3),
        ("planned: {}", "a-b: {}", "NAME_INVALID", 9),
        # fields
        ("type: text}\n  on", "type: txt}\n  on", "FIELD_INVALID", 3),
        ("note: {type: text", "note: {type: text, requird: true", "FIELD_UNKNOWN", 3),
        ("money, currency: CNY", "money", "RECORD_OPTION_MISFIT", 5),
        ("currency: CNY", "currency: CNX", "CURRENCY_UNKNOWN", 5),
        ("type: date", "type: date, currency: CNY", "RECORD_OPTION_MISFIT", 4),
        ("type: date", "type: choice", "RECORD_OPTION_MISFIT", 4),
        ("type: date", "type: record", "RECORD_OPTION_MISFIT", 4),
        ("type: date", "type: record, of: account", "RECORD_WORD_UNKNOWN", 4),
        ("type: date", "type: date, search: true", "RECORD_OPTION_MISFIT", 4),
        ("type: date", "type: date, max: tomorrow", "RECORD_WORD_UNKNOWN", 4),
        ("type: text}\n  on", "type: text, max: long}\n  on", "RECORD_OPTION_MISFIT", 3),
        ("CNY}", "CNY, min: 0.001}", "TOO_MANY_DECIMALS", 5),
        ("type: person", "type: person, sensitive: true", "RECORD_SENSITIVE_OPEN", 6),
        ("n: {type: count}", "n: {type: files}", "RECORD_OPTION_MISFIT", 8),
        ("n: {type: count}", "n: {type: count, when: 'true'}", "RECORD_OPTION_MISFIT", 8),
        # expressions
        ("type: date", "type: date, default: today + x", "PLAN_UNKNOWN_NAME", 4),
        ("type: date", "type: date, default: '5'", "PLAN_TYPE", 4),
        ("type: date", "type: date, when: amount", "PLAN_TYPE", 4),
        ("type: date", "type: date, when: state = 'plan'", "RECORD_CHOICE_UNKNOWN", 4),
        ("type: date", "type: date, when: secret = 'x'", "RECORD_FIELD_SECRET", 4),
        ("type: date", "type: date, when: note = 'secret'", "", None),
        ("type: date", "type: date, is: today + 1", "RECORD_DRIFTS", 4),
        ("type: date", "type: date, is: on + 1", "RECORD_CIRCLE", 4),
        ("CNY}", "CNY, is: sum(line.n)}", "PLAN_UNKNOWN_NAME", 5),
        ("CNY}", "CNY, is: sum(lines.n)}", "PLAN_TYPE", 5),
        # states and actions
        ("to: asked", "to: done2", "RECORD_WORD_UNKNOWN", 11),
        ("[asked]", "[askd]", "RECORD_WORD_UNKNOWN", 12),
        ("[asked]", "[]", "FIELD_INVALID", 12),
        ("to: done, by: [owner]", "to: done, by: [ownr]", "RECORD_WHO_UNKNOWN", 12),
        ("to: done, by: [owner]", "to: done, by: [role:boss]", "RECORD_WHO_UNKNOWN", 12),
        ("to: done, by: [owner]", "to: done, by: [field:note]", "RECORD_WHO_UNKNOWN", 12),
        ("to: done, by: [owner]", "to: done, by: [field:who]", "", None),
        ("by: [owner]}", "by: [clock], never: [clock]}", "RECORD_WHO_UNKNOWN", 11),
        ("to: done, by: [owner]", "to: done, by: []", "FIELD_INVALID", 12),
        ("to: done, by", "to: done, needs: [nte], by", "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, needs: [secret], by", "RECORD_FIELD_SECRET", 12),
        ("to: done, by", "to: done, until: ons + 1 day, by", "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, until: note + 1 day, by", "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, until: on + 1, by", "RECORD_DAY_FORMAT", 12),
        ("to: done, by", "to: done, verdict: agree, by", "RECORD_VERDICT_IDLE", 12),
        (
            "asked: {}",
            "asked: {consult: {parties: {a: {who: [head]}}}}",
            "RECORD_VERDICT_MISSING",
            9,
        ),
        (
            "asked: {}",
            "asked: {consult: {rule: quorum, needed: 2, parties: {a: {who: [head]}}}}",
            "RECORD_QUORUM",
            9,
        ),
        # effects
        ("to: done, by", "to: done, effects: [{set: on}], by", "RECORD_EFFECT", 12),
        ("to: done, by", "to: done, effects: [{}], by", "RECORD_EFFECT", 12),
        ("to: done, by", "to: done, effects: [{set: on, to: today, spend: a, amount: '1'}], by",
         "RECORD_EFFECT", 12),
        ("to: done, by", "to: done, effects: [{set: amount, to: today}], by", "PLAN_TYPE", 12),
        ("to: done, by", "to: done, effects: [{set: lines, to: today}], by",
         "RECORD_FIELD_UNFIT", 12),
        ("to: done, by", "to: done, effects: [{create: nothing}], by", "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, effects: [{create: visit, with: {x: today}}], by",
         "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, effects: [{create: visit, into: note}], by",
         "RECORD_FIELD_UNFIT", 12),
        ("to: done, by", "to: done, effects: [{reserve: money, amount: amount}], by",
         "RECORD_WORD_UNKNOWN", 12),
        ("to: done, by", "to: done, effects: [{notify: [all], say: x}], by",
         "RECORD_WHO_UNKNOWN", 12),
        ("to: done, by", "to: done, effects: [{notify: [owner], say: '{nte}'}], by",
         "RECORD_WORD_UNKNOWN", 12),
        # the rest
        ("states:", "owner: note\nstates:", "RECORD_FIELD_UNFIT", 9),
        ("states:", "date: when\nstates:", "RECORD_WORD_UNKNOWN", 9),
        ("states:", "number: V-{year}\nstates:", "RECORD_PATTERN", 9),
        ("states:", "number: V/{n}\nstates:", "RECORD_PATTERN", 9),
        ("states:", "number: 'V{month}-{n}'\nstates:", "RECORD_PATTERN", 9),
        ("states:", "title: '{secret}'\nstates:", "RECORD_FIELD_SECRET", 9),
        ("states:", "title: '{x}'\nstates:", "RECORD_WORD_UNKNOWN", 9),
        ("states:", "create: [owner]\nstates:", "RECORD_WHO_UNKNOWN", 9),
        ("states:", "see: [position:]\nstates:", "RECORD_WHO_UNKNOWN", 9),
        ("states:", "views: {list: {columns: [secret]}}\nstates:", "RECORD_FIELD_SECRET", 9),
        ("states:", "views: {list: {columns: [x]}}\nstates:", "RECORD_WORD_UNKNOWN", 9),
        ("states:", "views: {board: {sum: note}}\nstates:", "RECORD_FIELD_UNFIT", 9),
        ("states:", "views: {calendar: {from: note}}\nstates:", "RECORD_FIELD_UNFIT", 9),
        ("states:", "cadences: {c: {every: 7 days, last: [visit.note]}}\nstates:",
         "RECORD_WORD_UNKNOWN", 9),
        ("states:", "cadences: {c: {every: often}}\nstates:", "RECORD_LENGTH_FORMAT", 9),
        ("states:", "reminders: {r: {on: note, before: [1 day], to: [owner]}}\nstates:",
         "RECORD_FIELD_UNFIT", 9),
        ("states:", "expected: {e: {each: week, from: [role:hr], due: entered}}\nstates:",
         "RECORD_WORD_UNKNOWN", 9),
        ("states:", "checks: [{holds: amount > 0, otherwise: '{who}'}]\nstates:",
         "RECORD_FIELD_UNFIT", 9),
        ("care, read: [owner]}", "care, read: [owner]}, required: true",
         "RECORD_OPTION_MISFIT", 7),
        ("states:", "checks: [{holds: amount >, otherwise: no}]\nstates:", "PLAN_SYNTAX", 9),
        ("states:", "allowances: {a: {limit: on, currency: CNY}}\nstates:", "PLAN_TYPE", 9),
        ("states:", "examples: [{name: e, given: {x: 1}}]\nstates:", "RECORD_WORD_UNKNOWN", 9),
        ("states:", "examples: [{name: e, given: {secret: x}}]\nstates:",
         "RECORD_FIELD_SECRET", 9),
        ("states:", "examples: [{name: e, take: leave}]\nstates:", "RECORD_WORD_UNKNOWN", 9),
        ("states:", "examples: [{name: e, in: gone}]\nstates:", "RECORD_WORD_UNKNOWN", 9),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(old: str, new: str, code: str, line: int | None) -> None:
    assert mistakes(VISIT) == []
    assert old in VISIT

    found = mistakes(VISIT.replace(old, new, 1))
    assert found[:1] == ([(code, line)] if code else [])


def test_a_single_word_stands_for_a_list_and_a_bare_state_for_an_empty_one() -> None:
    short = VISIT.replace("[asked]", "asked").replace("by: [owner]", "by: owner")
    bare = short.replace("planned: {}", "planned: ")

    assert load_record_type(bare) == load_record_type(VISIT)


def test_all_mistakes_are_told_at_once() -> None:
    text = VISIT.replace("to: asked", "to: x").replace("type: person", "type: person, when: y")

    assert sorted(mistakes(text)) == [("PLAN_UNKNOWN_NAME", 6), ("RECORD_WORD_UNKNOWN", 11)]


def test_a_mistake_in_an_expression_points_into_it() -> None:
    with pytest.raises(AttainError) as told:
        assemble([load_record_type(VISIT.replace("date}", 'date, when: "amount > abc"}', 1))])

    (one,) = told.value.problems
    assert one.where is not None
    # `  on: {type: date, when: "amount > abc"}`: the word begins at the 36th character.
    assert (one.where.line, one.where.position, one.where.end_position) == (4, 36, 39)


def test_two_types_of_one_name_are_refused() -> None:
    # The second of them, in whichever file it stands.
    assert mistakes(VISIT, VISIT) == [("RECORD_TWICE", 1)]


def test_a_sound_type_is_there_beside_a_broken_one() -> None:
    broken = load_record_type(EVALUATION.replace("of: campaign", "of: nothing"), "b.yaml")
    found, problems = examine([load_record_type(VISIT, "a.yaml"), broken])

    assert list(found.kinds) == ["visit"]
    assert {one.where.file for one in problems if one.where} == {"b.yaml"}


def test_an_unreadable_file_says_so() -> None:
    with pytest.raises(AttainError) as told:
        load_record_type("record: [", "a.yaml")

    assert told.value.codes == ("YAML_SYNTAX",)
