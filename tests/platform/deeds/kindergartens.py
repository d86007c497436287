"""Cases of the deeds about questions to kindergartens; ``cases`` says what a case is."""

from typing import Any

from django.db.models import Model

from junheng.domains.kindergartens.actions.asking import answer, ask, settle
from junheng.domains.kindergartens.models import KindergartenFee, KindergartenQuestion, Nature
from junheng.domains.kindergartens.terms import QuestionAbout
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import AT, WHY, county
from tests.platform.deeds.filled import DAY, Filled


def asked() -> KindergartenQuestion:
    facts: dict[str, Any] = {"about": QuestionAbout.OTHER, "words": "请说明", "at": AT, "why": WHY}
    return ask(makers.kindergarten(), by=county(), **facts)


def answered() -> KindergartenQuestion:
    return answer(asked(), words="已说明", by=county(), at=AT, why=WHY)


def settled() -> KindergartenQuestion:
    return settle(answered(), mended=True, words="可以", by=county(), at=AT, why=WHY)


def state(row: Model) -> str:
    return KindergartenQuestion.objects.get(pk=row.pk).state


KINDERGARTENS: dict[tuple[str, str], Filled] = {
    ("kindergartens", "fee"): Filled(
        makers.kindergarten,
        Role.COUNTY_OFFICER,
        lambda row: {"fee_fen": "520", "since": str(DAY), "basis": "备案 1 号"},
        lambda row: KindergartenFee.objects.filter(kindergarten=row.pk, since=DAY, fee_fen=52_000).exists(),
        lambda: makers.kindergarten(until=DAY),
    ),
    ("kindergartens", "public"): Filled(
        makers.kindergarten,
        Role.COUNTY_OFFICER,
        lambda row: {"on": str(DAY)},
        lambda row: Nature.objects.filter(kindergarten=row.pk, nature="public", since=DAY).exists(),
        lambda: makers.kindergarten(until=DAY),
    ),
    ("kindergartens", "ask"): Filled(
        makers.kindergarten,
        Role.COUNTY_OFFICER,
        lambda row: {"about": "fee", "words": "收费高于标准，请说明"},
        lambda row: KindergartenQuestion.objects.filter(kindergarten=row.pk, state="open").exists(),
        lambda: makers.kindergarten(until=DAY),
    ),
    ("kindergartenquestions", "answer"): Filled(
        asked,
        Role.COUNTY_OFFICER,
        lambda row: {"words": "已退还"},
        lambda row: state(row) == "answered",
        answered,
    ),
    ("kindergartenquestions", "settle"): Filled(
        answered,
        Role.COUNTY_OFFICER,
        lambda row: {"mended": "yes", "words": "已核实"},
        lambda row: state(row) == "mended",
        settled,
    ),
}
