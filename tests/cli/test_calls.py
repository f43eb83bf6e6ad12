"""How the program is called, and what it says of calls it cannot understand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal import Call, in_a_process

from attain.cli.language import choose_language, without_language

HAN = re.compile(r"[\u4e00-\u9fff]")
COMMANDS = [
    *("init", "import", "check", "test", "run", "explain"),
    *("diff", "export", "schema", "packs", "doctor"),
    *("serve", "worker", "user", "runs", "audit", "backup", "restore"),
]


def test_help_names_every_command_in_the_order_in_which_people_meet_them(tmp_path: Path) -> None:
    said = in_a_process("--help", "--lang", "en", folder=tmp_path)

    found = re.findall(r"│ ([a-z]+) {2,}", said.out)
    assert found == COMMANDS
    assert said.code == 0


def test_help_speaks_chinese_throughout(tmp_path: Path) -> None:
    said = in_a_process("import", "--help", ATTAIN_LANG="zh", folder=tmp_path)

    assert "用法：" in said.out
    assert "选项" in said.out
    english = [
        line
        for line in said.out.splitlines()
        if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", line) and not HAN.search(line)
    ]
    assert english == []


def test_help_in_chinese_fits_eighty_columns(tmp_path: Path) -> None:
    said = in_a_process("import", "--help", "--lang", "zh", folder=tmp_path)

    widths = [cell_len(line) for line in said.out.splitlines()]
    assert max(widths) <= 80


def test_nothing_asked_is_answered_with_help_and_code_2(call: Call) -> None:
    said = call()

    assert said.code == 2
    assert "init" in said.out


def test_an_unknown_command_is_answered_with_the_near_one(call: Call) -> None:
    said = call("chek")

    assert said.code == 2
    assert "COMMAND_UNKNOWN" in said.err
    assert "There are: check" in said.err


def test_an_unknown_option_is_answered_with_the_near_one(call: Call) -> None:
    said = call("check", "--expnd")

    assert said.code == 2
    assert "--expand" in said.err


def test_a_missing_argument_is_called_by_what_the_help_calls_it(call: Call) -> None:
    said = call("init")

    assert said.code == 2
    assert "“FOLDER” is missing" in said.err


def test_a_value_outside_a_choice_is_answered_with_the_choices(call: Call) -> None:
    said = call("test", "--engine", "abacus")

    assert said.code == 2
    assert "duckdb, spark, reference" in said.err


def test_wrong_calls_are_json_where_json_is_asked(call: Call) -> None:
    said = call("check", "--jsn", "--json")

    assert said.code == 2
    assert said.data["problems"][0]["code"] == "OPTION_UNKNOWN"


def test_the_language_may_be_said_before_and_after_the_command(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "错误 PLANS_ABSENT" in call("check", lang="zh").err
    assert "错误 PLANS_ABSENT" in in_a_process("--lang=zh", "check", folder=tmp_path).err


def test_an_unknown_language_is_refused(call: Call) -> None:
    said = call("check", lang="fr")

    assert said.code == 2
    assert "LANGUAGE_UNKNOWN" in said.err


def test_the_terminal_s_language_is_taken_unless_another_is_asked() -> None:
    assert choose_language([], {"LANG": "zh_CN.UTF-8"}) == "zh-Hans"
    assert choose_language([], {"LANG": "zh_CN.UTF-8", "ATTAIN_LANG": "en"}) == "en"
    assert choose_language(["--lang", "zh"], {"ATTAIN_LANG": "en"}) == "zh-Hans"
    assert choose_language([], {}) == "en"


def test_the_language_is_no_word_of_the_command() -> None:
    assert without_language(["a", "--lang", "zh", "b", "--lang=en"]) == ["a", "b"]


def test_a_command_outside_a_workspace_says_how_to_make_one(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    said = call("import", "orders.csv")

    assert said.code == 1
    assert "attain init" in said.flat


def test_a_fault_of_the_program_is_one_sentence_and_no_trace(
    call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("ATTAIN_TRACE", "")
    monkeypatch.setattr("attain.cli.commands.schema.schema_text", fail)

    said = call("schema")

    assert said.code == 1
    assert "PROGRAM_FAULT" in said.err
    assert "Traceback" not in said.text


def test_an_interrupted_command_ends_with_130(
    call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("attain.cli.commands.schema.schema_text", interrupt)

    said = call("schema")

    assert said.code == 130
    assert "nothing is left half done" in said.err


def test_a_shell_is_offered_commands_and_plans(filled: Path) -> None:
    offered = in_a_process(
        folder=filled, _ATTAIN_COMPLETE="complete_bash", COMP_WORDS="attain che", COMP_CWORD="1"
    )

    assert offered.out.split() == ["check"]


def test_the_version_is_one_line(call: Call) -> None:
    assert call("--version").out.startswith("attain ")
