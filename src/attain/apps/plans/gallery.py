"""The gallery: which packs there are, what each needs, and how far it is installed here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from markdown_it import MarkdownIt

from attain.apps.plans.models import InstalledPack, Plan
from attain.cli import packs as shelf
from attain.cli.packs import Pack
from attain.core.labels import Labels
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset
from attain.engine.plans.loading import load_plan
from attain.kinds.records import RecordType, load_record_type

PLANS: Final = "plans/"
DATASETS: Final = "datasets/"
RECORDS: Final = "records/"

Fitting = Literal["new", "there", "widened", "clash"]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a dataset of a pack fits what is declared here.

    `new` will be declared; `there` has all that the pack reads; `widened` lacks the columns
    in `columns`, which can be added; in `clash` these mean something else here.
    """

    dataset: str
    label: Labels
    fitting: Fitting
    columns: tuple[str, ...] = ()
    merged: DatasetSchema | None = None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A pack as a card of the gallery shows it."""

    pack: Pack
    installed: InstalledPack | None
    has_news: bool
    """The gallery has other texts than those that were installed."""


def cards() -> list[Shelved]:
    """All packs by their identifier, with how far each is installed."""
    installed = {one.pack: one for one in InstalledPack.objects.all()}
    return [_shelved(pack, installed.get(pack.pack)) for pack in shelf.packs()]


def card(name: str) -> Shelved:
    """
    :raises AttainError: PACK_UNKNOWN.
    """
    pack = shelf.find_pack(name)
    return _shelved(pack, InstalledPack.objects.filter(pack=name).first())


@cache
def texts_of(name: str) -> Mapping[str, str]:
    """The plans, datasets and record types of a pack, word for word, by their path in it."""
    pack = shelf.find_pack(name)
    folder = shelf.gallery() / pack.pack
    return {
        path.as_posix(): (folder / path).read_text(encoding="utf-8")
        for path in shelf.pack_files(pack)
        if path.as_posix().startswith((PLANS, DATASETS, RECORDS)) and path.suffix == ".yaml"
    }


@cache
def schemas_of(name: str) -> Mapping[str, DatasetSchema]:
    """The datasets a pack declares."""
    found = (
        load_dataset(text, path)
        for path, text in texts_of(name).items()
        if path.startswith(DATASETS)
    )
    return {schema.dataset: schema for schema in found}


@cache
def readme(name: str, language: Literal["zh-Hans", "en"]) -> str:
    """What a pack says of itself, as HTML; no markup of the text gets through.

    How to try it at the command line is left out: here there are buttons.
    """
    text = shelf.readme(shelf.find_pack(name), language)
    told = re.split(r"^## (?:Try it|试一试)\s*$", text, maxsplit=1, flags=re.MULTILINE)[0]
    body = "\n".join(line for line in told.splitlines() if not _is_apart(line))
    return MarkdownIt("commonmark", {"html": False}).enable("table").render(body)


def _is_apart(line: str) -> bool:
    """The title, which the page shows itself, and the way to the other language."""
    return line.startswith("# ") or "README" in line


def fits(name: str, declared: Mapping[str, DatasetSchema]) -> list[Fit]:
    """How each dataset of a pack fits what is declared."""
    return [fit(one, declared.get(one.dataset)) for one in schemas_of(name).values()]


def fit(wanted: DatasetSchema, there: DatasetSchema | None) -> Fit:
    """How one dataset fits: whatever a plan reads of it must be there and mean the same."""
    name, label = wanted.dataset, wanted.labels
    if there is None:
        return Fit(name, label, "new", merged=wanted)
    clashing = [
        column.name
        for column in wanted
        if column.name in there.columns and not _serves(there.columns[column.name], column)
    ]
    if wanted.key != there.key or (wanted.date or there.date) != there.date:
        clashing += [one for one in (*wanted.key, wanted.date or "") if one and one not in clashing]
    if clashing:
        return Fit(name, label, "clash", tuple(clashing))
    lacking = {
        column.name: _beside(there, column) for column in wanted if column.name not in there.columns
    }
    if not lacking:
        return Fit(name, label, "there")
    merged = there.model_copy(update={"columns": {**there.columns, **lacking}})
    return Fit(name, label, "widened", tuple(lacking), merged)


def _beside(there: DatasetSchema, column: ColumnSchema) -> ColumnSchema:
    """A column as it comes into a dataset that others fill already: never required, and under
    no header that means another column there."""

    def is_free(header: str) -> bool:
        return there.column_of_header(header) is None

    label = column.labels
    keeps = all(is_free(one) for one in (label.zh, label.en) if one)
    return column.model_copy(
        update={
            "required": False,
            "labels": label if keeps else Labels(zh=column.name, en=column.name),
            "aliases": tuple(one for one in column.aliases if is_free(one)),
        }
    )


def _serves(there: ColumnSchema, wanted: ColumnSchema) -> bool:
    """Whether a column here means what a plan wants of it.

    Codes and texts serve for each other. Where a plain code is wanted, a key serves as well:
    it tells the rows apart just so. The other way round, what refers to the rows would not
    find them.
    """
    words = (ColumnType.code, ColumnType.text)
    if wanted.type in words and there.type in words:
        return True
    if wanted.type is ColumnType.code and there.type is ColumnType.key:
        return True
    told = ("type", "of", "currency")
    return all(getattr(there, name) == getattr(wanted, name) for name in told)


def _shelved(pack: Pack, installed: InstalledPack | None) -> Shelved:
    has_news = installed is not None and installed.texts != dict(texts_of(pack.pack))
    return Shelved(pack, installed, has_news)


@cache
def record_types_of(name: str) -> tuple[RecordType, ...]:
    """The types of records a pack declares."""
    texts = texts_of(name).items()
    return tuple(load_record_type(text, path) for path, text in texts if path.startswith(RECORDS))


def missing_packs(name: str) -> list[Pack]:
    """The packs that installing this one brings along, in their order."""
    there = set(InstalledPack.objects.values_list("pack", flat=True))
    needed = shelf.with_needed(shelf.find_pack(name))[:-1]
    return [one for one in needed if one.pack not in there]


def further_datasets(name: str) -> list[DatasetSchema]:
    """System datasets that the sample data of a pack fills: people, targets and so on."""
    pack = shelf.find_pack(name)
    own = schemas_of(name)
    return [SYSTEM_DATASETS[one] for one in pack.data if one in SYSTEM_DATASETS and one not in own]


def plan_text(name: str, code: str) -> str | None:
    """The text of a plan of a pack, None where there is none such."""
    known = any(pack.pack == name for pack in shelf.packs())
    return texts_of(name).get(f"{PLANS}{code}.yaml") if known else None


@cache
def offered_plans(name: str) -> Mapping[str, Labels]:
    """The plans a pack brings, by their code, with what people call them."""
    texts = texts_of(name)
    codes = shelf.find_pack(name).plans
    plans = {code: load_plan(texts[f"{PLANS}{code}.yaml"]) for code in codes}
    return {code: plan.label or Labels(zh=code, en=code) for code, plan in plans.items()}


def taken_plans(name: str) -> list[Plan]:
    """Plans here that are called like a plan of a pack."""
    return list(Plan.objects.filter(code__in=shelf.find_pack(name).plans))
