"""Which fields of checks, leaves, misses and escalations show where."""

from junheng.content.datasets.safety import Checks
from junheng.domains.patrols.models import Check, Escalation, Leave, Miss
from junheng.domains.patrols.policies import KEEPERS
from junheng.platform.registers import COUNTY_KEEPS, FILTER, FIXED, KEY, LIST, SEARCH, F, Register, register


@register
class CheckRegister(Register[Check]):
    """水域暗访检查。一行是一名责任人对一处水域的一次暗访检查；更正须写事由并留痕。"""

    slug = "checks"
    chapter = "safety"
    model = Check
    area = "area"
    fulfils = Checks
    policy = COUNTY_KEEPS
    fields = (
        F("water", LIST | SEARCH, headings=("水域编号", "水域名称")),
        F("person", LIST | SEARCH, headings=("人员编号", "检查人姓名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("level", LIST | FILTER, headings=("层级",)),
        F("checked_at", LIST, headings=("检查日期",)),
        F("hazard", LIST, headings=("隐患", "问题")),
    )


@register
class LeaveRegister(Register[Leave]):
    """请假代理。一行是一名责任人的一次请假：有代理人的，期间的暗访由代理人承担；没有的，仍由本人承担。"""

    slug = "leaves"
    chapter = "safety"
    model = Leave
    area = "area"
    since = "since"
    until = "until"
    writers = KEEPERS
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("person", LIST | SEARCH | FIXED),
        F("deputy", LIST | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("since", LIST | FIXED),
        F("until", LIST | FIXED),
        F("reason", FILTER | FIXED),
        F("cancelled", FILTER | FIXED),
    )


@register
class MissRegister(Register[Miss]):
    """漏查台账。一行是一名责任人没有查够的一周：周五提醒，周一列出，按期逐级上报；补录后重新计数，已不成立的撤销并写明原因。"""

    slug = "misses"
    chapter = "safety"
    model = Miss
    area = "area"
    writers = KEEPERS
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("person", LIST | SEARCH | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("level", LIST | FILTER | FIXED),
        F("monday", LIST | FIXED),
        F("owed", LIST | FIXED),
        F("done", LIST | FIXED),
        F("missed", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("reminded_on", FIXED),
        F("listed_on", FIXED),
        F("explanation", FIXED),
        F("explained_by", FIXED),
        F("explained_on", FIXED),
        F("judged_by", FIXED),
        F("judged_on", FIXED),
        F("verdict", FIXED),
        F("withdrawn_on", FIXED),
        F("withdrawn_because", FILTER | FIXED),
    )


@register
class EscalationRegister(Register[Escalation]):
    """逐级上报。一行是一次上报：哪一级、哪个单位或职务，应报哪天，实际何时报的。"""

    slug = "escalations"
    chapter = "safety"
    model = Escalation
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("miss", LIST | SEARCH | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("rung", LIST | FILTER | FIXED),
        F("told", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("told_at", LIST | FIXED),
    )
