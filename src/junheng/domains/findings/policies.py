"""Who may do what about a finding: the unit remedies, others check again, the level above gives time."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Raised, Severity
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import lies_within
from junheng.platform.audit.append import name_of
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level, level_of

LEVEL = {Raised.COUNTY: Level.COUNTY, Raised.CITY: Level.CITY}


def grants_about(finding: Finding, *, by: Any, at: datetime) -> list[Grant]:
    """The grants by which somebody may do something about this very finding."""
    register = register_of(Finding)
    if register is None:
        return []
    return [
        grant
        for grant in Asker(by, at).granting(register, "change")
        if lies_within(Finding, finding.pk, register, (grant,))
    ]


def standing(finding: Finding, *, by: Any, at: datetime) -> Level | None:
    """How high somebody stands about a finding; a school and a township, whose findings are theirs, stand lowest."""
    return max((level_of(grant) for grant in grants_about(finding, by=by, at=at)), default=None)


def only_inspects(finding: Finding, *, by: Any, at: datetime) -> bool:
    """Whether somebody is there to look and not to remedy."""
    return {grant.role for grant in grants_about(finding, by=by, at=at)} == {Role.INSPECTOR}


def remedies(finding: Finding, *, by: Any, at: datetime) -> bool:
    """Whether somebody may plan and report a remedy, and ask for time."""
    found = standing(finding, by=by, at=at)
    return found is not None and not only_inspects(finding, by=by, at=at)


def check_remedies(deed: str, finding: Finding, *, by: Any, at: datetime) -> None:
    """Refuse who is not of the unit that remedies, nor above it."""
    check_may(deed, finding, by=by, at=at)
    if only_inspects(finding, by=by, at=at):
        raise NotAllowed(
            "inspector-remedies-nothing",
            "督学发现和复查问题，不代责任单位报告整改。请由{owner}或其主管部门办理“{deed}”。",
            owner=finding.owner,
            deed=deed,
        )


def rechecks(finding: Finding, *, by: Any, at: datetime) -> bool:
    """Whether somebody may check again; the deed says why not."""
    try:
        check_rechecks(finding, by=by, at=at)
    except Refusal:
        return False
    return True


def check_rechecks(finding: Finding, *, by: Any, at: datetime) -> None:
    """Refuse whoever has a hand in the remedy: who reported it, who has to do it, and everybody of the same unit."""
    check_may(_("复查销号"), finding, by=by, at=at)
    if finding.remedied_by and finding.remedied_by == name_of(by):
        raise NotAllowed(
            "finding-own-remedy",
            "{finding}的整改由您报告，不能由您自己复查销号。请由未经手的另一人到现场复查。",
            finding=finding.code,
        )
    if finding.owner in names_of(by):
        raise NotAllowed(
            "finding-own-duty",
            "您是{finding}的整改责任人，不能自己复查销号。请由另一人到现场复查。",
            finding=finding.code,
        )
    level = standing(finding, by=by, at=at)
    if level is None or level < Level.COUNTY:
        raise NotAllowed(
            "finding-own-unit",
            "{finding}由本单位整改，本单位的人不能复查销号。请由县（市、区）教育局、县级责任人、督学或市局复查。",
            finding=finding.code,
        )
    if finding.listed and level < LEVEL[Raised(finding.listed)]:
        raise NotAllowed(
            "finding-listed-above",
            "{finding}由{level}挂牌督办，须由{level}复查后摘牌销号。",
            finding=finding.code,
            level=finding.get_listed_display(),
        )


def check_lists(finding: Finding, *, by: Any, at: datetime) -> Raised:
    """Which level puts a finding on its list; refuses whoever is below a county, and who only inspects."""
    check_may(_("挂牌督办"), finding, by=by, at=at)
    if not may_list(finding, by=by, at=at):
        raise NotAllowed(
            "finding-listed-by-office", "挂牌督办由县（市、区）教育局或市局决定。请报主管部门办理。"
        )
    level = standing(finding, by=by, at=at)
    if finding.severity != Severity.MAJOR:
        raise Refusal(
            "only-major-is-listed",
            "{finding}是{severity}隐患，挂牌督办只针对重大隐患。等级有误的，请另行登记。",
            finding=finding.code,
            severity=finding.get_severity_display(),
        )
    return Raised.CITY if level == Level.CITY else Raised.COUNTY


def may_list(finding: Finding, *, by: Any, at: datetime) -> bool:
    """Whether somebody is of an office that lists."""
    level = standing(finding, by=by, at=at)
    return level is not None and level >= Level.COUNTY and not only_inspects(finding, by=by, at=at)


def decides_for(finding: Finding, *, by: Any, at: datetime) -> Raised:
    """Which level gives time to somebody who asks: the one above, and the city's for what the city has listed."""
    level = standing(finding, by=by, at=at)
    above = level is not None and level >= Level.COUNTY
    return Raised.CITY if above or finding.listed == Raised.CITY else Raised.COUNTY


def gives_time(finding: Finding, *, by: Any, at: datetime) -> bool:
    """Whether somebody decides about the time that was asked for."""
    level = standing(finding, by=by, at=at)
    return (
        bool(finding.asked_of)
        and level is not None
        and level >= LEVEL[Raised(finding.asked_of)]
        and finding.asked_by != name_of(by)
        and not only_inspects(finding, by=by, at=at)
    )


def names_of(by: Any) -> set[str]:
    """What somebody may be called where a finding names its owner."""
    persons = by.persons.all() if hasattr(by, "persons") else ()
    called = {name_of(by), getattr(by, "display_name", "")} | {str(one) for one in persons}
    return (called | {one.name for one in persons}) - {""}
