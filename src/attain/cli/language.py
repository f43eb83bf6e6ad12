"""The reader's language at the command line, and texts written in both.

Chosen by `--lang`, else by `ATTAIN_LANG`, else by the terminal's own locale; help texts are
made before a command runs, so the choice is read from the arguments at start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from attain.core.labels import CHINESE, ENGLISH, Language

_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for, or the one the terminal speaks.

    >>> choose_language(["check", "--lang", "zh"], {})
    'zh-Hans'
    >>> choose_language([], {"LANG": "en_GB.UTF-8"})
    'en'
    """
    for before, word in zip(["", *arguments], [*arguments, ""], strict=True):
        if before == "--lang":
            return _read(word)
        if before.startswith("--lang="):
            return _read(before.removeprefix("--lang="))
    if "ATTAIN_LANG" in environment:
        return _read(environment["ATTAIN_LANG"])
    spoken = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    return _read(spoken)


def _read(word: str) -> Language:
    return CHINESE if word.lower().startswith("zh") else ENGLISH


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
