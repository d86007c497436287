"""Both ways of missing the aim: entitled and not aided, aided and not entitled. Each is empty or has a reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from junheng.domains.aid.models import AidReason, Eligibility, Payment, Waiver
from junheng.domains.aid.queries.found import entitled
from junheng.domains.aid.queries.owed import same_of
from junheng.domains.aid.terms import Scheme, Side
from junheng.domains.pupils.models import Pupil
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import within_area

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """One pupil and programme, and the reason if somebody gave one. ``row`` is where it stands in its register."""

    pupil: int
    scheme: str
    step: str
    words: str
    certain: bool = True
    """Whether a person may say why: what the roll itself holds back is settled there."""

    @property
    def label(self) -> str:
        """The programme in words."""
        return str(Scheme(self.scheme).label) if self.scheme else _("全部项目")


def unpaid(rows: "QuerySet[Eligibility]") -> "QuerySet[Eligibility]":
    """Of these, whoever waived nothing and got nothing."""
    arrived = Payment.objects.filter(same_of(), returned_on=None)
    return rows.exclude(Exists(Waiver.objects.filter(same_of()))).exclude(Exists(arrived))


def unentitled(rows: "QuerySet[Payment]") -> "QuerySet[Payment]":
    """Of these, what arrived although nobody recognised it."""
    return rows.filter(returned_on=None).exclude(Exists(Eligibility.objects.filter(same_of())))


def unpaid_in_term(rows: "QuerySet[Eligibility]", term: str) -> "QuerySet[Eligibility]":
    """Those of a term for which nobody has said why."""
    said = AidReason.objects.filter(same_of(), side=Side.MISSED)
    return unpaid(rows.filter(term=term)).exclude(Exists(said))


def unentitled_in_term(rows: "QuerySet[Payment]", term: str) -> "QuerySet[Payment]":
    """The same the other way round."""
    said = AidReason.objects.filter(same_of(), side=Side.EXTRA)
    return unentitled(rows.filter(term=term)).exclude(Exists(said))


def missed(term: SchoolTerm, *, day: date, area: str) -> list[Gap]:
    """Found by the lists and not recognised, or recognised and neither paid nor waived."""
    said = reasons(str(term), area, Side.MISSED)
    lines, held = entitled(term, day=day, area=area)
    there = set(here(Eligibility, term, area).values_list("pupil", "scheme"))
    found = [
        Gap(one.pupil, one.scheme, _("名单中有，尚未确认"), said.get((one.pupil, one.scheme), ""))
        for one in lines
        if (one.pupil, one.scheme) not in there
    ]
    found += [
        Gap(
            one.pupil, one.scheme, "",
            _("在两所学校有学籍，核实前不认定") if one.twice else _("该项目还没有填写标准"), certain=False,
        )
        for one in held
        if (one.pupil, one.scheme) not in there
    ]  # fmt: skip
    rows = unpaid(here(Eligibility, term, area)).order_by("pk").values_list("pupil", "scheme")
    found += [
        Gap(pupil, scheme, _("已认定，尚未发放"), said.get((pupil, scheme), "")) for pupil, scheme in rows
    ]
    return found


def extra(term: SchoolTerm, *, area: str) -> list[Gap]:
    """Paid without being recognised."""
    said = reasons(str(term), area, Side.EXTRA)
    rows = unentitled(here(Payment, term, area)).order_by("pk").values_list("pupil", "scheme")
    return [Gap(*one, _("已发放，没有认定"), said.get(one, "")) for one in rows]


def here(model: Any, term: SchoolTerm, area: str) -> "QuerySet[Any]":
    """The rows of a term and place."""
    rows: QuerySet[Any] = model.objects.filter(within_area("area", area), term=str(term))
    return rows


def reasons(term: str, area: str, side: Side) -> dict[tuple[int, str], str]:
    """What was said, by pupil and programme."""
    rows = AidReason.objects.filter(within_area("area", area), term=term, side=side)
    return {(pupil, scheme): words for pupil, scheme, words in rows.values_list("pupil", "scheme", "words")}


def pupils_of(gaps: list[Gap]) -> dict[int, Pupil]:
    """The pupils of the gaps that are shown, in one question."""
    return Pupil.objects.select_related("school").in_bulk({one.pupil for one in gaps[:SHOWN]})
