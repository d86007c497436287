"""Taking a list in: its lines are sealed one by one, the file itself is not kept."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.areas.models import Area
from junheng.domains.partnerlists.models import LISTED, PartnerList, PartnerRow
from junheng.domains.partnerlists.policies.scope import check_officer
from junheng.domains.partnerlists.queries.reading.planning import ListPlan
from junheng.domains.partnerlists.queries.versions import Compared, compare, newest
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import checked_why

LONGEST = 366
"""Days for which a list may be valid: offices renew theirs once a year at least."""


@transaction.atomic
def take_in(
    plan: ListPlan,
    *,
    area: str,
    category: str,
    owner: str,
    document: str,
    basis: str,
    as_of: date,
    valid_until: date,
    by: Any,
    at: datetime,
    on: date,
    why: str,
) -> PartnerList:
    """Keep what can be used of a file. It replaces the last version once it was compared with the roll."""
    check_officer(area, by=by, at=at)
    words = {"owner": owner, "document": document, "basis": basis}
    check_terms(category, words, as_of=as_of, valid_until=valid_until, on=on)
    if not plan.people:
        raise Refusal(
            "partner-list-empty", "文件里没有一行可以比对，没有收取。请核对列名和内容后重新选择文件。"
        )
    Area.objects.select_for_update().get(
        pk=area
    )  # one list of a county at a time: its version follows the last
    former = newest(area, category)
    check_newer(former, as_of)
    told = compare(plan.people, former)
    made = PartnerList(
        area_id=area, category=category, version=former.version + 1 if former else 1, as_of=as_of, valid_until=valid_until, former=former,
        taken_by=name_of(by), taken_at=at, lines=len(plan.people), flawed=plan.flawed, doubled=plan.doubled,
        unusable=plan.unusable, came=told.came, left=told.left, changed=told.changed, **words,
    )  # fmt: skip
    save_row(made, by=by, at=at, why=checked_why(why), verb=Verb.DEED.value)
    insert_rows(PartnerRow, rows_of(plan, made, told))
    return made


def rows_of(plan: ListPlan, made: PartnerList, told: Compared) -> list[PartnerRow]:
    """The lines, each with a key of its own when it is written."""
    return [
        PartnerRow(
            partner_list=made, line=one.line, name=one.name, number=one.number, born=one.born, sex=one.sex,
            place=one.place, school=one.school, flaws=",".join(one.flaws), former_id=told.same.get(one.line),
        )
        for one in plan.people
    ]  # fmt: skip


def check_terms(category: str, words: dict[str, str], *, as_of: date, valid_until: date, on: date) -> None:
    """Refuse a list of which it is not said whose it is, by what right it came, and for how long it holds."""
    if category not in LISTED:
        raise Refusal("partner-list-category", "这一类别没有部门名单，没有收取。请选择名单所属的类别。")
    if not all(one.strip() for one in words.values()):
        raise Refusal("partner-list-source", "请写明提供单位、来函文号和依据，没有收取。")
    if as_of > on:
        raise Refusal(
            "partner-list-from-tomorrow",
            "名单截至日 {as_of} 晚于今天，没有收取。请核对日期。",
            as_of=as_of.isoformat(),
        )
    if not as_of <= valid_until or (valid_until - as_of).days > LONGEST:
        raise Refusal(
            "partner-list-validity",
            "有效期须从截至日起、不超过 {days} 天，没有收取。名单会变化，请按来函填写有效期，到期向提供单位重新索取。",
            days=LONGEST,
        )


def check_newer(former: PartnerList | None, as_of: date) -> None:
    """Refuse a list that is not newer than the one there is: it would bring back who has left."""
    if former is not None and as_of <= former.as_of:
        raise Conflict(
            "partner-list-not-newer",
            "这一类别已有截至 {day} 的名单，这一份截至 {as_of}，并不更新，没有收取。请核对截至日。",
            day=former.as_of.isoformat(), as_of=as_of.isoformat(),
        )  # fmt: skip
