"""What was done about a weak school in a term, criterion by criterion."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.groups.models import WeakProgress, WeakSchool
from junheng.domains.groups.policies import check_office
from junheng.domains.groups.terms import WeakCriterion
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless


@transaction.atomic
def note_progress(
    weak: WeakSchool, *, term: str, criterion: WeakCriterion, what: str, mended: bool, by: Any, at: datetime, why: str
) -> WeakProgress:  # fmt: skip
    """Write down what a term brought. A term before the school was listed, or one to come, has none."""
    weak = WeakSchool.objects.select_for_update(of=("self",)).select_related("school").get(pk=weak.pk)
    check_office(_("登记进展"), weak, by=by, at=at)
    asked, today = SchoolTerm.parse(term), timezone.localdate(at)
    if asked.first > today or asked.first < SchoolTerm.containing(weak.since).first:
        raise Refusal(
            "progress-out-of-time", "{term}不在列入以后、今天以前，没有登记。请核对学期。", term=asked.label
        )
    if weak.criteria and criterion not in weak.criteria:
        raise Refusal(
            "progress-of-another-criterion",
            "这所学校不是因“{criterion}”列入的，没有登记。请选列入时的标准。",
            criterion=criterion.label,
        )
    if WeakProgress.objects.filter(weak=weak, term=term, criterion=criterion).exists():
        raise Conflict("progress-there", "这所学校这个学期的这一条已经登记过，没有再次登记。")
    require_nameless(what)
    row = WeakProgress(
        weak=weak, area_id=weak.area_id, term=term, criterion=criterion, what=what.strip(), mended=mended, noted_on=today
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
