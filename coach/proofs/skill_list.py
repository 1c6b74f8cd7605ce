"""The built-in list of skills, `data/skills.toml`."""

from functools import cache

from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct


class Skill(Strict, frozen=True, kw_only=True):
    """A skill of the built-in list."""

    id: str
    kind: str
    name: Text
    also: dict[str, list[str]] = {}


@cache
def load_skills() -> list[Skill]:
    """The built-in list of skills; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("skills.toml"), list[Skill], "skills")


def skill_names(lang: str) -> list[str]:
    """The built-in skills as one would write them in `lang` (`fr` or `en`), then their synonyms."""
    names = [skill.name.get(lang) for skill in load_skills()]
    return names + [other for skill in load_skills() for other in skill.also.get(lang, [])]
