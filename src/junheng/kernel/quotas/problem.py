"""A round as values: its rules, the senior schools with their places, and the pupils with scores and choices."""

from dataclasses import dataclass
from enum import StrEnum

from junheng.kernel.errors import Refusal

HIGHEST = 65_535


class Equal(StrEnum):
    """What decides between equal scores at the last place."""

    ADMIT = "admit"
    """All of them come in (最后一名并列的全部录取)."""
    SUBJECTS = "subjects"
    """First the published order of subjects; whoever is still equal comes in together."""


@dataclass(frozen=True, slots=True)
class QuotaRules:
    """The rules of a round. ``share`` is in percent of a school's plan, ``less`` and ``control`` in points.

    A quota place is not given below ``control`` nor more than ``less`` points under the line of the school's open
    places (no such bound where ``less`` is ``None``). ``first_only``: only a pupil's first choice counts for the quota.
    """

    share: int
    less: int | None
    control: int
    first_only: bool = True
    equal: Equal = Equal.ADMIT

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 100:
            raise Refusal("bad-share", "分配比例须在 0 到 100 之间，现为 {share}。请改正。", share=self.share)
        if self.control < 0 or (self.less is not None and self.less < 0):
            raise Refusal("negative-line", "控制线和降分幅度不能为负数。请改正。")


@dataclass(frozen=True, slots=True)
class Senior:
    """One senior school: all its places, and how many of them are kept for junior schools."""

    code: str
    plan: int
    quota: int

    def __post_init__(self) -> None:
        if not 0 <= self.quota <= self.plan:
            raise Refusal(
                "quota-beyond-plan",
                "{school} 的分配名额 {quota} 超出招生计划 {plan}。请核对计划。",
                school=self.code,
                quota=self.quota,
                plan=self.plan,
            )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One pupil: school, whether the roll makes it eligible for the quota, score, order of subjects, and choices.

    ``score`` is ``None`` for who was not examined. A higher ``subjects`` goes first among equal scores.
    """

    number: str
    junior: str
    eligible: bool
    score: int | None
    choices: tuple[str, ...]
    subjects: int = 0

    def __post_init__(self) -> None:
        if len(set(self.choices)) != len(self.choices):
            raise Refusal(
                "choice-twice", "考生 {number} 的志愿中有同一所学校两次。请核对志愿。", number=self.number
            )
        if self.score is not None and not 0 <= self.score <= HIGHEST:
            raise Refusal("bad-score", "考生 {number} 的成绩不是有效分数。请核对成绩。", number=self.number)


def quota_places(plan: int, share: int) -> int:
    """How many places of a plan are kept: the share, rounded up, because the share is a least one.

    >>> quota_places(330, 50), quota_places(331, 50), quota_places(7, 60)
    (165, 166, 5)
    """
    return -(-plan * share // 100)


def open_places(senior: Senior) -> int:
    """The places that everybody may ask."""
    return senior.plan - senior.quota
