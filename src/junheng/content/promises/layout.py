"""布局与经费的承诺 — rates raised, all aided who are entitled."""

from typing import Any

from junheng.content.datasets.money import Eligibilities, Payments, Waivers
from junheng.content.indicators.money import AID_KEYS, entitled_in_year, first_of, paid
from junheng.kernel.promises import Against, Raised, Sentence, all_entitled, promise


@promise(
    "primary-rate-raised",
    title="小学生均公用经费提高",
    title_en="The rate per primary pupil is raised",
    chapter="layout",
    kind=Sentence.RAISED,
    sentence="小学生均公用经费标准提高",
    otherwise="小学生均公用经费标准没有提高",
    owner="财务科",
    reads=(),
    figures=("norm-primary-650", "norm-primary-720"),
)
def primary_raised(*, at: Any, rule: Any) -> Raised:
    """统计时点执行的标准高于它所取代的标准。"""
    return Raised("funding.primary")


@promise(
    "junior-rate-raised",
    title="初中生均公用经费提高",
    title_en="The rate per junior high pupil is raised",
    chapter="layout",
    kind=Sentence.RAISED,
    sentence="初中生均公用经费标准提高",
    otherwise="初中生均公用经费标准没有提高",
    owner="财务科",
    reads=(),
    figures=("norm-junior-850", "norm-junior-940"),
)
def junior_raised(*, at: Any, rule: Any) -> Raised:
    """统计时点执行的标准高于它所取代的标准。"""
    return Raised("funding.junior")


@promise(
    "boarder-rate-raised",
    title="寄宿生公用经费补助提高",
    title_en="The supplement per boarder is raised",
    chapter="layout",
    kind=Sentence.RAISED,
    sentence="寄宿生公用经费补助标准提高",
    otherwise="寄宿生公用经费补助标准没有提高",
    owner="财务科",
    reads=(),
    figures=("norm-boarder-200", "norm-boarder-300"),
)
def boarder_raised(*, at: Any, rule: Any) -> Raised:
    """统计时点执行的标准高于它所取代的标准。"""
    return Raised("funding.boarder")


@promise(
    "all-aided",
    title="精准资助、应助尽助",
    title_en="All who are entitled are aided, and nobody else",
    chapter="layout",
    kind=Sentence.ALL_ENTITLED,
    sentence="精准资助、应助尽助",
    otherwise="尚有应助未助或不应助而助的情形",
    owner="资助中心",
    reads=(Eligibilities, Payments, Waivers),
    figures=("aid-all", "aid-170000"),
    sealed=True,
)
def all_aided(eligibilities: Any, payments: Any, waivers: Any, *, at: Any, rule: Any) -> Against:
    """统计年度两学期内，应助的都已资助或签字放弃，受助的都在应助名单中。"""
    keys = ("id", "area", *AID_KEYS)
    entitled = first_of(entitled_in_year(eligibilities, at), AID_KEYS)
    entitled = entitled.select(*keys, since=entitled.found_on)
    given_up = waivers.select(*AID_KEYS)
    owed = entitled.anti_join(given_up, list(AID_KEYS))
    aided = first_of(paid(payments, at), AID_KEYS)
    aided = aided.select(*keys, since=aided.paid_on)
    return all_entitled(
        owed,
        aided,
        AID_KEYS,
        of=("eligibilities", "payments"),
        notes=("已认定，尚未资助，也未签字放弃", "已发放，但不在认定名单中"),
    )
