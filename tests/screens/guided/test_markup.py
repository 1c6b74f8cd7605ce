"""What a student writes is shown as it is: never markup, never a template, never obeyed.

Each text goes through the widgets that show a student's words (or a school's), with notifications
and tooltips on. It must be on the screen sign for sign; nothing may crash, and nothing may act.
"""

from typing import Any

import pytest
from making import draft_of, entry_of, field, internship_of, step
from piloting import (
    Desk,
    back_home,
    block,
    burst,
    guided,
    opened,
    paste,
    rows,
    shown,
    told,
    until,
)
from rich.cells import cell_len
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach.util.text import clean
from screens.common.dialogs import Ask, Choose
from screens.widgets.act import Act
from screens.widgets.picker import PickLine

NASTY = [
    "[sad]",
    "[/]",
    "[/bold]x[/]",
    "[@click=app.quit]x[/]",
    '[@click="app.quit"]x[/]',
    "[bold",
    "[link=file:///etc/passwd]x[/link]",
    "[red on blue]x",
    "[$primary]x $x",
    "\\[bold]",
    "{x} {company} {0} {",
    "%s %d %",
    "👩🏽\u200d⚕️ :smile:",
    "e\u0301a\u0300",
    "שלום",
    "日本語",
    "\x1b[31mrouge\x1b[0m",
    "\x1b]52;c;eA==\x07osc",
    "mot" * 60,
]
"""What could be taken for more than it is."""
FEW = [
    "[/] " + " ".join(NASTY[:16]),
    "\x1b[31mrouge\x1b[0m \x1b]52;c;eA==\x07osc",
    "mot" * 100,
]
"""The same in a few texts, for what takes a whole app to show one of them."""


def there(pilot: Pilot[int], text: str) -> bool:
    """Whether the screen shows `text` sign for sign, or the start of one that is long."""
    return not missing(pilot, [text])


def missing(pilot: Pilot[int], texts: list[str]) -> list[str]:
    """Which of `texts` the screen does not show."""
    drawn = _signs(shown(pilot.app))
    wanted = {text: clean(text) for text in texts}
    short = {text: one if len(one) <= 40 else one[:12] for text, one in wanted.items()}
    return [text for text, one in short.items() if _signs(one) not in drawn]


def _signs(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and sign not in "│▌…")


def unharmed(pilot: Pilot[int]) -> None:
    """Nothing acted: the app runs, and no line is longer than the screen."""
    assert pilot.app.is_running
    assert not pilot.app._exit
    width = pilot.app.size.width
    assert all(cell_len(line) <= width for line in shown(pilot.app).splitlines())


async def click_the_texts(pilot: Pilot[int]) -> None:
    """Hovers and clicks where titles stand, so that an action hidden in one would act."""
    for y in range(2, 6):
        await pilot.hover(offset=(5, y))
        await pilot.click(offset=(3, y))
    unharmed(pilot)


async def test_each_text_in_options_rows_checklists_and_answers_so_far(desk: Desk) -> None:
    cleaned = [clean(text) for text in NASTY]
    # A session's own texts may name `{company}`; what fills it is not looked at again.
    shown_as = [text.replace("{company}", "") for text in cleaned]
    milestones = [{"id": f"m{n}", "what": text, "sign": text} for n, text in enumerate(cleaned)]
    internship = desk.journal.save(internship_of("2026-11-02", milestones=milestones))
    listed = [
        {"id": f"o{number}", "label": text, "help": text} for number, text in enumerate(cleaned)
    ]
    desk.own_flow(
        step("one", field("choices", "choices", options=listed)),
        step("two", field("rows", "rows", columns=["what", "who"])),
        step("three", field("checklist", "goals", source="objectives")),
        step("four", field("line", "again", start="{item.label}"), each="rows", title="{item.who}"),
        scope="internship",
    )
    told_rows = [{"id": f"r{n}", "what": text, "who": text} for n, text in enumerate(cleaned)]
    answers = {"choices": [one["id"] for one in listed], "rows": told_rows}
    desk.journal.save(entry_of("labo", internship=internship.id, answers=answers))
    async with desk.session(size=(120, 75), notifications=True, tooltips=True) as pilot:
        assert missing(pilot, shown_as) == []
        for line in list(guided(pilot).query(PickLine))[:6]:
            await pilot.click(line, offset=(4, 0))
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        rows(pilot).grid.styles.max_height = 40
        await pilot.pause()
        assert missing(pilot, NASTY) == []
        # each row in the form below its table
        rows(pilot).grid.focus()
        await pilot.pause()
        for number, text in enumerate(cleaned):
            rows(pilot).grid.move_cursor(row=number)
            await until(pilot, lambda n=number: rows(pilot).rows.at == n, "the row")
            assert rows(pilot)._input("what").value == text
        unharmed(pilot)
        await pilot.press("ctrl+n")
        await opened(pilot, "three")
        assert missing(pilot, NASTY) == []
        await click_the_texts(pilot)
        await burst(pilot, "1", "2", "ctrl+n")
        for text in cleaned[:4]:
            await until(pilot, lambda text=text: block(pilot, "again").raw() == text, text)
            assert there(pilot, text)
            if "@click" in text:
                await click_the_texts(pilot)
            await pilot.press("ctrl+n")
    assert desk.entries("labo")[0].answers["rows"] == told_rows


async def test_in_toasts_questions_and_choices(desk: Desk) -> None:
    async with desk.home(size=(100, 60), notifications=True, tooltips=True) as pilot:
        app: Any = pilot.app
        for text in map(clean, FEW):
            app.tell(f"dit {text}")
            await until(pilot, lambda t=text: there(pilot, f"dit {t}"), text)
            app.clear_notifications()
            app.notify(text, title=f"titre {text}")
            await until(pilot, lambda t=text: there(pilot, f"titre {t}"), text)
            app.clear_notifications()
            ways = {str(number): f"voie {one}" for number, one in enumerate(map(clean, NASTY))}
            app.push_screen(Choose(f"choix {text}", ways))
            await until(pilot, lambda t=text: there(pilot, f"choix {t}"), text)
            assert missing(pilot, list(ways.values())[:10]) == []
            app.pop_screen()
            app.push_screen(Ask(f"demande {text}"))
            await until(pilot, lambda t=text: there(pilot, f"demande {t}"), text)
            app.pop_screen()
            await pilot.pause()
            unharmed(pilot)


async def test_in_tooltips(desk: Desk) -> None:
    desk.one_field(field("rows", "it"))
    async with desk.session(size=(80, 50), tooltips=True) as pilot:
        box = guided(pilot).page_box
        for number, text in enumerate(map(clean, FEW)):
            act = Act("ici", f"act{number}", tooltip=text)
            await box.mount(act, before=0)
            await pilot.hover(act)
            pilot.app.screen._handle_tooltip_timer(act)
            tooltip = guided(pilot).query_one("Tooltip")
            await until(pilot, lambda tip=tooltip: tip.display, "the tooltip")
            assert there(pilot, text)
            await act.remove()
        unharmed(pilot)


@pytest.mark.parametrize("nasty", FEW, ids=["tags", "escapes", "long"])
async def test_in_titles_labels_placeholders_help_and_typed(desk: Desk, nasty: str) -> None:
    company = clean(nasty)
    desk.journal.save(internship_of("2026-11-02", "2026-12-18", company=company))
    desk.own_flow(
        step(
            "one",
            field("line", "line", label="A {company}", example="B {company}", help="C {company}"),
            field("text", "text", example="D {company}"),
            title="T {company}",
            intro="I {company}",
            help="H {company}",
        ),
        step("two", field("rows", "rows"), title="{line}"),
    )
    async with desk.session(size=(100, 60), notifications=True, tooltips=True) as pilot:
        # Of a word that is longer than its line, a placeholder shows nothing.
        marks = "TIA" if len(company) > 250 else "TIABD"
        assert missing(pilot, [f"{mark} {company}" for mark in marks]) == []
        await pilot.press("f1")
        assert there(pilot, f"C {company}")
        assert there(pilot, f"H {company}")
        await click_the_texts(pilot)
        await paste(pilot, nasty, block(pilot, "text").widget)
        await paste(pilot, nasty, block(pilot, "line").widget)
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        await click_the_texts(pilot)
        for cell in ("#cell-what", "#cell-who"):
            await paste(pilot, nasty, rows(pilot).query_one(cell, Input))
        assert there(pilot, nasty)
        unharmed(pilot)
        await pilot.press("ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    assert entry.answers["line"] == entry.answers["text"] == company
    assert entry.answers["rows"][0]["who"] == company


@pytest.mark.parametrize("nasty", FEW, ids=["tags", "escapes", "long"])
async def test_on_home_in_lists_and_in_the_palette(desk: Desk, nasty: str) -> None:
    text = clean(nasty)
    journal = desk.journal
    own = journal.save(internship_of("2026-09-01", "2027-02-08", company=text, tutor=text))
    journal.save(entry_of("note", answers={"text": text}))
    draft = draft_of(entry_of("interview", internship=own.id, answers={"company": text}))
    draft.entry.updated_at = "2026-01-01T00:00:00.000000Z"
    with journal.drafts.open(draft.entry.id) as file:
        file.write(draft)
    desk.own_flow(step("one", field("line", "it")), title=text, summary=text)
    async with desk.home(size=(120, 50), notifications=True, tooltips=True) as pilot:
        app: Any = pilot.app
        drawn = _signs(shown(app))
        assert drawn.count(_signs(text)[:3]) >= 3, "the place, the draft, the last entry"
        for y in range(0, 30, 2):
            await pilot.hover(offset=(20, y))
        unharmed(pilot)
        for key, title in (("i", "app.internships.title"), ("o", "app.own.title")):
            await pilot.press(key)
            await until(pilot, lambda title=title: told(app, title), title)
            await until(pilot, lambda: bool(app.screen.query_one(OptionList).option_count), "lines")
            assert there(pilot, text)
            unharmed(pilot)
            await pilot.press("escape")
            await back_home(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette), "the palette")
        await paste(pilot, text[:40])
        unharmed(pilot)
        await pilot.press("escape")
        await back_home(pilot)


async def test_in_a_schools_own_session(desk: Desk) -> None:
    nasty = FEW[0].replace("{company} ", "")
    odd = {"id": "a", "label": nasty, "help": nasty}
    desk.own_flow(
        step(
            "one",
            field("choice", "choice", options=[odd, "b"], label=nasty, help=nasty),
            field("checklist", "marks", options=[odd], answers=[odd | {"label": "[/]"}, "b"]),
            field("scale", "scale", low_label="[/]", high_label="[bold"),
            title=nasty,
            intro=nasty,
        ),
        step("two", field("rows", "rows", one=nasty, columns=[odd | {"example": nasty}, "b"])),
        title=nasty,
    )
    async with desk.session(size=(120, 60), notifications=True, tooltips=True) as pilot:
        await pilot.press("f1", "1")
        assert there(pilot, nasty)
        assert there(pilot, "[bold")
        await click_the_texts(pilot)
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        assert there(pilot, nasty)
        unharmed(pilot)
        await burst(pilot, "a", "ctrl+n")
        await back_home(pilot)


async def test_a_broken_session_is_told_as_it_is(desk: Desk) -> None:
    desk.data_folder.flows.mkdir()
    (desk.data_folder.flows / "labo.toml").write_text('"[@click=app.quit]x[/]" = 1\n')
    async with desk.app("labo").run_test(notifications=True, size=(120, 40)) as pilot:
        await until(pilot, lambda: "[@click=app.quit]x[/]" in shown(pilot.app), "told")
        unharmed(pilot)
        await back_home(pilot)
        await pilot.press("o")
        await until(pilot, lambda: told(pilot.app, "app.own.title"), "the sessions")
        await until(pilot, lambda: "[@click=app.quit]x[/]" in shown(pilot.app), "told there too")
