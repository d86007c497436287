"""What is said about findings: proposed by whoever keeps the row, decided one level up, for one term at a time."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.quality.models import Explanation, Finding
from junheng.platform.quality.places import levels_at, within
from junheng.platform.quality.words import Kind, State
from junheng.platform.registers.actions import require_nameless
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.doubts import LEAST, MOST
from junheng.platform.registers.policies import Level


def finding_for(asker: Asker, pk: int) -> Finding:
    """A finding within somebody's scope; else it is absent."""
    found = Finding.objects.filter(within(asker), pk=pk).first()
    if found is None:
        raise NotFound("no-such-finding", "没有找到这个质量问题，或者它不在您的权限范围内。请返回列表查找。")
    return found


def last_day(term: SchoolTerm) -> date:
    """The last day of a term: an explanation of it holds so long.

    >>> last_day(SchoolTerm.parse("2023A")), last_day(SchoolTerm.parse("2024S"))
    (datetime.date(2024, 1, 31), datetime.date(2024, 8, 31))
    """
    after = SchoolTerm(term.year + 1, "S") if term.season == "A" else SchoolTerm(term.year, "A")
    return after.first - timedelta(days=1)


def expired(on: date) -> Q:
    """Findings whose accepted explanation no longer holds on a day."""
    return Q(state=State.ACCEPTED, holds_until__lt=on)


@transaction.atomic
def explain(
    finding: Finding, text: str, *, asker: Asker, carried_from: Explanation | None = None
) -> Explanation:
    """Propose an explanation for the term of the day. It waits for the level above."""
    kept = " ".join(text.split())
    if not LEAST <= len(kept) <= MOST:
        raise Refusal(
            "explanation-too-short",
            "说明须写 {least} 至 {most} 个字：为什么会这样、依据什么、是否还会改变。",
            least=LEAST,
            most=MOST,
        )
    require_nameless(kept)
    level = levels_at(asker, finding, "change")
    if level is None:
        raise NotAllowed(
            "not-yours-to-explain", "您可以查看这个问题，但不能代为说明。请由填报这条记录的单位说明。"
        )
    here = locked(finding)
    if here.gone_at is not None:
        raise Conflict("finding-gone", "这个问题已经消失，不用再说明。请刷新页面查看。")
    if here.kind == Kind.DUPLICATE:
        raise Refusal("duplicate-not-explained", "疑似重复不用说明：请合并，或写明理由排除。")
    if here.state == State.PROPOSED:
        raise Conflict("explanation-waits", "已有一份说明在等上级审核。审核之后才能另写。")
    term = SchoolTerm.containing(asker.today)
    if here.state == State.ACCEPTED and here.holds_until is not None and here.holds_until >= last_day(term):
        raise Conflict(
            "explained-already", "本学期的说明已经通过，有效至 {day}。", day=here.holds_until.isoformat()
        )
    made = Explanation(
        finding=here,
        text=kept,
        period=str(term),
        expires_on=last_day(term),
        level=int(level),
        by=asker.user.get_username(),
        at=asker.at,
        carried_from=carried_from,
    )
    save_row(made, by=asker.user, at=asker.at, why=_("书面说明"))
    here.state = State.PROPOSED
    here.save(update_fields=["state"])
    return made


def may_decide(asker: Asker, explanation: Explanation) -> bool:
    """Whether somebody stands above whoever explained; at the city's bureau a colleague decides. Never oneself."""
    level = levels_at(asker, explanation.finding, "change")
    if level is None or explanation.by == asker.user.get_username():
        return False
    return level > explanation.level or (level == Level.CITY and explanation.level == Level.CITY)


@transaction.atomic
def decide(explanation: Explanation, *, accept: bool, reply: str, asker: Asker) -> Explanation:
    """Accept or send back. A refusal says why, so that the next explanation can be better."""
    finding = locked(explanation.finding)
    here = Explanation.objects.get(pk=explanation.pk)
    here.finding = finding
    if not may_decide(asker, here):
        raise NotAllowed("not-yours-to-decide", "说明由上一级审核，不能审核自己写的说明。请由上级单位办理。")
    if here.state != State.PROPOSED:
        raise Conflict("decided-already", "这份说明已经审核过。请刷新页面查看结果。")
    said = " ".join(reply.split())[:300]
    if not accept and not said:
        raise Refusal("reply-missing", "退回说明须写明理由，填报单位才知道怎样补充。")
    here.state = State.ACCEPTED if accept else State.REJECTED
    here.decided_by, here.decided_at, here.reply = asker.user.get_username(), asker.at, said
    save_row(here, by=asker.user, at=asker.at, why=said or _("同意说明"))
    finding.state = here.state
    finding.holds_until = here.expires_on if accept else None
    finding.save(update_fields=["state", "holds_until"])
    return here


def carried(finding: Finding, *, on: date) -> Explanation | None:
    """The accepted explanation that could be taken over into the term of a day: the last one, of a term before."""
    last = finding.explanations.filter(state=State.ACCEPTED).order_by("-id").first()
    return last if last is not None and last.period != str(SchoolTerm.containing(on)) else None


def carry(finding: Finding, *, asker: Asker) -> Explanation:
    """Take the last accepted explanation over into this term, as a new proposal."""
    last = carried(finding, on=asker.today)
    if last is None:
        raise Refusal("nothing-to-carry", "没有上一学期已通过的说明可以沿用。请另写说明。")
    return explain(finding, last.text, asker=asker, carried_from=last)


@transaction.atomic
def dismiss(finding: Finding, why: str, *, asker: Asker) -> Finding:
    """Say for good that two rows are not one. Needs the right to change both, so it is asked at their common place."""
    said = " ".join(why.split())[:300]
    if not said:
        raise Refusal("dismissal-without-reason", "请写明为什么不是同一个，排除后不再提示。")
    if finding.kind != Kind.DUPLICATE:
        raise Refusal("only-duplicates-dismissed", "只有疑似重复可以排除；其他问题请更正，或书面说明。")
    if levels_at(asker, finding, "change") is None:
        raise NotAllowed("not-yours-to-dismiss", "两条记录不都在您的管理范围内，请由上级单位办理。")
    here = locked(finding)
    here.state, here.note = State.DISMISSED, said
    here.save(update_fields=["state", "note"])
    record(
        here, Verb.DEED.value, by=asker.user, at=asker.at, why=said, after={"state": here.state, "note": said}
    )
    return here


def locked(finding: Finding) -> Finding:
    """The finding as it is now, held for this transaction."""
    return Finding.objects.select_for_update().get(pk=finding.pk)
