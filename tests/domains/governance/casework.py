"""Cases with files for tests: officers, and a case brought as far as a test wants it."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from junheng.domains.areas.models import Area
from junheng.domains.governance import actions
from junheng.domains.governance.models import Case, CaseStep, Enforcer
from junheng.domains.governance.terms import CaseKind, LegalStep, Outcome
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT

S = LegalStep
DAY = date(2023, 3, 1)
"""A Wednesday on which the tip came."""
WHY = "按办案程序办理"
_numbers = count(1)


def enforcer(name: str = "", **given: Any) -> Enforcer:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "code": f"ZF{number:05d}",
        "name": name or f"示例执法员{number}",
        "area_id": "410802",
        "since": date(2020, 1, 1),
    }
    return Enforcer.objects.create(**facts | given)


def officer() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def facts(by: Any = None) -> dict[str, Any]:
    return {"by": by or officer(), "at": AT, "why": WHY}


def a_case(by: Any = None, **given: Any) -> Case:
    asked: dict[str, Any] = {
        "kind": CaseKind.UNLICENSED,
        "title": "示例托管班",
        "place": f"示例路{next(_numbers)}号二楼",
        "operator": "示例举办者",
        "area": Area.objects.get(pk="410802001"),
        "source": "",
        "source_row": 0,
        "on": DAY,
    }
    return actions.open_case(**asked | given, **facts(by))


class Walk:
    """A case, two officers who handle it and two others, and a day that moves on."""

    def __init__(self, **given: Any) -> None:
        self.by = officer()
        self.case = a_case(self.by, **given)
        self.one, self.two = enforcer(), enforcer()
        self.three, self.four = enforcer(), enforcer()
        self.day = DAY

    def step(self, step: LegalStep, *, after: int = 0, on: date | None = None, **asked: Any) -> CaseStep:
        self.day = on or self.day + timedelta(days=after)
        given: dict[str, Any] = {}
        if step in {S.INVESTIGATE, S.STOP, S.SERVE}:
            given = {"first": self.one, "second": self.two}
        if step == S.REVISIT:
            given = {"first": self.three, "second": self.four, "outcome": Outcome.STOPPED}
        if step in {S.FILE, S.STOP, S.NOTICE, S.HEARINGCALL, S.COLLECTIVE, S.DECIDE, S.ENFORCE, S.HANDOVER}:
            given["document"] = "示教罚〔2023〕1号"
        if step == S.DECIDE:
            given["outcome"] = Outcome.PENALTY
        made = actions.take_legal_step(self.case, step, on=self.day, **given | asked, **facts(self.by))
        self.case = Case.objects.get(pk=self.case.pk)
        return made

    def exhibit(self, **asked: Any) -> Any:
        given = {
            "kind": "picture", "title": "现场照片", "taken_on": self.day, "place": "二楼", "first": self.one,
            "second": self.two,
        }  # fmt: skip
        return actions.add_exhibit(self.case, **given | asked, **facts(self.by))

    def to(self, last: LegalStep) -> "Walk":
        """As far as a step, which is the last one taken; the party gives up being heard."""
        for step in (S.FILE, S.INVESTIGATE, S.STOP, S.NOTICE, S.PLEA, S.DECIDE, S.SERVE, S.REVISIT, S.CLOSE):
            if step == S.DECIDE:
                self.exhibit()
            self.step(step, after=1, **({"outcome": Outcome.WAIVED} if step == S.PLEA else {}))
            if step == last:
                break
        return self

    def refund(self, yuan: int = 2000) -> Any:
        return actions.add_refund(self.case, owed_fen=yuan * 100, **facts(self.by))

    def prove(self, refund: Any, fen: int, proof: str = "回单1", **asked: Any) -> Any:
        given = {"repaid_fen": fen, "on": self.day, "proof": proof}
        return actions.prove_refund(refund, **given | asked, **facts(self.by))
