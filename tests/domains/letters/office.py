"""Letters and meetings for tests: a county's office, a school with its principal, and what they do."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from junheng.domains.documents.models import Annex, Document
from junheng.domains.letters import actions
from junheng.domains.letters.models import Delivery, Invitee, Letter, LetterSeries, PlanTask, WarningMeeting
from junheng.domains.letters.queries.reaching import Unit, of_school
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT

TODAY = timezone.localdate(AT)
MET = date(2023, 9, 6)
_numbers = count(1)


def officer(area: str = "410802") -> User:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def principal(school: School) -> User:
    return makers.user(Role.PRINCIPAL, area=school.area_id, school=school)


def facts(by: Any = None) -> dict[str, Any]:
    return {"by": by or officer(), "at": AT, "why": "收费专项治理"}


def series(**given: Any) -> LetterSeries:
    known: dict[str, Any] = {
        "code": f"XL{next(_numbers)}", "area_id": "410802", "kind": "warning", "word": "示教告",
        "office": "示例区教育局",
    }  # fmt: skip
    found = LetterSeries.objects.filter(area_id=known["area_id"], kind=known["kind"]).first()
    return found if found and not given else LetterSeries.objects.create(**known | given)


def draft(by: Any = None, **given: Any) -> Letter:
    asked: dict[str, Any] = {"title": "关于教育收费的提醒告诫函", "body": "请于{答复期限}前书面答复。"}
    return actions.draft_letter(series(), **asked | given, **facts(by))


def issued(to: list[Unit] | None = None, by: Any = None, **given: Any) -> Letter:
    reached = to or [of_school(makers.school())]
    return actions.issue(draft(by, **given), to=reached, on=TODAY, **facts(by))


def copy(**given: Any) -> Delivery:
    return Delivery.objects.get(letter=issued(**given))


def received(**given: Any) -> Delivery:
    one = copy(**given)
    return actions.receive(one, signed="示例校长", **facts(principal(one.school)))


def meeting(**given: Any) -> WarningMeeting:
    known: dict[str, Any] = {
        "title": "教育收费提醒告诫会", "area_id": "410802", "on": MET, "place": "示例会议室", "agenda": "通报、告诫",
        "chaired_by": "示例局长",
    }  # fmt: skip
    return WarningMeeting.objects.create(**known | given)


def invitee(**given: Any) -> Invitee:
    one = meeting(**given)
    actions.invite(one, to=[of_school(makers.school())], **facts())
    return Invitee.objects.get(meeting=one)


def came(**given: Any) -> Invitee:
    return actions.attend(invitee(**given), state="came", signed="示例校长", reason="", **facts())


def absent() -> Invitee:
    return actions.attend(invitee(), state="absent", signed="", reason="外出培训", **facts())


def promised(**given: Any) -> Any:
    asked = {"words": "逐户退费", "owner": "示例校长", "due_on": date(2023, 9, 30)}
    return actions.promise(came(), **asked | given, **facts())


def reported(by: Any = None) -> Any:
    given = {"on": date(2023, 9, 20), "proof": "退费清单"}
    return actions.report_promise(promised(), **given, **facts(by))


def task(**given: Any) -> PlanTask:
    number = next(_numbers)
    document = Document.objects.create(
        code=f"WJ{number}", title="收费专项治理", area_id="4108", topic="fees", issued_on=date(2023, 4, 17)
    )
    annex = Annex.objects.create(
        document=document, area_id="4108", position=1, title="工作方案", kind="work_plan"
    )
    known: dict[str, Any] = {
        "annex": annex, "number": 1, "area_id": "410802", "title": "自查", "owner": "示例区教育局",
        "due_on": date(2023, 5, 31),
    }  # fmt: skip
    return PlanTask.objects.create(**known | given)
