"""Opening: a case with its file, from a row of another register or by the office itself; a file for an older case."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.governance.actions.deadlines import begin
from junheng.domains.governance.actions.stepping import check_open, held
from junheng.domains.governance.models import Case, CaseFile
from junheng.domains.governance.queries.sites import site_of
from junheng.domains.governance.terms import CaseKind, CaseState, What
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

COUNTY = 6


@transaction.atomic
def open_case(
    *,
    kind: CaseKind,
    title: str,
    place: str,
    operator: str,
    area: Area,
    source: str,
    source_row: int,
    on: date,
    by: Any,
    at: datetime,
    why: str,
) -> Case:
    """A new case with its file, in the state of a tip. A place and operator that are known keep their number."""
    check_has_come(on, at=at)
    if not title.strip() or not place.strip():
        raise Refusal("case-without-place", "立案须写明现场名称和办班地点。请补全后再提交。")
    if source and CaseFile.objects.filter(source=source, source_row=source_row).exists():
        raise Conflict("case-source-known", "这条记录已经立过案件，没有重复立案。请在案件台账里按编号查看。")
    code = next_code(area, on)
    case = Case(
        code=code,
        site=site_of(place.strip(), operator.strip(), area.pk) or f"CS-{code.removeprefix('AJ')}",
        title=title.strip(),
        area=area,
        kind=kind,
        state=CaseState.TIP,
        opened_on=on,
    )
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记案件"), case, by=by, at=at)
    new_file(case, place, operator, source, source_row, by=by, at=at, why=why)
    begin(case, What.FILE, since=on, by=by, at=at, why=why)
    return case


@transaction.atomic
def open_file(case: Case, *, place: str, operator: str, by: Any, at: datetime, why: str) -> CaseFile:
    """A file for a case that was entered without one: from now on its legal steps are taken here."""
    case = held(case, _("建立案卷"), by=by, at=at)
    check_open(case)
    if CaseFile.objects.filter(case=case).exists():
        raise Conflict("case-file-there", "案件 {case} 已有案卷，没有重复建立。", case=case)
    if case.state != CaseState.TIP:
        raise Refusal(
            "case-file-too-late",
            "案件 {case} 现为“{state}”：立案以前的案件才能建案卷，已经在纸上办到一半的请照纸质案卷办完。",
            case=case,
            state=case.get_state_display(),
        )
    file = new_file(case, place, operator, "", 0, by=by, at=at, why=why)
    begin(case, What.FILE, since=case.opened_on, by=by, at=at, why=why)
    return file


def new_file(
    case: Case, place: str, operator: str, source: str, source_row: int, *, by: Any, at: datetime, why: str
) -> CaseFile:
    """Write the file of a case."""
    file = CaseFile(
        case=case,
        area_id=case.area_id,
        place=place.strip(),
        operator=operator.strip(),
        source=source,
        source_row=source_row,
    )
    save_row(file, by=by, at=at, why=why, verb=Verb.DEED.value)
    return file


def next_code(area: Area, on: date) -> str:
    """The next number of a county's cases of a year. Two who open at once wait for one another at the county's row."""
    county = Area.objects.select_for_update(no_key=True, of=("self",)).filter(pk=area.pk[:COUNTY])
    list(county.values_list("pk"))
    start = f"AJ{on.year}-{area.pk[:COUNTY]}-"
    last = (
        Case.objects.filter(code__startswith=start).order_by("-code").values_list("code", flat=True).first()
    )
    number = int(last.removeprefix(start)) if last and last.removeprefix(start).isdigit() else 0
    return f"{start}{number + 1:04d}"
