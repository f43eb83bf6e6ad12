"""The story's company, put together: 64 people and two years of facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from attain.demo import decisions, fieldwork, targets
from attain.demo.community import write_community
from attain.demo.customers import Accounts, develop, names_of, territories, told_accounts
from attain.demo.deals import numbers_told, write_deals, write_export, write_returns
from attain.demo.dice import Dice
from attain.demo.months import LAST, in_force
from attain.demo.orders import Book, trade
from attain.demo.organisation import Organisation, plan_members
from attain.demo.products import Assortment
from attain.demo.scripts import Script, Season, free_script, season_of, told_script
from attain.demo.story import Story
from attain.demo.story.organisation import ToldPerson
from attain.demo.tables import Numbers, Tables

FIRST_NEW_CUSTOMER = 301


def story_company(story: Story, seed: int, numbers: Numbers | None = None) -> Tables:
    """All rows of the company at factor 1."""
    numbers = numbers or Numbers(numbers_told(story))
    organisation = Organisation(story)
    scripts = list(_scripts(story, organisation, seed))
    accounts = told_accounts(story, scripts, seed)
    codes = (f"KH-{number:04d}" for number in count(FIRST_NEW_CUSTOMER))
    current = [script for script in scripts if script.left is None or script.left > LAST.first]
    develop(accounts, current, codes, names_of(story), story.customers.districts, seed)
    book = Book(accounts, Assortment(story), numbers)
    write_deals(story, book, seed)
    for script in scripts:
        trade(script, book, Dice(seed, "trade", script.person))
    write_returns(book, seed, story.deals.deals)
    write_community(story, book, seed)
    write_export(story, book, seed)
    _organisation_rows(book.tables, organisation, accounts, story)
    _field_rows(story, scripts, book, seed)
    _target_rows(story, scripts, book.tables)
    _decision_rows(story, book, seed)
    return book.tables


def _scripts(story: Story, organisation: Organisation, seed: int) -> Iterator[Script]:
    """Who sells, the predecessor of a seat before its new holder."""
    told, season = story.collections, season_of(story)
    sizes = {**told.former, **told.others}
    predecessors = {"E-1018": "E-1025"}
    people = [one for one in story.people.people if one.code in {*sizes, *told.people}]
    for person in sorted(people, key=lambda one: one.code not in told.former):
        dice = Dice(seed, "script", person.code)
        team = _team(organisation, person)
        if person.code in told.people:
            script = told_script(story, person.code, team, person.hired, dice)
        else:
            script = _free(season, person, team, sizes[person.code], dice)
        script.predecessor = predecessors.get(person.code)
        _other_months(story, script)
        yield script


def _free(season: Season, person: ToldPerson, team: str, size: int, dice: Dice) -> Script:
    return free_script(season, person.code, team, size, (person.hired, person.left), dice)


def _team(organisation: Organisation, person: ToldPerson) -> str:
    """The team somebody belongs to today, or belonged to last."""
    own = [one for one in organisation.assignments if one.person == person.code]
    held = [one for one in own if in_force(LAST.last, one.effective_from, one.effective_until)]
    return (held or own)[-1].unit


def _other_months(story: Story, script: Script) -> None:
    for told in story.collections.other_months:
        if told.person == script.person:
            if told.sales is not None:
                script.sales[told.month] = told.sales
            if told.collections is not None:
                script.collections[told.month] = told.collections


def _organisation_rows(
    tables: Tables, organisation: Organisation, accounts: Accounts, story: Story
) -> None:
    tables.add(*organisation.people, *organisation.units, *organisation.positions)
    tables.add(*organisation.assignments, *organisation.edges, *plan_members(story))
    tables.add(*accounts.rows(), *territories(story), *Assortment(story))


def _field_rows(story: Story, scripts: list[Script], book: Book, seed: int) -> None:
    told = story.decisions
    waived = {one.subject for one in told.interventions if one.component == "customer_satisfaction"}
    for script in scripts:
        dice = Dice(seed, "field", script.person)
        is_told = script.person == told.displays.person
        number = told.listings.stores if is_told else dice.between(4, 8)
        book.tables.add(*fieldwork.listings(script, book, number, seed))
        if is_told:
            book.tables.add(*fieldwork.told_visits(story, book, seed))
        else:
            book.tables.add(*fieldwork.visits(script, book, dice.between(6, 13), seed))
        if script.sales.get(LAST.plus(-2)) is not None:
            if script.person not in waived:
                book.tables.add(*fieldwork.surveys(script, book, seed))
            change = story.appraisal.target_share_change
            book.tables.add(*fieldwork.market_shares(script, change, seed))


def _target_rows(story: Story, scripts: list[Script], tables: Tables) -> None:
    told = story.collections
    growth, change = story.appraisal.target_growth, story.appraisal.target_share_change
    for script in scripts:
        tables.add(*targets.of_person(script, growth, change))
        tables.add(*targets.of_shelf(script, targets.told_shelf_targets(story, script.person)))
    tables.add(*targets.of_vacant_seats(told.people.values(), season_of(story)))
    tables.add(*targets.of_teams(scripts, story.decisions.no_team_target))
    weights = {name: line.weight for name, line in story.products.lines.items()}
    tables.add(*targets.of_lines(scripts, weights))


def _decision_rows(story: Story, book: Book, seed: int) -> None:
    tables = book.tables
    tables.add(*decisions.parameters(story), *decisions.interventions(story))
    tables.add(*decisions.complaints(story, book.accounts, book.numbers))
    tables.add(*decisions.offences(story, book.numbers))
    tables.add(*decisions.ratings(story, seed), *decisions.balances(story))
    tables.add(*decisions.ten_day_periods(), *decisions.working_days())
