"""Encrypts ("seals") and decrypts files with a key that a passphrase protects.

A key of 32 random bytes seals the files (AES-256-GCM, a fresh nonce each time). Argon2id derives a
second key from the passphrase, which wraps the first. The wrapped key is in the first line of every
sealed file, so that a file moved elsewhere needs only the passphrase:

    coach-sealed 1 BASE64(id, salt, memory, passes, lanes, nonce, wrapped key, CRC-32)\\n
    nonce (12 bytes), then the sealed content with its tag

The first line is associated data, so changing it makes decryption fail. Its checksum distinguishes
a damaged line from a wrong passphrase. Numbers are those of RFC 9106, section 4, for small machines
(3 passes, 4 lanes, 64 MiB). `cryptography` is imported where it is used: plain journals never do.
"""

import binascii
import os
import re
import struct
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from coach.disk.errors import JournalError
from coach.util.text import NO_BREAK

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"coach-sealed 1 "
"""The first bytes of a sealed file; no JSON or zip file begins so."""
LINE = b"*"
"""The first byte of a sealed line in a file that grows line by line."""

PASSES, LANES, MEMORY = 3, 4, 64 * 1024
_MOST = (16, 16, 1024 * 1024)
"""The most passes, lanes and KiB of memory accepted from a file."""
_NONCE = 12
_PLAIN_SLOT = struct.Struct(">16s16sIBB")
_SLOT = struct.Struct(f"{_PLAIN_SLOT.format}{_NONCE}s48s")
_LONGEST = 300
"""The most bytes of a first line."""


class BrokenSeal(ValueError):
    """The sealed bytes are damaged: no passphrase opens them."""


def is_sealed(data: bytes) -> bool:
    """Whether `data` is, or begins like, a sealed file."""
    return data.startswith(MAGIC)


def header_of(data: bytes) -> bytes:
    """The first line of a sealed file, its end included; raises BrokenSeal."""
    end = data.find(b"\n", 0, _LONGEST)
    if not is_sealed(data) or end < 0:
        raise BrokenSeal("no first line")
    return data[: end + 1]


class Key:
    """A key; `header` is the first line of the files it seals."""

    __slots__ = ("_cipher", "header", "id", "secret")

    def __init__(self, id: bytes, secret: bytes, header: bytes = b"") -> None:
        self.id = id
        self.secret = secret
        self.header = header
        self._cipher = _cipher(secret)

    def seal(self, data: bytes) -> bytes:
        """`data` as a sealed file."""
        nonce = os.urandom(_NONCE)
        return self.header + nonce + self._cipher.encrypt(nonce, data, self.header)

    def unseal(self, data: bytes) -> bytes:
        """The content of a file that this key sealed; raises BrokenSeal."""
        header = header_of(data)
        return self._opened(data[len(header) :], header)

    def seal_line(self, line: bytes) -> bytes:
        """`line` as a sealed line, without its end."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, line, LINE + self.id)
        return LINE + _encoded(self.id + nonce + sealed)

    def unseal_line(self, line: bytes) -> bytes:
        """The content of a line that this key sealed; raises BrokenSeal."""
        return self._opened(_decoded(line[1:])[16:], LINE + self.id)

    def _opened(self, data: bytes, about: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], about)
        except (InvalidTag, ValueError) as error:
            raise BrokenSeal("the content was changed") from error


def key_id(header: bytes) -> bytes:
    """The id of the key that sealed the file with this first line; raises BrokenSeal."""
    return _slot(header)[:16]


def line_key_id(line: bytes) -> bytes:
    """The id of the key that sealed this line; raises BrokenSeal."""
    return _decoded(line[1:])[:16]


def new_key(passphrase: str) -> Key:
    """A fresh key that `passphrase` opens."""
    id, salt, secret = os.urandom(16), os.urandom(16), os.urandom(32)
    plain = _PLAIN_SLOT.pack(id, salt, MEMORY, PASSES, LANES)
    nonce = os.urandom(_NONCE)
    cipher = _derived(normal_form(passphrase), salt, MEMORY, PASSES, LANES)
    wrapped = cipher.encrypt(nonce, secret, plain)
    slot = plain + nonce + wrapped
    return Key(id, secret, MAGIC + _encoded(slot + _check(slot)) + b"\n")


def open_key(header: bytes, passphrase: str) -> Key | None:
    """The key in a file's first line; None for a wrong passphrase. Raises BrokenSeal.

    The normal form of `passphrase` is tried first, then the spellings that earlier versions used.
    """
    slot = _slot(header)
    id, salt, memory, passes, lanes, nonce, wrapped = _SLOT.unpack(slot)
    if not (0 < passes <= _MOST[0] and 0 < lanes <= _MOST[1] and 8 * lanes <= memory <= _MOST[2]):
        raise BrokenSeal("its numbers make no sense")
    require()
    from cryptography.exceptions import InvalidTag

    for spelling in _spellings(passphrase):
        cipher = _derived(spelling, salt, memory, passes, lanes)
        with suppress(InvalidTag):
            return Key(id, cipher.decrypt(nonce, wrapped, slot[: _PLAIN_SLOT.size]), header)
    return None


def _slot(header: bytes) -> bytes:
    """The decoded first line without its checksum, which is verified; raises BrokenSeal."""
    slot = _decoded(header_of(header)[len(MAGIC) : -1])
    plain, check = slot[: _SLOT.size], slot[_SLOT.size :]
    if len(plain) != _SLOT.size or check != _check(plain):
        raise BrokenSeal("the first line was changed")
    return plain


def _check(slot: bytes) -> bytes:
    return binascii.crc32(slot).to_bytes(4, "big")


def _encoded(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False)


def _decoded(text: bytes) -> bytes:
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError as error:
        raise BrokenSeal("no base64") from error


def normal_form(passphrase: str) -> str:
    """`passphrase` in Unicode's NFKC: an é typed on any machine is the same é, and a no-break
    space, which French keyboards give by accident, is a space.
    """
    return unicodedata.normalize("NFKC", passphrase)


def _spellings(passphrase: str) -> list[str]:
    """`passphrase` in its normal form, then as earlier versions took it from the terminal, and from
    the app, which lost no-break spaces.
    """
    typed = unicodedata.normalize("NFC", passphrase)
    lost = re.sub(f"[{NO_BREAK}]", "", typed)
    return list(dict.fromkeys(filter(None, (normal_form(passphrase), typed, lost))))


def _derived(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> "AESGCM":
    """The cipher with the key that Argon2id derives from `passphrase`, taken as it is."""
    require()
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    typed = passphrase.encode("utf-8", "surrogatepass")
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return _cipher(kdf.derive(typed))


def _cipher(secret: bytes) -> "AESGCM":
    require()
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(secret)


def require() -> None:
    """Raise JournalError("no_crypt") where `cryptography` (or its Argon2id) is not installed."""
    try:
        import cryptography.hazmat.primitives.kdf.argon2  # noqa: F401
    except ImportError as error:
        from coach.util.extras import install_command

        install = install_command("crypt")
        raise JournalError("no_crypt", reason=str(error), install=install) from error
