"""What is private enters a document on the screen only when it is ticked, by key or mouse."""

from making import entry_of
from piloting import Desk, shown, until

from coach.documents.base import Document
from screens.documents.documents import DocumentScreen
from screens.widgets.act import Act


async def test_a_private_piece_is_ticked_and_unticked(desk: Desk) -> None:
    desk.journal.save(entry_of("reframe", answers={"story": "Récit [tenu] au secret."}))
    async with desk.home() as pilot:
        screen = DocumentScreen("story")
        pilot.app.push_screen(screen)
        await until(pilot, lambda: bool(screen.query(Act)), "the piece to tick")

        def document() -> Document:
            assert screen.document is not None
            return screen.document

        assert "secret" not in shown(pilot.app) and "secret" not in document().markdown
        screen.query_one(Act).focus()
        await pilot.press("enter")
        await until(pilot, lambda: "au secret" in document().markdown, "it came in")
        await until(pilot, lambda: "☑" in shown(pilot.app), "it is ticked")
        await pilot.click("#story")
        await until(pilot, lambda: "au secret" not in document().markdown, "it went out")
