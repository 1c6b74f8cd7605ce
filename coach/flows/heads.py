"""What a list shows of a flow: its title and the fields that tell entries apart.

A flow file begins with them; its questions, most of the file, are not read.
"""

from __future__ import annotations

from typing import NamedTuple

from coach.util.data_files import data_path


class FlowHead(NamedTuple):
    """The beginning of a flow file, as `coach.flows.schema.Flow` explains it."""

    title: dict[str, str]
    """Language (`fr`, `en`) → title."""
    headline: list[str]


def read_head(flow_id: str) -> FlowHead | None:
    """The head of one of the coach's own flows; None for any other, which `Content` may know."""
    import tomllib

    path = data_path("flows", f"{flow_id}.toml")
    try:
        if path not in data_path("flows").iterdir():  # an id may name any path, or none
            return None
        # Its keys stand before its first table.
        text = path.read_text("utf-8")
        top = tomllib.loads(text.partition("\n[")[0])
        return FlowHead(dict(top["title"]), list(top.get("headline", ())))
    except (OSError, ValueError, KeyError, TypeError):
        return None
