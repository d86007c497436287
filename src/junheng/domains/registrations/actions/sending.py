"""Sending: one or hundreds of judged forms become applications in one transaction, each with its entry in the chain.

The fast lane and the ordinary page come here alike. What a form must be was judged before; here is decided what only
the database knows: that the plan is still the one it was judged by, that the child has no other application, and that
the same sending was not written already.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from junheng.domains.registrations.models import Application, Choice, Draft, Evidence, StatedCircumstance
from junheng.domains.registrations.queries.faults import already
from junheng.domains.registrations.queries.keys import Codes, codes_of, keyed
from junheng.domains.registrations.queries.records import digest_of, record_of
from junheng.domains.registrations.queries.rules import Form, Sound, said_address
from junheng.domains.registrations.queries.sheets import Sheet, stamps
from junheng.domains.registrations.terms import ApplicationState, Channel, FoundState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import LOCK, append_many
from junheng.platform.audit.chain import Draft as Note
from junheng.platform.audit.chain import moment
from junheng.platform.audit.inserting import insert_tuples, next_numbers
from junheng.platform.audit.models import Verb
from junheng.platform.sealing import ring
from junheng.platform.sealing.bulk import seal_columns

FAMILY = "家长自助"
"""Who is written down where a family did it itself: families have no login."""
WHY = {Channel.PHONE: "家长提交报名", Channel.DESK: "窗口代办报名"}
ADDED, STATED, CHOSEN = (
    [str(one.column) for one in Application._meta.concrete_fields],
    ["application_id", "area_id", "kind", "about_id", "state", "reason", "decided_by"],
    ["application_id", "area_id", "rank", "school_id"],
)
UNAUDITED = {one.attname for one in Application._meta.concrete_fields if not getattr(one, "audited", True)}


@dataclass(frozen=True, slots=True)
class Sending:
    """One judged form on its way: by which sheet it was judged, under which key, when it arrived."""

    sheet: Sheet
    sound: Sound
    request_key: str
    at: datetime
    draft: int | None = None
    channel: str = Channel.PHONE
    entered_by: str = ""
    with_photos: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What a family is answered: the codes of its application; ``again`` where it had been written before."""

    application: int
    codes: Codes
    again: bool = False


class Stale(Conflict):
    """The plan or the days are others than those by which a form was judged: judge it again."""


def stale() -> Stale:
    """The refusal; whoever sends judges once more and seldom shows it."""
    return Stale("plan-changed", "招生计划刚刚有修订，还没有提交。请重新核对志愿后再提交。")


@transaction.atomic
def send_many(sendings: Sequence[Sending]) -> list[Sent | Refusal]:
    """Write what may be written, in its order; answers for each what came of it."""
    one_at_a_time()
    now = stamps({one.sheet.intake for one in sendings}, lock=True)
    known = Known.of(sendings)
    answers: list[Sent | Refusal] = []
    fresh: list[tuple[Sending, Codes]] = []
    places: list[int] = []
    for one in sendings:
        found = known.answer(one)
        if found is None and now.get(one.sheet.intake) != one.sheet.stamp:
            found = stale()
        if found is None:
            codes = codes_of(one.request_key)
            places.append(len(answers))
            fresh.append((one, codes))
            found = Sent(0, codes)
            known.add(one)
        answers.append(found)
    for place, number in zip(places, write(fresh), strict=True):
        sent = answers[place]
        assert isinstance(sent, Sent)
        answers[place] = Sent(number, sent.codes)
    # a key that came twice in one batch has the number of its first
    numbers = {one.request_key: answers[place] for place, (one, _) in zip(places, fresh, strict=True)}
    return [
        Sent(first.application, one.codes, again=True)
        if isinstance(one, Sent) and one.application == 0 and isinstance(first := numbers[sendings[place].request_key], Sent)
        else one
        for place, one in enumerate(answers)
    ]  # fmt: skip


def one_at_a_time() -> None:
    """Wait for whoever continues the chain: SQLite's writing transaction is alone, a server is asked for a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@dataclass(slots=True)
class Known:
    """The applications that stand already, as far as some sendings are concerned."""

    by_key: dict[str, tuple[int, str]]
    children: set[tuple[str, str]]

    @classmethod
    def of(cls, sendings: Sequence[Sending]) -> "Known":
        """Ask the database once."""
        keys = [one.request_key for one in sendings]
        pids = [one.sound.pid for one in sendings]
        seasons = {one.sheet.season for one in sendings}
        wanted = Q(request_key__in=keys) | Q(season__in=seasons, pid__in=pids, state=ApplicationState.SENT)
        rows = (
            Application.objects.filter(wanted)
            .order_by()
            .values_list("id", "request_key", "season", "pid", "state")
        )
        known = cls({}, set())
        for number, key, season, pid, state in rows:
            known.by_key[key] = (number, pid)
            if state == ApplicationState.SENT:
                known.children.add((season, pid))
        return known

    def answer(self, one: Sending) -> Sent | Refusal | None:
        """What is answered without writing: the receipt of the same sending, or that the child has one already."""
        found = self.by_key.get(one.request_key)
        if found is not None and found[1] == one.sound.pid:
            return Sent(found[0], codes_of(one.request_key), again=True)
        if found is not None or (one.sheet.season, one.sound.pid) in self.children:
            return already()
        return None

    def add(self, one: Sending) -> None:
        """Remember one that is about to be written; its number comes later."""
        self.by_key[one.request_key] = (0, one.sound.pid)
        self.children.add((one.sheet.season, one.sound.pid))


def write(fresh: Sequence[tuple[Sending, Codes]]) -> list[int]:
    """Insert applications, choices and circumstances, tie drafts and photos to them, and continue the chain."""
    if not fresh:
        return []
    numbers = next_numbers(Application, len(fresh))
    table = Application._meta.db_table
    forms = [json.dumps(one.sound.form, ensure_ascii=False) for one, _ in fresh]
    seals, sealed = seal_columns(ring(), table, {"details": forms})
    adapted = lru_cache(maxsize=64)(connection.ops.adapt_datetimefield_value)
    columns = [
        columns_for(number, one, codes, details, seal)
        for number, (one, codes), details, seal in zip(numbers, fresh, sealed["details"], seals, strict=True)
    ]
    insert_tuples(
        table,
        ADDED,
        (tuple(adapted(v) if type(v) is datetime else v for v in row.values()) for row in columns),
    )
    insert_tuples(
        Choice._meta.db_table, CHOSEN,
        (
            (number, one.sheet.area, rank, offer.id)
            for number, (one, _) in zip(numbers, fresh, strict=True)
            for rank, offer in enumerate(one.sound.choices, 1)
        ),
    )  # fmt: skip
    insert_tuples(
        StatedCircumstance._meta.db_table, STATED,
        (
            (number, one.sheet.area, kind, one.sound.about.get(kind), FoundState.CLAIMED.value, "", "")
            for number, (one, _) in zip(numbers, fresh, strict=True)
            for kind in one.sound.has
        ),
    )  # fmt: skip
    tie(numbers, [one for one, _ in fresh])
    append_many([note_of(one, row) for (one, _), row in zip(fresh, columns, strict=True)])
    return numbers


def columns_for(number: int, one: Sending, codes: Codes, details: str, seal: str) -> dict[str, Any]:
    """An application as its columns, in the order of the table."""
    sound, sheet = one.sound, one.sheet
    record = record_of(
        sound, intake=sheet.code, code=codes.code, salt=codes.salt, channel=one.channel, sent_at=one.at
    )
    return {
        "id": number, "code": codes.code, "intake_id": sheet.intake, "area_id": sheet.area, "season": sheet.season,
        "pid": sound.pid, "details": details, "seal": seal, "home_area_id": sound.home_area or None,
        "catchment_school_id": sound.catchment.id if sound.catchment else None,
        "address_blind": blind_address(sound.form), "migrant": sound.migrant, "bound_to": sound.bound_to,
        "channel": str(one.channel), "entered_by": one.entered_by, "state": ApplicationState.SENT.value,
        "sent_at": one.at, "salt": codes.salt, "receipt": digest_of(record, sheet.algorithm),
        "request_key": one.request_key,
    }  # fmt: skip


def blind_address(form: Form) -> str:
    """What equal addresses are seen by; nobody learns the address from it."""
    return keyed("address", "".join(said_address(form).split())).hex()


def note_of(one: Sending, row: dict[str, Any]) -> Note:
    """The entry of a new application. The receipt in it fixes the choices, which stand in no entry."""
    after = {name: value for name, value in row.items() if name not in UNAUDITED}
    after["sent_at"] = moment(row["sent_at"])
    return Note(
        at=one.at, who=one.entered_by or FAMILY, why=WHY[Channel(one.channel)], verb=Verb.CREATE.value,
        table=Application._meta.label_lower, row=row["id"], after=after,
    )  # fmt: skip


def tie(numbers: Sequence[int], sendings: Sequence[Sending]) -> None:
    """Say in each draft what became of it, and in its photos to which application they belong."""
    drafts = [(number, one.draft) for number, one in zip(numbers, sendings, strict=True) if one.draft]
    photos = [
        (number, one.draft)
        for number, one in zip(numbers, sendings, strict=True)
        if one.draft and one.with_photos
    ]
    with connection.cursor() as cursor:
        for model, key, pairs in ((Draft, "id", drafts), (Evidence, "draft_id", photos)):
            if pairs:
                cursor.executemany(
                    f"UPDATE {model._meta.db_table} SET application_id = %s WHERE {key} = %s",  # noqa: S608 — our own names
                    pairs,
                )
