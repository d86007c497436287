"""Findings as tests begin with them."""

from datetime import date
from typing import Any

from junheng.domains.areas.models import Area
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from tests.domains import makers
from tests.domains.makers import AT

FOUND = date(2024, 1, 2)
DONE = {"at": AT, "why": "按规定办理"}
MADE = {"on": date(2024, 1, 8), "words": "救生圈已补齐", "proof": "照片 3 张"}
SEEN = {"on": date(2024, 1, 9), "words": "现场查看，已补齐"}
PLANNED = {
    "owner": "示例管理单位", "measures": "停用并加固", "plan": "封闭现场，专人值守", "due_on": date(2024, 2, 20),
}  # fmt: skip


def finding(**given: Any) -> Finding:
    """One that a check has found at a water, unless said otherwise."""
    facts: dict[str, Any] = {
        "source": "checks", "source_row": 7, "what": "救生圈缺失", "severity": Severity.GENERAL,
        "area": Area.objects.get(pk="410802001"), "owner": "示例管理单位", "found_on": FOUND,
        "found_by": "示例责任人", "by": "found-it", "at": AT, "why": "暗访发现",
    }  # fmt: skip
    if not {"school", "kindergarten", "water"} & set(given):
        facts["water"] = makers.water()
    return open_finding(**facts | given)
