"""Where the coach's content lies: beside the checkout, or inside the installed wheel."""

from functools import cache
from pathlib import Path


@cache
def data_folder() -> Path:
    """The folder of flows, situations, wording and rules.

    The wheel carries it as `coach/data`; a checkout has it as `data/` beside `coach/`.
    """
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def data_path(*parts: str) -> Path:
    """The path of one content file: `data_path("flows", "weekly.toml")`."""
    return data_folder().joinpath(*parts)
