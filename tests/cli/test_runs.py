"""`attain run`, `explain`, `diff` and `export`: from the first calculation to the file and line.

The starter's people: li sold 62,000.00 + 38,000.00 = 100,000.00 of a target of 100,000.00, wang
55,993.00 + 24,000.00 = 79,993.00 of 100,000.00, zhao 18,500.00 without a target. Rates: below
80% 2%, from 80% 3%, from 100% 5%.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from terminal import Call, in_a_process

from attain.cli.planning import Plans
from attain.cli.runs.calculating import Calculator, Terms, default_folder
from attain.cli.workspace import Workspace
from attain.core.manifests import Manifest

RUN = "runs/first-plan/2026-01"


def calculate(folder: Path) -> None:
    workspace = Workspace(folder)
    book = Plans(workspace)
    calculator = Calculator(book, workspace, book.read(book.path("first-plan")))
    [period] = calculator.periods("2026-01", None)
    out = default_folder(workspace, "first-plan", period)
    calculator.run(period, out, Terms(), lambda *_: None)


@pytest.fixture(scope="session")
def calculated(imported_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calculated") / "company"
    shutil.copytree(imported_workspace, folder)
    calculate(folder)
    return folder


@pytest.fixture
def ran(calculated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of a workspace with one run, as the current folder."""
    folder = tmp_path / "ran"
    shutil.copytree(calculated, folder)
    place = folder / RUN / "place.json"
    kept = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps({**kept, "lake": str(folder / "lake")}), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


# --- run ---


def test_a_run_says_what_came_of_each_component_and_is_the_same_again(
    call: Call, filled: Path
) -> None:
    said = call("run", "first-plan", "--period", "2026-01")

    assert said.code == 0
    assert "¥198,493.00" in said.out
    # 100,000.00 × 5% = 5,000.00 and 79,993.00 × 2% = 1,599.86
    assert "¥6,599.86" in said.out
    assert "2 lines to be paid on 2026-02-10" in said.out
    before = numbers(filled / RUN)

    # The same again replaces itself and nothing else, calculated or not.
    again = call("run", "first-plan", "--period", "2026-01")
    assert again.code == 0
    assert "nothing is new: as calculated before" in again.out
    assert numbers(filled / RUN) == before
    fresh = call("run", "first-plan", "--period", "2026-01", "--fresh")
    assert "nothing is new" not in fresh.out
    assert numbers(filled / RUN) == before
    assert len(list((filled / "runs/first-plan").iterdir())) == 1


def numbers(folder: Path) -> Manifest:
    """What a run says of its numbers, without how they were come by."""
    manifest = Manifest.from_json((folder / "manifest.json").read_bytes())
    return manifest.model_copy(update={"reused": None})


def test_a_company_that_wants_nothing_kept_has_nothing_kept(call: Call, filled: Path) -> None:
    settings = filled / "attain.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "reuse: 0\n", encoding="utf-8")

    assert call("run", "first-plan", "--period", "2026-01").code == 0
    assert not (filled / "reuse").exists()


def test_a_checkup_counts_what_is_kept_and_throws_away_what_is_damaged(
    call: Call, filled: Path
) -> None:
    call("run", "first-plan", "--period", "2026-01")
    kept = [path for path in (filled / "reuse").iterdir() if path.stat().st_size]
    kept[0].unlink()
    kept[0].write_bytes(b"something else")

    said = call("doctor", "--json").data
    [found] = [
        one for section in said.values() for one in section if one["name"] == "kept for reuse"
    ]
    assert found["health"] == "unwise"
    assert "1 damaged and thrown away" in found["detail"]
    assert not kept[0].exists()


def test_both_engines_come_to_one_digest(call: Call, filled: Path) -> None:
    fast = call("run", "first-plan", "-p", "2026-01", "--out", "fast", "--json").data
    slow = call(
        "run", "first-plan", "-p", "2026-01", "--engine", "reference", "--out", "slow", "--json"
    ).data

    assert fast["runs"][0]["digest"] == slow["runs"][0]["digest"]
    assert fast["runs"][0]["components"]["commission"]["value"] == {
        "count": 2,
        "sum": "6599.860000000000000000",
    }


def test_a_plan_without_data_is_refused_before_anything_runs(call: Call, workspace: Path) -> None:
    said = call("run", "first-plan", "--period", "2026-01")

    assert said.code == 1
    assert said.err.count("DATASET_EMPTY") == 3
    assert not (workspace / "runs").exists()


def test_a_period_of_another_kind_is_refused_with_one_that_fits(call: Call, filled: Path) -> None:
    said = call("run", "first-plan", "--period", "2026-Q1")

    assert said.code == 1
    assert "such as 2026-01" in said.flat


def test_the_run_before_keeps_its_numbers_beside_the_new_one(call: Call, ran: Path) -> None:
    plan = ran / "plans/first-plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("is: 3%", "is: 4%"), encoding="utf-8")

    call("run", "first-plan", "--period", "2026-01")

    assert sorted(path.name for path in (ran / "runs/first-plan").iterdir()) == [
        "2026-01",
        "2026-01.1",
    ]


def test_a_folder_with_something_else_in_it_is_not_replaced(call: Call, filled: Path) -> None:
    (filled / "mine").mkdir()
    (filled / "mine/letter.txt").write_text("dear", encoding="utf-8")

    said = call("run", "first-plan", "-p", "2026-01", "--out", "mine")

    assert said.code == 1
    assert (filled / "mine/letter.txt").is_file()


def test_periods_are_calculated_one_after_the_other(call: Call, filled: Path) -> None:
    said = call("run", "first-plan", "--from", "2026-01", "--period", "2026-02")

    assert said.code == 0
    names = sorted(path.name for path in (filled / "runs/first-plan").iterdir())
    assert names == ["2026-01", "2026-02"]
    other = call("diff", RUN, "runs/first-plan/2026-02")
    assert other.code == 1
    assert "RUNS_DIFFER_IN_KIND" in other.err


def test_a_month_reads_the_months_before_it_that_stand_in_the_workspace(
    call: Call, filled: Path
) -> None:
    """Everybody sold 198,493.00 in January (100,000.00 + 79,993.00 + 18,500.00), nothing then."""
    (filled / "plans/so-far.yaml").write_text(
        """plan: so-far
period: month
effective: {from: 2026-01-01}
subjects: {seller: people}
measures: {sales: {sum: amount, from: orders}}
formulas: {so_far: "previous(so_far, 0) + if_missing(sales, 0)"}
""",
        encoding="utf-8",
    )

    early = call("run", "so-far", "-p", "2026-02")
    assert "RESULT_MISSING" in early.err

    assert call("run", "so-far", "-p", "2026-01").code == 0
    late = call("run", "so-far", "-p", "2026-02")
    assert late.code == 0
    assert "198,493.00" in late.out


# --- explain ---


@pytest.mark.parametrize(("lang", "word"), [("en", "Commission"), ("zh", "提成")])
def test_without_a_component_a_small_statement_is_shown(
    call: Call, ran: Path, lang: str, word: str
) -> None:
    said = call("explain", RUN, "--subject", "wang", lang=lang)

    assert said.code == 0
    assert word in said.out
    assert "79.993%" in said.out
    assert "¥1,599.86" in said.out
    assert "people-" not in said.out


def test_a_missing_number_says_why_and_is_no_zero(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "--subject", "zhao")

    assert "no target was set" in said.flat
    assert "¥0.00" not in said.out


def test_a_number_is_explained_down_to_file_sheet_and_line(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "-s", "wang", "-c", "commission")

    assert "79,993.00 × 2%" in said.out
    assert "79.993%" in said.out
    assert "company.xlsx · Orders · line 4" in said.out
    assert "people-" not in said.out


def test_without_inputs_the_steps_of_an_incentive_are_told_all_the_same(
    call: Call, ran: Path
) -> None:
    said = call("explain", RUN, "-s", "wang", "-c", "commission", "--depth", "0")

    assert "79,993.00 × 2%" in said.out
    assert "min(1,599.86, 20,000.00)" in said.out
    assert said.out.count("Why ") == 1


def test_somebody_may_be_called_by_name_and_a_component_by_label(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "-s", "Wang Haitao", "-c", "Attainment")

    assert said.code == 0
    assert "79.993%" in said.out


def test_an_unknown_subject_is_answered_with_those_there_are(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "-s", "wong")

    assert said.code == 1
    assert "wang" in said.err


def test_an_unknown_component_is_answered_with_those_there_are(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "-s", "wang", "-c", "comission")

    assert said.code == 1
    assert "commission" in said.err


def test_a_folder_without_a_run_is_said(call: Call, filled: Path) -> None:
    said = call("explain", "plans", "-s", "wang")

    assert said.code == 1
    assert "RUN_ABSENT" in said.err


def test_an_explanation_is_json_where_json_is_asked(call: Call, ran: Path) -> None:
    [node] = call("explain", RUN, "-s", "wang", "-c", "commission", "--json").data

    assert node["value"] == "79993/50"
    assert node["status"] == "value"


def test_a_changed_plan_does_not_change_the_explanation_of_an_old_run(
    call: Call, ran: Path
) -> None:
    (ran / "plans/first-plan.yaml").write_text("plan: other\n", encoding="utf-8")

    said = call("explain", RUN, "-s", "wang", "-c", "commission")

    assert "79,993.00 × 2%" in said.out


# --- diff ---


def test_two_equal_runs_differ_in_nothing(call: Call, ran: Path) -> None:
    said = call("diff", RUN, RUN)

    assert said.code == 0
    assert "No number differs" in said.out


def test_a_changed_row_is_the_cause_of_the_numbers_made_from_it(call: Call, ran: Path) -> None:
    rows = "订单号,签单日期,业务员,客户,金额\nA-1004,2026-01-31,wang,Yuelin Stores,24007.00\n"
    (ran / "more.csv").write_text(rows, encoding="utf-8")
    call("import", "more.csv", "--dataset", "orders", "--yes")
    call("run", "first-plan", "-p", "2026-01", "--out", "later")

    data = call("diff", RUN, "later", "--json").data
    said = call("diff", RUN, "later")

    # 79,993.00 + 7.00 = 80,000.00, which is 80% and earns 3%: 2,400.00 - 1,599.86 = 800.14
    numbers = {one["component"]: one["difference"] for one in data["numbers"]}
    assert numbers == {"sales": "7", "attainment": "0.00007", "commission": "800.14"}
    assert {one["subject"] for one in data["numbers"]} == {"wang"}
    assert said.code == 1
    assert "orders A-1004 Amount 24,000 → 24,007 (more.csv · line 2)" in said.flat
    assert "+¥800.14" in said.out


def test_a_changed_rule_is_the_cause_of_the_numbers_it_makes(call: Call, ran: Path) -> None:
    plan = ran / "plans/first-plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("is: 5%", "is: 6%"), encoding="utf-8")
    call("run", "first-plan", "-p", "2026-01", "--out", "later")

    said = call("diff", RUN, "later")

    # 100,000.00 × 6% - 100,000.00 × 5% = 1,000.00
    assert "+¥1,000.00" in said.out
    assert "plan: tables/rates" in said.out
    assert "data" not in said.out


def test_a_difference_that_rules_and_data_made_is_divided_between_them(
    call: Call, ran: Path
) -> None:
    plan = ran / "plans/first-plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("is: 5%", "is: 6%"), encoding="utf-8")
    rows = "订单号,签单日期,业务员,客户,金额\nA-1006,2026-01-31,li,Yuelin Stores,1000.00\n"
    (ran / "more.csv").write_text(rows, encoding="utf-8")
    call("import", "more.csv", "--dataset", "orders", "--yes")
    call("run", "first-plan", "-p", "2026-01", "--out", "later")

    data = call("diff", RUN, "later", "--json").data
    said = call("diff", RUN, "later")

    # 100,000 × 5 % = 5,000; × 6 % = 6,000; 101,000 × 6 % = 6,060
    by = {one["component"]: one["split"] for one in data["numbers"] if one["subject"] == "li"}
    assert by["commission"] == {"plan": "1000", "data": "60"}
    # The rules say nothing about sales: all of it is the data's, and nothing is divided.
    assert by["sales"] is None
    assert "By the rules" in said.flat
    assert "+¥60.00" in said.out


# --- export ---


def test_a_workbook_has_numbers_as_numbers_and_no_formula(call: Call, ran: Path) -> None:
    said = call("export", RUN, "--to", "results.xlsx")

    assert said.code == 0
    with zipfile.ZipFile("results.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    assert any("<v>1599.86</v>" in sheet for sheet in sheets)


def test_texts_that_look_like_formulas_stay_texts(call: Call, ran: Path) -> None:
    text = "工号,姓名\nzhao,=1+1\n"
    (ran / "people.csv").write_text(text, encoding="utf-8")
    call("import", "people.csv", "--dataset", "people", "--yes", "--reason", "a name")

    call("export", RUN, "--to", "results.xlsx")
    call("export", RUN, "--to", "tables")

    with zipfile.ZipFile("results.xlsx") as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
    with Path("tables/outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["Name"] for row in csv.DictReader(file)}
    assert "'=1+1" in names


def test_tables_are_written_in_the_reader_s_language(call: Call, ran: Path) -> None:
    call("export", RUN, "--to", "tables", lang="zh")

    with Path("tables/outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wang = next(row for row in rows if row["对象"] == "wang" and row["项目"] == "commission")
    assert wang["名称"] == "提成"
    assert wang["数值"] == "1599.86"
    assert wang["状态"] == "有数值"


def test_what_is_there_is_replaced_only_if_somebody_says_so(call: Call, ran: Path) -> None:
    Path("results.xlsx").write_bytes(b"mine")

    refused = call("export", RUN, "--to", "results.xlsx")
    forced = call("export", RUN, "--to", "results.xlsx", "--force")

    assert refused.code == 1
    assert forced.code == 0


def test_an_unknown_kind_of_file_is_refused(call: Call, ran: Path) -> None:
    said = call("export", RUN, "--to", "results.pdf")

    assert said.code == 1
    assert "SUFFIX_UNKNOWN" in said.err


# --- doctor ---


def test_a_well_workspace_is_said_to_be_well(call: Call, ran: Path) -> None:
    said = call("doctor")

    assert said.code == 0
    assert said.out.count("calculates to the last digit") == 2
    assert "can be calculated" in said.out


def test_a_damaged_part_of_the_lake_is_found(call: Call, ran: Path) -> None:
    part = next((ran / "lake/orders/parts").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"?")

    said = call("doctor")

    assert said.code == 1
    assert "PART_DAMAGED" in said.err


# --- a newcomer ---


def test_a_newcomer_comes_from_nothing_to_an_explained_number(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("init", "helan", lang="zh").code == 0
    monkeypatch.chdir(tmp_path / "helan")
    assert call("import", "company.xlsx", "--yes", lang="zh").code == 0
    assert call("test", lang="zh").code == 0
    words = ("run", "first-plan", "--period", "2026-01")
    assert in_a_process(*words, folder=tmp_path / "helan").code == 0

    said = call("explain", RUN, "--subject", "li", "--component", "提成", lang="zh")

    # 100,000.00 × 5%
    assert "为什么是¥5,000.00？" in said.out
    assert "company.xlsx · 订单 · 第2行" in said.out
