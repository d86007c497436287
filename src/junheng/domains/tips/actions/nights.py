"""Every night: what is overdue is put before those above, what is finished elsewhere is taken over, old words go."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.rulebook import TIPS
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState
from junheng.domains.governance.models import Case
from junheng.domains.governance.terms import CaseState
from junheng.domains.tips.actions.handling import becomes, finish
from junheng.domains.tips.actions.photos import forget_files
from junheng.domains.tips.models import Referral, ReferralErrand, Tip, TipNote, TipPhoto
from junheng.domains.tips.queries.waiting import late_referrals, late_tips
from junheng.domains.tips.terms import Became, Outcome, ReferralState
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.retention.rules import years_before
from junheng.platform.sealing.erased import destroy, keys_of, written_down

NIGHT = "夜间任务"
"""Who is written down where nobody ordered it: the rule did."""


@transaction.atomic
def escalate(*, on: date, at: datetime) -> int:
    """Put what is overdue before those above, each once; answers with how many."""
    found = 0
    for rows in (late_tips(on), late_referrals(on)):
        for one in rows.filter(escalated_on=None).select_for_update(of=("self",)).order_by("pk"):
            one.escalated_on = on
            save_row(one, by=NIGHT, at=at, why="逾期未办，报上一级", verb=Verb.DEED.value)
            found += 1
    return found


@transaction.atomic
def take_over(*, on: date, at: datetime) -> int:
    """Finish what has become a case or a finding that is finished; answers with how many."""
    found = 0
    for row in Referral.objects.filter(state=ReferralState.OPEN).exclude(became=Became.NONE).order_by("pk"):
        result = result_of(row)
        if result is not None:
            finish(row, *result, on=max(on, row.assigned_on), by=NIGHT, at=at, why="所转事项已经办结")
            found += 1
    return found


@transaction.atomic
def show_visits(*, at: datetime) -> int:
    """Say in a task that it has become a visit, once somebody has arrived; answers with how many."""
    arrived = ReferralErrand.objects.filter(errand__visit__isnull=False, referral__became=Became.NONE)
    rows = list(arrived.select_related("referral", "errand").order_by("pk"))
    for one in rows:
        assert one.errand.visit_id is not None
        becomes(one.referral, Became.VISIT, one.errand.visit_id, by=NIGHT, at=at, why="检查组已到场")
    return len(rows)


def result_of(row: Referral) -> tuple[Outcome, str] | None:
    """What came of what a task has become; None while it is under way."""
    if row.became_row is None:
        return None
    if row.became == Became.CASE:
        case = Case.objects.filter(pk=row.became_row).first()
        if case is not None and case.state == CaseState.CLOSED:
            return Outcome.TRUE, _("案件已经结案。")
        if case is not None and case.state == CaseState.UNFOUNDED:
            return Outcome.UNFOUNDED, _("立案核查，没有发现违法事实。")
    if row.became == Became.FINDING:
        finding = Finding.objects.filter(pk=row.became_row).first()
        if finding is not None and finding.state == FindingState.CLOSED:
            return Outcome.TRUE, _("问题已经整改，复查销号。")
    return None


def forget(*, on: date, at: datetime) -> int:
    """Destroy the keys of tips whose years are over; numbers, places and results stay, and say nobody's name."""
    until = years_before(on, TIPS.keep_tips.on(on).value)
    due = list(Tip.objects.filter(received_at__date__lte=until).exclude(seal="").values_list("pk", flat=True))
    notes = TipNote.objects.filter(tip__in=due).values_list("pk", flat=True)
    photos = TipPhoto.objects.filter(tip__in=due)
    keys = [
        *keys_of(Tip, due),
        *keys_of(TipNote, notes),
        *keys_of(TipPhoto, photos.values_list("pk", flat=True)),
    ]
    if not keys:
        return 0
    files = list(photos.values_list("digest", flat=True))
    with written_down(keys, because=f"tips until {until}"), transaction.atomic():
        for model in (Tip, TipNote, TipPhoto):
            destroy(model, [one for one in keys if one.table == model._meta.db_table])
        record_table(
            Tip, Verb.DEED.value, by=NIGHT, at=at, why="举报信息保存期满，销毁密钥",
            after={"count": len(keys), "until": until.isoformat()},
        )  # fmt: skip
        forget_files(files)
    return len(keys)
