"""The examples of every record type hold, and nothing of it is left unsaid."""

from __future__ import annotations

import pytest
from opening import PACKS

from attain.kinds.records import Kind
from attain.kinds.records.examples import run_all

KINDS = {
    f"{name}/{record}": pack.book.kinds[record]
    for name, pack in PACKS.items()
    for record in pack.said.records
}


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def test_the_examples_hold(kind: Kind) -> None:
    outcomes = run_all(kind)

    assert outcomes
    assert [str(one) for one in outcomes if not one.passed] == []


def test_whatever_readers_are_shown_has_a_name_in_both_languages(kind: Kind) -> None:
    declared = kind.type
    named = {
        declared.record: declared.labels,
        **{name: field.labels for name, field in declared.fields.items()},
        **{name: state.label for name, state in declared.states.items()},
        **{name: action.label for name, action in declared.actions.items()},
    }

    assert [name for name, label in named.items() if not (label.zh and label.en)] == []


def test_its_packs_are_named_that_it_refers_to(kind: Kind) -> None:
    """A pack alone, with those it needs, has every type its own speak of."""
    types = {type_ for field in kind.type.fields.values() for type_ in field.of}
    made = {
        effect.create
        for action in kind.type.actions.values()
        for effect in action.effects
        if effect.create
    }
    pack = next(one for one in PACKS.values() if kind.name in one.said.records)

    assert types | made <= pack.book.kinds.keys()
