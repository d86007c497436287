"""What a county is told about a round: whole numbers only, so that they can be digested and checked again."""

from typing import Any

from junheng.domains.safety.models import Round, Sheet
from junheng.domains.safety.queries.comparing import report_of
from junheng.domains.safety.queries.progress import COUNTY, progress_of
from junheng.domains.safety.terms import ORDER, SheetState
from junheng.platform.access.scope import within_area


def numbers_of(one: Round) -> dict[str, dict[str, Any]]:
    """By county: what was due, sent and found at each level, how levels agree, and who saw it first."""
    rows = Sheet.objects.filter(round=one)
    told: dict[str, dict[str, Any]] = {}
    for county, levels in sorted(progress_of(rows).items()):
        report = report_of(rows.filter(within_area("area", county), state=SheetState.SENT))
        told[county[:COUNTY]] = {
            "levels": {
                level: {"due": part.due, "sent": part.sent, "failed": part.failed}
                for level in ORDER
                if (part := levels.get(level)) is not None
            },
            "pairs": {
                f"{first}-{second}": {"agree": list(table.agreement), "missed": list(table.overlooked)}
                for (first, second), table in report.tables.items()
            },
            "first": {level: report.first[level] for level in ORDER if report.first[level]},
            "all_good": len(report.all_good),
        }
    return told
