"""Runs the app; `coach.commands.open_app` calls it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from screens.app import CoachApp

if TYPE_CHECKING:
    from coach.disk.locations import DataFolder
    from coach.flows.request import SessionRequest
    from coach.store.journal import Journal


def run_app(
    data_folder: DataFolder,
    *,
    lang: str,
    start: str | SessionRequest = "",
    demo: bool = False,
    journal: Journal | None = None,
) -> int:
    """Runs the app until the student leaves; its exit code. `journal` may be open already."""
    # By default it would look for garbage four times for each key, at worst among the thousands of
    # entries that browsing holds, which can be felt while typing.
    gc.set_threshold(10_000, 20, 10)
    app = CoachApp(data_folder, lang=lang, start=start, demo=demo, journal=journal)
    code = app.run()
    return app.return_code or code or 0
