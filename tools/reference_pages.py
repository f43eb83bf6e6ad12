"""Write the reference pages and the JSON Schemas from what the code declares.

    python tools/reference_pages.py            write docs/reference and schemas/plan
    python tools/reference_pages.py --check    say what differs, and fail if anything does

The models of plans and record types, the function registry, the error catalogue, the lint
rules and the system datasets are the only sources: nobody edits these pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attain.cli.errors
import attain.lake.errors
from attain.core.errors import ErrorKind, catalogue, kind_of
from attain.core.labels import CHINESE, ENGLISH, Labels, Language, labels
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.plans.lints import lints
from attain.engine.plans.reference import FieldReference, SectionReference, reference
from attain.engine.plans.schema import schema_text
from attain.engine.plans.special_calls import SPECIAL_CALLS
from attain.expressions.functions.registry import Function, documented
from attain.kinds.records import schema as records_schema
from attain.kinds.records.lints import lints as record_lints
from attain.kinds.records.reference import built_in, field_types, parts
from attain.kinds.records.who import KNOWN

ROOT = Path(__file__).parents[1]
DEFINED = (attain.cli.errors, attain.lake.errors)
"""Imported for the codes they define."""

MADE = labels(
    "由代码中的声明生成，请勿手改（`make docs`）。",
    "Made from what the code declares (`make docs`); edits here are lost.",
)


def pages() -> dict[Path, str]:
    """Every page by its path below the repository."""
    made: dict[Path, str] = {Path("schemas/plan/v1.json"): schema_text()}
    made[Path(records_schema.FILE)] = records_schema.schema_text()
    folder = Path("docs/reference")
    made[folder / "plan.md"] = _lines(_plan_page())
    for language, suffix in ((ENGLISH, ""), (CHINESE, ".zh-CN")):
        made[folder / f"functions{suffix}.md"] = _lines(_function_page(language))
        made[folder / f"errors{suffix}.md"] = _lines(_error_page(language))
        made[folder / f"datasets{suffix}.md"] = _lines(_dataset_page(language))
        made[folder / f"records{suffix}.md"] = _lines(_record_page(language))
    made[folder / "lints.md"] = _lines(_lint_page())
    return made


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(title: Labels, language: Language, other: str | None) -> Iterator[str]:
    yield f"# {title.get(language)}"
    yield ""
    if other is not None:
        name = "English" if language == CHINESE else "中文"
        yield f"[{name}]({other})"
        yield ""
    yield MADE.get(language)
    yield ""


def _twin(page: str, language: Language) -> str:
    return f"{page}.md" if language == CHINESE else f"{page}.zh-CN.md"


def _plan_page() -> Iterator[str]:
    made = reference()
    yield from _head(labels("", "The plan language"), ENGLISH, None)
    yield "A plan is one YAML document. All sections are optional but the head. Expressions are"
    yield "explained with the [functions](functions.md)."
    yield ""
    yield from _section_lines("The head", made.head)
    said: dict[tuple[FieldReference, ...], str] = {}
    for section in made.sections:
        if section.fields in said:
            yield from _same_lines(section, said[section.fields])
            continue
        yield from _section_lines(f"`{section.name}`", section)
        said[section.fields] = section.name
        for part in section.parts:
            if part.fields not in said:
                yield from _section_lines(f"{section.name}: {part.name}", part, level="###")
                said[part.fields] = section.name


def _same_lines(section: SectionReference, other: str) -> Iterator[str]:
    yield f"## `{section.name}`"
    yield ""
    yield f"{section.help} The keys are those of `{other}`."
    yield ""


def _section_lines(title: str, section: SectionReference, level: str = "##") -> Iterator[str]:
    yield f"{level} {title}"
    yield ""
    yield section.help
    yield ""
    if section.fields:
        yield "| key | takes | |"
        yield "| --- | --- | --- |"
        yield from (_field_row(field) for field in section.fields)
        yield ""


def _field_row(field: FieldReference) -> str:
    must = " **required**" if field.is_required else ""
    return f"| `{field.key}` | {field.type}{must} | {_cell(field.help)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _function_page(language: Language) -> Iterator[str]:
    yield from _head(labels("函数", "Functions"), language, _twin("functions", language))
    titles = ("写法", "用于", "结果") if language == CHINESE else ("call", "needs", "gives")
    yield "## " + ("读方案的调用" if language == CHINESE else "Calls that know the plan")
    yield ""
    yield f"| {titles[0]} | {titles[1]} | {titles[2]} |"
    yield "| --- | --- | --- |"
    for call in SPECIAL_CALLS:
        gives = _cell(call.description.get(language))
        yield f"| `{call.signature}` | {call.needs.get(language)} | {gives} |"
    yield ""
    yield "## " + ("函数" if language == CHINESE else "Functions")
    yield ""
    for function in documented():
        yield from _function_lines(function, language)


def _function_lines(function: Function, language: Language) -> Iterator[str]:
    names = " ".join(f"`{alias}`" for alias in function.aliases)
    yield f"### `{function.name}` {names}".rstrip()
    yield ""
    yield f"`{function.signature}`: {_cell(function.description.get(language))}"
    yield ""
    unit, rule = ("单位", "缺失") if language == CHINESE else ("Units", "Missing")
    yield f"{unit}: {_cell(function.units.get(language))}"
    if function.missing is not None:
        yield f"{rule}: {_cell(function.missing.get(language))}"
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    for example in function.examples:
        yield f"| `{_cell(example.text)}` | `{_cell(example.result)}` |"
    yield ""


def _error_page(language: Language) -> Iterator[str]:
    yield from _head(labels("错误代码", "Error codes"), language, _twin("errors", language))
    for kind in catalogue():
        yield from _error_lines(kind, language)


def _error_lines(kind: ErrorKind, language: Language) -> Iterator[str]:
    yield f"### {kind.code}"
    yield ""
    yield _cell(kind.message.get(language))
    if kind.why:
        yield _cell(kind.why.get(language))
    yield f"→ {_cell(kind.remedy.get(language))}"
    yield ""


def _dataset_page(language: Language) -> Iterator[str]:
    yield from _head(labels("系统数据集", "System datasets"), language, _twin("datasets", language))
    head = ("列", "类型", "名称") if language == CHINESE else ("column", "type", "header")
    for schema in SYSTEM_DATASETS.values():
        yield f"## `{schema.dataset}` {schema.labels.get(language)}"
        yield ""
        yield f"| {head[0]} | {head[1]} | {head[2]} |"
        yield "| --- | --- | --- |"
        for column in schema.columns.values():
            kind = " ".join([column.type.value, *column.kinds])
            mark = " *" if column.name in schema.key else ""
            yield f"| `{column.name}`{mark} | {kind} | {column.labels.get(language)} |"
        yield ""


def _record_page(language: Language) -> Iterator[str]:
    yield from _head(labels("记录类型", "Record types"), language, _twin("records", language))
    yield labels(
        "一个记录类型是一个 YAML 文件。怎样写出第一个，见"
        "[声明一种记录](../how-to/declare-records.zh-CN.md)。",
        "A record type is one YAML file. How to write the first one: "
        "[declare a kind of record](../how-to/declare-records.md).",
    ).get(language)
    yield ""
    head = labels("| 键 | 取值 | |", "| key | takes | |").get(language)
    must = labels("必填", "required").get(language)
    for part in parts():
        yield f"## {part.title.get(language)}"
        yield ""
        yield head
        yield "| --- | --- | --- |"
        for key in part.keys:
            mark = f" **{must}**" if key.is_required else ""
            takes, help_ = key.takes.get(language), _cell(key.help.get(language))
            yield f"| `{key.key}` | {takes}{mark} | {help_} |"
        yield ""
    yield from _record_words(language)


def _record_words(language: Language) -> Iterator[str]:
    yield "## " + labels("字段类型", "Types of fields").get(language)
    yield ""
    yield " ".join(f"`{one}`" for one in field_types())
    yield ""
    yield "## " + labels("表达式里的名称", "Names in expressions").get(language)
    yield ""
    yield labels(
        "本记录的字段；表格的 `sum(costs.amount)`、`min`、`max`、`count(costs)`；关联记录的 "
        "`campaign.budget`；额度的 `budget_limit`、`budget_reserved`、`budget_spent`、"
        "`budget_left`；以及每条记录自带的：",
        "The fields; of a table `sum(costs.amount)`, `min`, `max`, `count(costs)`; of a record "
        "referred to `campaign.budget`; of an allowance `budget_limit`, `budget_reserved`, "
        "`budget_spent`, `budget_left`; and what every record has:",
    ).get(language)
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    for name, said in built_in().items():
        yield f"| `{name}` | {said.get(language)} |"
    yield ""
    yield "## " + labels("谁", "Words for who").get(language)
    yield ""
    yield " ".join(f"`{word}`" for word in KNOWN)
    yield ""
    yield "## " + labels("建议", "Advice").get(language)
    yield ""
    for rule in record_lints():
        kind = kind_of(rule.code)
        told = f"{kind.message.get(language)} {kind.remedy.get(language)}"
        yield f"- `{rule.code}`: {_cell(told.replace('{{', '{').replace('}}', '}'))}"
    yield ""


def _lint_page() -> Iterator[str]:
    yield from _head(labels("", "Lints"), ENGLISH, None)
    yield "What is allowed in a plan, but unwise. `attain check` prints them as warnings."
    yield ""
    for rule in lints():
        yield f"## {rule.code}"
        yield ""
        yield rule.description
        yield ""
        yield "The smallest plan that provokes it:"
        yield ""
        yield "```text"
        yield rule.example.strip("\n")
        yield "```"
        yield ""


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    stale = []
    for path, text in pages().items():
        file = ROOT / path
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if "--check" not in arguments:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{'stale' if '--check' in arguments else 'written'}: {path}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
