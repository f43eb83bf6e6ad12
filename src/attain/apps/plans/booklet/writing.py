"""Writing the booklet of a plan from its model, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel

from attain.apps.plans.booklet.model import Booklet, Entry, Section, Sheet
from attain.apps.plans.booklet.phrasing import Speech
from attain.apps.plans.booklet.words import BANDS, FACTS, FIELDS, HEADS, PHRASES, SECTIONS
from attain.core.labels import Labels
from attain.core.schemas import DatasetSchema
from attain.engine.plans.models.plan import PlanModel

_UNSAID: Final = frozenset(
    {"label", "source", "show", "personal", "was", "form", "unit", "currency", "language", "link"}
)
"""What readers of a booklet need not know."""


def write_booklet(
    model: PlanModel, schemas: Mapping[str, DatasetSchema], language: str, **facts: str
) -> Booklet:
    """The plan in words for readers of a language; `facts` are further lines of its head."""
    speech = Speech(language, names_of(model, schemas, language))
    sections = (
        Section(name, speech.word(SECTIONS, name), entries)
        for name, write in _WRITERS.items()
        if (entries := tuple(write(model, name, speech)))
    )
    return Booklet(tuple(_facts(model, speech, facts)), tuple(sections))


def names_of(
    model: PlanModel, schemas: Mapping[str, DatasetSchema], language: str
) -> dict[str, str]:
    """What every name of the plan and of its data is called in a language."""
    found: dict[str, str] = {}

    def call(name: str, label: Labels | None) -> None:
        if label:
            found[name] = label.get(language)

    for dataset in schemas.values():
        for column in dataset:
            if column.name not in found:
                call(column.name, column.labels)
    for dataset in schemas.values():
        call(dataset.dataset, dataset.labels)
    for section in (model.subjects, model.parameters, model.tables, model.all_columns(),
                    model.scorecard, model.grades, model.incentives, model.counters,
                    model.credits, model.sources):  # fmt: skip
        for name, one in section.items():
            # What the plan names means itself, also where a dataset is called the same.
            if section is not model.sources:
                found.pop(name, None)
            call(name, one.label)
    return found


def _facts(
    model: PlanModel, speech: Speech, further: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    yield (
        speech.word(FACTS, "period"),
        speech.said(PHRASES, "per", period=speech.period(model.period)),
    )
    yield speech.word(FACTS, "currency"), model.currency
    if model.effective and model.effective.from_:
        holds = {"from": str(model.effective.from_), "until": str(model.effective.until)}
        word = "between" if model.effective.until else "since"
        yield speech.word(FACTS, "effective"), speech.said(PHRASES, word, **holds)
    if model.source:
        yield speech.word(FACTS, "source"), str(model.source)
    if model.feedback:
        yield speech.word(FACTS, "feedback"), speech.phrase(str(model.feedback))
    for name, text in further.items():
        if text:
            yield speech.word(FACTS, name), text
    yield speech.word(FACTS, "code"), model.plan


# --- sections ---


def _entry(
    model: PlanModel,
    section: str,
    name: str,
    one: Any,
    speech: Speech,
    *,
    apart: frozenset[str] = frozenset(),
    sheets: tuple[Sheet, ...] = (),
) -> Entry:
    """One rule with all it says, but for what is shown as a sheet."""
    label = one.label.get(speech.language) if one.label else name
    lines = tuple(_lines(one, speech, _UNSAID | apart))
    line = model.where((section, name)).line
    return Entry(name, label, lines, sheets, str(one.source or ""), line)


def _lines(one: BaseModel, speech: Speech, apart: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name, given in _said(one).items():
        if name not in apart:
            yield speech.word(FIELDS, name), _text(given, speech)


def _said(one: BaseModel) -> dict[str, Any]:
    """What was written of a part, by the words of the plan language."""
    fields = type(one).model_fields
    return {
        str(fields[name].alias or name): getattr(one, name)
        for name in fields
        if name in one.model_fields_set and getattr(one, name) not in (None, (), {}, "")
    }


def _text(given: Any, speech: Speech) -> str:
    if isinstance(given, BaseModel):
        said = _said(given)
        if set(said) == {"said"} or len(said) == 1:
            return _text(next(iter(said.values())), speech)
        return speech.listed(
            speech.pair(speech.word(FIELDS, name), _text(one, speech))
            for name, one in said.items()
            if name not in _UNSAID
        )
    if isinstance(given, list | tuple) and any(isinstance(one, BaseModel) for one in given):
        return ("；" if speech.language.startswith("zh") else "; ").join(
            _text(one, speech) for one in given
        )
    return speech.phrase(str(given)) if isinstance(given, str) else speech.value(given)


def _plain(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    for name, one in getattr(model, section).items():
        yield _entry(model, section, name, one, speech)


def _shown_columns(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    """Columns; a column without a label that is not shown is a step only its author reads."""
    for name, one in getattr(model, section).items():
        if one.label or section != "columns":
            yield _entry(model, section, name, one, speech)


def _subjects(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    for name, one in model.subjects.items():
        label = one.label.get(speech.language) if one.label else speech.name(name)
        of = speech.name(one.from_)
        said = (
            speech.said(PHRASES, "everyone_where", of=of, where=speech.expression(one.where))
            if one.where
            else speech.word(PHRASES, "everyone") if one.from_ == "people" else of
        )  # fmt: skip
        where = model.where((section, name))
        yield Entry(name, label, ((speech.word(FIELDS, "from"), said),), line=where.line)


def _parameters(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    for name, one in model.parameters.items():
        apart = frozenset({"versions", "is"})
        sheets = (_dated(one, speech),) if one.versions else ()
        entry = _entry(model, section, name, one, speech, apart=apart, sheets=sheets)
        if one.is_ is not None:
            value = (speech.word(FACTS, "value"), speech.expression(one.is_))
            entry = replace(entry, lines=(value, *entry.lines))
        yield entry


def _dated(one: Any, speech: Speech) -> Sheet:
    """A parameter's values by date; each ends where the next begins."""
    heads = tuple(speech.word(HEADS, name) for name in ("from", "until", "value"))
    following = [*one.versions[1:], None]
    rows = tuple(
        (
            str(version.from_ or speech.word(BANDS, "always")),
            str(version.until or (after and after.from_) or speech.word(BANDS, "open")),
            speech.expression(version.is_),
        )
        for version, after in zip(one.versions, following, strict=True)
    )
    return Sheet(heads, rows, (False, False, True))


def _tables(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    apart = frozenset({"bands", "keys", "points", "rows", "otherwise", "versions", "by"})
    for name, one in model.tables.items():
        bodies = one.versions or (one,)
        sheets = tuple(sheet for body in bodies for sheet in [_sheet(body, speech)] if sheet)
        yield _entry(model, section, name, one, speech, apart=apart, sheets=sheets)


def _sheet(body: Any, speech: Speech) -> Sheet | None:
    gives = speech.word(HEADS, "gives")
    if body.bands:
        rows = [(speech.band(one), speech.expression(_given(one))) for one in body.bands]
        return Sheet((speech.word(HEADS, "band"), gives), tuple(rows), (False, True))
    if body.keys:
        keys = [(str(key), speech.expression(one)) for key, one in body.keys.items()]
        return Sheet((speech.word(HEADS, "key"), gives), tuple(keys), (False, True))
    if body.points:
        points = [(speech.expression(one.at), speech.expression(one.is_)) for one in body.points]
        return Sheet((speech.word(HEADS, "from"), gives), tuple(points), (True, True))
    return _wide(body, speech) if body.rows else None


def _wide(body: Any, speech: Speech) -> Sheet:
    """A table of several dimensions, a column for each."""
    names = list(dict.fromkeys(name for row in body.rows for name in row))
    heads = tuple(speech.word(FIELDS, "is") if one == "is" else speech.name(one) for one in names)
    rows = tuple(tuple(_text(row.get(name, ""), speech) for name in names) for row in body.rows)
    return Sheet(heads, rows)


def _given(band: Any) -> Any:
    return band.otherwise if band.otherwise is not None else band.is_


def _scorecards(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    heads = tuple(speech.word(HEADS, name) for name in ("row", "weight", "how"))
    for name, one in model.scorecard.items():
        rows = tuple(_card_rows(one.rows, speech))
        sheet = Sheet(heads, rows, (False, True, False))
        yield _entry(model, section, name, one, speech, apart=frozenset({"rows"}), sheets=(sheet,))


def _card_rows(rows: Any, speech: Speech, indent: str = "") -> Iterator[tuple[str, ...]]:
    apart = frozenset({"row", "weight", "rows", "missing"}) | _UNSAID
    for row in rows:
        label = row.label.get(speech.language) if row.label else speech.name(row.row)
        how = speech.listed(
            f"{word} {text}" if word else text for word, text in _lines(row, speech, apart)
        )
        yield f"{indent}{label}", _text(row.weight, speech) if row.weight else "", how
        yield from _card_rows(row.rows, speech, indent + "　")


def _grades(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    heads = tuple(speech.word(HEADS, name) for name in ("grade", "band", "quota"))
    apart = frozenset({"bands", "quotas"})
    for name, one in model.grades.items():
        quotas = one.quotas or {}
        rows = tuple(
            (str(_given(band)), speech.band(band), _text(quotas.get(str(_given(band))), speech))
            for band in one.bands
        )
        sheet = Sheet(heads, rows, (False, False, True))
        yield _entry(model, section, name, one, speech, apart=apart, sheets=(sheet,))


def _incentives(model: PlanModel, section: str, speech: Speech) -> Iterator[Entry]:
    for name, one in model.incentives.items():
        apart = frozenset({"steps", "pay"})
        entry = _entry(model, section, name, one, speech, apart=apart)
        steps = tuple(line for step in one.steps for line in _step(step, speech))
        paid = tuple(_pay(one.pay, speech))
        yield Entry(
            entry.name, entry.label, steps + paid + entry.lines, (), entry.source, entry.line
        )


def _step(step: Any, speech: Speech) -> Iterator[tuple[str, str]]:
    label = step.label.get(speech.language) if step.label else ""
    for word, text in _lines(step, speech, _UNSAID):
        yield word, speech.said(PHRASES, "with_remark", text=text, remark=label) if label else text


def _pay(pay: Any, speech: Speech) -> Iterator[tuple[str, str]]:
    if pay is None:
        return
    on = speech.word(FIELDS, "on")
    if not isinstance(pay, tuple):
        yield on, _text(pay, speech)
        return
    for part in pay:
        share = "" if len(pay) == 1 else f"{speech.expression(part.share)} · "
        yield on, f"{share}{speech.phrase(str(part.on))}"


_Writer = Callable[[PlanModel, str, Speech], Iterator[Entry]]
_WRITERS: Final[dict[str, _Writer]] = {
    "subjects": _subjects,
    "incentives": _incentives,
    "scorecard": _scorecards,
    "grades": _grades,
    "measures": _shown_columns,
    "formulas": _shown_columns,
    "tables": _tables,
    "parameters": _parameters,
    "credits": _plain,
    "counters": _plain,
    "columns": _shown_columns,
}
"""In the order in which a reader asks: who, what for, how much, from what."""
