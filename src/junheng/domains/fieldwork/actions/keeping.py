"""Keeping what a phone brings: each record once, with its check in the books, its questions and its entries of the chain.

The records of one request share a transaction, since a disk confirms only some hundreds a second. Whether a record may
be kept is judged before, one by one; should the database still refuse one, each is written by itself and only that one
is refused. A receipt is made after the commit, never before.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from junheng.domains.areas.models import Area
from junheng.domains.fieldwork.actions.answering import take_answers
from junheng.domains.fieldwork.actions.editing import edited, version_of
from junheng.domains.fieldwork.actions.sheaves import Bringing, Parcel, Sheaf, flush, in_turns
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord, FieldVersion, Shot
from junheng.domains.fieldwork.queries.asking import Ask, Other, about_picture, about_record
from junheng.domains.fieldwork.queries.known import (
    Judged,
    Known,
    Wanted,
    judged,
    kept_records,
    known_of,
    questions_of,
)
from junheng.domains.fieldwork.queries.receipts import Receipt, asked_told, receipts_of, refused
from junheng.domains.fieldwork.queries.sent import Sent, read_record
from junheng.domains.fieldwork.terms import PhotoState, QuestionKind
from junheng.domains.patrols.models import Check
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import LOCK, name_of

MOST = 200
"""Records of one request."""


def bring(raws: Sequence[Any], bringing: Bringing) -> list[dict[str, Any]]:
    """Keep the records of one request; answers one receipt for each, in their order."""
    on = timezone.localdate(bringing.at)
    answers: list[Receipt | None] = [None] * len(raws)
    waiting: list[tuple[int, Sent]] = []
    for place, raw in enumerate(raws):
        try:
            waiting.append((place, read_record(raw, on=on)))
        except Refusal as refusal:
            answers[place] = refused(raw, refusal)
    for run in in_turns(waiting, lambda one: {one[1].id}):
        for place, receipt in zip(
            (place for place, _ in run), kept([one for _, one in run], bringing), strict=True
        ):
            answers[place] = receipt
    return [one.told() for one in answers if one is not None]


def kept(sents: Sequence[Sent], bringing: Bringing) -> list[Receipt]:
    """Keep records with different numbers: all together, or each by itself where the database refuses one of them."""
    try:
        ((states, sheaf),) = written([Parcel(bringing, sents)])
    except (Refusal, IntegrityError, DataError) as wrong:
        if len(sents) > 1:
            return [receipt for one in sents for receipt in kept([one], bringing)]
        refusal = wrong if isinstance(wrong, Refusal) else try_again()
        return [refused({"id": sents[0].id}, refusal)]
    return receipts_for(sents, states, sheaf)


def receipts_for(sents: Sequence[Sent], states: Sequence[Any], sheaf: Sheaf) -> list[Receipt]:
    """The receipts of one parcel in the order of its records, in the language that is spoken now."""
    new = fresh_receipts(sents, states, sheaf)
    others = [place for place, one in enumerate(new) if one is None]
    read = receipts_of([sents[place] for place in others], [states[place] for place in others])
    answers = dict(zip(others, read, strict=True))
    return [one or answers[place] for place, one in enumerate(new)]


def fresh_receipts(sents: Sequence[Sent], states: Sequence[Any], sheaf: Sheaf) -> list[Receipt | None]:
    """The receipts of records that were new: what was committed is known, nothing has to be read again."""
    questions: dict[str, list[FieldQuestion]] = {}
    for one in sheaf.questions:
        questions.setdefault(one.record.uuid, []).append(one)
    missing: dict[str, list[str]] = {}
    for shot in sheaf.shots:
        if shot.photo.state != PhotoState.WHOLE:
            missing.setdefault(shot.version.record.uuid, []).append(shot.photo.digest)
    return [
        None if state != "kept" or sent.answers
        else Receipt(
            id=sent.id, state="kept", version=1, digest=sent.digest, questions=asked_told(questions.get(sent.id, [])),
            missing=missing.get(sent.id, []),
        )
        for sent, state in zip(sents, states, strict=True)
    ]  # fmt: skip


def try_again() -> Refusal:
    """The refusal of what the database would not take this time: the same may go well a moment later."""
    return Refusal(
        "try-again", "这条记录暂时没有存入，手机会保留它。请稍后再同步；如一直不成功，请告诉管理员。"
    )


def written(parcels: Sequence[Parcel]) -> list[tuple[list[Any], Sheaf]]:
    """Ask what has to be known, then write."""
    wanted = [Wanted(one.bringing.persons, one.sents, one.bringing.drift) for one in parcels]
    return write(parcels, known_of(wanted, at=max(one.bringing.at for one in parcels)))


@transaction.atomic
def write(parcels: Sequence[Parcel], knowns: Sequence[Known]) -> list[tuple[list[Any], Sheaf]]:
    """The transaction: for each record what became of it, a state or a refusal; and what was written of each parcel.

    What is known was read before anybody had to wait. Only the records themselves are looked for again once nobody
    else writes: the same request may have come twice at the same moment.
    """
    sents = [one for parcel in parcels for one in parcel.sents]
    if any(one.hazard for one in sents):
        before_findings()
    one_at_a_time()
    records = kept_records([one.id for one in sents])
    questions = questions_of([one.row.pk for one in records.values()])
    outcomes = []
    for parcel, known in zip(parcels, knowns, strict=True):
        known.records, known.questions = records, questions
        sheaf = Sheaf(parcel.bringing)
        outcomes.append(([state_of(one, known, sheaf) for one in parcel.sents], sheaf))
    flush([sheaf for _, sheaf in outcomes])
    for parcel, (states, _) in zip(parcels, outcomes, strict=True):
        take_answers(parcel.sents, states, by=parcel.bringing.by, at=parcel.bringing.at)
    return outcomes


def state_of(sent: Sent, known: Known, sheaf: Sheaf) -> Any:
    """What becomes of one record: a state, or the refusal of this one alone."""
    try:
        return decided(sent, known, sheaf, sheaf.bringing)
    except Refusal as refusal:
        return refusal


def before_findings() -> None:
    """Take the row by which findings are numbered before the lock of the chain, as everybody does who opens one."""
    list(
        Area.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=settings.JUNHENG_CITY)
        .values_list("pk")
    )


def one_at_a_time() -> None:
    """Wait for whoever continues the chain: SQLite's writing transaction is alone, a server is asked for a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def decided(sent: Sent, known: Known, sheaf: Sheaf, bringing: Bringing) -> str:
    """Keep a new record, or meet the one that is here already."""
    here = known.records.get(sent.id)
    if here is not None and here.row.person_id not in known.persons:
        raise Refusal(
            "record-of-another",
            "这条记录的编号属于另一名责任人的记录，没有存入。请在自己的手机上重新记一次。",
        )
    if here is not None and any(one.digest == sent.digest for one in here.versions.values()):
        judgement = None
    else:
        judgement = judged(sent, known, drift=bringing.drift, sent_at=bringing.sent_at, at=bringing.at)
        check_sizes(sent, judgement.charge.person, known)
    if here is None:
        assert judgement is not None
        begin(judgement, known, sheaf, bringing)
        return "kept"
    state, version = edited(here, sent, judgement, by=bringing.by, at=bringing.at, drift=bringing.drift)
    if version is not None:
        attach(version, sent, here.row.person_id, known, sheaf, bringing)
        ask(here.row, version, sent, known, sheaf, bringing)
    return state


def check_sizes(sent: Sent, person: int, known: Known) -> None:
    """Refuse a photo that was announced with another size before: one of the two is wrong."""
    for one in sent.photos:
        there = known.photos.get((person, one.digest))
        if there is not None and there.size != one.size:
            raise Refusal(
                "photo-size-differs", "同一张照片两次登记的大小不同，没有存入。请重新选择照片后再同步。"
            )


def begin(judgement: Judged, known: Known, sheaf: Sheaf, bringing: Bringing) -> None:
    """A record that is new here, with the row of the books and its first version."""
    sent, water, charge = judgement.sent, judgement.water, judgement.charge
    check = Check(
        water_id=water.pk, person_id=charge.person, area_id=water.area_id, level=charge.level,
        checked_at=judgement.at, hazard=sent.hazard or None,
    )  # fmt: skip
    record = FieldRecord(
        uuid=sent.id, person_id=charge.person, area_id=water.area_id, water_id=water.pk, checked_at=judgement.at,
        device=bringing.device, received_at=bringing.at,
        handed_in_by=name_of(bringing.by) if bringing.handed_in else "",
    )  # fmt: skip
    record.check_row = check
    record.water, record.person = water, known.persons[charge.person]
    version = version_of(record, judgement, number=1, drift=bringing.drift, at=bringing.at)
    sheaf.checks.append(check)
    sheaf.records.append(record)
    sheaf.versions.append(version)
    attach(version, sent, charge.person, known, sheaf, bringing)
    ask(record, version, sent, known, sheaf, bringing)
    known.others.setdefault(charge.person, []).append(Other(sent.id, judgement.at, water.name))
    for picture in sent.photos:
        told = (sent.id, water.name, timezone.localtime(judgement.at).strftime("%Y-%m-%d %H:%M"))
        known.used.setdefault(picture.digest, []).append(told)


def attach(
    version: FieldVersion, sent: Sent, person: int, known: Known, sheaf: Sheaf, bringing: Bringing
) -> None:
    """Tie the announced photos to a version; one that nobody has announced yet is expected from now on."""
    for rank, picture in enumerate(sent.photos, 1):
        photo = known.photos.get((person, picture.digest))
        if photo is None:
            photo = FieldPhoto(
                person_id=person,
                digest=picture.digest,
                size=picture.size,
                place=secrets.token_hex(16),
                given_at=bringing.at,
            )
            known.photos[person, picture.digest] = photo
            sheaf.photos.append(photo)
        sheaf.shots.append(Shot(version=version, rank=rank, photo=photo))


def ask(
    record: FieldRecord, version: FieldVersion, sent: Sent, known: Known, sheaf: Sheaf, bringing: Bringing
) -> None:
    """Ask what a version gives reason to ask, each question once a record."""
    water = known.waters[version.water_id]
    asks = list(
        about_record(
            record=sent.id, told=sent, water=water, at=version.checked_at,
            drift=version.drift, others=known.others.get(record.person_id, ()),
        )
    )  # fmt: skip
    for picture in sent.photos:
        other = next((one for one in known.used.get(picture.digest, ()) if one[0] != sent.id), None)
        if other is not None:
            asks.append(Ask(QuestionKind.SAME, {"water": other[1], "at": other[2]}, picture.digest[:12]))
        photo = known.photos[record.person_id, picture.digest]
        if photo.state == PhotoState.WHOLE:
            sheaf.again += [photo] if photo.seen_at is not None else []
            asks.extend(about_picture(photo, told_at=sent.told_at, water=water, at=version.checked_at))
    asked = {(one.kind, one.about) for one in known.questions.get(record.pk or 0, ())}
    for one in asks:
        if (one.kind, one.about) not in asked:
            asked.add((one.kind, one.about))
            sheaf.questions.append(
                FieldQuestion(
                    record=record, kind=one.kind, about=one.about, facts=one.facts, asked_at=bringing.at
                )
            )
