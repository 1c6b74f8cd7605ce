"""A file written where the student says: asked for, replaced only when told, its outcome said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.util.wording import Wording

if TYPE_CHECKING:
    from screens.base.coach import Coach

Write = Callable[[Path, bool], object]
"""Writes to a path, over what is there when told to; raises FileExistsError and OSError."""


async def write_file(coach: Coach, start: str, title: str, help: str, write: Write) -> None:
    """Asks where to (`start` is offered) and writes; call it from a worker.

    What `write` raises besides FileExistsError and OSError goes on to the caller.
    """
    from screens.common.pickers import AskPath

    typed = await coach.push_screen_wait(AskPath(start, title, help))
    if not typed:
        return
    say = Wording("documents", coach.lang)
    path = Path(typed).expanduser()
    told = str(path)
    try:
        try:
            await asyncio.to_thread(write, path, False)
        except FileExistsError:
            if not await coach.ask(say("replace", path=told)):
                return
            await asyncio.to_thread(write, path, True)
    except OSError as error:
        coach.tell(say("failed", path=told, why=error.strerror or type(error).__name__))
    else:
        coach.tell(say("done", path=told))
