"""Grades: a score becomes a level, through gates and quotas of a population (S06, D07 to D10).

Grades are tried from the best down. For each: who is good enough (band and gate), who of them
finds a place (the quota's share of the population), and the grade goes to those who are both.
Gate first, quota second; a quota is a ceiling, not an entitlement. Places are counted by the
*last* place of a tied group, so a group that does not fit falls whole and nobody below passes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from attain.core.errors import Problem, problem
from attain.core.labels import labels
from attain.engine.forms import errors
from attain.engine.forms.expansion import Expansion, FormContext, entry
from attain.engine.forms.models import Described, Expression, FormModel, Grain, PlainText
from attain.engine.forms.wording import WORDS, step_label
from attain.engine.plans.models.tables import Band
from attain.engine.plans.spoken import share_said

_CONSTANT: Final = re.compile(r"\s*[\d.]+\s*%?\s*")


class GradePopulation(FormModel):
    """Who is compared with whom, and who is left out before anybody is counted."""

    per: Grain = ()
    """Columns that divide the population, such as department; empty: everybody."""
    where: Expression | None = None
    """Who is counted; the others get no grade."""
    missing: Literal["spread", "skip"] = "spread"
    """Without a score for one: nobody is graded (`spread`), or only that one is not (`skip`)."""


class Grades(Described):
    """A grade from a score: bands, then gates, then quotas with ties."""

    each: Grain = ()
    """Whose grade, for which period; by default the plan's first subject and period."""
    of: PlainText = "score"
    """The column that is graded and ranked."""
    bands: tuple[Band, ...] = Field(min_length=1)
    """From the best down: `{from: 90, is: A}` … `{otherwise: E}`. With quotas, bands without edges
    let every score in, `{is: A}`, `{is: B}`, `{otherwise: C}`: the place alone decides."""
    gates: dict[str, Expression] = {}
    """What a grade demands besides the score; tested before the quota (S06.12)."""
    quotas: dict[str, Expression] = {}
    """Largest share of the population a grade may have: `{A: 10%, B: 20%}` (S06.9). The last grade
    takes whom the others leave; a share of its own counts only where shares are apportioned."""
    head_count: Literal["each", "cumulative", "apportion"] = "each"
    """How shares become heads: floor for each grade, floor of the running total, or apportioned."""
    population: GradePopulation | None = None
    """Who is compared with whom; by default everybody."""
    ties: Grain = ()
    """Columns that decide among equal scores, the first first (D08)."""

    @field_validator("quotas")
    @classmethod
    def _plain_shares(
        cls, quotas: dict[str, Expression], info: ValidationInfo
    ) -> dict[str, Expression]:
        """最多20% and 20%以内 are 20%; so is 前20% of the first grade, where none is before it."""
        first = [_letter(band) for band in info.data.get("bands", ())[:1]]
        plain = {}
        for grade, share in quotas.items():
            said = share_said(share)
            is_plain = said is not None and (grade in first or not said.is_from_top)
            plain[grade] = Expression.like(said.percent, share) if said and is_plain else share
        return plain


def expand_grades(name: str, form: Grades, context: FormContext) -> tuple[Expansion, list[Problem]]:
    """Write the columns of one grade under its own name."""
    writer = _Writer(name, form, list(form.each) or context.grain)
    problems = writer.unknown_grades()
    if not problems:
        writer.write()
    return writer.out, problems


class _Writer:
    """The columns of one grade: `<grade>_meets_A`, `_places_A`, `_gets_A`, and so on down."""

    def __init__(self, name: str, form: Grades, grain: list[str]) -> None:
        self.name, self.form, self.grain = name, form, grain
        self.path = f"grades/{name}"
        self.out = Expansion()
        self.letters = [_letter(band) for band in form.bands]

    def unknown_grades(self) -> list[Problem]:
        return [
            problem(
                errors.GRADE_UNKNOWN, name=self.name, part=part, grade=letter, known=self.letters
            )
            for part in ("gates", "quotas")
            for letter in getattr(self.form, part)
            if letter not in self.letters
        ]

    def mark(self, letter: str) -> str:
        """The grade inside a column's name: A, or its number where it is no name (A+)."""
        return letter if letter.isidentifier() else str(self.letters.index(letter) + 1)

    def write(self) -> None:
        form = self.form
        self.out.tables[f"{self.name}_bands"] = {"bands": self._bands()}
        by_score = f"value({self.name}_bands, {form.of})"
        if not (form.gates or form.quotas or form.population):
            self._column("", by_score, shown=True)
        else:
            self._column("by_score", by_score)
            self._write_population()
            for number, letter in enumerate(self.letters[:-1]):
                self._write_grade(number, letter)
            self._write_result()
        self.out.components.append(
            entry(name=self.name, kind="grade", column=self.name, label=form.label)
        )

    def _bands(self) -> Sequence[Band]:
        """The bands; where none has an edge and quotas decide, every score is good enough."""
        bands = [_named(band) for band in self.form.bands]
        edges = {"from_", "until", "above", "to"}
        if not self.form.quotas or any(band.model_fields_set & edges for band in bands):
            return [
                band
                for above, band in zip((None, *bands), bands, strict=False)
                if not (above is not None and self._falls_to(above, band))
            ]
        return (Band(otherwise=bands[0].is_),)

    def _falls_to(self, above: Band, band: Band) -> bool:
        """Whether a grade begins where the better one does: only the places tell them apart."""
        both = {(one.from_, one.above, one.until, one.to) for one in (above, band)}
        return len(both) == 1 and band.is_ is not None and _letter(above) in self.form.quotas

    def _column(
        self, suffix: str, is_: str, *, shown: bool = False, path: str = "", **more: object
    ) -> str:
        name = f"{self.name}_{suffix}" if suffix else self.name
        about = entry(label=self.form.label, source=self.form.source)
        if suffix:
            word, _, mark = (suffix, "", "") if suffix in WORDS else suffix.rpartition("_")
            whole = self.form.label or labels(self.name, self.name)
            letter = next((one for one in self.letters if self.mark(one) == mark), mark)
            about = entry(label=step_label(whole, word, letter))
        self.out.columns[name] = entry(
            each=self.grain,
            is_=is_,
            show=None if shown else False,
            form=f"{self.path}/{path}" if path else self.path,
            **about,
            **more,
        )
        return name

    def _write_population(self) -> None:
        population = self.form.population or GradePopulation()
        where = population.where
        self._column("in_population", where or "true", path="population/where" if where else "")
        self._group("population", f"{self.name}_in_population")
        size = f"group_count({self.form.of})"
        self._column("population_size", size, within=f"{self.name}_population")

    def _group(self, suffix: str, where: str) -> str:
        population = self.form.population or GradePopulation()
        name = f"{self.name}_{suffix}"
        self.out.groups[name] = entry(
            of=self.grain,
            per=[*population.per],
            where=where,
            missing=population.missing,
        )
        return name

    def _write_grade(self, number: int, letter: str) -> None:
        """Who meets the grade, how many places it has, and who gets one."""
        better = [f"{self.name}_gets_{self.mark(one)}" for one in self.letters[:number]]
        allowed = ", ".join(f"'{one}'" for one in self.letters[: number + 1])
        tests = [f"{self.name}_in_population", f"{self.name}_by_score in ({allowed})"]
        if letter in self.form.gates:
            tests.append(
                self._column(
                    f"gate_{self.mark(letter)}", self.form.gates[letter], path=f"gates/{letter}"
                )
            )
        tests += [f"not {one}" for one in better]
        meets = self._column(f"meets_{self.mark(letter)}", " and ".join(tests))
        if letter not in self.form.quotas:
            self._column(f"gets_{self.mark(letter)}", meets)
            return
        self._write_places(number, letter)
        candidates = self._group(f"candidates_{self.mark(letter)}", meets)
        keys = ", ".join([self.form.of, *self.form.ties])
        place = self._column(f"place_{self.mark(letter)}", f"last_rank({keys})", within=candidates)
        self._column(
            f"gets_{self.mark(letter)}",
            f"{meets} and {place} <= {self.name}_places_{self.mark(letter)}",
        )

    def _write_places(self, number: int, letter: str) -> None:
        """The places of one grade: 13 people at 15, 25, 60 % give 1, 3 each; 1, 4 cumulative;
        2, 3, 8 apportioned (language.md 37)."""
        self._column(
            f"quota_{self.mark(letter)}",
            self.form.quotas[letter],
            path=f"quotas/{letter}",
            unit="ratio",
        )
        size = f"{self.name}_population_size"
        quota = self._share(letter)
        before = [self._share(one) for one in self._limited(number)]
        if self.form.head_count == "each":
            places = f"floor({size} * {quota})"
        elif self.form.head_count == "cumulative":
            upto = " + ".join([*before, quota])
            places = f"floor({size} * ({upto}))"
            if before:
                places += f" - floor({size} * ({' + '.join(before)}))"
        else:
            places = self._apportioned(letter)
        self._column(f"places_{self.mark(letter)}", places, shown=True, unit="count")

    def _share(self, letter: str) -> str:
        """The share of a grade as its places are counted by.

        One that is computed stays a fraction until it is (language.md 34): 2 of 7 people, cut
        after 18 decimals, would be less than two of them.
        """
        written = self.form.quotas[letter]
        if _CONSTANT.fullmatch(written):
            return f"{self.name}_quota_{self.mark(letter)}"
        return f"({written})"

    def _limited(self, number: int | None = None) -> Sequence[str]:
        return [one for one in self.letters[:number] if one in self.form.quotas]

    def _apportioned(self, letter: str) -> str:
        """Floor, and one more for the largest fractions until the seats are used up.

        What all grades look at is written once, before the first of them.
        """
        limited = self._limited()
        if letter == limited[0]:
            self._write_fractions(limited)
        rest = f"{self.name}_rest_{self.mark(letter)}"
        signs = [">="] * limited.index(letter) + [">"] * len(limited)
        ahead = [
            f"if({self.name}_rest_{self.mark(one)} {sign} {rest}, 1, 0)"
            for one, sign in zip(limited, signs, strict=False)
            if one != letter
        ]
        served = self._column(f"ahead_{self.mark(letter)}", " + ".join(ahead) or "0", unit="count")
        seats = f"{self.name}_seats_{self.mark(letter)}"
        return f"{seats} + if({served} < {self.name}_left, 1, 0)"

    def _write_fractions(self, limited: Sequence[str]) -> None:
        """The whole places of every grade, its fraction of one, and how many places are left."""
        size = f"{self.name}_population_size"
        whole = []
        for one in limited:
            exact = f"{size} * ({self.form.quotas[one]})"
            whole.append(self._column(f"seats_{self.mark(one)}", f"floor({exact})", unit="count"))
            self._column(f"rest_{self.mark(one)}", f"{exact} - {whole[-1]}", unit="ratio")
        total = " + ".join(f"({self.form.quotas[one]})" for one in limited)
        self._column("left", f"floor({size} * ({total})) - {' - '.join(whole)}", unit="count")

    def _write_result(self) -> None:
        branches = [f"{self.name}_gets_{self.mark(one)}, '{one}'" for one in self.letters[:-1]]
        chosen = ", ".join([*branches, f"'{self.letters[-1]}'"])
        self._column(
            "",
            f"if(not {self.name}_in_population, not_applicable('outside_population'), {chosen})",
            shown=True,
        )
        # The last grade has no places of its own: it takes whom the others leave.
        for letter in self._limited(-1):
            self._check_quota(letter)

    def _check_quota(self, letter: str) -> None:
        """Quotas hold after people's decisions, too (language.md 49)."""
        counted = self._column(f"counts_{self.mark(letter)}", f"if({self.name} = '{letter}', 1, 0)")
        used = self._column(
            f"used_{self.mark(letter)}",
            f"group_sum({counted})",
            within=f"{self.name}_population",
        )
        kept = self._column(
            f"keeps_{self.mark(letter)}", f"{used} <= {self.name}_places_{self.mark(letter)}"
        )
        self.out.checks.append(
            entry(
                name=f"{self.name}_{self.mark(letter)}",
                each=self.grain,
                holds=kept,
                code="GRADE_QUOTA_EXCEEDED",
            )
        )


def _named(band: Band) -> Band:
    """The band with its grade as a text: 3.75 is a grade's name, and no number."""
    letter = _letter(band)
    if not letter.replace(".", "", 1).isdecimal():
        return band
    field = "is_" if band.is_ is not None else "otherwise"
    return band.model_copy(update={field: f"'{letter}'"})


def _letter(band: Band) -> str:
    """The grade a band gives, however it is quoted."""
    return str(band.is_ or band.otherwise or "").strip("'\"")
