"""Versions compared: what moves by itself, and what stands in the way of which records."""

from __future__ import annotations

import pytest

from attain.kinds.records import RecordType, load_record_type
from attain.kinds.records.changes import Obstacle, ObstacleKind, StepKind, compare, migrated

OLD = """record: visit
fields:
  note: {type: text}
  amount: {type: money, currency: CNY}
  size: {type: count}
  kind: {type: choice, choices: {a: {}, b: {}}}
  about: {type: record, of: visit}
  paper: {type: file}
  lines: {type: table, fields: {item: {type: text}, n: {type: count}}}
  total: {type: count, is: sum(lines.n)}
  secret: {type: text, confidential: {purpose: care, read: [owner]}}
states: {planned: {}, asked: {}, done: {final: true}}
allowances: {cash: {limit: amount, currency: CNY}}
"""


def version(old: str = "", new: str = "") -> RecordType:
    assert old in OLD
    return load_record_type(OLD.replace(old, new, 1) if old else OLD)


def test_the_same_type_needs_nothing() -> None:
    change = compare(version(), version())

    assert (change.steps, change.obstacles) == ((), ())


def test_another_type_is_no_version() -> None:
    with pytest.raises(ValueError, match="different types"):
        compare(version(), version("record: visit", "record: call"))


@pytest.mark.parametrize(
    ("old", "new", "kind", "name", "value"),
    [
        (", asked: {}", "", ObstacleKind.state_gone, "asked", ""),
        ("  note: {type: text}\n", "", ObstacleKind.field_gone, "note", ""),
        ("{type: text}\n  amount", "{type: date}\n  amount", ObstacleKind.field_type, "note", ""),
        ("money, currency: CNY}\n  size", "money, currency: USD}\n  size",
         ObstacleKind.field_type, "amount", ""),
        ("type: money, currency: CNY}\n  size", "type: count}\n  size",
         ObstacleKind.field_type, "amount", ""),
        ("type: money, currency: CNY", "type: money, currency: CNY, scale: 0",
         ObstacleKind.field_type, "amount", ""),
        ("of: visit", "of: call", ObstacleKind.field_type, "about", ""),
        (", b: {}", "", ObstacleKind.choice_gone, "kind", "b"),
        (", confidential: {purpose: care, read: [owner]}", "", ObstacleKind.reveals, "secret", ""),
        ("allowances: {cash: {limit: amount, currency: CNY}}\n", "",
         ObstacleKind.allowance_gone, "cash", ""),
        ("limit: amount, currency: CNY", "limit: amount, currency: USD",
         ObstacleKind.allowance_gone, "cash", ""),
    ],
)  # fmt: skip
def test_what_would_lose_something_stands_in_the_way(
    old: str, new: str, kind: ObstacleKind, name: str, value: str
) -> None:
    change = compare(version(), version(old, new))

    (found,) = change.obstacles
    assert (found.kind, found.name, found.value) == (kind, name, value)
    # Nobody is concerned: nothing stands in the way.
    assert change.refusals(lambda one: 0) == []
    (said,) = change.refusals(lambda one: 12)
    assert "12" in said.zh
    assert "12 records" in said.en
    assert "1 record " in found.reason(1).en


def test_a_column_that_is_gone_is_told_with_its_table() -> None:
    change = compare(version(), version("item: {type: text}, ", ""))

    (found,) = change.obstacles
    assert (found.kind, found.name, found.column) == (ObstacleKind.field_gone, "lines", "item")


@pytest.mark.parametrize(
    ("old", "new", "kind", "name"),
    [
        ("states:", "  more: {type: text}\nstates:", StepKind.add_field, "more"),
        ("note: {", "remark: {was: note, ", StepKind.rename_field, "remark"),
        ("asked: {}", "sent: {was: asked}", StepKind.rename_state, "sent"),
        ("{type: choice,", "{type: choices,", StepKind.convert_field, "kind"),
        ("type: file", "type: files", StepKind.convert_field, "paper"),
        ("sum(lines.n)", "count(lines)", StepKind.compute_field, "total"),
        ("text}\n  amount", "text, confidential: {purpose: x, read: [owner]}}\n  amount",
         StepKind.hide_field, "note"),
    ],
)  # fmt: skip
def test_what_can_be_done_is_a_step(old: str, new: str, kind: StepKind, name: str) -> None:
    change = compare(version(), version(old, new))

    assert change.obstacles == ()
    assert [(one.kind, one.name) for one in change.steps] == [(kind, name)]
    assert change.steps[0].said.zh
    assert change.steps[0].said.en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: text}\n  amount", "type: long_text}\n  amount"),
        ("{type: count}\n  kind", "{type: points, scale: 2}\n  kind"),
        ("of: visit", "of: [visit, call]"),
        ("b: {}", "b: {}, c: {}"),
        ("done: {final: true}", "done: {final: true}, later: {}"),
        ("  total: {type: count, is: sum(lines.n)}\n", ""),
    ],
)
def test_what_loses_nothing_is_free(old: str, new: str) -> None:
    assert compare(version(), version(old, new)).obstacles == ()


def test_renamed_names_are_told_both_ways() -> None:
    new = version("note: {type: text}", "remark: {type: text, was: note}")

    assert compare(version(), new).fields == {"note": "remark"}
    assert compare(version(), version("asked: {}", "sent: {was: asked}")).states == {
        "asked": "sent"
    }


def test_the_data_of_a_record_move_along() -> None:
    text = (
        OLD.replace("note: {type: text}", "remark: {type: text, was: note}")
        .replace("{type: choice,", "{type: choices,")
        .replace("type: file", "type: files")
        .replace("item: {type: text}", "thing: {type: text, was: item}")
    )
    data = {
        "note": "a", "amount": "1.10", "kind": "b", "paper": "f1", "total": "2",
        "lines": [{"item": "x", "n": "2"}], "gone": "y",
    }  # fmt: skip

    assert migrated(version(), load_record_type(text), data) == {
        "remark": "a", "amount": "1.10", "kind": ["b"], "paper": ["f1"], "total": "2",
        "lines": [{"thing": "x", "n": "2"}],
    }  # fmt: skip


def test_an_obstacle_names_the_record_as_it_was() -> None:
    (found,) = compare(version(), version(", asked: {}", "")).obstacles

    assert isinstance(found, Obstacle)
    assert "was: asked" in found.reason(3).en
