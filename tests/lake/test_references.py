"""Codes, keys, and references that lead nowhere (B30, B41, B52)."""

from __future__ import annotations

import pytest

from attain import lake
from attain.core.keys import key_for
from attain.lake.choosing import choose_dataset
from attain.lake.rekeying import bring_up

PEOPLE = """person,name,effective_from
E001,张三,2025-01-01
E002,李四,2025-01-01
E003,张三,2025-01-01
00123,王五,2025-01-01
"""
PRODUCTS = """
dataset: products
key: [code]
columns:
  code: {type: code}
  name: {type: text}
"""
ORDERS = "order_id,signed_on,seller,amount\n"


@pytest.fixture
def staffed(desk):
    desk.load(PEOPLE, "people")
    return desk


def test_codes_become_opaque_keys_and_stand_in_aliases(staffed):
    assert sorted(staffed.rows("people", "name, person")) == sorted(
        [
            ("张三", key_for("people", "E001")),
            ("张三", key_for("people", "E003")),
            ("李四", key_for("people", "E002")),
            ("王五", key_for("people", "00123")),
        ]
    )
    assert staffed.rows("aliases", "kind, code, key", "code")[1] == (
        "people",
        "E001",
        key_for("people", "E001"),
    )


def test_a_reference_is_known_however_it_is_typed(staffed):
    rows = "1,2026-01-05,Ｅ００１,1\n2,2026-01-05, E001　,1\n3,2026-01-05,\u200bE002,1\n"

    checked = staffed.check(ORDERS + rows)

    assert checked.is_good


@pytest.mark.parametrize(
    ("typed", "code", "nearest"),
    [
        ("E0O1", "UNKNOWN_PERSON", ["E001"]),
        ("e001", "UNKNOWN_PERSON", ["E001"]),
        ("E004", "UNKNOWN_PERSON", ["E001", "E002", "E003"]),
        # A Cyrillic letter that looks like the Latin one.
        ("\u0415001", "UNKNOWN_PERSON", ["E001"]),
        ("123", "UNKNOWN_PERSON", ["00123"]),
        ("李四", "UNKNOWN_PERSON", ["E002"]),
        ("王六", "UNKNOWN_PERSON", ["00123"]),
    ],
)
def test_nobody_is_matched_by_similarity(staffed, typed, code, nearest):
    checked = staffed.check(ORDERS + f"1,2026-01-05,{typed},1\n")

    fault = checked.errors[0]
    assert (fault.code, fault.where.row, fault.where.header) == (code, 2, "seller")
    assert fault.values["nearest"] == nearest


def test_two_people_of_one_name_are_not_guessed_between(staffed):
    checked = staffed.check(ORDERS + "1,2026-01-05,张三,1\n")

    assert checked.errors[0].code == "PERSON_AMBIGUOUS"
    assert checked.errors[0].values["codes"] == ["E001", "E003"]


def test_references_are_free_until_their_dataset_has_a_version(desk):
    desk.load(ORDERS + "1,2026-01-05,E001,1\n")

    assert desk.rows("orders", "seller") == [(key_for("people", "E001"),)]


def test_a_code_that_a_program_took_for_a_decimal_number_is_told_and_can_be_declared(desk):
    """A column with blanks is one of decimal numbers to many a program: 14 is written 14.0."""
    desk.declare("dataset: groups\nkey: [code]\ncolumns: {code: code}\n")
    things = "dataset: things\nkey: [id]\ncolumns: {id: code, of: {type: key, of: groups}}\n"
    desk.declare(things)
    desk.load("code\n14\n", "groups")

    [fault] = desk.check("id,of\n1,14.0\n2,\n", "things").errors
    assert (fault.code, fault.values["code"]) == ("CODE_POINT_ZERO", "14")

    desk.declare(things.replace("of: groups}", "of: groups, written: {point_zero: true}}"))
    desk.load("id,of\n1,14.0\n2,\n3,14\n", "things")
    group = key_for("groups", "14")
    assert desk.rows("things", "of", "_line") == [(group,), (None,), (group,)]


@pytest.mark.parametrize("written", ["code", "text"])
def test_a_code_which_others_refer_to_is_stored_as_a_key(desk, written):
    desk.declare(f"dataset: customers\nkey: [code]\ncolumns:\n  code: {{type: {written}}}\n")
    desk.declare(
        "dataset: visits\nkey: [id]\ncolumns:\n  id: {type: code}\n"
        "  customer: {type: key, of: customers}\n"
    )

    desk.load("code\nC1\n", "customers")
    checked = desk.check("id,customer\n1,C1\n2,C2\n", "visits")

    assert desk.rows("customers", "code") == [(key_for("customers", "C1"),)]
    assert [(one.code, one.where.row) for one in checked.errors] == [("UNKNOWN_REFERENCE", 3)]


def test_so_is_that_of_a_list_with_days_from_which_its_rows_hold(desk):
    desk.declare(
        "dataset: prices\ndated: true\nkey: [product, effective_from]\n"
        "columns: {product: code, price: count}\n"
    )
    desk.declare("dataset: deals\nkey: [id]\ncolumns: {id: code, product: prices}\n")

    rows = "P1,2026-01-01,2026-03-01,5\nP1,2026-03-01,,6\n"
    desk.load(f"product,effective_from,effective_until,price\n{rows}", "prices")
    checked = desk.check("id,product\n1,P1\n2,P2\n", "deals")

    assert desk.rows("prices", "product, price", "price") == [
        (key_for("prices", "P1"), 5),
        (key_for("prices", "P1"), 6),
    ]
    assert [(one.code, one.where.row) for one in checked.errors] == [("UNKNOWN_REFERENCE", 3)]


def test_a_reference_of_several_kinds_takes_the_one_that_knows_the_code(desk):
    desk.load(PEOPLE, "people")
    desk.load("unit,name,kind,parent,head\nU1,华东,region,,E001\n", "units")
    targets = "subject,indicator,period,dimension,value\n"

    desk.load(targets + "U1,sales,2026-Q1,,100\nE001,sales,2026-Q1,,50\n", "targets")

    assert desk.rows("targets", "subject, period, period_from::VARCHAR") == [
        (key_for("people", "E001"), "2026-Q1", "2026-01-01"),
        (key_for("units", "U1"), "2026-Q1", "2026-01-01"),
    ]


def test_a_corrected_code_keeps_the_key_that_aliases_give_it(desk):
    desk.load(PEOPLE, "people")
    key = key_for("people", "E001")
    desk.load(f"kind,code,key\npeople,NEW-1,{key}\n", "aliases")

    desk.load(ORDERS + "1,2026-01-05,NEW-1,1\n")

    assert desk.rows("orders", "seller") == [(key,)]


def test_a_file_of_aliases_says_by_a_code_what_another_code_means(desk):
    desk.load(PEOPLE, "people")
    desk.load("类型,编号,主键\npeople,X1,E001\n人员,小李,E002\npeople,X2,E003\n", "aliases")

    desk.load(ORDERS + "1,2026-01-05,X1,1\n2,2026-01-05,小李,1\n", "orders")

    assert desk.rows("orders", "seller", "order_id") == [
        (key_for("people", "E001"),),
        (key_for("people", "E002"),),
    ]


def test_an_alias_of_nobody_is_refused(desk):
    desk.load(PEOPLE, "people")

    checked = desk.check("kind,code,key\npeople,X1,E004\npersons,X2,E001\n", "aliases")

    assert [(one.code, one.where.row, one.where.header) for one in checked.errors] == [
        ("UNKNOWN_PERSON", 2, "key"),
        ("ALIAS_KIND", 3, "kind"),
    ]


def test_an_alias_may_mean_a_code_of_a_list_to_which_no_row_refers_yet(desk):
    desk.declare(PRODUCTS)
    desk.load("code,name\nGTX Pro,big\nMG,small\n", "products")
    desk.declare("dataset: deals\nkey: [id]\ncolumns: {id: code, product: products}\n")
    refused = desk.check("kind,code,key\nproducts,GTXPro,GTX Por\n", "aliases")
    desk.load("kind,code,key\nproducts,GTXPro,GTX Pro\n", "aliases")

    desk.load("id,product\n1,GTXPro\n2,GTX Pro\n", "deals")

    assert [(one.code, one.values["nearest"]) for one in refused.errors] == [
        ("UNKNOWN_REFERENCE", ["GTX Pro"])
    ]
    key = key_for("products", "GTX Pro")
    assert desk.rows("products", "code, name", "name")[0] == (key, "big")
    assert desk.rows("deals", "product") == [(key,), (key,)]


def test_an_alias_may_mean_a_code_of_a_list_to_which_no_dataset_refers(desk):
    desk.declare(PRODUCTS)
    desk.load("code,name\nGTX Pro,big\n", "products")

    desk.load("kind,code,key\nproducts,GTXPro,GTX Pro\n", "aliases")

    assert desk.rows("aliases", "code, key") == [("GTXPro", key_for("products", "GTX Pro"))]


def test_a_file_that_is_called_after_the_aliases_is_one(desk):
    detected = desk.detect(desk.text("类型,编号,主键\npeople,X1,E001\n", "编号对照.csv"))

    assert choose_dataset(detected, detected.tables[0], desk.schemas).dataset == "aliases"


def test_rows_may_refer_to_rows_of_the_same_file(desk):
    checked = desk.check(
        "unit,name,kind,parent,head\nU1,总部,root,,\nU2,华东,region,U1,\nU3,华南,region,U9,\n",
        "units",
    )

    assert [(one.code, one.where.row) for one in checked.errors] == [("UNKNOWN_REFERENCE", 4)]


def test_a_rejected_row_leaves_no_alias(desk):
    desk.load(ORDERS + "1,2026-01-05,E001,1\n2,2026-01-05,E002,bad\n", good_rows=True)

    assert desk.rows("aliases", "code") == [("E001",)]


def test_codes_become_keys_when_another_dataset_refers_to_them_later(desk):
    desk.declare(PRODUCTS)
    desk.load("code,name\nGTX Pro,big\nMG,small\n", "products")
    assert desk.rows("products", "code") == [("GTX Pro",), ("MG",)]
    desk.declare(
        "dataset: deals\nkey: [id]\ncolumns:\n  id: {type: code}\n"
        "  product: {type: key, of: products}\n"
    )

    checked = desk.check("id,product\n1,MG\n2,GTXPro\n", "deals")
    lake.commit(checked, desk.catalog, accept_good_rows=True)

    assert desk.rows("products", "code, name", "name") == [
        (key_for("products", "GTX Pro"), "big"),
        (key_for("products", "MG"), "small"),
    ]
    assert desk.rows("deals", "product") == [(key_for("products", "MG"),)]


def test_codes_become_keys_before_a_run_compares_them(desk):
    desk.declare(PRODUCTS)
    desk.load("code,name\nMG,small\n", "products")
    desk.declare("dataset: deals\nkey: [id]\ncolumns: {id: code, product: products}\n")

    bring_up(desk.catalog, desk.schemas, ("products", "deals"))
    once = desk.catalog.head("products").hash
    bring_up(desk.catalog, desk.schemas, ("products", "deals"))

    assert desk.rows("products", "code, name") == [(key_for("products", "MG"), "small")]
    assert desk.catalog.head("products").hash == once


def test_rows_with_codes_are_found_again_after_these_became_keys(desk):
    desk.declare(PRODUCTS)
    desk.load("code,name\nA,big\nB,small\n", "products")
    desk.declare(
        "dataset: deals\nkey: [id]\ncolumns:\n  id: {type: code}\n"
        "  product: {type: key, of: products}\n"
    )

    receipt = desk.load("code,name\nB,tiny\n", "products")

    assert receipt.rows == 2
    assert desk.rows("products", "code, name", "name") == [
        (key_for("products", "A"), "big"),
        (key_for("products", "B"), "tiny"),
    ]
    lake.undo(desk.catalog, "products")
    assert desk.rows("products", "name") == [("big",), ("small",)]


def test_codes_of_a_list_that_is_not_there_yet_are_warned_of(desk):
    desk.declare(PRODUCTS)
    desk.declare("dataset: prices\nkey: [code]\ncolumns: {code: products, name: text}\n")

    before = desk.check("code,name\nP1,a\n", "prices")
    desk.load("code,name\nP1,a\n", "products")
    after = desk.check("code,name\nP1,a\n", "prices")

    assert [one.code for one in before.problems] == ["REFERENCES_UNCHECKED"]
    assert after.problems == ()


def test_a_list_tells_which_codes_of_earlier_rows_it_lacks(desk):
    desk.load(ORDERS + "1,2026-01-05,张三,1\n2,2026-01-06,E002,1\n3,2026-01-06,,1\n")

    checked = desk.check(PEOPLE, "people")

    (told,) = checked.problems
    assert (told.code, told.values["dataset"], told.values["column"]) == (
        "REFERENCES_ABSENT",
        "orders",
        "seller",
    )
    assert (told.values["count"], told.values["codes"]) == (1, ["张三"])


def test_a_list_that_has_all_of_them_says_nothing(desk):
    desk.load(ORDERS + "1,2026-01-05,E001,1\n")

    assert desk.check(PEOPLE, "people").problems == ()
