"""`below(goals, mean, progress)`: a column that reads itself on those directly below in a tree.

From the leaves up: first everybody as if nobody stood below, then once more for each level of
the tree, every time with what came out for those below the time before. After as many times as
the tree has levels nothing changes any more. A deeper tree than the path says stops the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from attain.core.errors import Problem, Where, problem
from attain.engine.forms import errors
from attain.engine.forms.expansion import Entry, Expansion, FormContext, entry
from attain.engine.plans.texts import Expression

_CALL: Final = re.compile(r"(?<![\w.])(?:below|下级)\s*[(（]")
_WORD: Final = re.compile(r"'[^']*'|\"[^\"]*\"|(?<![\w.])[^\W\d]\w*(?![\w.(（])")
_OF_NONE: Final = {"sum": "0", "count": "0", "distinct": "0", "any": "false"}
"""What nobody below comes to; the other aggregates have no data then."""
_SIGNS: Final = {"<>": "≠", ">=": "≥", "<=": "≤"}
_AGGREGATES: Final = (*_OF_NONE, "mean", "min", "max", "all")
_CHINESE: Final = {
    "合计": "sum", "求和": "sum", "计数": "count", "人数": "count", "不同值": "distinct",
    "平均": "mean", "最小": "min", "最大": "max", "任一": "any", "全部": "all",
}  # fmt: skip
"""Aggregates by their Chinese names."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call in a text: where it stands, and its path, aggregate and value."""

    start: int
    end: int
    path: str
    aggregate: str
    value: str


def calls_in(text: str) -> list[Call | None]:
    """The calls of a text in their order; None for one that is not written as it must be."""
    found: list[Call | None] = []
    for match in _CALL.finditer(text):
        parts, end = _arguments(text, match.end())
        parts[1:2] = [_CHINESE.get(one, one) for one in parts[1:2]]
        fits = len(parts) == 3 and parts[1] in _AGGREGATES
        found.append(Call(match.start(), end, *parts) if fits else None)
    return found


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """The arguments from behind an opening bracket on, and where its closing one ends."""
    depth, parts, begin = 0, [], start
    for place in range(start, len(text)):
        sign = text[place]
        if sign in "(（":
            depth += 1
        elif depth == 0 and sign in ",，)）":
            parts.append(text[begin:place].strip())
            begin = place + 1
            if sign in ")）":
                return parts, begin
        elif sign in ")）":
            depth -= 1
    return parts, len(text)


def expand_below(
    columns: Mapping[str, Entry], paths: Mapping[str, Any], context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """What stands for every column that uses `below`, and the columns these depend on."""
    texts = {name: str(made["is"]) for name, made in columns.items() if "is" in made}
    out, problems = Expansion(), []
    done: set[str] = set()
    """Columns that are written anew, under their own names."""
    for name, text in texts.items():
        calls = calls_in(text)
        problems += [one.at(_place(columns[name])) for one in _faults(name, calls, paths)]
        if not calls or problems or name in done:
            continue
        together = _circle(name, texts)
        done.update(together or [name])
        _Writing(out, columns, texts, together or [name], context).write(
            paths, is_circle=bool(together)
        )
    taken = [name for name in out.columns if name in columns and name not in done]
    problems += [problem(errors.NAME_TAKEN, name=name, section="below") for name in taken]
    return out, problems


def uses_below(texts: Iterable[str | None]) -> bool:
    """Whether any text looks at those below."""
    return any(text is not None and _CALL.search(text) for text in texts)


def _faults(name: str, calls: Sequence[Call | None], paths: Mapping[str, Any]) -> Iterator[Problem]:
    for call in calls:
        if call is None:
            yield problem(errors.BELOW_SHAPE, name=name, known=list(_AGGREGATES))
        elif call.path not in paths:
            yield problem(errors.BELOW_PATH, name=name, path=call.path, known=list(paths))


def _place(made: Entry) -> Where | None:
    text = made["is"]
    return text.place.where() if isinstance(text, Expression) else None


def _words(text: str) -> set[str]:
    return {found for found in _WORD.findall(text) if found[0] not in "'\""}


def _circle(name: str, texts: Mapping[str, str]) -> list[str]:
    """The columns that depend on this one and on which it depends, itself among them."""
    forward = _reached(name, {one: _words(text) for one, text in texts.items()})
    backward: dict[str, set[str]] = {one: set() for one in texts}
    for one, text in texts.items():
        for word in _words(text) & texts.keys():
            backward[word].add(one)
    both = forward & _reached(name, backward)
    return [one for one in texts if one in both]


def _reached(name: str, reads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(reads[name])
    while waiting:
        one = waiting.pop()
        if one in reads and one not in found:
            found.add(one)
            waiting.extend(reads[one])
    return found


@dataclass(frozen=True, slots=True)
class _Writing:
    """The columns of one circle, written out level by level."""

    out: Expansion
    columns: Mapping[str, Entry]
    texts: Mapping[str, str]
    together: Sequence[str]
    context: FormContext

    def write(self, paths: Mapping[str, Any], *, is_circle: bool) -> None:
        used = [call for name in self.together for call in self._calls(name)]
        levels = max(paths[call.path].levels for call in used) if is_circle else 1
        for level in range(0 if is_circle else 1, levels + 1):
            for name in self.together:
                self._write_level(name, level, levels)
        if is_circle:
            for path in dict.fromkeys(call.path for call in used):
                self._guard(path, levels)

    def _calls(self, name: str) -> list[Call]:
        return [call for call in calls_in(self.texts[name]) if call is not None]

    def _write_level(self, name: str, level: int, levels: int) -> None:
        """The column as it is with so many levels below, the last under its own name."""
        made, text = dict(self.columns[name]), self.texts[name]
        for number, call in reversed(list(enumerate(self._calls(name)))):
            said = self._below(name, number, call, level)
            text = f"{text[: call.start]}{said}{text[call.end :]}"
        text = self._at(text, level if level < levels else None)
        place = made["is"]
        made["is"] = Expression.like(text, place) if isinstance(place, Expression) else text
        if level < levels:
            made["show"] = False
            # Readers know one column, whichever level of the tree it has come to.
            made["label"] = made.get("label") or {"zh-Hans": name, "en": name}
        self.out.columns[self._named(name, level if level < levels else None)] = made

    def _below(self, name: str, number: int, call: Call, level: int) -> str:
        """What stands for a call: the column with what those below have come to."""
        if level == 0:
            return _OF_NONE.get(call.aggregate, "no_data('no_rows')")
        made = self.columns[name]
        own = f"{name}_below{number + 1 if number else ''}_{level}"
        grain = list(made.get("each") or self.context.grain)
        place = made["is"]
        value = self._at(call.value, level - 1)
        self.out.columns[own] = entry(
            each=grain,
            **{
                call.aggregate: Expression.like(value, place)
                if isinstance(place, Expression)
                else value
            },
            from_=grain,
            through=call.path,
            where="distance = 1",
            show=False,
            label=self._label(call),
        )
        return own

    def _label(self, call: Call) -> Mapping[str, str]:
        """What readers are told: what of those directly below is taken."""
        value = call.value.strip()
        if call.aggregate == "count" and value == "true":
            return {"zh-Hans": "直接下级的人数", "en": "how many are directly below"}
        zh, en = self._told(value, "zh"), self._told(value, "en")
        if call.aggregate == "count":
            return {"zh-Hans": f"直接下级中“{zh}”的人数", "en": f"how many directly below: {en}"}
        return {"zh-Hans": f"直接下级的“{zh}”", "en": f"“{en}” of those directly below"}

    def _told(self, text: str, language: str) -> str:
        """A value as readers know it: columns by their labels, comparisons by their signs."""

        def called(match: re.Match[str]) -> str:
            label = self.columns.get(match.group(0), {}).get("label")
            said = (getattr(label, language), label.zh, label.en) if label else (match.group(0),)
            return next(one for one in said if one)

        for written, sign in _SIGNS.items():
            text = text.replace(written, sign)
        return _WORD.sub(called, text)

    def _at(self, text: str, level: int | None) -> str:
        """A text in which the columns of the circle are those of a level."""

        def named(match: re.Match[str]) -> str:
            word = match.group(0)
            if word not in self.together:
                return word
            # A nothing in a column of its own is a count; as it stands, it is an amount, too.
            return "0" if level == 0 and self._is_sum(word) else self._named(word, level)

        return _WORD.sub(named, text)

    def _is_sum(self, name: str) -> bool:
        """Whether a column only adds up what is below, and says nowhere what that is."""
        calls, text = self._calls(name), self.texts[name].strip()
        is_all = len(calls) == 1 and (calls[0].start, calls[0].end) == (0, len(text))
        is_added = is_all and calls[0].aggregate == "sum"
        return is_added and not {"unit", "type", "round"} & self.columns[name].keys()

    def _named(self, name: str, level: int | None) -> str:
        return name if level is None else f"{name}_at_{level}"

    def _guard(self, path: str, levels: int) -> None:
        self.out.checks.append(
            entry(
                name=f"{path}_is_no_deeper_than_{levels}",
                each=[path],
                holds=f"distance <= {levels}",
                code="TREE_TOO_DEEP",
                stops=True,
            )
        )
