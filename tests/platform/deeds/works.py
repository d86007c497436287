"""Cases of the deeds of works; ``cases`` says what a case is."""

from datetime import date
from typing import Any

from junheng.domains.works.actions.judging import rank
from junheng.domains.works.actions.likening import answer
from junheng.domains.works.models import Attachment, AttachmentRule, ContestRule, Likeness
from junheng.platform.access.roles import Role
from tests.domains.schemes.made import AT, HERE, WHY, a_draft, county, section
from tests.domains.works.made import a_contest, a_pupil, entered, judged, jurors
from tests.platform.deeds.filled import Filled


def judged_contest() -> ContestRule:
    category = a_contest(applies_until=date(2099, 12, 31))
    AttachmentRule.objects.filter(category=category).update(least=0)
    ContestRule.objects.filter(category=category).update(area=HERE)
    judged(entered(category), jurors(category), (50, 30), (40, 30))
    return ContestRule.objects.get(category=category)


def ranked_contest() -> ContestRule:
    return rank(judged_contest(), by=section(), at=AT, why=WHY)


def a_file(category: Any) -> Attachment:
    draft = a_draft(category, a_pupil())
    number = Attachment.objects.count()
    return Attachment.objects.create(
        application=draft, area_id=draft.area_id, school=draft.school, number=1, purpose="work", form="text",
        media="text/plain", size=9, digest=f"{number:064x}", kept_at=AT, kept_by="xuexiao",
    )  # fmt: skip


def question() -> Likeness:
    category = a_contest()
    one, other = a_file(category), a_file(category)
    return Likeness.objects.create(
        one=one, other=other, area_id=one.area_id, alike="words", letters=40, share=200, found_on=AT.date()
    )


def answered() -> Likeness:
    return answer(question(), words="引用法条", by=county(), at=AT, why=WHY)


WORKS = {
    ("contestrules", "rank"): Filled(
        judged_contest,
        Role.CITY_SECTION,
        lambda row: {},
        lambda row: ContestRule.objects.get(pk=row.pk).ranked_on is not None,
        ranked_contest,
    ),
    ("likenesses", "answer"): Filled(
        question,
        Role.COUNTY_OFFICER,
        lambda row: {"words": "都引用了同一段法条"},
        lambda row: Likeness.objects.get(pk=row.pk).state == "told",
        answered,
    ),
}
