"""The packs of the gallery, opened as the product opens them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from attain.cli.packs import Pack, gallery, packs, with_needed
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset
from attain.engine.forms.contexts import expand
from attain.engine.plans.api import load_plan, resolve
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.kinds.records import Book, assemble, facts, load_record_type

READMES = ("README.md", "README.zh-CN.md")
_RULE = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Opened:
    """A pack with everything in its folder."""

    said: Pack
    folder: Path
    schemas: dict[str, DatasetSchema]
    book: Book = field(repr=False)
    """Its record types, and those of the packs it needs."""
    plans: dict[str, PlanModel] = field(repr=False)

    def readme(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def rules(self, name: str) -> list[str]:
        """The ids in the table of rules of a README."""
        return _RULE.findall(self.readme(name))

    def fences(self, name: str) -> list[tuple[str, str]]:
        """Blocks of a README with their language."""
        return _FENCE.findall(self.readme(name))

    def resolved(self, plan: PlanModel) -> ResolvedPlan:
        """A plan as the engine gets it, with the plans of the pack whose results it reads."""
        others = {source.plan for source in plan.sources.values()} - {None, plan.plan}
        results = {
            one.plan: self.resolved(one) for one in self.plans.values() if one.plan in others
        }
        return resolve(expand(plan, self.schemas), self.schemas, results=results)


def open_pack(said: Pack) -> Opened:
    folder = gallery() / said.pack
    book = assemble(
        load_record_type(path.read_text(encoding="utf-8"), str(path))
        for one in with_needed(said)
        for path in sorted((gallery() / one.pack / "records").glob("*.yaml"))
    )
    schemas = {**SYSTEM_DATASETS, **facts.schemas(book)}
    for path in sorted((folder / "datasets").glob("*.yaml")):
        schema = load_dataset(path.read_text(encoding="utf-8"), str(path))
        schemas[schema.dataset] = schema
    plans = {
        path.stem: load_plan(path.read_text(encoding="utf-8"), str(path))
        for path in sorted((folder / "plans").glob("*.yaml"))
    }
    return Opened(said, folder, schemas, book, plans)


PACKS = {said.pack: open_pack(said) for said in packs()}
PLANS = {plan: pack for pack in PACKS.values() for plan in pack.plans}
