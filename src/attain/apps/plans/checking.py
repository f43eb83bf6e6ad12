"""Examining a text among its surroundings: what is wrong with it, and whether its examples hold.

Knows neither database nor clock, so it also runs in a child process with limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from attain.apps.plans import errors
from attain.core.digests import digest_of
from attain.core.errors import AttainError, Problem, Severity, problem
from attain.core.labels import CHINESE, LANGUAGES
from attain.core.periods import Calendars
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples import Asked, ExampleResult, run_examples
from attain.engine.examples import explain_expected as engine_why
from attain.engine.plans.api import CheckedPlan, check_plan, load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Outline

TEXT_LIMIT: Final = 200_000
"""Characters of a plan's text; the longest plan of the gallery has a quarter of it."""
_WORD: Final = re.compile(r"[^\W\d]\w*")
_CODE: Final = re.compile(r"[a-z][a-z0-9-]*")
COMPONENT_LIMIT: Final = 200
"""Components of a plan (G37)."""


@dataclass(frozen=True)
class Surroundings:
    """Everything but its own text that decides what a plan means."""

    schemas: Mapping[str, DatasetSchema]
    calendars: Calendars
    plans: Mapping[str, str]
    """The standing text of every plan, by its code."""
    indicators: Mapping[str, str]
    """The standing text of every document of indicators, by its code."""

    def digest(self, text: str) -> str:
        """The same for the same text and whatever of the surroundings it can read.

        A dataset, plan or document it does not name makes no difference; those named by a plan
        it reads do.
        """
        plans, indicators, words = self._reached(text)
        schemas = {
            name: one.model_dump_json()
            for name, one in self.schemas.items()
            if name.partition(".")[0] in words or name in SYSTEM_DATASETS
        }
        return digest_of(
            {
                "schemas": schemas,
                "calendars": sorted(repr(one) for one in self.calendars.values()),
                "default": self.calendars.default.name,
                "plans": {code: hash_of(self.plans[code]) for code in plans},
                "indicators": {code: hash_of(self.indicators[code]) for code in indicators},
            }
        )

    def _reached(self, text: str) -> tuple[set[str], set[str], set[str]]:
        """The plans and documents a text names, those they name in turn, and all their words."""
        plans: set[str] = set()
        indicators: set[str] = set()
        words: set[str] = set()
        waiting = [text]
        while waiting:
            given = waiting.pop()
            said = {*_WORD.findall(given), *_CODE.findall(given)}
            words |= said
            for known, found in ((self.plans, plans), (self.indicators, indicators)):
                for code in (said & known.keys()) - found:
                    found.add(code)
                    waiting.append(known[code])
        return plans, indicators, words

    def documents(self, wanted: Iterable[str]) -> dict[str, PlanModel]:
        """The indicator documents a plan uses, under the names it uses them by.

        :raises AttainError: every mistake in them.
        """
        found: dict[str, PlanModel] = {}
        for name in wanted:
            code, _, number = name.partition("@")
            if code in self.indicators:
                document = load_plan(self.indicators[code], code)
                if not number or str(document.version) == number:
                    found[name] = document
        return found


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A text that is no plan, with all that is wrong with it."""

    problems: tuple[Problem, ...]


Found = CheckedPlan | ReadFailure


def hash_of(text: str) -> str:
    """The fingerprint of a text: what an approval signs."""
    return sha256(text.encode("utf-8")).hexdigest()


def read(text: str, around: Surroundings, reading: frozenset[str] = frozenset()) -> Found:
    """A text with everything there is to say about it, without raising.

    `reading` are plans on whose behalf it is read: a circle of results is cut there.
    """
    if len(text) > TEXT_LIMIT:
        long = problem(errors.PLAN_TEXT_TOO_LONG, size=len(text), limit=TEXT_LIMIT)
        return ReadFailure((long,))
    try:
        model = load_plan(text)
        documents = around.documents(model.uses)
        results = _results(model, around, reading | {model.plan})
    except AttainError as error:
        return ReadFailure(error.problems)
    except RecursionError:
        return ReadFailure((problem(errors.PLAN_TOO_DEEP),))
    return _limited(check_plan(model, around.schemas, around.calendars, documents, results))


def faults(problems: Iterable[Problem]) -> list[Problem]:
    """Those that keep a plan from being used; warnings and notes do not."""
    return [one for one in problems if one.severity is Severity.error]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """As they stand in the text."""

    def place(one: Problem) -> tuple[int, int]:
        where = one.where
        return ((where.line or 0), (where.position or 0)) if where else (0, 0)

    return sorted(problems, key=place)


def examine(text: str, around: Surroundings, with_examples: bool) -> dict[str, Any]:
    """What checking a text, and if asked running its examples, found: plain data to be kept."""
    found = read(text, around)
    data: dict[str, Any] = {
        "problems": [one.as_data() for one in in_order(found.problems)],
        "results": None,
    }
    if with_examples and isinstance(found, CheckedPlan) and found.resolved is not None:
        data["results"] = list(_tried(found.plan, found.resolved, around))
    return data


def explain_expected(
    text: str, around: Surroundings, place: Mapping[str, int], column: str, language: str
) -> dict[str, Any] | None:
    """Why a number that an example expects is what it is; None where there is no such number.

    :raises AttainError: what keeps the plan or the example from being calculated.
    """
    found = read(text, around)
    if isinstance(found, ReadFailure) or found.resolved is None:
        raise AttainError(found.problems)
    examples, number = found.plan.examples, place["example"]
    if not 0 <= number < len(examples):
        return None
    told = engine_why(
        found.plan,
        found.resolved,
        Asked(number, place["run"], column, place["row"]),
        language=language,
        schemas=around.schemas,
        calendars=around.calendars,
    )
    if not told:
        return None
    first, *inputs = map(_outline, told)
    return {"example": examples[number].name, **first, "inputs": inputs}


def _outline(told: Outline) -> dict[str, Any]:
    return {"text": told.text, "role": told.role, "below": [_outline(one) for one in told.below]}


def _limited(found: CheckedPlan) -> Found:
    """A plan beyond the limits of a plan is refused before anything is calculated by it."""
    plan = found.resolved
    if plan is not None and len(plan.components) > COMPONENT_LIMIT:
        size, limit = len(plan.components), COMPONENT_LIMIT
        return ReadFailure((problem(errors.PLAN_TOO_MANY_PARTS, size=size, limit=limit),))
    return found


def _results(
    model: PlanModel, around: Surroundings, reading: frozenset[str]
) -> dict[str, ResolvedPlan]:
    """The plans whose results this one reads, as far as they are here and sound."""
    wanted = {source.plan for source in model.sources.values() if source.plan} - reading
    found = {}
    for code in sorted(wanted & set(around.plans)):
        other = read(around.plans[code], around, reading)
        if isinstance(other, CheckedPlan) and other.resolved is not None:
            found[code] = other.resolved
    return found


def _tried(model: PlanModel, plan: ResolvedPlan, around: Surroundings) -> Iterator[dict[str, Any]]:
    """Each example with what failed in it, explained for readers of both languages."""
    by_language: dict[str, list[ExampleResult]] = {
        language: run_examples(
            model, plan, schemas=around.schemas, calendars=around.calendars, language=language
        )
        for language in LANGUAGES
    }
    for number, result in enumerate(by_language[CHINESE]):
        explained = {language: one[number] for language, one in by_language.items()}
        yield _result_data(result, explained)


def _result_data(result: ExampleResult, by_language: Mapping[str, ExampleResult]) -> dict[str, Any]:
    return {
        "name": result.name,
        "checked": result.checked,
        "passed": result.passed,
        "problems": [one.as_data() for one in result.problems],
        "failures": [
            {
                "period": failure.period,
                "column": failure.column,
                "key": failure.key,
                "expected": failure.expected,
                "got": failure.got,
                "explanation": {
                    language: list(one.failures[number].explanation)
                    for language, one in by_language.items()
                },
            }
            for number, failure in enumerate(result.failures)
        ],
    }
