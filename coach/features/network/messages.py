"""Messages to people the student knows or would like to know.

They begin with a shared memory or the other's news, ask no favour, and ask for fifteen minutes
rather than for a job (seed 'internship as career lab', on one's network). Missing answers leave a
blank to fill. The words are data: `data/wording/network_messages.toml`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.flows.choices import item_of, list_items
from coach.language.sentences import END, Writer
from coach.store.answers import text_of
from coach.util.text import fold, one_line, word_count
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.context import StepContext

CLOSE = ("family", "friends")
"""Circles to which one says *tu* unless told otherwise."""
LONGEST = 240
"""Characters of an answer that a message takes over."""


class _Letter:
    """The texts of one message, in the form of address (*tu* or *vous*) that fits the person."""

    def __init__(self, context: StepContext) -> None:
        self.writer = Writer(context.lang)
        self.words = Wording("network_messages", context.lang)
        self.context = context
        said = context.answers.get("address")
        close = said == "tu" or (said != "vous" and context.answers.get("circle") in CLOSE)
        self.form = "tu" if close else "vous"

    def say(self, key: str, **values: str) -> str:
        """The text `key`, in the fitting form of address."""
        form = f"{key}_{self.form}"
        return self.words(form if self.words.has(form) else key, **values)

    def answer(self, name: str) -> str:
        """An answer on one line, without the full stop at its end."""
        text = self.writer.tidy(self.context.answers.get(name))
        return END.sub("", one_line(text, LONGEST)) if word_count(text) else ""

    def chosen(self, name: str, source: str) -> str:
        """The label of the item chosen from `source`, '' for none."""
        item = item_of(self.context.known, source, text_of(self.context.answers, name))
        return item["label"] if item else ""

    def stripped(self, name: str) -> str:
        """An answer without the beginning that it was asked to finish."""
        text = self.answer(name)
        for pattern in self.words.lines(f"strip_{name}"):
            if pattern:
                text = re.sub(pattern, "", text, count=1, flags=re.IGNORECASE) or text
        return self.writer.soft(text)

    def name(self) -> str:
        """The name in the greeting: the first name for close people, unless it is a title."""
        name = self.answer("name")
        first = name.split(" ")[0]
        if self.form == "vous" or fold(first) in self.words("titles").split():
            return name
        return first

    def memory(self) -> str:
        """The shared memory as a sentence, '' where there is none."""
        text = self.stripped("memory")
        if not text:
            return ""
        if re.match(self.words("subject"), text, re.IGNORECASE):
            text = self.words("time_when", it=text)
        elif self.context.lang == "fr":
            text = _to(text)
        return self.say("memory", it=text)

    def news(self) -> str:
        """The other's news as a sentence, '' where there is none."""
        text = self.stripped("news")
        if not text:
            return ""
        if self.context.lang == "fr":
            text = f"qu'{text}" if re.match(r"(?:ils?|elles?|on|une?)\b", text) else f"que {text}"
        return self.say("news", it=text)

    def introduced(self) -> str:
        """Who mentioned them, '' for nobody."""
        name = self.chosen("introduced_by", "contacts")
        return self.say("introduced", by=name) if name else ""

    def event(self) -> str:
        """The event where the student heard them, '' for none."""
        event = self.answer("event")
        return self.say("event", event=self.writer.soft(event)) if event else ""

    def where(self) -> str:
        """' chez Orbis', or ''."""
        company = self.answer("company")
        return f" {self.writer.fit('where', company)}".rstrip() if company else ""

    def paragraphs(self, *parts: list[str]) -> str:
        """The message: its sentences paragraph by paragraph."""
        return "\n\n".join(told for part in parts if (told := " ".join(filter(None, part))))


def _to(text: str) -> str:
    """`text` after *à*: 'au jour où…', 'aux vendanges', 'à notre chantier'."""
    if re.match(r"(?:à|au|aux|à l')\b", text, re.IGNORECASE):
        return text
    for article, joined in _JOINED:
        if text.lower().startswith(article):
            return joined + text[len(article) :]
    return f"à {text}"


_JOINED = (
    *(("le ", "au "), ("les ", "aux "), ("du ", "au "), ("des ", "aux ")),
    *(("de ", "à "), ("d'", "à ")),
)
"""What *à* makes of an article, and of the *de* that follows 'je me souviens'."""


def draft_contact_message(context: StepContext) -> str:
    """A message to the person of a `contact` session: hello, after an event, or thanks."""
    letter = _Letter(context)
    if not letter.answer("name"):
        return ""
    purpose = context.answers.get("purpose")
    hello = [letter.say("hello", name=letter.name())]
    opening = [letter.memory(), letter.news()]
    if purpose == "thanks":
        learnt = letter.answer("learnt")
        keep = letter.writer.whole(letter.say("keep", it=letter.writer.soft(learnt) or "___"))
        thanks = [letter.say("thanks"), keep, letter.say("used")]
        return letter.paragraphs(hello, thanks, opening, [letter.say("goodbye")])
    if purpose == "event":
        question = letter.answer("event_question")
        asked = letter.say("ask", question=f"{letter.writer.soft(question)} ?" if question else "")
        if context.lang == "en":
            asked = asked.replace(" ?", "?")
        opening = [letter.event() or letter.words("blank"), letter.news()]
        body = [asked if question else "", letter.say("lines")]
        return letter.paragraphs(hello, opening, body, [letter.say("goodbye")])
    if not any(opening):
        opening = [letter.introduced() or letter.event() or letter.words("blank")]
    body = [letter.say("talk", where=letter.where())]
    if context.answers.get("position") == "junior":
        body.append(letter.say("junior"))
    return letter.paragraphs(hello, opening, body, [letter.say("end")])


def draft_pitch_company(context: StepContext) -> str:
    """The company of the contact who will read the pitch; "" where unknown."""
    to = context.answers.get("pitch_contact")
    person = next((one for one in context.known.entries if to and one.id == to), None)
    return text_of(person.answers, "company") if person else ""


def draft_pitch_message(context: StepContext) -> str:
    """A short message with the pitch to the head of the team: the problem first, then a request for
    fifteen minutes to show the page; "" without a problem.
    """
    letter = _Letter(context)
    seen = letter.writer.sentences(context.answers.get("pitch_problem"))
    if not seen:
        return ""
    words = letter.words
    to = context.answers.get("pitch_contact")
    people = list_items(context.known, "contacts") if to else []
    name = next((one["label"] for one in people if one["id"] == to), "") or letter.answer(
        "pitch_to"
    )
    hello = words("hello_vous", name=name) if name else words("pitch_hello")
    where = letter.answer("pitch_where")
    seen_in = words("pitch_where", where=letter.writer.soft(where)) if where else ""
    title = letter.writer.soft(letter.answer("pitch_title"))
    idea = words("pitch_idea", title=title) if title else words("pitch_idea_none")
    project = letter.chosen("pitch_project", "projects")
    shown = words("pitch_project", project=letter.writer.soft(project)) if project else ""
    problem = [letter.writer.whole(one) for one in seen[:2]]
    return letter.paragraphs(
        [hello], [*problem, seen_in], [idea, shown], [words("pitch_ask")], [words("pitch_end")]
    )
