"""Whatever happens between two runs: what is reused changes no digit of the second."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from changing import MONTHS, Shop, planned
from lakes import rows_of
from reused_plans import MONTHLY, ORDERS, QUARTERS, TRADE, TRADE_MONTHS, YEARLY

from attain.core.manifests import Manifest
from attain.engine.backends.duckdb import Session
from attain.engine.compiler import Keeping
from attain.engine.reuse.deciding import Decided
from attain.engine.reuse.restricting import Restricting
from attain.engine.reuse.settings import Reuse

CHANGES = int(os.environ.get("ATTAIN_CHANGES", "6"))
"""How many things happen to a company, one after the other; more in the campaign."""


def digests(manifest: Manifest) -> dict[str, Any]:
    """Everything that a run says of its numbers: digests, and of facts how many rows there are."""
    return {one.name: (one.rows, one.digest) for one in manifest.relations}


@pytest.mark.parametrize(("seed", "text"), [(295, YEARLY), (2026, QUARTERS)])
def test_whatever_happens_a_run_with_reuse_is_the_run_in_full(
    shop: Shop, seed: int, text: str
) -> None:
    shop.random.seed(seed)
    for number in range(CHANGES):
        if number:
            for happens in shop.random.sample(shop.happenings, 1 + number % 2):
                happens()
        shop.freeze()
        keep = shop.random.choice(["all", "results"])
        fresh = shop.run("fresh", reuse=False, keep=keep, text=text)
        again = shop.run("again", keep=keep, text=text)

        assert digests(again) == digests(fresh), number
        assert again.result_digest == fresh.result_digest
        assert rows_of_facts(shop, again, "again") == rows_of_facts(shop, fresh, "fresh")


def rows_of_facts(shop: Shop, manifest: Manifest, out: str) -> Any:
    """Rows of facts have no digest: they are compared one by one."""
    return [rows_of(shop.folder / out, one) for one in manifest.relations if one.name == "orders"]


def test_whatever_happens_the_months_of_an_own_calendar_are_those_in_full(shop: Shop) -> None:
    """Each reads those before it: what is paid to date, owed and counted; files are of months
    that begin on the first, those of the plan on the 26th."""
    for number in range(CHANGES // 2):
        for happens in shop.random.sample(shop.happenings, 1 + number % 3) if number else ():
            happens()
        shop.freeze()
        fresh, again = (chain(shop, TRADE, TRADE_MONTHS[:4], reuse=one) for one in (False, True))

        assert again == fresh, number


def chain(shop: Shop, text: str, months: Sequence[str], *, reuse: bool) -> list[dict[str, Any]]:
    """What each of some months in a row comes to, that before it being named to it."""
    named: dict[str, Path] = {}
    found = []
    for month in months:
        out = f"{month}-{reuse}"
        found.append(digests(shop.run(out, text=text, period=month, reuse=reuse, results=named)))
        named[f"{planned(text).plan}@{month}"] = shop.folder / out
    return found


def test_earlier_results_that_change_are_seen(shop: Shop) -> None:
    """A chain of months; January changes, and what is owed with it in all that follow."""
    for change in (shop.nothing, shop.add_late):
        change()
        shop.freeze()
        fresh, again = (chain(shop, MONTHLY, MONTHS[:3], reuse=one) for one in (False, True))

        assert again == fresh


def test_a_month_that_did_not_change_is_not_read_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three passes go month by month: the sums, the sums to date, and the rows themselves.

    Of six months one has another order: each of the three reads that month's file once.
    """
    passes: list[list[Path]] = []
    read = Session.part_of

    def noted(session: Session, name: str, parts: Any) -> str:
        passes.append(list(parts))
        return read(session, name, parts)

    monkeypatch.setattr(Session, "part_of", noted)
    shop.freeze()
    shop.run("first")
    assert len(passes) == 3 * len(MONTHS)
    assert sorted(len(parts) for parts in passes) == [1] * 18

    passes.clear()
    shop.add_order("2026-06")
    shop.freeze()
    again = shop.run("again")
    [june] = [part for part in shop.versions["orders"].parts if part.month == "2026-06"]
    assert passes == [[shop.paths[june.file]]] * 3
    assert again.reused is not None
    assert (again.reused.parts, again.reused.read) == (15, 3)


def made_by(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Of each step that lies in months those that are made from now on."""
    made: dict[str, list[str]] = {}
    step = Restricting.step

    def noted(self: Restricting, one: Any, labels: Any, **more: Any) -> str:
        if labels and one.keeping is Keeping.TABLE:
            made[one.name] = sorted(labels)
        return step(self, one, labels, **more)

    monkeypatch.setattr(Restricting, "step", noted)
    return made


def test_a_correction_in_a_month_is_made_for_that_month_and_those_that_look_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """May has another order. Sums and ranks of May are made, sums of three months until July,
    what is added up along the year until December, and with it the quarters that read it."""
    shop.freeze()
    shop.run("first", text=QUARTERS)
    made = made_by(monkeypatch)
    shop.add_order("2026-05")
    shop.freeze()
    again = shop.run("again", text=QUARTERS)

    assert made["seller_month#2"] == ["2026-05"]
    assert made["seller_month#5.seller_month"] == ["2026-05", "2026-06", "2026-07"]
    assert made["seller_month#5"] == [f"2026-{month:02}" for month in range(5, 13)]
    assert made["seller_quarter#2.seller_month"] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert again.result_digest == shop.run("fresh", text=QUARTERS, reuse=False).result_digest


def test_a_manager_who_moves_changes_no_month_before(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From April on somebody stands under another: three months keep what they were."""
    shop.freeze()
    shop.run("first")
    made = made_by(monkeypatch)
    edge = shop.rows["edges"][-1]
    edge["effective_until"] = date(2026, 4, 1)
    later = {"effective_from": date(2026, 4, 1), "effective_until": None}
    shop.rows["edges"].append({**edge, "parent": "p0", **later})
    shop.freeze()
    again = shop.run("again")

    from_april = [f"2026-{month:02}" for month in range(4, 13)]
    assert made
    assert all(labels == from_april for labels in made.values())
    assert again.result_digest == shop.run("fresh", reuse=False).result_digest


def test_a_correction_that_changes_no_sum_ends_at_the_sums(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An order gets another number: its month is read again, and nothing is made of it."""
    shop.freeze()
    first = shop.run("first", keep="results", text=QUARTERS)
    made = made_by(monkeypatch)
    shop.rows["orders"][0]["order_id"] = "o9999"
    shop.freeze()
    again = shop.run("again", keep="results", text=QUARTERS)
    assert again.reused is not None
    assert again.reused.read == 1
    # It is empty without a look at any order: nobody's order counts for nobody.
    assert list(made) == ["seller_month#2.orders.missed.facts"]
    assert again.result_digest == first.result_digest


def test_nothing_new_is_answered_without_calculating(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.freeze()
    first = shop.run("first")
    monkeypatch.setattr("lakes.calculate", None)

    again = shop.run("again")
    assert again.reused is not None
    assert again.reused.whole
    assert again.result_digest == first.result_digest
    assert digests(again) == digests(first)


def test_a_step_is_known_wherever_it_stands_in_the_plan(shop: Shop) -> None:
    """One more measure before it moves every step behind: the passes are known all the same."""
    shop.freeze()
    shop.run("first")
    more = YEARLY.replace(
        "measures:\n",
        "measures:\n  people: {each: month, count: true, from: [seller, month]}\n",
    )
    again = shop.run("again", text=more)
    assert again.reused is not None
    assert again.reused.read == 0


def test_another_rate_reads_no_month_again_that_does_not_use_it(shop: Shop) -> None:
    """The rate of tea is part of every credit; that of the bonus is not."""
    shop.freeze()
    shop.run("first")
    again = shop.run("again", text=YEARLY.replace("team_sales * 1%", "team_sales * 2%"))
    fresh = shop.run("fresh", text=YEARLY.replace("team_sales * 1%", "team_sales * 2%"))
    assert again.reused is not None
    assert again.reused.read == 0
    assert again.result_digest == fresh.result_digest
    shop.rate = 91
    credited = shop.run("credited")
    assert credited.reused is not None
    assert credited.reused.parts == 0


def test_a_small_company_calculates_all_periods_of_a_run_together(shop: Shop) -> None:
    """Its months of sellers are too few to be looked at one by one: nothing lies in slices."""
    small = f"""
plan: small
period: quarter
{ORDERS}
columns:
  sales: {{each: [seller, month], sum: amount, from: orders}}
"""
    shop.shelf = Reuse(folder=shop.folder / "shelf")
    for change in (shop.nothing, shop.add_late):
        change()
        shop.freeze()
        fresh = shop.run("fresh", text=small, period="2026-Q1", reuse=False)

        assert shop.run("again", text=small, period="2026-Q1").result_digest == fresh.result_digest


# --- what may become of the shelf ----------------------------------------------------------------


def damaged(path: Path) -> None:
    path_bytes = bytearray(path.read_bytes())
    path_bytes[len(path_bytes) // 2] ^= 1
    _replace(path, bytes(path_bytes))


def cut_short(path: Path) -> None:
    _replace(path, path.read_bytes()[:-5])


def emptied(path: Path) -> None:
    _replace(path, b"")


def _replace(path: Path, content: bytes) -> None:
    """Another file under the name: the run that made it has its own."""
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [damaged, cut_short, emptied, Path.unlink])
def test_whatever_becomes_of_the_shelf_no_number_changes(shop: Shop, harm: Any) -> None:
    shop.freeze()
    first = shop.run("first")
    files = [path for path in sorted(shop.shelf.folder.iterdir()) if path.stat().st_size]
    for path in files[:: 1 if harm is Path.unlink else 2]:
        harm(path)
    again = shop.run("again")
    assert digests(again) == digests(first)


def test_some_months_from_the_shelf_and_some_made_are_all_months(shop: Shop) -> None:
    """Of every step some months are there and some are not, another half each time."""
    shop.freeze()
    first = shop.run("first", text=QUARTERS)
    for _ in range(3):
        kept = sorted(shop.shelf.folder.iterdir())
        for path in shop.random.sample(kept, len(kept) // 2):
            path.unlink()
        again = shop.run("again", text=QUARTERS)
        assert digests(again) == digests(first)
        assert rows_of_facts(shop, again, "again") == rows_of_facts(shop, first, "first")


def test_a_shelf_that_goes_away_during_a_run_is_not_missed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.freeze()
    first = shop.run("first")
    decide = Decided.decide

    def then_gone(self: Decided, *arguments: Any) -> None:
        decide(self, *arguments)
        shutil.rmtree(shop.shelf.folder)

    monkeypatch.setattr(Decided, "decide", then_gone)
    shop.change_order()
    shop.freeze()
    again = shop.run("again")
    assert digests(again) == digests(shop.run("fresh", reuse=False))
    assert again.result_digest != first.result_digest
