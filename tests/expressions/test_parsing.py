"""Text becomes a tree in which every part knows its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from attain.core.errors import AttainError, render
from attain.expressions.parse import parse
from attain.expressions.tree import Call, Day, Name, Number, Operation, Span, Text, Tree, Truth


def shown(tree: Tree) -> str:
    """A tree in brackets, so that precedence can be read."""
    match tree:
        case Number(value=value):
            return str(value)
        case Text(value=value):
            return repr(value)
        case Day(value=value):
            return value.isoformat()
        case Truth(value=value):
            return str(value).lower()
        case Name(parts=parts):
            return ".".join(parts)
        case Call(name=name, arguments=arguments, member=member):
            inner = ", ".join(shown(one) for one in arguments)
            return f"{name}({inner})" + (f".{member}" if member else "")
        case Operation(operator=operator, operands=operands):
            return "(" + " ".join([operator, *(shown(one) for one in operands)]) + ")"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 * x - y / 3", "(- (+ 1 (* 2 x)) (/ y 3))"),
        ("a + b + c", "(+ a b c)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a / b * c", "(* (/ a b) c)"),
        ("-a * b", "(* (- a) b)"),
        ("a - -b", "(- a (- b))"),
        ("+a", "a"),
        ("not a and b or c", "(or (and (not a) b) c)"),
        ("not a = b", "(not (= a b))"),
        ("a or b and c", "(or a (and b c))"),
        ("(a or b) and c", "(and (or a b) c)"),
        ("a in ('x', 'y')", "(in a 'x' 'y')"),
        ("a not in (1, 2)", "(not in a 1 2)"),
        ("x != 1 or x == 2", "(or (<> x 1) (= x 2))"),
        ("customer.region = '华东'", "(= customer.region '华东')"),
        ("row(sales).score", "row(sales).score"),
        ("period_start()", "period_start()"),
        ("max(0, cap - paid)", "max(0, (- cap paid))"),
        ("true or FALSE", "(or true false)"),
        ("是主管 且 非 休假 或 真", "(or (and 是主管 (not 休假)) true)"),
        ("a>=100%且(b>=c)或者d", "(or (and (>= a 1.00) (>= b c)) d)"),
        ("a = '且' 并且b or 或有负债", "(or (and (= a '且') b) 或有负债)"),
        ("2024年销售额 ÷ 12 × 3", "(* (/ 2024年销售额 12) 3)"),
        ("a ≤ b or a ≥ c or a ≠ d", "(or (<= a b) (>= a c) (<> a d))"),
    ],
)
def test_operators_bind_as_in_a_spreadsheet(text: str, tree: str) -> None:
    assert shown(parse(text).tree) == tree


@pytest.mark.parametrize("text", ["3‰", "3 ‰", "３‰"])
def test_per_mille_is_its_ratio(text: str) -> None:
    tree = parse(text).tree

    assert isinstance(tree, Number)
    assert (tree.value, tree.percent) == (Decimal("0.003"), True)


def test_a_percentage_is_its_ratio() -> None:
    tree = parse("80%").tree

    assert tree == Number(Decimal("0.80"), percent=True, span=Span(1, 1, 1, 4))


def test_a_date_is_no_subtraction() -> None:
    assert parse("2026-03-15").tree == Day(dt.date(2026, 3, 15), Span(1, 1, 1, 11))
    assert shown(parse("2026 - 3 - 15").tree) == "(- (- 2026 3) 15)"


@pytest.mark.parametrize("quoted", ["'华东'", '"华东"', "‘华东’", "“华东”", "＇华东＇", "＂华东＂"])
def test_texts_stand_in_any_quotes(quoted: str) -> None:
    assert shown(parse(quoted).tree) == "'华东'"


def test_what_stands_in_quotes_is_kept_as_written() -> None:
    parsed = parse("'（Ａ，１）'")

    assert shown(parsed.tree) == "'（Ａ，１）'"
    assert parsed.notes == ()


def test_every_node_knows_line_and_position() -> None:
    tree = parse("amount *\n  销售额").tree

    assert isinstance(tree, Operation)
    assert tree.span == Span(1, 1, 2, 6)
    assert tree.operands[1].span == Span(2, 3, 2, 6)


def test_full_width_signs_are_read_with_a_note_and_positions_stay() -> None:
    parsed = parse("ｍａｘ（０，销售额 － １２％）＞＝０")

    assert shown(parsed.tree) == "(>= max(0, (- 销售额 0.12)) 0)"
    assert isinstance(parsed.tree, Operation)
    assert parsed.tree.operands[1].span == Span(1, 19, 1, 20)
    (note,) = parsed.notes
    assert note.code == "PLAN_SIGNS_NORMALISED"
    assert note.where is not None
    assert (note.where.line, note.where.position) == (1, 1)


def test_a_name_is_the_same_in_every_normal_form() -> None:
    composed, decomposed = parse("caf\u00e9").tree, parse("cafe\u0301").tree

    assert isinstance(composed, Name)
    assert isinstance(decomposed, Name)
    assert composed.parts == decomposed.parts


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("1 +", 4),
        ("(1", 3),
        ("1)", 2),
        (",", 1),
        ("max(1,)", 7),
        ("a < b < c", 7),
        ("1,000", 2),
        ("007", 1),
        ("2026-02-30", 1),
        ("2026-03-155", 6),
        ("1e5", 1),
        ("0x1F", 1),
        (".5", 1),
        ("'abc", 1),
        ("a b", 3),
        ("123456789012345678901", 1),
    ],
)
def test_a_mistake_is_told_at_its_place_with_a_remedy(text: str, position: int) -> None:
    with pytest.raises(AttainError) as refused:
        parse(text)

    (found,) = refused.value.problems
    assert found.code == "PLAN_SYNTAX"
    assert found.where is not None
    assert (found.where.line, found.where.position) == (1, position)
    assert render(found, "zh-Hans").remedy
    assert render(found, "en").remedy


def test_the_line_of_a_mistake_is_told() -> None:
    with pytest.raises(AttainError) as refused:
        parse("a\n + \n  $b")

    where = refused.value.problems[0].where
    assert where is not None
    assert (where.line, where.position) == (3, 3)


@pytest.mark.parametrize("comment", ["a -- b", "a /* b */", "a // b", "# a", "a ** b"])
def test_comments_and_powers_of_other_languages_are_refused(comment: str) -> None:
    with pytest.raises(AttainError) as refused:
        parse(comment)

    assert refused.value.code == "PLAN_SYNTAX"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("得分>=80或业绩>5", "数字后面的“且”“或”前面加空格"),
        ("类别 包含 食", "contains(类别, '食')"),
        ("业绩 的 3%", "5%"),
    ],
)
def test_what_chinese_formulas_say_otherwise_is_told(text: str, remedy: str) -> None:
    with pytest.raises(AttainError) as refused:
        parse(text)

    assert remedy in render(refused.value.problems[0], "zh-Hans").remedy
