"""The record of a registration: one line of words, whose digest with its salt the family can compute for itself."""

from datetime import UTC, datetime

from junheng.domains.registrations.queries.rules import Sound, said_address
from junheng.kernel.lottery import Algorithm, digest

SCHEME = "junheng-receipt/1"


def record_of(sound: Sound, *, intake: str, code: str, salt: str, channel: str, sent_at: datetime) -> str:
    """What the family stated and chose, in one line. No part holds a bar: the rules of the form refuse it."""
    form = sound.form
    return "|".join(
        (
            SCHEME, intake, code, salt, sound.pid, form["name"], sound.born_on.isoformat(), sound.home_area or "other",
            said_address(form), sound.catchment.code if sound.catchment else "-", ",".join(sound.has) or "-",
            ">".join(one.code for one in sound.choices), sound.bound_to or "-", channel, moment(sent_at),
        )
    )  # fmt: skip


def moment(at: datetime) -> str:
    """A moment in UTC to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_of(record: str, algorithm: str) -> str:
    """The digest that stands on the receipt."""
    return digest(Algorithm(algorithm), record.encode()).hex()
