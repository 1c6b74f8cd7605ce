"""Writing to streams that may be closed, or lack letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

import errno
import sys
from typing import TextIO

GONE = (errno.EPIPE, errno.ESHUTDOWN)
"""What writing meets when whoever reads our output has read enough: no failure."""


def write(stream: TextIO | None, text: str) -> None:
    """Writes `text`, if the stream is open; what its encoding lacks becomes `?`."""
    if stream is not None:
        stream.write(text)


def write_bytes(data: bytes) -> None:
    """Writes UTF-8 bytes to standard output, whatever its encoding."""
    stream = sys.stdout
    if stream is None:
        return
    raw = getattr(stream, "buffer", None)
    if raw is None:
        stream.write(data.decode("utf-8"))
    else:
        stream.flush()
        raw.write(data)


def print_json(data: Any) -> None:
    """`data` as indented JSON on standard output."""
    import msgspec

    write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")
