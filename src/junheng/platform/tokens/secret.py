"""How a token is written, and what is kept of it."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

MARK = "jh"
"""Every token begins with it, so that tools which look for lost secrets find it."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The two halves of a token: the handle by which its row is found, and the secret which is never stored."""

    handle: str
    secret: str

    def __str__(self) -> str:
        return f"{MARK}_{self.handle}_{self.secret}"


def new_secret() -> Secret:
    """A new token: 64 bits to find it, 256 bits that nobody guesses."""
    return Secret(secrets.token_hex(8), secrets.token_hex(32))


def read_secret(text: str) -> Secret | None:
    """The halves of a written token; ``None`` if it is none.

    >>> read_secret("jh_0011223344556677_" + "ab" * 32).handle
    '0011223344556677'
    >>> read_secret("jh_short") is None
    True
    """
    parts = text.split("_")
    if len(parts) != 3 or parts[0] != MARK or len(parts[1]) != 16 or len(parts[2]) != 64:
        return None
    return Secret(parts[1], parts[2]) if text.isascii() else None


def digest_of(secret: Secret) -> str:
    """What is stored. A secret of 256 random bits needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(str(secret).encode()).hexdigest()


def same_digest(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that does not tell how far they agree."""
    return hmac.compare_digest(one, other)
