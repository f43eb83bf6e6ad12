"""The README of the sample company: written by hand, with tables that follow the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

from attain.core.labels import CHINESE, ENGLISH, Language
from attain.demo.boundaries import boundaries
from attain.demo.declared import schemas
from attain.demo.rows import DATASETS, Assignment, Person, Position, Unit, columns
from attain.demo.tables import Tables

FILES: Final[dict[str, Language]] = {"README.md": ENGLISH, "README.zh-CN.md": CHINESE}

_CAST: Final = {
    ENGLISH: ("code", "name", "", "role", "seat and unit", "since"),
    CHINESE: ("编号", "姓名", "拼音", "角色", "岗位与部门", "在职"),
}
_DATASETS: Final = {
    ENGLISH: ("dataset", "", "rows", "key", "columns"),
    CHINESE: ("数据集", "名称", "行数", "主键", "列"),
}
_BOUNDARIES: Final = {ENGLISH: ("case", "what"), CHINESE: ("编号", "情形")}


def readmes(tables: Tables, row_counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Both READMEs, by file name."""
    for file, language in FILES.items():
        text = files("attain.demo").joinpath("workspace", file).read_text("utf-8")
        for mark, rows in (
            ("cast", [_CAST[language], *_cast(tables, language)]),
            ("datasets", [_DATASETS[language], *_datasets(row_counts, language)]),
            ("boundaries", [_BOUNDARIES[language], *_cases(language)]),
        ):
            text = text.replace(f"<!-- {mark} -->", _table(rows))
        yield file, text


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cast(tables: Tables, language: Language) -> Iterator[tuple[str, ...]]:
    """Everybody once, in the order of the story, with the seats they hold now or held last."""
    is_english = language == ENGLISH
    units = {one.unit: one.name_en if is_english else one.name for one in tables.of(Unit)}
    titles = {
        one.position: one.title_en if is_english else one.title for one in tables.of(Position)
    }
    for person in {one.person: one for one in tables.of(Person)}.values():
        own = [one for one in tables.of(Assignment) if one.person == person.person]
        last = [one for one in own if one.effective_until == own[-1].effective_until]
        seats = " / ".join(f"{titles[one.position]}, {units[one.unit]}" for one in last)
        since = f"{person.hired_on}" + (f" – {person.left_on}" if person.left_on else "")
        yield person.person, person.name, person.name_en, f"`{person.role}`", seats, since


def _datasets(row_counts: Mapping[str, int], language: Language) -> Iterator[tuple[str, ...]]:
    for kind, dataset in DATASETS.items():
        schema = schemas()[dataset]
        cells = ", ".join(f"{name} ({schema.columns[name].type.value})" for name in columns(kind))
        label, key = schema.labels.get(language), ", ".join(schema.key)
        yield f"`{dataset}`", label, f"{row_counts[dataset]:,}", key, cells


def _cases(language: Language) -> Iterator[tuple[str, str]]:
    for case in boundaries():
        yield f"`{case.id}`", case.said(language)
