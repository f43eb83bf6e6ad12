"""Pages are true: links lead somewhere, both languages agree, words are ours."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
HERE = {"here": True, "next": False, "已有": True, "待建": False}


def _prose(text: str) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text)


def _headings(text: str) -> list[tuple[int, str]]:
    return [
        (len(marks), title.strip())
        for marks, title in re.findall(r"^(#+) (.*)$", _prose(text), re.MULTILINE)
    ]


def _anchor(title: str) -> str:
    """The anchor that a heading gets: lower case, no signs, dashes for blanks."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
    kept = (c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def _links(text: str) -> list[str]:
    return [one or other for one, other in LINK.findall(_prose(text))]


def _target(page: Path, link: str) -> tuple[Path, str]:
    place, _, anchor = link.partition("#")
    return ((page.parent / place).resolve() if place else page), anchor


def test_links_lead_somewhere(root: Path, pages: dict[Path, str]) -> None:
    for page, text in pages.items():
        for link in _links(text):
            if re.match(r"[a-z]+:", link):
                continue
            path, anchor = _target(page, link)
            assert path.exists(), f"{page.relative_to(root)}: {link}"
            assert path.is_relative_to(root), f"{page.relative_to(root)}: {link}"
            if anchor:
                anchors = {_anchor(title) for _, title in _headings(pages[path])}
                assert anchor in anchors, f"{page.relative_to(root)}: {link}"


def test_every_page_of_the_documentation_can_be_found(root: Path, pages: dict[Path, str]) -> None:
    start = root / "docs/README.md"
    seen, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        linked = {_target(page, link)[0] for link in _links(pages[page]) if ":" not in link}
        fresh = {path for path in linked if path in pages} - seen
        seen |= fresh
        waiting += fresh

    lost = [path for path in pages if path.is_relative_to(root / "docs") and path not in seen]

    assert lost == []


def test_every_page_has_one_title_and_content(root: Path, pages: dict[Path, str]) -> None:
    for page, text in pages.items():
        levels = [level for level, _ in _headings(text)]
        assert levels[:1] == [1], f"{page.relative_to(root)}: no title"
        assert levels.count(1) == 1, f"{page.relative_to(root)}: several titles"
        assert len(text) > 200, f"{page.relative_to(root)}: a page without content"


def _twins(pages: dict[Path, str]) -> list[tuple[Path, Path]]:
    """Pages that exist in Chinese beside the English one."""
    chinese = [path for path in pages if path.name.endswith(".zh-CN.md")]
    return [(path.with_name(path.name.replace(".zh-CN", "")), path) for path in chinese]


def test_both_languages_say_the_same(root: Path, pages: dict[Path, str]) -> None:
    for english, chinese in _twins(pages):
        name = str(chinese.relative_to(root))
        assert english in pages, name
        one, other = pages[english], pages[chinese]
        assert [n for n, _ in _headings(one)] == [n for n, _ in _headings(other)], name
        assert _commands(one) == _commands(other), name
        assert _table_starts(one) == _table_starts(other), name


def _commands(text: str) -> list[str]:
    """What is typed; what the program answers is in the reader's language."""
    typed = (block for block in FENCE.findall(text) if not block.startswith("```text"))
    return [re.sub(r"\s+#.*", "", block) for block in typed]


def _table_starts(text: str) -> list[str]:
    """First cells of table rows that are code, which is the same in every language."""
    return re.findall(r"^\| (`[^`]+`) \|", text, re.MULTILINE)


def test_the_gallery_speaks_both_languages(root: Path, pages: dict[Path, str]) -> None:
    for pack in (root / "src/attain/packs").glob("*/"):
        assert {pack / "README.md", pack / "README.zh-CN.md"} <= pages.keys(), pack.name


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_is_true_about_what_is_here(
    root: Path, pages: dict[Path, str], name: str
) -> None:
    rows = re.findall(r"^\| `([^`]+)` \|.*\| (\S+) \|$", pages[root / name], re.MULTILINE)

    assert rows
    for place, state in rows:
        content = [p for p in (root / place).rglob("*") if p.is_file() and p.suffix != ".pyc"]
        assert bool(content) is HERE[state], f"{place} is not {state!r}"


def test_the_readme_names_every_package(root: Path, pages: dict[Path, str]) -> None:
    named = re.findall(r"^\| `src/attain/(\w+)` \|", pages[root / "README.md"], re.MULTILINE)

    built = [path.parent.name for path in (root / "src/attain").glob("*/__init__.py")]

    assert set(built) <= set(named)


def test_the_list_of_decisions_is_complete(root: Path, pages: dict[Path, str]) -> None:
    folder = root / "docs/decisions"
    listed = dict(
        re.findall(r"^\| \[\d{4}\]\((\S+)\) \| (.*) \|$", pages[folder / "README.md"], re.MULTILINE)
    )

    titles = {path.name: _headings(pages[path])[0][1] for path in folder.glob("0*.md")}

    assert titles == {name: f"{name[:4]} {title}" for name, title in listed.items()}
    assert [name[:4] for name in sorted(titles)] == [f"{n + 1:04}" for n in range(len(titles))]


def _written(path: Path, text: str) -> str:
    """What of a file people may come to read: of a module, its texts and docstrings."""
    if path.suffix != ".py":
        return text
    return "\n".join(
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_rejected_words_do_not_come_back(
    root: Path, texts: dict[Path, str], rejected_words: list[str]
) -> None:
    words = root / "docs/contributing/words.md"
    written = {
        path: _written(path, text).lower()
        for path, text in texts.items()
        if path.suffix in {".md", ".po", ".html"}
        or (path.suffix == ".py" and path.is_relative_to(root / "src"))
    }

    found = [
        f"{path.relative_to(root)}: {word}"
        for path, text in written.items()
        for word in rejected_words
        if path != words and word.lower() in text
    ]

    assert found == []
