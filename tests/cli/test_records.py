"""Record types at the command line: checked, tested, and read by plans as datasets.

The workspace is the one of the how-to page: shops that are checked, and a commission that
moves when checks fail.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from terminal import Call

PAGE = Path(__file__).parents[2] / "docs/how-to/declare-records.md"
BLOCKS = re.compile(r"^```yaml\n((record|plan): (\S+)\n.*?)^```", re.DOTALL | re.MULTILINE)
CHECK = Path("records/shop_check.yaml")


@pytest.fixture
def shops(workspace: Path) -> Path:
    """The workspace a reader of the how-to page has at its end."""
    for text, kind, name in BLOCKS.findall(PAGE.read_text(encoding="utf-8")):
        folder = workspace / f"{kind}s"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return workspace


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_types_and_plans_of_a_workspace_are_checked_together(call: Call, shops: Path) -> None:
    said = call("check")

    assert said.code == 0, said.text
    assert "✓ shop_check records/shop_check.yaml 7 fields, 4 states, 3 actions" in said.flat
    assert "✓ shop-commission plans/shop-commission.yaml" in said.flat
    assert "LINT_" not in said.text


def test_a_mistake_is_shown_in_its_line_with_a_mark_below(call: Call, shops: Path) -> None:
    change(CHECK, "score < 60", "scor < 60")

    said = call("check")

    assert said.code == 1
    lines = said.err.splitlines()
    at = next(n for n, line in enumerate(lines) if 'when: "scor < 60"' in line)
    assert "^^^^" in lines[at + 1]
    assert "Is “score” meant?" in said.flat
    assert "✗ shop_check" in said.flat


def test_one_file_is_checked_alone_among_its_neighbours(call: Call, shops: Path) -> None:
    said = call("check", CHECK)

    assert said.code == 0, said.text
    assert "✓ shop_check" in said.flat
    assert "first-plan" not in said.text
    # It refers to shops, which stand beside it.
    (shops / "records/shop.yaml").unlink()
    assert "no record type of that name" in call("check", "shop_check").flat


def test_advice_is_a_warning_and_can_be_left_out(call: Call, shops: Path) -> None:
    change(CHECK, '    escalate: {to: [manager], when: "due + 1 day"}\n', "")

    said = call("check", CHECK)

    assert said.code == 0
    assert "LINT_RECORD_DUE_SILENT" in said.text
    assert "LINT_" not in call("check", CHECK, "--no-lint").text


def test_a_plan_knows_the_columns_of_a_type(call: Call, shops: Path) -> None:
    change(CHECK, "  failed: {label", "  rejected: {label")
    change(CHECK, "    to: failed", "    to: rejected")

    said = call("check", "shop-commission")

    assert said.code == 1
    assert "failed_on" in said.flat
    assert "shop-commission.yaml" in said.flat


def test_examples_of_types_are_run(call: Call, shops: Path) -> None:
    said = call("test")

    assert said.code == 0, said.text
    # 4 of shops, 6 of checks, one of each plan.
    assert "12 examples passed, 0 failed" in said.flat


def test_an_example_that_is_wrong_says_what_came_out(call: Call, shops: Path) -> None:
    change(CHECK, "values: {score: 80}", "values: {score: 81}")

    said = call("test", CHECK)

    assert said.code == 1
    assert "values.score expected 81, got 80" in said.flat
    assert "5 examples passed, 1 failed" in said.flat


def test_programs_get_it_as_json(call: Call, shops: Path) -> None:
    checked = call("check", "--json").data
    tested = call("test", "--json").data

    (check,) = [one for one in checked["records"] if one["record"] == "shop_check"]
    assert check["sound"] is True
    assert check["datasets"] == ["shop_check", "shop_check.events"]
    assert {one["plan"] for one in checked["plans"]} == {"first-plan", "shop-commission"}
    assert all(one["passed"] for type_ in tested["records"] for one in type_["examples"])


def test_a_type_is_checked_outside_a_workspace(call: Call, tmp_path: Path) -> None:
    text = "record: note\nlabel: Note\nfields: {a: {type: txt}}\n"
    (tmp_path / "note.yaml").write_text(text, encoding="utf-8")

    said = call("check", tmp_path / "note.yaml")

    assert said.code == 1
    assert "FIELD_INVALID" in said.text
    assert "line 3" in said.flat


def test_a_workspace_with_record_types_only_needs_no_plan(call: Call, shops: Path) -> None:
    for plan in (shops / "plans").glob("*.yaml"):
        plan.unlink()

    assert call("check").code == 0
    assert call("test").code == 0


def test_what_is_neither_type_nor_plan_is_said(call: Call, shops: Path) -> None:
    said = call("check", "shop_chek")

    assert said.code == 1
    assert "FILE_ABSENT" in said.text


def test_a_dataset_cannot_be_called_as_a_type(call: Call, shops: Path) -> None:
    text = "dataset: shop_check\nkey: [a]\ncolumns: {a: {type: text}}\n"
    (shops / "datasets/shop_check.yaml").write_text(text, encoding="utf-8")

    said = call("check")

    assert said.code == 1
    assert "RECORD_TWICE" in said.text


def test_the_schema_of_record_types_is_printed(call: Call, workspace: Path) -> None:
    plan, record = call("schema"), call("schema", "record")

    assert json.loads(plan.out)["title"] == "Attain plan"
    assert json.loads(record.out)["title"] == "Attain record type"
    assert call("schema", "record", "--out", "s.json").code == 0
    assert Path("s.json").read_text(encoding="utf-8") == record.out


ROWS = """record,number,state,checker,checked_on,created_on,business_date,failed_on
C1,XD-202610-001,failed,P1,2026-10-01,2026-10-01,2026-10-01,2026-10-02
C2,XD-202610-002,failed,P1,2026-10-08,2026-10-08,2026-10-08,2026-10-09
C3,XD-202610-003,passed,P1,2026-10-12,2026-10-12,2026-10-12,
"""


def test_records_are_imported_and_move_a_commission(call: Call, shops: Path) -> None:
    shops.joinpath("people.csv").write_text(
        "person,name,effective_from\nP1,李,2026-01-01\n", encoding="utf-8"
    )
    shops.joinpath("orders.csv").write_text(
        "order_id,signed_on,seller,amount\nO1,2026-10-15,P1,10000.00\n", encoding="utf-8"
    )
    shops.joinpath("shop_check.csv").write_text(ROWS, encoding="utf-8")
    for name in ("people", "orders", "shop_check"):
        covers = () if name == "people" else ("--covers", "2026-01..2026-12")
        done = call("import", f"{name}.csv", "--dataset", name, "--yes", *covers)
        assert done.code == 0, done.text

    said = call("run", "shop-commission", "--period", "2026-10")

    assert said.code == 0, said.text
    # 10000.00 × 3% = 300.00; two failed checks are a warning: 90% of it.
    assert "270.00" in said.text
