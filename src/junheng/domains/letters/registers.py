"""Which fields of letters, meetings and tasks show where. What deeds decide nobody writes by hand."""

from junheng.domains.letters.models import (
    Commitment,
    Delivery,
    Invitee,
    Letter,
    LetterSeries,
    PlanTask,
    WarningMeeting,
)
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    F,
    Register,
    register,
)

OFFICES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
"""Who writes letters and calls meetings."""


@register
class LetterSeriesRegister(Register[LetterSeries]):
    """函件字号。一行是一个机关一种函件的编号字头；每年从 1 号起连续编号。"""

    slug = "letterseries"
    chapter = "layout"
    model = LetterSeries
    area = "area"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH),
        F("area", LIST | FILTER),
        F("kind", LIST | FILTER),
        F("word", LIST),
        F("office", LIST),
    )


@register
class LetterRegister(Register[Letter]):
    """函件。一行是一份告诫函、提醒函或整改通知书；发出后正文不再改动，撤回的也留在这里。"""

    slug = "letters"
    chapter = "layout"
    model = Letter
    area = "area"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("series", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("year", LIST | FIXED),
        F("serial", FIXED),
        F("number", LIST | SEARCH | FIXED),
        F("title", LIST | SEARCH | FIXED),
        F("body", FIXED),
        F("source", FIXED),
        F("source_row", FIXED),
        F("wants_reply", FIXED),
        F("facts", FIXED),
        F("digest", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("drafted_by", FIXED),
        F("issued_on", LIST | FIXED),
        F("issued_by", FIXED),
        F("reply_by", LIST | FIXED),
        F("withdrawn_on", FIXED),
        F("withdrawn_why", FIXED),
    )


@register
class DeliveryRegister(Register[Delivery]):
    """函件送达。一行是一份函件的一个收函单位：何时签收、谁签收、何时怎样答复。"""

    slug = "deliveries"
    chapter = "layout"
    model = Delivery
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    joins = ("letter",)
    fields = (
        F("letter", LIST | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("school", FIXED),
        F("institution", FIXED),
        F("name", LIST | SEARCH | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("receive_by", LIST | FIXED),
        F("reply_by", LIST | FIXED),
        F("received_at", LIST | FIXED),
        F("received_by", FIXED),
        F("reply", FIXED),
        F("replied_at", LIST | FIXED),
        F("replied_by", FIXED),
        F("escalated_on", LIST | FIXED),
    )


@register
class WarningMeetingRegister(Register[WarningMeeting]):
    """告诫会。一行是一次提醒告诫会；参会单位逐一登记到会，缺席的须写理由，之后补谈话。"""

    slug = "warningmeetings"
    chapter = "layout"
    model = WarningMeeting
    area = "area"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("title", LIST | SEARCH),
        F("area", LIST | FILTER),
        F("on", LIST),
        F("place", LIST),
        F("agenda"),
        F("chaired_by", LIST),
        F("state", LIST | FILTER | FIXED),
        F("minutes", FIXED),
        F("digest", FIXED),
    )


@register
class InviteeRegister(Register[Invitee]):
    """告诫会参会单位。一行是一个单位在一次会上的到会情况。"""

    slug = "invitees"
    chapter = "layout"
    model = Invitee
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    fields = (
        F("meeting", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("school", FIXED),
        F("institution", FIXED),
        F("name", LIST | SEARCH | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("signed_by", LIST | FIXED),
        F("reason", LIST | FIXED),
        F("made_up_on", LIST | FIXED),
        F("made_up", FIXED),
    )


@register
class CommitmentRegister(Register[Commitment]):
    """告诫会承诺。一行是一个单位的一条承诺：谁负责、何时兑现、凭什么证明、谁核实。"""

    slug = "commitments"
    chapter = "layout"
    model = Commitment
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    fields = (
        F("invitee", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("school", FIXED),
        F("words", LIST | SEARCH | FIXED),
        F("owner", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("done_on", LIST | FIXED),
        F("proof", FIXED),
        F("done_by", FIXED),
        F("checked_on", LIST | FIXED),
        F("checked_by", FIXED),
        F("returned", FIXED),
    )


@register
class PlanTaskRegister(Register[PlanTask]):
    """方案任务。一行是一份工作方案的一项任务在一个责任单位：期限、完成日和佐证。"""

    slug = "plantasks"
    chapter = "layout"
    model = PlanTask
    area = "area"
    writers = OFFICES
    policy = CITY_KEEPS
    order = ("annex_id", "number")
    fields = (
        F("annex", LIST | FILTER),
        F("number", LIST),
        F("area", LIST | FILTER),
        F("title", LIST | SEARCH),
        F("owner", LIST),
        F("due_on", LIST),
        F("done_on", LIST | FIXED),
        F("proof", FIXED),
        F("done_by", FIXED),
    )
