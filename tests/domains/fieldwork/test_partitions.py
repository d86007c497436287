"""A phone, a network that breaks anywhere, a house that dies: whatever happens, nothing acknowledged is lost or doubled.

A random walk of thousands of steps beside a model that is a dictionary. The network may lose the request, or the answer
after the house has committed; the house may die in the middle of the transaction; the phone may die and begin from what
it had stored. At the end of each walk the network works, and books and model must say the same.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from junheng.domains.fieldwork.actions import keeping
from junheng.domains.fieldwork.models import FieldPhoto, FieldRecord, FieldVersion
from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Water
from junheng.platform.audit.history import verify
from tests.domains.fieldwork.bank import Phone, told
from tests.makers.pictures import picture

PICTURES = [picture(number, words=b"") for number in range(4)]


class Died(Exception):
    """The house is killed at this moment."""


@dataclass
class Bag:
    """What the phone has stored: records that are not acknowledged, and the contents that are, by number."""

    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


def step(dice: random.Random, phone: Phone, bag: Bag, water: Water, monkeypatch: Any) -> None:
    """One thing that happens."""
    what = dice.random()
    if what < 0.35:
        record = phone.record(water, ago=timedelta(minutes=dice.randrange(60 * 24 * 20)), place=None)
        if dice.random() < 0.2:
            record["photos"] = [told(PICTURES[dice.randrange(4)])]
        bag.waiting[record["id"]] = record
    elif what < 0.45 and bag.last:
        chosen = dice.choice(sorted(bag.last))
        known = bag.versions[chosen] if dice.random() < 0.8 else max(1, bag.versions[chosen] - 1)
        bag.waiting[chosen] = bag.last[chosen] | {
            "hazard": f"第 {dice.randrange(10**6)} 次补充", "severity": "general", "base": known
        }  # fmt: skip
    elif what < 0.93:
        exchange(
            dice,
            phone,
            bag,
            monkeypatch,
            how=dice.choice(["well", "well", "lost", "unheard", "dies", "dies late"]),
        )
    else:
        send_some(dice, phone)


def exchange(dice: random.Random, phone: Phone, bag: Bag, monkeypatch: Any, *, how: str) -> None:
    """The phone brings what waits; ``how`` says what the world does meanwhile."""
    some = dice.sample(sorted(bag.waiting), min(len(bag.waiting), dice.randint(1, 8)))
    records = [bag.waiting[one] for one in some]
    if not records or how == "lost":
        return
    if dice.random() < 0.2:
        records.append(dict(records[0]))  # the same twice in one request
    with monkeypatch.context() as world:
        if how in {"dies", "dies late"}:
            world.setattr(keeping, "flush" if how == "dies" else "take_answers", killed)
        try:
            receipts = phone.sync(*records)
        except Died:
            return
    if how == "unheard":
        return
    for record, receipt in zip(records, receipts, strict=True):
        assert receipt["state"] in {"kept", "same", "changed", "both"}, receipt
        bag.acknowledged.setdefault(record["id"], []).append(receipt["digest"])
        bag.last[record["id"]], bag.versions[record["id"]] = record, receipt["version"]
        bag.waiting.pop(record["id"], None)


def killed(*_given: Any, **_named: Any) -> None:
    raise Died


def send_some(dice: random.Random, phone: Phone) -> None:
    """A stretch of some photo, from where the house says it stands; now and then the answer is not heard."""
    data = PICTURES[dice.randrange(4)]
    digest = told(data)["digest"]
    offset = phone.offset(digest)
    if offset < len(data):
        piece = data[offset : offset + dice.randint(1, 900)]
        assert phone.patch(digest, piece, offset=offset, length=len(data)).status_code == 204
        if dice.random() < 0.3:  # the phone did not hear it and sends the same again
            assert phone.patch(digest, piece, offset=offset, length=len(data)).status_code == 409


def check(phone: Phone, bag: Bag, made: set[str]) -> None:
    """The books against the model."""
    rows = {one.uuid: one for one in FieldRecord.objects.prefetch_related("versions")}
    assert set(rows) == made, "each record that was made, once, and no other"
    assert Check.objects.count() == len(made), "and once in the books"
    for uuid, digests in bag.acknowledged.items():
        kept = {one.digest for one in rows[uuid].versions.all()}
        assert set(digests) <= kept, "acknowledged and lost"
        assert len(kept) == rows[uuid].versions.count(), "the same content twice"
    for one in rows.values():
        current = next(each for each in one.versions.all() if each.state == "current")
        assert current.number == one.version
        assert (one.check_row.hazard or "") == current.hazard
        assert (one.state == "both") == any(each.state == "waiting" for each in one.versions.all())
    assert verify() is None


def walk(seed: int, steps: int, phone: Phone, water: Water, monkeypatch: Any) -> Bag:
    dice, bag, made = random.Random(seed), Bag(), set[str]()
    for _ in range(steps):
        step(dice, phone, bag, water, monkeypatch)
        made |= set(bag.waiting) | set(bag.acknowledged)
    while bag.waiting:  # the network works at last
        exchange(dice, phone, bag, monkeypatch, how="well")
    for data in PICTURES:
        if (answer := phone.upload(data)) is not None:
            assert answer.status_code == 204
    check(phone, bag, made)
    assert not FieldPhoto.objects.exclude(state="whole").exists()
    return bag


@pytest.mark.parametrize("seed", range(3))
def test_nothing_acknowledged_is_lost_or_doubled(
    seed: int, phone: Phone, water: Water, monkeypatch: Any
) -> None:
    bag = walk(seed, 250, phone, water, monkeypatch)
    assert len(bag.acknowledged) > 30
    assert FieldVersion.objects.count() > len(bag.acknowledged), "some were changed on the way"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_nothing_acknowledged_is_lost_or_doubled_in_thousands_of_steps(
    seed: int, phone: Phone, water: Water, monkeypatch: Any
) -> None:
    walk(seed, 1_000, phone, water, monkeypatch)
