"""Translations of the pages: find what needs one, say what lacks one, compile what is there.

    tools/messages.py update [app …]    put new English sentences into the .po files
    tools/messages.py check  [app …]    fail on what is missing, fuzzy, obsolete or wrong
    tools/messages.py compile           make the .mo files that the server reads (set-up does it)

English stands in code and templates; the Chinese in <app>/locale/zh_Hans/LC_MESSAGES/django.po.
An app is named by its folder: people, ui, config. No xgettext is needed: Python is read with
Babel, templates with Django's own lexer; `compile` needs neither.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from catalogues import Catalogue, Key, Message, read_po, write_mo, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `check` refuses."""

    folder: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.folder}: {self.kind}: {self.text!r}"


def folders(root: Path = ROOT) -> list[Path]:
    """Every part of the product that has texts of its own."""
    package = root / "src" / "attain"
    apps = sorted(path.parent for path in (package / "apps").glob("*/__init__.py"))
    return [*apps, package / "config", package / "ui"]


def po_of(folder: Path) -> Path:
    return folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


# ------------------------------------------------------------------------------- extracting


def extract(folder: Path) -> Catalogue:
    """Every sentence that code and templates of a folder want translated."""
    found: Catalogue = {}
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            _add(found, from_python(path))
    for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.txt"))):
        if "templates" in path.parts:
            _add(found, from_template(path.read_text(encoding="utf-8")))
    return found


def _add(found: Catalogue, messages: Iterable[Message]) -> None:
    for message in messages:
        known = found.setdefault(message.key, message)
        known.plural = known.plural or message.plural


def from_python(path: Path) -> Iterator[Message]:
    """The sentences of a module, by the usual names of gettext's functions."""
    from babel.messages.extract import extract_from_file

    options = {"encoding": "utf-8"}
    for _, texts, _, context in extract_from_file("python", path, KEYWORDS, (), options):
        first, plural = texts if isinstance(texts, tuple) else (texts, "")
        yield Message(Key(first, context or ""), plural)


def from_template(source: str) -> Iterator[Message]:
    """The sentences of a template: translate tags, blocks, and constants in tags and filters."""
    from django.template.base import Lexer, TokenType

    block: list[str] | None = None
    in_comment = False
    plural: list[str] | None = None
    head = ""
    for token in Lexer(source).tokenize():
        content = token.contents
        if token.token_type is TokenType.BLOCK and content.split()[0] in _COMMENTS:
            in_comment = content.split()[0] == "comment"
        elif in_comment:
            continue
        elif block is None:
            if token.token_type is TokenType.BLOCK and _BLOCK.match(content):
                block, plural, head = [], None, content
            elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
                yield from _inline(content)
        elif token.token_type is TokenType.BLOCK and _END.match(content):
            yield _block_message(head, block, plural)
            block = None
        elif token.token_type is TokenType.BLOCK and content.strip() == "plural":
            plural = []
        else:
            text = content.replace("%", "%%")
            text = f"%({content})s" if token.token_type is TokenType.VAR else text
            (block if plural is None else plural).append(text)


_COMMENTS = ("comment", "endcomment")
_BLOCK = re.compile(r"blocktrans(late)?(\s|$)")
_END = re.compile(r"endblocktrans(late)?$")
_QUOTED = r"""("[^"]*"|'[^']*')"""
_INLINE = re.compile(rf"trans(?:late)?\s+{_QUOTED}(?:.*?\scontext\s+{_QUOTED})?")
_CONSTANT = re.compile(rf"_\({_QUOTED}\)")
_CONTEXT = re.compile(rf"\bcontext\s+{_QUOTED}")


def _inline(content: str) -> Iterator[Message]:
    found = _INLINE.match(content)
    if found:
        yield Message(Key(_literal(found[1]), (found[2] or "")[1:-1]))
    for quoted in _CONSTANT.findall(content):
        yield Message(Key(_literal(quoted)))


def _literal(quoted: str) -> str:
    return quoted[1:-1].replace("%", "%%")


def _block_message(head: str, block: list[str], plural: list[str] | None) -> Message:
    context = _CONTEXT.search(head)
    trimmed = re.search(r"\btrimmed\b", head) is not None

    def joined(parts: list[str]) -> str:
        text = "".join(parts)
        lines = (line.strip() for line in text.strip().splitlines())
        return " ".join(line for line in lines if line) if trimmed else text

    return Message(
        Key(joined(block), context[1][1:-1] if context else ""),
        joined(plural) if plural is not None else "",
    )


# -------------------------------------------------------------------------------- the verbs


def update(folder: Path) -> tuple[int, int]:
    """Add new sentences, drop those nobody asks for; how many were added and dropped."""
    kept, wanted = read_po(po_of(folder)), extract(folder)
    merged = {}
    for key, message in wanted.items():
        old = kept.get(key)
        if old:
            message.translation, message.note = old.translation, old.note
            message.is_fuzzy = old.is_fuzzy
        merged[key] = message
    if merged or kept:
        write_po(po_of(folder), merged)
    return len(merged.keys() - kept.keys()), len(kept.keys() - merged.keys())


def check(folder: Path) -> list[Finding]:
    """What keeps a Chinese reader from reading Chinese."""
    kept, wanted = read_po(po_of(folder)), extract(folder)
    name = folder.name
    found = [Finding(name, "missing", key.text) for key in sorted(wanted.keys() - kept.keys())]
    found += [Finding(name, "obsolete", key.text) for key in sorted(kept.keys() - wanted.keys())]
    for key in sorted(wanted.keys() & kept.keys()):
        message = kept[key]
        if not message.translation:
            found.append(Finding(name, "missing", key.text))
        elif message.is_fuzzy:
            found.append(Finding(name, "fuzzy", key.text))
        elif message.plural != wanted[key].plural:
            found.append(Finding(name, "plural", key.text))
        elif not _same_placeholders(message):
            found.append(Finding(name, "placeholders", key.text))
    return found


def _same_placeholders(message: Message) -> bool:
    """A translation speaks of the values of its sentence; a plural may leave out its number."""
    said = set(_PLACEHOLDER.findall(message.translation))
    offered = set(_PLACEHOLDER.findall(message.key.text))
    if message.plural:
        return said <= offered | set(_PLACEHOLDER.findall(message.plural))
    return said == offered


def disagreements(chosen: Iterable[Path]) -> list[Finding]:
    """The same words translated differently in two folders: one of them would win by accident."""
    seen: dict[Key, tuple[str, str]] = {}
    found = []
    for folder in chosen:
        for key, message in read_po(po_of(folder)).items():
            first, text = seen.setdefault(key, (folder.name, message.translation))
            if message.translation and text and text != message.translation:
                found.append(Finding(folder.name, f"differs from {first}", key.text))
    return found


def compile_all(chosen: Iterable[Path]) -> int:
    """Make the .mo beside each .po; how many there are."""
    made = 0
    for folder in chosen:
        path = po_of(folder)
        if path.exists():
            write_mo(path.with_suffix(".mo"), read_po(path))
            made += 1
    return made


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run one of the verbs; 1 where `check` found something, 2 where the verb is unknown."""
    verb, names = (arguments[0] if arguments else ""), set(arguments[1:])
    every = folders(root)
    unknown = names - {folder.name for folder in every}
    if verb not in ("update", "check", "compile") or unknown:
        print(__doc__ if not unknown else f"No such folder: {', '.join(sorted(unknown))}")
        return 2
    chosen = [folder for folder in every if not names or folder.name in names]
    if verb == "compile":
        print(f"{compile_all(chosen)} catalogues compiled")
        return 0
    if verb == "update":
        for folder in chosen:
            added, dropped = update(folder)
            if added or dropped:
                print(f"{folder.name}: {added} added, {dropped} dropped")
        return 0
    findings = [finding for folder in chosen for finding in check(folder)]
    findings += [each for each in disagreements(every) if not names or each.folder in names]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
