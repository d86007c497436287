"""The key ring: master keys in a file outside the database, under which the keys of all subjects are kept.

Every subject (a pupil, a household, an official) has a random key of its own; the database holds it only wrapped under
a master key. Who has the database alone has nothing; destroying the wrapped key destroys what was sealed with it,
wherever copies are; and changing the master key wraps the small keys anew without touching a single sealed text.
"""

import hashlib
import hmac
import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from junheng.kernel.errors import Refusal
from junheng.platform.sealing.cipher import (
    KEY_BYTES,
    NONCE_BYTES,
    PROVIDERS,
    Locked,
    Provider,
    Sm4Gcm,
    broken,
    is_offered,
    packed,
    unpacked,
)

NAME_BYTES = 6


class KeysAway(Refusal):
    """The keys are not there, or not those with which this was sealed."""

    status = 503


@dataclass(frozen=True, slots=True)
class Master:
    """One master key. Its name follows from its bytes, so a wrong key is never taken for the right one."""

    id: str
    cipher: str
    key: bytes
    made_at: str
    locked: Locked

    def wrap(self, table: str, name: str, key: bytes, nonce: bytes) -> str:
        """A subject's key as the database keeps it."""
        sealed = self.locked.encrypt(nonce, key, f"{table}\0{name}".encode())
        return f"{self.id}.{name}.{packed(nonce + sealed)}"


@dataclass(frozen=True, slots=True)
class Ring:
    """All master keys of an installation, the one in use, and the key for looking numbers up."""

    path: Path
    masters: dict[str, Master]
    current: str
    blind_key: bytes
    blind_digest: str
    """The keyed digest of look-ups, fixed when the ring is made: what was looked up by must stay findable."""

    @property
    def master(self) -> Master:
        """The key that new subjects' keys are wrapped under."""
        return self.masters[self.current]

    @property
    def provider(self) -> Provider:
        """The algorithms that new values are sealed with: the installation's setting."""
        return provider()

    def new_seal(self, table: str) -> str:
        """A fresh key for one subject, wrapped."""
        return self.master.wrap(
            table, packed(os.urandom(NAME_BYTES)), os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        )

    def key_in(self, table: str, seal: str) -> bytes:
        """A subject's key out of its wrapping; refuses where the master key is not on this ring."""
        master_id, name, wrapped = seal.split(".")
        master = self.masters.get(master_id)
        if master is None:
            raise KeysAway(
                "key-missing",
                "这里的敏感信息是用密钥 {key} 加密的，密钥文件 {file} 中没有这把密钥，所以不能显示，也没有改动任何内容。"
                "请管理员找回原来的密钥文件放到该位置。",
                key=master_id,
                file=str(self.path),
            )
        data = unpacked(wrapped)
        try:
            return master.locked.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], f"{table}\0{name}".encode())
        except (InvalidTag, ValueError):
            raise broken(table.encode()) from None

    def blind(self, text: str) -> str:
        """What a number is looked up by: the same for the same number, and nobody can turn it round."""
        return packed(hmac.digest(self.blind_key, tidy(text).encode(), self.blind_digest)[:16])


def tidy(text: str) -> str:
    """A number as it is looked up: without blanks, a check letter in capitals.

    >>> tidy(" 41080220170831001x ")
    '41080220170831001X'
    """
    return "".join(text.split()).upper()


def provider() -> Provider:
    """The provider that the installation is set to."""
    name = getattr(settings, "JUNHENG_CIPHER", "aes")
    if not is_offered(name):
        raise KeysAway(
            "cipher-not-offered",
            "JUNHENG_CIPHER={name} 指定的加密算法不可用。请改为 aes，或安装带国密算法的 OpenSSL 后再试。",
            name=name,
        )
    return PROVIDERS[name]


def make_master(cipher: str, key: bytes, made_at: str) -> Master:
    """A master key with its cipher ready. SM4 takes the first half of the bytes."""
    locked: Locked = AESGCM(key) if cipher == "aes" else Sm4Gcm(key[:16])
    return Master(hashlib.sha256(b"junheng key name\0" + key).hexdigest()[:8], cipher, key, made_at, locked)


def ring_path() -> Path:
    """Where the ring lies."""
    return Path(settings.JUNHENG_KEYS)


def read_ring() -> Ring | None:
    """The ring as it is on the disk now; ``None`` where there is none. Asks the disk only whether it changed."""
    try:
        stamp = os.stat(settings.JUNHENG_KEYS)  # noqa: PTH116 — asked for every row that is opened
    except FileNotFoundError:
        return None
    return _read(settings.JUNHENG_KEYS, stamp.st_mtime_ns, stamp.st_size, stamp.st_ino)


@lru_cache(maxsize=8)
def _read(path: Path, *_stamp: int) -> Ring:
    try:
        said = json.loads(Path(path).read_text("ascii"))
        masters = [make_master(one["cipher"], unpacked(one["key"]), one["made_at"]) for one in said["keys"]]
        blind = said["blind"]
        made = Ring(
            Path(path),
            {one.id: one for one in masters},
            said["current"],
            unpacked(blind["key"]),
            blind["digest"],
        )
        made.master  # noqa: B018 — a ring without its own current key is damaged
    except (ValueError, KeyError, TypeError, OSError):
        raise KeysAway(
            "keys-unreadable",
            "密钥文件 {file} 读不出来，所以敏感信息不能显示，也没有改动任何内容。请检查文件权限，或找回它的副本。",
            file=str(path),
        ) from None
    return made


def write_ring(ring: Ring) -> None:
    """Write the ring beside its place and rename it, readable by its owner only."""
    said: dict[str, Any] = {
        "current": ring.current,
        "blind": {"key": packed(ring.blind_key), "digest": ring.blind_digest},
        "keys": [
            {"id": one.id, "cipher": one.cipher, "key": packed(one.key), "made_at": one.made_at}
            for one in ring.masters.values()
        ],
    }
    ring.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = ring.path.with_name(f".{ring.path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(json.dumps(said, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(ring.path)


def begin_ring(path: Path, *, at: datetime) -> Ring:
    """Make the first ring of an installation. Where another process makes one at the same moment, that one is it."""
    made = make_master(_cipher_name(), os.urandom(KEY_BYTES), at.isoformat(timespec="seconds"))
    aside = path.with_name(f"{path.name}.new-{os.getpid()}")
    write_ring(Ring(aside, {made.id: made}, made.id, os.urandom(KEY_BYTES), provider().digest))
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()
    found = read_ring()
    assert found is not None
    return found


def _cipher_name() -> str:
    return next(name for name, one in PROVIDERS.items() if one is provider())


def with_new_master(ring: Ring, *, at: datetime) -> Ring:
    """The ring with one more master key, which is the one in use from now on."""
    made = make_master(_cipher_name(), os.urandom(KEY_BYTES), at.isoformat(timespec="seconds"))
    return replace(ring, masters={**ring.masters, made.id: made}, current=made.id)


def without_master(ring: Ring, key_id: str) -> Ring:
    """The ring without one of its keys: what is still wrapped under it can never be read again."""
    return replace(ring, masters={name: one for name, one in ring.masters.items() if name != key_id})
