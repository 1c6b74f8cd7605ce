"""The texts outside the sessions: `data/wording/AREA.toml`, a small file per screen."""

from functools import cache
from typing import TypeAlias

from coach.util.data_files import data_path, read_toml
from coach.util.text import fill

LANGUAGES = ("fr", "en")

Form: TypeAlias = str | list[str]


@cache
def _area(name: str) -> dict[str, dict[str, Form]]:
    return read_toml(data_path("wording", f"{name}.toml"))


class Wording:
    """The texts of one area in one language.

    A key holds `{fr = "…", en = "…"}`, or per language `["one thing", "{n} things"]`.
    """

    def __init__(self, area: str, lang: str) -> None:
        self.lang = lang
        self._texts = _area(area)

    def __call__(self, key: str, **values: str | int) -> str:
        """The text `key` with `{name}` filled from `values` (never read as templates).

        Raises KeyError for an unknown key: a slip of ours, which a test finds.
        """
        form = self._texts[key][self.lang]
        if isinstance(form, list):
            return self.count(key, int(values.pop("n")), **values)
        return fill(form, {name: str(value) for name, value in values.items()})

    def count(self, key: str, n: int, **values: str | int) -> str:
        """The text `key` for `n` things: 0 and 1 are singular in French, only 1 in English."""
        form = self._texts[key][self.lang]
        one, many = form if isinstance(form, list) else (form, form)
        alone = n < 2 if self.lang == "fr" else n == 1
        return fill(one if alone else many, {k: str(v) for k, v in (values | {"n": n}).items()})

    def has(self, key: str) -> bool:
        """Whether there is a text `key`."""
        return key in self._texts

    def lines(self, key: str) -> list[str]:
        """The text `key` as the list of its lines."""
        return str(self._texts[key][self.lang]).splitlines()
