"""One record type compiled: every word of it looked up, every mistake collected with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from attain.core.errors import AttainError, Problem, Where, nearest
from attain.core.labels import Labels, labels
from attain.core.units import Type, Unit
from attain.expressions.typed import Constant, Node, Operate, Reference, children
from attain.kinds.conditions import Held, Written, formula
from attain.kinds.models import Field
from attain.kinds.records import errors, who
from attain.kinds.records.days import DayText
from attain.kinds.records.fields import CHOOSING, FieldSpec, FieldType
from attain.kinds.records.models import RecordType
from attain.kinds.records.patterns import fields_in
from attain.kinds.records.scopes import names_of
from attain.kinds.relations import CLOCK

Path = tuple[str | int, ...]
_QUOTED: Final = re.compile("'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”")
_WORD: Final = re.compile(r"\w+")
T = TypeVar("T")

FIELD = labels("字段", "field")
STATE = labels("状态", "state")
TYPE = labels("记录类型", "record type")
ALLOWANCE = labels("额度", "allowance")
NAME = labels("数据", "name")
DAY = labels("日期", "date")
VALUE = labels("数字、日期或文字", "a number, a date or a text")


@dataclass
class Compiler:
    """Looks words up for one type among all, and collects what is wrong."""

    declared: RecordType
    types: Mapping[str, RecordType]
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, Field] = field(init=False)
    followed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names = names_of(self.declared, self.types)

    # --- problems ---

    def report(self, code: str, path: Path, /, **values: object) -> None:
        self.problems.append(Problem(code, values, self.declared.where(*path)))

    def unknown(self, path: Path, kind: Labels, word: str, known: Iterable[str]) -> None:
        """Report a word that names nothing, with the nearest one that does."""
        there = [one for one in known if not one.endswith(")")]
        self.report(
            errors.RECORD_WORD_UNKNOWN,
            path,
            part=dotted(path),
            word=word,
            kind=kind,
            known=nearest(word, there) or there,
        )

    def trying(self, path: Path, make: Callable[[], T]) -> T | None:
        """What can be made; None with its problems placed where it cannot."""
        try:
            return make()
        except AttainError as error:
            outer = self.declared.where(*path)
            self.problems += [
                replace(one, where=_inside(outer, one.where)) for one in error.problems
            ]
            return None

    # --- expressions ---

    def formula(
        self,
        text: str,
        path: Path,
        expected: Type | None = None,
        names: Mapping[str, Field] | None = None,
    ) -> Written | None:
        """A checked expression; confidential fields do not exist for it."""
        among = self.names if names is None else names
        if self._says_secret(text, path, among):
            return None
        found = self.trying(path, lambda: formula(text, among, expected))
        if found is not None:
            self._follow(found.node)
            self._compare_choices(found.node, path)
        return found

    def condition(
        self, text: str, path: Path, names: Mapping[str, Field] | None = None
    ) -> Held | None:
        """A checked condition."""
        found = self.formula(text, path, Type(Unit.boolean), names)
        return Held(found) if found is not None else None

    def _says_secret(self, text: str, path: Path, among: Mapping[str, Field]) -> bool:
        words = set(_WORD.findall(_QUOTED.sub("", text)))
        for spec in self.declared.fields.values():
            if spec.confidential is not None and spec.name not in among and spec.name in words:
                self.report(errors.RECORD_FIELD_SECRET, path, part=dotted(path), field=spec.name)
                return True
        return False

    def _follow(self, node: Node) -> None:
        if isinstance(node, Reference):
            self.follow(node.column)
        for child in children(node):
            self._follow(child)

    def follow(self, name: str) -> None:
        """Note that a dotted name looks into the record another field refers to."""
        if "." in name and not name.endswith(")"):
            self.followed.add(name.partition(".")[0])

    def _compare_choices(self, node: Node, path: Path) -> None:
        """A choice or state that no record can have is a slip of the pen."""
        if isinstance(node, Operate) and node.operator in ("=", "<>", "in", "not in"):
            columns = [one.column for one in node.operands if isinstance(one, Reference)]
            for column in columns[:1]:
                known = self.ids_of(column)
                for one in node.operands:
                    if known and isinstance(one, Constant) and one.value not in known:
                        self.report(
                            errors.RECORD_CHOICE_UNKNOWN,
                            path,
                            field=self.names[column].label,
                            value=one.value,
                            known=list(known),
                        )
        for child in children(node):
            self._compare_choices(child, path)

    def ids_of(self, name: str) -> tuple[str, ...]:
        """The identifiers a value of that name can be; none where it can be anything."""
        first, dot, last = name.rpartition(".")
        if not dot:
            return _ids(self.declared, last)
        spec = self.declared.fields.get(first)
        found = (
            [_ids(self.types[one], last) for one in spec.of if one in self.types] if spec else []
        )
        return tuple(dict.fromkeys(one for ids in found for one in ids)) if all(found) else ()

    # --- words ---

    def day(self, written: DayText | None, path: Path, more: Iterable[str] = ()) -> None:
        """A day must be counted from a date that is there."""
        if written is None or written.deadline.since in more:
            return
        since = written.deadline.since
        self.follow(since)
        found = self.names.get(since)
        if found is None or found.type.unit is not Unit.date:
            dates = [name for name, one in self.names.items() if one.type.unit is Unit.date]
            self.unknown(path, DAY, since, [*dates, *more])

    def who(
        self,
        words: Iterable[str],
        path: Path,
        *,
        clock: bool = False,
        known: tuple[str, ...] = who.KNOWN,
    ) -> None:
        """Words for who must be known; only an action may be taken by the clock."""
        people = frozenset(
            one.name
            for one in self.declared.fields.values()
            if one.type is FieldType.person and one.confidential is None
        )
        for word in words:
            is_one = who.is_word(word, people) and who.fits(word, known)
            if not is_one or (word == CLOCK and not clock):
                near = nearest(word, known) or list(known)
                self.report(
                    errors.RECORD_WHO_UNKNOWN, path, part=dotted(path), word=word, known=near
                )

    def field(
        self, name: str | None, path: Path, fits: Callable[[FieldSpec], bool], wanted: Labels
    ) -> FieldSpec | None:
        """A field that a part of the declaration names, if it is there and fits."""
        if name is None:
            return None
        found = self.declared.fields.get(name)
        if found is None:
            self.unknown(path, FIELD, name, self.declared.fields)
        elif found.confidential is not None:
            self.report(errors.RECORD_FIELD_SECRET, path, part=dotted(path), field=name)
        elif not fits(found):
            self.report(
                errors.RECORD_FIELD_UNFIT,
                path,
                part=dotted(path),
                wanted=wanted,
                field=name,
                type=found.type.value,
            )
        else:
            return found
        return None

    def sentence(self, said: Labels, path: Path, *, with_keys: bool = True) -> None:
        """The names in brackets must be there; where a sentence is filled in without looking
        people and records up, it cannot name one."""
        for name in dict.fromkeys([*fields_in(said.zh), *fields_in(said.en)]):
            found = self.names.get(name)
            if found is None:
                self.unknown(path, NAME, name, self.names)
            elif found.type.unit is Unit.key and not with_keys:
                self.report(
                    errors.RECORD_FIELD_UNFIT,
                    path,
                    part=dotted(path),
                    wanted=VALUE,
                    field=name,
                    type=str(found.type),
                )
            self.follow(name)


def dotted(path: Path) -> str:
    """A path as it is read: `actions.submit.until`."""
    return ".".join(str(part) for part in path)


def _ids(declared: RecordType, name: str) -> tuple[str, ...]:
    if name == "state":
        return tuple(declared.life)
    spec = declared.fields.get(name)
    return tuple(spec.choices) if spec and spec.type in CHOOSING and len(spec.choices) else ()


def _inside(outer: Where | None, inner: Where | None) -> Where | None:
    """A place inside an expression as a place of the file, where it stands on one line."""
    if outer is None or inner is None or inner.line is None:
        return outer or inner
    if outer.line != outer.end_line or inner.line != 1 or outer.position is None:
        return outer
    start = outer.position + (inner.position or 1) - 1
    width = (outer.end_position or 0) - outer.position
    end = outer.position + (inner.end_position or inner.position or 1) - 1
    quoted = 1 if end - outer.position < width else 0
    return replace(outer, position=start + quoted, end_position=end + quoted)
