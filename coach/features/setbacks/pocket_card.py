"""The pocket card: a few short lines to keep from a bad internship."""

from coach.features.setbacks.situations import turned_situations
from coach.features.setbacks.story import lessons_told
from coach.flows.context import StepContext
from coach.language.sentences import Writer
from coach.util.text import one_line, word_count

CARD_LINE = 110
"""Characters of a line on the pocket card."""


def draft_card(context: StepContext) -> str:
    """The pocket card: what I keep, what I ask, what I watch for, at most six short lines."""
    writer = Writer(context.lang)
    about = [one for _, one in turned_situations(context)]

    def shortest(name: str) -> str:
        found = [writer.sentences(one.get(name)) for one in about]
        return min((" ".join(one) for one in found if one), key=len, default="")

    lessons = [lesson for lesson, _ in lessons_told(writer, context)]
    shown = [
        writer.stripped(name, sentence)
        for name in ("phantom_deliverable", "phantom_title")
        for sentence in writer.sentences(context.answers.get(name))
    ]
    lines = [
        ("card_keep", writer.soft(shortest("skill"))),
        ("card_lesson", lessons[0] if lessons else ""),
        ("card_ask", shortest("question")),
        ("card_sign", writer.soft(shortest("sign"))),
        ("card_show", writer.soft(shown[0]) if shown else ""),
        ("card_breath", writer.part("look_for", context.answers.get("look_for"))),
    ]
    return "\n".join(
        writer.words(key, it=one_line(text, CARD_LINE)) for key, text in lines if word_count(text)
    )
