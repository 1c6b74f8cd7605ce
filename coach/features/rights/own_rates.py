"""Rates newer than the coach's own: dated files in the student's data folder.

`rights-2027-01.toml` says what was read in January 2027, in the words of `data/rights.toml`:

    [[rates]]
    year = 2027
    ceiling = 3100   # hourly ceiling of social security, in cents
    hourly = 465     # the least an hour is paid: 15 % of it, in cents
"""

import re
from pathlib import Path
from typing import NamedTuple

from coach.features.rights.rules import Rate, Rules, load_rules
from coach.flows.content import Content
from coach.util.data_files import ContentError
from coach.util.structs import Strict, read_struct

NAME = re.compile(r"rights-(20\d\d-(?:0[1-9]|1[0-2]))\.toml")
"""What such a file is called: the month in which its rates were read."""
YEARS = range(2015, 2100)


class _Own(Strict, frozen=True, kw_only=True):
    rates: list[Rate]


class Own(NamedTuple):
    """The rates of the data folder: year → (cents an hour, month), and the files that are wrong."""

    rates: dict[int, tuple[int, str]]
    errors: list[ContentError]


def own_rates(folder: Path) -> Own:
    """What the dated files of `folder` say, the newest month last; never raises."""
    own = Own({}, [])
    percent = load_rules().value("rate", "percent")
    for path in sorted(folder.glob("rights-*.toml")):
        try:
            own.rates.update(_read(path, percent))
        except ContentError as error:
            own.errors.append(error)
    return own


def _read(path: Path, percent: int) -> dict[int, tuple[int, str]]:
    named = NAME.fullmatch(path.name)
    if named is None:
        raise ContentError(path, "the name is not rights-YEAR-MONTH.toml (rights-2027-01.toml)")
    rates = read_struct(path, _Own).rates
    for number, rate in enumerate(rates):
        place = f"$.rates[{number}]"
        if rate.year not in YEARS:
            raise ContentError(path, f"{place}.year: {rate.year} is not a year")
        # Cents are rounded one way or the other.
        if rate.ceiling <= 0 or abs(rate.hourly * 100 - rate.ceiling * percent) > 100:
            why = f"{place}.hourly: {rate.hourly} is not {percent} % of {rate.ceiling}"
            raise ContentError(path, why)
    return {rate.year: (rate.hourly, named[1]) for rate in rates}


def rules_for(folder: Path | None) -> Rules:
    """The rules with the rates of the data folder `folder`; raises ContentError where the coach's
    own file is wrong.
    """
    rules = load_rules()
    own = own_rates(folder) if folder is not None else Own({}, [])
    return rules.joined(own.rates, own.errors) if own.rates or own.errors else rules


def rules_of(content: Content) -> Rules:
    """The rules with the rates of the student's data folder, read once for one `content`."""
    folder = content.own.parent if content.own else None
    return content.once("rights", lambda: rules_for(folder))
