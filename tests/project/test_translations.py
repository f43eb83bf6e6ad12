"""Every sentence a person can read exists in Chinese and in English."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import attain
from attain.core.errors import catalogue
from attain.core.labels import Labels
from attain.core.reasons import reasons

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, Labels]]:
    """Every sentence of every error and reason that any package defines, with its code."""
    for module in pkgutil.walk_packages(attain.__path__, "attain."):
        if re.search(r"\.(errors|reasons)(\.|$)", module.name):
            importlib.import_module(module.name)
    return [*_of_errors(), *reasons().items()]


def _of_errors() -> Iterator[tuple[str, Labels]]:
    for kind in catalogue():
        yield kind.code, kind.message
        yield kind.code, kind.remedy
        if kind.why.zh:
            yield kind.code, kind.why


def _said(sentence: str) -> str:
    """A sentence without the values that are put into it."""
    return re.sub(r"\{\w+\}", "", sentence).strip()


def test_every_error_and_reason_speaks_chinese(sentences: list[tuple[str, Labels]]) -> None:
    assert [code for code, said in sentences if _said(said.zh) and not HAN.search(said.zh)] == []


def test_every_error_and_reason_speaks_english(sentences: list[tuple[str, Labels]]) -> None:
    # A sign or two of Chinese may be named, as in "2026年9月30日"; a sentence may not.
    chinese = re.compile(r"[\u4e00-\u9fff]{3}")

    bare = [(code, said.en) for code, said in sentences if _said(said.en)]

    assert [code for code, en in bare if chinese.search(en) or not re.search("[a-z]", en)] == []


def test_errors_and_reasons_use_our_words(
    sentences: list[tuple[str, Labels]], rejected_words: list[str]
) -> None:
    found = [
        f"{code}: {word}"
        for code, said in sentences
        for word in rejected_words
        if word.lower() in f"{said.zh} {said.en}".lower()
    ]

    assert found == []


def test_translated_files_are_complete(files: list[Path], root: Path) -> None:
    for path in files:
        if path.suffix != ".po":
            continue
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        for message in messages:
            name = f"{path.relative_to(root)}: {message.id!r}"
            assert message.string, f"{name} is not translated"
            assert not message.fuzzy, f"{name} is only guessed"
