"""Case files of the demonstration city: officers, legal steps with their last days, exhibits, refunds, re-visits.

Planted: one investigation past the ninety days of the law, one whose time the city's bureau prolonged, one case that
cannot be closed because families have not got their money back, one exhibit with a missing link, and one place that two
cases know under two names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model

from junheng.content.rulebook import CASEWORK
from junheng.domains.areas.models import Area
from junheng.domains.findings import actions as findings
from junheng.domains.governance import actions
from junheng.domains.governance.models import (
    Case,
    CaseDeadline,
    CaseExtension,
    CaseFile,
    CasePartner,
    CaseStep,
    Custody,
    Enforcer,
    Exhibit,
    Refund,
    SiteMatch,
)
from junheng.domains.governance.queries.deadlines import last_day
from junheng.domains.governance.terms import CaseState, DeadlineState, LegalStep, Outcome, Verdict, What
from junheng.domains.schools.models import School
from junheng.domains.tips.models import Referral
from junheng.domains.tips.terms import Became
from junheng.kernel.workdays import add_working_days
from junheng.platform.access.models import User
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.surfaces.demo.logins import county_login

LAST = date(2023, 12, 31)
AT = datetime(2023, 12, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "按演示方案办理"
SECTION = "jianguan"
S = LegalStep
M = TypeVar("M", bound=Model)
PLANTED_OPENED = date(2023, 8, 1)
EXTENDED = date(2023, 12, 20)
ESCALATED_AFTER = 5
FIRST_COUNTY = "410802"
DONE = (CaseState.DECIDED, CaseState.CLOSED)


@dataclass
class Books:
    """The rows of all files as they are made, each kind in its order."""

    files: list[CaseFile] = field(default_factory=list)
    steps: list[CaseStep] = field(default_factory=list)
    deadlines: list[CaseDeadline] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    custodies: list[Custody] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    partners: list[CasePartner] = field(default_factory=list)
    extensions: list[CaseExtension] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


@transaction.atomic
def add_governance() -> None:
    """Give every case of the city its file, written many at once."""
    officers = add_officers()
    cases = list(Case.objects.select_related("area").order_by("pk"))
    sources = dict(
        Referral.objects.filter(became=Became.CASE).order_by("-pk").values_list("became_row", "pk")
    )
    plant(sorted(cases, key=lambda one: one.pk in sources))  # rather those of which no tip tells already
    books = Books()
    for case in cases:
        file_of(case, officers[case.area_id[:6]], sources.get(case.pk), books)
    write(books)
    add_charges()


def add_officers() -> dict[str, list[Enforcer]]:
    """Four officers in each county: two who handle cases and two who visit again."""
    rows = [
        Enforcer(
            code=f"豫H{area.code}{number:02d}",
            name=f"{area.name}执法员{word}（演示）",
            area=area,
            since=date(2020, 1, 1),
        )
        for area in Area.objects.filter(kind="county", until=None).order_by("code")
        for number, word in enumerate("甲乙丙丁", start=1)
    ]
    keep(Enforcer, rows)
    found: dict[str, list[Enforcer]] = {}
    for row in rows:
        found.setdefault(row.area_id, []).append(row)
    return found


def plant(cases: list[Case]) -> None:
    """Change two cases: one is older than ninety days, one is decided and not closed."""
    changed = []
    late = next((one for one in cases if one.state == CaseState.INVESTIGATING), None)
    owing = next((one for one in cases if one.state == CaseState.CLOSED and one.kind == "unlicensed"), None)
    if late is not None:
        changed.append((late, columns_of(late)))
        late.opened_on = PLANTED_OPENED
    if owing is not None:
        changed.append((owing, columns_of(owing)))
        owing.state, owing.note = CaseState.DECIDED, "已责令停止办学，家长退费尚未退清（演示）。"
    Case.objects.bulk_update([one for one, _was in changed], ["opened_on", "state", "note"])
    append_many(list(drafts_of(changed, by=SECTION, at=AT, why=WHY, verb=Verb.DEED.value)))


def file_of(case: Case, officers: list[Enforcer], source: int | None, books: Books) -> None:
    """One file with its steps as far as its case has come."""
    place, operator = where(case)
    books.files.append(
        CaseFile(
            case=case,
            area_id=case.area_id,
            place=place,
            operator=operator,
            source="referrals" if source else "",
            source_row=source or 0,
        )
    )
    end = LAST if case.opened_on <= LAST else date(2024, 4, 30)
    if case.state == CaseState.TIP:
        begin(case, What.FILE, case.opened_on, None, books)
        return
    day = case.opened_on
    step(case, S.FILE, day, books, document=number(case, "立案", books))
    met = case.decided_on if case.state != CaseState.INVESTIGATING else None
    begin(case, What.DECIDE, day, met, books)
    if met is None and day != PLANTED_OPENED and not books.extensions:
        extend(case, books.deadlines[-1], books)
    pair = {"first": officers[0], "second": officers[1]}
    step(case, S.INVESTIGATE, day + timedelta(days=1), books, **pair)
    exhibit(case, day + timedelta(days=1), officers, books)
    if case.state == CaseState.UNFOUNDED:
        step(case, S.DISMISS, case.decided_on or day, books, words="经查不属实（演示）")
        return
    step(case, S.STOP, day + timedelta(days=2), books, document=number(case, "责停", books), **pair)
    if case.state in DONE and case.decided_on is not None:
        decided(case, case.decided_on, officers, end, books)


def decided(case: Case, on: date, officers: list[Enforcer], end: date, books: Books) -> None:
    """From the notice to the re-visit, and to the end where the case is closed."""
    notice = case.opened_on + timedelta(days=3)
    pair = {"first": officers[0], "second": officers[1]}
    waived = on <= add_working_days(notice, 5).day
    step(case, S.NOTICE, notice, books, document=number(case, "告知", books))
    step(
        case, S.PLEA, notice + timedelta(days=2), books, outcome=Outcome.WAIVED if waived else Outcome.PLEADED
    )
    fine = 1_000_000 if case.pk % 9 == 0 else 0
    outcome = Outcome.PENALTY if fine else Outcome.NO_PENALTY
    step(case, S.DECIDE, on, books, outcome=outcome, document=number(case, "决定", books), fine_fen=fine)
    served = min(on + timedelta(days=3), end)
    begin(case, What.SERVE, on, served, books)
    step(case, S.SERVE, served, books, **pair)
    again = min(served + timedelta(days=9 + case.pk % 12), end)
    if fine:
        begin(case, What.PAY, served, min(served + timedelta(days=8), end), books)
        paid = min(served + timedelta(days=8), again)
        step(case, S.ENFORCE, paid, books, document=number(case, "缴款", books))
    owing = "尚未退清" in case.note
    repaid = min(served + timedelta(days=7), again)
    families(case, repaid, books, owing=owing)
    begin(case, What.REFUND, served, None if owing else repaid, books)
    begin(case, What.REVISIT, served, again, books)
    others = {"first": officers[2], "second": officers[3]}
    step(case, S.REVISIT, again, books, outcome=Outcome.STOPPED, words="现场已停止办班", **others)
    closed = min(again + timedelta(days=2), end) if case.state == CaseState.CLOSED else None
    begin(case, What.CLOSE, again, closed, books)
    if closed is not None:
        step(case, S.CLOSE, closed, books)
    if case.pk % 7 == 0:
        books.partners.append(
            CasePartner(
                case=case,
                area_id=case.area_id,
                office="市场监督管理部门（演示）",
                since=case.opened_on,
                part="查无照经营",
            )
        )


def where(case: Case) -> tuple[str, str]:
    """The place and the operator of a site: the same for all its cases.

    The first county's case about fees is at the place of its case about overtime, written with wider figures: the
    suggestion finds it, and nobody has said yet that they are one.
    """
    county, turn = case.site[3:9], int(case.site[-3:])
    if case.kind == "fees" and county == FIRST_COUNTY:
        return "示例路１０４０号２楼", f"举办者{county}-930（演示）"
    return f"示例路{110 + turn}号2楼", f"举办者{county}-{turn:03d}（演示）"


def step(case: Case, name: LegalStep, on: date, books: Books, **given: Any) -> None:
    """One step, on its day."""
    at = datetime(on.year, on.month, on.day, 16, tzinfo=AT.tzinfo)
    books.steps.append(
        CaseStep(
            case=case,
            area_id=case.area_id,
            step=name,
            on=on,
            done_by=county_login(case.area_id[:6]),
            done_at=at,
            **given,
        )
    )


def number(case: Case, word: str, books: Books) -> str:
    """The number of a document; invented."""
    return f"演教{word}〔{case.opened_on.year}〕{next(books.numbers)}号"


def begin(case: Case, what: What, since: date, met: date | None, books: Books) -> None:
    """A last day, met or open; what is open too long was brought before the city."""
    found = last_day(what, since)
    if found is None:
        return
    late = met is None and found.due_on + timedelta(days=ESCALATED_AFTER) < LAST
    books.deadlines.append(
        CaseDeadline(
            case=case,
            area_id=case.area_id,
            what=what,
            since=since,
            due_on=found.due_on,
            rule=found.rule,
            statutory=found.statutory,
            state=DeadlineState.OPEN if met is None else DeadlineState.MET,
            met_on=met,
            escalated_on=found.due_on + timedelta(days=ESCALATED_AFTER + 1) if late else None,
        )
    )


def extend(case: Case, row: CaseDeadline, books: Books) -> None:
    """The city's bureau gave a case as many days more as the rule allows."""
    limit = CASEWORK.extend_days.on(EXTENDED)
    longer = row.due_on + timedelta(days=limit.value)
    books.extensions.append(
        CaseExtension(
            case=case,
            area_id=case.area_id,
            what=row.what,
            was_due_on=row.due_on,
            due_on=longer,
            on=EXTENDED,
            document=number(case, "延期", books),
            reason="涉及学员多、收费流水须逐户核对（演示）",
            rule=limit.key,
            approved_by=SECTION,
        )
    )
    row.due_on = longer


def exhibit(case: Case, on: date, officers: list[Enforcer], books: Books) -> None:
    """A record of the place and receipts, kept by the county's keeper; of one exhibit a hand-over was not written down."""
    for place, (kind, title) in enumerate((("record", "现场检查笔录"), ("paper", "收费收据")), start=1):
        row = Exhibit(
            case=case,
            area_id=case.area_id,
            number=place,
            kind=kind,
            title=title,
            taken_on=on,
            place="培训现场",
            first=officers[0],
            second=officers[1],
            holder="证据保管员（演示）",
        )
        books.exhibits.append(row)
        broken = case.opened_on == PLANTED_OPENED and place == 2
        giver = "内勤（演示）" if broken else officers[0].name
        books.custodies.append(
            Custody(
                exhibit=row,
                area_id=case.area_id,
                number=1,
                on=on + timedelta(days=1),
                giver=giver,
                receiver="证据保管员（演示）",
                purpose="入库保管",
            )
        )


def families(case: Case, on: date, books: Books, *, owing: bool) -> None:
    """What each family was owed and got back; where the case is owing, the last two did not."""
    many = 3 + case.pk % 6
    for place in range(1, many + 1):
        owed = 120_000 + 30_000 * ((case.pk + place) % 9)
        back = not (owing and place > many - 2)
        books.refunds.append(
            Refund(
                case=case,
                area_id=case.area_id,
                family=place,
                owed_fen=owed,
                repaid_fen=owed if back else 0,
                repaid_on=on if back else None,
                proof=f"回单{case.code[-4:]}-{place}" if back else "",
            )
        )


def write(books: Books) -> None:
    """Insert all rows with their entries. Rows that others hang on get their numbers first."""
    keep(CaseFile, books.files)
    keep(CaseStep, books.steps)
    keep(CaseDeadline, books.deadlines)
    keep(Exhibit, books.exhibits)
    for row in books.custodies:
        row.exhibit_id = row.exhibit.pk
    keep(Custody, books.custodies)
    keep(Refund, books.refunds)
    keep(CasePartner, books.partners)
    keep(CaseExtension, books.extensions)
    same_sites()


def same_sites() -> None:
    """The site of each county that has two cases was judged to be one: that is why it is counted once."""
    rows = []
    for code in (
        Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", flat=True)
    ):
        pair = list(Case.objects.filter(site=f"CS-{code}-001").order_by("pk")[:2])
        if len(pair) > 1:
            rows.append(
                SiteMatch(
                    case=pair[0],
                    other=pair[1],
                    area_id=pair[0].area_id,
                    verdict=Verdict.SAME,
                    reason="门牌、租房合同和举办者一致，只是换了名称（演示）",
                    on=max(one.opened_on for one in pair),
                )
            )
    keep(SiteMatch, rows)


def keep(model: type[M], rows: list[M]) -> None:
    """Insert rows of one model with an entry each."""
    insert_rows(model, rows)
    pairs = ((row, None) for row in rows)
    append_many(list(drafts_of(pairs, by=SECTION, at=AT, why=WHY, verb=Verb.DEED.value)))


def add_charges() -> None:
    """Three schools took a fee that is on no list: one paid a part back, one all and is closed, one nothing yet."""
    users = {one.username: one for one in User.objects.filter(username__startswith="xian-")}
    schools = School.objects.filter(until=None, kind="primary").select_related("area").order_by("pk")[:3]
    for place, school in enumerate(schools):
        by = users[county_login(school.area_id[:6])]
        facts: dict[str, Any] = {"by": by, "at": AT, "why": WHY}
        row = actions.find_charge(
            school,
            item="教辅资料统一购置费（演示）",
            charged_fen=6_800,
            families=120 - 20 * place,
            charged_on=date(2023, 9, 4),
            found_on=date(2023, 10, 16),
            **facts,
        )
        back = (row.families // 2, row.families, 0)[place]
        if back:
            repaid: dict[str, Any] = {"repaid_fen": back * row.charged_fen, "repaid_families": back}
            actions.repay_charge(
                row, on=date(2023, 11, 3), proof=f"退费清单{place + 1}（演示）", **repaid, **facts
            )
        if place == 1 and row.finding is not None:
            words = "已全部退还并停止收取（演示）"
            findings.remedy(
                row.finding, on=date(2023, 11, 3), words=words, proof="退费清单1（演示）", **facts
            )
            look = facts | {"by": User.objects.get(username="caiwu")}
            findings.close(row.finding, on=date(2023, 11, 10), words="逐户核对收款记录（演示）", **look)
