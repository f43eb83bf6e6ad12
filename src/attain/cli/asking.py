"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from attain.cli import errors
from attain.cli.output import trouble
from attain.core.errors import AttainError, problem


def ask(question: str, answers: Mapping[str, str]) -> str:
    """One of the answers, by its letter; asked again until one is given.

    :raises AttainError: ANSWER_NEEDED where nobody can answer.
    """
    shown = " / ".join(f"{letter} {text}" for letter, text in answers.items())
    while True:
        trouble.print(f"{question} [{shown}] ", end="", markup=False)
        trouble.file.flush()
        line = sys.stdin.readline()
        if not line:
            trouble.print()
            raise AttainError(problem(errors.ANSWER_NEEDED))
        answer = line.strip().lower()[:1]
        if answer in answers:
            return answer
