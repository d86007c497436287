"""Cases of the deeds of schemes; ``cases`` says what a case is."""

from datetime import date
from typing import Any

from django.db.models import Model

from junheng.domains.schemes.actions import certifying, publishing, reviewing, schooling, sharing
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    Publicity,
    SchemeApplication,
    SchemeObjection,
    SchemeQuota,
    SchemeReview,
)
from junheng.domains.schemes.terms import Stage, Verdict
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    AT,
    HERE,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_scheme,
    county,
    for_kindergartens,
    for_schools,
    objected,
    section,
    stated,
    submitted,
)
from tests.platform.deeds.filled import Filled

LONG = {"area_id": HERE, "applies_from": date(2021, 1, 1), "applies_until": date(2099, 12, 31)}
"""A scheme of a county, for which applications are always taken."""


def draft_scheme(**given: Any) -> AwardScheme:
    scheme = a_scheme(**LONG | given)
    makers.school()
    a_criterion(scheme)
    a_category(scheme, places=2, weigh="schools")
    return scheme


def shared(**given: Any) -> AwardScheme:
    return sharing.apportion(draft_scheme(**given), by=section(), at=AT, why=WHY)


def published() -> AwardScheme:
    return for_schools(**LONG).scheme


def with_one_passed() -> AwardScheme:
    one = submitted(a_draft(for_schools(**LONG)))
    reviewing.review(one, verdict=Verdict.PASS, words="齐", by=county(), at=AT, why=WHY)
    return one.scheme


def draft() -> SchemeApplication:
    return a_draft(for_schools(**LONG))


def handed_in() -> SchemeApplication:
    return submitted(a_draft(for_schools(**LONG)))


def withdrawn() -> SchemeApplication:
    one = handed_in()
    return reviewing.move(one, Stage.WITHDRAWN, by=section(), at=AT, why=WHY)


def to_visit() -> SchemeApplication:
    return submitted(a_draft(for_kindergartens(visitors=1, **LONG)))


def said_of(row: Model) -> dict[str, str]:
    category = SchemeApplication.objects.get(pk=row.pk).category
    return {f"stated_{pk}": words for pk, words in stated(category).items()}


def stage(row: Model) -> str:
    return SchemeApplication.objects.get(pk=row.pk).stage


def shown_here() -> Publicity:
    return publishing.publish(with_one_passed(), by=section(), at=AT, why=WHY)


def decided_here() -> Publicity:
    on = date(2023, 11, 9)
    at = AT.replace(day=9)
    return publishing.decide(shown_here(), on=on, number="1号", by=section(), at=at, why=WHY)


def objection() -> SchemeObjection:
    return objected(shown_here())


def answered() -> SchemeObjection:
    return publishing.answer(objection(), upheld=False, words="不实", by=section(), at=AT, why=WHY)


def certificate() -> Certificate:
    """Of a county's scheme, without end: it is still good on the day on which the deeds are done."""
    one = submitted(a_draft(for_kindergartens(**LONG, valid_years=None)))
    reviewing.review(one, verdict=Verdict.PASS, words="齐", by=county(), at=AT, why=WHY)
    publicity = publishing.publish(one.scheme, by=section(), at=AT, why=WHY)
    publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)
    return Certificate.objects.get(application=one)


def revoked() -> Certificate:
    one, at = certificate(), AT.replace(month=12)
    return certifying.revoke(one, on=at.date(), reason="不实", by=section(), at=at, why=WHY)


def today() -> dict[str, str]:
    from django.utils import timezone

    return {"on": str(timezone.localdate())}


def a_login() -> str:
    return User.objects.get_or_create(username="pingwei")[0].username


def share_of_a_county() -> SchemeQuota:
    one = shared(subject="collective")
    return SchemeQuota.objects.get(category__scheme=one, school=None)


def share_of_a_school() -> SchemeQuota:
    sharing.to_schools(share_of_a_county(), by=county(), at=AT, why=WHY)
    return SchemeQuota.objects.filter(school__isnull=False).order_by("-places", "-pk")[0]


def at_school() -> SchemeApplication:
    return submitted(a_draft(for_schools(**LONG, school_days=5)))


def chosen() -> SchemeApplication:
    by = makers.user(Role.PRINCIPAL, area=HERE, school=(one := at_school()).school)
    facts = {"on": AT.date(), "present": 9, "agreed": 8, "words": "计票", "by": by, "at": AT, "why": WHY}
    return schooling.choose(one, **facts)  # type: ignore[arg-type] # by name


def posted() -> Publicity:
    one = chosen()
    by = makers.user(Role.PRINCIPAL, area=HERE, school=one.school)
    return schooling.post(one, by=by, at=AT, why=WHY)


def handed_up() -> Publicity:
    return schooling.hand_up(posted(), by=county(), at=AFTER, why=WHY)


def recommended() -> Publicity:
    """Of a county, which opens no such scheme: so that whoever does the deed has it in reach."""
    one = with_one_passed()
    AwardScheme.objects.filter(pk=one.pk).update(decider="province")
    publicity = publishing.publish(one, by=section(), at=AT, why=WHY)
    return publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)


SCHEMES: dict[tuple[str, str], Filled] = {
    ("schemes", "copy"): Filled(
        published,
        Role.COUNTY_OFFICER,
        lambda row: {"code": "next-2024"},
        lambda row: AwardScheme.objects.filter(code="next-2024", state="draft").exists(),
        draft_scheme,
    ),
    ("schemequotas", "toschools"): Filled(
        share_of_a_county,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: SchemeQuota.objects.filter(school__isnull=False).exists(),
        share_of_a_school,
    ),
    ("schemeapplications", "choose"): Filled(
        at_school,
        Role.PRINCIPAL,
        lambda row: {"on": "2023-11-01", "present": "9", "agreed": "5", "words": "计票"},
        lambda row: stage(row) == Stage.CHOSEN,
        handed_in,
    ),
    ("schemeapplications", "post"): Filled(
        chosen, Role.PRINCIPAL, lambda row: {}, lambda row: stage(row) == Stage.POSTED, handed_in
    ),
    ("publicities", "handup"): Filled(
        posted,
        Role.PRINCIPAL,
        lambda row: {},
        lambda row: Publicity.objects.get(pk=row.pk).decided_on is not None,
        handed_up,
    ),
    ("publicities", "province"): Filled(
        recommended,
        Role.COUNTY_OFFICER,
        lambda row: {"on": "2023-11-20", "number": "豫教〔2023〕9号", "line_1": "yes"},
        lambda row: Certificate.objects.filter(level="province").exists(),
        decided_here,
    ),
    ("schemes", "apportion"): Filled(
        draft_scheme,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: SchemeQuota.objects.filter(category__scheme=row.pk).exists(),
        published,
    ),
    ("schemes", "juror"): Filled(
        lambda: draft_scheme(jurors=1),
        Role.COUNTY_OFFICER,
        lambda row: {"login": a_login()},
        lambda row: AwardScheme.objects.get(pk=row.pk).schemejuror_set.exists(),
        published,
    ),
    ("schemes", "open"): Filled(
        shared,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: AwardScheme.objects.get(pk=row.pk).state == "open",
        published,
    ),
    ("schemes", "publish"): Filled(
        with_one_passed,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: Publicity.objects.filter(scheme=row.pk).exists(),
        draft_scheme,
    ),
    ("schemes", "finish"): Filled(
        published,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: AwardScheme.objects.get(pk=row.pk).state == "ended",
        draft_scheme,
    ),
    ("schemeapplications", "submit"): Filled(
        draft, Role.PRINCIPAL, said_of, lambda row: stage(row) == Stage.COUNTY, handed_in
    ),
    ("schemeapplications", "withdraw"): Filled(
        handed_in, Role.PRINCIPAL, lambda row: {}, lambda row: stage(row) == Stage.WITHDRAWN, withdrawn
    ),
    ("schemeapplications", "review"): Filled(
        handed_in,
        Role.COUNTY_OFFICER,
        lambda row: {"verdict": "return", "words": "补材料"},
        lambda row: stage(row) == Stage.RETURNED,
        withdrawn,
    ),
    ("schemeapplications", "visit"): Filled(
        to_visit,
        Role.COUNTY_OFFICER,
        lambda row: {"found": "pass", "words": "达标"},
        lambda row: SchemeReview.objects.filter(application=row.pk, level="visit").exists(),
        handed_in,
    ),
    ("publicities", "decide"): Filled(
        shown_here,
        Role.COUNTY_OFFICER,
        lambda row: today() | {"number": "示教〔2023〕9号"},
        lambda row: Publicity.objects.get(pk=row.pk).decided_on is not None,
        decided_here,
    ),
    ("schemeobjections", "answer"): Filled(
        objection,
        Role.COUNTY_OFFICER,
        lambda row: {"upheld": "no", "words": "与台账一致"},
        lambda row: SchemeObjection.objects.get(pk=row.pk).state == "dismissed",
        answered,
    ),
    ("certificates", "check"): Filled(
        certificate,
        Role.COUNTY_OFFICER,
        lambda row: {"on": "2023-12-01"},
        lambda row: Certificate.objects.get(pk=row.pk).checked_on is not None,
        revoked,
    ),
    ("certificates", "revoke"): Filled(
        certificate,
        Role.COUNTY_OFFICER,
        lambda row: {"on": "2023-12-01", "reason": "涨价"},
        lambda row: Certificate.objects.get(pk=row.pk).revoked_on is not None,
        revoked,
    ),
}
