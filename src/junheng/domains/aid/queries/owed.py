"""What is still owed of one programme in one county and term, pupil by pupil; and who cannot be paid, with the reason."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from junheng.domains.aid.models import Eligibility, Payment, SchoolCheck, Waiver
from junheng.domains.aid.queries.rules import amount
from junheng.domains.aid.terms import Answered, Band, Question
from junheng.domains.pupils.models import Pupil
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import within_area
from junheng.platform.spans import holds


@dataclass(frozen=True, slots=True)
class Owed:
    """One pupil: what was due, what arrived, and why nothing can be paid now, if it cannot."""

    pupil: int
    area: str
    due: int
    paid: int
    why: str = ""

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return max(self.due - self.paid, 0)


def same_of(row: str = "") -> Q:
    """The rows of another table about the same pupil, programme and term."""
    return Q(pupil=OuterRef(f"{row}pupil"), scheme=OuterRef(f"{row}scheme"), term=OuterRef(f"{row}term"))


def entitled_here(area: str, scheme: str, term: str) -> "QuerySet[Eligibility]":
    """Whoever is entitled in a place and has not waived it."""
    rows = Eligibility.objects.filter(within_area("area", area), scheme=scheme, term=term)
    return rows.exclude(Exists(Waiver.objects.filter(same_of())))


def owed_in(area: str, scheme: str, term: str, *, on: date, pupil: int | None = None) -> list[Owed]:
    """Everybody who is entitled in a place, in the order of their rows; a number of questions that does not grow."""
    rows = entitled_here(area, scheme, term)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    paid, back = arrived(area, scheme, term)
    numbers = rolls_of(rows, on)
    settled = account_confirmed(rows)
    half = SchoolTerm.parse(term)
    found = []
    columns = rows.order_by("pk").values_list(
        "pupil", "area_id", "amount_fen", "pupil__stage", "pupil__boarder", "pupil__code_blind"
    )
    for pk, where, fen, stage, boarder, blind in columns:
        due = fen if fen is not None else amount(scheme, stage, boarder=boarder, band=Band.HARD, term=half)
        last = back.get(pk)
        unsettled = last is not None and not (pk in settled and settled[pk] >= last)
        why = reason(due, numbers.get(blind or "", 0), refused=unsettled)
        found.append(Owed(pk, where, due or 0, paid.get(pk, 0), why))
    return found


def reason(due: int | None, rolls: int, *, refused: bool) -> str:
    """Why somebody cannot be paid; nothing where they can."""
    if due is None:
        return _("该项目还没有填写标准")
    if rolls > 1:
        return _("在两所学校有学籍，核实前不发放")
    if not rolls:
        return _("已离校，不在本市任何学校在籍")
    return _("已两次退回，请学校核对收款账户后再发放") if refused else ""


def arrived(area: str, scheme: str, term: str) -> tuple[dict[int, int], dict[int, date]]:
    """What arrived, by pupil; and the last day of return of those to whom it was sent twice in vain."""
    rows = Payment.objects.filter(within_area("area", area), scheme=scheme, term=term).order_by()
    kept = rows.filter(returned_on=None).values("pupil").annotate(fen=Sum("amount_fen"))
    paid = {one["pupil"]: int(one["fen"]) for one in kept}
    back: dict[int, list[date]] = defaultdict(list)
    for pupil, day in rows.exclude(returned_on=None).values_list("pupil", "returned_on"):
        if day is not None:
            back[pupil].append(day)
    return paid, {pupil: max(days) for pupil, days in back.items() if len(days) > 1}


def rolls_of(rows: "QuerySet[Eligibility]", on: date) -> dict[str, int]:
    """On how many rolls each of them stands, by blind number."""
    numbers = Pupil.objects.filter(pk__in=rows.order_by().values("pupil")).values("code_blind")
    held = Pupil.objects.filter(holds(on), code_blind__in=numbers).order_by().values("code_blind")
    counted = held.annotate(rolls=Count("pk")).values_list("code_blind", "rolls")
    return {blind: rolls for blind, rolls in counted if blind is not None}


def account_confirmed(rows: "QuerySet[Eligibility]") -> dict[int, date]:
    """When a school last said that the account of a pupil is right."""
    said = SchoolCheck.objects.filter(
        question=Question.ACCOUNT, answer=Answered.YES, pupil__in=rows.order_by().values("pupil")
    ).order_by("answered_on")
    return {pupil: day for pupil, day in said.values_list("pupil", "answered_on") if day is not None}
