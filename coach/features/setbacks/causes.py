"""Why interviews fail, `data/causes.toml`."""

from functools import cache

from coach.util.data_files import data_path
from coach.util.structs import Strict, Text, read_struct


class Cause(Strict, frozen=True, kw_only=True):
    """One reason why an interview failed, and what to do about it."""

    id: str
    name: Text
    recognise: Text
    why: Text
    todo: Text


@cache
def load_causes() -> list[Cause]:
    """Every cause in the order of the file; raises `ContentError` where the file is wrong."""
    return read_struct(data_path("causes.toml"), list[Cause], "causes")


def list_causes(lang: str) -> list[dict[str, str]]:
    """The causes as items to choose from, in `lang` (`fr` or `en`)."""
    return [
        {
            "id": one.id,
            "label": one.name.get(lang),
            "help": one.recognise.get(lang),
            "why": one.why.get(lang),
            "todo": one.todo.get(lang),
        }
        for one in load_causes()
    ]
