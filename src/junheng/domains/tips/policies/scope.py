"""Who takes tips in, and who deals with what was passed on: two scopes, so that no office reaches the other's table."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from junheng.domains.tips.models import Tip
from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import Role, Verb
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, asker_of

OFFICERS = frozenset({Role.TIP_OFFICER})
HANDLERS = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
OVERSEEING = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.AUDITOR})


class TipScope(Register[Tip]):
    """Rights over tips. There is no register of them: nobody lists, exports or searches them but on the officer's desk."""

    slug = "tips"
    chapter = "compulsory"
    model = Tip
    area = "area"
    readers = OFFICERS
    writers = OFFICERS


TIPS = TipScope()


def takes_tips(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to the desk of tips."""
    return asker_of(request).may("view", TIPS)


def officer_of(request: HttpRequest) -> Asker:
    """Whoever takes tips in; for everybody else the desk is not there."""
    asker = asker_of(request)
    if not asker.may("view", TIPS):
        raise nothing_here()
    return asker


def tip_of(pk: int, *, asker: Asker) -> Tip:
    """A tip within the scope; outside it looks absent."""
    rows = Tip.objects.select_related("area", "school", "institution", "referral", "lead")
    found = asker.within(rows, TIPS, "view").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotFound(
            "no-such-tip-here", "没有找到这条举报，或者它不在您的权限范围内。请返回受理台重新选择。"
        )
    return found


def check_officer(tip: Tip, verb: Verb = "change", *, by: Any, at: datetime) -> None:
    """Refuse whoever does not take in tips of this place."""
    if not Asker(by, at).within(Tip.objects.filter(pk=tip.pk), TIPS, verb).exists():
        raise NotAllowed("tip-not-yours", "只有受理这一区划举报的举报受理员能这样做，没有做任何改动。")
