"""The table of coverage is true: every document, with packs and examples that are there."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from attain.cli.packs import gallery, packs
from attain.core.documents import read_yaml
from attain.engine.plans.api import load_plan
from attain.kinds.records import load_record_type

REFERENCE = Path(__file__).parents[2] / "docs/reference"
PAGES = {"coverage.md": "*not yet*", "coverage.zh-CN.md": "*尚未*"}
KNOWN = Path(__file__).parents[1] / "packs/known_rules.yaml"
DOCUMENTS = [f"S{number:02}" for number in range(1, 61)]
_RULES = re.compile(r"([\d–, ]+) / (\d+)")

Cells = list[str]


def rows(page: str) -> list[Cells]:
    """The cells of the table: number, document, pack, rules, where it is proved, example."""
    lines = (REFERENCE / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "| `S" in line]
    return [[cell.strip("`") for cell in row] for row in cells]


@cache
def covered() -> dict[tuple[str, str], list[int]]:
    """The rules that each pack says it covers, by document and pack."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pack in packs():
        for rule in pack.covers:
            document, _, number = rule.partition(".")
            if number:
                found[document, pack.pack].append(int(number))
    return {key: sorted(numbers) for key, numbers in found.items()}


@cache
def examples(pack: str, where: str) -> tuple[str, ...]:
    """The names of the examples of a plan or record type of a pack."""
    plan, record = (gallery() / pack / part / f"{where}.yaml" for part in ("plans", "records"))
    if plan.is_file():
        return tuple(one.name for one in load_plan(plan.read_text("utf-8"), str(plan)).examples)
    declared = load_record_type(record.read_text("utf-8"), str(record))
    return tuple(one.name for one in declared.examples)


def numbers(said: str) -> list[int]:
    """`1–3, 5` as 1, 2, 3, 5."""
    found: list[int] = []
    for part in said.split(","):
        first, _, last = part.strip().partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_document_stands_there_in_order(page: str) -> None:
    named = [row[0] for row in rows(page)]

    assert list(dict.fromkeys(named)) == DOCUMENTS
    assert named == sorted(named)


@pytest.mark.parametrize("page", PAGES)
def test_it_agrees_with_what_the_packs_say_they_cover(page: str) -> None:
    known = {
        str(name): int(count) for name, count in read_yaml(KNOWN.read_text("utf-8")).data.items()
    }
    told: dict[tuple[str, str], list[int]] = {}
    for document, _, pack, rules, *_ in rows(page):
        if pack == PAGES[page]:
            assert rules == ""
            continue
        said = _RULES.fullmatch(rules)
        assert said, f"{document}: {rules}"
        assert int(said[2]) == known[document]
        told[document, pack] = numbers(said[1])

    assert told == covered()


@pytest.mark.parametrize("page", PAGES)
def test_not_yet_stands_only_where_no_pack_covers_anything(page: str) -> None:
    open_ones = {row[0] for row in rows(page) if row[2] == PAGES[page]}

    assert open_ones == set(DOCUMENTS) - {document for document, _ in covered()}


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_there(page: str) -> None:
    # That it runs and holds is tested with its pack.
    for document, _, pack, _, where, example in rows(page):
        if pack != PAGES[page]:
            assert example in examples(pack, where), f"{document}: {example}"


def test_both_languages_name_the_same() -> None:
    english, chinese = (
        [(row[0], row[2] == PAGES[page], *row[3:]) for row in rows(page)] for page in PAGES
    )

    assert english == chinese
