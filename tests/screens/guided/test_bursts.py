"""Keys that come faster than the screen, and text in a field whose width changes."""

from making import entry_of, field, step
from piloting import Desk, back_home, burst, opened, shown, until
from textual.app import App, ComposeResult
from textual.containers import Vertical

from screens.browse.browse import BrowseScreen
from screens.guided.paper import Paper


async def test_a_field_that_a_choice_reveals_gets_what_is_typed_in_one_burst(desk: Desk) -> None:
    shows = [{"field": "away", "has": "yes"}]
    desk.own_flow(
        step(
            "one",
            field("choice", "away", options=["no", "yes"]),
            field("number", "hours", when=shows),
            field("line", "after"),
        )
    )
    async with desk.session() as pilot:
        await opened(pilot, "one")
        await burst(pilot, "2", "tab", *"35", "tab", *"ok", "ctrl+n")
        await back_home(pilot)
    assert desk.entries("labo")[0].answers == {"away": "yes", "hours": 35, "after": "ok"}


async def test_a_letter_typed_right_after_the_slash_is_for_the_search(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "Fraisage"}))
    async with desk.app("browse").run_test() as pilot:
        app = pilot.app
        await until(pilot, lambda: getattr(app.screen, "loaded", False), "browsing")
        await burst(pilot, "slash", *"fr")
        await until(pilot, lambda: bool(app.screen.query("#search")), "still browsing")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.wanted.text == "fr"


class Sheet(App[None]):
    CSS = "Vertical { width: 21; height: 6; } Paper { padding: 0; height: 6; border: none; }"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Paper("aaaa bbbb cccc dddd eeee", soft_wrap=True, compact=True)


async def test_text_is_wrapped_anew_where_a_field_gets_narrower() -> None:
    """Also where that makes no more lines, which Textual would not draw again."""
    async with Sheet().run_test(size=(40, 8)) as pilot:
        await until(pilot, lambda: "aaaa bbbb cccc dddd" in shown(pilot.app), "the text")
        pilot.app.query_one(Vertical).styles.width = 18
        await until(pilot, lambda: "dddd eeee" in shown(pilot.app), "wrapped anew")
