"""Packs: folders of plans, datasets, record types and sample data that come with the program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from pydantic import Field

from attain.cli import errors
from attain.cli.workspace import SETTINGS
from attain.core.documents import Declared, check_document, read_yaml, write_yaml
from attain.core.errors import AttainError, nearest, problem
from attain.core.labels import CHINESE, Labels, Language

PACK: Final = "pack.yaml"
READMES: Final[dict[str, str]] = {"zh-Hans": "README.zh-CN.md", "en": "README.md"}
PARTS: Final = ("plans", "datasets", "records", "indicators", "data")
"""The folders of a pack that go into a workspace."""
_NEEDED: Final = ("datasets", "records")
"""Those of a pack that another one needs: what its own declarations speak of."""


class Pack(Declared):
    """What `pack.yaml` says of a pack."""

    pack: str
    """Its identifier, the name of its folder."""
    version: str = "1"
    label: Labels = Labels()
    summary: Labels = Labels()
    covers: tuple[str, ...] = ()
    """The schemes of practice it can express, by their numbers."""
    plans: tuple[str, ...] = Field(default=())
    datasets: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    """The types of records it declares."""
    needs: tuple[str, ...] = ()
    """Packs whose record types its own refer to; they are installed with it."""
    indicators: tuple[str, ...] = ()
    data: dict[str, str] = Field(default={})
    """Sample data: a file for each dataset it fills."""
    entries: dict[str, str] = Field(default={})
    """Records the pack begins with, such as a catalogue: a file for each type."""


def gallery() -> Path:
    """The folder with all packs."""
    return Path(str(files("attain"))) / "packs"


@cache
def packs() -> tuple[Pack, ...]:
    """Every pack, by its identifier; they do not change while the program runs.

    :raises AttainError: a pack whose description is wrong.
    """
    return tuple(_read(path) for path in sorted(gallery().glob(f"*/{PACK}")))


def _read(path: Path) -> Pack:
    return check_document(Pack, read_yaml(path.read_text(encoding="utf-8"), str(path)))


def find_pack(name: str) -> Pack:
    """The pack of that identifier.

    :raises AttainError: PACK_UNKNOWN.
    """
    known = {pack.pack: pack for pack in packs()}
    if name not in known:
        near = nearest(name, known) or sorted(known)
        raise AttainError(problem(errors.PACK_UNKNOWN, name=name, near=near))
    return known[name]


def with_needed(pack: Pack) -> list[Pack]:
    """The pack after those it needs, and what they need in turn; each once.

    :raises AttainError: PACK_UNKNOWN.
    """
    found: dict[str, Pack] = {}
    for name in pack.needs:
        found.update({one.pack: one for one in with_needed(find_pack(name))})
    return [*found.values(), pack]


def pack_files(pack: Pack) -> list[Path]:
    """The files of a pack, each under the path it has in a workspace."""
    folder = gallery() / pack.pack
    found = [path for part in PARTS for path in sorted((folder / part).rglob("*"))]
    readmes = [folder / name for name in READMES.values()]
    return [
        path.relative_to(folder)
        for path in [*readmes, *found]
        if path.is_file() and "__pycache__" not in path.parts
    ]


def readme(pack: Pack, language: Language) -> str:
    """What a pack says of itself to a reader."""
    path = gallery() / pack.pack / READMES[language]
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def install(pack: Pack, target: Path) -> Iterator[Path]:
    """Copy a pack, and those it needs, into a workspace, which is made if there is none; names
    what was written.

    :raises AttainError: FILES_TAKEN if a file of the pack would replace another one.
    """
    wanted = {
        relative: gallery() / one.pack / relative
        for one in with_needed(pack)
        for relative in pack_files(one)
        if one is pack or relative.parts[0] in _NEEDED
    }
    is_new = not (target / SETTINGS).is_file()
    if not is_new:
        wanted = {to: path for to, path in wanted.items() if to.name not in READMES.values()}
    taken = [to for to, path in wanted.items() if _is_other(target / to, path)]
    if taken:
        names = [str(to) for to in taken]
        raise AttainError(problem(errors.FILES_TAKEN, folder=str(target), files=names))
    if is_new:
        yield _write(target / SETTINGS, _settings(pack))
    for to, path in wanted.items():
        yield _write(target / to, path.read_bytes())


def _is_other(there: Path, own: Path) -> bool:
    return there.exists() and (not there.is_file() or there.read_bytes() != own.read_bytes())


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _settings(pack: Pack) -> bytes:
    label = pack.label or Labels.model_validate(pack.pack)
    settings = {
        "company": label.model_dump(by_alias=True),
        "time_zone": "Asia/Shanghai",
        "currency": "CNY",
        "language": CHINESE,
    }
    return write_yaml(settings).encode("utf-8")
