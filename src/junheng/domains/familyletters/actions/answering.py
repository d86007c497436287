"""Receipts: a family signs on a phone, a class teacher ticks the slips of a class, and takes one back that was wrong."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt, LetterSchool
from junheng.domains.familyletters.policies import check_room
from junheng.domains.familyletters.queries.roll import asked_on, correction_of, missing_in, rooms_on
from junheng.domains.familyletters.terms import Way
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.audit.together import save_together
from junheng.platform.registers.asker import absent

FAMILY = "家庭"
"""By whom a receipt is entered: the link of a class is no account."""
READ, SLIPS = "家长已阅读并知晓", "收到纸质回执"


def named(letter: FamilyLetter, room: SchoolClass, *, name: str, born_on: date | None, day: date) -> Pupil:
    """The pupil of a class whose name somebody typed; of two with one name the birthday tells. No list is ever shown."""
    name = "".join(name.split())
    rows = list(asked_on(letter, day).filter(school_class=room, name=name).order_by("pk")) if name else []
    if len(rows) > 1 and born_on is None:
        raise Refusal("same-name", "班里有同名的孩子，请再填写孩子的出生日期。")
    if len(rows) > 1:
        rows = [one for one in rows if one.born_on == born_on]
    if len(rows) != 1:
        raise NotFound(
            "no-such-child",
            "{room}没有叫“{name}”的学生。请核对孩子的姓名，并确认这是您孩子班级的链接。",
            room=room,
            name=name[:20],
        )
    return rows[0]


@transaction.atomic
def sign(letter: FamilyLetter, pupil: Pupil, *, signed_by: str, on: date, at: datetime) -> bool:
    """A family has read the letter. A second time nothing is written; answers with whether this was the first."""
    check_open(letter, on)
    signed_by = signed_by.strip()[:40]
    if not signed_by:
        raise Refusal("receipt-unsigned", "请在“家长签名”一栏写上家长本人的姓名。没有提交。")
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    if LetterReceipt.objects.filter(letter=letter, pupil=pupil, withdrawn_on=None).exists():
        return False
    row = LetterReceipt(letter=letter, pupil=pupil, way=Way.PHONE, answered_on=on, signed_by=signed_by)
    save_row(row, by=FAMILY, at=at, why=READ, verb=Verb.DEED.value)
    add(letter, pupil.school_id, 1)
    return True


@transaction.atomic
def tick_paper(
    letter: FamilyLetter, room: SchoolClass, *, pupils: Sequence[int], on: date, by: Any, at: datetime, why: str
) -> int:  # fmt: skip
    """Enter the slips of a class, one entry for all; who signed on a phone meanwhile stays as he is. How many were new."""
    check_reached(letter, room, on)
    check_room(room, by=by, at=at)
    check_open(letter, on)
    asked = set(asked_on(letter, on).filter(school_class=room).values_list("pk", flat=True))
    chosen = set(pupils)
    if not chosen <= asked:
        raise Conflict("roll-changed", "名单里有学生已经不在这个班。请刷新页面再勾选。没有做任何改动。")
    # a family that signs in the same moment waits, or has signed before who is missing is asked
    list(Pupil.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    fresh = [one.pk for one in missing_in(letter, room, day=on) if one.pk in chosen]
    if not fresh:
        raise Refusal("nothing-ticked", "没有勾选还没交的学生。没有做任何改动。")
    rows = [
        LetterReceipt(letter=letter, pupil_id=one, way=Way.PAPER, answered_on=on) for one in sorted(fresh)
    ]
    save_together(LetterReceipt, rows, source=f"{letter}：{room}", by=by, at=at, why=why)
    add(letter, room.school_id, len(rows))
    return len(rows)


@transaction.atomic
def take_back(letter: FamilyLetter, room: SchoolClass, *, receipt: int, on: date, by: Any, at: datetime, why: str) -> None:  # fmt: skip
    """Take a receipt back that was ticked or signed wrongly: the family is asked again, the entry stays."""
    check_reached(letter, room, on)
    check_room(room, by=by, at=at)
    if not why.strip():
        raise Refusal("why-missing", "请写明撤回的原因。没有做任何改动。")
    rows = LetterReceipt.objects.select_for_update(of=("self",)).filter(letter=letter, withdrawn_on=None)
    row = rows.filter(pk=receipt, pupil__school_class=room).first()
    if row is None:
        raise absent()
    row.withdrawn_on = on
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    add(letter, room.school_id, -1)


def add(letter: FamilyLetter, school: int, number: int) -> None:
    """Move the count of a school along; the night counts it anew."""
    rows = LetterSchool.objects.filter(letter=letter, school=school, answered__gte=max(-number, 0))
    rows.update(answered=F("answered") + number)


def check_open(letter: FamilyLetter, on: date) -> None:
    """Refuse a receipt for a letter that was corrected or is closed."""
    if correction_of(letter) is not None:
        raise Conflict("family-letter-corrected", "这封告家长书已经更正，请打开新的一封签收。没有提交。")
    if on > letter.closes_on:
        raise Conflict(
            "family-letter-closed",
            "这封告家长书的回执在 {day} 已经截止。有事请直接联系班主任。没有提交。",
            day=letter.closes_on,
        )


def check_reached(letter: FamilyLetter, room: SchoolClass, on: date) -> None:
    """Refuse a class that a letter does not ask; for who asks, it is not there."""
    if letter.sent_on is None or not SchoolClass.objects.filter(rooms_on(letter, on), pk=room.pk).exists():
        raise absent()
