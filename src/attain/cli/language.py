"""The reader's language at the command line, and texts written in both.

Chosen by `--lang`, else by `ATTAIN_LANG`, else by the terminal's own locale; help texts are
made before a command runs, so the choice is read from the arguments at start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attain.core.labels import CHINESE, ENGLISH, Labels, Language

OPTION: Final = "--lang"
VARIABLE: Final = "ATTAIN_LANG"
WORDS: Final[dict[str, Language]] = {
    "zh": CHINESE,
    "zh-hans": CHINESE,
    "zh-cn": CHINESE,
    "zh_cn": CHINESE,
    "cn": CHINESE,
    "中文": CHINESE,
    "en": ENGLISH,
    "en-us": ENGLISH,
    "en-gb": ENGLISH,
    "english": ENGLISH,
}
_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for, or the one the terminal speaks.

    >>> choose_language(["check", "--lang", "zh"], {})
    'zh-Hans'
    >>> choose_language([], {"LANG": "en_GB.UTF-8"})
    'en'
    """
    for asked in languages_asked(arguments):
        return _read(asked)
    if environment.get(VARIABLE):
        return _read(environment[VARIABLE])
    spoken = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    return _read(spoken)


def languages_asked(arguments: Sequence[str]) -> Iterator[str]:
    """What stands after `--lang`, wherever in the arguments it stands."""
    for before, word in zip(["", *arguments], [*arguments, ""], strict=True):
        if before == OPTION:
            yield word
        if before.startswith(f"{OPTION}="):
            yield before.removeprefix(f"{OPTION}=")


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments without `--lang`, which may stand before and after the command.

    >>> without_language(["check", "--lang", "zh", "plans/a.yaml"])
    ['check', 'plans/a.yaml']
    """
    left: list[str] = []
    is_value = False
    for word in arguments:
        if not is_value and word != OPTION and not word.startswith(f"{OPTION}="):
            left.append(word)
        is_value = word == OPTION and not is_value
    return left


def _read(word: str) -> Language:
    return WORDS.get(word.lower(), CHINESE if word.lower().startswith("zh") else ENGLISH)


_chosen: Language = choose_language(sys.argv[1:], os.environ)


def language() -> Language:
    """The language of this run of the program."""
    return _chosen


def use_language(chosen: Language) -> None:
    """Set the language, for callers inside the program and for tests."""
    global _chosen
    _chosen = chosen


def say(zh: str, en: str, **values: object) -> str:
    """A text in the reader's language, with its values put in.

    Both languages stand side by side where the text is used, so neither can be forgotten.
    """
    template = zh if language() == CHINESE else en
    return template.format(**values) if values else template


def said(text: Labels | None, otherwise: str = "") -> str:
    """A label in the reader's language."""
    return (text.get(language()) if text else "") or otherwise
