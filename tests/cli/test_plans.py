"""`attain check` and `attain test`: what is wrong is shown where it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terminal import Call

PLAN = Path("plans/first-plan.yaml")
RECIPES = Path(__file__).parents[2] / "docs/how-to"
_PLAN = re.compile(r"^```yaml\n(plan: .*?)^```", re.DOTALL | re.MULTILINE)
HALVES = """plan: halves
period: half
calendar: halves
subjects: {seller: people}
measures: {sales: {sum: amount, from: orders}}
examples:
  - name: the second half of a month
    period: "halves:H2"
    given:
      calendars:
        - {calendar: halves, kind: half, label: H1, from: 2026-01-01, until: 2026-01-16}
        - {calendar: halves, kind: half, label: H2, from: 2026-01-16, until: 2026-02-01}
      orders:
        - {order_id: 1, signed_on: 2026-01-15, seller: li, amount: 1.00}
        - {order_id: 2, signed_on: 2026-01-16, seller: li, amount: 2.00}
    expect: {sales: {seller: li, is: 2.00}}
"""
PIECES = """plan: pieces
period: month
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: signed_on
    columns:
      {order_id: code, signed_on: date, seller: people, pieces: {type: count, required: true}}
measures: {sold: {sum: pieces, from: orders}}
examples:
  - name: three pieces
    period: 2026-01
    given: {orders: [{order_id: 1, signed_on: 2026-01-15, seller: li, pieces: 3}]}
    expect: {sold: {seller: li, is: 3}}
"""


def change(old: str, new: str) -> None:
    text = PLAN.read_text(encoding="utf-8")
    assert old in text
    PLAN.write_text(text.replace(old, new), encoding="utf-8")


def test_a_mistake_is_shown_in_its_line_with_a_mark_below(call: Call, workspace: Path) -> None:
    change("sales / target(sales)", "sales / taget(sales)")

    said = call("check")

    assert said.code == 1
    lines = said.err.splitlines()
    at = next(n for n, line in enumerate(lines) if 'is: "sales / taget(sales)"' in line)
    assert lines[at + 1].index("^") == lines[at].index("taget")
    assert "line 18" in said.flat


def test_a_mistake_behind_chinese_letters_is_marked_below_it(call: Call, workspace: Path) -> None:
    change("{zh-Hans: 达成率, en: Attainment}", "{zh-Hans: 达成率, enn: Attainment}")

    said = call("check")

    lines = said.err.splitlines()
    at = next(n for n, line in enumerate(lines) if "enn: Attainment" in line)
    # Three Chinese letters are six columns wide.
    assert lines[at + 1].index("^") == lines[at].index("enn") + 3


def test_all_mistakes_are_said_at_once(call: Call, workspace: Path) -> None:
    change("sales / target(sales)", "sales / taget(sales)")
    change("sum: amount", "sum: amunt")

    said = call("check", "--json")

    lines = {one["where"]["line"] for one in said.data["plans"][0]["problems"]}
    assert {12, 18} <= lines


def test_a_mistake_speaks_both_languages(call: Call, workspace: Path) -> None:
    change("sales / target(sales)", "sales / 0.5 +")

    assert "错误" in call("check", lang="zh").err
    assert "Error" in call("check", lang="en").err


def test_a_plan_written_out_is_a_plan_again(call: Call, workspace: Path, tmp_path: Path) -> None:
    said = call("check", "first-plan", "--expand")
    copy = workspace / "plans" / "copy.yaml"
    text = said.out.partition("✓")[0].replace("plan: first-plan", "plan: copy")
    copy.write_text(text, encoding="utf-8")

    assert "incentives:" not in text
    assert call("check", "plans/copy.yaml").code == 0


def test_a_declaration_that_is_wrong_is_said_before_the_plans(call: Call, workspace: Path) -> None:
    Path("datasets/orders.yaml").write_text("dataset: orders\nkey: [order_id]\n", encoding="utf-8")

    said = call("check")

    assert said.code == 1
    assert "datasets/orders.yaml" in said.flat


def test_a_plan_outside_any_workspace_stands_for_itself(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib.resources import files

    text = files("attain.cli.checkup").joinpath("exactness.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert call("check", "own.yaml").code == 0
    assert call("test", "own.yaml").code == 0


def test_a_plan_that_is_no_text_is_refused(call: Call, workspace: Path) -> None:
    PLAN.write_bytes(b"\xff\xfeplan")

    said = call("check")

    assert said.code == 1
    assert "FILE_NOT_UTF8" in said.err


def test_no_advice_is_given_where_none_is_wanted(call: Call, workspace: Path) -> None:
    with_advice, without = call("check"), call("check", "--no-lint")

    assert without.code == 0
    assert "LINT_" not in without.err
    assert len(without.err) <= len(with_advice.err)


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_an_example_that_passes_is_ticked_by_its_sentence(
    call: Call, workspace: Path, engine: str
) -> None:
    said = call("test", "--engine", engine)

    assert said.code == 0
    assert "✓ exactly 100% earns the higher rate" in said.out
    assert "1 example passed, 0 failed, 2 numbers compared" in said.out


def test_an_example_that_fails_shows_expected_got_and_why(call: Call, workspace: Path) -> None:
    change("commission: 5000.00", "commission: 5001.00")

    said = call("test")

    assert said.code == 1
    assert "✗ exactly 100% earns the higher rate" in said.out
    assert "expected 5001" in said.flat
    # 100,000.00 × 5%
    assert "5,000.00" in said.out


def test_an_example_that_fails_shows_what_the_plan_is_warned_of(
    call: Call, workspace: Path
) -> None:
    """A stored third times three is no whole one: floor makes 0 of it."""
    plan = PIECES.replace(
        "measures:", 'formulas: {third: "sold / 9", whole: "floor(third * sold)"}\nmeasures:'
    )
    PLAN.write_text(plan.replace("expect: {", "expect: {whole: {seller: li, is: 1}, "), "utf-8")

    said = call("test")

    assert "whole" in said.out
    assert "LINT_FRACTIONS_COMPARED" in said.err


def test_why_there_is_no_value_is_said_in_words(call: Call, workspace: Path) -> None:
    blank = PIECES.replace("{type: count, required: true}", "count").replace(", pieces: 3", "")
    PLAN.write_text(blank, encoding="utf-8")

    assert "expected 3, got no data (not filled in)" in call("test").out


def test_a_test_of_a_wrong_plan_says_what_is_wrong_with_it(call: Call, workspace: Path) -> None:
    change("sales / target(sales)", "sales / taget(sales)")

    said = call("test")

    assert said.code == 1
    assert "PLAN_UNKNOWN_FUNCTION" in said.err


def test_the_schema_is_json(call: Call, workspace: Path) -> None:
    schema = call("schema").data

    assert "incentives" in schema["properties"]


def test_the_schema_goes_where_an_editor_finds_it(call: Call, workspace: Path) -> None:
    said = call("schema", "--out", "plan.schema.json")

    assert said.code == 0
    assert "yaml-language-server" in said.out
    assert Path("plan.schema.json").stat().st_size > 1000


def test_every_recipe_of_the_documents_runs_in_a_new_workspace(call: Call, workspace: Path) -> None:
    """They declare orders of their own, and the workspace has a dataset of that name."""
    for page in [*RECIPES.glob("*recipes*.md"), RECIPES / "write-a-plan.md"]:
        for number, text in enumerate(_PLAN.findall(page.read_text(encoding="utf-8"))):
            Path(f"plans/{page.stem}-{number}.yaml").write_text(text, encoding="utf-8")

    said = call("test")

    assert said.code == 0, said.flat[-2000:]
    assert len(list(Path("plans").glob("*.yaml"))) > 50


def test_a_calendar_of_the_examples_is_noted_where_it_is_named(call: Call, workspace: Path) -> None:
    PLAN.write_text(HALVES, encoding="utf-8")

    tested, checked = call("test"), call("check", "--lang", "en")

    assert tested.code == 0
    assert checked.code == 0
    assert "PLAN_CALENDAR_OF_EXAMPLES" in checked.flat
    assert "line 3" in checked.flat


def test_a_source_that_differs_from_the_dataset_is_the_plans_own_in_examples_only(
    call: Call, workspace: Path
) -> None:
    """The files have no pieces: the example knows them, a run does not."""
    PLAN.write_text(PIECES, encoding="utf-8")
    call("import", "company.xlsx", "--yes")

    tested, checked = call("test"), call("check", "--lang", "en")
    run = call("run", "pieces", "--period", "2026-01", "--lang", "en")

    assert tested.code == 0
    assert "PLAN_SOURCE_DIFFERS" in checked.flat
    assert "line 6" in checked.flat
    assert run.code == 1
    assert "DATA_COLUMN_ABSENT" in run.flat
