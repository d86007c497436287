"""How one value is sealed: with the key of whom it is about, bound to the column it stands in.

A sealed text is ``~``, the number of the cipher, the short name of the subject's key (8 characters), and in base64 the
nonce, the ciphertext and its tag. The nonce is made from key, column and value, so the same value of the same subject
is always sealed to the same text: an unchanged value is seen to be unchanged without being opened. Two subjects never
have the same key, so nothing can be compared between them.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.backends.openssl import backend
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from junheng.kernel.errors import Refusal

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
SEALED_MARK = "~"
"""The first sign of a sealed text."""
SEALED = re.compile(r"~[12][A-Za-z0-9_-]{46,}=*", re.ASCII)
"""What a sealed text looks like: nobody's address, number or name does."""


class Locked(Protocol):
    """A cipher with its key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Provider:
    """One family of algorithms: a cipher that proves itself (GCM) and a keyed digest."""

    number: str
    title: str
    digest: str
    cipher: Callable[[bytes], Locked]
    cipher_key: int
    spread: str
    """The digest that spreads a key into one for the cipher and one for nonces."""

    def open_with(self, key: bytes) -> "SubjectKey":
        """The two keys that follow from one: for the cipher, and for its nonces."""
        both = hmac.digest(key, b"junheng sealing 1", self.spread)
        return SubjectKey(self, self.cipher(both[: self.cipher_key]), both[self.cipher_key :])


class Sm4Gcm:
    """SM4-GCM with the face of the library's own ciphers that prove themselves."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        one = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        one.authenticate_additional_data(associated_data)
        return one.update(data) + one.finalize() + one.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        one = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        one.authenticate_additional_data(associated_data)
        return one.update(data[:-TAG_BYTES]) + one.finalize()


PROVIDERS: dict[str, Provider] = {
    "aes": Provider("1", "AES-256-GCM / HMAC-SHA-256", "sha256", AESGCM, 32, "sha512"),
    "sm4": Provider("2", "SM4-GCM / HMAC-SM3", "sm3", Sm4Gcm, 16, "sm3"),
}
BY_NUMBER = {one.number: one for one in PROVIDERS.values()}


@cache
def is_offered(name: str) -> bool:
    """Whether the library under us has the algorithms of a provider."""
    if name != "sm4":
        return name in PROVIDERS
    try:
        hmac.digest(b"k", b"", "sm3")
    except ValueError:
        return False
    return backend.cipher_supported(algorithms.SM4(bytes(16)), modes.GCM(bytes(12)))


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """The opened key of one subject."""

    provider: Provider
    cipher: Locked
    for_nonces: bytes

    def seal(self, name: str, place: bytes, text: str) -> str:
        """A text as the database keeps it; ``name`` is the short name of this key, ``place`` the column."""
        plain = text.encode()
        nonce = hmac.digest(self.for_nonces, place + b"\0" + plain, self.provider.digest)[:NONCE_BYTES]
        return f"~{self.provider.number}{name}{packed(nonce + self.cipher.encrypt(nonce, plain, place))}"

    def open(self, place: bytes, sealed: str) -> str:
        """The text; refuses what was not sealed with this key for this column."""
        data = unpacked(sealed[10:])
        try:
            return self.cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place).decode()
        except (InvalidTag, ValueError):
            raise broken(place) from None


class Broken(Refusal):
    """A sealed text that is not what was sealed here: changed, or carried over from another column."""

    status = 409


def broken(place: bytes) -> Broken:
    """The refusal of a sealed text that does not open."""
    return Broken(
        "seal-broken",
        "「{place}」中有一个加密值打不开：它被改动过，或是从别的列、别的记录搬来的。没有显示任何内容。"
        "请联系管理员运行 junheng keys verify 查明。",
        place=place.decode(),
    )


def is_sealed(text: Any) -> bool:
    """Whether a text looks sealed."""
    return isinstance(text, str) and text.startswith("~") and SEALED.fullmatch(text) is not None


def name_in(sealed: str) -> str:
    """The short name of the key with which a text was sealed."""
    return sealed[2:10]


def provider_of(sealed: str) -> Provider:
    """The algorithms with which a text was sealed."""
    return BY_NUMBER[sealed[1]]


def packed(data: bytes) -> str:
    """Bytes as text that any column holds.

    >>> unpacked(packed(b"abc")), packed(bytes(6))
    (b'abc', 'AAAAAAAA')
    """
    return urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """The bytes of a packed text."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
