"""Completes the name of a skill while it is typed."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable

from textual.suggester import Suggester

from coach.util.text import fold


class SkillSuggester(Suggester):
    """Completes a skill from those used before, the built-in list and the school's framework,
    accents or not.
    """

    def __init__(
        self, used: list[str], names: list[str], more: Callable[[], list[str]] = list
    ) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.used = used
        self.names = names
        self.more = more
        """Gives the names of the framework, which may be tens of thousands, off this thread."""
        self._sorted: list[tuple[str, str]] | None = None

    def _sort(self) -> list[tuple[str, str]]:
        return sorted((fold(name), name) for name in {*self.names, *self.more()})

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that goes on from what is typed, with what is typed kept as it is."""
        typed = fold(value)
        if len(typed) < 2:
            return None
        # One used before comes first; of the others the plainest, which is the shortest.
        best = next((name for name in self.used if self._goes_on(name, value, typed)), None)
        if best is None:
            if self._sorted is None:
                self._sorted = await asyncio.to_thread(self._sort)
            at = bisect_left(self._sorted, (typed, ""))
            found = []
            for folded, name in self._sorted[at:]:
                if not folded.startswith(typed):
                    break
                if len(name) > len(value):
                    found.append(name)
            best = min(found, key=len, default=None)
        return None if best is None else value + best[len(value) :]

    @staticmethod
    def _goes_on(name: str, value: str, typed: str) -> bool:
        return len(name) > len(value) and fold(name).startswith(typed)
