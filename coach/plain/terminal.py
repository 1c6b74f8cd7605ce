"""Lines in, lines out: what a session without a full screen says and hears.

Nothing but text is written: no escape sequence, no colour, no box, so that a pipe, a screen reader
and a dumb terminal all get the same.
"""

import os
import shutil
import signal
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from coach.util.text import clean
from coach.util.wording import Wording

LONGEST = 2000
"""Characters of an earlier answer that are shown again."""
LONGEST_TYPED = 1023 if sys.platform == "darwin" else 4095
"""Bytes of a line that a terminal hands over at most; it drops the rest without a word."""


INSIST_AFTER = 0.1
"""Seconds after which a signal that nobody heeded is sent again."""


class Ended(Exception):
    """No more lines will come: the end of input, a signal, ctrl+c."""


class GoBack(Exception):
    """The student wants the question before."""


class Talk:
    """Speaks on `out` and hears from `inp`, in `lang`."""

    def __init__(self, inp: TextIO, out: TextIO | None, lang: str) -> None:
        self.inp = inp
        self.out = out
        self.lang = lang
        self.words = Wording("plain", lang)
        self._typed = _is_terminal(inp)
        self._wraps = out is not None and _is_terminal(out)
        self._waiting = False
        self._ending = False

    def say(self, text: str = "") -> None:
        """Writes `text`, cleaned; wrapped only where a terminal would break words."""
        if self.out is None:
            return
        for line in clean(text).split("\n"):
            self.out.write((self._wrapped(line) if self._wraps else line) + "\n")

    @staticmethod
    def warn(text: str) -> None:
        """Writes `text` to the error output, where there is one."""
        if sys.stderr is not None:
            with suppress(OSError):
                sys.stderr.write(f"coach: {text}\n")

    def _wrapped(self, line: str) -> str:
        width = max(20, min(shutil.get_terminal_size().columns, 80) - 1)
        indent = " " * (len(line) - len(line.lstrip(" ")))
        return textwrap.fill(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )

    def tell(self, key: str, **values: str | int) -> None:
        """Says the text `key` of `data/wording/plain.toml`."""
        self.say(self.words(key, **values))

    def shown(self, text: str) -> None:
        """Says an earlier answer or a proposal, indented; a very long one is cut."""
        cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        self.say("\n".join(f"  {line}" for line in cut.split("\n")))

    def hear(self) -> str:
        """The next line, cleaned, without its end; raises `Ended` when there is none."""
        if self.out is not None:
            self.out.write("> ")
            self.out.flush()
        self._waiting = True
        try:
            # A signal that came while something was being kept takes effect here.
            if self._ending:
                raise Ended
            line = self.inp.readline()
            if not line:
                raise Ended
        except Ended:
            self._end_prompt()
            raise
        finally:
            self._waiting = False
        if not self._typed:
            self._end_prompt()
        if self._typed and len(line.encode("utf-8", "replace")) >= LONGEST_TYPED:
            self.tell("cut")
        return clean(line.rstrip("\r\n"))

    def _end_prompt(self) -> None:
        """Ends the line of the prompt, where nobody's Enter did."""
        if self.out is not None:
            with suppress(OSError, ValueError):
                self.out.write("\n")
                self.out.flush()

    def confirm(self, question: str) -> bool:
        """Asks yes or no; anything but a yes is a no."""
        self.say(question)
        return self.hear().strip().lower()[:1] in ("o", "y")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Turns what would kill the process into `Ended`, raised where a line is waited for."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        # What is ignored (`nohup`) stays ignored.
        heeded = [one for one in numbers if signal.getsignal(one) != signal.SIG_IGN]
        before = {number: signal.signal(number, self._end) for number in heeded}
        try:
            with self._insisting(heeded):
                yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def _insisting(self, heeded: list[int]) -> Iterator[None]:
        """Sends a signal again until it was heeded: one that comes just before a line is waited
        for is seen by Python only once that line has come, and does not wake the wait.
        """
        if not hasattr(signal, "pthread_kill"):
            yield
            return
        told, tell = os.pipe()
        os.set_blocking(tell, False)
        main = threading.get_ident()

        def insist() -> None:
            with os.fdopen(told, "rb", buffering=0) as numbers:
                while number := numbers.read(1):
                    while number[0] in heeded and not self._ending and not over.wait(INSIST_AFTER):
                        signal.pthread_kill(main, number[0])

        over = threading.Event()
        threading.Thread(target=insist, daemon=True).start()
        former = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(former)
            over.set()
            os.close(tell)

    def _end(self, *_: object) -> None:
        self._ending = True
        if self._waiting:
            raise Ended


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (OSError, ValueError):
        return False
