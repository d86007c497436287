"""Cases of the deeds about case files; ``cases`` says what a case is."""

from collections.abc import Callable
from datetime import date

from django.db.models import Model

from junheng.domains.governance import actions
from junheng.domains.governance.models import (
    Case,
    CaseExtension,
    CaseFile,
    CasePartner,
    CaseStep,
    Custody,
    Exhibit,
    FeeCharge,
    Recusal,
    Refund,
    SiteMatch,
)
from junheng.domains.governance.terms import LegalStep, Outcome
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.governance.casework import S, Walk, a_case, enforcer, facts
from tests.platform.deeds.filled import DAY, ON, Filled

DOCUMENT = {"document": "示教罚〔2023〕9号"}


def two() -> dict[str, str]:
    return {"first": enforcer().code, "second": enforcer().code}


def bare() -> Case:
    """A tip that was entered by hand, without a file."""
    return Case.objects.create(
        code=f"HAND-{Case.objects.count()}", site="S", title="某工作室", area_id="410802", kind="fees",
        opened_on=date(2023, 3, 1),
    )  # fmt: skip


def at(step: LegalStep | None) -> Case:
    """A case that has come so far."""
    return (Walk().to(step) if step else Walk()).case


def heard(last: LegalStep) -> Case:
    """A case whose party wants a hearing, so far as the step."""
    walk = Walk().to(S.NOTICE)
    walk.step(S.PLEA, outcome=Outcome.WANTS_HEARING)
    if last == S.HEARINGCALL:
        walk.step(S.HEARINGCALL)
    return walk.case


def before_decision() -> Case:
    walk = Walk().to(S.PLEA)
    walk.exhibit()
    return walk.case


def fined() -> Case:
    walk = Walk().to(S.PLEA)
    walk.exhibit()
    walk.step(S.DECIDE, fine_fen=10_000)
    walk.step(S.SERVE)
    return walk.case


def stopped() -> Case:
    walk = Walk().to(S.REVISIT)
    CaseFile.objects.filter(case=walk.case).update(nothing_owed="尚未收费")
    return walk.case


def handed_over() -> Case:
    walk = Walk()
    walk.step(S.HANDOVER, words="市场监管局")
    return walk.case


def step(
    name: LegalStep, row: Callable[[], Model], shut: Callable[[], Model], *asked: Callable[[], dict[str, str]]
) -> Filled:
    """A legal step, filled in with its day and with what it asks besides."""

    def answers(_row: Model) -> dict[str, str]:
        found = dict(ON)
        for one in asked:
            found |= one()
        return found

    return Filled(
        row,
        Role.COUNTY_OFFICER,
        answers,
        lambda row: CaseStep.objects.filter(case=row.pk, step=name, on=DAY).exists(),
        shut,
    )


def said(**given: str) -> Callable[[], dict[str, str]]:
    return lambda: given


def refund() -> Refund:
    walk = Walk().to(S.FILE)
    made: Refund = walk.refund(20)
    return made


def proven() -> Refund:
    walk = Walk().to(S.FILE)
    made: Refund = walk.prove(walk.refund(20), 2_000)
    return made


def exhibit() -> Exhibit:
    made: Exhibit = Walk().to(S.FILE).exhibit()
    return made


def exhibit_of_the_past() -> Exhibit:
    one = exhibit()
    Case.objects.filter(pk=one.case_id).update(state="closed")
    return Exhibit.objects.get(pk=one.pk)


def paper() -> dict[str, str]:
    return DOCUMENT


def around(asked: Callable[[], dict[str, str]], after: Callable[[Model], bool]) -> Filled:
    """What is written beside the steps of a case that goes on."""
    return Filled(lambda: at(S.FILE), Role.COUNTY_OFFICER, lambda row: asked(), after, bare)


def charge() -> FeeCharge:
    given = {
        "charged_fen": 5_000,
        "families": 10,
        "charged_on": date(2023, 9, 5),
        "found_on": date(2023, 9, 20),
    }
    return actions.find_charge(makers.school(), item="资料费", **given, **facts())


def repaid() -> FeeCharge:
    given = {"repaid_fen": 50_000, "repaid_families": 10, "on": DAY, "proof": "清单"}
    return actions.repay_charge(charge(), **given, **facts())


GOVERNANCE: dict[tuple[str, str], Filled] = {
    ("cases", "openfile"): Filled(
        bare,
        Role.COUNTY_OFFICER,
        lambda row: {"place": "示例路1号", "operator": "示例举办者"},
        lambda row: CaseFile.objects.filter(case=row.pk, place="示例路1号").exists(),
        a_case,
    ),
    ("cases", "file"): step(S.FILE, lambda: at(None), lambda: at(S.FILE), paper),
    ("cases", "investigate"): step(S.INVESTIGATE, lambda: at(S.FILE), lambda: at(None), two),
    ("cases", "stop"): step(S.STOP, lambda: at(S.INVESTIGATE), lambda: at(S.FILE), two, paper),
    ("cases", "notice"): step(S.NOTICE, lambda: at(S.STOP), lambda: at(S.FILE), paper),
    ("cases", "plea"): step(S.PLEA, lambda: at(S.NOTICE), lambda: at(S.STOP), said(outcome="pleaded")),
    ("cases", "hearingcall"): step(S.HEARINGCALL, lambda: heard(S.PLEA), lambda: at(S.PLEA), paper),
    ("cases", "hearing"): step(
        S.HEARING, lambda: heard(S.HEARINGCALL), lambda: heard(S.PLEA), lambda: {"first": enforcer().code}
    ),
    ("cases", "collective"): step(S.COLLECTIVE, lambda: at(S.NOTICE), lambda: at(S.STOP), paper),
    ("cases", "decide"): step(
        S.DECIDE, before_decision, lambda: at(S.STOP), paper, said(outcome="penalty", fine_fen="100.50")
    ),
    ("cases", "serve"): step(S.SERVE, lambda: at(S.DECIDE), lambda: at(S.PLEA), two),
    ("cases", "enforce"): step(S.ENFORCE, fined, lambda: at(S.SERVE), paper),
    ("cases", "revisit"): step(
        S.REVISIT, lambda: at(S.SERVE), lambda: at(S.DECIDE), two, said(outcome="stopped")
    ),
    ("cases", "close"): step(S.CLOSE, stopped, lambda: at(S.SERVE)),
    ("cases", "dismiss"): step(S.DISMISS, lambda: at(None), lambda: at(S.DECIDE), said(words="现场无培训")),
    ("cases", "handover"): step(
        S.HANDOVER, lambda: at(None), lambda: at(S.DECIDE), paper, said(words="市场监管局")
    ),
    ("cases", "handedback"): step(S.HANDEDBACK, handed_over, lambda: at(None), said(words="退回")),
    ("cases", "refund"): around(
        lambda: {"owed_fen": "2400"}, lambda row: Refund.objects.get(case=row.pk).owed_fen == 240_000
    ),
    ("cases", "nothingowed"): around(
        lambda: {"reason": "尚未收费"},
        lambda row: CaseFile.objects.get(case=row.pk).nothing_owed == "尚未收费",
    ),
    ("cases", "recuse"): around(
        lambda: ON | {"enforcer": enforcer().code, "kind": "own", "reason": "亲属"},
        lambda row: Recusal.objects.filter(case=row.pk).exists(),
    ),
    ("cases", "partner"): around(
        lambda: ON | {"office": "市场监管局", "part": "查无照经营"},
        lambda row: CasePartner.objects.filter(case=row.pk).exists(),
    ),
    ("cases", "extend"): Filled(
        lambda: at(S.FILE),
        Role.CITY_SECTION,
        lambda row: DOCUMENT | {"on": "2023-05-31", "days": "30", "reason": "学员多"},
        lambda row: CaseExtension.objects.filter(case=row.pk).exists(),
        lambda: at(S.DECIDE),
    ),
    ("cases", "same"): around(
        lambda: ON | {"other": a_case().code, "verdict": "different", "reason": "两家"},
        lambda row: SiteMatch.objects.exists(),
    ),
    ("refunds", "prove"): Filled(
        refund,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"repaid_fen": "20", "proof": "回单1"},
        lambda row: Refund.objects.get(pk=row.pk).repaid_fen == 2_000,
        proven,
    ),
    ("exhibits", "passon"): Filled(
        exhibit,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"giver": "示例执法员", "receiver": "保管员", "purpose": "入库"},
        lambda row: Custody.objects.filter(exhibit=row.pk).exists(),
        exhibit_of_the_past,
    ),
    ("schools", "feecharge"): Filled(
        makers.school,
        Role.COUNTY_OFFICER,
        lambda row: {
            "item": "资料费",
            "charged_fen": "50",
            "families": "10",
            "charged_on": "2023-09-05",
            "found_on": str(DAY),
        },
        lambda row: FeeCharge.objects.get(school=row.pk).owed_fen == 50_000,
    ),
    ("feecharges", "repaid"): Filled(
        charge,
        Role.PRINCIPAL,
        lambda row: ON | {"repaid_fen": "500", "repaid_families": "10", "proof": "清单"},
        lambda row: FeeCharge.objects.get(pk=row.pk).repaid_fen == 50_000,
        repaid,
    ),
}
