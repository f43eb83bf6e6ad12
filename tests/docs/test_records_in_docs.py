"""Record types in the documentation are assembled and their examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain.kinds.records import assemble, lint, load_record_type
from attain.kinds.records.examples import run_all

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```yaml\n(record: .*?)^```", re.DOTALL | re.MULTILINE)
PAGES = {
    page.relative_to(DOCS).as_posix(): BLOCK.findall(page.read_text(encoding="utf-8"))
    for page in sorted(DOCS.rglob("*.md"))
}
WITH_RECORDS = {name: found for name, found in PAGES.items() if found}


@pytest.mark.parametrize("page", WITH_RECORDS)
def test_the_types_of_a_page_stand_together_and_do_what_it_says(page: str) -> None:
    book = assemble(load_record_type(text, page) for text in WITH_RECORDS[page])

    assert lint(book) == []
    for kind in book.kinds.values():
        outcomes = run_all(kind)
        assert outcomes, "a type in the documentation has examples"
        assert [one for one in outcomes if not one.passed] == []


def test_the_documentation_declares_records_in_both_languages() -> None:
    assert {"how-to/declare-records.md", "how-to/declare-records.zh-CN.md"} <= set(WITH_RECORDS)
