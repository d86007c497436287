"""What a family is told where something cannot be: what happened, why, and what to do."""

from typing import Any

from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.kernel.values.identity import id_number_fault
from junheng.platform.gathering import Busy


class Misfilled(Refusal):
    """Something in a form that has to be put right; ``field`` is where."""

    status = 422

    def __init__(self, code: str, sentence: str, field: str, **params: Any) -> None:
        super().__init__(code, sentence, **params)
        self.field = field


def number_fault(number: str, field: str) -> Misfilled | None:
    """What is wrong with an identity number, as a refusal that is translated; None where nothing is."""
    said = id_number_fault(number)
    if not said:
        return None
    known = (
        Misfilled("id-number", "身份证件号码应为18位数字，末位可以是大写X。", field),
        Misfilled("id-number", "身份证件号码中的出生日期不存在。", field),
        Misfilled("id-number", "身份证件号码的校验位不对，请核对是否抄错。", field),
    )
    return next(one for one in known if one.sentence == said)


def other_turn() -> Misfilled:
    """The turn in the waiting room was taken for another child."""
    return Misfilled(
        "other-turn",
        "领取等候次序时填的是另一个孩子的号码，这份表只能给那个孩子用。请核对号码；要给这个孩子报名，请重新领取等候次序，或半小时后再来。",
        "id_number",
    )


def not_open(opens: str) -> Conflict:
    """Too early."""
    return Conflict(
        "window-not-open",
        "报名还没有开始，现在不能提交。开始时间是 {opens}。已填写的内容都已保存，到时打开本页面即可提交，先后不影响录取。",
        opens=opens,
    )


def closed(closes: str) -> Conflict:
    """Too late, be it by a second."""
    return Conflict(
        "window-closed",
        "报名已于 {closes} 截止，这次提交没有被接受。已填写的内容仍然保留。如有特殊情况，请联系当地教育局招生办公室。",
        closes=closes,
    )


def already() -> Conflict:
    """One application a child: says what to do and not who sent it."""
    return Conflict(
        "already-registered",
        "这名儿童今年已经报过名。一名儿童只报一次，由家中任何一人提交都算数，这次没有重复提交。"
        "请向家人询问报名号和查询密码，即可查看、修改或撤回；如果不是家人提交的，请带户口簿到当地教育局招生窗口核对。",
    )


def no_draft() -> NotFound:
    """No draft in this browser."""
    return NotFound(
        "no-draft",
        "没有找到您正在填写的报名表：可能已经超过保留期限，或换了手机、浏览器。请输入续填码继续，或重新开始填写。",
    )


def no_application() -> NotFound:
    """Code and secret do not belong together, or there is no such code: one answer for both."""
    return NotFound(
        "no-application",
        "报名号与查询密码不符。请对照回执逐字核对后再试；回执遗失的，请带户口簿到当地教育局招生窗口补打。",
    )


def too_many_tries() -> Refusal:
    """Guessing is slowed down."""
    refusal = Refusal("too-many-tries", "尝试次数过多。请 15 分钟后再试，或到当地教育局招生窗口办理。")
    refusal.status = 429
    return refusal


def stale_token() -> Conflict:
    """The page of the last step was left open too long, or is not ours."""
    return Conflict(
        "form-expired",
        "这个确认页面已经过期，还没有提交。填写的内容都已保存，请回到“核对并提交”一步重新提交。",
    )


def sent_already() -> Conflict:
    """The draft was sent."""
    return Conflict("draft-sent", "这份报名表已经提交。请在回执页面查看；需要改动时，请从回执页面点“修改”。")


def busy() -> Busy:
    """The queue is long."""
    return Busy(
        "busy",
        "现在同时提交的家庭很多，这一次还没有存入。您的内容没有丢失，请稍等几秒再按一次“提交”。早几秒晚几秒不影响录取。",
    )
