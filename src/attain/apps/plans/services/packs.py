"""Installing packs: datasets declared, record types installed, plans drafted; upgrading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.data import providers
from attain.apps.data import selectors as data
from attain.apps.data.services import declare, import_file
from attain.apps.plans import errors, gallery
from attain.apps.plans.models import InstalledPack, Plan, PlanVersion
from attain.apps.plans.services.drafts import create_draft, create_plan
from attain.apps.records import services as records
from attain.apps.records.models import Record
from attain.cli import packs as shelf
from attain.core.errors import AttainError, problem
from attain.core.labels import Labels
from attain.core.schemas import dump_dataset_schema

Choice = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class News:
    """What an upgrade would do to one plan of a pack.

    `same` needs nothing; `replace` becomes a new draft, for nobody changed the text since it
    was installed; `ask` was changed here and in the gallery; `new` is another plan.
    """

    path: str
    code: str
    what: Literal["same", "replace", "ask", "new"]
    base: str
    mine: str
    theirs: str


@transaction.atomic
def install_pack(*, name: str, actor: Actor, at: datetime) -> InstalledPack:
    """Declare the datasets of a pack, install its record types and begin its plans as drafts.

    Packs it needs come first. A dataset that is there already stays as it is, wider by what the
    pack reads besides. Records that it begins with, such as a catalogue, are loaded.

    :raises AttainError: PACK_UNKNOWN, PACK_INSTALLED, PACK_PARTS_TAKEN if a dataset or plan
        of that name means something else here; what `records.services.install_types` refuses.
    """
    pack = shelf.find_pack(name)
    if InstalledPack.objects.filter(pack=name).exists():
        raise AttainError(problem(errors.PACK_INSTALLED, pack=pack.label or Labels(zh=name)))
    texts = dict(gallery.texts_of(name))
    taken = [plan.code for plan in gallery.taken_plans(name)]
    if taken:
        raise _taken(pack, taken)
    for one in gallery.missing_packs(name):
        install_pack(name=one.pack, actor=actor, at=at)
    _declare(pack, actor, at)
    _install_records(pack, actor, at)
    for path, text in texts.items():
        if path.startswith(gallery.PLANS):
            create_plan(text=text, actor=actor, at=at, pack=name)
    installed = InstalledPack.objects.create(
        pack=name,
        pack_version=pack.version,
        texts=texts,
        installed_by_id=actor.user_id,
        installed_at=at,
    )
    _record(actor, "plans.pack_install", pack, at)
    return installed


@transaction.atomic
def upgrade_pack(
    *, name: str, choices: Mapping[str, Choice], actor: Actor, at: datetime
) -> list[PlanVersion]:
    """Bring a pack up to date: new drafts, never a change of what is written or in force.

    `choices` says for each plan that was changed here whether a draft with the new text is
    wanted; without one the own text stays.

    :raises AttainError: PACK_UNKNOWN, PACK_NOT_INSTALLED, PACK_PARTS_TAKEN.
    """
    pack = shelf.find_pack(name)
    installed = _installed(pack)
    _declare(pack, actor, at)
    _install_types(pack, actor, at)
    drafts = []
    for one in news_of(installed):
        if one.what == "new":
            drafts.append(create_plan(text=one.theirs, actor=actor, at=at, pack=name))
        elif one.what == "replace" or (one.what == "ask" and choices.get(one.code) == "theirs"):
            plan = Plan.objects.get(code=one.code)
            drafts.append(create_draft(plan=plan, text=one.theirs, actor=actor, at=at))
    installed.texts = dict(gallery.texts_of(name))
    installed.pack_version, installed.installed_at = pack.version, at
    installed.save()
    _record(actor, "plans.pack_upgrade", pack, at)
    return drafts


def news_of(installed: InstalledPack) -> list[News]:
    """What an upgrade would do, plan by plan: text as installed, as it is here, as it is now."""
    theirs = gallery.texts_of(installed.pack)
    return [
        _news(path, installed.texts.get(path, ""), text)
        for path, text in theirs.items()
        if path.startswith(gallery.PLANS)
    ]


def load_samples(*, name: str, actor: Actor, at: datetime) -> list[str]:
    """Import the sample data of a pack, as far as files may fill its datasets; names them.

    People, targets and whatever else an app keeps is not overwritten by samples.

    :raises AttainError: PACK_UNKNOWN, PACK_NOT_INSTALLED; what `data.services.import_file` refuses.
    """
    pack = shelf.find_pack(name)
    _installed(pack)
    loaded = []
    for dataset, path in pack.data.items():
        if dataset in gallery.schemas_of(name) and providers.provider(dataset) is None:
            file = shelf.gallery() / pack.pack / path
            import_file(file, dataset, actor=actor, at=at, name=file.name)
            loaded.append(dataset)
    _record(actor, "plans.pack_samples", pack, at)
    return loaded


def _installed(pack: shelf.Pack) -> InstalledPack:
    """
    :raises AttainError: PACK_NOT_INSTALLED.
    """
    found = InstalledPack.objects.filter(pack=pack.pack).first()
    if found is None:
        label = pack.label or Labels(zh=pack.pack)
        raise AttainError(problem(errors.PACK_NOT_INSTALLED, pack=label))
    return found


def _news(path: str, base: str, theirs: str) -> News:
    code = path.removeprefix(gallery.PLANS).removesuffix(".yaml")
    newest = PlanVersion.objects.filter(plan__code=code).order_by("-number").first()
    if newest is None:
        return News(path, code, "new", base, "", theirs)
    mine = newest.text
    what: Literal["same", "replace", "ask"] = "ask"
    if theirs in (base, mine):
        what = "same"
    elif mine == base:
        what = "replace"
    return News(path, code, what, base, mine, theirs)


def _declare(pack: shelf.Pack, actor: Actor, at: datetime) -> None:
    """
    :raises AttainError: PACK_PARTS_TAKEN.
    """
    fits = gallery.fits(pack.pack, data.schemas())
    clashing = [
        f"{one.dataset} ({', '.join(one.columns)})" for one in fits if one.fitting == "clash"
    ]
    if clashing:
        raise _taken(pack, clashing)
    texts = gallery.texts_of(pack.pack)
    for one in fits:
        if one.fitting == "there" or one.merged is None:
            continue
        as_it_came = texts.get(f"{gallery.DATASETS}{one.dataset}.yaml")
        text = as_it_came if one.fitting == "new" else dump_dataset_schema(one.merged)
        declare(text or dump_dataset_schema(one.merged), actor=actor, at=at, source=pack.pack)


def _install_types(pack: shelf.Pack, actor: Actor, at: datetime) -> None:
    texts = gallery.texts_of(pack.pack)
    # In the pack's own order, which becomes that of the tabs.
    types = {path: texts[path] for path in (f"{gallery.RECORDS}{one}.yaml" for one in pack.records)}
    if types:
        records.install_types(types, pack=pack.pack, actor=actor, at=at)


def _install_records(pack: shelf.Pack, actor: Actor, at: datetime) -> None:
    """The record types of a pack, and the records it begins with where there are none yet."""
    _install_types(pack, actor, at)
    for kind, path in pack.entries.items():
        if not Record.objects.filter(type__name=kind).exists():
            records.load_file(shelf.gallery() / pack.pack / path, kind, actor=actor, at=at)


def _taken(pack: shelf.Pack, names: list[str]) -> AttainError:
    label = pack.label or Labels(zh=pack.pack)
    return AttainError(problem(errors.PACK_PARTS_TAKEN, pack=label, names=names))


def _record(actor: Actor, action: str, pack: shelf.Pack, at: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        object=("pack", pack.pack, pack.label.get() or pack.pack),
        at=at,
        after={"version": pack.version},
    )
