"""What every committed file keeps to: size, places, leftovers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

LARGEST_FILE = 1_500_000  # bytes
LONGEST_MODULE = 400  # lines; then it becomes a package. A list of declarations may be longer.
LONGEST_FUNCTION = 40  # lines of code, without docstring, comments and blank lines

# Places outside this tree that a file may name, and why. A new one is added here with its reason.
RESERVED = (".example", ".example.com")
"""Names that lead nowhere, kept for texts like ours."""
ADDRESSES = {
    "www.apache.org": "in the text of the licence",
    "json-schema.org": "the name of the dialect of JSON Schema",
    "schemas.openxmlformats.org": "names of XML elements in workbooks",
    "schemas.microsoft.com": "names of XML elements in workbooks",
    "purl.oclc.org": "names of XML elements in strict workbooks",
    "purl.org": "names of XML elements in workbooks",
    "www.w3.org": "names of XML elements in workbooks and pictures",
    "example.com": "reserved for examples",
    "localhost": "this machine",
    "127.0.0.1": "this machine",
}

# Where packages come from is the machine's own affair. Written in pieces, so that this file does
# not contain what it looks for.
REGISTRIES = [
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("npmmirror", "com"), ("yarnpkg", "com"), ("deb", "debian", "org"), ("maven", "org"),
        ("crates", "io"), ("tuna", "tsinghua"), ("mirrors", "aliyun"), ("jsdelivr", "net"),
        ("unpkg", "com"), ("ghcr", "io"), ("docker", "io"), ("anaconda", "org"),
    )
]  # fmt: skip

LEFTOVERS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK|lorem ip" r"sum)\b")
SOMEBODYS_MACHINE = re.compile(r"(?<![\w.$}])/(?:ho" r"me|ro" r"ot|wo" r"rk|Us" r"ers)/\w")


def _places(found: list[tuple[Path, int]], root: Path) -> list[str]:
    return [f"{path.relative_to(root)}:{line}" for path, line in found]


def _lines(texts: dict[Path, str]) -> list[tuple[Path, int, str]]:
    return [
        (path, number, line)
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
    ]


def test_no_file_is_large(files: list[Path]) -> None:
    assert [path for path in files if path.stat().st_size > LARGEST_FILE] == []


def test_no_file_names_a_registry(root: Path, texts: dict[Path, str]) -> None:
    found = [
        (path, number)
        for path, number, line in _lines(texts)
        if any(registry in line for registry in REGISTRIES)
    ]

    assert _places(found, root) == []


def test_no_file_names_an_address_without_a_reason(root: Path, texts: dict[Path, str]) -> None:
    address = re.compile(r"https?://([\w.-]+)")

    found = [
        (path, number)
        for path, number, line in _lines(texts)
        for host in address.findall(line)
        if host not in ADDRESSES and not host.endswith(RESERVED)
    ]

    assert _places(found, root) == []


def test_no_file_holds_a_leftover(root: Path, texts: dict[Path, str]) -> None:
    found = [(path, number) for path, number, line in _lines(texts) if LEFTOVERS.search(line)]

    assert _places(found, root) == []


def test_no_file_knows_a_machine(root: Path, texts: dict[Path, str]) -> None:
    found = [
        (path, number) for path, number, line in _lines(texts) if SOMEBODYS_MACHINE.search(line)
    ]

    assert _places(found, root) == []


def test_text_ends_with_a_line_end(root: Path, texts: dict[Path, str]) -> None:
    odd = [
        str(path.relative_to(root))
        for path, text in texts.items()
        if text and path.suffix in {".py", ".md", ".toml", ".yaml", ".sh"}
        if not text.endswith("\n") or text.endswith("\n\n") or "\r" in text
    ]

    assert odd == []


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, text: list[str]) -> int:
    """Lines of a function that hold code."""
    body = node.body
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        body = body[1:]
    if not body:
        return 0
    lines = text[body[0].lineno - 1 : node.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


@pytest.fixture(scope="module")
def sources(root: Path, texts: dict[Path, str]) -> dict[Path, str]:
    return {
        path: text
        for path, text in texts.items()
        if path.suffix == ".py" and path.is_relative_to(root / "src")
    }


def _has_definitions(text: str) -> bool:
    """Whether there is anything to understand, rather than to look up."""
    definitions = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return any(isinstance(node, definitions) for node in ast.walk(ast.parse(text)))


def test_a_module_fits_in_a_head(root: Path, sources: dict[Path, str]) -> None:
    long = {
        str(path.relative_to(root)): len(text.splitlines())
        for path, text in sources.items()
        if len(text.splitlines()) > LONGEST_MODULE and "/migrations/" not in str(path)
        if _has_definitions(text)
    }

    assert long == {}


def test_a_function_fits_on_a_screen(root: Path, sources: dict[Path, str]) -> None:
    long = {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": _code_lines(node, text.splitlines())
        for path, text in sources.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if _code_lines(node, text.splitlines()) > LONGEST_FUNCTION
    }

    assert long == {}


def test_every_module_says_what_it_is(root: Path, sources: dict[Path, str]) -> None:
    silent = [
        str(path.relative_to(root))
        for path, text in sources.items()
        if text.strip() and ast.get_docstring(ast.parse(text)) is None
        if "/migrations/" not in str(path)
    ]

    assert silent == []
