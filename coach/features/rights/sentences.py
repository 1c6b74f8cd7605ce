"""How the rules of internships are said: money, hours, days, and the source beside a figure."""

from datetime import date
from fractions import Fraction

from coach.features.rights.rules import LegalFact, Rules
from coach.flows.panel import PanelLine
from coach.util.wording import Wording


class Saying:
    """Says findings in `lang`; `today` tells which facts have grown old."""

    def __init__(self, rules: Rules, lang: str, today: date) -> None:
        self.rules = rules
        self.lang = lang
        self.today = today
        self.words = Wording("rights", lang)

    def __call__(self, key: str, **values: str | int) -> str:
        """The text `key` of `data/wording/rights.toml`."""
        return self.words(key, **values)

    def line(self, key: str, fact: str = "", **values: str | int) -> PanelLine:
        """The text `key` as a bullet, with the source of `fact` beside it."""
        return PanelLine("bullet", self(key, **values), self.source(fact) if fact else "")

    def source(self, fact: LegalFact | str) -> str:
        """The article of a fact (or of the one with that id) and the month it was checked."""
        if isinstance(fact, str):
            fact = self.rules.facts[fact]
        key = "source" if fact.confirmed else "source_unconfirmed"
        return self.words(
            "stale" if fact.stale(self.today) else key,
            article=fact.article.get(self.lang),
            month=self.month(fact.month.year, fact.month.month),
        )

    def month(self, year: int, month: int) -> str:
        """'février 2026', 'February 2026'."""
        from coach.util.dates import say_month

        return say_month(date(year, month, 1), self.lang)

    def day(self, day: date) -> str:
        """'lundi 2 février 2026', 'Monday 2 February 2026'."""
        from coach.util.dates import say_day

        return say_day(day, self.lang)

    def euros(self, cents: int) -> str:
        """'2 205,00 €', '€2,205.00'."""
        whole = f"{cents // 100:,}"
        if self.lang == "fr":
            whole = whole.replace(",", " ")
        return self.words("euros", whole=whole, cents=f"{cents % 100:02}")

    def number(self, amount: Fraction) -> str:
        """A number with two decimals at most, none where it is whole."""
        text = f"{float(round(amount, 2)):.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.lang == "fr" else text

    def hours(self, amount: Fraction | int) -> str:
        """'490 h', '37,5 h'."""
        return self.words("hours", n=self.number(Fraction(amount)))
