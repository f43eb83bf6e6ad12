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
import attain.engine.examples.errors
import attain.lake.errors
from attain.core.errors import ErrorKind, catalogue, kind_of
from attain.core.labels import CHINESE, ENGLISH, Labels, Language, labels
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.plans.lints import lints
from attain.engine.plans.reference import (
    FieldReference,
    Reference,
    SectionReference,
    reference,
)
from attain.engine.plans.resolve.calls import ALIASES
from attain.engine.plans.schema import schema_text
from attain.engine.plans.special_calls import SPECIAL_CALLS
from attain.expressions.functions.registry import Function, documented
from attain.kinds.records import schema as records_schema
from attain.kinds.records.lints import lints as record_lints
from attain.kinds.records.reference import built_in, field_types, parts
from attain.kinds.records.who import KNOWN

ROOT = Path(__file__).parents[1]
DEFINED = (attain.cli.errors, attain.engine.examples.errors, attain.lake.errors)
"""Imported for the codes they define."""

CHINESE_OF_PLANS = "tools/plan_reference.zh-CN.txt"
KINDS = {
    "text": "文字",
    "names": "名称",
    "expression": "公式",
    "labels": "两种语言的名称",
    "date": "日期",
    "number": "数字",
    "whole number": "整数",
    "true or false": "true或false",
    "mapping": "映射",
    "effective": "有效期",
    "link": "链接",
    "source column": "来源的列",
    "parameter version": "参数版本",
    "band": "档位",
    "point": "点",
    "table version": "表格版本",
    "window": "区间",
    "rounding": "舍入",
    "axis": "维度条件",
    "stack part": "叠放部分",
    "credit rule": "归属规则",
    "events": "事件",
    "row": "行",
    "dated weight": "有日期的权重",
    "rate": "完成率",
    "lower better": "越少越好",
    "rating": "评分",
    "raters": "评分人",
    "deduct": "扣分",
    "grade population": "评等级的人群",
    "step": "步骤",
    "true up": "累计补差",
    "pay part": "付款部分",
    "by cash": "随到账支付",
    "example run": "一次核算",
}
"""What a key takes, in Chinese."""

MADE = labels(
    "由代码中的声明生成，请勿手改（`make docs`）。",
    "Made from what the code declares (`make docs`); edits here are lost.",
)


SIGNS = labels(
    """\
## 公式里的符号

| 写法 | 意思 |
| --- | --- |
| `+` `-` `*` `/`，也可以写 `×` `÷` | 加减乘除，先乘除后加减，括号最先 |
| `=` `<>` `<` `<=` `>` `>=`，也可以写 `≠` `≤` `≥` | 比较，不能连写：`a > 1 and a < 5` |
| `and` `且` `并且`，`or` `或` `或者`，`not` `非` | 条件；先否定，再“且”，最后“或” |
| `in`，`not in` | 是不是其中之一：`line in ('A', 'B')` |
| `true` `真` `是`，`false` `假` `否` | 是非 |
| `'A'` | 文字加单引号 |
| `5%` `3‰` `1234.50` `2026-03-15` | 百分数和千分数、数字（不写单位和千位分隔符）、日期 |
| `price.rate` | 链接或匹配到的那一行的列 |

公式里的全角符号（），＋－＝％“”可以直接写。函数的中文名与英文名相同：
`取大(a, b)` 就是 `max(a, b)`。
公式之外，冒号和逗号是 YAML 的，要用半角，后面空一格。
""",
    """\
## Signs in formulas

| call | means |
| --- | --- |
| `+` `-` `*` `/`, also `×` `÷` | as in arithmetic: brackets, then times and by, then the rest |
| `=` `<>` `<` `<=` `>` `>=`, also `≠` `≤` `≥` | comparisons, no chains: `a > 1 and a < 5` |
| `and` `且` `并且`, `or` `或` `或者`, `not` `非` | conditions; negation first, then and, then or |
| `in`, `not in` | one of several: `line in ('A', 'B')` |
| `true` `真` `是`, `false` `假` `否` | yes and no |
| `'A'` | a text stands in single quotes |
| `5%` `3‰` `1234.50` `2026-03-15` | per cent, per mille, numbers (no units, no separators), dates |
| `price.rate` | a column of the row that a link or a match leads to |

Full-width signs are read in formulas. The Chinese names in the titles below mean the same:
`取大(a, b)` is `max(a, b)`.
Outside formulas, colons and commas belong to YAML: half-width ones, with a blank behind.
""",
)
"""What stands between the names of a formula; the grammar has no words for it."""


def pages() -> dict[Path, str]:
    """Every page by its path below the repository."""
    made: dict[Path, str] = {Path("schemas/plan/v1.json"): schema_text()}
    made[Path(records_schema.FILE)] = records_schema.schema_text()
    folder = Path("docs/reference")
    for language, suffix in ((ENGLISH, ""), (CHINESE, ".zh-CN")):
        made[folder / f"plan{suffix}.md"] = _lines(_plan_page(language))
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


def _plan_page(language: Language) -> Iterator[str]:
    page = _PlanPage(language)
    yield from _head(labels("方案语言", "The plan language"), language, _twin("plan", language))
    yield labels(
        "一个方案是一份YAML文件。除了文件头，各节都可以不写。公式见[函数](functions.zh-CN.md)。",
        "A plan is one YAML document. All sections are optional but the head. Expressions are "
        "explained with the [functions](functions.md).",
    ).get(language)
    yield ""
    yield from page.lines(reference())


class _PlanPage:
    """The sections of a plan in one language; the code says them in English."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.chinese = _pairs(ROOT / CHINESE_OF_PLANS) if language == CHINESE else {}

    def lines(self, made: Reference) -> Iterator[str]:
        yield from self._section(labels("文件头", "The head").get(self.language), made.head)
        said: dict[tuple[FieldReference, ...], str] = {}
        for section in made.sections:
            if section.fields in said:
                yield from self._same(section, said[section.fields])
                continue
            yield from self._section(f"`{section.name}`", section)
            said[section.fields] = section.name
            for part in section.parts:
                if part.fields not in said:
                    title = f"{section.name}: {self._kind(part.name)}"
                    yield from self._section(title, part, level="###")
                    said[part.fields] = section.name

    def _same(self, section: SectionReference, other: str) -> Iterator[str]:
        yield f"## `{section.name}`"
        yield ""
        keys = labels(f"键与`{other}`相同。", f" The keys are those of `{other}`.")
        yield self._told(section.help) + keys.get(self.language)
        yield ""

    def _section(self, title: str, section: SectionReference, level: str = "##") -> Iterator[str]:
        yield f"{level} {title}"
        yield ""
        yield self._told(section.help)
        yield ""
        if section.fields:
            yield labels("| 键 | 取值 | |", "| key | takes | |").get(self.language)
            yield "| --- | --- | --- |"
            yield from (self._row(field) for field in section.fields)
            yield ""

    def _row(self, field: FieldReference) -> str:
        must = labels(" **必填**", " **required**").get(self.language)
        kind = self._kind(field.type) + (must if field.is_required else "")
        return f"| `{field.key}` | {kind} | {_cell(self._told(field.help))} |"

    def _told(self, text: str) -> str:
        return text if self.language != CHINESE else self.chinese[text]

    def _kind(self, words: str) -> str:
        """What a key takes: a word of the page, or the words it is chosen from."""
        if self.language != CHINESE or "`" in words:
            return words
        for prefix, said in (("mapping of ", "映射："), ("list of ", "列表：")):
            if words.startswith(prefix):
                return said + self._kind(words.removeprefix(prefix))
        if words in KINDS:
            return KINDS[words]
        return "或".join(KINDS[word] for word in words.split(" or "))


def _pairs(file: Path) -> dict[str, str]:
    """English by Chinese, as two lines each."""
    blocks = file.read_text(encoding="utf-8").split("\n\n")[1:]
    found = dict(block.strip("\n").split("\n") for block in blocks)
    helps = {text for text in _helps(reference()) if text}
    wanting, stale = sorted(helps - set(found)), sorted(set(found) - helps)
    if wanting or stale:
        raise SystemExit(f"{file}: without Chinese {wanting}; no longer said {stale}")
    return {"": "", **found}


def _helps(made: Reference) -> Iterator[str]:
    waiting = [made.head, *made.sections]
    while waiting:
        section = waiting.pop()
        yield section.help
        yield from (field.help for field in section.fields)
        waiting += section.parts


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _template(text: str) -> str:
    """A message with the names of its values in braces, and braces that it says itself as such."""
    return _cell(text.replace("{{", "{").replace("}}", "}"))


def _function_page(language: Language) -> Iterator[str]:
    yield from _head(labels("函数", "Functions"), language, _twin("functions", language))
    yield from SIGNS.get(language).splitlines()
    titles = ("写法", "用于", "结果") if language == CHINESE else ("call", "needs", "gives")
    yield "## " + ("读方案的调用" if language == CHINESE else "Calls that know the plan")
    yield ""
    yield f"| {titles[0]} | {titles[1]} | {titles[2]} |"
    yield "| --- | --- | --- |"
    for call in SPECIAL_CALLS:
        gives = _cell(call.description.get(language))
        names = " ".join(f"`{other}`" for other, name in ALIASES.items() if name == call.name)
        yield f"| `{call.signature}` {names} | {call.needs.get(language)} | {gives} |"
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
    yield _template(kind.message.get(language))
    if kind.why:
        yield _template(kind.why.get(language))
    yield f"→ {_template(kind.remedy.get(language))}"
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
        yield f"- `{rule.code}`: {_template(told)}"
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
