"""The base class of all screens of the coach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import ModalScreen

from screens.base.keys import translate
from screens.base.leaving import Leaving

if TYPE_CHECKING:
    from screens.base.coach import Coach
    from screens.base.symbols import Symbols

T = TypeVar("T")


class _Shared:
    """Access to the app, its language and signs."""

    @property
    def coach(self) -> Coach:
        """The app."""
        return cast("Coach", self.app)  # type: ignore[attr-defined]

    @property
    def lang(self) -> str:
        """The student's language, `fr` or `en`."""
        return self.coach.lang

    @property
    def symbols(self) -> Symbols:
        """The signs in use."""
        return self.coach.symbols

    # Textual calls the `_on_mount` of every class itself, so none calls its parent's.
    def _on_mount(self, event: object) -> None:
        translate(self, self.lang)  # type: ignore[arg-type]
        self.refresh_bindings()  # type: ignore[attr-defined]


class CoachScreen(_Shared, Leaving[T], Generic[T]):
    """A full screen."""


class CoachDialog(_Shared, ModalScreen[T], Leaving[T], Generic[T]):
    """A typed dialog over a screen: it answers with its result, or None when left."""
