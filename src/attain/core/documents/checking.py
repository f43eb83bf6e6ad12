"""Documents checked against pydantic models, with errors a plan author can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from attain.core.documents.document import Document, Path
from attain.core.errors import AttainError, Problem, codes, nearest, problem
from attain.core.labels import Labels, labels

M = TypeVar("M", bound=BaseModel)

_DETAILS: Final[dict[str, Labels]] = {
    "string_type": labels("应为文字", "a text is expected"),
    "int_type": labels("应为整数", "a whole number is expected"),
    "int_parsing": labels("应为整数", "a whole number is expected"),
    "bool_type": labels("应为 true 或 false", "true or false is expected"),
    "bool_parsing": labels("应为 true 或 false", "true or false is expected"),
    "list_type": labels("应为列表", "a list is expected"),
    "tuple_type": labels("应为列表", "a list is expected"),
    "dict_type": labels("应为“键: 值”的形式", "keys with values are expected"),
    "model_type": labels("应为“键: 值”的形式", "keys with values are expected"),
    "date_from_datetime_parsing": labels("应为日期", "a date is expected"),
    "date_parsing": labels("应为日期", "a date is expected"),
    "decimal_parsing": labels("应为数字", "a number is expected"),
    "string_too_short": labels("不能为空", "it must not be empty"),
}
_SHOWN: Final = 8
_EVERYWHERE: Final = ("label", "source")
_WITH_LIMIT: Final[dict[str, tuple[str, str, str]]] = {
    "enum": ("expected", "可选：{}", "it can be {}"),
    "literal_error": ("expected", "可选：{}", "it can be {}"),
    "greater_than": ("gt", "应大于 {}", "it must be above {}"),
    "greater_than_equal": ("ge", "不能小于 {}", "it must be at least {}"),
    "less_than": ("lt", "应小于 {}", "it must be below {}"),
    "less_than_equal": ("le", "不能大于 {}", "it must be at most {}"),
    "string_pattern_mismatch": ("pattern", "应符合 {}", "it must match {}"),
    "too_short": ("min_length", "至少要有 {} 项", "it needs at least {}"),
    "string_too_long": ("max_length", "最多 {} 个字符", "it has at most {} characters"),
}


class Declared(BaseModel):
    """Base of every model that is written by people: frozen, and nothing unknown in it."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


def refused(fault: Problem) -> PydanticCustomError:
    """A coded problem to raise inside a validator; `check_document` gives it back, placed."""
    return PydanticCustomError("attain", "{code}", {"code": fault.code, "problem": fault})


def check_document(model: type[M], document: Document, path: Path = ()) -> M:
    """The part of a document at `path` as a model.

    :raises AttainError: FIELD_UNKNOWN, FIELD_MISSING, FIELD_INVALID and the codes raised by
        the model's validators; all of them at once, each with its line.
    """
    try:
        return model.model_validate(document.value(path))
    except ValidationError as error:
        found = _told_once(error.errors(include_url=False))
        raise AttainError(_problem_of(one, model, document, path) for one in found) from None


def _told_once(found: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """One mistake for one value: what may be several things is measured against each of them,
    and a list whose entries are faulty is counted as empty."""
    seen: set[tuple[int | str, ...]] = set()
    for one in found:
        place = _place(one)
        below = (other for other in found if len(other["loc"]) > len(place))
        is_echo = one["type"] == "too_short" and any(
            _place(other)[: len(place)] == place for other in below
        )
        if place not in seen and not is_echo:
            yield one
        if one["type"] not in ("missing", "extra_forbidden"):
            seen.add(place)


def _place(details: ErrorDetails) -> tuple[int | str, ...]:
    """Where it stands in the document, without what the value was measured against."""
    return tuple(part for part in details["loc"] if not _is_variant(part))


_SYNONYMS: Final = {
    **dict.fromkeys(("avg", "average", "平均"), ("mean",)),
    **dict.fromkeys(("方案",), ("plan",)),
    **dict.fromkeys(("期间", "周期"), ("period",)),
    **dict.fromkeys(("币种",), ("currency", "unit")),
    **dict.fromkeys(("对象", "考核对象"), ("subjects", "subject")),
    **dict.fromkeys(("数据", "数据来源", "来源"), ("sources", "from", "given", "source")),
    **dict.fromkeys(("参数", "constants", "constant", "variables", "params"), ("parameters",)),
    **dict.fromkeys(("表", "分档表", "档位", "区间"), ("tables", "bands")),
    **dict.fromkeys(("指标", "度量"), ("measures",)),
    **dict.fromkeys(("评分卡", "考核表", "计分"), ("scorecard",)),
    **dict.fromkeys(("等级",), ("grades",)),
    **dict.fromkeys(("激励", "提成", "奖金", "佣金"), ("incentives",)),
    **dict.fromkeys(("例子", "示例", "样例"), ("examples",)),
    **dict.fromkeys(("计数", "个数", "数量"), ("count",)),
    **dict.fromkeys(("最大", "最高"), ("max", "until", "cap")),
    **dict.fromkeys(("最小", "最低"), ("min", "from", "floor")),
    **dict.fromkeys(("单位",), ("unit",)),
    **dict.fromkeys(("四舍五入", "取整", "保留"), ("round",)),
    **dict.fromkeys(("步骤",), ("steps",)),
    **dict.fromkeys(("封顶", "上限"), ("cap", "until")),
    **dict.fromkeys(("保底", "下限"), ("floor", "from")),
    **dict.fromkeys(("权重",), ("weight", "weights")),
    **dict.fromkeys(("total", "合计", "求和"), ("sum",)),
    **dict.fromkeys(("filter", "condition", "when", "if", "条件"), ("where", "gate")),
    **dict.fromkeys(
        ("formula", "value", "expression", "result", "rate", "then", "公式"),
        ("is", "steps", "base", "formulas"),
    ),
    **dict.fromkeys(("default", "else", "其他"), ("otherwise",)),
    **dict.fromkeys(("group_by", "groupby", "grain"), ("each",)),
    **dict.fromkeys(("last", "newest"), ("latest",)),
    **dict.fromkeys(("order_by", "sort", "sort_by", "first_by"), ("take", "by")),
    **dict.fromkeys(("lower", "above_or_equal", "start", "min", "minimum"), ("from", "floor")),
    **dict.fromkeys(("upper", "below", "end", "max", "maximum", "limit"), ("until", "cap")),
    **dict.fromkeys(("title", "display", "标签"), ("label",)),
    **dict.fromkeys(("名称",), ("name", "label")),
    **dict.fromkeys(("factor", "times", "accelerator", "multiplier", "系数", "乘"), ("multiply",)),
    **dict.fromkeys(("plus", "bonus", "subtract", "minus", "加", "加项"), ("add",)),
    **dict.fromkeys(("基数", "基础"), ("base",)),
    **dict.fromkeys(("门槛",), ("gate", "gates")),
    **dict.fromkeys(("否决",), ("veto",)),
    **dict.fromkeys(("否则",), ("else", "otherwise")),
    **dict.fromkeys(("发放", "支付", "付款"), ("pay",)),
    **dict.fromkeys(("口径",), ("each",)),
    **dict.fromkeys(("主键",), ("key",)),
    **dict.fromkeys(("日期",), ("date", "dated")),
    **dict.fromkeys(("列", "字段"), ("columns",)),
    **dict.fromkeys(("得分", "分数"), ("score", "points")),
    **dict.fromkeys(("生效", "生效期"), ("effective",)),
    **dict.fromkeys(("已知", "给定"), ("given",)),
    **dict.fromkeys(("预期", "期望", "应得"), ("expect",)),
}
"""Other words people write for a key, which is another one in another place."""


_CHOICE: Final = re.compile(r"'([^']*)'")
_CHOICES: Final = {
    **dict.fromkeys(("四舍五入", "round"), ("half_up",)),
    **dict.fromkeys(("向下取整", "取整"), ("floor",)),
    **dict.fromkeys(("舍去", "截断", "truncate"), ("down",)),
    **dict.fromkeys(("向上取整", "进位", "ceil"), ("up",)),
    **dict.fromkeys(("跳过", "忽略", "ignore"), ("skip", "leave_out")),
    **dict.fromkeys(("累计",), ("cumulative",)),
    **dict.fromkeys(("每月", "月"), ("month",)),
    **dict.fromkeys(("每季", "季度"), ("quarter",)),
    **dict.fromkeys(("每年", "年"), ("year",)),
    **dict.fromkeys(("工作日",), ("working_days",)),
    **dict.fromkeys(("自然日", "日历日"), ("calendar_days",)),
}
"""Other words people write for one of a few, which may be meant by several keys."""


def _problem_of(
    details: ErrorDetails, model: type[BaseModel], document: Document, path: Path
) -> Problem:
    where = document.where((*path, *details["loc"]))
    context = details.get("ctx", {})
    if details["type"] == "attain":
        fault: Problem = context["problem"]
        return fault.at(where)
    key = str((_place(details) or ("/",))[-1])
    if details["type"] == "missing":
        return problem(codes.FIELD_MISSING, where, key=key)
    if details["type"] == "extra_forbidden":
        # What is unknown is a key as it stands, however it begins.
        key = str(details["loc"][-1])
        where = document.where((*path, *details["loc"]), of_key=True)
        known = known_fields(model, details["loc"][:-1])
        meant = [one for one in _SYNONYMS.get(key.casefold(), ()) if one in known]
        near = meant[:1] or nearest(key, known)
        if _is_bare(document, (*path, *details["loc"])) and (" " in key or not near):
            return problem(codes.YAML_CUT, where, value=key)
        return problem(codes.FIELD_UNKNOWN, where, key=key, known=near or known)
    value, detail = details["input"], _detail(details, known_fields(model, details["loc"]))
    return problem(codes.FIELD_INVALID, where, key=key, value=_said(value), detail=detail)


def _is_bare(document: Document, path: Path) -> bool:
    """Whether a key stands without a colon, as half of a sentence does: {en: Paid, kept}."""
    key, value = document.where(path, of_key=True), document.where(path)
    if key.line != value.line or key.position is None or value.position is None:
        return False
    return value.position - key.position == len(str(path[-1]))


def _said(value: Any) -> Any:
    """A value as it is told; of a list or of keys with values, what it is."""
    if isinstance(value, dict):
        return labels("键和值", "keys with values")
    if isinstance(value, list):
        return labels("列表", "a list")
    return value if value is None or isinstance(value, str) else str(value)


def _is_variant(part: str | int) -> bool:
    """Whether a part of a place is no key, but what the value was measured against."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part)


def _detail(details: ErrorDetails, known: tuple[str, ...]) -> Labels:
    kind = details["type"]
    own = [one for one in known if one not in _EVERYWHERE]
    if kind == "model_type" and own:
        shown = ", ".join(own[:_SHOWN])
        return labels(
            f"应为“键: 值”的形式，键有 {shown}", f"keys with values are expected, such as {shown}"
        )
    if kind in _DETAILS:
        return _DETAILS[kind]
    if kind in _WITH_LIMIT:
        name, zh, en = _WITH_LIMIT[kind]
        limit = str(details["ctx"][name])
        choices = _CHOICE.findall(limit) if kind in ("enum", "literal_error") else []
        meant = [one for one in _CHOICES.get(str(details["input"]), ()) if one in choices]
        in_chinese = "、".join(meant or choices) or limit
        return labels(zh.format(in_chinese), en.format(", ".join(meant or choices) or limit))
    said = details["msg"].removeprefix("Value error, ")
    return labels(said, said)


def known_fields(model: type[BaseModel], path: tuple[str | int, ...] = ()) -> tuple[str, ...]:
    """What may be written at a path of a document of that model, in the model's order."""
    models, is_named = [model], False
    for part in path:
        annotations = [
            field.annotation
            for outer in models
            for name, field in outer.model_fields.items()
            if part in (name, _written(outer, name)) and not is_named
        ]
        found = [inner for annotation in annotations for inner in _models_in(annotation)]
        # A name in a section, which may be called as a field, or the number in a list: the models
        # stay the same.
        models, is_named = found or models, any(_is_section(one) for one in annotations)
    return tuple(_written(each, name) for each in models for name in each.model_fields)


def _is_section(annotation: Any) -> bool:
    """Whether what follows are names that an author gave, such as those of incentives."""
    return isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Mapping)


def _written(model: type[BaseModel], name: str) -> str:
    alias = model.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        alias = alias.choices[0]
    return alias if isinstance(alias, str) else name


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
