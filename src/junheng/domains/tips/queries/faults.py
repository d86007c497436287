"""What a citizen is told where something cannot be: what happened, why, and what to do."""

from typing import Any

from junheng.kernel.errors import NotFound, Refusal


class Misfilled(Refusal):
    """Something in a form that has to be put right; ``field`` is where."""

    status = 422

    def __init__(self, code: str, sentence: str, field: str, **params: Any) -> None:
        super().__init__(code, sentence, **params)
        self.field = field


class TooOften(Refusal):
    """More tips than one address may send in a while."""

    status = 429


def too_often(minutes: int) -> TooOften:
    """The refusal, with how long to wait."""
    return TooOften(
        "tips-too-often",
        "同一网络短时间内提交的举报太多，这一次没有存入。请在 {minutes} 分钟后再提交，填写的内容仍在本页；情况紧急请拨打 110 或 12345。",
        minutes=minutes,
    )


def stale_form() -> Refusal:
    """The token of the form is not ours, or too old."""
    return Refusal("tip-form-stale", "这一页打开得太久了，没有存入。请把内容复制下来，重新打开举报页再提交。")


def no_tip() -> NotFound:
    """One answer for a code that never was and one that is no longer shown."""
    return NotFound("no-such-tip", "没有查到这个查询码。请核对后再试；查询码在提交后的页面上，共 12 位。")


def miscopied() -> Misfilled:
    """The last letter does not fit the others."""
    return Misfilled(
        "tip-code-miscopied", "查询码抄错了：最后一位与前面对不上。请逐位核对，字母不分大小写。", "code"
    )


def too_many_tries() -> Refusal:
    """Codes were guessed."""
    refusal = Refusal("tip-too-many-tries", "查错的次数太多，请 15 分钟后再试。")
    refusal.status = 429
    return refusal
