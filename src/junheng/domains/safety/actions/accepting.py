"""The way to a level of standardisation: a school asks by its own sheet, the county says what it saw, the city gives it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.areas.policies import check_may
from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.models.acceptances import HELD, RUNNING
from junheng.domains.safety.queries.levels import (
    Score,
    lowest,
    open_major,
    score_of,
    sheet_asked_by,
    sheet_beside,
)
from junheng.domains.safety.terms import BEST_FIRST, AcceptanceState, CheckLevel, SafetyLevel
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.retention.rules import years_before
from junheng.platform.spans import check_has_come


@transaction.atomic
def ask_level(school: School, *, by: Any, at: datetime, why: str) -> Acceptance:
    """A school asks for the level that its newest self-check by the standard reaches."""
    day = timezone.localdate(at)
    if Acceptance.objects.filter(school=school, state__in=RUNNING).exists():
        raise Conflict("level-asked-already", "{school}有一项验收正在办理，请等待结果。", school=school.name)
    sheet = sheet_asked_by(school)
    if sheet is None:
        raise Refusal(
            "level-without-sheet",
            "{school}还没有提交过安全标准化建设的自查表，不能申请验收。请先在“三级督导检查”里完成自评。",
            school=school.name,
        )
    if Acceptance.objects.filter(school=school, round=sheet.round_id).exists():
        raise Conflict(
            "level-asked-by-round",
            "{school}已按「{round}」的自查表申请过验收，一轮只申请一次。请在下一轮自评后再申请。",
            school=school.name,
            round=sheet.round.title,
        )
    score = score_of(sheet)
    reached = reached_by(score, on=day)
    made = Acceptance(
        school=school, area_id=school.area_id, round_id=sheet.round_id, own_met=score.met, own_of=score.of,
        own_level=reached, asked_on=day, asked_by=name_of(by),
    )  # fmt: skip
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("申请安全标准化验收"), made, by=by, at=at)
    if not stands(Level.SCHOOL, by=by, at=at):
        raise NotAllowed("level-asked-by-school", "验收由学校自己申请，上级不能代为申请。")
    return made


def reached_by(score: Score, *, on: date) -> SafetyLevel:
    """The level that a score reaches; refused where it reaches none, with the reason."""
    if score.major:
        raise Refusal(
            "level-with-major-item",
            "有 {count} 条“重大”条目不符合，达不到任何等级。请先整改并在下一轮检查中重新评定。",
            count=score.major,
        )
    reached = score.level(on=on)
    if reached is None:
        raise Refusal(
            "level-not-reached",
            "适用的 {of} 条中符合 {met} 条，未达到三级的 {least}%（待确认）。请整改后在下一轮重新评定。",
            of=score.of,
            met=score.met,
            least=SAFETY.level_third.on(on).value,
        )
    return reached


@transaction.atomic
def check_level(
    acceptance: Acceptance, *, words: str, on: date, by: Any, at: datetime, why: str
) -> Acceptance:
    """The county says that the school has been seen: by its own sheet of the same round, and by another person."""
    acceptance = held(acceptance, _("县级验收"), AcceptanceState.ASKED, by=by, at=at)
    require_nameless(words)
    if not stands(Level.COUNTY, by=by, at=at):
        raise NotAllowed(
            "level-checked-by-county", "县级验收由学校所在县（市、区）教育局办理，市局随后认定。"
        )
    check_day(acceptance, on, at=at)
    sheet = sheet_beside(acceptance, CheckLevel.COUNTY)
    if sheet is None:
        raise Refusal(
            "level-without-county-sheet",
            "县（市、区）还没有提交这所学校在「{round}」的排查表，不能验收。请先到校逐条检查并提交。",
            round=acceptance.round.title,
        )
    score = score_of(sheet)
    acceptance.county_level = reached_by(score, on=on)
    acceptance.county_met, acceptance.county_of = score.met, score.of
    acceptance.county_on, acceptance.county_by = on, name_of(by)
    acceptance.county_words, acceptance.state = words.strip()[:200], AcceptanceState.CHECKED
    save_row(acceptance, by=by, at=at, why=why, verb=Verb.DEED.value)
    return acceptance


@transaction.atomic
def grant_level(
    acceptance: Acceptance, *, level: str, number: str, on: date, by: Any, at: datetime, why: str
) -> Acceptance:
    """The city gives a level, no better than any sheet of the round; the one the school had before ends with it."""
    acceptance = held(acceptance, _("认定等级"), AcceptanceState.CHECKED, by=by, at=at)
    check_city(by=by, at=at)
    check_day(acceptance, on, at=at)
    if name_of(by) in {acceptance.asked_by, acceptance.county_by}:
        raise NotAllowed("level-own-hand", "这项验收由您申请或在县级办理，不能由您认定。请由市局另一人办理。")
    best = best_for(acceptance, on=on)
    if BEST_FIRST.index(level) < BEST_FIRST.index(best):
        raise Refusal(
            "level-above-sheets",
            "各级检查表最多支持“{best}”，不能认定为“{level}”。可以认定得低一些，或退回。",
            best=best.label,
            level=SafetyLevel(level).label,
        )
    major = open_major(acceptance.school_id).first()
    if major is not None:
        raise Conflict(
            "level-with-open-major",
            "{school}的重大隐患 {finding} 还没有销号，不能认定。请整改、复查、销号后再办理。",
            school=acceptance.school.name,
            finding=major.code,
        )
    for earlier in Acceptance.objects.select_for_update(of=("self",)).filter(
        school=acceptance.school_id, state__in=HELD
    ):
        end(earlier, AcceptanceState.ENDED, words=_("由新的认定替代"), on=on, by=by, at=at, why=why)
    acceptance.state, acceptance.level, acceptance.number = (
        AcceptanceState.GRANTED,
        SafetyLevel(level),
        number.strip()[:60],
    )
    acceptance.decided_by, acceptance.since = name_of(by), on
    acceptance.until = years_before(on, -SAFETY.level_years.on(on).value)
    save_row(acceptance, by=by, at=at, why=why, verb=Verb.DEED.value)
    return acceptance


def best_for(acceptance: Acceptance, *, on: date) -> SafetyLevel:
    """The best level that the county's sheet and, where the school was drawn, the city's support."""
    city = sheet_beside(acceptance, CheckLevel.CITY)
    if city is None:
        return SafetyLevel(acceptance.county_level)
    return lowest(acceptance.county_level, reached_by(score_of(city), on=on))


@transaction.atomic
def return_level(
    acceptance: Acceptance, *, words: str, on: date, by: Any, at: datetime, why: str
) -> Acceptance:
    """The county or the city says no, each while it has its turn, and what is wanting."""
    acceptance = held(acceptance, _("退回验收申请"), *RUNNING, by=by, at=at)
    require_nameless(words)
    turn = Level.COUNTY if acceptance.state == AcceptanceState.ASKED else Level.CITY
    if not stands(turn, by=by, at=at):
        raise NotAllowed("level-other-turn", "这项验收现在由{level}办理。", level=turn.label)
    check_day(acceptance, on, at=at)
    end(acceptance, AcceptanceState.RETURNED, words=words, on=on, by=by, at=at, why=why)
    return acceptance


@transaction.atomic
def withdraw_level(
    acceptance: Acceptance, *, words: str, on: date, by: Any, at: datetime, why: str
) -> Acceptance:
    """The city takes a level away: a major hazard stays open, or what the level rested on was not so."""
    acceptance = held(acceptance, _("撤销等级"), *HELD, by=by, at=at)
    require_nameless(words)
    check_city(by=by, at=at)
    check_day(acceptance, on, at=at)
    end(acceptance, AcceptanceState.WITHDRAWN, words=words, on=on, by=by, at=at, why=why)
    return acceptance


def end(
    acceptance: Acceptance, state: AcceptanceState, *, words: str, on: date, by: Any, at: datetime, why: str
) -> None:
    """Write down that it ends so, on which day, and why."""
    if not (said := words.strip()):
        raise Refusal("level-ends-without-words", "请写明理由，学校据此整改。没有办理。")
    acceptance.state, acceptance.ended_on = state, on
    acceptance.ended_by, acceptance.ended_why = name_of(by), said[:200]
    save_row(acceptance, by=by, at=at, why=why, verb=Verb.DEED.value)


def held(acceptance: Acceptance, deed: str, *states: AcceptanceState, by: Any, at: datetime) -> Acceptance:
    """The row as it stands now, locked; refused to others and out of turn."""
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("school", "round")
    acceptance = rows.get(pk=acceptance.pk)
    check_may(deed, acceptance, by=by, at=at)
    if acceptance.state not in states:
        raise Conflict(
            "level-elsewhere",
            "{school}的验收现为“{state}”，不能{deed}。可能已由他人办理，请返回查看。",
            school=acceptance.school.name,
            state=acceptance.get_state_display(),
            deed=deed,
        )
    return acceptance


def check_city(*, by: Any, at: datetime) -> None:
    """Refuse whoever does not speak for the city."""
    if not stands(Level.CITY, by=by, at=at):
        raise NotAllowed("level-by-city", "等级由市局认定和撤销。请报市局安全科办理。")


def check_day(acceptance: Acceptance, on: date, *, at: datetime) -> None:
    """Refuse a day to come, and one before the step before."""
    check_has_come(on, at=at)
    first = acceptance.since or acceptance.county_on or acceptance.asked_on
    if on < first:
        raise Refusal("level-day-before", "{on} 早于上一步的日期 {first}。请核对日期。", on=on, first=first)


def stands(level: Level, *, by: Any, at: datetime) -> bool:
    """Whether somebody stands at a level."""
    return Asker(by, at).stands_at(level)
