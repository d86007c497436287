"""Letters to parents in the demonstration city: the summer's about drowning, one about fire that ran out, one for the winter holiday.

They reach the schools of the two principals that one can log in as. In the class of the class teacher families signed on
the phone; in the others slips of paper were ticked by the class. Some are missing everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.familyletters.actions.answering import FAMILY, READ, SLIPS, tick_paper
from junheng.domains.familyletters.actions.writing import recount, send, write
from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt
from junheng.domains.familyletters.queries.digests import digest_of
from junheng.domains.familyletters.queries.roll import asked_on, rooms_on
from junheng.domains.familyletters.terms import Audience, Topic, Way
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.noting import note_new

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按演示方案办理"
SAFETY, HEADS, TEACHER = "anquan", ("xiaozhang1", "xiaozhang2"), "banzhuren"
ONE_OF = 23
"""Of so many families one did not answer."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter: when it was sent, until when it was answered, and by which of the two schools wholly."""

    title: str
    topic: Topic
    sent: date
    due: date
    text: str
    of_the_city: bool
    complete: tuple[int, ...] = ()


PLANS = (
    Plan(
        "暑假防溺水致家长的一封信（演示）", Topic.DROWNING, date(2023, 6, 19), date(2023, 6, 28),
        "各位家长：\n\n暑假将至，请做到孩子去向明、同伴明、活动明、归时明，不让孩子私自下水、不让孩子到无安全设施的水域玩耍。\n\n"
        "发现有人落水，请教育孩子立即呼救并拨打 110、120，不手拉手施救、不盲目下水。\n\n请阅读后签收。",
        of_the_city=True,
    ),
    Plan(
        "冬季消防安全致家长的一封信（演示）", Topic.FIRE, date(2023, 12, 11), date(2023, 12, 22),
        "各位家长：\n\n冬季用火用电增多，请检查家中电线和取暖器，电动自行车不进楼道、不入户充电。\n\n"
        "请和孩子一起认一遍逃生路线，记住火警电话 119。",
        of_the_city=True, complete=(0,),
    ),
    Plan(
        "寒假安全致家长的一封信（演示）", Topic.TRAFFIC, date(2023, 12, 27), date(2024, 1, 2),
        "各位家长：\n\n寒假里请教育孩子不在结冰的河面、坑塘上行走玩耍；骑电动车戴头盔，未满 16 周岁不骑电动自行车上路。\n\n"
        "不向陌生人转账，不透露验证码，遇到可疑电话拨打 96110。",
        of_the_city=False,
    ),
)  # fmt: skip


@transaction.atomic
def add_family_letters() -> None:
    """Write and send them, and enter what families and teachers did until the day of the demonstration."""
    users = {one.username: one for one in User.objects.filter(username__in=[SAFETY, *HEADS, TEACHER])}
    schools = [School.objects.get(pk=school_of(users[one])) for one in HEADS]
    room = Grant.objects.get(user=users[TEACHER]).school_class
    for plan in PLANS:
        at = moment(plan.sent)
        letter = FamilyLetter(
            title=plan.title, topic=plan.topic, audience=Audience.ALL, text=plan.text, due_on=plan.due,
            area_id=CITY if plan.of_the_city else schools[0].area_id,
            school=None if plan.of_the_city else schools[0],
            only=" ".join(one.code for one in schools) if plan.of_the_city else "",
        )  # fmt: skip
        by = users[SAFETY] if plan.of_the_city else users[HEADS[0]]
        write(letter, on=plan.sent, by=by, at=at, why=WHY)
        send(letter, digest=digest_of(letter), on=plan.sent, by=by, at=at, why=WHY)
        letter.refresh_from_db()
        reached = schools if plan.of_the_city else schools[:1]
        for place, school in enumerate(reached):
            answered(letter, school, users[HEADS[place]], complete=place in plan.complete, phones=room)
        recount(FamilyLetter.objects.filter(pk=letter.pk), on=letter.due_on)


def answered(letter: FamilyLetter, school: School, head: User, *, complete: bool, phones: int | None) -> None:
    """What came in at a school some days after the letter: on the phone in one class, on paper in the others."""
    day = min(letter.due_on, date(2023, 12, 29))
    at = moment(day)
    for room in SchoolClass.objects.filter(rooms_on(letter, day), school=school).order_by("pk"):
        pupils = list(
            asked_on(letter, day).filter(school_class=room).order_by("pk").values_list("pk", "name")
        )
        came = [one for place, one in enumerate(pupils, 1) if complete or place % ONE_OF]
        if room.pk == phones:
            signed(letter, came[: len(came) * 3 // 4], day, at)
            came = came[len(came) * 3 // 4 :]
            if letter.due_on > day:  # it still runs
                came = came[: len(came) // 2]
        if came:
            tick_paper(letter, room, pupils=[pk for pk, _name in came], on=day, by=head, at=at, why=SLIPS)


def signed(letter: FamilyLetter, pupils: Sequence[tuple[int, str]], day: date, at: datetime) -> None:
    """Families that signed on the phone."""
    rows = [
        LetterReceipt(
            letter=letter, pupil_id=pk, way=Way.PHONE, answered_on=day, signed_by=f"{name[0]}家长（演示）"
        )
        for pk, name in pupils
    ]
    for one in rows:
        one.save()
    if rows:
        note_new(rows, by=FAMILY, at=at, why=READ)


def moment(day: date) -> datetime:
    """A moment of that day."""
    return datetime.combine(day, time(10), SHANGHAI)


def school_of(user: User) -> int:
    """The school of a principal."""
    found = Grant.objects.get(user=user).school
    assert found is not None
    return found
