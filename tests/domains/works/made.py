"""Contests and their works as tests need them."""

from typing import Any

from junheng.domains.pupils.models import Consent, Pupil
from junheng.domains.schemes.actions import preparing
from junheng.domains.schemes.actions.preparing import name_juror
from junheng.domains.schemes.actions.reviewing import score
from junheng.domains.schemes.models import SchemeApplication, SchemeCategory, SchemeCriterion
from junheng.domains.works.actions.arriving import arrived
from junheng.domains.works.actions.attaching import attach
from junheng.domains.works.actions.entering import describe
from junheng.domains.works.models import Attachment, AttachmentRule, ContestRule, Work
from junheng.platform.access.models import User
from tests.domains import makers
from tests.domains.schemes.made import (
    AT,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_scheme,
    at_city,
    county,
    section,
)

ESSAY = "那年夏天，我第一次知道毒品离我们并不远，它就藏在一颗看起来普普通通的糖果里，等着好奇的人伸出手来。"


def a_rule(category: SchemeCategory, **given: Any) -> AttachmentRule:
    facts = {"category": category, "area_id": category.area_id, "purpose": "work", "form": "text"}
    return AttachmentRule.objects.create(**facts | given)


def a_contest(
    *, form: str = "text", subject: str = "pupil", rule: Any = None, **given: Any
) -> SchemeCategory:
    """An open contest, judged without names by two jurors on two criteria."""
    scheme = a_scheme(**{"subject": subject, "jurors": 2, "blind": True} | given)
    a_criterion(scheme, words="立意", asked="score", points=60)
    a_criterion(scheme, words="表达", asked="score", points=40)
    category = a_category(scheme)
    a_rule(category, form=form, most=2)
    facts = {"first": 1, "second": 1, "third": 1, "forward": 1} | (rule or {})
    ContestRule.objects.create(category=category, area_id=category.area_id, **facts)
    preparing.open_scheme(scheme, by=section(), at=AT, why=WHY)
    return SchemeCategory.objects.select_related("scheme").get(pk=category.pk)


def a_pupil(**given: Any) -> Pupil:
    return makers.pupil(makers.school_class(makers.school()), **given)


def put(
    draft: SchemeApplication, data: bytes, *, children: bool = False, by: Any = None, **rule: Any
) -> Attachment:
    """A file handed in with a draft, for its first rule or the one that is named."""
    wanted = AttachmentRule.objects.filter(category=draft.category, **rule).order_by("pk")[0]
    file = arrived(data, on=AT.date())
    return attach(draft, wanted, file, children=children, by=by or county(draft.area_id[:6]), at=AT, why=WHY)


def entered(category: SchemeCategory, *, title: str = "糖果") -> SchemeApplication:
    """A draft with its work and without a file."""
    draft = a_draft(category, a_pupil(), statement="")
    describe(draft, title=title, tutor="", by=county(draft.area_id[:6]), at=AT, why=WHY)
    return draft


def an_entry(
    category: SchemeCategory,
    *files: bytes,
    pupil: Pupil | None = None,
    title: str = "糖果",
    tutor: str = "",
    **given: Any,
) -> SchemeApplication:
    """A draft with its work and files."""
    draft = a_draft(category, pupil or a_pupil(), **{"statement": ""} | given)
    describe(draft, title=title, tutor=tutor, by=county(draft.area_id[:6]), at=AT, why=WHY)
    for data in files or (ESSAY.encode(),):
        put(draft, data)
    return draft


def jurors(category: SchemeCategory, count: int = 2) -> list[User]:
    made = [User.objects.create(username=f"ping-{category.pk}-{number}") for number in range(count)]
    for one in made:
        name_juror(category.scheme, login=one.username, by=section(), at=AT, why=WHY)
    return made


def judged(draft: SchemeApplication, by: list[User], *points: tuple[int, int]) -> SchemeApplication:
    """An entry that went up to the city and was scored."""
    one = at_city(draft)
    criteria = [
        row.pk for row in SchemeCriterion.objects.filter(scheme=one.scheme, asked="score").order_by("number")
    ]
    for juror, given in zip(by, points, strict=True):
        score(one, points=dict(zip(criteria, given, strict=True)), words="好", by=juror, at=AT, why=WHY)
    one.refresh_from_db()
    return one


def work_of(one: SchemeApplication) -> Work:
    return Work.objects.get(application=one)


def agree(pupil: Pupil, **given: Any) -> Consent:
    facts = {
        "pupil": pupil, "school": pupil.school, "area_id": pupil.area_id, "purpose": "photo", "agreed": True,
        "given_by": "示例家长", "relation": "mother", "how": "paper", "since": AT.date(),
    }  # fmt: skip
    return Consent.objects.create(**facts | given)
