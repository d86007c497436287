"""The books follow the findings: what an inspection counts as put right is what was closed of what it found."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState
from junheng.domains.safety.actions.disclosing import SOURCE
from junheng.domains.safety.models import Inspection
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

TABLE = Finding._meta.label_lower
WRITING = {Verb.CHANGE.value, Verb.DEED.value}
WHY = "问题销号或重新整改"


def follow(sender: Any, *, entries: Iterable[Any], **_signal: Any) -> None:
    """Called inside the transaction that wrote to findings; asks nothing where none of them changed.

    Only where every item that failed has its finding: of inspections before there were sheets the books know more.
    """
    changed = [one for one in entries if one.table == TABLE and one.verb in WRITING and one.before]
    if not changed:
        return
    rows = Finding.objects.filter(pk__in=[one.row for one in changed], source=SOURCE)
    numbers = set(rows.values_list("source_row", flat=True))
    if not numbers:
        return
    counted = {
        one["source_row"]: one
        for one in Finding.objects.filter(source=SOURCE, source_row__in=numbers)
        .order_by()
        .values("source_row")
        .annotate(opened=Count("pk"), closed=Count("pk", filter=Q(state=FindingState.CLOSED)))
    }
    inspections = Inspection.objects.select_for_update(of=("self",)).filter(
        pk__in=numbers, sheet__isnull=False
    )
    for inspection in inspections.order_by("pk"):
        told = counted[inspection.pk]
        if told["opened"] == inspection.findings and told["closed"] != inspection.remedied:
            inspection.remedied = told["closed"]
            last = changed[-1]
            save_row(inspection, by=last.who, at=last.at, why=WHY, verb=Verb.DEED.value)
