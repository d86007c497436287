"""Cases of the deeds about findings and posts; ``cases`` says what a case is."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from junheng.domains.findings import actions
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.posts.models import Post
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.findings.hazards import DONE, finding
from tests.domains.posts.school import post
from tests.platform.deeds.filled import DAY, ON, Filled

FOUND = DAY - timedelta(days=3)
SAID = {"words": "已补齐", "proof": "照片 3 张"}


def opened(**given: Any) -> Finding:
    return finding(**{"found_on": FOUND} | given)


def remedied() -> Finding:
    town = makers.user(Role.TOWNSHIP_WARDEN, area="410802001")
    return actions.remedy(opened(), on=DAY, **SAID, by=town, **DONE)


def asked() -> Finding:
    town = makers.user(Role.TOWNSHIP_WARDEN, area="410802001")
    until = timezone.localdate(makers.AT) + timedelta(days=9)
    return actions.ask_time(opened(), until=until, words="设备在途", by=town, **DONE)


def is_(row: Any, **facts: Any) -> bool:
    return Finding.objects.filter(pk=row.pk, **facts).exists()


HAZARDS: dict[tuple[str, str], Filled] = {
    ("findings", "plan"): Filled(
        opened, Role.TOWNSHIP_WARDEN, lambda row: {"owner": "示例水利所", "measures": "更换护栏", "money_fen": "1200"},
        lambda row: is_(row, measures="更换护栏", money_fen=120_000), remedied,
    ),
    ("findings", "remedy"): Filled(
        opened, Role.TOWNSHIP_WARDEN, lambda row: ON | SAID, lambda row: is_(row, state="remedied"), remedied
    ),
    ("findings", "asktime"): Filled(
        opened, Role.TOWNSHIP_WARDEN,
        lambda row: {"until": str(timezone.localdate() + timedelta(days=9)), "words": "设备在途"},
        lambda row: is_(row, asked_of="county"), asked,
    ),
    ("findings", "decidetime"): Filled(
        asked, Role.COUNTY_OFFICER, lambda row: {"verdict": "yes", "words": "同意"},
        lambda row: is_(row, asked_until=None, due_on=row.asked_until), opened,
    ),
    ("findings", "close"): Filled(
        remedied, Role.INSPECTOR, lambda row: ON | SAID, lambda row: is_(row, state="closed"), opened
    ),
    ("findings", "reopen"): Filled(
        remedied, Role.COUNTY_WARDEN, lambda row: ON | {"words": "绳索没有补"},
        lambda row: is_(row, state="open", reopened=1), opened,
    ),
    ("findings", "list"): Filled(
        lambda: opened(severity=Severity.MAJOR), Role.COUNTY_OFFICER, lambda row: ON | {"number": "示督〔2023〕1号"},
        lambda row: is_(row, listed="county", listed_on=DAY), opened,
    ),
    ("posts", "sign"): Filled(
        post, Role.PRINCIPAL, lambda row: ON, lambda row: Post.objects.get(pk=row.pk).signed_on == DAY,
        lambda: post(signed_on=DAY),
    ),
    ("posts", "end"): Filled(
        post, Role.PRINCIPAL, lambda row: ON, lambda row: Post.objects.get(pk=row.pk).until == DAY,
        lambda: post(until=DAY),
    ),
}  # fmt: skip
