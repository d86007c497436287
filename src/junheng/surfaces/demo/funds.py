"""Money per head in the demonstration city: three frozen rolls, four calculations, instalments, arrears, and what it went on.

Spring 2023 was first reckoned by the old rates and again by the new ones: its difference is settled with autumn. One
county has paid nothing for autumn, and at one boarding school beds are missing since November.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Count

from junheng.domains.areas.terms import Location
from junheng.domains.funds.actions.deriving import keep_lines, keep_notes
from junheng.domains.funds.actions.freezing import facts_of
from junheng.domains.funds.models import (
    Derivation,
    Entitlement,
    FundBasis,
    FundPayment,
    FundUse,
    Instalment,
    RollFreeze,
    RollLine,
)
from junheng.domains.funds.queries.lines import read_lines, read_roll
from junheng.domains.funds.queries.rates import rates_of, reading_on
from junheng.domains.funds.terms import UseKind
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind
from junheng.kernel.entitlements import Lines, Rates, differ, entitle, share_out
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import append_many, record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.surfaces.demo.city.areas import CITY

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICER, WHY = "caiwu", "按演示方案办理"
AUTUMN_2022, SPRING_2023, AUTUMN_2023 = (SchoolTerm.parse(one) for one in ("2022A", "2023S", "2023A"))
FROZEN = {AUTUMN_2022: date(2022, 9, 15), SPRING_2023: date(2023, 2, 24), AUTUMN_2023: date(2023, 9, 15)}
RATES_CAME = date(2023, 5, 10)
"""The day on which the rates of spring 2023 were known here: the term had been reckoned and paid by then."""
REPAIR = date(2023, 11, 1)
PARTS = {
    AUTUMN_2022: ((date(2022, 10, 20), 50), (date(2022, 12, 15), 100)),
    SPRING_2023: ((date(2023, 3, 20), 100),),
    AUTUMN_2023: ((date(2023, 10, 25), 60),),
}
"""Days of the instalments of a term, and how much of what was due was paid by then, in a hundred."""
USES = (
    (UseKind.TEACHING, 30),
    (UseKind.TRAINING, 6),
    (UseKind.UTILITIES, 18),
    (UseKind.REPAIR, 14),
    (UseKind.OFFICE, 9),
)
"""What a school published, in parts of a hundred of what came in."""


@dataclass(frozen=True, slots=True)
class Funded:
    """What the pages must show: the re-calculation, the county that paid nothing for autumn, the school without beds."""

    again: int
    behind: str
    bare: int


@transaction.atomic
def add_funds() -> Funded:
    """All of it, from what schools were due by the register of entitlements."""
    add_special_schools()
    bare = add_bases()
    again = 0
    dues: dict[SchoolTerm, dict[int, int]] = {}
    for term in FROZEN:
        roll = frozen(term)
        first = old_rates() if term == SPRING_2023 else rates_of(term)
        derivation = derived(roll, first, None, on=FROZEN[term])
        dues[term] = dict(read_lines(derivation).by_school())
        if term == SPRING_2023:
            new = derived(roll, rates_of(term), derivation, on=RATES_CAME)
            again = new.pk
            difference = differ(read_lines(derivation), read_lines(new))
            keep_notes(new, difference, areas_of(roll), by=OFFICER, at=moment(RATES_CAME), why=WHY)
    settle(dues, again)
    behind = pay(dues)
    publish()
    return Funded(again, behind, bare)


def add_special_schools() -> None:
    """Schools of special education are due the rate of their own, term by term."""
    heads = (
        Pupil.objects.filter(school__kind=SchoolKind.SPECIAL, until=None)
        .order_by("school")
        .values_list("school", "school__area", "stage")
        .annotate(Count("pk"))
    )
    rows = [
        Entitlement(
            school_id=school, area_id=area, stage=stage, term=str(term), heads=count, boarders=0,
            amount_fen=count * rates_of(term).care.fen // 2,
        )
        for term in FROZEN
        for school, area, stage, count in heads
    ]  # fmt: skip
    write(Entitlement, rows, on=FROZEN[AUTUMN_2023])


def add_bases() -> int:
    """Beds of boarding schools: as many as there are boarders and some more; from November on too few at one of them."""
    boarders: dict[int, int] = defaultdict(int)
    for school, count in Entitlement.objects.values_list("school", "boarders"):
        boarders[school] = max(boarders[school], count)
    most = dict(
        Entitlement.objects.filter(boarders__gt=0, term=str(AUTUMN_2023))
        .order_by("school")
        .values_list("school")
        .annotate(models.Sum("boarders"))
    )
    rows = []
    schools = list(School.objects.filter(boarding=True, pk__in=most).order_by("pk"))
    for place, one in enumerate(schools):
        beds = 2 * boarders[one.pk] + 10
        rows.append(FundBasis(school=one, area_id=one.area_id, beds=beds, since=date(2022, 9, 1)))
        if not place:
            rows[0].until = REPAIR
            rows.append(
                FundBasis(school=one, area_id=one.area_id, beds=max(most[one.pk] - 12, 0), since=REPAIR)
            )
    write(FundBasis, rows, on=date(2022, 9, 5))
    return schools[0].pk if schools else 0


def frozen(term: SchoolTerm) -> RollFreeze:
    """The roll of a term; of one school a wrong number was written down, and its heads follow from the money."""
    rates, day = rates_of(term), FROZEN[term]
    fen = {"primary": rates.base[0].fen, "junior": rates.base[1].fen}
    due = Entitlement.objects.filter(term=str(term)).select_related("school").order_by("school", "pk")
    lines = []
    for one in due:
        special = one.school.kind == SchoolKind.SPECIAL
        heads = one.heads
        if not special and heads * fen[one.stage] > 2 * one.amount_fen:
            heads = (2 * one.amount_fen - one.boarders * rates.boarder.fen) // fen[one.stage]
        lines.append(
            RollLine(
                school_id=one.school_id, area_id=one.area_id, stage=one.stage, heads=heads, care=heads if special else 0,
                boarders=one.boarders, bedded=one.boarders, held=0, boarding=one.school.boarding, closed=False,
                small=one.school.location == Location.RURAL and not special,
            )
        )  # fmt: skip
    roll = RollFreeze(
        code=f"MC{term}-1", term=str(term), number=1, area_id=CITY, day=day, heads=sum(one.heads for one in lines),
        held=0, without_bed=0, digest=digest_of_rows(facts_of(lines)), frozen_at=moment(day), frozen_by=OFFICER,
    )  # fmt: skip
    write(RollFreeze, [roll], on=day)
    for line in lines:
        line.roll = roll
    insert_rows(RollLine, lines)
    record_batch(
        RollLine, first_row=lines[0].pk, last_row=lines[-1].pk, count=len(lines),
        digest=digest_of_rows(columns_of(one) for one in lines), source=roll.code, by=OFFICER, at=moment(day), why=WHY,
    )  # fmt: skip
    return roll


def areas_of(roll: RollFreeze) -> dict[int, str]:
    """Where the schools of a roll lie."""
    return dict(roll.lines.values_list("school_id", "area_id"))


def old_rates() -> Rates:
    """Spring 2023 by the rates that were known in February: those of the term before."""
    before = rates_of(AUTUMN_2022)
    base = (replace(before.base[0], until=None), replace(before.base[1], until=None))
    return Rates(SPRING_2023, base, before.care, replace(before.boarder, until=None))


def derived(roll: RollFreeze, rates: Rates, previous: Derivation | None, *, on: date) -> Derivation:
    """One calculation, with its rates and lines."""
    schools, tally = read_roll(roll)
    lines: Lines = entitle(tally, schools, rates, reading_on(rates.term))
    number = previous.number + 1 if previous else 1
    row = Derivation(
        code=f"HD{roll.term}-{number}", term=roll.term, number=number, roll=roll, previous=previous, area_id=CITY,
        total_fen=lines.total, difference_fen=lines.total - previous.total_fen if previous else 0,
        settle_term=str(AUTUMN_2023) if previous else "", derived_at=moment(on), derived_by=OFFICER,
    )  # fmt: skip
    write(Derivation, [row], on=on)
    keep_lines(row, lines, areas_of(roll), by=OFFICER, at=moment(on), why=WHY)
    return row


def settle(dues: dict[SchoolTerm, dict[int, int]], again: int) -> None:
    """What the re-calculation changed is due with autumn."""
    notes = Derivation.objects.get(pk=again).differencenote_set.values_list("school", "amount_fen")
    autumn = dues[AUTUMN_2023]
    for school, amount in notes:
        autumn[school] = autumn.get(school, 0) + amount


def pay(dues: dict[SchoolTerm, dict[int, int]]) -> str:
    """Instalments of every county; the last county pays nothing for autumn. Returns that county."""
    areas = dict(School.objects.values_list("pk", "area_id"))
    counties = sorted({area[:6] for area in areas.values()})
    behind = counties[-1]
    parts: list[FundPayment] = []
    for term, instalments in PARTS.items():
        for county in counties:
            owed = {
                school: due
                for school, due in dues[term].items()
                if areas[school].startswith(county) and due > 0
            }
            if not owed or (term == AUTUMN_2023 and county == behind):
                continue
            got = dict.fromkeys(owed, 0)
            for number, (day, share) in enumerate(instalments, start=1):
                total = sum(owed.values()) * share // 100 - sum(got.values())
                row = Instalment(
                    code=f"演示财教〔{day.year}〕{county[-2:]}{day.month:02}{number}号", area_id=county, term=str(term),
                    paid_on=day, schools=len(owed), total_fen=total,
                )  # fmt: skip
                write(Instalment, [row], on=day)
                left = [owed[school] - got[school] for school in owed]
                for school, amount in zip(owed, share_out(total, left), strict=True):
                    got[school] += amount
                    if amount:
                        parts.append(
                            FundPayment(instalment=row, school_id=school, area_id=areas[school], term=str(term), amount_fen=amount)
                        )  # fmt: skip
    write(FundPayment, parts, on=date(2023, 10, 25))
    return behind


def publish() -> None:
    """The schools of the demonstration principals say what they used the money of 2023 for."""
    own = (
        Grant.objects.filter(role=Role.PRINCIPAL, school__isnull=False)
        .order_by("pk")
        .values_list("school", flat=True)
    )
    rows = []
    for school in School.objects.filter(pk__in=list(own[:2])).order_by("pk"):
        paid = FundPayment.objects.filter(school=school, instalment__paid_on__year=2023)
        got = sum(paid.values_list("amount_fen", flat=True))
        rows += [
            FundUse(
                school=school, area_id=school.area_id, year=2023, kind=kind, amount_fen=got * share // 100,
                published_on=date(2023, 12, 28),
            )
            for kind, share in USES
            if got
        ]  # fmt: skip
    write(FundUse, rows, on=date(2023, 12, 28))


def moment(day: date) -> datetime:
    """Ten in the morning."""
    return datetime.combine(day, time(10), SHANGHAI)


def write(model: type[models.Model], rows: Sequence[models.Model], *, on: date) -> None:
    """Rows of one model with an entry for each."""
    if not rows:
        return
    insert_rows(model, rows)
    pairs = ((one, None) for one in rows)
    append_many(list(drafts_of(pairs, by=OFFICER, at=moment(on), why=WHY, verb=Verb.DEED.value)))
