"""kill -9 at each step of a deed, for scripts that run in a process of their own."""

import itertools
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = ["open", "write", "fsync", "link", "replace", "rename", "unlink", "truncate", "ftruncate"]
"""What touches the disk."""


def fragile(fatal: int) -> None:
    """This process kills itself at its `fatal`-th call from now, half of a write being done."""
    calls = itertools.count(1)

    def wrap(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            if next(calls) == fatal:
                if name == "write":
                    data = bytes(arguments[1])
                    original(arguments[0], data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **options)

        return wrapped

    for name in NAMES:
        setattr(os, name, wrap(name, getattr(os, name)))


def kill_at_each_step(
    folder: Path, prepare: Callable[[Path], Callable[[], object]], every: int = 1
) -> int:
    """Does, on a copy of `folder/start` each, what `prepare` gives, killed at its steps 1,
    1 + `every` and so on; the number of the copy in which nothing was killed any more.
    """
    for fatal in itertools.count(1, every):
        there = folder / str(fatal)
        shutil.copytree(folder / "start", there)
        child = os.fork()
        if child == 0:
            try:
                # A killed process, unlike a power cut, loses nothing that was written.
                os.fsync = lambda fd: None
                deed = prepare(there)
                fragile(fatal)
                deed()
            except BaseException as error:
                os.write(2, repr(error).encode())
                os._exit(1)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if status == 0:
            return fatal
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (fatal, status)
    raise AssertionError
