"""What the house asks by itself: why a recognised kindergarten charges more than its recognition allows."""

from datetime import date, datetime
from typing import Any

from junheng.domains.kindergartens.actions.asking import WAITING, put
from junheng.domains.kindergartens.models import KindergartenQuestion
from junheng.domains.kindergartens.terms import QuestionAbout, QuestionState
from junheng.domains.schemes.queries.ceilings import above_the_ceiling
from junheng.platform.registers.values import yuan

WHY = "收费高于认定时的最高标准"


def ask_above_the_ceiling(*, on: date, by: Any, at: datetime) -> list[KindergartenQuestion]:
    """Ask every kindergarten that charges too much; one that was asked and has not mended it is left alone."""
    found = above_the_ceiling(on)
    places = [one.recognition.kindergarten_id for one in found]
    earlier = KindergartenQuestion.objects.filter(kindergarten__in=places, about=QuestionAbout.FEE)
    waits = {*WAITING, QuestionState.UNMENDED}  # what was not mended waits for the recognition to be ended
    waiting = set(earlier.filter(state__in=waits).values_list("kindergarten", flat=True))
    made = []
    for one in found:
        kindergarten = one.recognition.kindergarten
        if kindergarten.pk in waiting or (kindergarten.until or date.max) <= on:
            continue
        words = (
            f"台账月保教费 {yuan(one.fee)} 元，高于《{one.ceiling.scheme}》的最高标准 "
            f"{one.ceiling.fen // 100} 元。请说明原因或整改；不整改的，依方案撤销认定。"
        )
        made.append(put(kindergarten, about=QuestionAbout.FEE, words=words, on=on, by=by, at=at, why=WHY))
    return made
