"""Works of the demonstration city: an essay contest that is decided, pictures that wait for a juror, schools' cases.

Everything is done by the deeds by which people do it. Essays and pictures are made up here; a copied passage, an entry
whose guardian did not agree and two equal scores stand among them.
"""

import io
from datetime import date
from typing import Any

from django.db import transaction
from PIL import Image, ImageDraw

from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.actions import applying, preparing, publishing, reviewing
from junheng.domains.schemes.models import AwardScheme, SchemeApplication, SchemeCategory, SchemeCriterion
from junheng.domains.schemes.queries.showing import agreed
from junheng.domains.schemes.terms import Asked, Effect, Subject, Verdict
from junheng.domains.schools.models import School
from junheng.domains.works.actions.arriving import arrived
from junheng.domains.works.actions.attaching import attach
from junheng.domains.works.actions.entering import describe
from junheng.domains.works.actions.judging import rank
from junheng.domains.works.models import AttachmentRule, ContestRule
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row
from junheng.surfaces.demo.awarding import BASIS, WHY
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.schemes import moment, review

ESSAYS: dict[str, Any] = {
    "code": "zuopin-zhengwen-2023", "title": "2023 年市级禁毒主题征文（演示）", "year": 2023, "subject": Subject.PUPIL,
    "awards": "禁毒征文优秀作品", "applies_from": date(2023, 11, 6), "applies_until": date(2023, 11, 24), "jurors": 2,
    "blind": True,
}  # fmt: skip
PAINTINGS: dict[str, Any] = {
    "code": "zuopin-shuhua-2023", "title": "2023 年冬季禁毒反诈书画征集（演示）", "year": 2023, "subject": Subject.PUPIL,
    "awards": "禁毒反诈书画优秀作品", "applies_from": date(2023, 11, 6), "applies_until": date(2023, 12, 29), "jurors": 2,
    "blind": True,
}  # fmt: skip
CASES: dict[str, Any] = {
    "code": "zuopin-deyu-2023", "title": "2023 年德育创新案例征集（演示）", "year": 2023, "subject": Subject.SCHOOL,
    "awards": "德育创新案例", "applies_from": date(2023, 11, 6), "applies_until": date(2023, 11, 24), "jurors": 2,
}  # fmt: skip
SCORED: tuple[dict[str, Any], ...] = (
    {"words": "立意与内容", "asked": Asked.SCORE, "points": 60},
    {"words": "表达与表现", "asked": Asked.SCORE, "points": 40},
)
COPIED = "一颗包着彩色糖纸的糖果，看上去和别的糖没有两样，可是老师说，有些毒品就穿着这样的衣服来到我们身边。"
WRITTEN = (
    ("一颗糖果", f"那天的班会课，老师拿出一张照片。{COPIED}我想起妈妈常说的话：陌生人给的东西不能吃。从那以后，我把这句话讲给了弟弟听。（演示文章）", (55, 36), (54, 35)),
    ("给小区写一封信", "我给小区里的叔叔阿姨写了一封信，告诉他们什么是毒品，遇到了该打哪一个电话。信贴在楼门口，爷爷每天路过都要念一遍。（演示文章）", (52, 35), (53, 34)),
    ("糖纸背后", f"去年我读过一篇文章，里面写道：{COPIED}读完以后，我和同桌画了一张小报，贴在走廊上。（演示文章）", (48, 31), (47, 33)),
    ("我的禁毒小报", "我用三个周末做了一份小报，画了罂粟花和一只大大的叉，又请爸爸帮我查了资料。它现在挂在班级的墙上。（演示文章）", (48, 31), (47, 33)),
)  # fmt: skip
"""Title, words, and what two jurors gave. The last two are equal in everything."""
DRAWN = (("不让它靠近", 0), ("陌生来电不轻信", 1), ("守护笑脸", 2))
COLOURS = (
    ("#cfe8f7", "#2e7d5b", "#f4b942"), ("#fde6cf", "#7a5ba6", "#e4572e"), ("#e3f1da", "#27648f", "#f28f3b"),
    ("#f6dfe4", "#3d7d8c", "#ffcb47"), ("#dfe3f6", "#6b8f3a", "#ef6f6c"),
)  # fmt: skip
JURORS = ("pingwei1", "pingwei2")
WAITED_FOR = "jijiao"
"""A login of the demonstration that still has to score."""
CASE_TITLES = ("校史室里的劳动课", "小讲解员")
CASE = "每周五下午，高年级学生带着低年级学生到校史室，讲一位普通劳动者的故事。两年来讲了七十二个人，编成四册小书。（演示案例）"


@transaction.atomic
def add_works() -> None:
    """Three contests, each as far as it shows something."""
    users = {one.username: one for one in User.objects.all()}
    add_essays(users)
    add_paintings(users)
    add_cases(users)


def a_contest(
    facts: dict[str, Any], *, by: User, jurors: tuple[str, ...], form: dict[str, Any], **prizes: Any
) -> SchemeCategory:
    """A scheme with one category, what it asks for, its prizes and jurors, published."""
    at = moment(11, 1)
    scheme = AwardScheme(area_id=CITY, basis=BASIS, order_text=BASIS, effect=Effect.NONE, **facts)
    save_row(scheme, by=by, at=at, why=WHY)
    for number, one in enumerate(SCORED, 1):
        save_row(SchemeCriterion(scheme=scheme, number=number, area_id=CITY, **one), by=by, at=at, why=WHY)
    category = SchemeCategory(code=f"{scheme.code}-1", scheme=scheme, name=scheme.awards, area_id=CITY)
    save_row(category, by=by, at=at, why=WHY)
    for name, most in form.items():
        purpose, _dash, kind = name.partition("_")
        rule = AttachmentRule(category=category, area_id=CITY, purpose=purpose, form=kind, least=1, most=most)
        save_row(rule, by=by, at=at, why=WHY)
    save_row(ContestRule(category=category, area_id=CITY, **prizes), by=by, at=at, why=WHY)
    category.scheme = preparing.open_scheme(scheme, by=by, at=at, why=WHY)
    for login in jurors:
        preparing.name_juror(category.scheme, login=login, by=by, at=at, why=WHY)
    return category


def schools_with_heads(users: dict[str, User]) -> list[tuple[User, School]]:
    """The schools whose heads have logins, with them."""
    heads = [users[name] for name in sorted(users) if name.startswith("xiaozhang")]
    own = {
        one.user_id: one.school
        for one in Grant.objects.filter(user__in=heads, role=Role.PRINCIPAL, until=None)
    }
    schools = School.objects.in_bulk([number for number in own.values() if number])
    return [(one, schools[own[one.pk] or 0]) for one in heads if own.get(one.pk) in schools]


def pupils_of(school: School, *, consent: bool, count: int) -> list[Pupil]:
    """Some pupils of a school whose guardians agreed that their works are shown, or did not."""
    rows = list(Pupil.objects.filter(school=school, until=None).order_by("pk")[:80])
    named = agreed((one.pk for one in rows), on=date(2023, 12, 31))
    return [one for one in rows if (one.pk in named) == consent][:count]


def begun(
    category: SchemeCategory, head: User, school: School, pupil: Pupil | None, title: str, *, day: int
) -> SchemeApplication:
    """An entry that the head of a school is filling in."""
    row = SchemeApplication(category=category, school=school, pupil=pupil, area_id=school.area_id)
    save_row(row, by=head, at=moment(11, day), why=WHY)
    describe(row, title=title, tutor="", by=head, at=moment(11, day), why=WHY)
    return row


def enter(
    category: SchemeCategory,
    head: User,
    school: School,
    pupil: Pupil | None,
    title: str,
    *files: bytes,
    day: int,
) -> SchemeApplication:
    """One entry, handed in by the head of a school and passed on by the county."""
    at = moment(11, day)
    row = begun(category, head, school, pupil, title, day=day)
    rules = {one.form: one for one in AttachmentRule.objects.filter(category=category)}
    for data in files:
        file = arrived(data, on=at.date())
        attach(
            row,
            rules["text" if file.media == "text/plain" else "picture"],
            file,
            children=False,
            by=head,
            at=at,
            why=WHY,
        )
    row = applying.submit(row, stated={}, twin="", by=head, at=at, why=WHY)
    county = User.objects.get(username=f"xian-{school.area_id[:6]}")
    return review(row, Verdict.PASS, "推荐", by=county, at=moment(11, day + 4))


def scored(row: SchemeApplication, *, by: dict[str, tuple[int, int]]) -> SchemeApplication:
    """The sheets of some jurors, each with what it gives for the two criteria."""
    criteria = list(SchemeCriterion.objects.filter(scheme=row.scheme, asked=Asked.SCORE).order_by("number"))
    for login, points in by.items():
        told = {one.pk: each for one, each in zip(criteria, points, strict=True)}
        juror = User.objects.get(username=login)
        reviewing.score(row, points=told, words="内容具体", by=juror, at=moment(11, 29), why=WHY)
    row.refresh_from_db()
    return row


def finished(category: SchemeCategory, rows: list[SchemeApplication], number: str, *, by: User) -> None:
    """Rank what was judged, pass it, show it, and decide after the publicity."""
    rank(ContestRule.objects.get(category=category), by=by, at=moment(11, 30), why=WHY)
    for row in rows:
        row.refresh_from_db()
        review(row, Verdict.PASS, "入选", by=by, at=moment(12, 1))
    publicity = publishing.publish(category.scheme, by=by, at=moment(12, 4), why=WHY)
    publishing.decide(publicity, on=date(2023, 12, 12), number=number, by=by, at=moment(12, 12), why=WHY)


def add_essays(users: dict[str, User]) -> None:
    """Essays: judged, ranked and decided. One guardian did not agree, one passage was copied, two are equal."""
    by = users["deyu"]
    category = a_contest(
        ESSAYS, by=by, jurors=JURORS, form={"work_text": 1}, first=1, second=1, third=1, forward=2
    )
    rows: list[SchemeApplication] = []
    for (title, words, *points), (head, school, pupil) in zip(WRITTEN, writers(users), strict=False):
        row = enter(category, head, school, pupil, title, words.encode(), day=13 + len(rows))
        rows.append(scored(row, by=dict(zip(JURORS, points, strict=True))))
    if rows:
        finished(category, rows, "演示教〔2023〕45号", by=by)


def writers(users: dict[str, User]) -> list[tuple[User, School, Pupil]]:
    """Who writes: three pupils whose guardians agreed, and one whose guardian did not, of schools with logins."""
    found = []
    for head, school in schools_with_heads(users):
        found += [(head, school, one) for one in pupils_of(school, consent=True, count=3)]
    found = found[:3]
    for head, school in schools_with_heads(users):
        if silent := pupils_of(school, consent=False, count=1):
            return [*found, (head, school, silent[0])]
    return found


def add_paintings(users: dict[str, User]) -> None:
    """Pictures: at the city, scored by one juror, and but for one waiting for another who has a login."""
    category = a_contest(
        PAINTINGS,
        by=users["deyu"],
        jurors=(JURORS[0], WAITED_FOR),
        form={"work_picture": 2},
        first=1,
        second=1,
        third=1,
    )
    for (title, number), (head, school, pupil) in zip(DRAWN, writers(users)[:3], strict=False):
        row = enter(category, head, school, pupil, title, poster(number), day=13 + number)
        scored(
            row,
            by={JURORS[0]: (50 - number, 34)} | ({WAITED_FOR: (46, 33)} if number == len(DRAWN) - 1 else {}),
        )
    for head, school in schools_with_heads(users)[:1]:
        for pupil in pupils_of(school, consent=True, count=4)[3:]:
            begun(category, head, school, pupil, "还没有画完", day=20)


def add_cases(users: dict[str, User]) -> None:
    """Cases of schools: decided, and shown with their pictures."""
    by = users["deyu"]
    category = a_contest(
        CASES, by=by, jurors=JURORS, form={"case_text": 1, "case_picture": 3}, first=1, second=1
    )
    rows = []
    for number, (head, school) in enumerate(schools_with_heads(users)[:2]):
        words = f"{CASE}本案例第 {number + 1} 版。".encode()
        row = enter(category, head, school, None, CASE_TITLES[number], words, poster(number + 3), day=14)
        rows.append(scored(row, by={JURORS[0]: (54 - number, 36), JURORS[1]: (53, 36)}))
    if rows:
        finished(category, rows, "演示教〔2023〕46号", by=by)


def poster(number: int) -> bytes:
    """A picture of hills, a sun and a ribbon, another for every number."""
    sky, hill, sun = COLOURS[number % len(COLOURS)]
    image = Image.new("RGB", (640, 480), sky)
    draw = ImageDraw.Draw(image)
    left = 90 + 97 * number % 420
    draw.ellipse((left, 50, left + 110, 160), fill=sun)
    for place in range(4):
        top = 250 + 43 * (place * 3 + number * 5) % 110
        draw.polygon([(place * 170 - 90, 480), (place * 170 + 70, top), (place * 170 + 240, 480)], fill=hill)
    draw.line([(0, 430 - 20 * number), (320, 330), (640, 440 - 15 * number)], fill="#ffffff", width=26)
    draw.line([(0, 430 - 20 * number), (320, 330), (640, 440 - 15 * number)], fill="#c0392b", width=14)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
