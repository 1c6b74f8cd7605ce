"""The law on internships in France as dated data: `data/rights.toml`, read and checked.

Each fact says its article, the month it was checked and whether the sources agreed on it, so that
whoever shows a figure can show these beside it.
"""

from datetime import date
from functools import cache, cached_property
from typing import Annotated

import msgspec

from coach.language.lexicon import Lexicon
from coach.util.data_files import ContentError, data_path, read_toml
from coach.util.structs import Strict, Text

Month = Annotated[str, msgspec.Meta(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class LegalFact(Strict, frozen=True, kw_only=True):
    """One rule: where it is written, when it was checked, and its figures by name."""

    id: str
    article: Text
    checked: Month
    confirmed: bool = True
    values: dict[str, int] = {}
    also: Text | None = None
    """The rule in words, for those that are only told (meals, leave, tax…)."""

    @property
    def month(self) -> date:
        """The first day of the month it was checked in."""
        return date.fromisoformat(f"{self.checked}-01")

    def stale(self, today: date) -> bool:
        """Whether it was checked more than a year before `today`."""
        then = self.month
        return (today.year, today.month, today.day) > (then.year + 1, then.month, then.day)


class Rate(Strict, frozen=True, kw_only=True):
    """The least an hour is paid in one year, and the ceiling it comes from, in cents."""

    year: int
    ceiling: int
    hourly: int


class Use(Strict, frozen=True, kw_only=True):
    """Something a mission should not be: what it is, why, and how to raise it (says vous)."""

    id: str
    forbidden: bool
    name: Text
    why: Text
    ask: Text


class _File(Strict, frozen=True, kw_only=True):
    """What `data/rights.toml` holds, as written."""

    check: Text
    rates: list[Rate]
    facts: list[LegalFact]
    uses: list[Use]
    words: dict[str, str]
    phrases: dict[str, str]


class Rules:
    """The facts by id, the rates by year, and the forbidden uses with the words they show in."""

    def __init__(self, file: _File) -> None:
        """Raises ValueError where a use has no list of phrases."""
        self._file = file
        self.check = file.check
        self.facts = {fact.id: fact for fact in file.facts}
        self.rates = {rate.year: rate.hourly for rate in file.rates}
        self.errors: list[ContentError] = []
        """Errors in files of newer rates (see `coach.features.rights.own_rates`)."""
        self._read_in: dict[int, Month] = {}
        self.uses = file.uses
        if missing := {use.id for use in file.uses} - file.phrases.keys():
            raise ValueError(f"no phrases for {', '.join(sorted(missing))}")

    def value(self, fact: str, name: str) -> int:
        """The figure `name` of the fact `fact`; raises KeyError for an unknown one."""
        return self.facts[fact].values[name]

    @property
    def fringe_facts(self) -> list[LegalFact]:
        """The facts that are only told, in the order of the file."""
        return [fact for fact in self._file.facts if fact.also is not None]

    def joined(self, rates: dict[int, tuple[int, Month]], errors: list[ContentError]) -> "Rules":
        """These rules with other rates, year → (cents an hour, the month they were read in); of
        two rates for one year, the one read last.
        """
        made = Rules(self._file)
        known = self.facts["rate"].checked
        newer = {
            year: one for year, one in rates.items() if year not in self.rates or one[1] > known
        }
        made.rates |= {year: cents for year, (cents, _) in newer.items()}
        made._read_in = {year: month for year, (_, month) in newer.items()}
        made.errors = errors
        return made

    def rate_fact(self, year: int) -> LegalFact:
        """Where the rate of `year` is written, and when it was read."""
        fact = self.facts["rate"]
        return msgspec.structs.replace(fact, checked=self._read_in.get(year, fact.checked))

    def last_before(self, year: int) -> int | None:
        """The last year before `year` whose rate is known."""
        return max((one for one in self.rates if one < year), default=None)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The phrases of forbidden uses, compiled on first use.

        Raises `ContentError` where a phrase names a list that is not there.
        """
        try:
            return Lexicon(self._file.words, self._file.phrases)
        except ValueError as error:
            raise ContentError(data_path("rights.toml"), str(error)) from error


@cache
def load_rules() -> Rules:
    """The rules of `data/rights.toml`; raises `ContentError` where the file is wrong."""
    path = data_path("rights.toml")
    try:
        return Rules(msgspec.convert(read_toml(path), _File))
    except (msgspec.ValidationError, ValueError) as error:
        raise ContentError(path, str(error)) from error
