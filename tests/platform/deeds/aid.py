"""Cases of the deeds of aid; ``cases`` says what a case is."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from junheng.domains.aid.actions import requesting
from junheng.domains.aid.models import AidLetter, AidRequest, Eligibility, Payment, SchoolCheck
from junheng.domains.aid.terms import RequestStage
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.platform.deeds.filled import DAY, ON, Filled

HERE, SHANGHAI = "410802", ZoneInfo("Asia/Shanghai")
THEN = datetime(2023, 9, 25, 9, tzinfo=SHANGHAI)
WORDS = {"words": "已核实"}


def principal(one: AidRequest) -> User:
    return makers.user(Role.PRINCIPAL, area=HERE, school=one.school)


def pupil() -> Any:
    return makers.pupil(makers.school_class(makers.school()))


def asked() -> AidRequest:
    facts: dict[str, Any] = {"kind": "other", "words": "受灾", "promised_by": "家长"}
    return requesting.apply(pupil(), at=THEN, **facts)


def shown() -> AidRequest:
    one = asked()
    return requesting.recognise(one, band="hard", by=principal(one), at=THEN, why="评议")


def shown_now() -> AidRequest:
    """Shown until a day that does not come, so that an objection is always in time."""
    one = shown()
    AidRequest.objects.filter(pk=one.pk).update(shown_until=date(2099, 12, 31))
    return AidRequest.objects.get(pk=one.pk)


def objected() -> AidRequest:
    one = shown()
    return requesting.take_objection(one, words="不实", by=principal(one), at=THEN, why="登记")


def at_county() -> AidRequest:
    one = shown()
    return requesting.send_up(one, by=principal(one), at=THEN.replace(month=10, day=20), why="期满")


def refused() -> AidRequest:
    one = asked()
    return requesting.refuse(one, words="不符", by=principal(one), at=THEN, why="评议")


def entitled() -> Eligibility:
    one = pupil()
    return Eligibility.objects.create(pupil=one, area_id=HERE, scheme="living", term="2023A", found_on=DAY)


def lettered() -> Eligibility:
    one = entitled()
    AidLetter.objects.create(pupil=one.pupil, area_id=HERE, term=one.term, made_on=DAY)
    return one


def payment(**given: Any) -> Payment:
    facts = {"scheme": "living", "term": "2023A", "amount_fen": 25_000, "paid_on": date(2023, 10, 20)}
    return Payment.objects.create(pupil=pupil(), area_id=HERE, **facts | given)


def check(**given: Any) -> SchoolCheck:
    one = pupil()
    facts = {"school": one.school, "area_id": HERE, "question": "account", "asked_on": DAY}
    return SchoolCheck.objects.create(pupil=one, **facts | given)


def stage(row: Model) -> str:
    return AidRequest.objects.get(pk=row.pk).stage


AID: dict[tuple[str, str], Filled] = {
    ("aidrequests", "recognise"): Filled(
        asked, Role.PRINCIPAL, lambda row: {"band": "hard"}, lambda row: stage(row) == RequestStage.SHOWN, shown
    ),
    ("aidrequests", "object"): Filled(
        shown_now, Role.PRINCIPAL, lambda row: WORDS, lambda row: AidRequest.objects.get(pk=row.pk).objection != "", objected
    ),
    ("aidrequests", "answer"): Filled(
        objected, Role.PRINCIPAL, lambda row: WORDS, lambda row: AidRequest.objects.get(pk=row.pk).answer != "", shown
    ),
    ("aidrequests", "sendup"): Filled(
        shown, Role.PRINCIPAL, lambda row: {}, lambda row: stage(row) == RequestStage.COUNTY, asked
    ),
    ("aidrequests", "approve"): Filled(
        at_county, Role.AID_OFFICER, lambda row: WORDS, lambda row: stage(row) == RequestStage.RECOGNISED, asked
    ),
    ("aidrequests", "refuse"): Filled(
        asked, Role.PRINCIPAL, lambda row: WORDS, lambda row: stage(row) == RequestStage.REFUSED, refused
    ),
    ("payments", "return"): Filled(
        payment, Role.AID_OFFICER, lambda row: ON, lambda row: Payment.objects.get(pk=row.pk).returned_on == DAY,
        lambda: payment(returned_on=DAY),
    ),
    ("eligibilities", "askschool"): Filled(
        entitled, Role.AID_OFFICER, lambda row: {"question": "account"}, lambda row: SchoolCheck.objects.exists()
    ),
    ("eligibilities", "newletter"): Filled(
        lettered, Role.AID_OFFICER, lambda row: {}, lambda row: AidLetter.objects.get().turn == 2, entitled
    ),
    ("schoolchecks", "answer"): Filled(
        check, Role.PRINCIPAL, lambda row: {"answer": "yes"}, lambda row: SchoolCheck.objects.get(pk=row.pk).answer == "yes",
        lambda: check(answer="no", answered_on=DAY),
    ),
}  # fmt: skip
